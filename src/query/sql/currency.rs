//! Figures that are given in dollars where their indicator is in yuan: exports, foreign capital. Neither is worked out of the
//! other.

use super::condition::Writer;
use super::interval::Interval;
use crate::query::plan::{Aspect, Expr, Figure, Measure, Quantity};
use crate::query::unit::FOREIGN_MONEY;

impl Writer<'_> {
    /// A figure beside an amount of dollars: what is stated in dollars, and nothing where it is in yuan.
    pub(super) fn in_currency(&self, left: &Expr, quantity: &Quantity) -> Option<Interval> {
        let Expr::Figure(figure) = left else {
            return None;
        };
        let is_value = matches!(
            figure.aspect,
            Aspect::Value | Aspect::Target | Aspect::TargetOfYear
        );
        if quantity.unit != FOREIGN_MONEY || !is_value {
            return None;
        }
        let n = self.slots.index(figure);
        let stated =
            |value: &str| format!("(CASE WHEN unit{n} = '{FOREIGN_MONEY}' THEN {value} END)");
        Some(Interval {
            low: stated(&format!(
                "CASE WHEN bound{n} IN ('lt', 'le') THEN -9e999 ELSE value{n} END"
            )),
            low_open: format!("(bound{n} = 'gt')"),
            high: stated(&format!(
                "CASE WHEN bound{n} IN ('gt', 'ge') THEN 9e999 ELSE IFNULL(value_high{n}, value{n}) END"
            )),
            high_open: format!("(bound{n} = 'lt')"),
            value: stated(&format!("value{n}")),
        })
    }

    /// Both of a quotient in dollars, which are not compared with yuan but with each other: exports as a share of trade.
    pub(super) fn of_one_currency(&self, left: &Figure, right: &Figure, of: Interval) -> Interval {
        let (a, b) = (self.slots.index(left), self.slots.index(right));
        let same = format!(
            "unit{a} = '{FOREIGN_MONEY}' AND unit{b} = '{FOREIGN_MONEY}' AND bound{a} IN ('eq', 'approx') AND bound{b} IN ('eq', 'approx')"
        );
        let quotient =
            |of: &str| format!("(CASE WHEN {same} THEN value{a} / value{b} ELSE {of} END)");
        Interval {
            low: quotient(&of.low),
            high: quotient(&of.high),
            value: quotient(&of.value),
            ..of
        }
    }
}

/// Whether both are values of indicators, which may be in dollars.
pub(super) fn are_values(left: &Figure, right: &Figure) -> bool {
    [left, right].into_iter().all(|figure| {
        matches!(figure.measure, Measure::Indicator(_)) && figure.aspect == Aspect::Value
    })
}
