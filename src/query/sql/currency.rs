//! Figures that are given in dollars where their indicator is in yuan: exports, GDP a head. Neither is worked out of the other.

use super::condition::Writer;
use super::interval::Interval;
use super::slots::Slots;
use crate::query::plan::{Aspect, Condition, Expr, Figure, Measure, Operand, Plan, Quantity, Step};
use crate::query::unit::{FOREIGN_MONEY, may_be_in_dollars};

impl Writer<'_> {
    /// An expression as it is held against a quantity: beside dollars what is stated in dollars, and nothing of what is in
    /// yuan.
    pub(super) fn held_against(&self, left: &Expr, quantity: &Quantity) -> Interval {
        let Some(figure) = held_against_dollars(left, quantity) else {
            return self.expr(left);
        };
        let n = self.slots.index(figure);
        let stated =
            |value: &str| format!("(CASE WHEN unit{n} = '{FOREIGN_MONEY}' THEN {value} END)");
        Interval {
            low: stated(&format!(
                "CASE WHEN bound{n} IN ('lt', 'le') THEN -9e999 ELSE value{n} END"
            )),
            low_open: format!("(bound{n} = 'gt')"),
            high: stated(&format!(
                "CASE WHEN bound{n} IN ('gt', 'ge') THEN 9e999 ELSE IFNULL(value_high{n}, value{n}) END"
            )),
            high_open: format!("(bound{n} = 'lt')"),
            value: stated(&format!("value{n}")),
        }
    }

    /// The value by which rows are put in order, or the greatest is found: where all that is stated is in dollars, these are
    /// held against each other.
    pub(super) fn ranked(&self, expr: &Expr) -> String {
        let value = self.expr(expr).value;
        let figure = match expr {
            Expr::Figure(figure) if may_be_foreign(figure) => figure,
            _ => return value,
        };
        let (n, layer) = (self.slots.index(figure), self.layer);
        format!(
            "(CASE WHEN (SELECT COUNT(comparable{n}) FROM {layer}) THEN comparable{n} WHEN unit{n} = '{FOREIGN_MONEY}' THEN value{n} END)"
        )
    }

    /// A quotient, and where both are in dollars that of these: they are not compared with yuan but with each other, as
    /// exports as a share of trade.
    pub(super) fn of_one_currency(&self, left: &Figure, right: &Figure, of: Interval) -> Interval {
        if ![left, right].into_iter().all(may_be_foreign) {
            return of;
        }
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

/// Whether a slot's figure is held against dollars, so that what is in yuan is not weighed.
pub(super) fn is_held_against_dollars(n: usize, slots: &Slots, plan: &Plan) -> bool {
    let is_of_slot = |expr: &Expr, quantity: &Quantity| {
        held_against_dollars(expr, quantity).is_some_and(|figure| slots.index(figure) == n)
    };
    plan.steps.iter().any(|step| match step {
        Step::Keep(condition) => condition.singles().into_iter().any(|single| match single {
            Condition::Compare(expr, _, Operand::Quantity(quantity))
            | Condition::Between(expr, quantity, _) => is_of_slot(expr, quantity),
            _ => false,
        }),
        _ => false,
    })
}

fn held_against_dollars<'a>(left: &'a Expr, quantity: &Quantity) -> Option<&'a Figure> {
    match left {
        Expr::Figure(figure) if quantity.unit == FOREIGN_MONEY && figure.aspect.is_value() => {
            Some(figure).filter(|figure| is_given_in_dollars(figure))
        }
        _ => None,
    }
}

fn may_be_foreign(figure: &Figure) -> bool {
    figure.aspect == Aspect::Value && is_given_in_dollars(figure)
}

fn is_given_in_dollars(figure: &Figure) -> bool {
    matches!(&figure.measure, Measure::Indicator(id) if may_be_in_dollars(id))
}
