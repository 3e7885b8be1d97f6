//! What a row of the answer has: columns that are shown, and what is read beside them.

use super::NoteField;
use crate::query::plan;

/// A column of an answer.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says something else of the column, and any may go together"
)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name in JSON, English whatever the language.
    pub name: String,
    /// Its heading in English.
    pub title_en: String,
    /// Its heading in Chinese.
    pub title_zh: String,
    /// The unit of all its values, where it has one.
    pub unit: Option<String>,
    /// What it holds.
    pub kind: ColumnKind,
    /// Worked out rather than stated, so that digits beyond the stated ones say nothing.
    pub derived: bool,
    /// Its unit was asked for: it is shown in that and no other.
    pub fixed: bool,
    /// Added up of what is stated: no report states it, though its digits are theirs.
    pub added_up: bool,
    /// It was asked for by its name, so that people are told where no row has it.
    pub asked: bool,
    /// What SQL gives is a ratio over so many years, of which the growth a year is shown.
    pub over_years: Option<i32>,
}

impl Column {
    /// The column that shows a field of a record, or of a report.
    pub(crate) fn of(field: plan::Field) -> Self {
        super::records::column(field)
    }

    pub(in crate::query) fn new(name: &str, title_zh: &str, kind: ColumnKind) -> Self {
        Self {
            name: name.to_owned(),
            title_en: name.replace('_', " "),
            title_zh: title_zh.to_owned(),
            unit: None,
            kind,
            derived: false,
            fixed: false,
            added_up: false,
            asked: false,
            over_years: None,
        }
    }

    pub(in crate::query) fn derived(mut self) -> Self {
        self.derived = true;
        self
    }

    pub(in crate::query) const fn asked(mut self, is_asked: bool) -> Self {
        self.asked = is_asked;
        self
    }

    pub(in crate::query) fn in_unit(mut self, unit: Option<&str>) -> Self {
        self.unit = unit.map(str::to_owned);
        self
    }
}

/// What a column holds, for alignment and scaling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words.
    Text,
    /// A year.
    Year,
    /// A value in the unit of its column or row.
    Value,
    /// A signed change: percent, or points where the column's unit says so.
    Growth,
    /// `actual`, `estimate` or `target`.
    Status,
    /// A code in words of `render`'s list: what came of a target and why that is said, a kind of doubt, a part of a report.
    Code,
    /// The unit of the row's value.
    Unit,
    /// A whole number of things.
    Count,
    /// A plain number: a ratio, a rate per thousand.
    Number,
}

/// How one column of the statement is read: projection and decoder are made together.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::query) enum Field {
    /// A column of the answer.
    Shown(Column),
    /// The text before in Chinese, where the store has it.
    InChinese,
    /// The high end of the value before.
    High,
    /// The bound of the value before.
    Bound,
    /// Why the value before is absent, where the store says more than that it is.
    Absent,
    /// The unit of the value before, where that may not be its column's.
    Unit,
    /// The period of the value before.
    Period,
    /// The label of the value before, where that may be of what was added and not of all there is.
    Label,
    /// The year that the value before is about, where it may differ from the row's.
    About,
    /// The status of the value before, where it has no column of its own.
    Status,
    /// The row's place, by its number.
    PlaceId,
    /// What the row's place lies in: province, city and county, empty where it is in none, with a / between.
    Lies,
    /// The figure that says the value before, or the growth before.
    Figure,
    /// Whether the value before is worked out, where others of its column are stated.
    WorkedOut,
    /// What the growth before is against: `yoy`, `avg`, `cum`; `pp`, `pp-avg`, `pp-cum` in points.
    GrowthKind,
    /// What the report states as its year, where that is wrong.
    StatedYear,
    /// Whether the place has a report of the year asked about.
    Reported,
    /// How many values of an aggregate are estimates, part of a year, lower bounds; its first and last year.
    Estimates,
    PartYear,
    Bounds,
    FirstYear,
    LastYear,
    /// A JSON array of sources.
    Sources,
    /// What the notes count, a JSON array that is the same in every row.
    Told(Vec<NoteField>),
}
