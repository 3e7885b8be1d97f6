use super::{Answer, Cell, Column, ColumnKind, Row, Source};
use crate::fact::Value;
use crate::query::Lang;

/// `compare`: one row a figure, one column a place; where a place has several years, one row a year and figure. Gives the
/// places in the order of their columns, which are the last ones, with the year of each where it has but one.
pub(super) fn turn(answer: &mut Answer) -> Vec<(String, Option<i64>)> {
    let place = |row: &Row| row.cells[0].value.text().unwrap_or_default().to_owned();
    let mut names: Vec<String> = Vec::new();
    for row in &answer.rows {
        if !names.contains(&place(row)) {
            names.push(place(row));
        }
    }
    if names.len() < answer.rows.len() {
        by_year(answer, &names);
        return names.into_iter().map(|name| (name, None)).collect();
    }
    let years = answer.rows.iter().map(year);
    let columns_of = names.into_iter().zip(years).collect();
    let mut columns = figure_columns();
    for row in &answer.rows {
        let name = place(row);
        let name = year(row).map_or_else(|| name.clone(), |year| format!("{name} {year}"));
        columns.push(place_column(&name));
    }
    let beside: Vec<Option<&Row>> = answer.rows.iter().map(Some).collect();
    let rows = figures(answer, &beside, &[]);
    answer.columns = columns;
    answer.rows = rows;
    columns_of
}

/// One row a year and figure: the places of a year stand beside each other, and what they say behind its last row.
fn by_year(answer: &mut Answer, names: &[String]) {
    let mut years: Vec<i64> = answer.rows.iter().filter_map(year).collect();
    years.sort_unstable();
    years.dedup();
    let mut columns = vec![Column::new("year", "年份", ColumnKind::Year)];
    columns.extend(figure_columns());
    columns.extend(names.iter().map(|name| place_column(name)));
    let mut rows = Vec::new();
    for each in years {
        let of = |name: &String| {
            answer.rows.iter().find(|row| {
                year(row) == Some(each) && row.cells[0].value.text() == Some(name.as_str())
            })
        };
        let beside: Vec<Option<&Row>> = names.iter().map(of).collect();
        let first = Cell {
            value: Value::Integer(each),
            ..Cell::default()
        };
        rows.extend(figures(answer, &beside, &[first]));
    }
    answer.columns = columns;
    answer.rows = rows;
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

/// A row for each figure that one of these rows has, behind the cells `before`, with the sentences that say it.
fn figures(answer: &Answer, beside: &[Option<&Row>], before: &[Cell]) -> Vec<Row> {
    let cell = |text: &str| Cell {
        value: Value::Text(text.to_owned()),
        ..Cell::default()
    };
    let mut rows = Vec::new();
    for (at, column) in answer.columns.iter().enumerate().skip(2) {
        let is_figure = matches!(
            column.kind,
            ColumnKind::Value | ColumnKind::Growth | ColumnKind::Number
        );
        let has = |row: &&Row| !row.cells[at].value.is_null();
        if !is_figure || !beside.iter().flatten().any(has) {
            continue;
        }
        let name = match answer.lang {
            Lang::En => &column.title_en,
            Lang::Zh => &column.title_zh,
        };
        let mut cells = before.to_vec();
        cells.push(cell(name));
        cells.push(cell(column.unit.as_deref().unwrap_or_default()));
        cells.extend(beside.iter().map(|row| {
            row.map_or_else(Cell::default, |row| Cell {
                is_growth: column.kind == ColumnKind::Growth,
                ..row.cells[at].clone()
            })
        }));
        rows.push(Row {
            cells,
            sources: Vec::new(),
            unread: 0,
        });
    }
    for (at, row) in beside.iter().enumerate() {
        for source in row.iter().flat_map(|row| &row.sources) {
            if let Some(home) = home(&rows, before.len() + 2 + at, source) {
                rows[home].sources.push(source.clone());
            }
        }
    }
    rows
}

/// The row that a source says something of, in the column of its place: that of its value; of what states no value, the
/// first growth; else the first that has anything.
fn home(rows: &[Row], column: usize, source: &Source) -> Option<usize> {
    let find = |is_it: &dyn Fn(&Cell) -> bool| {
        rows.iter()
            .position(|row| row.cells.get(column).is_some_and(is_it))
    };
    let is_of_value = |cell: &Cell| match (source.value, cell.value.number()) {
        (Some(stated), Some(held)) => {
            !cell.is_growth && (held - stated).abs() <= stated.abs() * 1e-9
        }
        _ => false,
    };
    let is_of_growth =
        |cell: &Cell| source.value.is_none() && cell.is_growth && !cell.value.is_null();
    find(&is_of_value)
        .or_else(|| find(&is_of_growth))
        .or_else(|| find(&|cell| !cell.value.is_null()))
}
