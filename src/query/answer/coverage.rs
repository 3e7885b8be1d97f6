//! How many of the places that were looked at state a figure, and what of it is not weighed.

use std::fmt::Write as _;

use super::notes::{count_en, number};
use super::part::is_of_all_years;
use super::tally::Tally;
use super::{Note, Told};
use crate::query::Compiled;
use crate::query::plan::{Aspect, Condition, Expr, Measure, Plan, Step};
use crate::query::sql::{NoteField, is_rise};

/// How many of how many places had the figure.
pub(super) fn stated(compiled: &Compiled, tally: &Tally, told: &[Told], notes: &mut Vec<Note>) {
    let Some(looked) = number(told, &NoteField::Looked) else {
        return;
    };
    if tally.rows == 0 || looked < 2 || is_of_all_years(&compiled.plan) {
        return;
    }
    for (n, (name_en, name_zh)) in compiled.slot_names.iter().enumerate() {
        let Some(stated) = number(told, &NoteField::Stated(n)) else {
            continue;
        };
        let only = number(told, &NoteField::GrowthOnly(n)).unwrap_or(0);
        // What has only a growth is seen where it is shown, and is not where rows are chosen by the value.
        let is_hidden = only > 0 && is_weighed(&compiled.plan);
        if stated + only >= looked && !is_hidden {
            continue;
        }
        let mut en = format!("{stated} of {looked} state {name_en}");
        let mut zh = format!("{looked}个中有{stated}个给出{name_zh}");
        if only > 0 {
            let _ = write!(en, ", {only} only its growth");
            let _ = write!(zh, "，{only}个只给出增速");
        }
        // What has no value is not weighed: 目标最高 is of the few that state an amount.
        if only > stated && is_weighed(&compiled.plan) {
            let _ = write!(en, ", which is not weighed here: ask of “{name_en} growth”");
            let _ = write!(zh, "，不参加比较，可问“{name_zh}增速”");
        }
        notes.push(Note {
            code: "coverage",
            en,
            zh,
        });
    }
}

/// Whether rows are chosen or ordered by a value.
fn is_weighed(plan: &Plan) -> bool {
    // Of a price index the growth is the value.
    let is_price = |expr: &Expr| {
        let mut figures = expr.figures().into_iter();
        figures.any(|figure| matches!(&figure.measure, Measure::Indicator(id) if is_rise(id)))
    };
    let is_value = |expr: &Expr| {
        !is_price(expr)
            && matches!(expr, Expr::Figure(figure) if matches!(figure.aspect, Aspect::Value | Aspect::Target))
    };
    plan.steps.iter().any(|step| match step {
        Step::Keep(Condition::Compare(expr, ..) | Condition::Extreme(expr, _))
        | Step::Sort { by: expr, .. } => is_value(expr),
        _ => false,
    })
}

/// What is stated in another unit than the indicator's: shown as it is, never weighed against the others.
pub(super) fn foreign(compiled: &Compiled, told: &[Told], notes: &mut Vec<Note>) {
    for (n, (name_en, name_zh)) in compiled.slot_names.iter().enumerate() {
        let count = number(told, &NoteField::Foreign(n));
        let Some(count) = count.filter(|count| *count > 0) else {
            continue;
        };
        notes.push(Note {
            code: "unit",
            en: format!(
                "{} of {name_en} in another unit, as dollars: not compared, ordered or added up with the others",
                count_en(count, "value")
            ),
            zh: format!("{count}个{name_zh}以其他单位（如美元）给出，不与其余的比较、排序或合计"),
        });
    }
}
