//! From the plan to SQL: one statement for the rows and what the notes count beside them, and one that is asked only where
//! there is no row, for the reason; both with bound parameters.
//!
//! Rows of places are built in layers of common table expressions: the places asked about, each place's report, one
//! table a figure (`f0`, `f1` …) with at most one row a place (and year), their join `s0`, and one layer more for
//! each step. No query runs in a loop, and only SQLite's own functions are used.

mod absent;
mod column;
mod condition;
mod currency;
mod figures;
mod frequency;
mod groups;
mod interval;
mod lacking;
mod layers;
mod notes;
mod places;
mod project;
mod records;
mod results;
mod rows;
mod saying;
mod scope;
mod slots;
mod sources;
mod stated;
mod targets;

pub(super) use column::Field;
pub use column::{Column, ColumnKind};
pub(super) use notes::NoteField;
pub(super) use records::MANY;
pub(super) use targets::{is_mean, is_rise};

use serde::Serialize;

use super::catalog::Catalog;
use super::plan::{Plan, Rows, Shown};
use crate::fact::Value;

/// A statement and its parameters, `?1` first.
#[derive(Debug, Clone, PartialEq)]
pub struct Sql {
    /// The text; read-only.
    pub text: String,
    /// What is bound to it.
    pub params: Vec<Value>,
}

impl Serialize for Sql {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let params: Vec<serde_json::Value> = self
            .params
            .iter()
            .map(|param| match param {
                Value::Null => serde_json::Value::Null,
                Value::Integer(n) => (*n).into(),
                Value::Real(n) => (*n).into(),
                Value::Text(text) => text.as_str().into(),
            })
            .collect();
        (&self.text, params).serialize(serializer)
    }
}

/// The statements of a plan, and how their rows are read.
#[derive(Debug, Clone)]
pub(super) struct Emitted {
    pub(super) rows: Sql,
    pub(super) fields: Vec<Field>,
    /// Asked only where there is no row, for the reason: one value, which is read so.
    pub(super) if_empty: Option<Sql>,
    pub(super) reason: Field,
    /// Whether `rows` gives that itself, in a row that has no place.
    pub(super) says_why: bool,
}

/// Emits a plan.
pub(super) fn emit(plan: &Plan, catalog: &Catalog, form: SourceForm) -> Emitted {
    let params = Params::new(form, catalog.is_worked_out());
    match &plan.shown {
        Shown::Frequency(words) => frequency::emit(plan, words, params),
        Shown::Results | Shown::Verdicts(_) if plan.rows == Rows::Targets => {
            results::emit(plan, params)
        }
        _ if plan.rows.are_places() => places::emit(plan, catalog, params),
        _ => records::emit(plan, catalog, params),
    }
}

/// The names of the figures that a plan speaks of, in English and Chinese.
pub(super) fn slot_names(plan: &Plan, catalog: &Catalog) -> Vec<(String, String)> {
    let slots = slots::Slots::of(plan);
    let growth = |(n, slot): (usize, &slots::Slot)| {
        let (en, zh) = slot.names(catalog);
        if slots.only_growth(n, plan) {
            (format!("{en} growth"), format!("{zh}增速"))
        } else if let Some((_, (of_en, of_zh))) = slots.only_beside(n, plan) {
            (format!("{en} {of_en}"), format!("{zh}{of_zh}"))
        } else {
            (en, zh)
        }
    };
    slots.0.iter().enumerate().map(growth).collect()
}

/// Collects parameters while text is written.
#[derive(Debug)]
pub(super) struct Params {
    values: Vec<Value>,
    /// How the statement gives the sources of its rows.
    form: SourceForm,
    /// Whether the store says which figures answer, how many figures tasks have and how long reports are.
    is_worked_out: bool,
}

/// How a statement gives the sources of its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SourceForm {
    /// With their quotes and the names of their documents: all that is to be said, in one statement.
    Quoted,
    /// By numbers, from which the rest is found for the rows that show it: quotes lie far apart in the file.
    Numbered,
}

impl Params {
    pub(super) const fn new(form: SourceForm, is_worked_out: bool) -> Self {
        Self {
            values: Vec::new(),
            form,
            is_worked_out,
        }
    }

    /// Binds a value and gives its placeholder; equal values share one.
    pub(super) fn bind(&mut self, value: Value) -> String {
        let at = self
            .values
            .iter()
            .position(|held| *held == value)
            .unwrap_or_else(|| {
                self.values.push(value);
                self.values.len() - 1
            });
        format!("?{}", at + 1)
    }

    pub(super) fn text(&mut self, text: &str) -> String {
        self.bind(Value::Text(text.to_owned()))
    }

    pub(super) fn integer(&mut self, number: i64) -> String {
        self.bind(Value::Integer(number))
    }

    pub(super) fn real(&mut self, number: f64) -> String {
        self.bind(Value::Real(number))
    }

    /// A statement with the parameters so far.
    pub(super) fn statement(&self, text: String) -> Sql {
        // SQLite wants each bound parameter to stand in the text: notes and rows share a numbering, so the unused
        // ones of a statement are left at its end only where none follows.
        let used = (1..=self.values.len())
            .rev()
            .find(|n| mentions(&text, *n))
            .unwrap_or_default();
        Sql {
            params: self.values[..used].to_vec(),
            text,
        }
    }
}

/// The forms in which a sought text may stand in a report as it came in: as it was asked, and with the signs between
/// Chinese characters in full and in half width.
pub(super) fn forms(words: &str) -> Vec<String> {
    let half = words.chars().map(super::catalog::half_width).collect();
    let mut forms = vec![words.to_owned()];
    for form in [crate::decode::sought(words), half] {
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms
}

/// Whether a statement speaks of a column of this name.
pub(super) fn speaks_of(statement: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    statement.match_indices(name).any(|(at, _)| {
        !statement[..at].ends_with(is_part) && !statement[at + name.len()..].starts_with(is_part)
    })
}

/// Whether the placeholder `?n` stands in the text.
fn mentions(text: &str, n: usize) -> bool {
    let placeholder = format!("?{n}");
    text.match_indices(&placeholder)
        .any(|(at, found)| !text[at + found.len()..].starts_with(|c: char| c.is_ascii_digit()))
}
