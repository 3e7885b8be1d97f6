use super::{Aside, Cell, Column, ColumnKind, Row};

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
            Self::WithoutNumber => "mentioned-without-number",
            Self::Illegible => "illegible",
        }
    }

    /// The reason of a number that the statement gives; see `sql::absent`.
    pub(super) const fn numbered(number: i64) -> Option<Self> {
        Some(match number {
            1 => Self::SeveralYears,
            2 => Self::WithoutNumber,
            3 => Self::Illegible,
            4 => Self::OtherGrowth,
            5 => Self::OfAPart,
            6 => Self::NoReport,
            7 => Self::NotMentioned,
            _ => return None,
        })
    }
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
