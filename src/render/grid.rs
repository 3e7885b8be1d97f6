use super::cell::{self, Scales};
use super::options::{Numbers, Options};
use crate::query::{Answer, Column, ColumnKind, Lang};

/// An answer as it is read: the columns that say something, and each cell as text.
///
/// All formats for people are made of it, so that a figure reads the same wherever it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// The columns that are shown, in order.
    pub columns: Vec<GridColumn>,
    /// One cell a column.
    pub rows: Vec<Vec<GridCell>>,
}

/// A column of a [`Grid`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridColumn {
    /// Its place in [`Answer::columns`].
    pub at: usize,
    /// Its heading; of a growth beside its value only that it is one.
    pub title: String,
    /// Its heading where it stands alone.
    pub whole_title: String,
    /// Numbers stand to the right.
    pub is_number: bool,
}

/// A cell of a [`Grid`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GridCell {
    /// The value with its unit and its bound: ≥34亿元.
    pub text: String,
    /// What qualifies it, behind: （截至10月）, （预计）. Mostly empty.
    pub mark: String,
}

impl GridCell {
    /// Value and mark.
    #[must_use]
    pub fn whole(&self) -> String {
        format!("{}{}", self.text, self.mark)
    }
}

impl Grid {
    /// The grid of an answer.
    #[must_use]
    pub fn of(answer: &Answer, lang: Lang, numbers: Numbers) -> Self {
        let columns = columns(answer, lang);
        let scales = Scales::of(answer, lang, numbers);
        let rows = answer
            .rows
            .iter()
            .map(|row| {
                columns
                    .iter()
                    .map(|column| cell::cell(answer, row, column.at, &scales))
                    .collect()
            })
            .collect();
        Self { columns, rows }
    }

    /// The grid that options ask for.
    pub(super) fn with(answer: &Answer, lang: Lang, options: &Options) -> Self {
        Self::of(answer, lang, options.numbers)
    }
}

fn columns(answer: &Answer, lang: Lang) -> Vec<GridColumn> {
    let mut found: Vec<GridColumn> = Vec::new();
    // The heading of the value that the columns behind it are of.
    let mut value = String::new();
    for (at, column) in answer.columns.iter().enumerate() {
        let whole_title = title(column, lang);
        if column.kind == ColumnKind::Value {
            value.clone_from(&whole_title);
        }
        if !says_something(answer, at) {
            continue;
        }
        let short = (column.kind == ColumnKind::Growth && !value.is_empty())
            .then(|| whole_title.strip_prefix(value.as_str()))
            .flatten()
            .map(str::trim)
            .filter(|rest| !rest.is_empty());
        found.push(GridColumn {
            at,
            title: short.unwrap_or(&whole_title).to_owned(),
            whole_title,
            is_number: is_number(column.kind) || has_only_numbers(answer, at),
        });
    }
    found
}

/// Of rows of SQL nothing is known but their values.
fn has_only_numbers(answer: &Answer, at: usize) -> bool {
    answer.columns[at].kind == ColumnKind::Text
        && answer.rows.iter().all(|row| {
            let value = &row.cells[at].value;
            value.is_null() || value.number().is_some()
        })
}

/// Units stand with their values, statuses of several figures too, and a column that is empty throughout says nothing.
fn says_something(answer: &Answer, at: usize) -> bool {
    match answer.columns[at].kind {
        ColumnKind::Unit => false,
        ColumnKind::Value => true,
        ColumnKind::Status if statuses(answer) > 1 => false,
        _ => answer
            .rows
            .iter()
            .any(|row| row.cells.get(at).is_some_and(|cell| !cell.value.is_null())),
    }
}

/// How many columns say what is done, expected or planned.
pub(super) fn statuses(answer: &Answer) -> usize {
    answer
        .columns
        .iter()
        .filter(|column| column.kind == ColumnKind::Status)
        .count()
}

/// A heading; of what was worked out rather than stated it has a star.
pub(super) fn title(column: &Column, lang: Lang) -> String {
    let title = match lang {
        Lang::En => &column.title_en,
        Lang::Zh => &column.title_zh,
    };
    let star = if column.derived || column.added_up {
        "*"
    } else {
        ""
    };
    format!("{title}{star}")
}

pub(super) const fn is_number(kind: ColumnKind) -> bool {
    matches!(
        kind,
        ColumnKind::Value | ColumnKind::Growth | ColumnKind::Count | ColumnKind::Number
    )
}

/// What tells the rows of an answer apart: the names and years before the first number, without those that all share.
#[must_use]
pub fn labels(answer: &Answer) -> Vec<String> {
    let first = answer
        .columns
        .iter()
        .position(|column| is_number(column.kind))
        .unwrap_or(answer.columns.len());
    let named: Vec<usize> = (0..first)
        .filter(|at| {
            matches!(
                answer.columns[*at].kind,
                ColumnKind::Text | ColumnKind::Year
            )
        })
        .collect();
    let varies = |at: &usize| {
        let mut values = answer.rows.iter().map(|row| &row.cells[*at].value);
        let first = values.next();
        values.any(|value| Some(value) != first)
    };
    let mut telling: Vec<usize> = named.iter().copied().filter(varies).collect();
    if telling.is_empty() {
        telling.extend(named.first());
    }
    answer
        .rows
        .iter()
        .map(|row| {
            let parts: Vec<String> = telling
                .iter()
                .filter(|at| !row.cells[**at].value.is_null())
                .map(|at| cell::plain(&row.cells[*at].value))
                .collect();
            parts.join(" ")
        })
        .collect()
}
