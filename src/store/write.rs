use std::collections::HashMap;

use rusqlite::{Connection, params};

use super::answers::{self, Due, Figure};
use super::fulltext::Pending;
use super::{Fingerprint, Passages, SourceFile, open, passages, places};
use crate::document::Document;
use crate::extract::Extraction;
use crate::fact::{Doubt, GrowthKind, Metric, SectionType, Task};
use crate::reading::{Reading, Report};

/// A replaced document keeps its id.
pub(super) fn insert_document(
    conn: &Connection,
    id: Option<i64>,
    file: &SourceFile,
    reading: &Reading,
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
        open::now(),
        Fingerprint::of(reading.source.text.as_bytes()).as_str()
    ])?;
    Ok(conn.last_insert_rowid())
}

/// The reports of a document. Their passages come into the index when `pending` is written.
pub(super) fn insert_reports(
    conn: &Connection,
    document: i64,
    reading: &Reading,
    passages: Passages,
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

/// Gives the ids of the sections, in their order.
fn insert_sections(
    conn: &Connection,
    session: i64,
    report: &Document,
) -> rusqlite::Result<Vec<i64>> {
    let mut insert = conn.prepare_cached(
        "INSERT INTO sections (session_id, parent_id, ordinal, level, type, heading, start, \"end\") \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    let mut ids: Vec<i64> = Vec::with_capacity(report.sections.len());
    for (at, section) in report.sections.iter().enumerate() {
        insert.execute(params![
            session,
            section.parent.and_then(|parent| ids.get(parent)),
            (at + 1) as i64,
            section.level,
            section.kind.as_str(),
            section.title,
            section.span.start as i64,
            section.span.end as i64,
        ])?;
        ids.push(conn.last_insert_rowid());
    }
    Ok(ids)
}

fn insert_metrics(
    conn: &Connection,
    session: i64,
    sections: &[i64],
    report: &Document,
    metrics: &[Metric],
) -> rusqlite::Result<()> {
    let periods: Vec<String> = metrics.iter().map(|metric| metric.period.name()).collect();
    let answers = answering(report, metrics, &periods);
    let mut insert = conn.prepare_cached(
        "INSERT INTO metrics (session_id, section_id, ordinal, indicator, label, number, value, value_high, unit, \
         bound, growth, growth_kind, status, year, period, completion, rank, quote, start, \"end\", rule, answers) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)",
    )?;
    for (at, metric) in metrics.iter().enumerate() {
        insert.execute(params![
            session,
            metric.section.and_then(|at| sections.get(at)),
            (at + 1) as i64,
            metric.indicator,
            metric.label,
            metric.number,
            metric.value,
            metric.value_high,
            metric.unit,
            metric.bound.as_str(),
            metric.growth,
            metric.growth_kind.map(GrowthKind::as_str),
            metric.status.as_str(),
            metric.year,
            periods[at],
            metric.completion,
            metric.rank,
            metric.quote,
            metric.span.start as i64,
            metric.span.end as i64,
            metric.rule,
            answers.get(&at),
        ])?;
    }
    Ok(())
}

/// Which of the figures answer, by their place among them.
fn answering(report: &Document, metrics: &[Metric], periods: &[String]) -> HashMap<usize, i64> {
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
                unit: metric.unit.as_deref(),
                growth: metric.growth_kind.map(GrowthKind::as_str),
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
    let mut insert = conn.prepare_cached(
        "INSERT INTO tasks (session_id, section_id, ordinal, topic, text, deadline, deadline_on, start, \"end\", figures) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    for (at, task) in tasks.iter().enumerate() {
        insert.execute(params![
            session,
            task.section.and_then(|at| sections.get(at)),
            (at + 1) as i64,
            task.topic,
            task.text,
            task.deadline,
            task.deadline_on,
            task.span.start as i64,
            task.span.end as i64,
            figures_in(task, metrics) as i64,
        ])?;
    }
    Ok(())
}

/// How many figures with a value stand in a task.
fn figures_in(task: &Task, metrics: &[Metric]) -> usize {
    let stands_in = |metric: &&Metric| {
        metric.value.is_some()
            && metric.section == task.section
            && metric.span.start >= task.span.start
            && metric.span.end <= task.span.end
    };
    metrics.iter().filter(stands_in).count()
}

fn insert_doubt(conn: &Connection, session: i64, doubt: &Doubt) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "INSERT INTO doubts (session_id, code, message, start, \"end\") VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        session,
        doubt.code.as_str(),
        doubt.message,
        doubt.span.map(|span| span.start as i64),
        doubt.span.map(|span| span.end as i64),
    ])
    .map(drop)
}
