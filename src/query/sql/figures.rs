//! The figure tables: of all that reports say of a measure, the one row a place (and year) that answers.

use rust_decimal::Decimal;

use super::slots::{Kind, Slot, Slots};
use super::stated::stated;
use super::{Params, targets};
use crate::query::catalog::Catalog;
use crate::query::plan::{Aspect, Measure, Plan, Rows, Years};
use crate::query::unit;

/// The columns that each slot adds to a row, without the slot's number. The index of an indicator's figures has all that
/// they are made of.
pub(super) const COLUMNS: [&str; 15] = [
    "value",
    "comparable",
    "value_high",
    "unit",
    "bound",
    "low",
    "high",
    "growth",
    "growth_to",
    "growth_bound",
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
        Measure::Indicator(id) | Measure::Added(id) => Some(id.as_str()),
        Measure::Label(_) | Measure::Count(_) => None,
    };
    let per_year = plan.scope.years.are_rows() && slot.year.is_none();
    let wanted = targets::Wanted {
        n: n.to_string(),
        indicator,
        is_of_new: matches!(slot.measure, Measure::Added(_)),
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
        "COALESCE(grew, {}) AS growth, IIF(grew IS NULL, {}, growth_to) AS growth_to, IIF(grew IS NULL, {}, growth_bound) AS growth_bound, CASE WHEN grew IS NULL THEN {} END AS growth_metric",
        lent("growth"),
        lent("growth_to"),
        lent("growth_bound"),
        lent("id")
    );
    let rows = format!(
        "SELECT m.session_id, m.year, m.id, m.value, m.value_high, m.unit, m.bound, m.status, m.period{of_row}, {factor} AS factor, {grew} AS grew, m.growth_to, m.growth_bound\n    \
         FROM metrics m WHERE m.indicator = {indicator} AND m.answers = 1 AND {status}"
    );
    let columns = columns(slot, "session_id", &seldom, &growth);
    format!("f{n} AS (\n  SELECT {columns}\n  FROM (\n    {rows}\n  ) f\n)")
}

/// The columns of a figure table, from rows with the figure and its `factor`.
pub(super) fn columns(slot: &Slot, key: &str, seldom: &str, growth: &str) -> String {
    let [value, high] = ["value", "COALESCE(value_high, value)"].map(|column| rise(slot, column));
    format!(
        "{key}, year AS about, id AS metric, value, {value} * factor AS comparable, value_high, unit, bound, status, period{seldom}, {growth},\n    \
         CASE WHEN value * factor IS NULL THEN NULL WHEN bound IN ('lt', 'le') THEN -9e999 ELSE {value} * factor END AS low,\n    \
         CASE WHEN value * factor IS NULL THEN NULL WHEN bound IN ('gt', 'ge') THEN 9e999 WHEN bound = 'range' THEN {high} * factor ELSE {value} * factor END AS high"
    )
}

/// 103.5, the year before being 100, is what others write as a rise of 3.5 %.
pub(super) fn rise(slot: &Slot, column: &str) -> String {
    match &slot.measure {
        Measure::Indicator(id) if targets::is_rise(id) => {
            format!("({column} - 100 * ({column} >= 50))")
        }
        _ => column.to_owned(),
    }
}

/// A yearly average or a change since some earlier year is not this year's growth.
pub(super) fn grew(slot: &Slot, catalog: &Catalog) -> String {
    let points = if slot.unit(catalog) == Some("%") {
        " OR m.growth_kind = 'pp' AND m.points_against IS NULL"
    } else {
        ""
    };
    format!("CASE WHEN m.growth_kind = 'yoy'{points} THEN m.growth END")
}

/// The columns that only some questions speak of, by name and of the row.
pub(super) fn seldom(slots: &Slots, n: usize, plan: &Plan) -> (String, String) {
    let is_seldom = |name: &&&str| RARE_COLUMNS.iter().any(|(seldom, _)| seldom == *name);
    slots
        .columns(n, plan)
        .iter()
        .filter(is_seldom)
        .map(|name| (format!(", {name}"), format!(", m.{name}")))
        .unzip()
}

/// SQL for what a stated value is multiplied with to be in the unit of its indicator; NULL where it measures something
/// else: 亿美元 are no 亿元.
pub(super) fn factor(unit: Option<&str>) -> String {
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
         NULL AS status, 'year' AS period, NULL AS growth, NULL AS growth_to, NULL AS growth_bound, NULL AS growth_metric,\n    \
         CAST(COUNT(r.id) AS REAL) AS low, CAST(COUNT(r.id) AS REAL) AS high\n  \
         FROM sessions s {source} LEFT JOIN {table} r ON {joint}{more}\n  WHERE s.town_id IS NOT NULL{filter}\n  GROUP BY {group}\n)"
    )
}
