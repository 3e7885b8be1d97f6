//! What changed between two states of one report.

use std::collections::HashMap;

use super::snapshot::{FIGURE, Snapshot, head_names};
use crate::fact::Value;

/// A figure, as it is told of.
#[derive(Debug, Clone, PartialEq)]
pub struct ToldFigure {
    /// Year, where one is known.
    pub year: Option<i64>,
    /// `actual`, `estimate` or `target`.
    pub status: String,
    /// What is measured.
    pub label: String,
    /// The indicator's id.
    pub indicator: Option<String>,
    /// Number and unit as written.
    pub number: Option<String>,
    /// In its base unit.
    pub value: Option<f64>,
    /// The base unit.
    pub unit: Option<String>,
    /// Percent, or points.
    pub growth: Option<f64>,
    /// The stretch of text.
    pub quote: String,
}

/// A figure that was read in two ways.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangedFigure {
    /// The one.
    pub before: ToldFigure,
    /// The other.
    pub after: ToldFigure,
    /// The columns in which they differ.
    pub columns: Vec<&'static str>,
}

/// How many rows came and went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Rows that were not there before.
    pub added: usize,
    /// Rows that are not there any more.
    pub gone: usize,
}

impl Tally {
    /// Whether nothing came or went.
    #[must_use]
    pub const fn is_nothing(self) -> bool {
        self.added == 0 && self.gone == 0
    }
}

/// What changed in one report.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReportChanges {
    /// The place, where the report names one.
    pub place: Option<String>,
    /// The year that it looks back on.
    pub review_year: Option<i64>,
    /// The document's name.
    pub document: String,
    /// What is said of the report itself: column, before, after.
    pub head: Vec<(&'static str, Value, Value)>,
    /// Figures that were not there before.
    pub added: Vec<ToldFigure>,
    /// Figures that are not there any more.
    pub gone: Vec<ToldFigure>,
    /// Figures that are read otherwise.
    pub changed: Vec<ChangedFigure>,
    /// Tasks.
    pub tasks: Tally,
    /// Doubts.
    pub doubts: Tally,
    /// Sections.
    pub sections: Tally,
}

impl ReportChanges {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.head.is_empty()
            && self.added.is_empty()
            && self.gone.is_empty()
            && self.changed.is_empty()
            && [self.tasks, self.doubts, self.sections]
                .into_iter()
                .all(Tally::is_nothing)
    }
}

/// What counts as a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strictness {
    /// Facts and their places in the text.
    Places,
    /// Facts alone: the same report may come in files that differ in line breaks.
    Facts,
}

/// Columns at the end of a row that say where it stands and how it is worded.
const fn placed(strictness: Strictness) -> usize {
    match strictness {
        Strictness::Places => 0,
        Strictness::Facts => 2,
    }
}

/// Compares a report before and after.
pub(super) fn compare(
    before: &Snapshot,
    after: &Snapshot,
    strictness: Strictness,
) -> ReportChanges {
    let tail = placed(strictness);
    let figures = match_rows(
        &before.figures,
        &after.figures,
        tail + usize::from(tail > 0),
    );
    let (mut gone, mut added) = figures;
    let changed = pair(&mut gone, &mut added, tail + usize::from(tail > 0));
    let tally = |before: &[Vec<Value>], after: &[Vec<Value>]| {
        let (gone, added) = match_rows(before, after, tail);
        Tally {
            added: added.len(),
            gone: gone.len(),
        }
    };
    // Doubts name places of the text in their words.
    let doubts = match strictness {
        Strictness::Places => tally(&before.doubts, &after.doubts),
        Strictness::Facts => {
            let codes = |rows: &[Vec<Value>]| -> Vec<Vec<Value>> {
                rows.iter().map(|row| row[..1].to_vec()).collect()
            };
            let (gone, added) = match_rows(&codes(&before.doubts), &codes(&after.doubts), 0);
            Tally {
                added: added.len(),
                gone: gone.len(),
            }
        }
    };
    ReportChanges {
        place: after.place().or(before.place()).map(str::to_owned),
        review_year: after.review_year().or(before.review_year()),
        document: after.document.clone(),
        head: heads(before, after, tail),
        added: added.iter().map(|row| told(row)).collect(),
        gone: gone.iter().map(|row| told(row)).collect(),
        changed,
        tasks: tally(&before.tasks, &after.tasks),
        doubts,
        sections: tally(&before.sections, &after.sections),
    }
}

fn heads(before: &Snapshot, after: &Snapshot, tail: usize) -> Vec<(&'static str, Value, Value)> {
    let width = before.head.len().saturating_sub(tail);
    let pairs = before.head.iter().zip(&after.head).take(width);
    head_names()
        .zip(pairs)
        .filter(|(_, (before, after))| before != after)
        .map(|(name, (before, after))| (name, before.clone(), after.clone()))
        .collect()
}

/// The rows that stand on one side alone; the last `tail` cells of a row do not count. Of equal rows each is matched
/// with one.
fn match_rows(
    before: &[Vec<Value>],
    after: &[Vec<Value>],
    tail: usize,
) -> (Vec<Vec<Value>>, Vec<Vec<Value>>) {
    let key = |row: &[Value]| format!("{:?}", &row[..row.len().saturating_sub(tail)]);
    let mut counts: HashMap<String, usize> = HashMap::new();
    for row in after {
        *counts.entry(key(row)).or_default() += 1;
    }
    let mut take = |row: &Vec<Value>| match counts.get_mut(&key(row)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    let gone: Vec<_> = before.iter().filter(|row| take(row)).cloned().collect();
    // What is left over of each row of `after` is new.
    let added = after
        .iter()
        .rev()
        .filter(|row| match counts.get_mut(&key(row)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        })
        .cloned();
    let mut added: Vec<_> = added.collect();
    added.reverse();
    (gone, added)
}

/// By what two rows are held to be one figure.
type Key<'a> = &'a dyn Fn(&[Value]) -> String;

/// Takes figures out of both lists that are one figure read in two ways: first by what they measure, then by the place
/// at which they begin.
fn pair(
    gone: &mut Vec<Vec<Value>>,
    added: &mut Vec<Vec<Value>>,
    tail: usize,
) -> Vec<ChangedFigure> {
    let measured = |row: &[Value]| {
        format!(
            "{:?}",
            [cell(row, "label"), cell(row, "status"), cell(row, "year")]
        )
    };
    let starts = |row: &[Value]| format!("{:?}", [cell(row, "start"), cell(row, "number")]);
    let keys: [Key<'_>; 2] = [&measured, &starts];
    let mut changed = Vec::new();
    for key in keys.into_iter().take(if tail == 0 { 2 } else { 1 }) {
        gone.retain(|before| {
            let same = added.iter().position(|after| key(after) == key(before));
            let Some(at) = same else {
                return true;
            };
            let after = added.remove(at);
            let counted = before.len().saturating_sub(tail);
            let columns = names()
                .zip(before.iter().zip(&after).take(counted))
                .filter(|(_, (before, after))| before != after)
                .map(|(name, _)| name)
                .collect();
            changed.push(ChangedFigure {
                before: told(before),
                after: told(&after),
                columns,
            });
            false
        });
    }
    changed
}

fn names() -> impl Iterator<Item = &'static str> {
    FIGURE.split(", ").map(|name| name.trim().trim_matches('"'))
}

fn cell<'a>(row: &'a [Value], column: &str) -> &'a Value {
    let at = names().position(|name| name == column);
    at.and_then(|at| row.get(at)).unwrap_or(&Value::Null)
}

/// A figure's row in the words in which it is told of.
pub(super) fn told(row: &[Value]) -> ToldFigure {
    let text = |column| cell(row, column).text().map(str::to_owned);
    ToldFigure {
        year: cell(row, "year").integer(),
        status: text("status").unwrap_or_default(),
        label: text("label").unwrap_or_default(),
        indicator: text("indicator"),
        number: text("number"),
        value: cell(row, "value").number(),
        unit: text("unit"),
        growth: cell(row, "growth").number(),
        quote: text("quote").unwrap_or_default(),
    }
}
