//! Rows of SQL that an asker wrote: shown as they are, with nothing known of what they mean.

use super::{Answer, Cell, Note, Row};
use crate::fact::Value;
use crate::query::sql::{Column, ColumnKind};
use crate::query::{Lang, Reading};

/// An answer of these columns and rows; `cut_after` is how many were read where there were more.
#[must_use]
pub fn plain_answer(
    sql: &str,
    columns: &[String],
    rows: Vec<Vec<Value>>,
    cut_after: Option<usize>,
) -> Answer {
    let reading = format!("sql \"{sql}\"");
    let rows = rows.into_iter().map(|values| Row {
        cells: values
            .into_iter()
            .map(|value| Cell {
                value,
                ..Cell::default()
            })
            .collect(),
        sources: Vec::new(),
        unread: 0,
    });
    let cut = |count: usize| Note {
        code: "cut",
        en: format!("only the first {count} rows; there are more"),
        zh: format!("只列出前{count}行，后面还有"),
    };
    Answer {
        lang: Lang::of(sql),
        reading: Reading {
            en: reading.clone(),
            zh: reading,
        },
        columns: told_apart(columns)
            .iter()
            .map(|name| Column {
                title_en: name.clone(),
                ..Column::new(name, name, ColumnKind::Text)
            })
            .collect(),
        rows: rows.collect(),
        notes: cut_after.map(cut).into_iter().collect(),
        with_source: false,
        chart: None,
        explained: None,
    }
}

/// In JSON a row is an object, which has `sources` already, so that no two columns may have one name.
fn told_apart(columns: &[String]) -> Vec<String> {
    let mut told: Vec<String> = vec!["sources".to_owned()];
    for column in columns {
        let mut name = column.clone();
        let mut turn = 2;
        while told.contains(&name) {
            name = format!("{column}_{turn}");
            turn += 1;
        }
        told.push(name);
    }
    told.split_off(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_one_name_are_told_apart() {
        let columns = ["a", "a", "sources", "a_2"].map(str::to_owned);
        assert_eq!(told_apart(&columns), ["a", "a_2", "sources_2", "a_2_2"]);
    }
}
