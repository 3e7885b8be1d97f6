//! Places of one name are told apart by their county.

use std::collections::{BTreeSet, HashMap, HashSet};

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

/// The names that places of several counties have among these rows.
pub(super) fn homonyms(columns: &[Column], rows: &[Row], asides: &[Aside]) -> HashSet<String> {
    if !begin_with_place(columns) {
        return HashSet::new();
    }
    let mut counties: HashMap<&str, BTreeSet<Option<&str>>> = HashMap::new();
    for (row, aside) in rows.iter().zip(asides) {
        if let Some(name) = row.cells.first().and_then(|cell| cell.value.text()) {
            let of_name = counties.entry(name).or_default();
            of_name.insert(aside.county.as_deref());
        }
    }
    let several = counties.into_iter().filter(|(_, found)| found.len() > 1);
    several.map(|(name, _)| name.to_owned()).collect()
}

/// The same from the store, a row a name; `None` where rows are no places of a county.
pub(super) fn homonyms_sql(compiled: &Compiled) -> Option<Sql> {
    let fields = &compiled.fields;
    let place = fields
        .iter()
        .position(|field| matches!(field, Field::Shown(_)))?;
    let is_place = matches!(&fields[place], Field::Shown(column) if column.name == PLACE);
    let county = fields.iter().position(|field| *field == Field::County)?;
    let names: Vec<String> = (0..fields.len()).map(|at| format!("c{at}")).collect();
    let (names, rows) = (names.join(", "), &compiled.numbered.text);
    let text = format!(
        "WITH answer ({names}) AS ({rows})\nSELECT c{place} FROM (SELECT DISTINCT c{place}, c{county} FROM answer)\n\
         WHERE c{place} IS NOT NULL GROUP BY 1 HAVING COUNT(*) > 1"
    );
    is_place.then(|| Sql {
        text,
        params: compiled.numbered.params.clone(),
    })
}

/// Puts the county before such names.
pub(super) fn tell_apart(
    columns: &[Column],
    rows: &mut [Row],
    asides: &[Aside],
    homonyms: &HashSet<String>,
) {
    if homonyms.is_empty() || !begin_with_place(columns) {
        return;
    }
    for (row, aside) in rows.iter_mut().zip(asides) {
        if let Some(cell) = row.cells.first_mut()
            && let Some(name) = cell.value.text()
            && homonyms.contains(name)
            && let Some(county) = &aside.county
        {
            cell.value = Value::Text(format!("{county}{name}"));
        }
    }
}
