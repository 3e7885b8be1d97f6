//! Which rows of places are shown, and in which order.

use super::condition::Writer;
use super::layers::{Layers, order};
use super::project::shown;
use super::slots::Slots;
use super::{Params, notes};
use crate::query::plan::{
    Aspect, Comparison, Condition, Expr, Extreme, Judgement, PlaceScope, Plan, Shown, Step, Verdict,
};

/// How many rows are shown at most.
pub(super) fn limit(plan: &Plan) -> String {
    plan.steps
        .iter()
        .rev()
        .find_map(|step| match step {
            Step::Limit(count) => Some(format!("\nLIMIT {count}")),
            _ => None,
        })
        .unwrap_or_default()
}

/// Figures that were asked for by name leave out the rows that have none, unless the place was named too.
pub(super) fn present(plan: &Plan, slots: &Slots, params: &mut Params) -> Option<String> {
    let named = plan
        .scope
        .places
        .iter()
        .any(|place| matches!(place, PlaceScope::Own { .. }));
    // A year in which a named place says nothing is a gap beside the others.
    let is_gap = !plan.scope.years.are_rows() || matches!(plan.shown, Shown::Compared(_));
    if !matches!(plan.shown, Shown::Items(_) | Shown::Compared(_)) || named && is_gap {
        return None;
    }
    let writer = Writer {
        slots,
        params,
        layer: "",
    };
    let any: Vec<String> = shown(plan)
        .into_iter()
        .map(|expr| match expr {
            // A growth without a value says something of the figure too.
            Expr::Figure(figure) if matches!(figure.aspect, Aspect::Value | Aspect::Target) => {
                let n = slots.index(figure);
                format!("COALESCE(value{n}, growth{n}) IS NOT NULL")
            }
            // A target without a result is a target.
            Expr::Figure(figure) if figure.aspect == Aspect::Result => {
                format!("metric{} IS NOT NULL", slots.index(figure))
            }
            _ => format!("{} IS NOT NULL", writer.expr(expr).value),
        })
        .collect();
    (!any.is_empty()).then(|| any.join(" OR "))
}

/// Places that were named and of which no year is shown: those without a report of these years, and those that state
/// nothing of what is shown.
pub(super) fn silent(plan: &Plan, slots: &Slots, params: &mut Params) -> Option<notes::Told> {
    let are_kept = plan
        .steps
        .iter()
        .all(|step| matches!(step, Step::Sort { .. }));
    let is_own = |place: &PlaceScope| matches!(place, PlaceScope::Own { .. });
    if !plan.scope.years.are_rows()
        || !matches!(plan.shown, Shown::Items(_))
        || !are_kept
        || !plan.scope.places.iter().any(is_own)
    {
        return None;
    }
    let shown = present(plan, slots, params)
        .map_or_else(String::new, |present| format!("\nWHERE {present}"));
    let named: Vec<String> = plan
        .scope
        .places
        .iter()
        .filter_map(|place| match place {
            PlaceScope::Own { id, .. } => Some(params.integer(*id)),
            PlaceScope::Within { .. } => None,
        })
        .collect();
    let sql = format!(
        "json((SELECT json_group_array(json_array(name, id IN (SELECT place_id FROM s0))) FROM place \
         WHERE id IN ({}) AND id NOT IN (SELECT place_id FROM s0{shown})))",
        named.join(", ")
    );
    Some((sql, notes::NoteField::Silent))
}

pub(super) fn row_order(
    plan: &Plan,
    slots: &Slots,
    params: &mut Params,
    layers: &Layers,
) -> String {
    let ids: Vec<i64> = plan
        .scope
        .places
        .iter()
        .filter_map(|place| match place {
            PlaceScope::Own { id, .. } => Some(*id),
            PlaceScope::Within { .. } => None,
        })
        .collect();
    // Places that were named stand in the order in which they were.
    let mut tail = if ids.len() > 1 {
        let cases: Vec<String> = ids
            .iter()
            .enumerate()
            .map(|(at, id)| format!("WHEN {} THEN {at}", params.integer(*id)))
            .collect();
        format!("CASE place_id {} END, place_id", cases.join(" "))
    } else {
        "place, place_id".to_owned()
    };
    if plan.scope.years.are_rows() {
        tail.push_str(", row_year");
    }
    if let Some(order) = &layers.order {
        return format!("{order} NULLS LAST, {tail}");
    }
    let named = plan
        .scope
        .places
        .iter()
        .any(|place| matches!(place, PlaceScope::Own { .. }));
    if plan.scope.years.are_rows() || named {
        return tail;
    }
    let lowest = plan.steps.iter().any(|step| {
        matches!(
            step,
            Step::Keep(
                Condition::Extreme(_, Extreme::Lowest)
                    | Condition::Compare(_, Comparison::Lt | Comparison::Le, _)
                    | Condition::Judged(
                        _,
                        Judgement::Verdict(Verdict::Missed)
                            | Judgement::Beside(Comparison::Lt | Comparison::Le)
                    )
            )
        )
    });
    // What no row has puts none before another.
    let first = shown(plan).first().copied().filter(
        |expr| !matches!(expr, Expr::Figure(figure) if slots.is_lacked(slots.index(figure), plan)),
    );
    let writer = Writer {
        slots,
        params,
        layer: &layers.last,
    };
    first.map_or_else(
        || tail.clone(),
        |expr| {
            let value = writer.ranked(expr);
            format!("{} NULLS LAST, {tail}", order(&value, !lowest))
        },
    )
}
