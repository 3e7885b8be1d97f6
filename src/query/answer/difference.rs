//! How far two places that stand beside each other are apart: a column behind them, worked out.

use super::turn::Beside;
use super::{Answer, Cell, Column, ColumnKind, Row};
use crate::fact::Value;

/// Puts the first less the second behind two places, where both speak of the same year and state what has one unit.
pub(super) fn add(places: &[Beside], answer: &mut Answer) {
    let [first, second] = places else {
        return;
    };
    let end = answer.columns.len();
    if first.year != second.year || end < 4 {
        return;
    }
    let apart: Vec<Option<Cell>> = answer
        .rows
        .iter()
        .map(|row| difference(row, end - 3, end - 2, end - 1))
        .collect();
    if apart.iter().all(Option::is_none) {
        return;
    }
    let mut column = Column::new("difference", "相差", ColumnKind::Value);
    column.derived = true;
    answer.columns.push(column);
    for (row, cell) in answer.rows.iter_mut().zip(apart) {
        row.cells.push(cell.unwrap_or_default());
    }
}

/// `None` where one of them is not known to the end, or they have not the same unit.
fn difference(row: &Row, unit: usize, first: usize, second: usize) -> Option<Cell> {
    let of_row = row.cells[unit].value.text();
    let (first, second) = (&row.cells[first], &row.cells[second]);
    let own = |cell: &Cell| cell.unit.clone();
    let alike = own(first) == own(second)
        && first.period == second.period
        && first.against == second.against;
    let is_known = |cell: &&Cell| {
        cell.high.is_none() && matches!(cell.bound.as_deref(), None | Some("approx"))
    };
    let both = [first, second];
    if !alike || !both.iter().all(is_known) {
        return None;
    }
    let value = first.value.number()? - second.value.number()?;
    // Decimals that no report writes come from how numbers are held.
    let value = (value * 1e6).round() / 1e6;
    let is_rough = both.iter().any(|cell| cell.bound.is_some());
    let of_both = own(first).or_else(|| of_row.map(str::to_owned));
    // What lies between two shares is no share.
    let is_share = of_both.as_deref() == Some("%");
    Some(Cell {
        value: Value::Real(value),
        unit: if is_share {
            Some("百分点".to_owned())
        } else {
            own(first)
        },
        is_growth: is_share,
        bound: is_rough.then(|| "approx".to_owned()),
        ..Cell::default()
    })
}
