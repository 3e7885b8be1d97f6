//! Rows that are places: the layers from the places asked about to what is shown.

use super::column::Field;
use super::figures::{self, year_filter};
use super::layers::{Base, Layers, layers};
use super::notes;
use super::project::{Projection, projection};
use super::rows::{limit, present, row_order, silent};
use super::slots::{Kind, Slots};
use super::sources::{FOUND_TOGETHER, sources};
use super::{Column, ColumnKind, Emitted, Params, SourceForm, groups};
use crate::query::catalog::Catalog;
use crate::query::plan::{Condition, PlaceScope, Plan, Rows, Shown, Step, Years};

pub(super) fn emit(plan: &Plan, catalog: &Catalog, mut params: Params) -> Emitted {
    let slots = Slots::of(plan);
    let layers = layers(plan, &slots, catalog, &mut params);
    let says_why = says_why(plan, &slots, params.form);
    let (mut columns, from) = if let Shown::Groups(keys, summaries) = &plan.shown {
        groups::select(plan, keys, summaries, &slots, catalog, &mut params, &layers)
    } else if plan.counted {
        counted(&slots, &layers, params.form)
    } else {
        rows(plan, &slots, catalog, &mut params, &layers, says_why)
    };
    let mut told = notes::counts(plan, &slots, &layers, catalog, &mut params);
    told.extend(silent(plan, &slots, &mut params));
    let counted = notes::counted_of(plan, &slots, &params);
    columns.push((notes::column(&told, &counted), notes::field(&told)));
    let of_nothing = |params: &mut Params| notes::of_nothing(&slots, params, &layers);
    if says_why {
        let why = of_nothing(&mut params);
        let sql = notes::column(&why, "");
        columns.push((
            format!("CASE WHEN place_id IS NULL THEN {sql} END"),
            notes::field(&why),
        ));
    }
    let (sql, fields): (Vec<String>, Vec<Field>) = columns.into_iter().unzip();
    let select = format!("SELECT {}{from}", sql.join(",\n  "));
    let rows = params.statement(layers.statement(&select));
    told.extend(of_nothing(&mut params));
    let reason = notes::column(&told, &counted);
    Emitted {
        rows,
        fields,
        if_empty: Some(params.statement(layers.statement(&format!("SELECT {reason}")))),
        reason: notes::field(&told),
        says_why,
    }
}

/// Whether the statement itself says why there is no row, in one that has only that: where all places were looked at, to ask
/// anew takes as long again. What is asked of a few is sooner asked twice, and shorter.
fn says_why(plan: &Plan, slots: &Slots, form: SourceForm) -> bool {
    let is_own = |place: &PlaceScope| matches!(place, PlaceScope::Own { .. });
    let are_named = !plan.scope.places.is_empty() && plan.scope.places.iter().all(is_own);
    let are_rows = !plan.counted && !matches!(plan.shown, Shown::Groups(..));
    form == SourceForm::Numbered && are_rows && !are_named && !is_of_pairs(plan, slots)
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
    says_why: bool,
) -> (Projection, String) {
    let projection = projection(plan, slots, catalog, params, &layers.last);
    let order = row_order(plan, slots, params, layers);
    let present = present(plan, slots, params);
    let limit = limit(plan);
    let last = &layers.last;
    let from = match (says_why, present) {
        (false, None) => last.clone(),
        (false, Some(present)) => format!("{last}\nWHERE {present}"),
        // One row without a place where there is none.
        (true, present) => {
            let present = present.unwrap_or_else(|| "1".to_owned());
            format!("(SELECT 1) LEFT JOIN {last} ON {present}")
        }
    };
    let from = format!("\nFROM {from}\nORDER BY {order}{limit}");
    (projection, from)
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
