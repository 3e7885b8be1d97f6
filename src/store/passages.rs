use std::ops::Range;

use rusqlite::Connection;

use super::fulltext::{Indexer, Pending, Postings, set_merging, tokens};
use super::rows::Rows;
use super::{Fingerprint, phrases, worked_out};
use crate::decode::SourceText;
use crate::document::Document;
use crate::fact::Span;
use crate::reading::Reading;

/// A file's sentences and headings, where each token stands in them, the phrases of its reports and how long these are, and
/// the identity of its text: all that can be made ready for the store on another thread.
#[derive(Debug, Clone)]
pub struct Passages {
    /// Those of each report, in the order of the text.
    reports: Vec<Vec<Passage>>,
    /// The length of each report; see [`worked_out::length`].
    lengths: Vec<i64>,
    /// Of the file's text, where somebody has asked for it.
    text: Option<Fingerprint>,
    /// The phrases of each report, each with the first of its passages that says it, from 0.
    phrases: Vec<Vec<(String, i64)>>,
    postings: Postings,
}

#[derive(Debug, Clone)]
struct Passage {
    /// Index of the section that holds it.
    section: usize,
    /// As the store has it.
    kind: &'static str,
    /// Its stretch of the cleaned text.
    range: Range<usize>,
    /// The same in the stored text.
    span: Span,
}

const PASSAGES: Rows = Rows {
    table: "passages",
    columns: &[
        "session_id",
        "section_id",
        "kind",
        "text",
        "start",
        "\"end\"",
    ],
};

impl Passages {
    /// The passages of a file.
    pub fn of(reading: &Reading, indexer: &mut Indexer) -> Self {
        let source = &reading.source;
        let reports: Vec<_> = reading
            .reports
            .iter()
            .map(|report| passages(source, &report.document))
            .collect();
        let texts = reports.iter().flatten().map(|passage| passage.text(source));
        let lengths = reading
            .reports
            .iter()
            .map(|report| worked_out::length(source.quote(report.document.span)));
        let phrases = reports.iter().map(|passages| {
            let texts = passages.iter().map(|passage| passage.text(source));
            let said = phrases::said((0..).zip(texts)).into_iter();
            said.map(|(phrase, at)| (phrase.into_owned(), at)).collect()
        });
        Self {
            phrases: phrases.collect(),
            postings: indexer.index(texts),
            lengths: lengths.collect(),
            text: None,
            reports,
        }
    }

    /// Has the fingerprint of the text be known, by that of the file's bytes where the text is nothing else.
    #[must_use]
    pub fn fingerprinted(self, reading: &Reading, bytes: &[u8], file: &Fingerprint) -> Self {
        let text = reading.source.text.as_bytes();
        let text = if text == bytes {
            file.clone()
        } else {
            Fingerprint::of(text)
        };
        Self {
            text: Some(text),
            ..self
        }
    }

    /// The fingerprint of the text.
    pub(super) fn fingerprint(&mut self, reading: &Reading) -> Fingerprint {
        let text = || Fingerprint::of(reading.source.text.as_bytes());
        self.text.take().unwrap_or_else(text)
    }

    /// The length of a report.
    pub(super) fn length(&self, report: usize) -> i64 {
        self.lengths[report]
    }

    /// Writes those of one report with its phrases, the first of which gets this id, the next of the table; gives that of the next report.
    pub(super) fn write(
        &mut self,
        conn: &Connection,
        source: &SourceText,
        report: usize,
        session: i64,
        sections: &[i64],
        first: i64,
    ) -> rusqlite::Result<i64> {
        let passages = &self.reports[report];
        PASSAGES.insert(conn, passages, |_, passage, row| {
            row.put(session)?;
            row.put(sections.get(passage.section))?;
            row.put(passage.kind)?;
            row.put(passage.text(source))?;
            row.put(passage.span.start as i64)?;
            row.put(passage.span.end as i64)
        })?;
        for (_, passage) in &mut self.phrases[report] {
            *passage += first;
        }
        phrases::write(conn, session, &self.phrases[report])?;
        Ok(first + passages.len() as i64)
    }

    /// Has them come into the index; the first of the file has this id.
    pub(super) fn index(
        self,
        conn: &Connection,
        source: &SourceText,
        first: i64,
        pending: &mut Pending,
    ) -> rusqlite::Result<()> {
        let passages = self.reports.iter().flatten();
        pending.add(conn, first, self.postings, |at| {
            let passage = passages.clone().nth(at);
            passage.map_or("", |passage| passage.text(source))
        })
    }
}

impl Passage {
    fn text<'s>(&self, source: &'s SourceText) -> &'s str {
        &source.clean.as_str()[self.range.clone()]
    }
}

fn passages(source: &SourceText, document: &Document) -> Vec<Passage> {
    let headings = document
        .sections
        .iter()
        .enumerate()
        .filter_map(|(at, section)| Some((at, "heading", section.heading.clone()?)));
    let sentences = document
        .sentences
        .iter()
        .map(|sentence| (sentence.section, "sentence", sentence.range.clone()));
    let mut passages: Vec<_> = headings
        .chain(sentences)
        .filter(|(_, _, range)| !source.clean.as_str()[range.clone()].trim().is_empty())
        .map(|(section, kind, range)| Passage {
            section,
            kind,
            span: source.clean.span(range.clone()),
            range,
        })
        .collect();
    passages.sort_by_key(|passage| (passage.range.start, passage.range.end));
    passages
}

/// The id that the next passage may have.
pub(super) fn next_id(conn: &Connection) -> rusqlite::Result<i64> {
    conn.prepare_cached("SELECT ifnull(max(id), 0) + 1 FROM passages")?
        .query_row((), |row| row.get(0))
}

/// Takes a document's passages out of the index. The rows themselves go with the document.
///
/// The index keeps no text, so it has to be told what it had been given.
pub(super) fn forget(conn: &Connection, document: i64) -> rusqlite::Result<()> {
    let mut passages = conn.prepare_cached(
        "SELECT passages.id, passages.text FROM passages JOIN sessions ON sessions.id = passages.session_id \
         WHERE sessions.document_id = ?1",
    )?;
    let mut remove = conn.prepare_cached(
        "INSERT INTO passages_fts (passages_fts, rowid, text) VALUES ('delete', ?1, ?2)",
    )?;
    let mut rows = passages.query([document])?;
    while let Some(row) = rows.next()? {
        let text = row.get_ref(1)?.as_str()?;
        remove.execute((row.get::<_, i64>(0)?, tokens(text)))?;
    }
    Ok(())
}

/// Makes the index over all passages anew, in one piece.
pub(super) fn index_anew(conn: &Connection) -> rusqlite::Result<()> {
    /// So many passages are indexed at a time, and so many come into one segment.
    const RUN: usize = 10_000;
    const SEGMENT: usize = 200_000;
    conn.execute_batch("INSERT INTO passages_fts (passages_fts) VALUES ('delete-all')")?;
    set_merging(conn)?;
    let mut passages = conn.prepare("SELECT id, text FROM passages ORDER BY id")?;
    let mut rows = passages.query(())?;
    let (mut indexer, mut pending) = (Indexer::default(), Pending::default());
    // Passages of which the ids follow one another.
    let (mut first, mut texts): (i64, Vec<String>) = (0, Vec::new());
    loop {
        let next: Option<(i64, String)> = match rows.next()? {
            Some(row) => Some((row.get(0)?, row.get(1)?)),
            None => None,
        };
        let goes_on = |(id, _): &(i64, _)| *id == first + texts.len() as i64;
        if texts.len() >= RUN || !next.as_ref().is_some_and(goes_on) {
            let postings = indexer.index(texts.iter().map(String::as_str));
            pending.add(conn, first, postings, |at| &texts[at])?;
            if pending.passages() >= SEGMENT {
                pending.write(conn)?;
            }
            texts.clear();
        }
        let Some((id, text)) = next else {
            break;
        };
        if texts.is_empty() {
            first = id;
        }
        texts.push(text);
    }
    pending.write(conn)?;
    conn.execute_batch("INSERT INTO passages_fts (passages_fts) VALUES ('optimize')")
}
