//! The layers of a question about places: one common table expression a step.

use super::condition::Writer;
use super::figures::tables;
use super::groups::group_key;
use super::places::base;
use super::scope::{places, places_with_reports};
use super::slots::Slots;
use super::stated::leaving;
use super::{Params, speaks_of};
use crate::query::catalog::Catalog;
use crate::query::plan::{Condition, Group, Plan, Shown, Step};

/// The layer that no step has narrowed yet.
pub(super) const FIRST: &str = "s0";

/// The layers of a plan and what the notes need to know of them.
pub(super) struct Layers {
    /// The common table expressions before the first layer.
    before: Vec<String>,
    /// The first layer.
    base: Base,
    /// Those after it, one a step.
    after: Vec<String>,
    /// The name of the last layer.
    pub(super) last: String,
    /// For each `keep`: the layer before it, the layer after it, and what only possibly passes.
    pub(super) kept: Vec<Kept>,
    /// The order of the last layer.
    pub(super) order: Option<String>,
}

/// The layer `s0`: one row a place (and year).
pub(super) struct Base {
    /// Its columns by their names. Those that nothing speaks of are left out of a statement.
    pub(super) columns: Vec<(String, String)>,
    /// Where they come from.
    pub(super) from: String,
    /// Whether the rows are kept, as they are read more than once.
    pub(super) is_kept: bool,
}

impl Layers {
    /// A statement of all layers and what is selected from them.
    pub(super) fn statement(&self, select: &str) -> String {
        let after = self.after.join(",\n");
        let columns: Vec<String> = self
            .base
            .columns
            .iter()
            // Rows are rows, even where they are only counted.
            .filter(|(name, _)| {
                name == "place_id" || speaks_of(&after, name) || speaks_of(select, name)
            })
            .map(|(name, sql)| format!("{sql} AS {name}"))
            .collect();
        let kept = if self.base.is_kept {
            " MATERIALIZED"
        } else {
            ""
        };
        let base = format!(
            "s0 AS{kept} (\n  SELECT {}\n  {}\n)",
            columns.join(", "),
            self.base.from
        );
        let before = self.before.iter().map(String::as_str);
        let tables: Vec<&str> = before
            .chain([base.as_str()])
            .chain(self.after.iter().map(String::as_str))
            .collect();
        format!("WITH {}\n{select}", tables.join(",\n"))
    }
}

pub(super) struct Kept {
    pub(super) before: String,
    pub(super) after: String,
    pub(super) possible: String,
    pub(super) certain: String,
    pub(super) condition: Condition,
}

pub(super) fn layers(plan: &Plan, slots: &Slots, catalog: &Catalog, params: &mut Params) -> Layers {
    let mut before = vec![
        places(plan, params),
        places_with_reports(plan, slots, params),
    ];
    before.extend(tables(plan, slots, catalog, params));
    if leaving(slots, plan, params).is_some() {
        // What is looked up about the places stands behind the table of those that have left.
        let reports = before.remove(1);
        before.push(reports);
    }
    let mut layers = Layers {
        before,
        base: base(plan, slots, params),
        after: Vec::new(),
        last: FIRST.to_owned(),
        kept: Vec::new(),
        order: None,
    };
    for step in &plan.steps {
        let before = layers.last.clone();
        let after = format!("s{}", layers.after.len() + 1);
        let mut writer = Writer {
            slots,
            params,
            layer: &before,
        };
        match step {
            Step::Keep(condition) => {
                let test = writer.condition(condition);
                layers.after.push(format!(
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
                let value = writer.ranked(by);
                layers.order = Some(order(&value, *descending));
            }
            Step::InTime { first, each } => {
                let among = if *each { "PARTITION BY place_id " } else { "" };
                let direction = if *first { "ASC" } else { "DESC" };
                let known = known(plan, &mut writer);
                layers.after.push(format!(
                    "{after} AS (SELECT * FROM (SELECT *, RANK() OVER ({among}ORDER BY row_year {direction}) AS turn_{after} FROM {before}{known}) \
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
                each,
            } => {
                // Groups are cut after they are made.
                if matches!(plan.shown, Shown::Groups(..)) {
                    continue;
                }
                let sorted = by.as_ref().map_or_else(
                    || layers.order.clone().unwrap_or_else(|| "place".to_owned()),
                    |by| order(&writer.ranked(by), true),
                );
                let shown = reversed(&sorted, !first);
                if *others {
                    // Put together when the rows are read.
                    layers.order = Some(shown);
                    continue;
                }
                let count = params.integer(i64::from(*count));
                let present = layer_key(&sorted);
                let among = each.map(group_key);
                let parted = among
                    .as_ref()
                    .map_or(String::new(), |key| format!("PARTITION BY {key} "));
                // What lies in no such area is the best of none.
                let lies = match (each, &among) {
                    (Some(Group::Area(_)), Some(key)) => format!(" AND {key} IS NOT NULL"),
                    _ => String::new(),
                };
                layers.after.push(format!(
                    "{after} AS (SELECT * FROM (SELECT *, RANK() OVER ({parted}ORDER BY {shown}) AS turn_{after} FROM {before} \
                     WHERE {present} IS NOT NULL{lies}) WHERE turn_{after} <= {count})"
                ));
                layers.order = Some(match among {
                    Some(key) if *each == Some(Group::Place) => format!("place, {key}, {shown}"),
                    Some(key) => format!("{key}, {shown}"),
                    None => shown,
                });
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
