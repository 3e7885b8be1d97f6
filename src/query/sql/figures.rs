//! The figure tables: of all that reports say of a measure, the one row a place (and year) that answers.

use std::fmt::Write;

use rust_decimal::Decimal;

use super::slots::{Kind, Slot, Slots};
use super::{Params, targets};
use crate::query::catalog::Catalog;
use crate::query::plan::{Aspect, Condition, Expr, Measure, PlaceScope, Plan, Rows, Step, Years};
use crate::query::unit;

/// Which periods answer first: a whole year, a stock at a date, then as much of the year as is said.
const PERIOD: &str = "CASE WHEN m.period = 'year' THEN 0 WHEN m.period = 'as-of' THEN 1 \
    WHEN m.period LIKE 'to-month-%' THEN 20 - CAST(substr(m.period, 10) AS INTEGER) WHEN m.period = 'h1' THEN 20 \
    WHEN m.period = 'other' THEN 21 ELSE 22 END";

/// Mostly a place has one figure, and there is nothing to choose: then its section is not looked up, nor are rows put in order.
/// Of a few places that are named all are put in order, which the shorter statement makes up for. And this takes the figures
/// from three places of the statement, and SQLite, which follows each name to the tables behind it
/// wherever it stands, refuses statements of too many; so it is done for as many figures and steps.
const FEW_STEPS: usize = 4;

/// The columns that each slot adds to a row, without the slot's number. The index of an indicator's figures has all that
/// they are made of.
pub(super) const COLUMNS: [&str; 13] = [
    "value",
    "comparable",
    "value_high",
    "unit",
    "bound",
    "low",
    "high",
    "growth",
    "status",
    "period",
    "about",
    "metric",
    "growth_metric",
];

/// Those that it adds where the question speaks of them.
pub(super) const RARE_COLUMNS: [(&str, &[Aspect]); 2] = [
    ("completion", &[Aspect::Completion, Aspect::Task]),
    ("rank", &[Aspect::Rank]),
];

/// The common table expressions of the slots.
pub(super) fn tables(
    plan: &Plan,
    slots: &Slots,
    catalog: &Catalog,
    params: &mut Params,
) -> Vec<String> {
    slots
        .0
        .iter()
        .enumerate()
        .map(|(n, slot)| match &slot.measure {
            _ if slot.kind == Kind::Paired => paired(n, slot, plan, params),
            Measure::Count(rows) => counted(n, *rows, slot, plan, params),
            Measure::Indicator(id) if is_answered(slot, plan, params) => {
                answered(n, id, slots, plan, catalog, params)
            }
            _ => stated(n, slots, plan, catalog, params),
        })
        .collect()
}

/// The condition that a year column meets, empty where every year does.
pub(super) fn year_filter(column: &str, years: &Years, params: &mut Params) -> Option<String> {
    match years {
        Years::Latest | Years::Every => None,
        Years::One(year) => Some(format!("{column} = {}", params.integer(i64::from(*year)))),
        Years::Several(several) => {
            let list: Vec<String> = several
                .iter()
                .map(|year| params.integer(i64::from(*year)))
                .collect();
            Some(format!("{column} IN ({})", list.join(", ")))
        }
        Years::Range(from, to) => Some(format!(
            "{column} BETWEEN {} AND {}",
            params.integer(i64::from(*from)),
            params.integer(i64::from(*to))
        )),
    }
}

fn paired(n: usize, slot: &Slot, plan: &Plan, params: &mut Params) -> String {
    let own_year = slot.year.map(Years::One);
    let indicator = match &slot.measure {
        Measure::Indicator(id) => Some(id.as_str()),
        Measure::Label(_) | Measure::Count(_) => None,
    };
    let per_year = plan.scope.years.are_rows() && slot.year.is_none();
    let wanted = targets::Wanted {
        n: n.to_string(),
        indicator,
        everywhere: plan.scope.places.is_empty(),
        years: own_year.as_ref().unwrap_or(&plan.scope.years),
        one_of: Some(if per_year { "town_id, year" } else { "town_id" }),
    };
    targets::pairs(&wanted, &format!("f{n}"), params)
}

/// Whether a slot's figures are those that the store itself says answer for their report, found by its number. Figures
/// about a year that is named may stand in several reports, and words may stand in any labels: of these the statement
/// chooses.
pub(super) fn is_answered(slot: &Slot, plan: &Plan, params: &Params) -> bool {
    params.is_worked_out
        && plan.scope.years == Years::Latest
        && slot.year.is_none()
        && matches!(slot.measure, Measure::Indicator(_))
        && matches!(slot.kind, Kind::Result | Kind::Target)
}

/// Whether a slot's table reads the table of reports.
pub(super) fn read_report(plan: &Plan, slots: &Slots, params: &Params) -> bool {
    let mut slots = slots.0.iter();
    plan.scope.years == Years::Latest && slots.any(|slot| !is_answered(slot, plan, params))
}

/// The figures of an indicator that answer for their reports.
fn answered(
    n: usize,
    indicator: &str,
    slots: &Slots,
    plan: &Plan,
    catalog: &Catalog,
    params: &mut Params,
) -> String {
    let slot = &slots.0[n];
    let indicator = params.text(indicator);
    let status = match slot.kind {
        Kind::Result => "m.status <> 'target'",
        _ => "m.status = 'target'",
    };
    let factor = factor(slot.unit(catalog));
    let grew = grew(slot, catalog);
    let (seldom, of_row) = seldom(slots, n, plan);
    let lent = |column: &str| {
        format!(
            "(SELECT g.{column} FROM metrics g WHERE g.indicator = {indicator} AND g.session_id = f.session_id AND g.answers = 2 AND g.status = f.status)"
        )
    };
    // Its own growth, or that of the figure that lends it one.
    let growth = format!(
        "COALESCE(grew, {}) AS growth, CASE WHEN grew IS NULL THEN {} END AS growth_metric",
        lent("growth"),
        lent("id")
    );
    let rows = format!(
        "SELECT m.session_id, m.year, m.id, m.value, m.value_high, m.unit, m.bound, m.status, m.period{of_row}, {factor} AS factor, {grew} AS grew\n    \
         FROM metrics m WHERE m.indicator = {indicator} AND m.answers = 1 AND {status}"
    );
    let columns = columns(slot, "session_id", &seldom, &growth);
    format!("f{n} AS (\n  SELECT {columns}\n  FROM (\n    {rows}\n  ) f\n)")
}

/// The columns of a figure table, from rows with the figure and its `factor`.
fn columns(slot: &Slot, key: &str, seldom: &str, growth: &str) -> String {
    let [value, high] = ["value", "COALESCE(value_high, value)"].map(|column| rise(slot, column));
    format!(
        "{key}, year AS about, id AS metric, value, {value} * factor AS comparable, value_high, unit, bound, status, period{seldom}, {growth},\n    \
         CASE WHEN value * factor IS NULL THEN NULL WHEN bound IN ('lt', 'le') THEN -9e999 ELSE {value} * factor END AS low,\n    \
         CASE WHEN value * factor IS NULL THEN NULL WHEN bound IN ('gt', 'ge') THEN 9e999 WHEN bound = 'range' THEN {high} * factor ELSE {value} * factor END AS high"
    )
}

/// 103.5, the year before being 100, is what others write as a rise of 3.5 %.
fn rise(slot: &Slot, column: &str) -> String {
    match &slot.measure {
        Measure::Indicator(id) if targets::is_rise(id) => {
            format!("({column} - 100 * ({column} >= 50))")
        }
        _ => column.to_owned(),
    }
}

/// A yearly average or a change since some earlier year is not this year's growth.
fn grew(slot: &Slot, catalog: &Catalog) -> String {
    let kinds = if slot.unit(catalog) == Some("%") {
        "'yoy', 'pp'"
    } else {
        "'yoy'"
    };
    format!("CASE WHEN COALESCE(m.growth_kind, 'yoy') IN ({kinds}) THEN m.growth END")
}

/// The columns that only some questions speak of, by name and of the row.
fn seldom(slots: &Slots, n: usize, plan: &Plan) -> (String, String) {
    let is_seldom = |name: &&&str| RARE_COLUMNS.iter().any(|(seldom, _)| seldom == *name);
    slots
        .columns(n, plan)
        .iter()
        .filter(is_seldom)
        .map(|name| (format!(", {name}"), format!(", m.{name}")))
        .unzip()
}

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

fn stated(n: usize, slots: &Slots, plan: &Plan, catalog: &Catalog, params: &mut Params) -> String {
    let slot = &slots.0[n];
    let mut wanted = vec![match &slot.measure {
        Measure::Label(label) => format!("instr(m.label, {}) > 0", params.text(label)),
        Measure::Indicator(id) => format!("m.indicator = {}", params.text(id)),
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
        _ if plan.scope.places.is_empty() && matches!(slot.measure, Measure::Indicator(_)) => {
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
        "SELECT s.town_id, m.session_id, s.review_year, {about} AS due, m.id, m.section_id, m.start, m.year, m.value, m.value_high, m.unit, m.bound, m.status, m.period{of_row}, {factor} AS factor, {grew} AS grew\n    \
         FROM {from}\n    WHERE {wanted}"
    );
    let named = format!(
        "town_id, year, id, value, value_high, unit, bound, status, period{seldom}, factor"
    );
    let chosen = |from: &str| {
        format!(
            "SELECT {named}, COALESCE(grew, best_growth) AS growth, CASE WHEN grew IS NULL AND best_growth IS NOT NULL THEN growth_metric END AS growth_metric\n    \
             FROM (\n      SELECT m.*, FIRST_VALUE(m.grew) OVER growing AS best_growth, FIRST_VALUE(m.id) OVER growing AS growth_metric,\n        \
             ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY m.year IS NOT m.due, m.year DESC, m.value * m.factor IS NULL, m.value IS NULL, {PERIOD}, m.grew IS NULL,\n          \
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
    let columns = columns(slot, "town_id", &seldom, "growth, growth_metric");
    // Not said to be kept, so that SQLite leaves out the columns that nothing speaks of.
    format!("{before}f{n} AS (\n  SELECT {columns}\n  FROM (\n    {rows}\n  )\n)")
}

/// SQL for what a stated value is multiplied with to be in the unit of its indicator; NULL where it measures something
/// else: 亿美元 are no 亿元.
fn factor(unit: Option<&str>) -> String {
    let Some(own) = unit.and_then(unit::stored).filter(|own| own.measures()) else {
        return "1".to_owned();
    };
    let others = || unit::all().filter(|other| other.base != own.base && other.measures());
    let foreign: Vec<String> = others()
        .filter(|other| other.dimension != own.dimension)
        .map(|other| format!("'{}'", other.base))
        .collect();
    let converted = others()
        .filter(|other| other.dimension == own.dimension)
        .filter_map(|other| Some((other.base, unit::convert(Decimal::ONE, other, own)?)))
        .fold(String::new(), |cases, (base, factor)| {
            format!("{cases} WHEN m.unit = '{base}' THEN {factor}")
        });
    format!(
        "CASE WHEN m.unit = '{}' THEN 1 WHEN m.unit IN ({}) THEN NULL{converted} ELSE 1 END",
        own.base,
        foreign.join(", ")
    )
}

/// How many records a place has.
fn counted(n: usize, rows: Rows, slot: &Slot, plan: &Plan, params: &mut Params) -> String {
    let own_year = slot.year.map(Years::One);
    let years = own_year.as_ref().unwrap_or(&plan.scope.years);
    let (table, column, more) = match rows {
        Rows::Tasks => ("tasks", "s.plan_year", ""),
        Rows::Targets => ("metrics", "s.plan_year", " AND r.status = 'target'"),
        Rows::Doubts => ("doubts", "s.review_year", ""),
        Rows::Metrics => ("metrics", "s.review_year", ""),
        _ => ("sessions", "s.review_year", ""),
    };
    let joint = if table == "sessions" {
        "r.id = s.id"
    } else {
        "r.session_id = s.id"
    };
    let source = match (years, table) {
        (Years::Latest, "tasks" | "metrics" | "doubts") => {
            "JOIN report ON report.session_id = s.id"
        }
        _ => "JOIN place ON place.id = s.town_id",
    };
    let filter =
        year_filter(column, years, params).map_or(String::new(), |filter| format!(" AND {filter}"));
    let per_year = plan.scope.years.are_rows() && slot.year.is_none();
    let (year, group) = if per_year {
        (column, format!("s.town_id, {column}"))
    } else {
        ("NULL", "s.town_id".to_owned())
    };
    format!(
        "f{n} AS MATERIALIZED (\n  SELECT s.town_id, {year} AS about, NULL AS metric, CAST(COUNT(r.id) AS REAL) AS value, CAST(COUNT(r.id) AS REAL) AS comparable, NULL AS value_high, '个' AS unit, 'eq' AS bound, \
         NULL AS status, 'year' AS period, NULL AS growth, NULL AS growth_metric,\n    \
         CAST(COUNT(r.id) AS REAL) AS low, CAST(COUNT(r.id) AS REAL) AS high\n  \
         FROM sessions s {source} LEFT JOIN {table} r ON {joint}{more}\n  WHERE s.town_id IS NOT NULL{filter}\n  GROUP BY {group}\n)"
    )
}
