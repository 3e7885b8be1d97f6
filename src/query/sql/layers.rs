//! The layers of a question about places: one common table expression a step.

use super::Params;
use super::figures::tables;
use super::interval::Writer;
use super::places::{base, places, reports};
use super::slots::Slots;
use crate::query::catalog::Catalog;
use crate::query::plan::{Condition, Plan, Shown, Step};

/// The layers of a plan and what the notes need to know of them.
pub(super) struct Layers {
    /// The common table expressions.
    pub(super) tables: Vec<String>,
    /// The name of the last layer.
    pub(super) last: String,
    /// For each `keep`: the layer before it, the layer after it, and what only possibly passes.
    pub(super) kept: Vec<Kept>,
    /// The order of the last layer.
    pub(super) order: Option<String>,
}

pub(super) struct Kept {
    pub(super) before: String,
    pub(super) after: String,
    pub(super) possible: String,
    pub(super) certain: String,
    pub(super) condition: Condition,
}

pub(super) fn layers(plan: &Plan, slots: &Slots, catalog: &Catalog, params: &mut Params) -> Layers {
    let mut list = vec![places(plan, params), reports(plan, params)];
    list.extend(tables(plan, slots, catalog, params));
    list.push(base(plan, slots, params));
    let mut layers = Layers {
        tables: list,
        last: "s0".to_owned(),
        kept: Vec::new(),
        order: None,
    };
    for step in &plan.steps {
        let before = layers.last.clone();
        let after = format!(
            "s{}",
            layers
                .tables
                .iter()
                .filter(|table| table.starts_with('s'))
                .count()
        );
        let mut writer = Writer {
            slots,
            params,
            layer: &before,
        };
        match step {
            Step::Keep(condition) => {
                let test = writer.condition(condition);
                layers.tables.push(format!(
                    "{after} AS (SELECT * FROM {before} WHERE {})",
                    test.certain
                ));
                layers.kept.push(Kept {
                    before,
                    after: after.clone(),
                    possible: test.possible,
                    certain: test.certain,
                    condition: condition.clone(),
                });
                layers.last = after;
            }
            Step::Sort { by, descending } => {
                let value = writer.expr(by).value;
                layers.order = Some(order(&value, *descending));
            }
            Step::InTime { first } => {
                let direction = if *first { "ASC" } else { "DESC" };
                let known = known(plan, &mut writer);
                layers.tables.push(format!(
                    "{after} AS (SELECT * FROM (SELECT *, RANK() OVER (PARTITION BY place_id ORDER BY row_year {direction}) AS turn_{after} FROM {before}{known}) \
                     WHERE turn_{after} = 1)"
                ));
                layers.last = after;
            }
            Step::Limit(_) => {}
            Step::Take {
                count,
                by,
                first,
                others,
            } => {
                // Groups are cut after they are made.
                if matches!(plan.shown, Shown::Groups(..)) {
                    continue;
                }
                let sorted = by.as_ref().map_or_else(
                    || layers.order.clone().unwrap_or_else(|| "place".to_owned()),
                    |by| order(&writer.expr(by).value, true),
                );
                let shown = reversed(&sorted, !first);
                if *others {
                    // Put together when the rows are read.
                    layers.order = Some(shown);
                    continue;
                }
                let count = params.integer(i64::from(*count));
                let present = layer_key(&sorted);
                layers.tables.push(format!(
                    "{after} AS (SELECT * FROM (SELECT *, RANK() OVER (ORDER BY {shown}) AS turn_{after} FROM {before} \
                     WHERE {present} IS NOT NULL) WHERE turn_{after} <= {count})"
                ));
                layers.order = Some(shown);
                layers.last = after;
            }
        }
    }
    layers
}

/// Years in which nothing of what is shown is known are no first and no last.
fn known(plan: &Plan, writer: &mut Writer<'_>) -> String {
    let Shown::Items(items) = &plan.shown else {
        return String::new();
    };
    let any: Vec<String> = items
        .iter()
        .map(|item| format!("{} IS NOT NULL", writer.expr(item).value))
        .collect();
    format!(" WHERE {}", any.join(" OR "))
}

pub(super) fn order(value: &str, descending: bool) -> String {
    format!("{value} {}", if descending { "DESC" } else { "ASC" })
}

fn reversed(order: &str, reverse: bool) -> String {
    if !reverse {
        return order.to_owned();
    }
    order.strip_suffix(" DESC").map_or_else(
        || {
            order
                .strip_suffix(" ASC")
                .map_or_else(|| order.to_owned(), |value| format!("{value} DESC"))
        },
        |value| format!("{value} ASC"),
    )
}

fn layer_key(order: &str) -> &str {
    order
        .strip_suffix(" DESC")
        .or_else(|| order.strip_suffix(" ASC"))
        .unwrap_or(order)
}
