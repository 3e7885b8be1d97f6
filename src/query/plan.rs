//! What a question means: names settled, units converted, dimensions checked, nothing of its wording left.
//!
//! Two questions that mean the same have equal plans, whichever language they are in. A plan serialises, for
//! `explain` and for tests.

mod walk;

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

pub use super::ast::{Aggregate, Comparison, Operator, Rows, Verdict, Wording};
pub use super::catalog::Level;
pub use super::field::{Chart, Field, Scaled, Trait};

/// A question's meaning.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plan {
    /// What one row is.
    pub rows: Rows,
    /// Which places and years are asked about.
    pub scope: Scope,
    /// What is done with the rows, in this order.
    pub steps: Vec<Step>,
    /// What is shown of each row.
    pub shown: Shown,
    /// How values are shown.
    pub view: View,
    /// Only the number of rows is asked for.
    pub counted: bool,
    /// The sources were asked for in words; they are always in the answer.
    pub with_source: bool,
    /// Explained rather than answered.
    pub explained: bool,
}

/// How values are shown; the rows are the same.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct View {
    /// In this unit, where they are of its dimension.
    pub scaled: Option<Scaled>,
    /// With each value's part of their sum.
    pub share: bool,
    /// As a chart.
    pub chart: Option<Chart>,
}

/// What is shown of each row.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Shown {
    /// The figures that the steps speak of.
    Mentioned,
    /// These; a row that has none of them is left out unless its place was named.
    Items(Vec<Expr>),
    /// These of each group, or of all rows where there is no key.
    Groups(Vec<Group>, Vec<Summary>),
    /// These, one row a figure and one column a place.
    Compared(Vec<Expr>),
    /// How often these words stand in each report.
    Frequency(Vec<String>),
    /// Targets beside what came of them.
    Results,
    /// How many of them were met and missed, of each group.
    Verdicts(Vec<Group>),
}

/// What a group shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// One group a place.
    Place,
    /// One group an area of this level.
    Area(Level),
    /// One group a year.
    Year,
    /// One group a report: of each so many are taken.
    Report,
    /// One group for each content of a field of records.
    Field(Field),
}

/// An aggregate of an expression.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// Which aggregate.
    pub aggregate: Aggregate,
    /// Of what.
    pub of: Expr,
}

/// Which places and years are asked about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scope {
    /// Which kind of place, where a row is not one itself: each town's tasks.
    pub of: Option<Rows>,
    /// Any of these; every place where empty.
    pub places: Vec<PlaceScope>,
    /// None of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outside: Vec<PlaceScope>,
    /// Which reports answer.
    pub years: Years,
}

/// Places that are asked about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceScope {
    /// The place of this row of `towns`.
    Own {
        /// `towns.id`
        id: i64,
        /// Its name, with what it lies in where others have that name.
        name: String,
    },
    /// What lies in an area.
    Within {
        /// The column of `towns`.
        level: Level,
        /// The area's name.
        name: String,
        /// The city around it, where it is needed to tell it from another.
        city: Option<String>,
        /// The province around it, likewise.
        province: Option<String>,
    },
}

/// Which reports answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Years {
    /// Each place's latest.
    Latest,
    /// One row a place, about this year.
    One(i32),
    /// One row a place and year, of these.
    Several(BTreeSet<i32>),
    /// One row a place and year, from the first to the second.
    Range(i32, i32),
    /// One row a place and year.
    Every,
}

impl Years {
    /// Whether a place has a row for each year.
    #[must_use]
    pub const fn are_rows(&self) -> bool {
        matches!(self, Self::Several(_) | Self::Range(..) | Self::Every)
    }

    /// Each of them a year earlier.
    pub(super) fn a_year_before(&self) -> Self {
        match self {
            Self::One(year) => Self::One(year - 1),
            Self::Several(years) => Self::Several(years.iter().map(|year| year - 1).collect()),
            Self::Range(from, to) => Self::Range(from - 1, to - 1),
            every => every.clone(),
        }
    }
}

/// What is done with the rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// Keep the rows of which this certainly holds.
    Keep(Condition),
    /// Sort.
    Sort {
        /// By what.
        by: Expr,
        /// Greatest first.
        descending: bool,
    },
    /// Keep this many from one end of the order, and what ties with the last.
    Take {
        /// How many.
        count: u32,
        /// By what, where the rows were not sorted before.
        by: Option<Expr>,
        /// From the greatest (or the first of the given order).
        first: bool,
        /// The others are put together in one row below.
        others: bool,
        /// So many of each of these, and not of all.
        #[serde(skip_serializing_if = "Option::is_none")]
        each: Option<Group>,
    },
    /// The first rows in time, or the last.
    InTime {
        /// The first.
        first: bool,
        /// Of each place rather than of all.
        each: bool,
    },
    /// Show at most this many rows.
    Limit(u32),
}

/// What holds of a row.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Condition {
    /// Each.
    All(Vec<Condition>),
    /// At least one.
    Any(Vec<Condition>),
    /// Not; nothing is known of a row without the figure, so it is left out either way.
    Not(Box<Condition>),
    /// A comparison.
    Compare(Expr, Comparison, Operand),
    /// From the first to the second, both included.
    Between(Expr, Quantity, Quantity),
    /// The greatest, or the least.
    Extreme(Expr, Extreme),
    /// As great (or as little) as the one at this turn from that end; nothing where there are fewer.
    Nth(Expr, Extreme, u32),
    /// An indicator that every place asked about states.
    ByAll,
    /// There is no value and no growth.
    Missing(Expr),
    /// The row's text holds these words.
    Mentions(String),
    /// The deadline is before (or after) this ISO date.
    Deadline(Comparison, String),
    /// It is such a record.
    Trait(Trait),
    /// It is a figure of one of these measures.
    About(Vec<Measure>),
    /// A field has these words.
    Worded(Field, Wording, String),
    /// The day of a field is before (or after) this ISO date.
    Dated(Field, Comparison, String),
    /// What came of this figure's target.
    Judged(Expr, Judgement),
    /// What came of the row, which is a target.
    Verdict(Verdict),
}

/// How a result stands to its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Judgement {
    /// As good as it, or not: a rate of unemployment below its target is met.
    Verdict(Verdict),
    /// As numbers: `tax below target`.
    Beside(Comparison),
}

/// Which end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Extreme {
    /// The greatest.
    Highest,
    /// The least.
    Lowest,
}

impl Extreme {
    /// The order in which it comes first, in SQL.
    pub(super) const fn order(self) -> &'static str {
        match self {
            Self::Highest => "DESC",
            Self::Lowest => "ASC",
        }
    }
}

/// The right side of a comparison.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Operand {
    /// A quantity in the left side's unit.
    Quantity(Quantity),
    /// Another figure of the same row.
    Expr(Expr),
    /// An aggregate over the rows at hand.
    Aggregate(Aggregate, Expr),
}

/// A figure, or two combined.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Expr {
    /// One figure.
    Figure(Figure),
    /// Two.
    Combined(Figure, Operator, Figure),
    /// A field of a record, or of the report behind a place.
    Field(Field),
}

impl Expr {
    /// The figures in it.
    pub(super) fn figures(&self) -> Vec<&Figure> {
        match self {
            Self::Figure(figure) => vec![figure],
            Self::Combined(left, _, right) => vec![left, right],
            Self::Field(_) => Vec::new(),
        }
    }
}

/// A measured thing, seen in one respect.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Figure {
    /// What is measured.
    pub measure: Measure,
    /// In which respect.
    pub aspect: Aspect,
    /// The year, where the figure itself names one.
    pub year: Option<i32>,
    /// It is that of the year before its row's, of which there are several.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub before: bool,
}

/// What is measured.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// The indicator of this id.
    Indicator(String),
    /// What is new of the indicator of this id, where that is not all there is: 新增养老床位.
    Added(String),
    /// Figures whose label holds these words.
    Label(String),
    /// How many such rows the report has.
    Count(Rows),
}

/// A respect in which a figure is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aspect {
    /// The value, in the indicator's unit.
    Value,
    /// The stated growth on the year before, in percent (in points for what is itself a rate).
    Growth,
    /// The value planned, in the latest report or for the named year.
    Target,
    /// The growth planned.
    TargetGrowth,
    /// The value planned for the very year of the row.
    TargetOfYear,
    /// The growth planned for the very year of the row.
    TargetGrowthOfYear,
    /// The target beside what came of it.
    Result,
    /// Percent of the yearly task.
    Completion,
    /// The stated rank.
    Rank,
    /// The value of the year before, worked out from the stated growth.
    LastYear,
    /// The year's task, worked out from the value and the stated completion.
    Task,
}

impl Aspect {
    /// Whether it is a growth, of a result or a target.
    pub(super) const fn is_growth(self) -> bool {
        matches!(
            self,
            Self::Growth | Self::TargetGrowth | Self::TargetGrowthOfYear
        )
    }

    /// Whether it is a value as it is stated, of a result or a target.
    pub(super) const fn is_value(self) -> bool {
        matches!(self, Self::Value | Self::Target | Self::TargetOfYear)
    }
}

/// A quantity, exact, in a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quantity {
    /// The value.
    #[serde(serialize_with = "as_text")]
    pub value: Decimal,
    /// The stored name of its unit; empty for a bare number.
    pub unit: String,
}

fn as_text<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}
