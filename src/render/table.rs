use super::grid::{Grid, GridCell};
use super::options::Options;
use super::{chart, legend, quote, vertical, visible, visible_in_line, width, wrap};
use crate::query::{Answer, Lang};
use std::fmt::Write as _;

/// An answer as text: the reading, the rows with the sentences that say them, the chart where one was asked for, the
/// notes.
///
/// Chinese columns align by display width; numbers stand to the right, their decimal points under each other. Rows that are
/// too wide for a terminal stand vertically on it.
#[must_use]
pub fn table(answer: &Answer, lang: Lang, options: &Options) -> String {
    let rows = rows(answer, lang, options);
    framed(answer, lang, options, &rows)
}

/// More rows than these are not counted at a glance: how many there are is said below them.
const MOST_SEEN_AT_ONCE: usize = 20;

/// Rows between the reading and the notes, or alone where that is asked for.
pub(super) fn framed(answer: &Answer, lang: Lang, options: &Options, rows: &str) -> String {
    if options.rows_only {
        return visible(rows).into_owned();
    }
    let mut text = format!("{}\n", visible(answer.reading.in_lang(lang)));
    if !rows.is_empty() {
        text.push('\n');
        text.push_str(&visible(rows));
    }
    if answer.explained.is_some() {
        return text;
    }
    let mut notes = legend::notes(answer, lang, options);
    let count = answer.rows.len();
    if count > MOST_SEEN_AT_ONCE {
        let said = match lang {
            Lang::En => format!("{count} rows"),
            Lang::Zh => format!("共{count}行"),
        };
        notes.insert(0, said);
    }
    if !quote::are_shown(answer, options) && options.sources != super::Sources::Hidden {
        notes.extend(legend::hidden_sources(answer, lang));
    }
    if !notes.is_empty() {
        text.push('\n');
    }
    for note in &notes {
        text.push_str(match lang {
            Lang::En => "note: ",
            Lang::Zh => "注：",
        });
        text.push_str(&visible_in_line(note));
        text.push('\n');
    }
    text
}

/// The rows of an answer alone, with their chart, without the reading and the notes.
#[must_use]
pub fn rows(answer: &Answer, lang: Lang, options: &Options) -> String {
    if let Some(sql) = &answer.explained {
        return format!("{sql}\n");
    }
    let mut text = String::new();
    if answer.rows.is_empty() {
        return text;
    }
    if let Some(drawn) = chart::text(answer, lang, options) {
        text.push_str(&drawn);
        text.push('\n');
    }
    write_rows(answer, lang, options, &mut text);
    visible(&text).into_owned()
}

/// How wide a column of the table is: its values, and the marks behind them.
#[derive(Debug, Clone, Copy)]
struct Widths {
    text: usize,
    mark: usize,
}

impl Widths {
    fn whole(self) -> usize {
        self.text + self.mark
    }
}

const GAP: &str = "  ";

fn write_rows(answer: &Answer, lang: Lang, options: &Options, text: &mut String) {
    let grid = Grid::with(answer, lang, options);
    let widths = widths(&grid, options);
    // A terminal would break each line somewhere, and no value would stand below its heading.
    if options.width.is_some_and(|most| line_of(&widths) > most) {
        return vertical::write_rows(answer, lang, options, text);
    }
    let heading: Vec<GridCell> = grid
        .columns
        .iter()
        .map(|column| GridCell {
            text: column.title.clone(),
            mark: String::new(),
        })
        .collect();
    write_line(&grid, &heading, &widths, true, text);
    let are_shown = quote::are_shown(answer, options);
    for (row, cells) in answer.rows.iter().zip(&grid.rows) {
        write_line(&grid, cells, &widths, false, text);
        if are_shown {
            quote::below(row, lang, options, text);
        }
    }
}

fn widths(grid: &Grid, options: &Options) -> Vec<Widths> {
    let mut widths: Vec<Widths> = grid
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let cells = || grid.rows.iter().map(|row| &row[at]);
            let mark = cells().map(|cell| width(&cell.mark)).max().unwrap_or(0);
            let text = cells().map(|cell| width(&cell.text)).max().unwrap_or(0);
            Widths {
                text: text.max(width(&column.title).saturating_sub(mark)),
                mark,
            }
        })
        .collect();
    if let Some(most) = options.width {
        narrow(grid, &mut widths, most);
    }
    widths
}

/// The widest columns of words give way until a line fits; numbers and names of a few characters never do.
fn narrow(grid: &Grid, widths: &mut [Widths], most: usize) {
    const LEAST: usize = 16;
    loop {
        let line = line_of(widths);
        let widest = grid
            .columns
            .iter()
            .enumerate()
            .filter(|(at, column)| !column.is_number && widths[*at].text > LEAST)
            .max_by_key(|(at, _)| widths[*at].text)
            .map(|(at, _)| at);
        match widest {
            Some(at) if line > most => {
                let less = (line - most).div_ceil(2).max(1);
                widths[at].text = widths[at].text.saturating_sub(less).max(LEAST);
            }
            _ => return,
        }
    }
}

/// How many columns of the terminal a line takes.
fn line_of(widths: &[Widths]) -> usize {
    let gaps = GAP.len() * widths.len().saturating_sub(1);
    widths.iter().map(|widths| widths.whole()).sum::<usize>() + gaps
}

/// One row: one line, or several where a cell is broken.
fn write_line(
    grid: &Grid,
    cells: &[GridCell],
    widths: &[Widths],
    is_heading: bool,
    text: &mut String,
) {
    let broken: Vec<Vec<String>> = cells
        .iter()
        .zip(widths)
        .zip(&grid.columns)
        .map(|((cell, widths), column)| {
            let room = widths.whole();
            if column.is_number && !is_heading {
                let before = " ".repeat(widths.text.saturating_sub(width(&cell.text)));
                vec![format!("{before}{}{}", cell.text, cell.mark)]
            } else if column.is_number {
                let before = " ".repeat(room.saturating_sub(width(&cell.text)));
                vec![format!("{before}{}", cell.text)]
            } else {
                wrap::wrap(&cell.whole(), room)
            }
        })
        .collect();
    let lines = broken.iter().map(Vec::len).max().unwrap_or(0);
    for number in 0..lines {
        let mut said = String::new();
        for (at, parts) in broken.iter().enumerate() {
            if at > 0 {
                said.push_str(GAP);
            }
            let part = parts.get(number).map_or("", String::as_str);
            let _ = write!(
                said,
                "{part}{}",
                " ".repeat(widths[at].whole().saturating_sub(width(part)))
            );
        }
        text.push_str(said.trim_end());
        text.push('\n');
    }
}
