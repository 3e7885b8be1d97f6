use std::fmt::Write as _;

use super::tally::Tally;
use super::{Aside, Cell, Column, ColumnKind, Note, Row};
use crate::query::Compiled;
use crate::query::plan::Years;

/// Why a value is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Absence {
    /// The store has no report of the place about that year.
    NoReport,
    /// The report does not speak of it.
    NotMentioned,
    /// The report gives only its growth.
    GrowthOnly,
    /// The report gives it for several years together, and not for the year.
    SeveralYears,
    /// The report gives only its growth over several years, or since another year than the one before.
    OtherGrowth,
    /// The report gives it only of a part of the place, or one number for it and others together.
    OfAPart,
    /// Only figures of other things name it.
    InOthers,
    /// The report gives only a target.
    TargetOnly,
    /// The report names it in a sentence whose numbers are of other things.
    BesideOthers,
    /// The report names it in a sentence of which no figure was taken.
    WithoutNumber,
    /// The report names it in a sentence with a number that the source has destroyed.
    Illegible,
}

impl Absence {
    /// A stable name for scripts.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoReport => "no-report",
            Self::NotMentioned => "not-mentioned",
            Self::GrowthOnly => "growth-only",
            Self::SeveralYears => "several-years",
            Self::OtherGrowth => "other-growth",
            Self::OfAPart => "of-a-part",
            Self::InOthers => "in-other-figures",
            Self::TargetOnly => "target-only",
            Self::BesideOthers => "mentioned-beside-others",
            Self::WithoutNumber => "mentioned-without-number",
            Self::Illegible => "illegible",
        }
    }

    /// The reason of a number that the statement gives; see `sql::absent`.
    pub(super) const fn numbered(number: i64) -> Option<Self> {
        Some(match number {
            1 => Self::SeveralYears,
            2 => Self::Illegible,
            3 => Self::WithoutNumber,
            4 => Self::OtherGrowth,
            5 => Self::OfAPart,
            6 => Self::NoReport,
            7 => Self::NotMentioned,
            8 => Self::InOthers,
            9 => Self::BesideOthers,
            10 => Self::TargetOnly,
            _ => return None,
        })
    }
}

/// A figure that names an indicator and is not its own, as the statement gives it: `8:2023:口袋公园`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// The number of the reason.
    pub(super) reason: i64,
    /// The column that has no value for it.
    column: usize,
    /// The year that the figure is about.
    year: Option<i64>,
    name: String,
}

impl Named {
    /// `cells` were read before, of which the last is that without a value.
    pub(super) fn read(said: &str, cells: usize) -> Option<Self> {
        let mut parts = said.splitn(3, ':');
        Some(Self {
            reason: parts.next()?.parse().ok()?,
            column: cells.checked_sub(1)?,
            year: parts.next()?.parse().ok(),
            name: parts.next()?.to_owned(),
        })
    }

    /// Whether that is why the row has no value.
    pub(super) fn is_why(&self, row: &Row) -> bool {
        let cell = row.cells.get(self.column);
        cell.and_then(|cell| cell.absence) == Absence::numbered(self.reason)
    }
}

/// How the figures are asked for that name what a place does not give.
pub(super) fn named(compiled: &Compiled, tally: &Tally, notes: &mut Vec<Note>) {
    let Some((place, first)) = tally.named.first() else {
        return;
    };
    let is_of_one = tally.named.iter().all(|(other, _)| other == place);
    let year = first
        .year
        .filter(|_| compiled.plan.scope.years != Years::Latest);
    let (mut en, mut zh) = ("figures".to_owned(), String::new());
    if is_of_one {
        let _ = write!(en, " of {place}");
        zh.push_str(place);
    }
    if let Some(year) = year {
        let _ = write!(en, " in {year}");
        let _ = write!(zh, "{year}年");
    }
    let name = &first.name;
    notes.push(Note {
        code: "named",
        en: format!("figures that name it: ask `{en} mentioning \"{name}\"`"),
        zh: format!("提到它的数字：可问“{zh}提到“{name}”的指标”"),
    });
}

/// Gives each absent value its reason.
pub(super) fn explain(columns: &[Column], rows: &mut [Row], asides: &[Aside]) {
    for (row, aside) in rows.iter_mut().zip(asides) {
        for at in 0..row.cells.len() {
            // What is worked out is absent where what it is worked out of is.
            let states = |column: &Column| column.kind == ColumnKind::Value && !is_combined(column);
            if !columns.get(at).is_some_and(states) || !row.cells[at].value.is_null() {
                continue;
            }
            if is_result_of_nothing(columns, &row.cells, at) {
                row.cells[at].absence = None;
                continue;
            }
            let reason =
                if growth_of(columns, &row.cells, at).is_some_and(|cell| !cell.value.is_null()) {
                    Absence::GrowthOnly
                } else {
                    match row.cells[at].absence {
                        // Said of the very report that would state it, which may be another than the row's.
                        Some(said @ (Absence::NoReport | Absence::NotMentioned)) => said,
                        // So are targets that name another: of the report that plans the year.
                        Some(said) if columns[at].title_en.ends_with("target") => said,
                        // What another year's report says is no reason.
                        _ if !aside.reported => Absence::NoReport,
                        said => said.unwrap_or(Absence::NotMentioned),
                    }
                };
            row.cells[at].absence = Some(reason);
        }
    }
}

/// Whether a column is worked out of others of its row, which say what they lack.
pub(super) fn is_combined(column: &Column) -> bool {
    ["change", "difference", "sum"].contains(&column.name.as_str())
}

/// Whether a column is what came of a target, and there is none: then no result was looked for.
fn is_result_of_nothing(columns: &[Column], cells: &[Cell], at: usize) -> bool {
    let of_target = columns[at].name.strip_suffix("result").and_then(|whose| {
        let target = format!("{whose}target");
        columns[..at].iter().rposition(|other| other.name == target)
    });
    of_target.is_some_and(|target| {
        cells[target].value.is_null() && cells[target].absence != Some(Absence::GrowthOnly)
    })
}

/// The growth that belongs to a value: the next column of that kind before another value.
fn growth_of<'a>(columns: &[Column], cells: &'a [Cell], at: usize) -> Option<&'a Cell> {
    columns
        .iter()
        .enumerate()
        .skip(at + 1)
        .take_while(|(_, column)| column.kind != ColumnKind::Value)
        .find(|(_, column)| column.kind == ColumnKind::Growth)
        .and_then(|(growth, _)| cells.get(growth))
}
