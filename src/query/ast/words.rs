//! The kinds that words of the language stand for.

use serde::Serialize;

/// Kinds of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Rows {
    /// Towns, townships, subdistricts.
    Towns,
    /// Counties, districts, county-level cities.
    Counties,
    /// Prefecture-level cities.
    Cities,
    /// Provinces, regions, municipalities.
    Provinces,
    /// Places of every kind.
    Places,
    /// Reports.
    Reports,
    /// Figures of any kind.
    Metrics,
    /// Promises of a plan.
    Tasks,
    /// Figures that are targets.
    Targets,
    /// Sentences of a report's part on difficulties.
    Problems,
    /// Parts of reports.
    Sections,
    /// Sentences.
    Sentences,
    /// Doubts about what a report contradicts in itself.
    Conflicts,
    /// What the reader was unsure of.
    Doubts,
    /// The vocabulary.
    Indicators,
    /// Policy phrases.
    Phrases,
}

impl Rows {
    /// The kind of a name in `keywords.tsv`.
    pub(in crate::query) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "towns" => Self::Towns,
            "counties" => Self::Counties,
            "cities" => Self::Cities,
            "provinces" => Self::Provinces,
            "places" => Self::Places,
            "reports" => Self::Reports,
            "metrics" => Self::Metrics,
            "tasks" => Self::Tasks,
            "targets" => Self::Targets,
            "problems" => Self::Problems,
            "sections" => Self::Sections,
            "sentences" => Self::Sentences,
            "conflicts" => Self::Conflicts,
            "doubts" => Self::Doubts,
            "indicators" => Self::Indicators,
            "phrases" => Self::Phrases,
            _ => return None,
        })
    }

    /// Whether a row is a place.
    pub const fn are_places(self) -> bool {
        matches!(
            self,
            Self::Towns | Self::Counties | Self::Cities | Self::Provinces | Self::Places
        )
    }

    /// Whether a row says something of a report itself: without a year of all reports, where what places say is that of
    /// their latest.
    pub const fn speak_of_reports(self) -> bool {
        matches!(self, Self::Reports | Self::Doubts | Self::Conflicts)
    }
}

/// How words of a field are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Wording {
    /// These and no others.
    Is,
    /// These first.
    Starts,
    /// These among others.
    Contains,
}

/// A property of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::query) enum Property {
    Growth,
    Target,
    Completion,
    Rank,
    Change,
    LastYear,
    Task,
    PerCapita,
    PerYear,
}

impl Property {
    /// The property of a name in `keywords.tsv`.
    pub(in crate::query) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "growth" => Self::Growth,
            "target" => Self::Target,
            "completion" => Self::Completion,
            "rank" => Self::Rank,
            "change" => Self::Change,
            "last-year" => Self::LastYear,
            "task" => Self::Task,
            "per-capita" => Self::PerCapita,
            "per-year" => Self::PerYear,
            _ => return None,
        })
    }
}

/// What came of a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The result is as good as the target, or better.
    Met,
    /// It falls short of it.
    Missed,
}

impl Verdict {
    /// The verdict of a name in `keywords.tsv`.
    pub(in crate::query) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "met" => Self::Met,
            "missed" => Self::Missed,
            _ => return None,
        })
    }

    /// The name in answers and statements.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missed => "missed",
        }
    }
}

/// Arithmetic between two figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Operator {
    /// The left over the right.
    Divide,
    /// Both together.
    Plus,
    /// The left without the right.
    Minus,
    /// How much the left is above the right, in percent of the right.
    Against,
    /// By how much the right, of an earlier year, grew a year to become the left, in percent of each year before.
    PerYear,
}

/// Comparators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Comparison {
    /// More than.
    Gt,
    /// At least.
    Ge,
    /// Less than.
    Lt,
    /// At most.
    Le,
    /// Equal.
    Eq,
}

impl Comparison {
    /// The comparator of the same numbers with the other sign: what fell by over 10 % grew by under -10 %.
    pub(in crate::query) const fn turned(self) -> Self {
        match self {
            Self::Gt => Self::Lt,
            Self::Ge => Self::Le,
            Self::Lt => Self::Gt,
            Self::Le => Self::Ge,
            Self::Eq => Self::Eq,
        }
    }

    /// The comparator of a name in `keywords.tsv`.
    pub(in crate::query) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "gt" => Self::Gt,
            "ge" => Self::Ge,
            "lt" => Self::Lt,
            "le" => Self::Le,
            "eq" => Self::Eq,
            _ => return None,
        })
    }
}

/// What many values come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Aggregate {
    /// The sum.
    Total,
    /// The mean, unweighted.
    Average,
    /// The median.
    Median,
    /// The greatest.
    Max,
    /// The least.
    Min,
}

impl Aggregate {
    /// The aggregate of a name in `keywords.tsv`.
    pub(in crate::query) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "total" => Self::Total,
            "average" => Self::Average,
            "median" => Self::Median,
            _ => return None,
        })
    }
}
