use super::{Answer, Cell, Column, ColumnKind, Row, Source};
use crate::fact::Value;
use crate::query::Lang;

/// `compare`: one row a figure, one column a place (and year).
pub(super) fn turn(answer: &mut Answer) {
    let mut columns = vec![
        Column::new("figure", "指标", ColumnKind::Text),
        Column::new("unit", "单位", ColumnKind::Unit),
    ];
    for row in &answer.rows {
        let name = row.cells[0].value.text().unwrap_or_default().to_owned();
        let year = row.cells.get(1).and_then(|cell| cell.value.integer());
        let name = year.map_or_else(|| name.clone(), |year| format!("{name} {year}"));
        let mut column = Column::new(&name, &name, ColumnKind::Value);
        column.title_en.clone_from(&name);
        columns.push(column);
    }
    let mut rows = Vec::new();
    for (at, column) in answer.columns.iter().enumerate().skip(2) {
        if !matches!(
            column.kind,
            ColumnKind::Value | ColumnKind::Growth | ColumnKind::Number
        ) {
            continue;
        }
        let name = match answer.lang {
            Lang::En => &column.title_en,
            Lang::Zh => &column.title_zh,
        };
        let cell = |text: &str| Cell {
            value: Value::Text(text.to_owned()),
            ..Cell::default()
        };
        let mut cells = vec![cell(name), cell(column.unit.as_deref().unwrap_or_default())];
        cells.extend(answer.rows.iter().map(|row| Cell {
            is_growth: column.kind == ColumnKind::Growth,
            ..row.cells[at].clone()
        }));
        if cells[2..].iter().any(|cell| !cell.value.is_null()) {
            rows.push(Row {
                cells,
                sources: Vec::new(),
            });
        }
    }
    for (at, row) in answer.rows.iter_mut().enumerate() {
        for source in std::mem::take(&mut row.sources) {
            if let Some(home) = home(&rows, at + 2, &source) {
                rows[home].sources.push(source);
            }
        }
    }
    answer.columns = columns;
    answer.rows = rows;
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
