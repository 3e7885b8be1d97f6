//! From the rows of a store to an answer: columns, rows with their sources, notes, and the reading.

mod a_year;
mod absence;
mod apart;
mod coverage;
mod difference;
mod dollars;
mod mixed;
mod none;
mod notes;
mod part;
mod period;
mod plain;
mod row;
mod tally;
mod turn;
mod verdict;
mod view;

pub use absence::Absence;
pub use period::Period;
pub use plain::plain_answer;

use std::collections::HashMap;

use serde::Deserialize;

use super::plan::{Aspect, Chart, Expr, Plan, Shown};
use super::sql::{Column, ColumnKind, Field, NoteField, Sql};
use super::{Compiled, Lang, Reading};
use crate::fact::{Added, Value};
use row::{Aside, decode};
use tally::Tally;

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
    /// How many more say it that were not read, as only the first are shown.
    pub unread: usize,
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
    /// The part of the year that it covers, where that is not the whole: `to-month-10`; of a figure and its growth.
    pub period: Option<String>,
    /// What a growth is against, where that is not the year before: `avg` several years, a year each; `cum` some earlier
    /// year.
    pub against: Option<String>,
    /// `estimate` or `target`, where it is neither done nor certain; of a figure and its growth.
    pub status: Option<String>,
    /// What its sentence says was added, built or begun, where all there is could be meant.
    pub added: Option<&'static Added>,
    /// It is worked out, where others of its column are stated.
    pub worked_out: bool,
    /// It is a growth whose value stands beside it, with what qualifies both.
    pub beside_value: bool,
    /// It is a growth, in a column of values: the answer of `compare` has a row for it.
    pub is_growth: bool,
    /// Why there is none.
    pub absence: Option<Absence>,
}

/// A stretch of a document that says a figure.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
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
    /// The figure that the stretch is, by its number in the store.
    #[serde(default)]
    pub figure: Option<i64>,
    /// The column of the answer that the figure was read for; `None` where that is not known.
    #[serde(skip)]
    pub column: Option<usize>,
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

/// The status of a figure that is expected.
const ESTIMATE: &str = "estimate";

/// Reads the rows of [`Compiled::sql`], and that of [`Compiled::if_empty`] where it was asked.
#[must_use]
pub fn answer(compiled: &Compiled, rows: Vec<Vec<Value>>, if_empty: Option<&[Value]>) -> Answer {
    let mut answering = Answering::of(compiled);
    let (rows, asides) = answering.read(rows);
    answering.homonyms = apart::homonyms(&answering.columns, &rows, &asides);
    answering.told(rows, &asides, if_empty)
}

/// Reads the rows of a question part by part, and keeps of those that are gone what the notes say of all.
#[derive(Debug)]
pub struct Answering<'a> {
    compiled: &'a Compiled,
    columns: Vec<Column>,
    tally: Tally,
    told: Vec<Told>,
    /// How places are called that share their name with others of the answer.
    homonyms: HashMap<i64, String>,
}

impl<'a> Answering<'a> {
    fn of(compiled: &'a Compiled) -> Self {
        let columns = compiled.fields.iter().filter_map(|field| match field {
            Field::Shown(column) => Some(apart::headed(column, &compiled.plan)),
            _ => None,
        });
        Self {
            compiled,
            columns: columns.collect(),
            tally: Tally::default(),
            told: Vec::new(),
            homonyms: HashMap::new(),
        }
    }

    /// `None` where no row can be told before all are read: a share of their sum, the others put together, places beside
    /// each other, an explanation.
    #[must_use]
    pub fn in_parts(compiled: &'a Compiled) -> Option<Self> {
        let plan = &compiled.plan;
        let needs_all = view::needs_all_rows(plan)
            || matches!(plan.shown, Shown::Compared(_))
            || plan.explained;
        (!needs_all).then(|| Self::of(compiled))
    }

    /// The statement whose rows are the places of the answer that share their names; `None` where that is no matter.
    #[must_use]
    pub fn homonyms_sql(&self) -> Option<Sql> {
        apart::homonyms_sql(self.compiled)
    }

    /// Takes the rows of [`Self::homonyms_sql`].
    pub fn with_homonyms(&mut self, rows: &[Vec<Value>]) {
        self.homonyms = apart::of_rows(rows);
    }

    /// The answer so far: the next rows, and what is noted of them and of all before.
    #[must_use]
    pub fn part(&mut self, rows: Vec<Vec<Value>>) -> Answer {
        let (rows, asides) = self.read(rows);
        self.told(rows, &asides, None)
    }

    /// Each row is taken apart as it is read: of hundreds of thousands none stands in memory twice.
    fn read(&mut self, mut rows: Vec<Vec<Value>>) -> (Vec<Row>, Vec<Aside>) {
        if let (true, Some(first)) = (self.told.is_empty(), rows.first()) {
            self.told = told(self.compiled, Some(first), None);
        }
        if self.compiled.says_why(&rows) {
            rows.clear();
        }
        let (fields, lang) = (&self.compiled.fields, self.compiled.lang);
        let (rows, asides): (Vec<Row>, Vec<Aside>) = rows
            .into_iter()
            .map(|row| decode(fields, &self.columns, row, lang))
            .unzip();
        let (mut rows, asides) = part::with_share(&self.compiled.plan, &self.columns, rows, asides);
        absence::explain(&self.columns, &mut rows, &asides);
        self.tally.add(&self.columns, &rows, &asides);
        (rows, asides)
    }

    fn told(&self, mut rows: Vec<Row>, asides: &[Aside], if_empty: Option<&[Value]>) -> Answer {
        let compiled = self.compiled;
        let of_nothing = if_empty.map(|row| told(compiled, None, Some(row)));
        let told = of_nothing.as_ref().unwrap_or(&self.told);
        let notes = notes::notes(compiled, &self.columns, &self.tally, told);
        apart::tell_apart(&self.columns, &mut rows, asides, &self.homonyms);
        let explained = compiled.plan.explained.then(|| compiled.sql.text.clone());
        let mut answer = Answer {
            reading: compiled.reading.clone(),
            lang: compiled.lang,
            columns: self.columns.clone(),
            rows,
            notes,
            with_source: compiled.plan.with_source,
            chart: drawn(&compiled.plan),
            explained,
        };
        view::apply(&compiled.plan, &mut answer);
        if matches!(compiled.plan.shown, Shown::Compared(_)) {
            let places: Vec<Option<i64>> = asides.iter().map(|aside| aside.place).collect();
            let names = turn::turn(&compiled.plan, &places, &mut answer);
            if compiled.plan.view.share {
                part::of_whole(&compiled.plan, &names, &mut answer);
            } else {
                difference::add(&names, &mut answer);
            }
        }
        answer
    }
}

/// The values for the notes: those of the reason where there is no row, else those that stand in each row.
fn told(compiled: &Compiled, row: Option<&[Value]>, if_empty: Option<&[Value]>) -> Vec<Told> {
    if let Some(reason) = if_empty.and_then(|row| row.first()) {
        return told_in(&compiled.reason, reason);
    }
    let cells = compiled.fields.iter().zip(row.unwrap_or_default());
    cells
        .flat_map(|(field, value)| told_in(field, value))
        .collect()
}

/// What one value tells, where it is one for the notes.
fn told_in(field: &Field, value: &Value) -> Vec<Told> {
    let Field::Told(fields) = field else {
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
