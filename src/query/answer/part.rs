//! A place's share of what it lies in, of places beside each other: 长沙GDP占湖南省的比重.

use super::turn::Beside;
use super::{Answer, Cell, Column, ColumnKind};
use crate::fact::Value;
use crate::query::plan::{PlaceScope, Plan, Years};

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
        let part = both.and_then(|(part, whole)| Some(number(part)? / number(whole)?));
        let value = part
            .filter(|part| part.is_finite())
            .map_or(Value::Null, |part| {
                Value::Real((part * 10_000.0).round() / 100.0)
            });
        row.cells.push(Cell {
            value,
            ..Cell::default()
        });
    }
    let has_share = |row: &super::Row| row.cells.last().is_some_and(|cell| !cell.value.is_null());
    if plan.scope.years == Years::Every && answer.rows.iter().any(has_share) {
        answer.rows.retain(has_share);
    }
}
