//! From the rows of a store to an answer: columns, rows with their sources, notes, and the reading.

mod absence;
mod notes;
mod plain;
mod turn;
mod verdict;
mod view;

pub use absence::Absence;
pub use plain::plain_answer;

use serde::Deserialize;

use super::plan::{Aspect, Chart, Expr, Plan, Shown};
use super::sql::{Column, ColumnKind, Field, NoteField};
use super::{Compiled, Lang, Reading};
use crate::fact::Value;

/// What a question came to.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The question as it was understood.
    pub reading: Reading,
    /// The language it was asked in.
    pub lang: Lang,
    /// The columns of each row.
    pub columns: Vec<Column>,
    /// The rows, in order.
    pub rows: Vec<Row>,
    /// What a reader of the rows must know.
    pub notes: Vec<Note>,
    /// The question asks for the sentences behind the rows; they are in the rows in any case.
    pub with_source: bool,
    /// The chart that was asked for.
    pub chart: Option<Drawn>,
    /// Instead of rows, where the question asked for an explanation: the statement that would answer it.
    pub explained: Option<String>,
}

/// A chart that a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawn {
    /// How it is drawn.
    pub kind: Chart,
    /// The first column of this kind is drawn: values, or growths where these were asked for.
    pub of: ColumnKind,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// One cell a column.
    pub cells: Vec<Cell>,
    /// The sentences that say it.
    pub sources: Vec<Source>,
}

/// One value and what qualifies it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// The value, numbers in their base unit.
    pub value: Value,
    /// The high end, where a range was stated.
    pub high: Option<f64>,
    /// Its unit, where that is not its column's.
    pub unit: Option<String>,
    /// How it bounds the truth: `gt`, `ge`, `lt`, `le`, `approx`, `range`; `None` for an exact value.
    pub bound: Option<String>,
    /// The part of the year that it covers, where that is not the whole: `to-month-10`.
    pub period: Option<String>,
    /// `estimate` or `target`, where it is neither done nor certain; of a figure and its growth.
    pub status: Option<String>,
    /// It is a growth, in a column of values: the answer of `compare` has a row for it.
    pub is_growth: bool,
    /// Why there is none.
    pub absence: Option<Absence>,
}

/// A stretch of a document that says a figure.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Source {
    /// The document's name.
    pub document: String,
    /// The stretch, character for character.
    #[serde(default)]
    pub quote: String,
    /// Its first character in the document's text.
    #[serde(default)]
    pub start: i64,
    /// One past its last.
    #[serde(default)]
    pub end: i64,
    /// The number with its unit as it is written there, where the stretch is a figure's: 14.5亿元.
    #[serde(default)]
    pub number: Option<String>,
    /// The value of that number, in its base unit.
    #[serde(default)]
    pub value: Option<f64>,
}

/// One sentence under an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it is about, stable for scripts: `estimate`, `mixed-years`, `possible`.
    pub code: &'static str,
    /// In English.
    pub en: String,
    /// In Chinese.
    pub zh: String,
}

impl Note {
    /// In a language.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}

/// A number for the notes and what it counts.
type Told = (NoteField, Value);

/// What a row says besides its cells, for the notes.
#[derive(Debug, Clone, Default)]
struct Aside {
    county: Option<String>,
    stated_year: Option<i64>,
    reported: bool,
    abouts: Vec<i64>,
    statuses: Vec<String>,
    estimates: i64,
    part_year: i64,
    bounds: i64,
    years: Option<(i64, i64)>,
}

/// Reads the rows of [`Compiled::sql`], and that of [`Compiled::if_empty`] where it was asked.
#[must_use]
pub fn answer(compiled: &Compiled, rows: &[Vec<Value>], if_empty: Option<&[Value]>) -> Answer {
    let fields = &compiled.fields;
    let columns: Vec<Column> = fields
        .iter()
        .filter_map(|field| match field {
            Field::Shown(column) => Some(column.clone()),
            _ => None,
        })
        .collect();
    let told = told(compiled, rows.first().map(Vec::as_slice), if_empty);
    let (mut rows, asides): (Vec<Row>, Vec<Aside>) =
        rows.iter().map(|row| decode(fields, row)).unzip();
    absence::explain(&columns, &mut rows, &asides);
    let notes = notes::notes(compiled, &columns, &rows, &asides, &told);
    tell_apart(&columns, &mut rows, &asides);
    let explained = compiled.plan.explained.then(|| compiled.sql.text.clone());
    let mut answer = Answer {
        reading: compiled.reading.clone(),
        lang: compiled.lang,
        columns,
        rows,
        notes,
        with_source: compiled.plan.with_source,
        chart: drawn(&compiled.plan),
        explained,
    };
    view::apply(&compiled.plan, &mut answer);
    if matches!(compiled.plan.shown, Shown::Compared(_)) {
        turn::turn(&mut answer);
    }
    answer
}

/// The values for the notes: those of the reason where there is no row, else those that stand in each row.
fn told(compiled: &Compiled, row: Option<&[Value]>, if_empty: Option<&[Value]>) -> Vec<Told> {
    let in_row = || {
        let cells = compiled.fields.iter().zip(row?);
        let mut cells = cells.filter(|(field, _)| matches!(field, Field::Told(_)));
        cells.next()
    };
    let reason = if_empty.and_then(|row| Some((&compiled.reason, row.first()?)));
    let Some((Field::Told(fields), value)) = reason.or_else(in_row) else {
        return Vec::new();
    };
    let values: Vec<serde_json::Value> = value
        .text()
        .and_then(|json| serde_json::from_str(json).ok())
        .unwrap_or_default();
    let one = |value: &serde_json::Value| match value.as_i64() {
        Some(number) => Value::Integer(number),
        None => Value::Text(value.to_string()),
    };
    let told = fields.iter().zip(&values);
    told.flat_map(|(field, value)| match (field, value.as_array()) {
        // Counted and named in one pass.
        (NoteField::Possible(at), Some(both)) if both.len() == 2 => vec![
            (field.clone(), one(&both[0])),
            (NoteField::PossibleNames(*at), one(&both[1])),
        ],
        _ => vec![(field.clone(), one(value))],
    })
    .collect()
}

fn drawn(plan: &Plan) -> Option<Drawn> {
    let kind = plan.view.chart?;
    let first = plan.exprs().into_iter().next();
    let is_growth = matches!(first, Some(Expr::Figure(figure)) if matches!(
        figure.aspect,
        Aspect::Growth | Aspect::TargetGrowth | Aspect::TargetGrowthOfYear
    ));
    let of = if is_growth {
        ColumnKind::Growth
    } else {
        ColumnKind::Value
    };
    Some(Drawn { kind, of })
}

fn decode(fields: &[Field], values: &[Value]) -> (Row, Aside) {
    let mut cells: Vec<Cell> = Vec::new();
    let mut sources = Vec::new();
    // A record is of a report by being there.
    let mut aside = Aside {
        reported: !fields.contains(&Field::Reported),
        ..Aside::default()
    };
    for (field, value) in fields.iter().zip(values) {
        let number = value.integer();
        match field {
            Field::Shown(column) => {
                if column.kind == ColumnKind::Status {
                    aside.statuses.extend(value.text().map(str::to_owned));
                    qualify(fields, &mut cells, value.text());
                }
                cells.push(Cell {
                    value: value.clone(),
                    ..Cell::default()
                });
            }
            Field::High => set(&mut cells, |cell| cell.high = value.number()),
            Field::Absent => set(&mut cells, |cell| {
                cell.absence = number.and_then(Absence::numbered);
            }),
            Field::Unit => {
                let unit = value.text().map(str::to_owned);
                let mut shown = fields.iter().filter_map(|field| match field {
                    Field::Shown(column) => Some(column),
                    _ => None,
                });
                let column = cells.len().checked_sub(1).and_then(|at| shown.nth(at));
                let of_column = column.and_then(|column| column.unit.clone());
                set(&mut cells, |cell| {
                    cell.unit = unit.filter(|own| Some(own) != of_column.as_ref());
                });
            }
            Field::Bound => set(&mut cells, |cell| {
                cell.bound = value
                    .text()
                    .filter(|bound| *bound != "eq")
                    .map(str::to_owned);
            }),
            Field::Period => set(&mut cells, |cell| {
                cell.period = value
                    .text()
                    .filter(|period| !matches!(*period, "year" | "as-of"))
                    .map(str::to_owned);
            }),
            Field::About => aside.abouts.extend(number),
            Field::Status => {
                aside.statuses.extend(value.text().map(str::to_owned));
                qualify(fields, &mut cells, value.text());
            }
            Field::County => aside.county = value.text().map(str::to_owned),
            Field::StatedYear => aside.stated_year = number,
            Field::Reported => aside.reported = number == Some(1),
            Field::Estimates => aside.estimates += number.unwrap_or(0),
            Field::PartYear => aside.part_year += number.unwrap_or(0),
            Field::Bounds => aside.bounds += number.unwrap_or(0),
            Field::FirstYear => {
                let year = number.unwrap_or(i64::MAX);
                let held = aside.years.unwrap_or((i64::MAX, i64::MIN));
                aside.years = Some((held.0.min(year), held.1));
            }
            Field::LastYear => {
                let year = number.unwrap_or(i64::MIN);
                let held = aside.years.unwrap_or((i64::MAX, i64::MIN));
                aside.years = Some((held.0, held.1.max(year)));
            }
            Field::Told(_) => {}
            Field::Sources => {
                sources = value.text().map(read_sources).unwrap_or_default();
            }
        }
    }
    sources.dedup();
    (Row { cells, sources }, aside)
}

/// The last value, and its growth behind it, are of this status.
fn qualify(fields: &[Field], cells: &mut [Cell], status: Option<&str>) {
    let Some(status) = status.filter(|status| *status != "actual") else {
        return;
    };
    let kinds: Vec<ColumnKind> = fields
        .iter()
        .filter_map(|field| match field {
            Field::Shown(column) => Some(column.kind),
            _ => None,
        })
        .take(cells.len())
        .collect();
    let first = kinds.iter().rposition(|kind| *kind == ColumnKind::Value);
    for (cell, kind) in cells.iter_mut().zip(&kinds).skip(first.unwrap_or(0)) {
        if matches!(kind, ColumnKind::Value | ColumnKind::Growth) && !cell.value.is_null() {
            cell.status = Some(status.to_owned());
        }
    }
}

/// An array of sources, or of such arrays where the row is of several places.
fn read_sources(json: &str) -> Vec<Source> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Nested {
        One(Source),
        Several(Vec<Source>),
    }
    serde_json::from_str::<Vec<Nested>>(json)
        .unwrap_or_default()
        .into_iter()
        .flat_map(|nested| match nested {
            Nested::One(source) => vec![source],
            Nested::Several(sources) => sources,
        })
        .collect()
}

fn set(cells: &mut [Cell], change: impl FnOnce(&mut Cell)) {
    if let Some(cell) = cells.last_mut() {
        change(cell);
    }
}

/// Places of one name are told apart by their county.
fn tell_apart(columns: &[Column], rows: &mut [Row], asides: &[Aside]) {
    if columns.first().is_none_or(|column| column.name != "town") {
        return;
    }
    let mut counties: std::collections::HashMap<
        String,
        std::collections::BTreeSet<Option<String>>,
    > = std::collections::HashMap::new();
    for (row, aside) in rows.iter().zip(asides) {
        if let Some(name) = row.cells.first().and_then(|cell| cell.value.text()) {
            counties
                .entry(name.to_owned())
                .or_default()
                .insert(aside.county.clone());
        }
    }
    for (row, aside) in rows.iter_mut().zip(asides) {
        let Some(cell) = row.cells.first_mut() else {
            continue;
        };
        let Some(name) = cell.value.text() else {
            continue;
        };
        if counties.get(name).is_some_and(|found| found.len() > 1)
            && let Some(county) = &aside.county
        {
            cell.value = Value::Text(format!("{county}{name}"));
        }
    }
}
