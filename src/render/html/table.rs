use std::fmt::Write as _;

use super::escape;
use crate::query::{Answer, Lang};
use crate::render::footnote::Footnotes;
use crate::render::grid::{Grid, GridCell};
use crate::render::options::{Numbers, Options};

/// The rows of an answer as a `<table>` element.
///
/// `notes` gives the numbers of the footnotes that stand at a cell, by row of the answer and column of
/// [`Answer::columns`]; [`row_notes`] gives those of the sentences behind the rows. A number is a link to `#fnN`;
/// [`footnotes_list`] has the other ends.
#[must_use]
pub fn table(
    answer: &Answer,
    lang: Lang,
    options: &Options,
    notes: &mut dyn FnMut(usize, usize) -> Vec<usize>,
) -> String {
    let grid = Grid::with(answer, lang, options);
    let class = |at: usize| {
        if grid.columns[at].is_number {
            " class=\"n\""
        } else {
            ""
        }
    };
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
            let numbers = notes(row, grid.columns[at].at);
            let _ = write!(
                out,
                "<td{}>{}{}</td>",
                class(at),
                said(cell),
                marks(&numbers)
            );
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

/// The footnotes of an answer's rows, for [`table`]: each stands at the value that it says.
pub fn row_notes<'a>(
    answer: &'a Answer,
    lang: Lang,
    footnotes: &'a mut Footnotes,
) -> impl FnMut(usize, usize) -> Vec<usize> + use<'a> {
    let grid = Grid::of(answer, lang, Numbers::Readable);
    let shown: Vec<usize> = grid.columns.iter().map(|column| column.at).collect();
    move |row, column| {
        let notes = footnotes.of_row(answer, &answer.rows[row], &shown);
        let here = notes.iter().filter(|(at, _)| *at == column);
        here.map(|(_, number)| *number).collect()
    }
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
