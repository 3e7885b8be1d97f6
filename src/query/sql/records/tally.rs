//! Records counted or added up by what they share.

use super::super::Params;
use super::super::column::{Column, ColumnKind, Field as Read};
use super::super::groups::{area, area_column};
use super::super::project::{Projection, of_place};
use super::field;
use super::shape::{NO_SOURCE, Shape};
use crate::query::catalog::Catalog;
use crate::query::plan::{Aggregate, Expr, Field, Group, Plan, Shown, Summary};
use crate::query::unit;

pub(super) fn select(
    plan: &Plan,
    shape: &Shape,
    from: &str,
    (end_taken, limit): (Option<bool>, &str),
    catalog: &Catalog,
    params: &Params,
) -> (Projection, String) {
    let (keys, summaries): (&[Group], &[Summary]) = match &plan.shown {
        Shown::Groups(keys, summaries) => (keys, summaries),
        _ => (&[], &[]),
    };
    let mut group: Vec<String> = Vec::new();
    let mut columns: Vec<(String, Read)> = Vec::new();
    for key in keys {
        let (sql, column) = key_column(*key, plan, shape, params);
        group.push(group_key(*key, plan, shape, params));
        columns.push((sql, Read::Shown(column)));
    }
    // Yuan and metres are not added up: a row for each unit, and one for all that is counted.
    let of_value = summaries
        .iter()
        .any(|summary| matches!(summary.of, Expr::Field(Field::Value | Field::LastYear)));
    let measured = format!("CASE WHEN r.unit IN ({}) THEN r.unit END", unit::measures());
    if of_value {
        group.push(measured.clone());
    }
    let single = summaries.len() == 1;
    let direction = if end_taken == Some(false) {
        "ASC"
    } else {
        "DESC"
    };
    let mut order = format!("COUNT(*) {direction}");
    for (at, summary) in summaries.iter().enumerate() {
        let Expr::Field(of) = summary.of else {
            continue;
        };
        let x = field::sql(of, plan.rows, params);
        let value = aggregate(summary.aggregate, &x);
        if at == 0 {
            order = format!("{value} {direction}");
        }
        let (en, zh) = crate::query::say::aggregate_names(summary.aggregate);
        let (of_en, of_zh) = crate::query::say::expr_names(&summary.of, catalog);
        let mut column = field::column(of);
        column.name = if single {
            "value".to_owned()
        } else {
            format!("{en}_{}", column.name)
        };
        column.title_en = format!("{en} {of_en}");
        column.title_zh = format!("{zh}{of_zh}");
        column.derived = matches!(summary.aggregate, Aggregate::Average | Aggregate::Median);
        column.added_up = summary.aggregate == Aggregate::Total;
        columns.push((value, Read::Shown(column)));
        if matches!(of, Field::Value | Field::LastYear) {
            let mut unit = field::column(Field::Unit);
            if !single {
                unit.name = format!("unit_{}", at + 1);
            }
            columns.push((measured.clone(), Read::Shown(unit)));
        }
    }
    // With one MAX or MIN, SQLite takes bare columns from the row that has it.
    let end = single && matches!(summaries[0].aggregate, Aggregate::Max | Aggregate::Min);
    if end && !keys.contains(&Group::Place) {
        columns.push((
            "place.name".to_owned(),
            Read::Shown(Column::new("town", "地方", ColumnKind::Text)),
        ));
    }
    columns.push((
        "COUNT(*)".to_owned(),
        Read::Shown(Column::new("count", "数目", ColumnKind::Count)),
    ));
    if of_value {
        columns.push(("SUM(r.status = 'estimate')".to_owned(), Read::Estimates));
        columns.push((
            "SUM(r.bound IN ('gt', 'ge', 'lt', 'le', 'range'))".to_owned(),
            Read::Bounds,
        ));
    }
    if keys.contains(&Group::Place) {
        columns.extend(of_place("place.id", "place."));
    }
    columns.push((
        if end || shape.source == NO_SOURCE {
            shape.source.to_owned()
        } else {
            format!("json_group_array(json({}))", shape.source)
        },
        Read::Sources,
    ));
    let by = if group.is_empty() {
        String::new()
    } else {
        format!("\nGROUP BY {}", group.join(", "))
    };
    let order = match keys {
        // Years stand in their order, but where those with the most or the fewest are asked for.
        [Group::Year] if end_taken.is_none() => format!("{}, {order}", shape.year),
        _ => format!("{order}, 1"),
    };
    let having = if summaries.is_empty() {
        String::new()
    } else {
        format!("\nHAVING {} IS NOT NULL", columns[keys.len()].0)
    };
    let from = format!("\nFROM {from}{by}{having}\nORDER BY {order}{limit}");
    (columns, from)
}

fn aggregate(aggregate: Aggregate, x: &str) -> String {
    match aggregate {
        Aggregate::Total => format!("SUM({x})"),
        Aggregate::Average => format!("AVG({x})"),
        Aggregate::Max => format!("MAX({x})"),
        Aggregate::Min => format!("MIN({x})"),
        // The middle of the ordered list, or the mean of the two in the middle.
        Aggregate::Median => format!(
            "(SELECT AVG(value) FROM (SELECT value, ROW_NUMBER() OVER (ORDER BY value) AS turn, COUNT(*) OVER () AS n \
             FROM json_each(json_group_array({x})) WHERE value IS NOT NULL) WHERE turn IN ((n + 1) / 2, (n + 2) / 2))"
        ),
    }
}

/// What tells the groups of a key apart: two places of one name are two.
pub(super) fn group_key(key: Group, plan: &Plan, shape: &Shape, params: &Params) -> String {
    match key {
        Group::Place => "place.id".to_owned(),
        Group::Report => "s.id".to_owned(),
        _ => key_column(key, plan, shape, params).0,
    }
}

fn key_column(key: Group, plan: &Plan, shape: &Shape, params: &Params) -> (String, Column) {
    let text = |name: &str, zh: &str| Column::new(name, zh, ColumnKind::Text);
    match key {
        Group::Place => ("place.name".to_owned(), text("town", "地方")),
        Group::Area(level) => (area(level, "place."), area_column(level)),
        Group::Year => (
            shape.year.to_owned(),
            Column::new("year", "年份", ColumnKind::Year),
        ),
        Group::Report => ("d.name".to_owned(), text("document", "文件")),
        Group::Field(field) => {
            let mut column = field::column(field);
            // A unit that rows are told apart by is of no value beside it.
            if column.kind == ColumnKind::Unit {
                column.kind = ColumnKind::Text;
            }
            (field::sql(field, plan.rows, params), column)
        }
    }
}
