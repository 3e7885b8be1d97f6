//! Places of one name are told apart by what they lie in.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{Aside, Column, Field, Row};
use crate::fact::Value;
use crate::query::Compiled;
use crate::query::plan::Plan;
use crate::query::sql::Sql;

/// The column that names the place of a row.
const PLACE: &str = "town";

/// The column as it is headed: its name is that of the column of places whatever they are, its heading says `town` of
/// towns alone.
pub(super) fn headed(column: &Column, plan: &Plan) -> Column {
    let mut column = column.clone();
    if column.name == PLACE && !plan.is_of_towns() {
        "place".clone_into(&mut column.title_en);
    }
    column
}

fn begin_with_place(columns: &[Column]) -> bool {
    columns.first().is_some_and(|column| column.name == PLACE)
}

/// The places that share their names with others of these rows, by number, with what they are called then.
pub(super) fn homonyms(columns: &[Column], rows: &[Row], asides: &[Aside]) -> HashMap<i64, String> {
    if !begin_with_place(columns) {
        return HashMap::new();
    }
    let places = rows.iter().zip(asides).filter_map(|(row, aside)| {
        let name = row.cells.first()?.value.text()?;
        Some((aside.place?, name, aside.lies.as_str()))
    });
    told_apart(places)
}

/// The same of the rows of [`homonyms_sql`].
pub(super) fn of_rows(rows: &[Vec<Value>]) -> HashMap<i64, String> {
    told_apart(rows.iter().filter_map(|row| match &row[..] {
        [id, name, lies] => Some((id.integer()?, name.text()?, lies.text()?)),
        _ => None,
    }))
}

/// The same from the store, a row a place; `None` where rows are of no places.
pub(super) fn homonyms_sql(compiled: &Compiled) -> Option<Sql> {
    let fields = &compiled.fields;
    let place = fields
        .iter()
        .position(|field| matches!(field, Field::Shown(_)))?;
    let is_place = matches!(&fields[place], Field::Shown(column) if column.name == PLACE);
    let id = fields.iter().position(|field| *field == Field::PlaceId)?;
    let lies = fields.iter().position(|field| *field == Field::Lies)?;
    let names: Vec<String> = (0..fields.len()).map(|at| format!("c{at}")).collect();
    let (names, rows) = (names.join(", "), &compiled.numbered.text);
    let text = format!(
        "WITH answer ({names}) AS ({rows})\nSELECT id, name, lies FROM (SELECT *, COUNT(*) OVER (PARTITION BY name) AS alike \
         FROM (SELECT DISTINCT c{id} AS id, c{place} AS name, c{lies} AS lies FROM answer WHERE c{place} IS NOT NULL)) WHERE alike > 1"
    );
    is_place.then(|| Sql {
        text,
        params: compiled.numbered.params.clone(),
    })
}

/// Places by number, name and what they lie in → those of one name, told apart.
fn told_apart<'a>(
    places: impl Iterator<Item = (i64, &'a str, &'a str)> + Clone,
) -> HashMap<i64, String> {
    // Most names are one place's: these are only held against each other.
    let (mut first, mut several) = (HashMap::new(), HashSet::new());
    for (id, name, _) in places.clone() {
        if *first.entry(name).or_insert(id) != id {
            several.insert(name);
        }
    }
    let mut of_name: HashMap<&str, BTreeMap<i64, &str>> = HashMap::new();
    if !several.is_empty() {
        for (id, name, lies) in places.filter(|(_, name, _)| several.contains(name)) {
            of_name.entry(name).or_default().insert(id, lies);
        }
    }
    of_name
        .into_iter()
        .flat_map(|(name, places)| {
            // The narrowest areas that tell all of them apart, as few as do.
            let called = |most: usize| -> BTreeMap<i64, String> {
                let each = places.iter();
                each.map(|(id, lies)| (*id, format!("{}{name}", areas(lies, most))))
                    .collect()
            };
            let is_enough = |called: &BTreeMap<i64, String>| {
                called.values().collect::<BTreeSet<_>>().len() == places.len()
            };
            (1..3)
                .map(called)
                .find(is_enough)
                .unwrap_or_else(|| called(3))
        })
        .collect()
}

/// So many of the areas at most that a place lies in, the narrowest ones: 南京市; a municipality is city and province.
fn areas(lies: &str, most: usize) -> String {
    let mut known: Vec<&str> = lies.split('/').filter(|area| !area.is_empty()).collect();
    known.dedup();
    known[known.len().saturating_sub(most)..].concat()
}

/// Calls such places by what they lie in too.
pub(super) fn tell_apart(
    columns: &[Column],
    rows: &mut [Row],
    asides: &[Aside],
    homonyms: &HashMap<i64, String>,
) {
    if homonyms.is_empty() || !begin_with_place(columns) {
        return;
    }
    for (row, aside) in rows.iter_mut().zip(asides) {
        if let Some(called) = aside.place.and_then(|place| homonyms.get(&place))
            && let Some(cell) = row.cells.first_mut()
        {
            cell.value = Value::Text(called.clone());
        }
    }
}
