//! Growth a year over several years: worked out of the values of the first and the last.

use super::Note;
use crate::fact::Value;
use crate::query::Compiled;
use crate::query::plan::{Expr, Operator};

/// The growth a year, in percent, that makes of one what is `ratio` after so many years.
pub(super) fn rate(ratio: Option<f64>, years: i32) -> Value {
    let rate = ratio
        .filter(|ratio| *ratio > 0.0)
        .map(|ratio| 100.0 * (ratio.powf(1.0 / f64::from(years)) - 1.0));
    rate.map_or(Value::Null, Value::Real)
}

/// Of what it is worked out, and that the growths which reports state are others.
pub(super) fn note(compiled: &Compiled, notes: &mut Vec<Note>) {
    let a_year = |expr: &Expr| matches!(expr, Expr::Combined(_, Operator::PerYear, _));
    if !compiled.plan.exprs().into_iter().any(a_year) {
        return;
    }
    notes.push(Note {
        code: "annual-growth",
        en: "average annual growth is worked out from the stated values of the two years, as they were then; growths that \
             reports state leave out prices mostly"
            .to_owned(),
        zh: "年均增速由两年公布的数值推算，按当年价格；报告公布的增速多按可比价格".to_owned(),
    });
}
