//! Where a number comes from: the sentence, its part of the report, the report.

use std::collections::HashMap;
use std::sync::Arc;

use super::asker::Asked;
use crate::fact::Value;
use crate::query::{ColumnKind, Lang, Row, Source};
use crate::store::{Store, StoreError};

/// A sentence of a report, with the places in it that numbers of the page come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sentence {
    pub(super) report: Arc<Report>,
    /// The headings it stands under, outermost first.
    pub(super) headings: Vec<String>,
    /// Its first character in the document and one past its last.
    pub(super) start: i64,
    pub(super) end: i64,
    /// Its words.
    pub(super) text: String,
}

/// What is said of a report in a footnote.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Report {
    pub(super) document: String,
    pub(super) town: Option<String>,
    pub(super) year: Option<i64>,
    pub(super) title: Option<String>,
    pub(super) held_on: Option<String>,
}

impl Report {
    /// `杨柳青镇2023年政府工作报告`.
    pub(super) fn name(&self, lang: Lang) -> String {
        let town = self.town.as_deref().unwrap_or_default();
        match (lang, self.year) {
            (Lang::Zh, Some(year)) => format!("{town}{year}年政府工作报告"),
            (Lang::Zh, None) => format!("{town}政府工作报告"),
            (Lang::En, Some(year)) => format!("{town}, report on {year}"),
            (Lang::En, None) => format!("{town}, report"),
        }
    }
}

/// A figure of the store at its place.
#[derive(Debug, Clone, Copy)]
struct Stated {
    start: i64,
    end: i64,
    numbers: [Option<f64>; 4],
    growth: Option<f64>,
    is_target: bool,
}

#[derive(Debug)]
struct Part {
    report: Arc<Report>,
    start: i64,
    end: i64,
    /// Start, end, heading, in reading order: an outer one before those in it.
    sections: Vec<(i64, i64, Option<String>)>,
    sentences: Vec<(i64, i64, String)>,
    stated: Vec<Stated>,
}

/// Reads what footnotes need, each document once.
#[derive(Debug, Default)]
pub(super) struct Citer {
    documents: HashMap<String, Vec<Part>>,
}

impl Citer {
    /// The sentence that a source stands in; `None` where it is a whole report and no sentence of it.
    pub(super) fn sentence(
        &mut self,
        store: &Store,
        source: &Source,
    ) -> Result<Option<Sentence>, StoreError> {
        if source.quote.is_empty() {
            return Ok(None);
        }
        let parts = self.parts(store, &source.document)?;
        let Some(part) = parts
            .iter()
            .find(|part| part.start <= source.start && source.start < part.end)
        else {
            return Ok(None);
        };
        let headings = part
            .sections
            .iter()
            .filter(|(start, end, _)| *start <= source.start && source.start < *end)
            .filter_map(|(.., heading)| heading.clone());
        let within = part
            .sentences
            .iter()
            .filter(|(start, end, _)| *start < source.end && source.start < *end);
        let (mut start, mut end, mut text) = (source.start, source.end, String::new());
        for (from, to, words) in within {
            (start, end) = (start.min(*from), end.max(*to));
            text.push_str(words);
        }
        if text.is_empty() {
            text.clone_from(&source.quote);
        }
        Ok(Some(Sentence {
            report: Arc::clone(&part.report),
            headings: headings.collect(),
            start,
            end,
            text,
        }))
    }

    /// The sources of one number of an answer: of those of its row the ones that state it, or all of them where it was
    /// worked out.
    pub(super) fn sources(
        &mut self,
        store: &Store,
        asked: &Asked,
        row: usize,
        column: Option<usize>,
    ) -> Result<Vec<Source>, StoreError> {
        let answer = &asked.answer;
        let own = of_row(asked, row);
        let all: Vec<&Source> = if own.is_empty() {
            // Turned about, an answer has the sources of all its rows together.
            answer
                .rows
                .iter()
                .flat_map(|row| &row.sources)
                .filter(|source| !source.quote.is_empty())
                .collect()
        } else {
            own.iter().collect()
        };
        let Some(column) = column.filter(|_| all.len() > 1) else {
            return Ok(all.into_iter().cloned().collect());
        };
        let (column, cell) = (&answer.columns[column], &answer.rows[row].cells[column]);
        let number = cell.value.number();
        if number.is_none() || column.fixed {
            return Ok(all.into_iter().cloned().collect());
        }
        let is_near = |stated: Option<f64>| {
            stated
                .zip(number)
                .is_some_and(|(stated, number)| (stated - number).abs() <= number.abs() * 1e-9)
        };
        let mut stating: Vec<(bool, Source)> = Vec::new();
        for source in all.iter().copied() {
            for stated in self.stated(store, source)? {
                let found = match column.kind {
                    ColumnKind::Growth => {
                        is_near(stated.growth) || stated.numbers.into_iter().any(is_near)
                    }
                    _ => stated.numbers.into_iter().any(is_near),
                };
                if found && !stating.iter().any(|(_, known)| known == source) {
                    stating.push((stated.is_target, source.clone()));
                }
            }
        }
        // A target and its result may be the same number.
        let wants_target = column.name.contains("target");
        if stating.iter().any(|(target, _)| *target == wants_target) {
            stating.retain(|(target, _)| *target == wants_target);
        }
        if stating.is_empty() {
            return Ok(all.into_iter().cloned().collect());
        }
        Ok(stating.into_iter().map(|(_, source)| source).collect())
    }

    fn stated(&mut self, store: &Store, source: &Source) -> Result<Vec<Stated>, StoreError> {
        let parts = self.parts(store, &source.document)?;
        Ok(parts
            .iter()
            .flat_map(|part| &part.stated)
            .filter(|stated| stated.start == source.start && stated.end == source.end)
            .copied()
            .collect())
    }

    fn parts(&mut self, store: &Store, document: &str) -> Result<&[Part], StoreError> {
        if !self.documents.contains_key(document) {
            let read = read(store, document)?;
            self.documents.insert(document.to_owned(), read);
        }
        Ok(&self.documents[document])
    }
}

/// What a row of SQL says of its source: columns `document`, `start` and `end`, and `quote` where it has one.
fn of_row(asked: &Asked, row: usize) -> Vec<Source> {
    let row: &Row = &asked.answer.rows[row];
    if !asked.is_sql {
        let sources = row.sources.iter().filter(|source| !source.quote.is_empty());
        return sources.cloned().collect();
    }
    let cell = |name: &str| {
        let at = asked
            .answer
            .columns
            .iter()
            .position(|column| column.name == name)?;
        Some(&row.cells[at].value)
    };
    let source = || {
        Some(Source {
            document: cell("document")?.text()?.to_owned(),
            quote: cell("quote")
                .and_then(Value::text)
                .unwrap_or("…")
                .to_owned(),
            start: cell("start")?.integer()?,
            end: cell("end")?.integer()?,
            number: None,
            value: None,
        })
    };
    source().into_iter().collect()
}

fn read(store: &Store, document: &str) -> Result<Vec<Part>, StoreError> {
    let sessions = store.select(
        "SELECT s.id, s.start, s.\"end\", t.name, s.review_year, s.title, s.held_on FROM sessions s \
         JOIN documents d ON d.id = s.document_id LEFT JOIN towns t ON t.id = s.town_id \
         WHERE d.name = ?1 ORDER BY s.ordinal",
        &[Value::Text(document.to_owned())],
    )?;
    let mut parts = Vec::new();
    for row in sessions.rows {
        let id = [row[0].clone()];
        let text = |value: &Value| value.text().map(str::to_owned);
        let place = |row: &[Value]| (row[0].integer().unwrap_or(0), row[1].integer().unwrap_or(0));
        let sections = store.select(
            "SELECT start, \"end\", heading FROM sections WHERE session_id = ?1 ORDER BY ordinal",
            &id,
        )?;
        let sentences = store.select(
            "SELECT start, \"end\", text FROM passages WHERE session_id = ?1 AND kind = 'sentence' ORDER BY start",
            &id,
        )?;
        let stated = store.select(
            "SELECT start, \"end\", value, value_high, completion, CASE WHEN growth_kind = 'pp' THEN growth END, growth, \
             status = 'target' FROM metrics WHERE session_id = ?1 ORDER BY start",
            &id,
        )?;
        let placed = |row: &Vec<Value>| (place(row).0, place(row).1, text(&row[2]));
        parts.push(Part {
            report: Arc::new(Report {
                document: document.to_owned(),
                town: text(&row[3]),
                year: row[4].integer(),
                title: text(&row[5]),
                held_on: text(&row[6]),
            }),
            start: row[1].integer().unwrap_or(0),
            end: row[2].integer().unwrap_or(i64::MAX),
            sections: sections.rows.iter().map(placed).collect(),
            sentences: sentences
                .rows
                .iter()
                .map(placed)
                .map(|(start, end, text)| (start, end, text.unwrap_or_default()))
                .collect(),
            stated: stated
                .rows
                .iter()
                .map(|row| Stated {
                    start: place(row).0,
                    end: place(row).1,
                    numbers: [
                        row[2].number(),
                        row[3].number(),
                        row[4].number(),
                        row[5].number(),
                    ],
                    growth: row[6].number(),
                    is_target: row[7].integer() == Some(1),
                })
                .collect(),
        });
    }
    Ok(parts)
}
