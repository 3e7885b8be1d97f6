//! What a question asks of the look of its rows: others put together, shares, a unit of its own.

use super::{Answer, Cell, Column, ColumnKind, Note, Row};
use crate::fact::Value;
use crate::query::plan::{Expr, Measure, Plan, Scaled, Shown, Step};
use crate::query::sql::is_mean;
use crate::query::unit;

/// Applies the view of a plan to its answer.
pub(super) fn apply(plan: &Plan, answer: &mut Answer) {
    if let Some(count) = others(plan) {
        put_together(plan, answer, count);
    }
    // Rows that are counted have their share of all beside them.
    let is_stated =
        matches!(plan.shown, Shown::Compared(_)) || plan.counted && answer.columns.len() > 1;
    if plan.view.share && !is_stated {
        share(answer);
    }
    if let Some(scaled) = &plan.view.scaled {
        scale(answer, scaled);
    }
}

/// Whether the first row cannot be told before the last is read.
pub(super) fn needs_all_rows(plan: &Plan) -> bool {
    plan.view.share || others(plan).is_some()
}

/// Behind how many rows the others become one.
fn others(plan: &Plan) -> Option<usize> {
    plan.steps.iter().rev().find_map(|step| match step {
        Step::Take {
            count,
            others: true,
            ..
        } => Some(*count as usize),
        _ => None,
    })
}

/// The rows behind the first so many become one: values of one unit added up, sources together. Rates and what is per head
/// are not added up.
fn put_together(plan: &Plan, answer: &mut Answer, count: usize) {
    if answer.rows.len() <= count + 1 {
        return;
    }
    let rest = answer.rows.split_off(count);
    let has_mean = plan
        .exprs()
        .into_iter()
        .flat_map(Expr::figures)
        .any(|figure| matches!(&figure.measure, Measure::Indicator(id) if is_mean(id)));
    let mut are_left = false;
    let cells: Vec<Cell> = answer
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let valued = || rest.iter().filter(|row| !row.cells[at].value.is_null());
            let value = match column.kind {
                ColumnKind::Value if valued().next().is_some() => {
                    let unit = common_unit(answer, &rest, at);
                    if has_mean || !unit.as_deref().is_some_and(unit::adds_up) {
                        are_left = true;
                        return Cell::default();
                    }
                    return Cell {
                        unit: unit.filter(|unit| Some(unit) != column.unit.as_ref()),
                        ..added_up(valued().map(|row| &row.cells[at]))
                    };
                }
                ColumnKind::Count if valued().next().is_some() => {
                    return added_up(valued().map(|row| &row.cells[at]));
                }
                // The unit of the rows where they have one.
                ColumnKind::Unit => one_of(&rest, at),
                ColumnKind::Text if at == 0 => Value::Text(match answer.lang {
                    crate::query::Lang::En => format!("others ({})", rest.len()),
                    crate::query::Lang::Zh => format!("其余{}个", rest.len()),
                }),
                _ => Value::Null,
            };
            Cell {
                value,
                ..Cell::default()
            }
        })
        .collect();
    if are_left {
        answer.notes.push(Note {
            code: "not-added",
            en: "of the others there is no sum: rates, what is per head and values in several units are not added up"
                .to_owned(),
            zh: "其余的没有合计：比率、人均数和单位不同的数不相加".to_owned(),
        });
    }
    let unread = rest.iter().map(|row| row.unread).sum();
    let sources = rest.into_iter().flat_map(|row| row.sources).collect();
    answer.rows.push(Row {
        cells,
        sources,
        unread,
    });
}

/// The unit that all these rows have their values in.
fn common_unit(answer: &Answer, rows: &[Row], at: usize) -> Option<String> {
    let column = &answer.columns[at];
    let behind = answer.columns.get(at + 1);
    let has_units = behind.is_some_and(|next| next.kind == ColumnKind::Unit);
    let unit = |row: &Row| {
        let cell = &row.cells[at];
        let own = cell.unit.as_deref();
        let own = own.or_else(|| row.cells.get(at + 1).filter(|_| has_units)?.value.text());
        own.or(column.unit.as_deref()).map(str::to_owned)
    };
    let mut units = rows
        .iter()
        .filter(|row| !row.cells[at].value.is_null())
        .map(unit);
    let first = units.next()??;
    units
        .all(|unit| unit.as_ref() == Some(&first))
        .then_some(first)
}

/// The sum of values, which is as much a bound as they are.
fn added_up<'a>(cells: impl Iterator<Item = &'a Cell> + Clone) -> Cell {
    let is = |bounds: &[&str]| {
        let mut own = cells.clone().filter_map(|cell| cell.bound.as_deref());
        own.any(|bound| bounds.contains(&bound))
    };
    let bound = match (
        is(&["gt", "ge"]),
        is(&["lt", "le"]),
        is(&["approx", "range"]),
    ) {
        (false, false, false) => None,
        (true, false, false) => Some("ge"),
        (false, true, false) => Some("le"),
        _ => Some("approx"),
    };
    Cell {
        value: Value::Real(cells.filter_map(|cell| cell.value.number()).sum()),
        bound: bound.map(str::to_owned),
        worked_out: true,
        ..Cell::default()
    }
}

fn one_of(rows: &[Row], at: usize) -> Value {
    let first = &rows[0].cells[at].value;
    if rows.iter().all(|row| row.cells[at].value == *first) {
        first.clone()
    } else {
        Value::Null
    }
}

/// Each value's part of the sum of its column, behind the first column of values.
fn share(answer: &mut Answer) {
    let Some(at) = answer
        .columns
        .iter()
        .position(|column| matches!(column.kind, ColumnKind::Value | ColumnKind::Count))
    else {
        return;
    };
    let sum: f64 = answer
        .rows
        .iter()
        .filter_map(|row| row.cells[at].value.number())
        .sum();
    // Yuan and people have no common sum.
    let unit = answer
        .columns
        .get(at + 1)
        .filter(|next| next.kind == ColumnKind::Unit);
    let mixed = unit.is_some() && one_of_valued(answer, at).is_none()
        || answer.rows.iter().any(|row| row.cells[at].unit.is_some());
    let mut column = Column::new("share", "占比", ColumnKind::Number)
        .in_unit(Some("%"))
        .derived();
    "share of the sum".clone_into(&mut column.title_en);
    answer.columns.insert(at + 1, column);
    for row in &mut answer.rows {
        for source in &mut row.sources {
            source.column = source.column.map(|own| own + usize::from(own > at));
        }
        let value = row.cells[at].value.number();
        let part = value
            .filter(|_| sum > 0.0 && !mixed)
            .map_or(Value::Null, |value| {
                Value::Real((value / sum * 10_000.0).round() / 100.0)
            });
        row.cells.insert(
            at + 1,
            Cell {
                value: part,
                ..Cell::default()
            },
        );
    }
    let has_part = |row: &Row| !row.cells[at + 1].value.is_null();
    if !answer.rows.is_empty() && !answer.rows.iter().any(has_part) {
        answer.notes.push(no_share());
    }
    // The unit stays right behind its value.
    if answer
        .columns
        .get(at + 2)
        .is_some_and(|column| column.kind == ColumnKind::Unit)
    {
        answer.columns.swap(at + 1, at + 2);
        for row in &mut answer.rows {
            row.cells.swap(at + 1, at + 2);
        }
    }
}

/// A column that is empty throughout is not shown, and what was asked for is not passed over.
pub(super) fn no_share() -> Note {
    Note {
        code: "no-share",
        en: "no share is worked out: the values are not of one unit and year, or not stated"
            .to_owned(),
        zh: "没有算出占比：数值的单位或年份不一致，或没有给出".to_owned(),
    }
}

/// The unit of all rows that have a value, where it is one.
fn one_of_valued(answer: &Answer, at: usize) -> Option<&Value> {
    let mut units = answer
        .rows
        .iter()
        .filter(|row| !row.cells[at].value.is_null())
        .map(|row| &row.cells[at + 1].value);
    let first = units.next()?;
    units.all(|unit| unit == first).then_some(first)
}

/// Values of the unit's dimension in that unit.
fn scale(answer: &mut Answer, scaled: &Scaled) {
    for at in 0..answer.columns.len() {
        let column = &answer.columns[at];
        if column.kind != ColumnKind::Value {
            continue;
        }
        if let Some(base) = column.unit.clone() {
            if let Some(factor) = factor(&base, scaled) {
                for row in &mut answer.rows {
                    times(&mut row.cells[at], factor);
                }
                let column = &mut answer.columns[at];
                column.unit = Some(scaled.word.clone());
                column.fixed = true;
                // The unit that stands behind each value is no longer its unit.
                if answer
                    .columns
                    .get(at + 1)
                    .is_some_and(|next| next.kind == ColumnKind::Unit)
                {
                    for row in &mut answer.rows {
                        let unit = &mut row.cells[at + 1].value;
                        if unit.text() == Some(base.as_str()) {
                            *unit = Value::Text(scaled.word.clone());
                        }
                    }
                }
                continue;
            }
            // Exports in yuan and in dollars: those in the unit that is asked for have it themselves.
            for row in &mut answer.rows {
                let cell = &mut row.cells[at];
                if let Some(factor) = cell.unit.as_deref().and_then(|own| factor(own, scaled)) {
                    times(cell, factor);
                    cell.unit = Some(scaled.word.clone());
                }
            }
        }
        let unit_at = answer
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| column.kind == ColumnKind::Unit)
            .map(|(place, _)| place)
            .min_by_key(|place| place.abs_diff(at + 1));
        let Some(unit_at) = unit_at else { continue };
        for row in &mut answer.rows {
            let base = row.cells[unit_at].value.text().map(str::to_owned);
            if let Some(factor) = base.and_then(|base| factor(&base, scaled)) {
                times(&mut row.cells[at], factor);
                row.cells[unit_at].value = Value::Text(scaled.word.clone());
            }
        }
    }
}

/// What a value in a stored unit is multiplied with; `None` where the unit measures something else.
fn factor(base: &str, scaled: &Scaled) -> Option<f64> {
    let (from, to) = (unit::stored(base)?, unit::stored(&scaled.unit)?);
    if from.dimension != to.dimension {
        return None;
    }
    let one = unit::convert(rust_decimal::Decimal::ONE, from, to)?.checked_div(scaled.factor)?;
    one.to_string().parse().ok()
}

fn times(cell: &mut Cell, factor: f64) {
    // A product of doubles has digits that nobody stated; twelve are more than any report states.
    let product = |value: f64| {
        let digits = format!("{:.11e}", value * factor);
        digits.parse().unwrap_or(value * factor)
    };
    if let Some(value) = cell.value.number() {
        cell.value = Value::Real(product(value));
    }
    cell.high = cell.high.map(product);
}
