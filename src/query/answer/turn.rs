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
    let sources: Vec<Source> = answer
        .rows
        .iter()
        .flat_map(|row| row.sources.clone())
        .collect();
    if let Some(last) = rows.last_mut() {
        last.sources = sources;
    }
    answer.columns = columns;
    answer.rows = rows;
}
