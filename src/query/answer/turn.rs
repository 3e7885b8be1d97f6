use super::{Absence, Answer, Cell, Column, ColumnKind, Row, Source};
use crate::fact::Value;
use crate::query::Lang;
use crate::query::plan::{PlaceScope, Plan, Rows, Step};

/// A place that has a column.
pub(super) struct Beside {
    /// Its number.
    pub(super) id: Option<i64>,
    name: String,
    /// The year of its column, where it has but one.
    pub(super) year: Option<i64>,
}

/// `compare`: one row a figure, one column a place; where a place has several years, one row a year and figure. `places`
/// are those of the rows, by number. Gives the places of the last columns in their order.
pub(super) fn turn(plan: &Plan, places: &[Option<i64>], answer: &mut Answer) -> Vec<Beside> {
    let name = |row: &Row| row.cells[0].value.text().unwrap_or_default().to_owned();
    let of_row = |at: usize| {
        let id = places.get(at).copied().flatten();
        (id, name(&answer.rows[at]))
    };
    let of_rows: Vec<(Option<i64>, String)> = (0..answer.rows.len()).map(of_row).collect();
    let mut found: Vec<(Option<i64>, String)> = Vec::new();
    for place in unreported(plan, &of_rows).iter().chain(&of_rows) {
        let known = found.iter_mut().find(|held| match place.0 {
            Some(_) => held.0 == place.0,
            None => *held == place,
        });
        match known {
            Some(held) => held.1.clone_from(&place.1),
            None => found.push(place.clone()),
        }
    }
    let rows_of = |(id, name): &(Option<i64>, String)| -> Vec<usize> {
        let is_of = |at: &usize| match id {
            Some(_) => of_rows[*at].0 == *id,
            None => of_rows[*at].1 == *name,
        };
        (0..of_rows.len()).filter(is_of).collect()
    };
    let rows: Vec<Vec<usize>> = found.iter().map(rows_of).collect();
    let is_by_year = rows.iter().any(|rows| rows.len() > 1);
    let beside: Vec<Beside> = found
        .into_iter()
        .zip(&rows)
        .map(|((id, name), rows)| Beside {
            id,
            name,
            year: rows
                .first()
                .filter(|_| !is_by_year)
                .and_then(|at| year(&answer.rows[*at])),
        })
        .collect();
    let turned = Turned {
        answer,
        is_named: are_named(plan),
    };
    (answer.columns, answer.rows) = if is_by_year {
        turned.by_year(&beside, &rows)
    } else {
        turned.at_once(&beside, &rows)
    };
    beside
}

/// The places that are named, all of them, where nothing but their reports decides whether they have a row; with those
/// that have one they are in the order in which they were named.
fn unreported(plan: &Plan, of_rows: &[(Option<i64>, String)]) -> Vec<(Option<i64>, String)> {
    let is_narrowed = |step: &Step| !matches!(step, Step::Sort { .. });
    if of_rows.is_empty()
        || plan.rows != Rows::Places
        || !are_named(plan)
        || plan.steps.iter().any(is_narrowed)
    {
        return Vec::new();
    }
    let named = plan.scope.places.iter();
    named
        .filter_map(|place| match place {
            PlaceScope::Own { id, name } => Some((Some(*id), name.clone())),
            PlaceScope::Within { .. } => None,
        })
        .collect()
}

fn are_named(plan: &Plan) -> bool {
    let is_own = |place: &PlaceScope| matches!(place, PlaceScope::Own { .. });
    !plan.scope.places.is_empty() && plan.scope.places.iter().all(is_own)
}

/// The answer that is turned about.
struct Turned<'a> {
    answer: &'a Answer,
    /// Each place was named, so that one without a row has no report.
    is_named: bool,
}

impl Turned<'_> {
    /// One row a figure.
    fn at_once(&self, places: &[Beside], rows: &[Vec<usize>]) -> (Vec<Column>, Vec<Row>) {
        let mut columns = figure_columns();
        columns.extend(places.iter().map(|place| {
            let Beside { name, year, .. } = place;
            place_column(&year.map_or_else(|| name.clone(), |year| format!("{name} {year}")))
        }));
        let beside: Vec<Option<&Row>> = rows
            .iter()
            .map(|rows| rows.first().map(|at| &self.answer.rows[*at]))
            .collect();
        let mut turned = self.figures(&beside, &[], false);
        if turned.is_empty() {
            turned = self.figures(&beside, &[], true);
        }
        (columns, turned)
    }

    /// One row a year and figure: the places of a year stand beside each other, and what they say behind its last row.
    fn by_year(&self, places: &[Beside], rows: &[Vec<usize>]) -> (Vec<Column>, Vec<Row>) {
        let mut years: Vec<i64> = self.answer.rows.iter().filter_map(year).collect();
        years.sort_unstable();
        years.dedup();
        let mut columns = vec![Column::new("year", "年份", ColumnKind::Year)];
        columns.extend(figure_columns());
        columns.extend(places.iter().map(|place| place_column(&place.name)));
        let of_years = |are_all: bool| -> Vec<Row> {
            let of_year = |each: &i64| {
                let of = |rows: &Vec<usize>| {
                    let mut rows = rows.iter().map(|at| &self.answer.rows[*at]);
                    rows.find(|row| year(row) == Some(*each))
                };
                let beside: Vec<Option<&Row>> = rows.iter().map(of).collect();
                let first = Cell {
                    value: Value::Integer(*each),
                    ..Cell::default()
                };
                self.figures(&beside, &[first], are_all)
            };
            years.iter().flat_map(of_year).collect()
        };
        let mut turned = of_years(false);
        if turned.is_empty() {
            turned = of_years(true);
        }
        (columns, turned)
    }

    /// A row for each figure that one of these rows has, behind the cells `before`, with the sentences that say it; where
    /// all are asked for, one for each value that none has too, which then says why.
    fn figures(&self, beside: &[Option<&Row>], before: &[Cell], are_all: bool) -> Vec<Row> {
        let answer = self.answer;
        let cell = |text: &str| Cell {
            value: Value::Text(text.to_owned()),
            ..Cell::default()
        };
        let mut rows = Vec::new();
        // The column of the answer that each row is made of.
        let mut made_of = Vec::new();
        for (at, column) in answer.columns.iter().enumerate().skip(2) {
            let is_figure = matches!(
                column.kind,
                ColumnKind::Value | ColumnKind::Growth | ColumnKind::Number
            );
            let has = |row: &&Row| !row.cells[at].value.is_null();
            let is_wanted = are_all && column.kind == ColumnKind::Value && !column.derived;
            if !is_figure || !is_wanted && !beside.iter().flatten().any(has) {
                continue;
            }
            let name = match answer.lang {
                Lang::En => &column.title_en,
                Lang::Zh => &column.title_zh,
            };
            let mut cells = before.to_vec();
            cells.push(cell(name));
            cells.push(cell(column.unit.as_deref().unwrap_or_default()));
            // Where there is no row, there is neither a report nor a figure.
            let nothing = Cell {
                absence: (self.is_named && column.kind == ColumnKind::Value)
                    .then_some(Absence::NoReport),
                ..Cell::default()
            };
            cells.extend(beside.iter().map(|row| {
                row.map_or_else(
                    || nothing.clone(),
                    |row| Cell {
                        is_growth: column.kind == ColumnKind::Growth,
                        unit: own_unit(&answer.columns, row, at),
                        ..row.cells[at].clone()
                    },
                )
            }));
            rows.push(Row {
                cells,
                sources: Vec::new(),
                unread: 0,
            });
            made_of.push(at);
        }
        for (at, row) in beside.iter().enumerate() {
            let column = before.len() + 2 + at;
            for source in row.iter().flat_map(|row| &row.sources) {
                if let Some(home) = home(&rows, &made_of, column, source) {
                    rows[home].sources.push(Source {
                        column: Some(column),
                        ..source.clone()
                    });
                }
            }
        }
        rows
    }
}

/// The unit of a value where it is not its column's, as of exports in dollars: said of the cell, or in a column of units
/// behind it, which the turned answer does not have.
fn own_unit(columns: &[Column], row: &Row, at: usize) -> Option<String> {
    let column = &columns[at];
    let behind = || {
        let unit = columns.get(at + 1)?;
        let is_its = column.kind == ColumnKind::Value && unit.kind == ColumnKind::Unit;
        let own = row.cells.get(at + 1).filter(|_| is_its)?.value.text()?;
        (column.unit.as_deref() != Some(own)).then(|| own.to_owned())
    };
    row.cells[at].unit.clone().or_else(behind)
}

fn year(row: &Row) -> Option<i64> {
    row.cells.get(1).and_then(|cell| cell.value.integer())
}

fn figure_columns() -> Vec<Column> {
    vec![
        Column::new("figure", "指标", ColumnKind::Text),
        Column::new("unit", "单位", ColumnKind::Unit),
    ]
}

fn place_column(name: &str) -> Column {
    let mut column = Column::new(name, name, ColumnKind::Value);
    name.clone_into(&mut column.title_en);
    column
}

/// The row that a source says something of, in the column of its place: that made of the column which the source was read
/// for, or of the growth behind it where that has no value; else the first that has anything.
fn home(rows: &[Row], made_of: &[usize], column: usize, source: &Source) -> Option<usize> {
    let has = |at: &usize| {
        let cell = rows[*at].cells.get(column);
        cell.is_some_and(|cell| !cell.value.is_null())
    };
    let said = source.column.and_then(|own| {
        (0..rows.len())
            .filter(|at| made_of[*at] >= own)
            .find(|at| has(at))
    });
    said.or_else(|| (0..rows.len()).find(has))
}
