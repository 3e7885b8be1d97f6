use std::fmt::Write as _;

use super::footnote::Footnotes;
use super::grid::Grid;
use super::options::Options;
use super::visible::{is_hidden, picture};
use super::{chart, legend, quote};
use crate::query::{Answer, Lang};

/// An answer in Markdown: a table as GitHub and pandoc read it, with the sentences as footnotes that go on counting
/// where an answer before has left off.
#[must_use]
pub fn markdown(
    answer: &Answer,
    lang: Lang,
    options: &Options,
    footnotes: &mut Footnotes,
) -> String {
    let mut text = String::new();
    if !options.rows_only {
        let _ = writeln!(text, "**{}**\n", escaped(answer.reading.in_lang(lang)));
    }
    if let Some(sql) = &answer.explained {
        let fence = fence(sql);
        let _ = writeln!(text, "{fence}sql\n{sql}\n{fence}");
        return text;
    }
    let before = footnotes.iter().count();
    if !answer.rows.is_empty() {
        if let Some(drawn) = chart::text(answer, lang, options) {
            let fence = fence(&drawn);
            let _ = writeln!(text, "{fence}text\n{drawn}{fence}\n");
        }
        write_table(answer, lang, options, footnotes, &mut text);
    }
    if !options.rows_only {
        let mut notes = legend::notes(answer, lang, options);
        if !quote::are_shown(answer, options) && options.sources != super::Sources::Hidden {
            notes.extend(legend::hidden_sources(answer, lang));
        }
        if !notes.is_empty() {
            text.push('\n');
        }
        for note in notes {
            let _ = writeln!(text, "- {}", escaped(&note));
        }
    }
    if footnotes.iter().count() > before {
        text.push('\n');
    }
    for (number, note) in footnotes.iter().skip(before) {
        let _ = writeln!(text, "[^{number}]: {}", escaped(&note.said(lang)));
    }
    text
}

/// What fences words that may have backticks of their own: more of them than stand in a row there.
fn fence(text: &str) -> String {
    let runs = text.split(|c| c != '`').map(str::len);
    "`".repeat(runs.max().unwrap_or(0).max(2) + 1)
}

fn write_table(
    answer: &Answer,
    lang: Lang,
    options: &Options,
    footnotes: &mut Footnotes,
    text: &mut String,
) {
    let are_shown = quote::are_shown(answer, options);
    let mut notes = footnotes.at_cells(answer, lang);
    text.push_str(&markdown_table(
        answer,
        lang,
        options,
        &mut |row, column| {
            if are_shown {
                marks(&notes(row, column))
            } else {
                String::new()
            }
        },
    ));
}

/// The rows of an answer as a Markdown table; `behind` gives what stands behind a cell, by row of the answer and column
/// of [`Answer::columns`].
#[must_use]
pub fn markdown_table(
    answer: &Answer,
    lang: Lang,
    options: &Options,
    behind: &mut dyn FnMut(usize, usize) -> String,
) -> String {
    let grid = Grid::with(answer, lang, options);
    let titles: Vec<String> = grid
        .columns
        .iter()
        .map(|column| escaped(&column.title))
        .collect();
    let rules: Vec<&str> = grid
        .columns
        .iter()
        .map(|column| if column.is_number { "---:" } else { "---" })
        .collect();
    let mut text = format!("| {} |\n| {} |\n", titles.join(" | "), rules.join(" | "));
    for (row, cells) in grid.rows.iter().enumerate() {
        let cells: Vec<String> = cells
            .iter()
            .zip(&grid.columns)
            .map(|(cell, column)| format!("{}{}", escaped(&cell.whole()), behind(row, column.at)))
            .collect();
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    text
}

fn marks(numbers: &[usize]) -> String {
    numbers.iter().fold(String::new(), |mut marks, number| {
        let _ = write!(marks, "[^{number}]");
        marks
    })
}

/// Words of a report, those signs of them marked that Markdown would take for its own, in one line.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '\\' | '#' | '~' | '$' | '&' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' => out.push(' '),
            _ if is_hidden(c) => out.push(picture(c)),
            _ => out.push(c),
        }
    }
    out
}
