//! Sums, means and their like, by place, area or year.

use super::Params;
use super::column::{Column, ColumnKind, Field};
use super::condition::Writer;
use super::layers::{FIRST, Layers};
use super::project::{Projection, of_place, sum_unit};
use super::slots::Slots;
use super::sources::{FOUND_TOGETHER, sources};
use crate::query::catalog::Catalog;
use crate::query::plan::{
    Aggregate, Aspect, Expr, Group, Level, Operator, PlaceScope, Plan, Step, Summary, Years,
};

/// The area of a level that a place lies in, or is; `place` ends in a dot or is empty.
pub(super) fn area(level: Level, place: &str) -> String {
    let kinds = match level {
        Level::County => "'county', 'district', 'county-city'",
        Level::City => "'city', 'prefecture', 'municipality'",
        Level::Province => "'province', 'municipality'",
    };
    let column = level.column();
    format!("CASE WHEN {place}kind IN ({kinds}) THEN {place}name ELSE {place}{column} END")
}

pub(super) fn select(
    plan: &Plan,
    keys: &[Group],
    summaries: &[Summary],
    slots: &Slots,
    catalog: &Catalog,
    params: &mut Params,
    layers: &Layers,
) -> (Projection, String) {
    let layer = &layers.last;
    let writer = Writer {
        slots,
        params,
        layer,
    };
    let mut key_columns: Vec<(String, Column)> = keys.iter().map(|key| key_column(*key)).collect();
    let mut names: Vec<String> = keys.iter().map(|key| group_key(*key)).collect();
    // A year in which none of the places fits has none of them, and is a row as the others are.
    let (mut rows, mut each) = (layer.clone(), "*");
    if summaries.is_empty() && keys == [Group::Year] && *layer != FIRST {
        rows = format!(
            "(SELECT DISTINCT row_year AS asked_year FROM {FIRST}) LEFT JOIN {layer} ON row_year = asked_year"
        );
        "asked_year".clone_into(&mut key_columns[0].0);
        "asked_year".clone_into(&mut names[0]);
        each = "place_id";
    }
    let partition = if names.is_empty() {
        String::new()
    } else {
        format!("PARTITION BY {}", names.join(", "))
    };
    let mut inner = vec!["*".to_owned()];
    let mut columns: Vec<(String, Field)> = key_columns
        .iter()
        .map(|(sql, column)| (sql.clone(), Field::Shown(column.clone())))
        .collect();
    let single = summaries.len() == 1;
    for (i, summary) in summaries.iter().enumerate() {
        let x = writer.expr(&summary.of).value;
        inner.push(format!("{x} AS x{i}"));
        if summary.aggregate == Aggregate::Median {
            inner.push(format!(
                "ROW_NUMBER() OVER ({partition} ORDER BY {x} NULLS LAST) AS turn{i}"
            ));
            inner.push(format!("COUNT({x}) OVER ({partition}) AS n{i}"));
        }
        let value = match summary.aggregate {
            Aggregate::Total => format!("SUM(x{i})"),
            Aggregate::Average => format!("AVG(x{i})"),
            Aggregate::Max => format!("MAX(x{i})"),
            Aggregate::Min => format!("MIN(x{i})"),
            Aggregate::Median => {
                format!("AVG(CASE WHEN turn{i} IN ((n{i} + 1) / 2, (n{i} + 2) / 2) THEN x{i} END)")
            }
        };
        let n = slots.index(summary.of.figures()[0]);
        let (column, unit) = value_column(summary, single, slots, catalog);
        columns.push((value, Field::Shown(column)));
        if single {
            let unit = unit.map_or_else(|| format!("MIN(unit{n})"), |unit| params_text(&unit));
            columns.push((
                unit,
                Field::Shown(Column::new("unit", "单位", ColumnKind::Unit)),
            ));
        }
        let suffix = if single {
            String::new()
        } else {
            format!("_{}", i + 1)
        };
        columns.push((
            format!("COUNT(x{i})"),
            Field::Shown(Column::new(
                &format!("stated{suffix}"),
                if is_of_years(plan) {
                    "有数的年份"
                } else {
                    "有数的地方"
                },
                ColumnKind::Count,
            )),
        ));
        columns.push((
            format!("SUM(x{i} IS NOT NULL AND status{n} = 'estimate')"),
            Field::Estimates,
        ));
        columns.push((
            format!("SUM(x{i} IS NOT NULL AND period{n} NOT IN ('year', 'as-of'))"),
            Field::PartYear,
        ));
        let is_growth = matches!(&summary.of, Expr::Figure(figure) if figure.aspect.is_growth());
        let bound = if is_growth { "growth_bound" } else { "bound" };
        columns.push((
            format!("SUM(x{i} IS NOT NULL AND {bound}{n} IN ('gt', 'ge', 'lt', 'le', 'range'))"),
            Field::Bounds,
        ));
        columns.push((
            format!("MIN(CASE WHEN x{i} IS NOT NULL THEN about{n} END)"),
            Field::FirstYear,
        ));
        columns.push((
            format!("MAX(CASE WHEN x{i} IS NOT NULL THEN about{n} END)"),
            Field::LastYear,
        ));
    }
    let mut counted = Column::new("places", "地方数", ColumnKind::Count);
    if is_of_years(plan) {
        "years".clone_into(&mut counted.title_en);
        "年数".clone_into(&mut counted.title_zh);
    }
    columns.push((format!("COUNT({each})"), Field::Shown(counted)));
    let all: Vec<usize> = (0..slots.0.len()).collect();
    let stated: Vec<String> = summaries
        .iter()
        .map(|summary| format!("{} IS NOT NULL", writer.expr(&summary.of).value))
        .collect();
    let found = sources(&all, slots, writer.params.form);
    // Of places that are only counted, each is behind its number.
    inner.push(if stated.is_empty() {
        format!("{found} AS found")
    } else {
        format!(
            "CASE WHEN {} THEN {found} ELSE '[]' END AS found",
            stated.join(" OR ")
        )
    });
    if keys.contains(&Group::Place) {
        columns.extend(of_place("place_id", ""));
    }
    columns.push((FOUND_TOGETHER.to_owned(), Field::Sources));
    let group = if names.is_empty() {
        String::new()
    } else {
        format!("\nGROUP BY {}", names.join(", "))
    };
    let having = if names.is_empty() || summaries.is_empty() {
        ""
    } else {
        "\nHAVING COUNT(x0) > 0"
    };
    let filter = keys
        .iter()
        .filter_map(|key| match key {
            Group::Area(level) => Some(format!("{} IS NOT NULL", area(*level, ""))),
            _ => None,
        })
        .collect::<Vec<_>>()
        .join(" AND ");
    let filter = if filter.is_empty() {
        String::new()
    } else {
        format!(" WHERE {filter}")
    };
    let (order, limit) = order_and_limit(plan, keys, &names, &columns);
    let from = format!(
        "\nFROM (SELECT {} FROM {rows}{filter}){group}{having}\nORDER BY {order}{limit}",
        inner.join(", ")
    );
    (columns, from)
}

/// A unit of the vocabulary, which holds no quote.
fn params_text(unit: &str) -> String {
    format!("'{}'", unit.replace('\'', "''"))
}

/// What tells the groups of a key apart: two places of one name are two.
pub(super) fn group_key(key: Group) -> String {
    match key {
        Group::Place => "place_id".to_owned(),
        _ => key_column(key).0,
    }
}

pub(super) fn key_column(key: Group) -> (String, Column) {
    match key {
        Group::Place => (
            "place".to_owned(),
            Column::new("town", "地方", ColumnKind::Text),
        ),
        Group::Area(level) => (area(level, ""), area_column(level)),
        // Reports and fields are keys of records only.
        Group::Year | Group::Report | Group::Field(_) => {
            let column = Column::new("year", "年份", ColumnKind::Year);
            ("row_year".to_owned(), column)
        }
    }
}

/// The column that says which area of a level it is.
pub(super) fn area_column(level: Level) -> Column {
    match level {
        Level::County => Column::new("county", "区县", ColumnKind::Text),
        Level::City => Column::new("city", "市", ColumnKind::Text),
        Level::Province => Column::new("province", "省份", ColumnKind::Text),
    }
}

fn value_column(
    summary: &Summary,
    single: bool,
    slots: &Slots,
    catalog: &Catalog,
) -> (Column, Option<String>) {
    let figure = summary.of.figures()[0];
    let slot = &slots.0[slots.index(figure)];
    let unit = match &summary.of {
        Expr::Combined(_, Operator::Divide, _) => Some(String::new()),
        Expr::Figure(figure) if percent(figure.aspect) => Some("%".to_owned()),
        Expr::Combined(_, Operator::Against, _) => Some("%".to_owned()),
        Expr::Combined(left, operator, _) => {
            sum_unit(left, *operator, slot.unit(catalog)).map(str::to_owned)
        }
        _ => slot.unit(catalog).map(str::to_owned),
    };
    let kind = match &summary.of {
        Expr::Combined(_, Operator::Divide, _) => ColumnKind::Number,
        Expr::Figure(figure) if percent(figure.aspect) => ColumnKind::Growth,
        _ => ColumnKind::Value,
    };
    let (of_en, of_zh) = crate::query::say::expr_names(&summary.of, catalog);
    let (en, zh) = crate::query::say::aggregate_names(summary.aggregate);
    let mut column = Column::new("value", "", kind).in_unit(unit.as_deref());
    column.derived = matches!(summary.aggregate, Aggregate::Average | Aggregate::Median);
    column.added_up = summary.aggregate == Aggregate::Total;
    column.title_en = format!("{en} {of_en}");
    column.title_zh = format!("{zh}{of_zh}");
    if !single {
        column.name.clone_from(&column.title_en);
    }
    (column, unit)
}

const fn percent(aspect: Aspect) -> bool {
    matches!(
        aspect,
        Aspect::Growth | Aspect::TargetGrowth | Aspect::TargetGrowthOfYear | Aspect::Completion
    )
}

/// Years in their order, other groups by their first value; `top` cuts here.
fn order_and_limit(
    plan: &Plan,
    keys: &[Group],
    names: &[String],
    columns: &[(String, Field)],
) -> (String, String) {
    let take = plan.steps.iter().rev().find_map(|step| match step {
        Step::Take {
            count,
            first,
            others: false,
            ..
        } => Some((*count, *first)),
        Step::Take { first, .. } => Some((u32::MAX, *first)),
        Step::Limit(count) => Some((*count, true)),
        _ => None,
    });
    let value = columns.get(keys.len()).map_or("1", |(sql, _)| sql.as_str());
    let order = match (keys, take) {
        ([Group::Year], None) => names[0].clone(),
        ([], None) => "1".to_owned(),
        (_, Some((_, false))) => format!("{value} ASC"),
        _ => format!("{value} DESC, 1"),
    };
    (
        order,
        take.map_or(String::new(), |(count, _)| format!("\nLIMIT {count}")),
    )
}

/// Whether what is put together is the years of one place.
fn is_of_years(plan: &Plan) -> bool {
    matches!(plan.scope.places[..], [PlaceScope::Own { .. }])
        && !matches!(plan.scope.years, Years::Latest | Years::One(_))
}
