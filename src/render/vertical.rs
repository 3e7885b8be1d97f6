use std::fmt::Write as _;

use super::grid::Grid;
use super::options::Options;
use super::table::framed;
use super::wrap::wrap;
use super::{chart, quote, width};
use crate::query::{Answer, Lang};

/// No cell is broken into lines of fewer columns than this.
const LEAST: usize = 16;

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
    write_rows(answer, lang, options, &mut text);
    text
}

/// The rows alone: each a paragraph, whose cells are broken below their own beginning where a line has no room for them.
pub(super) fn write_rows(answer: &Answer, lang: Lang, options: &Options, text: &mut String) {
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
            let mut before = format!("{}{blanks}  ", column.whole_title);
            let own = widest + 2;
            let room = options
                .width
                .map_or(usize::MAX, |room| room.saturating_sub(own).max(LEAST));
            for line in wrap(&cell.whole(), room) {
                let _ = writeln!(text, "{before}{line}");
                before = " ".repeat(own);
            }
        }
        if are_shown {
            quote::below(row, lang, options, text);
        }
    }
}
