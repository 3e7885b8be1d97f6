use std::borrow::Cow;
use std::collections::HashMap;

use rusqlite::{Connection, ffi, params};

use super::answers::{self, Due, Figure};
use super::fulltext::Pending;
use super::rows::Rows;
use super::{Fingerprint, Passages, SourceFile, moment, passages, places};
use crate::document::Document;
use crate::extract::Extraction;
use crate::fact::{Doubt, Growth, Metric, SectionType, Task, is_added};
use crate::reading::{Reading, Report};

/// A replaced document keeps its id. `text` is the fingerprint of what was read of it.
pub(super) fn insert_document(
    conn: &Connection,
    id: Option<i64>,
    file: &SourceFile,
    reading: &Reading,
    text: &Fingerprint,
) -> rusqlite::Result<i64> {
    conn.prepare_cached(
        "INSERT INTO documents (id, name, sha256, format, encoding, size_bytes, text, imported_at, text_sha256) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        id,
        file.name,
        file.fingerprint.as_str(),
        reading.source.format.as_str(),
        reading.source.encoding,
        file.size_bytes as i64,
        reading.source.text,
        moment::now(),
        text.as_str()
    ])?;
    Ok(conn.last_insert_rowid())
}

/// The reports of a document. Their passages come into the index when `pending` is written.
pub(super) fn insert_reports(
    conn: &Connection,
    document: i64,
    reading: &Reading,
    mut passages: Passages,
    pending: &mut Pending,
) -> rusqlite::Result<()> {
    let first = passages::next_id(conn)?;
    let mut next = first;
    for (at, report) in reading.reports.iter().enumerate() {
        let (session, sections) = insert_report(conn, document, passages.length(at), report)?;
        next = passages.write(conn, &reading.source, at, session, &sections, next)?;
    }
    passages.index(conn, &reading.source, first, pending)
}

/// All but the passages of a report of this length; gives the ids of the session and of its sections.
pub(super) fn insert_report(
    conn: &Connection,
    document: i64,
    length: i64,
    report: &Report,
) -> rusqlite::Result<(i64, Vec<i64>)> {
    let session = insert_session(conn, document, length, &report.document)?;
    let sections = insert_sections(conn, session, &report.document)?;
    let Extraction {
        metrics,
        tasks,
        doubts,
    } = &report.facts;
    insert_metrics(conn, session, &sections, &report.document, metrics)?;
    insert_tasks(conn, session, &sections, tasks, metrics)?;
    for doubt in report.document.doubts.iter().chain(doubts) {
        insert_doubt(conn, session, doubt)?;
    }
    Ok((session, sections))
}

fn insert_session(
    conn: &Connection,
    document: i64,
    length: i64,
    report: &Document,
) -> rusqlite::Result<i64> {
    let session = &report.session;
    let town = session
        .place
        .as_ref()
        .map(|place| places::find_or_insert(conn, place))
        .transpose()?;
    conn.prepare_cached(
        "INSERT INTO sessions (document_id, ordinal, town_id, start, \"end\", title, congress, meeting, held_on, \
         speaker, speaker_title, review_year, plan_year, stated_year, year_ground, length) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
    )?
    .execute(params![
        document,
        report.ordinal as i64,
        town,
        report.span.start as i64,
        report.span.end as i64,
        session.title,
        session.congress,
        session.meeting,
        session.held_on,
        session.speaker,
        session.speaker_title,
        session.review_year,
        session.plan_year,
        session.stated_year,
        session.year_ground,
        (length > 0).then_some(length),
    ])?;
    Ok(conn.last_insert_rowid())
}

const SECTIONS: Rows = Rows {
    table: "sections",
    columns: &[
        "session_id",
        "parent_id",
        "ordinal",
        "level",
        "type",
        "heading",
        "start",
        "\"end\"",
    ],
};

const METRICS: Rows = Rows {
    table: "metrics",
    columns: &[
        "session_id",
        "section_id",
        "ordinal",
        "indicator",
        "label",
        "number",
        "value",
        "value_high",
        "unit",
        "bound",
        "growth",
        "growth_kind",
        "status",
        "year",
        "period",
        "completion",
        "rank",
        "quote",
        "start",
        "\"end\"",
        "rule",
        "answers",
        "growth_to",
        "growth_bound",
        "points_against",
    ],
};

const TASKS: Rows = Rows {
    table: "tasks",
    columns: &[
        "session_id",
        "section_id",
        "ordinal",
        "topic",
        "text",
        "deadline",
        "deadline_on",
        "start",
        "\"end\"",
        "figures",
    ],
};

fn next_section(conn: &Connection) -> rusqlite::Result<i64> {
    conn.prepare_cached("SELECT ifnull(max(id), 0) + 1 FROM sections")?
        .query_row((), |row| row.get(0))
}

/// Gives the ids of the sections, in their order.
fn insert_sections(
    conn: &Connection,
    session: i64,
    report: &Document,
) -> rusqlite::Result<Vec<i64>> {
    let first = next_section(conn)?;
    let id = |at: usize| first + at as i64;
    SECTIONS.insert(conn, &report.sections, |at, section, row| {
        row.put(session)?;
        // A section stands behind the one that it is a part of.
        row.put(section.parent.filter(|parent| *parent < at).map(id))?;
        row.put((at + 1) as i64)?;
        row.put(section.level)?;
        row.put(section.kind.as_str())?;
        row.put(section.title.as_deref())?;
        row.put(section.span.start as i64)?;
        row.put(section.span.end as i64)
    })?;
    Ok((0..report.sections.len()).map(id).collect())
}

fn insert_metrics(
    conn: &Connection,
    session: i64,
    sections: &[i64],
    report: &Document,
    metrics: &[Metric],
) -> rusqlite::Result<()> {
    let periods: Vec<_> = metrics.iter().map(|metric| metric.period.name()).collect();
    let answers = answering(report, metrics, &periods);
    for metric in metrics {
        check_indicator(conn, metric.indicator.as_deref())?;
    }
    METRICS.insert(conn, metrics, |at, metric, row| {
        row.put(session)?;
        row.put(metric.section.and_then(|at| sections.get(at)))?;
        row.put((at + 1) as i64)?;
        row.put(metric.indicator.as_deref())?;
        row.put(&metric.label)?;
        row.put(metric.number.as_deref())?;
        row.put(metric.value)?;
        row.put(metric.value_high)?;
        row.put(metric.unit.as_deref())?;
        row.put(metric.bound.as_str())?;
        let growth = metric.growth.as_ref();
        row.put(growth.map(|growth| growth.amount))?;
        row.put(growth.map(Growth::kind))?;
        row.put(metric.status.as_str())?;
        row.put(metric.year)?;
        row.put(&*periods[at])?;
        row.put(metric.completion)?;
        row.put(metric.rank.as_deref())?;
        row.put(&metric.quote)?;
        row.put(metric.span.start as i64)?;
        row.put(metric.span.end as i64)?;
        row.put(metric.rule)?;
        row.put(answers.get(&at))?;
        row.put(growth.and_then(|growth| growth.to))?;
        row.put(growth.and_then(Growth::stored_bound))?;
        row.put(growth.and_then(Growth::points_against))
    })
}

/// One that is not of this program's vocabulary has to be in the store: SQLite is not always told to look.
fn check_indicator(conn: &Connection, indicator: Option<&str>) -> rusqlite::Result<()> {
    let foreign = indicator.filter(|indicator| answers::unit_of(indicator).is_none());
    let Some(foreign) = foreign else {
        return Ok(());
    };
    let mut find = conn.prepare_cached("SELECT 1 FROM indicators WHERE id = ?1")?;
    if find.exists([foreign])? {
        return Ok(());
    }
    Err(rusqlite::Error::SqliteFailure(
        ffi::Error::new(ffi::SQLITE_CONSTRAINT_FOREIGNKEY),
        Some("FOREIGN KEY constraint failed".to_owned()),
    ))
}

/// The kind of a growth against the year before.
fn grown(metric: &Metric) -> Option<&'static str> {
    let of_year = metric
        .growth
        .as_ref()
        .filter(|growth| growth.points_against().is_none());
    of_year.map(Growth::kind)
}

/// Which of the figures answer, by their place among them.
fn answering(
    report: &Document,
    metrics: &[Metric],
    periods: &[Cow<'_, str>],
) -> HashMap<usize, i64> {
    let is_of_review = |section: usize| {
        let section = report.sections.get(section);
        section.is_some_and(|section| section.kind == SectionType::Review)
    };
    let figures = metrics.iter().zip(periods).enumerate();
    let figures: Vec<(usize, Figure<'_>)> = figures
        .filter_map(|(at, (metric, period))| {
            let indicator = metric.indicator.as_deref()?;
            let figure = Figure {
                indicator,
                own_unit: answers::unit_of(indicator),
                status: metric.status.as_str(),
                year: metric.year.map(i64::from),
                period,
                has_value: metric.value.is_some(),
                is_added: is_added(&metric.label) && answers::is_added_to(indicator),
                unit: metric.unit.as_deref(),
                growth: grown(metric),
                is_of_review: metric.section.is_some_and(is_of_review),
                start: metric.span.start as i64,
            };
            Some((at, figure))
        })
        .collect();
    let due = Due {
        review_year: report.session.review_year.map(i64::from),
        plan_year: report.session.plan_year.map(i64::from),
    };
    answers::answers(&figures, due)
}

fn insert_tasks(
    conn: &Connection,
    session: i64,
    sections: &[i64],
    tasks: &[Task],
    metrics: &[Metric],
) -> rusqlite::Result<()> {
    let valued = Valued::of(metrics);
    TASKS.insert(conn, tasks, |at, task, row| {
        row.put(session)?;
        row.put(task.section.and_then(|at| sections.get(at)))?;
        row.put((at + 1) as i64)?;
        row.put(task.topic.as_deref())?;
        row.put(&task.text)?;
        row.put(task.deadline.as_deref())?;
        row.put(task.deadline_on.as_deref())?;
        row.put(task.span.start as i64)?;
        row.put(task.span.end as i64)?;
        row.put(valued.count_in(task) as i64)
    })
}

/// The figures with a value, to be counted by place: section, first and last character.
struct Valued(Vec<(Option<usize>, usize, usize)>);

impl Valued {
    fn of(metrics: &[Metric]) -> Self {
        let valued = metrics.iter().filter(|metric| metric.value.is_some());
        let places = valued.map(|metric| (metric.section, metric.span.start, metric.span.end));
        let mut places: Vec<_> = places.collect();
        places.sort_unstable();
        Self(places)
    }

    /// How many stand in a task.
    fn count_in(&self, task: &Task) -> usize {
        let begin = (task.section, task.span.start, 0);
        let from = self.0.partition_point(|place| *place < begin);
        let behind = self.0[from..].iter();
        behind
            .take_while(|(section, start, _)| *section == task.section && *start <= task.span.end)
            .filter(|(_, _, end)| *end <= task.span.end)
            .count()
    }
}

fn insert_doubt(conn: &Connection, session: i64, doubt: &Doubt) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "INSERT INTO doubts (session_id, code, message, start, \"end\", message_zh) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        session,
        doubt.code.as_str(),
        doubt.message,
        doubt.span.map(|span| span.start as i64),
        doubt.span.map(|span| span.end as i64),
        doubt.message_zh,
    ])
    .map(drop)
}
