//! The figure tables of which the statement chooses: figures about years that are named, and those that words find.

use std::fmt::Write;

use super::Params;
use super::figures::{columns, factor, grew, is_answered, rise, seldom, year_filter};
use super::slots::{Kind, Slot, Slots};
use crate::fact::{ADDED_WORD, Added, added_words};
use crate::query::catalog::Catalog;
use crate::query::plan::{Aspect, Condition, Expr, Measure, PlaceScope, Plan, Step, Years};

/// Which periods answer first: a whole year, a stock at a date, then as much of the year as is said.
const PERIOD: &str = "CASE WHEN m.period = 'year' THEN 0 WHEN m.period = 'as-of' THEN 1 \
    WHEN m.period LIKE 'to-month-%' THEN 20 - CAST(substr(m.period, 10) AS INTEGER) WHEN m.period = 'h1' THEN 20 \
    WHEN m.period = 'other' THEN 21 ELSE 22 END";

/// Mostly a place has one figure, and there is nothing to choose: then its section is not looked up, nor are rows put in order.
/// Of a few places that are named all are put in order, which the shorter statement makes up for. And this takes the figures
/// from three places of the statement, and SQLite, which follows each name to the tables behind it
/// wherever it stands, refuses statements of too many; so it is done for as many figures and steps.
const FEW_STEPS: usize = 4;

/// Whether the places that have several figures are told from those that have one.
fn are_seldom_several(slots: &Slots, plan: &Plan) -> bool {
    let is_own = |place: &PlaceScope| matches!(place, PlaceScope::Own { .. });
    let are_named = !plan.scope.places.is_empty() && plan.scope.places.iter().all(is_own);
    !are_named && slots.0.len() * (plan.steps.len() + 1) <= FEW_STEPS
}

/// The table of the places that have left, where there are such.
pub(super) const LEFT: &str = "stating";

/// Where a question is first of all for places that do not state its one figure, those that plainly do (one figure, and
/// this column of it) leave before anything else is looked up about them, and are only counted.
pub(super) fn leaving(slots: &Slots, plan: &Plan, params: &Params) -> Option<&'static str> {
    let [slot] = &slots.0[..] else { return None };
    let Some(Step::Keep(Condition::Missing(Expr::Figure(figure)))) = plan.steps.first() else {
        return None;
    };
    let is_chosen = matches!(slot.kind, Kind::Result | Kind::Target | Kind::TargetOfYear)
        && !matches!(slot.measure, Measure::Count(_))
        && !is_answered(slot, plan, params)
        && are_seldom_several(slots, plan);
    if !is_chosen || plan.scope.years.are_rows() {
        return None;
    }
    match figure.aspect {
        // Its growth may be another figure's.
        _ if slots.only_growth(0, plan) => Some("grew"),
        Aspect::Value | Aspect::Target | Aspect::TargetOfYear => Some("value"),
        _ => None,
    }
}

/// The figures of a slot that the statement itself chooses.
pub(super) fn stated(
    n: usize,
    slots: &Slots,
    plan: &Plan,
    catalog: &Catalog,
    params: &mut Params,
) -> String {
    let slot = &slots.0[n];
    let mut wanted = vec![match &slot.measure {
        Measure::Label(label) => format!("instr(m.label, {}) > 0", params.text(label)),
        Measure::Indicator(id) => format!("m.indicator = {}", params.text(id)),
        Measure::Added(id) => of_new("m", &params.text(id)),
        Measure::Count(_) => "0".to_owned(),
    }];
    let years = &slot.years(plan);
    // A number is sooner compared than a word.
    wanted.extend(year_filter("m.year", years, params));
    wanted.push(
        match slot.kind {
            Kind::Result => "m.status IN ('actual', 'estimate')",
            Kind::Target | Kind::TargetOfYear | Kind::Paired => "m.status = 'target'",
        }
        .to_owned(),
    );
    // Several years added up are not the figure of any.
    wanted.push("m.period <> 'cumulative'".to_owned());
    let per_year = plan.scope.years.are_rows() && slot.year.is_none();
    if per_year && *years == Years::Every {
        // A figure about no year has no row, and nothing can be told not to be among several that it may be one of.
        wanted.push("m.year IS NOT NULL".to_owned());
    }
    // Reports lead to their figures: an index has those of an indicator in a report side by side. Where no place is named that
    // index is read from end to end.
    let of_report = "CROSS JOIN metrics m ON m.session_id = s.id";
    let from = match (years, slot.kind) {
        (Years::Latest, Kind::TargetOfYear) => {
            wanted.push("m.year = report.review_year".to_owned());
            format!("report JOIN sessions s ON s.town_id = report.town_id {of_report}")
        }
        (Years::Latest, _) => {
            "report s CROSS JOIN metrics m ON m.session_id = s.session_id".to_owned()
        }
        _ if plan.scope.places.is_empty() && matches!(slot.measure, Measure::Indicator(_) | Measure::Added(_)) => {
            "metrics m CROSS JOIN sessions s ON s.id = m.session_id JOIN place ON place.id = s.town_id"
                .to_owned()
        }
        _ => format!("place JOIN sessions s ON s.town_id = place.id {of_report}"),
    };
    let about = match slot.kind {
        Kind::Result => "s.review_year",
        Kind::Target | Kind::TargetOfYear | Kind::Paired => "s.plan_year",
    };
    let key = if per_year { "town_id, year" } else { "town_id" };
    let factor = factor(slot.unit(catalog));
    let grew = grew(slot, catalog);
    let wanted = wanted.join(" AND ");
    let (seldom, of_row) = seldom(slots, n, plan);
    let candidates = format!(
        "SELECT s.town_id, m.session_id, s.review_year, {about} AS due, m.id, m.section_id, m.start, m.year, m.value, m.value_high, m.unit, m.bound, m.status, m.period{of_row}, {factor} AS factor, {grew} AS grew, m.growth_to, m.growth_bound\n    \
         FROM {from}\n    WHERE {wanted}"
    );
    let named = format!(
        "town_id, year, id, value, value_high, unit, bound, status, period{seldom}, factor, grew, growth_to, growth_bound"
    );
    let added = added(slot, catalog);
    let chosen = |from: &str| {
        format!(
            "SELECT {named}, COALESCE(grew, best_growth) AS growth, CASE WHEN grew IS NULL AND best_growth IS NOT NULL THEN growth_metric END AS growth_metric\n    \
             FROM (\n      SELECT m.*, FIRST_VALUE(m.grew) OVER growing AS best_growth, FIRST_VALUE(m.id) OVER growing AS growth_metric,\n        \
             ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY m.year IS NOT m.due, m.year DESC, m.value * m.factor IS NULL, m.value IS NULL, {added}{PERIOD}, m.grew IS NULL,\n          \
             x.type IS NOT 'review', m.review_year DESC, m.session_id DESC, m.start, m.id) AS turn\n      \
             FROM {from}\n      \
             WINDOW growing AS (PARTITION BY m.town_id, m.year, m.period, m.status ORDER BY m.grew IS NULL, m.year IS NOT m.due, x.type IS NOT 'review', m.review_year DESC, m.session_id DESC, m.start, m.id)\n    \
             ) WHERE turn = 1"
        )
    };
    let section = "LEFT JOIN sections x ON x.id = m.section_id";
    let (before, rows) = if are_seldom_several(slots, plan) {
        let mut alone = format!(
            "SELECT {named}, grew AS growth, NULL AS growth_metric FROM c{n} WHERE ({key}) NOT IN several{n}"
        );
        let left = leaving(slots, plan, params).map_or_else(String::new, |said| {
            let _ = write!(alone, " AND {said} IS NULL");
            let value = rise(slot, "value");
            format!(
                "{LEFT} AS MATERIALIZED (\n    \
                 SELECT town_id, value, {value} * factor AS comparable, grew AS growth FROM c{n} WHERE {said} IS NOT NULL AND town_id NOT IN several{n}\n),\n"
            )
        });
        let others = chosen(&format!("c{n} m {section} WHERE ({key}) IN several{n}"));
        (
            format!(
                "c{n} AS MATERIALIZED (\n    {candidates}\n),\n\
                 several{n} AS MATERIALIZED (SELECT {key} FROM c{n} GROUP BY {key} HAVING COUNT(*) > 1),\n{left}"
            ),
            format!("{alone}\n    UNION ALL\n    {others}"),
        )
    } else {
        (
            String::new(),
            chosen(&format!("({candidates}) m {section}")),
        )
    };
    let lent = |column: &str| {
        format!(
            "IIF(growth_metric IS NULL, {column}, (SELECT g.{column} FROM metrics g WHERE g.id = growth_metric)) AS {column}"
        )
    };
    let growth = format!(
        "growth, {}, {}, growth_metric",
        lent("growth_to"),
        lent("growth_bound")
    );
    let columns = columns(slot, "town_id", &seldom, &growth);
    // Not said to be kept, so that SQLite leaves out the columns that nothing speaks of.
    format!("{before}f{n} AS (\n  SELECT {columns}\n  FROM (\n    {rows}\n  )\n)")
}

/// That a figure is of what is new of an indicator.
pub(super) fn of_new(of: &str, indicator: &str) -> String {
    let says = says(&format!("{of}.label"), Added::is_new);
    format!("({of}.indicator = {indicator} AND {says})")
}

/// That a label has one of the words for what was added.
fn says(label: &str, wanted: fn(&Added) -> bool) -> String {
    let words = || added_words().filter(|added| wanted(added));
    let first: Vec<String> = words().map(|added| format!("'{}'", added.word)).collect();
    let mut says = format!("substr({label}, 1, {ADDED_WORD}) IN ({})", first.join(", "));
    for added in words().filter(|added| added.anywhere) {
        let _ = write!(says, " OR instr({label}, '{}')", added.word);
    }
    format!("({says})")
}

/// All there is of what an indicator measures answers before what was added to it, as in `store/answers.rs`.
fn added(slot: &Slot, catalog: &Catalog) -> String {
    if !slot.is_added_to(catalog) {
        return String::new();
    }
    let says = says("label", |_| true);
    format!("IFNULL((SELECT {says} FROM metrics WHERE id = m.id), 0), ")
}
