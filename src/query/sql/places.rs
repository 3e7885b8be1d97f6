//! Rows that are places: the layers from the places asked about to what is shown.

use super::column::Field;
use super::condition::Writer;
use super::figures::{self, year_filter};
use super::layers::{Base, Layers, layers, order};
use super::notes;
use super::project::{Projection, projection, shown};
use super::slots::{Kind, Slots};
use super::sources::{FOUND_TOGETHER, sources};
use super::{Column, ColumnKind, Emitted, Params, SourceForm, groups};
use crate::query::catalog::Catalog;
use crate::query::plan::{
    Aspect, Comparison, Condition, Expr, Extreme, Judgement, PlaceScope, Plan, Rows, Shown, Step,
    Verdict, Years,
};

pub(super) fn emit(plan: &Plan, catalog: &Catalog, mut params: Params) -> Emitted {
    let slots = Slots::of(plan);
    let layers = layers(plan, &slots, catalog, &mut params);
    let (mut columns, from) = if let Shown::Groups(keys, summaries) = &plan.shown {
        groups::select(plan, keys, summaries, &slots, catalog, &mut params, &layers)
    } else if plan.counted {
        counted(&slots, &layers, params.form)
    } else {
        rows(plan, &slots, catalog, &mut params, &layers)
    };
    let mut told = notes::counts(plan, &slots, &layers, catalog, &mut params);
    told.extend(silent(plan, &slots, &mut params));
    let counted = notes::counted_of(plan, &slots, &params);
    columns.push((notes::column(&told, &counted), notes::field(&told)));
    let (sql, fields): (Vec<String>, Vec<Field>) = columns.into_iter().unzip();
    let select = format!("SELECT {}{from}", sql.join(",\n  "));
    let rows = params.statement(layers.statement(&select));
    told.extend(notes::of_nothing(&slots, &mut params, &layers));
    let reason = notes::column(&told, &counted);
    Emitted {
        rows,
        fields,
        if_empty: Some(params.statement(layers.statement(&format!("SELECT {reason}")))),
        reason: notes::field(&told),
    }
}

/// One row a place (and year) with the columns of every slot.
pub(super) fn base(plan: &Plan, slots: &Slots, params: &mut Params) -> Base {
    let years = &plan.scope.years;
    let mut columns: Vec<(String, String)> = Vec::new();
    let mut add = |name: &str, sql: String| columns.push((name.to_owned(), sql));
    let mut wanted = Vec::new();
    let (place, mut from) = if years.are_rows() {
        let mut keys = vec!["SELECT town_id, review_year AS year FROM report".to_owned()];
        for (n, slot) in slots.0.iter().enumerate() {
            if slot.year.is_none() && !slot.before {
                keys.push(format!("SELECT town_id, about FROM f{n}"));
            }
        }
        add("place_id", "place.id".to_owned());
        add("row_year", "key.year".to_owned());
        add("reported", "report.session_id IS NOT NULL".to_owned());
        wanted.extend(year_filter("key.year", years, params));
        wanted.push("key.year IS NOT NULL".to_owned());
        let keys = keys.join(" UNION ");
        let from = format!(
            "FROM place\n  JOIN ({keys}) AS key ON key.town_id = place.id\n  LEFT JOIN report ON report.town_id = place.id AND report.review_year = key.year"
        );
        ("place", from)
    } else {
        add("place_id", "report.town_id".to_owned());
        if let Years::One(year) = years {
            let year = params.integer(i64::from(*year));
            add("row_year", year.clone());
            add("reported", format!("report.review_year IS {year}"));
            if slots.0.is_empty() {
                wanted.push(format!("report.review_year = {year}"));
            }
        } else {
            add("row_year", "report.review_year".to_owned());
            add("reported", "1".to_owned());
        }
        ("report", "FROM report".to_owned())
    };
    let is_of_pairs = is_of_pairs(plan, slots);
    add("place", format!("{place}.name"));
    for column in ["name", "kind", "county", "city", "province"] {
        add(column, format!("{place}.{column}"));
    }
    add("session_id", "report.session_id".to_owned());
    add("stated_year", "report.stated_year".to_owned());
    for (n, slot) in slots.0.iter().enumerate() {
        let key = if figures::is_answered(slot, plan, params) {
            format!("f{n}.session_id = report.session_id")
        } else if !years.are_rows() {
            format!("f{n}.town_id = report.town_id")
        } else if slot.year.is_some() {
            format!("f{n}.town_id = place.id")
        } else {
            let before = if slot.before { " - 1" } else { "" };
            format!("f{n}.town_id = place.id AND f{n}.about = key.year{before}")
        };
        from = if is_of_pairs {
            format!("FROM f{n}\n  CROSS JOIN {place} ON {key}")
        } else {
            format!("{from}\n  LEFT JOIN f{n} ON {key}")
        };
        for column in slots.columns(n, plan) {
            // A place without reports has none of them: nothing was left unsaid. How many tasks a report has that is not
            // there is not known.
            let sql = if matches!(
                slot.measure,
                crate::query::plan::Measure::Count(Rows::Reports)
            ) && matches!(column, "value" | "comparable" | "low" | "high")
            {
                format!("COALESCE(f{n}.{column}, 0.0)")
            } else {
                format!("f{n}.{column}")
            };
            add(&format!("{column}{n}"), sql);
        }
    }
    if !wanted.is_empty() {
        from = format!("{from}\n  WHERE {}", wanted.join(" AND "));
    }
    Base {
        columns,
        from,
        is_kept: !is_of_pairs,
    }
}

/// Whether a question is for places whose pair of target and result says something, and for nothing else: then the pairs
/// lead to their places, and only those that pass are looked up; all are counted as pairs.
pub(super) fn is_of_pairs(plan: &Plan, slots: &Slots) -> bool {
    let is_sorted = |step: &Step| matches!(step, Step::Sort { .. } | Step::Limit(_));
    let [slot] = &slots.0[..] else { return false };
    let Some((Step::Keep(Condition::Judged(..)), more)) = plan.steps.split_first() else {
        return false;
    };
    slot.kind == Kind::Paired && !plan.scope.years.are_rows() && more.iter().all(is_sorted)
}

fn rows(
    plan: &Plan,
    slots: &Slots,
    catalog: &Catalog,
    params: &mut Params,
    layers: &Layers,
) -> (Projection, String) {
    let projection = projection(plan, slots, catalog, params, &layers.last);
    let order = row_order(plan, slots, params, layers);
    let filter = present(plan, slots, params);
    let limit = limit(plan);
    let from = format!("\nFROM {}{filter}\nORDER BY {order}{limit}", layers.last);
    (projection, from)
}

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
fn present(plan: &Plan, slots: &Slots, params: &mut Params) -> String {
    let named = plan
        .scope
        .places
        .iter()
        .any(|place| matches!(place, PlaceScope::Own { .. }));
    // A year in which a named place says nothing is a gap beside the others.
    let is_gap = !plan.scope.years.are_rows() || matches!(plan.shown, Shown::Compared(_));
    if !matches!(plan.shown, Shown::Items(_) | Shown::Compared(_)) || named && is_gap {
        return String::new();
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
    if any.is_empty() {
        return String::new();
    }
    format!("\nWHERE {}", any.join(" OR "))
}

/// Places that were named and of which no year is shown: those without a report of these years, and those that state
/// nothing of what is shown.
fn silent(plan: &Plan, slots: &Slots, params: &mut Params) -> Option<notes::Told> {
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
    let shown = present(plan, slots, params);
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

fn row_order(plan: &Plan, slots: &Slots, params: &mut Params, layers: &Layers) -> String {
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
                    | Condition::Compare(
                        _,
                        crate::query::plan::Comparison::Lt | crate::query::plan::Comparison::Le,
                        _
                    )
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

fn counted(slots: &Slots, layers: &Layers, form: SourceForm) -> (Projection, String) {
    let all: Vec<usize> = (0..slots.0.len()).collect();
    let count = Column::new("count", "数目", ColumnKind::Count);
    let columns = vec![
        ("COUNT(*)".to_owned(), Field::Shown(count)),
        (FOUND_TOGETHER.to_owned(), Field::Sources),
    ];
    let from = format!(
        "\nFROM (SELECT {} AS found FROM {})",
        sources(&all, slots, form),
        layers.last
    );
    (columns, from)
}
