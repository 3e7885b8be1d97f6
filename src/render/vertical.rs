use std::fmt::Write as _;

use super::grid::Grid;
use super::options::Options;
use super::table::framed;
use super::{chart, quote, width};
use crate::query::{Answer, Lang};

/// An answer with a line a cell and a paragraph a row, for rows of many or of long cells.
#[must_use]
pub fn vertical(answer: &Answer, lang: Lang, options: &Options) -> String {
    framed(answer, lang, options, &rows(answer, lang, options))
}

fn rows(answer: &Answer, lang: Lang, options: &Options) -> String {
    if let Some(sql) = &answer.explained {
        return format!("{sql}\n");
    }
    let mut text = String::new();
    if let Some(drawn) = chart::text(answer, lang, options).filter(|_| !answer.rows.is_empty()) {
        text.push_str(&drawn);
        text.push('\n');
    }
    let grid = Grid::with(answer, lang, options);
    let are_shown = quote::are_shown(answer, options);
    let widest = grid
        .columns
        .iter()
        .map(|column| width(&column.whole_title))
        .max()
        .unwrap_or(0);
    for (number, (row, cells)) in answer.rows.iter().zip(&grid.rows).enumerate() {
        if number > 0 {
            text.push('\n');
        }
        for (column, cell) in grid.columns.iter().zip(cells) {
            let blanks = " ".repeat(widest - width(&column.whole_title));
            let _ = writeln!(text, "{}{blanks}  {}", column.whole_title, cell.whole());
        }
        if are_shown {
            quote::below(row, lang, options, &mut text);
        }
    }
    text
}
