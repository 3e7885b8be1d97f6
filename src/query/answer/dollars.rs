//! What is stated in another unit than the indicator's, as in dollars: shown as it is, never weighed against the others.

use super::notes::{count_en, number};
use super::{Note, Told};
use crate::query::Compiled;
use crate::query::plan::{Condition, Expr, PlaceScope, Plan, Shown, Step};
use crate::query::sql::NoteField;

pub(super) fn note(compiled: &Compiled, told: &[Told], notes: &mut Vec<Note>) {
    let plan = &compiled.plan;
    for (n, (name_en, name_zh)) in compiled.slot_names.iter().enumerate() {
        let count = |field: NoteField| number(told, &field).filter(|count| *count > 0);
        if let Some(in_yuan) = count(NoteField::InYuan(n)) {
            notes.push(left_out(in_yuan, (name_en, name_zh), ("in yuan", "人民币")));
            continue;
        }
        // A growth is one, whatever it is a growth of.
        let Some(foreign) = count(NoteField::Foreign(n)).filter(|_| !name_en.ends_with(" growth"))
        else {
            continue;
        };
        let are_all = count(NoteField::Stated(n)).is_none_or(|stated| stated <= foreign);
        let is_worked_with =
            is_held(plan) || is_worked_out(plan) && !are_all_dollars(compiled, told);
        if is_worked_with || !are_all && is_beside_others(plan) {
            let unit = ("in another unit, as dollars", "其他单位（如美元）");
            notes.push(left_out(foreign, (name_en, name_zh), unit));
        } else if are_all && foreign > 1 && is_ordered(plan) {
            notes.push(Note {
                code: "unit",
                en: format!("all {foreign} values of {name_en} are in dollars, and held against each other as such"),
                zh: format!("{foreign}个{name_zh}都以美元给出，按美元互相比较"),
            });
        }
    }
}

fn left_out(count: i64, name: (&str, &str), unit: (&str, &str)) -> Note {
    Note {
        code: "unit",
        en: format!(
            "{} of {} {}: not compared, ordered or added up with the others",
            count_en(count, "value"),
            name.0,
            unit.0
        ),
        zh: format!(
            "{count}个{}以{}给出，不与其余的比较、排序或合计",
            name.1, unit.1
        ),
    }
}

/// Whether all that is stated of each figure is in dollars, so that what is worked out is worked out of these alone.
fn are_all_dollars(compiled: &Compiled, told: &[Told]) -> bool {
    (0..compiled.slot_names.len()).all(|n| {
        let foreign = number(told, &NoteField::Foreign(n)).unwrap_or(0);
        let stated = number(told, &NoteField::Stated(n)).unwrap_or(0);
        foreign > 0 && stated <= foreign
    })
}

/// Whether something is worked out of the values.
fn is_worked_out(plan: &Plan) -> bool {
    let mut exprs = plan.exprs().into_iter();
    exprs.any(|expr| matches!(expr, Expr::Combined(..)))
}

/// Whether values are held against a quantity or each other, or put together.
fn is_held(plan: &Plan) -> bool {
    let is_held = |condition: &Condition| {
        matches!(condition, Condition::Compare(..) | Condition::Between(..))
    };
    let mut steps = plan.steps.iter();
    matches!(plan.shown, Shown::Groups(..))
        || steps
            .any(|step| matches!(step, Step::Keep(kept) if kept.singles().into_iter().any(is_held)))
}

/// Whether rows are put in order by a value or chosen by its place among the others.
fn is_ordered(plan: &Plan) -> bool {
    plan.steps.iter().any(|step| match step {
        Step::Keep(condition) => condition
            .singles()
            .into_iter()
            .any(|single| matches!(single, Condition::Extreme(..) | Condition::Nth(..))),
        Step::Sort { .. } | Step::Take { .. } => true,
        Step::InTime { .. } | Step::Limit(_) => false,
    })
}

/// Whether values of several places stand in an order, or beside each other: what is listed of a place that is named does
/// not.
fn is_beside_others(plan: &Plan) -> bool {
    let is_own = |place: &PlaceScope| matches!(place, PlaceScope::Own { .. });
    is_ordered(plan)
        || matches!(plan.shown, Shown::Compared(_))
        || !plan.scope.places.iter().any(is_own) && !plan.scope.years.are_rows()
}
