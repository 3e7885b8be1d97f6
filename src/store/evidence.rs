use rusqlite::{Connection, Row};

use super::{Store, StoreError};

/// Where a stretch of a document stands: the report, the part of it, the sentences around, and the figures read there.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The document's name.
    pub document: String,
    /// The place whose report it is, where the report names one.
    pub town: Option<String>,
    /// The year that the report looks back on.
    pub review_year: Option<i32>,
    /// The report's title as the masthead has it.
    pub title: Option<String>,
    /// The headings above, from the main part down.
    pub headings: Vec<String>,
    /// Sentences before, in reading order.
    pub before: Vec<String>,
    /// The sentences that the stretch touches.
    pub sentences: Vec<String>,
    /// The first character of those sentences in the document, and one past their last.
    pub span: (i64, i64),
    /// Sentences behind.
    pub after: Vec<String>,
    /// The figures whose quote is just this stretch.
    pub figures: Vec<Reading>,
}

/// A figure as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What is measured, in the words of the sentence.
    pub label: String,
    /// `metrics.indicator`.
    pub indicator: Option<String>,
    /// Number and unit as written.
    pub number: Option<String>,
    /// In its base unit; the low end of a range.
    pub value: Option<f64>,
    /// The high end of a range.
    pub value_high: Option<f64>,
    /// Percent, or percentage points.
    pub growth: Option<f64>,
    /// Percent of the yearly task.
    pub completion: Option<f64>,
    /// `actual`, `estimate` or `target`.
    pub status: String,
    /// The year that it is about.
    pub year: Option<i32>,
}

impl Store {
    /// What stands at characters `start` to `end` of a document, with so many sentences around it; `None` where no
    /// report stands there.
    pub fn evidence(
        &self,
        document: &str,
        (start, end): (i64, i64),
        around: u32,
    ) -> Result<Option<Evidence>, StoreError> {
        self.run(|conn| {
            let mut found = conn.prepare_cached(
                "SELECT sessions.id, towns.name, review_year, title FROM sessions \
                 JOIN documents ON documents.id = document_id LEFT JOIN towns ON towns.id = town_id \
                 WHERE documents.name = ?1 AND sessions.start <= ?2 AND ?2 < sessions.\"end\"",
            )?;
            let mut found = found.query((document, start))?;
            let Some(report) = found.next()? else {
                return Ok(None);
            };
            let session: i64 = report.get(0)?;
            let place = Stretch { session, start, end };
            let (sentences, span) = place.sentences(conn)?;
            Ok(Some(Evidence {
                document: document.to_owned(),
                town: report.get(1)?,
                review_year: report.get(2)?,
                title: report.get(3)?,
                headings: place.headings(conn)?,
                before: place.before(conn, around)?,
                sentences,
                span,
                after: place.after(conn, around)?,
                figures: place.figures(conn)?,
            }))
        })
    }
}

/// Characters of a document in one of its reports.
struct Stretch {
    session: i64,
    start: i64,
    end: i64,
}

impl Stretch {
    fn headings(&self, conn: &Connection) -> rusqlite::Result<Vec<String>> {
        conn.prepare_cached(
            "SELECT heading FROM sections WHERE session_id = ?1 AND start <= ?2 AND ?2 < \"end\" \
             AND heading IS NOT NULL ORDER BY level, ordinal",
        )?
        .query_map((self.session, self.start), |row| row.get(0))?
        .collect()
    }

    fn sentences(&self, conn: &Connection) -> rusqlite::Result<(Vec<String>, (i64, i64))> {
        let mut texts = Vec::new();
        let mut span = (self.start, self.end);
        let mut touched = conn.prepare_cached(
            "SELECT text, start, \"end\" FROM passages WHERE session_id = ?1 AND start < ?3 AND ?2 < \"end\" \
             ORDER BY start",
        )?;
        let mut touched = touched.query((self.session, self.start, self.end))?;
        while let Some(row) = touched.next()? {
            texts.push(row.get(0)?);
            span = (span.0.min(row.get(1)?), span.1.max(row.get(2)?));
        }
        Ok((texts, span))
    }

    fn before(&self, conn: &Connection, most: u32) -> rusqlite::Result<Vec<String>> {
        let mut texts: Vec<String> = conn
            .prepare_cached(
                "SELECT text FROM passages WHERE session_id = ?1 AND \"end\" <= ?2 AND kind = 'sentence' \
                 ORDER BY start DESC LIMIT ?3",
            )?
            .query_map((self.session, self.start, most), |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        texts.reverse();
        Ok(texts)
    }

    fn after(&self, conn: &Connection, most: u32) -> rusqlite::Result<Vec<String>> {
        conn.prepare_cached(
            "SELECT text FROM passages WHERE session_id = ?1 AND start >= ?2 AND kind = 'sentence' \
             ORDER BY start LIMIT ?3",
        )?
        .query_map((self.session, self.end, most), |row| row.get(0))?
        .collect()
    }

    fn figures(&self, conn: &Connection) -> rusqlite::Result<Vec<Reading>> {
        conn.prepare_cached(
            "SELECT label, indicator, number, value, growth, completion, status, year, value_high FROM metrics \
             WHERE session_id = ?1 AND start = ?2 AND \"end\" = ?3 ORDER BY ordinal",
        )?
        .query_map((self.session, self.start, self.end), reading)?
        .collect()
    }
}

fn reading(row: &Row<'_>) -> rusqlite::Result<Reading> {
    Ok(Reading {
        label: row.get(0)?,
        indicator: row.get(1)?,
        number: row.get(2)?,
        value: row.get(3)?,
        growth: row.get(4)?,
        completion: row.get(5)?,
        status: row.get(6)?,
        year: row.get(7)?,
        value_high: row.get(8)?,
    })
}
