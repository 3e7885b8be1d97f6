//! Targets beside their results: for each target the same place's later figure of the same indicator and year, and what
//! the two say of each other.
//!
//! A target of year N comes from a report about an earlier year. Its result is an actual or estimated figure for the
//! whole of N (or a stock at a date in it) from a report about N or later: value against value in one unit, growth
//! against growth of one kind. Where only a growth was aimed at and only values are stated, the growth is worked out
//! from the values of N and N - 1, unless the growth is one at constant prices or one value is over twice the other.
//! Growths for a year beyond the next are yearly averages in all but name and are not compared. What is newly added
//! (新增) meets only what is, what is reached (达到) or a total only such; what is begun (开工) not what is built.
//!
//! - **met**: at or over the target; at or under it, where less is better or the target is an upper bound. Of a range
//!   the nearer end counts.
//! - **missed**: short of it by more than the slack.
//! - **unclear**: short of it by no more than the slack, or the result is itself only a bound, or value and growth
//!   contradict each other, or the two values are so far apart that they are hardly of one thing: the result below half
//!   or over three times the target, or the target missed and over 30 % above the year before. (Such is a goal for five
//!   years whose year the text leaves to the reader.)
//!
//! The slack is 2 % of a value and 0.5 points of a rate or growth where target or result is approximate (左右), 0.5
//! points to both sides of a derived growth, and else what rounding takes: 0.05 % and 0.05 points. A result that is a
//! bound (突破100亿元, 4.5%以上) is taken to lie within 5 % or one point of it: nobody hides more than that. A fall of at
//! least 4 % is a growth of at most -4 %.

mod judged;
mod pairs;
mod shown;

use std::sync::LazyLock;

pub(super) use pairs::pairs;
pub(super) use shown::{COLUMNS, METRICS, fields, totals};

use crate::query::plan::{Comparison, Judgement, Years};

/// Units in which a difference is one of points.
const RATES: &str = "('%', '‰', '百分点')";

/// What the name of the table begins with of which the notes count.
pub(super) const SAID: &str = "said";

/// Ends a query whose columns are worked out once, and not anew wherever they are spoken of: SQLite puts no query with an
/// offset into the one around it, and hands its rows over one by one without keeping them.
const AS_THEY_COME: &str = "LIMIT -1 OFFSET 0";

/// Which indicators are judged otherwise than by "as much as was aimed at, or more": `kind|id`.
static KINDS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    include_str!("kinds.tsv")
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some((cells.next()?, cells.next()?))
        })
        .collect()
});

/// Whether a value of the indicator may be one on the year before as 100.
pub(in crate::query) fn is_rise(indicator: &str) -> bool {
    KINDS.contains(&("rise", indicator))
}

/// Whether the indicator is so much per head, of which several have no sum.
pub(in crate::query) fn is_mean(indicator: &str) -> bool {
    KINDS.contains(&("mean", indicator))
}

/// SQL that is true of figures (of the table `of`) of such indicators; settled at once where there is only one.
fn is(kind: &str, of: &str, indicator: Option<&str>) -> String {
    let mut ids = KINDS
        .iter()
        .filter(|(known, _)| *known == kind)
        .map(|(_, id)| *id);
    if let Some(indicator) = indicator {
        return u8::from(ids.any(|id| id == indicator)).to_string();
    }
    let ids: Vec<String> = ids.map(|id| format!("'{id}'")).collect();
    format!("{of}.indicator IN ({})", ids.join(", "))
}

/// Which targets are looked at.
pub(super) struct Wanted<'a> {
    /// What the names of the tables end in.
    pub(super) n: String,
    /// The one indicator; all of them where there is none.
    pub(super) indicator: Option<&'a str>,
    /// Whether only targets for what is new of it are wanted; their results are so too.
    pub(super) is_of_new: bool,
    /// Whether no place is named.
    pub(super) everywhere: bool,
    pub(super) years: &'a Years,
    /// The columns of which each has one pair, that which answers; each target has its own where there are none.
    pub(super) one_of: Option<&'a str>,
}

/// What is certain, and what is possible, of the pair of slot `n`.
pub(super) fn test(judgement: Judgement, n: &str) -> (String, String) {
    match judgement {
        Judgement::Verdict(verdict) => {
            let word = verdict.as_str();
            (
                format!("(verdict{n} = '{word}')"),
                format!("(verdict{n} IN ('{word}', 'unclear'))"),
            )
        }
        Judgement::Beside(comparison) => {
            let (low, high, slack) = (format!("low{n}"), format!("high{n}"), format!("slack{n}"));
            // The slack holds a trace that forgives what doubles cannot hold.
            let (certain, possible) = match comparison {
                Comparison::Gt => (format!("{low} > {slack}"), format!("{high} > 0")),
                Comparison::Ge => (format!("{low} >= 0"), format!("{high} >= -{slack}")),
                Comparison::Lt => (format!("{high} < -{slack}"), format!("{low} < 0")),
                Comparison::Le => (format!("{high} <= 0"), format!("{low} <= {slack}")),
                Comparison::Eq => (
                    format!("{low} = 0 AND {high} = 0"),
                    format!("{low} <= {slack} AND {high} >= -{slack}"),
                ),
            };
            (format!("({certain})"), format!("({possible})"))
        }
    }
}
