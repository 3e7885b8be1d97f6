//! From a row of the statement to a row of the answer, and what is only counted of it.

use serde::Deserialize;

use super::a_year;
use super::absence::Named;
use super::{Absence, Cell, Row, Source};
use crate::fact::{Value, added};
use crate::query::Lang;
use crate::query::sql::{Column, ColumnKind, Field};

/// The unit of a change in percentage points.
const POINTS: &str = "百分点";

/// What a row says besides its cells, for the notes.
#[derive(Debug, Clone, Default)]
pub(super) struct Aside {
    /// The row's place, and what it lies in: province, city and county.
    pub(super) place: Option<i64>,
    pub(super) lies: String,
    pub(super) stated_year: Option<i64>,
    pub(super) reported: bool,
    pub(super) abouts: Vec<i64>,
    pub(super) estimates: i64,
    pub(super) part_year: i64,
    pub(super) bounds: i64,
    pub(super) years: Option<(i64, i64)>,
    /// Figures that name what the row does not give.
    pub(super) named: Vec<Named>,
}

pub(super) fn decode(
    fields: &[Field],
    columns: &[Column],
    values: Vec<Value>,
    lang: Lang,
) -> (Row, Aside) {
    let mut cells: Vec<Cell> = Vec::with_capacity(columns.len());
    let (mut sources, mut unread) = (Vec::new(), 0);
    // The figures that say the row's values, each with the column of its value.
    let mut figures: Vec<(i64, usize)> = Vec::new();
    // A record is of a report by being there.
    let mut aside = Aside {
        reported: !fields.contains(&Field::Reported),
        ..Aside::default()
    };
    for (field, value) in fields.iter().zip(values) {
        let number = value.integer();
        match field {
            Field::Shown(column) => {
                if column.kind == ColumnKind::Status {
                    qualify(columns, &mut cells, value.text());
                }
                let value = match column.over_years {
                    Some(years) => a_year::rate(value.number(), years),
                    None => value,
                };
                let beside_value = column.kind == ColumnKind::Growth
                    && last_value(columns, &cells).is_some_and(|at| !cells[at].value.is_null());
                cells.push(Cell {
                    value,
                    beside_value,
                    ..Cell::default()
                });
            }
            Field::InChinese => {
                if lang == Lang::Zh && !value.is_null() {
                    set(&mut cells, |cell| cell.value = value);
                }
            }
            Field::High => set(&mut cells, |cell| cell.high = value.number()),
            Field::Absent => {
                let named = value.text().and_then(|said| Named::read(said, cells.len()));
                let number = number.or_else(|| named.as_ref().map(|named| named.reason));
                set(&mut cells, |cell| {
                    cell.absence = number.and_then(Absence::numbered);
                });
                aside.named.extend(named);
            }
            Field::Unit => {
                let column = cells.len().checked_sub(1).and_then(|at| columns.get(at));
                let of_column = column.and_then(|column| column.unit.as_deref());
                let unit = value.text().filter(|own| Some(*own) != of_column);
                set(&mut cells, |cell| cell.unit = unit.map(str::to_owned));
            }
            Field::Bound => set(&mut cells, |cell| {
                cell.bound = value
                    .text()
                    .filter(|bound| *bound != "eq")
                    .map(str::to_owned);
            }),
            Field::Period => set(&mut cells, |cell| {
                cell.period = value
                    .text()
                    .filter(|period| !matches!(*period, "year" | "as-of"))
                    .map(str::to_owned);
            }),
            Field::Label => set(&mut cells, |cell| {
                let added = value.text().and_then(added);
                cell.added = added.filter(|_| !cell.value.is_null());
            }),
            Field::About => aside.abouts.extend(number),
            Field::Status => qualify(columns, &mut cells, value.text()),
            Field::PlaceId => aside.place = number,
            Field::Lies => {
                if let Value::Text(lies) = value {
                    aside.lies = lies;
                }
            }
            Field::Figure => figures.extend(number.map(|id| (id, cells.len().saturating_sub(1)))),
            Field::WorkedOut => set(&mut cells, |cell| {
                cell.worked_out = number == Some(1) && !cell.value.is_null();
            }),
            Field::GrowthKind => set(&mut cells, |cell| against(cell, value.text())),
            Field::StatedYear => aside.stated_year = number,
            Field::Reported => aside.reported = number == Some(1),
            Field::Estimates => aside.estimates += number.unwrap_or(0),
            Field::PartYear => aside.part_year += number.unwrap_or(0),
            Field::Bounds => aside.bounds += number.unwrap_or(0),
            Field::FirstYear => {
                let year = number.unwrap_or(i64::MAX);
                let held = aside.years.unwrap_or((i64::MAX, i64::MIN));
                aside.years = Some((held.0.min(year), held.1));
            }
            Field::LastYear => {
                let year = number.unwrap_or(i64::MIN);
                let held = aside.years.unwrap_or((i64::MAX, i64::MIN));
                aside.years = Some((held.0, held.1.max(year)));
            }
            Field::Told(_) => {}
            Field::Sources => {
                (sources, unread) = value.text().map(read_sources).unwrap_or_default();
            }
        }
    }
    for source in &mut sources {
        let said = |(id, _): &&(i64, usize)| Some(*id) == source.figure;
        source.column = figures.iter().find(said).map(|(_, at)| *at);
    }
    sources.dedup();
    let row = Row {
        cells,
        sources,
        unread,
    };
    (row, aside)
}

/// The last column of values among those of these cells.
fn last_value(columns: &[Column], cells: &[Cell]) -> Option<usize> {
    let mut kinds = columns[..cells.len()].iter().map(|column| column.kind);
    kinds.rposition(|kind| kind == ColumnKind::Value)
}

/// The last value, and its growth behind it, are of this status.
fn qualify(columns: &[Column], cells: &mut [Cell], status: Option<&str>) {
    let Some(status) = status.filter(|status| *status != "actual") else {
        return;
    };
    let first = last_value(columns, cells);
    let kinds = columns.iter().map(|column| column.kind);
    for (cell, kind) in cells.iter_mut().zip(kinds).skip(first.unwrap_or(0)) {
        if matches!(kind, ColumnKind::Value | ColumnKind::Growth) && !cell.value.is_null() {
            cell.status = Some(status.to_owned());
        }
    }
}

/// What the growth in a cell is against, where that is not the year before.
fn against(cell: &mut Cell, kind: Option<&str>) {
    let Some(kind) = kind.filter(|_| !cell.value.is_null()) else {
        return;
    };
    let against = kind.strip_prefix("pp");
    if against.is_some() {
        cell.unit = Some(POINTS.to_owned());
    }
    let against = against.map_or(kind, |kind| kind.trim_start_matches('-'));
    cell.against = Some(against)
        .filter(|against| matches!(*against, "avg" | "cum"))
        .map(str::to_owned);
}

/// An array of sources, or of such arrays where the row is of several places; and how many were left unread behind it.
fn read_sources(json: &str) -> (Vec<Source>, usize) {
    let read: Vec<Nested> = serde_json::from_str(json).unwrap_or_default();
    in_order(read)
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Nested {
    /// In whatever order they were found, with the number of the report that each is of.
    Found(i64, Source),
    One(Source),
    Several(Vec<Self>),
    Unread {
        unread: usize,
    },
}

/// What was found for one place in the order of its reports and their texts, all else in that in which it is given.
fn in_order(read: Vec<Nested>) -> (Vec<Source>, usize) {
    let (mut found, mut sources, mut left) = (Vec::new(), Vec::new(), 0);
    for nested in read {
        match nested {
            Nested::Found(report, source) => found.push((report, source)),
            Nested::One(source) => sources.push(source),
            Nested::Several(several) => {
                let (several, unread) = in_order(several);
                sources.extend(several);
                left += unread;
            }
            Nested::Unread { unread } => left += unread,
        }
    }
    found.sort_by_key(|(report, source)| (*report, source.start, source.figure));
    sources.extend(found.into_iter().map(|(_, source)| source));
    (sources, left)
}

fn set(cells: &mut [Cell], change: impl FnOnce(&mut Cell)) {
    if let Some(cell) = cells.last_mut() {
        change(cell);
    }
}
