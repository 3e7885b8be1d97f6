use std::fmt::Write as _;

use super::escape;
use crate::query::{Answer, Lang};
use crate::render::footnote::Footnotes;
use crate::render::grid::{Grid, GridCell};
use crate::render::options::Options;
use crate::render::width;

/// The columns of a terminal that a name takes at most.
const NAME: usize = 24;

/// The rows of an answer as a `<table>` element.
///
/// `notes` gives the numbers of the footnotes that stand at a cell, by row of the answer and column of
/// [`Answer::columns`]; [`Footnotes::at_cells`] gives those of the sentences behind the rows. A number is a link to `#fnN`;
/// [`footnotes_list`] has the other ends.
#[must_use]
pub fn table(
    answer: &Answer,
    lang: Lang,
    options: &Options,
    notes: &mut dyn FnMut(usize, usize) -> Vec<usize>,
) -> String {
    table_with(answer, lang, options, &mut |row, column, said| {
        format!("{said}{}", marks(&notes(row, column)))
    })
}

/// As [`table`]; `dressed` makes of the HTML of a cell, by row of the answer and column of [`Answer::columns`], what
/// stands in the table.
#[must_use]
pub fn table_with(
    answer: &Answer,
    lang: Lang,
    options: &Options,
    dressed: &mut dyn FnMut(usize, usize, String) -> String,
) -> String {
    let grid = Grid::with(answer, lang, options);
    // Words of a sentence are broken; a name is not.
    let is_long = |at: usize| grid.rows.iter().any(|row| width(&row[at].text) > NAME);
    let classes: Vec<&str> = (0..grid.columns.len())
        .map(|at| match grid.columns[at].is_number {
            true => " class=\"n\"",
            false if is_long(at) => " class=\"t\"",
            false => "",
        })
        .collect();
    let class = |at: usize| classes[at];
    let mut out = String::from("<table>\n<thead><tr>");
    for (at, column) in grid.columns.iter().enumerate() {
        let _ = write!(
            out,
            "<th scope=\"col\"{}>{}</th>",
            class(at),
            escape(&column.title)
        );
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for (row, cells) in grid.rows.iter().enumerate() {
        out.push_str("<tr>");
        for (at, cell) in cells.iter().enumerate() {
            let inner = dressed(row, grid.columns[at].at, said(cell));
            let _ = write!(out, "<td{}>{inner}</td>", class(at));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
    out
}

fn said(cell: &GridCell) -> String {
    let text = escape(&cell.text);
    if cell.mark.is_empty() {
        return text;
    }
    format!("{text}<span class=\"mark\">{}</span>", escape(&cell.mark))
}

/// `¹ ²`, each a link.
fn marks(numbers: &[usize]) -> String {
    let links: Vec<String> = numbers
        .iter()
        .map(|number| format!("<a href=\"#fn{number}\">{number}</a>"))
        .collect();
    if links.is_empty() {
        return String::new();
    }
    format!("<sup>{}</sup>", links.join(" "))
}

/// The sentences of footnotes as a list with the ids `fn1`, `fn2` ….
#[must_use]
pub fn footnotes_list(footnotes: &Footnotes, lang: Lang) -> String {
    if footnotes.is_empty() {
        return String::new();
    }
    let mut out = String::from("<ol class=\"footnotes\">\n");
    for (number, note) in footnotes.iter() {
        let document = escape(&note.document);
        let quote = escape(&note.quote);
        let _ = match lang {
            Lang::En => writeln!(
                out,
                "<li id=\"fn{number}\"><q>{quote}</q> <cite>({document})</cite></li>"
            ),
            Lang::Zh => writeln!(
                out,
                "<li id=\"fn{number}\"><q>{quote}</q><cite>（{document}）</cite></li>"
            ),
        };
    }
    out.push_str("</ol>\n");
    out
}
