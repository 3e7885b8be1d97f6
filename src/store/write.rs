use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::documents::forget;
use super::{Fingerprint, Store, StoreError, open, passages, places};
use crate::document::Document;
use crate::extract::Extraction;
use crate::fact::{Doubt, GrowthKind, Metric, Task};
use crate::reading::{Reading, Report};

/// A file as it stands outside.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The name under which it is kept; the same name with new content replaces the old report.
    pub name: String,
    /// The identity of its bytes.
    pub fingerprint: Fingerprint,
    /// How many bytes it has.
    pub size_bytes: u64,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Imported {
    /// It is new in the store.
    Added,
    /// The store had another content under this name, which is gone.
    Replaced,
    /// The store has this content already; nothing was changed.
    Known {
        /// The name under which the store has it.
        name: String,
    },
}

impl Store {
    /// Writes one file and all it says; see [`Store::import_all`].
    pub fn import(&self, file: &SourceFile, reading: &Reading) -> Result<Imported, StoreError> {
        let mut imported = self.import_all(&[(file, reading)])?;
        Ok(imported.remove(0))
    }

    /// Writes files and all they say, in one transaction: all of them or none. Says what became of each, in order.
    ///
    /// Once a content is in the store, importing it again changes nothing, under whatever name.
    pub fn import_all(
        &self,
        files: &[(&SourceFile, &Reading)],
    ) -> Result<Vec<Imported>, StoreError> {
        let known = files
            .iter()
            .map(|(file, _)| self.name_of(&file.fingerprint))
            .collect::<Result<Vec<_>, _>>()?;
        if known.iter().all(Option::is_some) {
            let known = known.into_iter().flatten();
            return Ok(known.map(|name| Imported::Known { name }).collect());
        }
        self.begin_writing()?;
        self.run(|conn| {
            let tx = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
            let imported = files
                .iter()
                .map(|(file, reading)| write_file(&tx, file, reading))
                .collect::<rusqlite::Result<Vec<_>>>()?;
            if imported.contains(&Imported::Replaced) {
                places::drop_unused(&tx)?;
            }
            tx.commit()?;
            Ok(imported)
        })
    }

    /// The name under which the store has a content.
    pub fn name_of(&self, content: &Fingerprint) -> Result<Option<String>, StoreError> {
        self.run(|conn| name_of(conn, content))
    }

    /// The contents that the store has, with the names under which it has them.
    pub fn contents(&self) -> Result<HashMap<Fingerprint, String>, StoreError> {
        self.run(|conn| {
            conn.prepare_cached("SELECT sha256, name FROM documents")?
                .query_map((), |row| {
                    Ok((Fingerprint::from_stored(row.get(0)?), row.get(1)?))
                })?
                .collect()
        })
    }
}

fn name_of(conn: &Connection, content: &Fingerprint) -> rusqlite::Result<Option<String>> {
    conn.prepare_cached("SELECT name FROM documents WHERE sha256 = ?1")?
        .query_row([content.as_str()], |row| row.get(0))
        .optional()
}

fn write_file(
    conn: &Connection,
    file: &SourceFile,
    reading: &Reading,
) -> rusqlite::Result<Imported> {
    if let Some(name) = name_of(conn, &file.fingerprint)? {
        return Ok(Imported::Known { name });
    }
    let before = forget(conn, &file.name)?;
    let document = insert_document(conn, before, file, reading)?;
    for report in &reading.reports {
        insert_report(conn, document, reading, report)?;
    }
    Ok(if before.is_some() {
        Imported::Replaced
    } else {
        Imported::Added
    })
}

/// A replaced document keeps its id.
fn insert_document(
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

pub(super) fn insert_report(
    conn: &Connection,
    document: i64,
    reading: &Reading,
    report: &Report,
) -> rusqlite::Result<()> {
    let session = insert_session(conn, document, &report.document)?;
    let sections = insert_sections(conn, session, &report.document)?;
    let Extraction {
        metrics,
        tasks,
        doubts,
    } = &report.facts;
    for (at, metric) in metrics.iter().enumerate() {
        insert_metric(conn, session, &sections, at + 1, metric)?;
    }
    for (at, task) in tasks.iter().enumerate() {
        insert_task(conn, session, &sections, at + 1, task)?;
    }
    for doubt in report.document.doubts.iter().chain(doubts) {
        insert_doubt(conn, session, doubt)?;
    }
    passages::write(conn, &reading.source, &report.document, session, &sections)
}

fn insert_session(conn: &Connection, document: i64, report: &Document) -> rusqlite::Result<i64> {
    let session = &report.session;
    let town = session
        .place
        .as_ref()
        .map(|place| places::find_or_insert(conn, place))
        .transpose()?;
    conn.prepare_cached(
        "INSERT INTO sessions (document_id, ordinal, town_id, start, \"end\", title, congress, meeting, held_on, \
         speaker, speaker_title, review_year, plan_year, stated_year, year_ground) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
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

fn insert_metric(
    conn: &Connection,
    session: i64,
    sections: &[i64],
    ordinal: usize,
    metric: &Metric,
) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "INSERT INTO metrics (session_id, section_id, ordinal, indicator, label, number, value, value_high, unit, \
         bound, growth, growth_kind, status, year, period, completion, rank, quote, start, \"end\", rule) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)",
    )?
    .execute(params![
        session,
        metric.section.and_then(|at| sections.get(at)),
        ordinal as i64,
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
        metric.period.name(),
        metric.completion,
        metric.rank,
        metric.quote,
        metric.span.start as i64,
        metric.span.end as i64,
        metric.rule,
    ])
    .map(drop)
}

fn insert_task(
    conn: &Connection,
    session: i64,
    sections: &[i64],
    ordinal: usize,
    task: &Task,
) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "INSERT INTO tasks (session_id, section_id, ordinal, topic, text, deadline, deadline_on, start, \"end\") \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        session,
        task.section.and_then(|at| sections.get(at)),
        ordinal as i64,
        task.topic,
        task.text,
        task.deadline,
        task.deadline_on,
        task.span.start as i64,
        task.span.end as i64,
    ])
    .map(drop)
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
