//! Which figures of a report answer for its indicators: worked out when the report is written, so that questions about all
//! places need not.
//!
//! The order among several figures is that of `query/sql/stated.rs`, which chooses among the reports of several years; a
//! test asks both ways.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::extract::lexicon::indicators;
use crate::fact::{self, Indicator, dimension};

/// The figure answers.
pub(super) const ANSWERS: i64 = 1;
/// The figure that answers has no growth and takes this one's.
pub(super) const LENDS_GROWTH: i64 = 2;

/// What decides whether a figure answers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure<'a> {
    pub(super) indicator: &'a str,
    /// The unit of the indicator.
    pub(super) own_unit: Option<&'a str>,
    pub(super) status: &'a str,
    pub(super) year: Option<i64>,
    pub(super) period: &'a str,
    pub(super) has_value: bool,
    /// Whether it is what was added to what its indicator counts: 新增高新技术企业.
    pub(super) is_added: bool,
    pub(super) unit: Option<&'a str>,
    /// The kind of its growth, where it has one and that says what it is against.
    pub(super) growth: Option<&'a str>,
    /// Whether it stands in a section that looks back.
    pub(super) is_of_review: bool,
    pub(super) start: i64,
}

/// The years that the figures of a report are due for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Due {
    pub(super) review_year: Option<i64>,
    pub(super) plan_year: Option<i64>,
}

/// `metrics.answers` of the figures of one report, given in their order with where each stands in it; those that are not
/// named are null.
pub(super) fn answers(figures: &[(usize, Figure<'_>)], due: Due) -> HashMap<usize, i64> {
    let mut kinds: Vec<&(usize, Figure<'_>)> = figures
        .iter()
        // Several years added up are not the figure of any.
        .filter(|(_, figure)| figure.period != "cumulative")
        .collect();
    kinds.sort_by_key(|(_, figure)| (figure.indicator, figure.is_target()));
    let mut found = HashMap::new();
    for kind in kinds
        .chunk_by(|(_, a), (_, b)| (a.indicator, a.is_target()) == (b.indicator, b.is_target()))
    {
        let Some((at, first)) = kind.iter().min_by_key(|(_, figure)| rank(figure, due)) else {
            continue;
        };
        found.insert(*at, ANSWERS);
        if first.grew() {
            continue;
        }
        let same = |(_, figure): &&&(usize, Figure<'_>)| {
            (figure.year, figure.period, figure.status) == (first.year, first.period, first.status)
                && figure.grew()
        };
        let lender = kind
            .iter()
            .filter(same)
            .min_by_key(|(_, figure)| (!figure.is_of_review, figure.start));
        if let Some((at, _)) = lender {
            found.insert(*at, LENDS_GROWTH);
        }
    }
    found
}

/// The unit of an indicator of this program's vocabulary.
pub(super) fn unit_of(indicator: &str) -> Option<&'static str> {
    known(indicator).map(|known| known.unit.as_str())
}

/// Whether more is added to what an indicator of this program's vocabulary counts.
pub(super) fn is_added_to(indicator: &str) -> bool {
    known(indicator).is_some_and(|known| fact::is_added_to(&known.name_zh, &known.unit))
}

fn known(indicator: &str) -> Option<&'static Indicator> {
    static KNOWN: LazyLock<HashMap<&str, &Indicator>> = LazyLock::new(|| {
        let each = indicators().iter();
        each.map(|indicator| (indicator.id.as_str(), indicator))
            .collect()
    });
    KNOWN.get(indicator).copied()
}

/// The least answers: about the year that is due, in a unit of the indicator, a value, of all there is, of as much of the year as is said,
/// with a growth, of the review, the first in the text.
fn rank(figure: &Figure<'_>, due: Due) -> impl Ord + use<> {
    let year = if figure.is_target() {
        due.plan_year
    } else {
        due.review_year
    };
    (
        figure.year != year,
        Reverse(figure.year),
        !figure.has_value || figure.is_foreign(),
        !figure.has_value,
        figure.is_added,
        period_rank(figure.period),
        !figure.grew(),
        !figure.is_of_review,
        figure.start,
    )
}

impl Figure<'_> {
    fn is_target(&self) -> bool {
        self.status == "target"
    }

    /// Whether it has a growth of its year; of a rate also one in points.
    fn grew(&self) -> bool {
        self.growth
            .is_some_and(|kind| kind == "yoy" || (kind == "pp" && self.own_unit == Some("%")))
    }

    /// Whether it measures something else than its indicator.
    fn is_foreign(&self) -> bool {
        let own = self.own_unit.and_then(dimension);
        let its = self.unit.and_then(dimension);
        own.zip(its).is_some_and(|(own, its)| own != its)
    }
}

fn period_rank(period: &str) -> i64 {
    match period {
        "year" => 0,
        "as-of" => 1,
        "h1" => 20,
        "other" => 21,
        _ => period
            .strip_prefix("to-month-")
            .map_or(22, |month| 20 - month.parse().unwrap_or(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAX: Figure<'_> = Figure {
        indicator: "tax_revenue",
        own_unit: Some("元"),
        status: "actual",
        year: Some(2023),
        period: "year",
        has_value: true,
        is_added: false,
        unit: Some("元"),
        growth: None,
        is_of_review: true,
        start: 0,
    };

    fn chosen(figures: &[Figure<'_>]) -> Vec<Option<i64>> {
        let figures: Vec<_> = figures.iter().copied().enumerate().collect();
        let due = Due {
            review_year: Some(2023),
            plan_year: Some(2024),
        };
        let found = answers(&figures, due);
        (0..figures.len())
            .map(|at| found.get(&at).copied())
            .collect()
    }

    #[test]
    fn the_figure_of_the_whole_year_that_is_due_answers() {
        let half = Figure {
            period: "h1",
            ..TAX
        };
        let last_year = Figure {
            year: Some(2022),
            ..TAX
        };
        let in_dollars = Figure {
            unit: Some("美元"),
            ..TAX
        };
        let of_years = Figure {
            period: "cumulative",
            ..TAX
        };
        let all = [half, last_year, in_dollars, of_years, TAX];
        assert_eq!(chosen(&all), [None, None, None, None, Some(ANSWERS)]);
        assert_eq!(chosen(&all[..4]), [Some(ANSWERS), None, None, None]);
    }

    #[test]
    fn all_there_is_answers_before_what_was_added() {
        let added = Figure {
            is_added: true,
            ..TAX
        };
        let all = Figure {
            period: "as-of",
            start: 9,
            ..TAX
        };
        assert_eq!(chosen(&[added, all]), [None, Some(ANSWERS)]);
    }

    #[test]
    fn a_target_answers_beside_a_result() {
        let target = Figure {
            status: "target",
            year: Some(2024),
            ..TAX
        };
        assert_eq!(chosen(&[target, TAX]), [Some(ANSWERS), Some(ANSWERS)]);
    }

    #[test]
    fn a_growth_is_taken_from_the_same_year_period_and_status() {
        let growth = Figure {
            has_value: false,
            growth: Some("yoy"),
            start: 9,
            ..TAX
        };
        let of_half = Figure {
            period: "h1",
            ..growth
        };
        let average = Figure {
            growth: Some("avg"),
            ..growth
        };
        let all = [TAX, of_half, average, growth];
        assert_eq!(
            chosen(&all),
            [Some(ANSWERS), None, None, Some(LENDS_GROWTH)]
        );
    }

    #[test]
    fn a_rate_also_grows_in_points() {
        let points = Figure {
            growth: Some("pp"),
            ..TAX
        };
        assert!(!points.grew());
        assert!(
            Figure {
                own_unit: Some("%"),
                ..points
            }
            .grew()
        );
    }
}
