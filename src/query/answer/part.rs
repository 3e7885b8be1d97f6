//! A place's share of what it lies in, of places beside each other: 长沙GDP占湖南省的比重.

use std::collections::HashMap;

use super::turn::Beside;
use super::{Answer, Aside, Cell, Column, ColumnKind, Row};
use crate::fact::Value;
use crate::query::plan::{PlaceScope, Plan, Shown, Years};

/// A column behind the places: what the first place that is asked about has of the second, in percent. `places` are
/// those of the last columns; of two different years there is no share.
///
/// Where all years were asked for, those stay that have a share, if there is one.
pub(super) fn of_whole(plan: &Plan, places: &[Beside], answer: &mut Answer) {
    let column = |scope: &PlaceScope| match scope {
        PlaceScope::Own { id, .. } => {
            let place = places.iter().position(|held| held.id == Some(*id))?;
            Some((
                answer.columns.len() - places.len() + place,
                places[place].year,
            ))
        }
        PlaceScope::Within { .. } => None,
    };
    let found: Vec<Option<(usize, Option<i64>)>> = plan.scope.places.iter().map(column).collect();
    let both = match found[..] {
        [Some((part, first)), Some((whole, second))] if first == second => Some((part, whole)),
        _ => None,
    };
    let share = Column::new("share", "占比", ColumnKind::Number);
    answer.columns.push(share.in_unit(Some("%")).derived());
    for row in &mut answer.rows {
        let number = |at: usize| {
            let cell = &row.cells[at];
            let alike = !cell.is_growth && cell.unit.is_none();
            cell.value.number().filter(|_| alike)
        };
        // Nine months are no part of a year.
        let both = both.filter(|(part, whole)| row.cells[*part].period == row.cells[*whole].period);
        let part = both.and_then(|(part, whole)| Some(number(part)? / number(whole)?));
        let bound = both.and_then(|(part, whole)| bound(&row.cells[part], &row.cells[whole]));
        let value = part
            .filter(|part| part.is_finite())
            .map_or(Value::Null, |part| {
                Value::Real((part * 10_000.0).round() / 100.0)
            });
        row.cells.push(Cell {
            bound: bound.filter(|_| !value.is_null()).map(str::to_owned),
            value,
            ..Cell::default()
        });
    }
    let has_share = |row: &Row| row.cells.last().is_some_and(|cell| !cell.value.is_null());
    if !answer.rows.iter().any(has_share) {
        answer.notes.push(super::view::no_share());
    }
    if is_of_all_years(plan) && answer.rows.iter().any(has_share) {
        answer.rows.retain(has_share);
    }
}

/// Where a share of all years is asked for, the rows of the years that have one, if there is such a year: the others are not
/// shown, and nothing is noted of them.
pub(super) fn with_share(
    plan: &Plan,
    columns: &[Column],
    rows: Vec<Row>,
    asides: Vec<Aside>,
) -> (Vec<Row>, Vec<Aside>) {
    if !is_of_all_years(plan) {
        return (rows, asides);
    }
    let values: Vec<usize> = (0..columns.len())
        .filter(|at| columns[*at].kind == ColumnKind::Value)
        .collect();
    let mut stating: HashMap<(Option<i64>, usize), usize> = HashMap::new();
    let year = |row: &Row| row.cells.get(1).and_then(|cell| cell.value.integer());
    for row in &rows {
        for at in &values {
            let cell = &row.cells[*at];
            if !cell.value.is_null() && cell.unit.is_none() {
                *stating.entry((year(row), *at)).or_default() += 1;
            }
        }
    }
    let has_both = |row: &Row| {
        let mut values = values.iter();
        values.any(|at| stating.get(&(year(row), *at)).is_some_and(|n| *n > 1))
    };
    if !rows.iter().any(has_both) {
        return (rows, asides);
    }
    rows.into_iter()
        .zip(asides)
        .filter(|(row, _)| has_both(row))
        .unzip()
}

/// Whether the rows are the shares of all years that have one.
pub(super) fn is_of_all_years(plan: &Plan) -> bool {
    matches!(plan.shown, Shown::Compared(_)) && plan.view.share && plan.scope.years == Years::Every
}

/// How a share bounds the truth: a greater part makes it greater, a greater whole less.
fn bound(part: &Cell, whole: &Cell) -> Option<&'static str> {
    let of = |cell: &Cell| match cell.bound.as_deref() {
        None => 0,
        Some("gt" | "ge") => 1,
        Some("lt" | "le") => -1,
        Some(_) => 2,
    };
    match (of(part), of(whole)) {
        (0, 0) => None,
        (1, 0 | -1) | (0, -1) => Some("ge"),
        (-1, 0 | 1) | (0, 1) => Some("le"),
        _ => Some("approx"),
    }
}
