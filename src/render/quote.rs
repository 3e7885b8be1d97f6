//! The sentences that say a row.

use std::fmt::Write as _;

use super::grid::is_number;
use super::options::{Options, Sources};
use super::wrap::wrap;
use super::{one_line, visible_in_line};
use crate::query::{Answer, ColumnKind, Lang, Row, Source};

/// How many stand below a row, unless all are asked for.
const MOST: usize = 6;

/// Whether the sentences stand with the rows: where few rows are, or where option or question ask for them.
pub(super) fn are_shown(answer: &Answer, options: &Options) -> bool {
    let asked = answer.with_source && options.sources != Sources::Hidden;
    asked || options.sources.are_shown(answer.rows.len())
}

/// The sentences of a row, each once, in one line each. A row of text that is its own source need not say it twice.
pub(super) fn quotes(row: &Row) -> Vec<(String, &Source)> {
    let said: Vec<String> = row
        .cells
        .iter()
        .filter_map(|cell| cell.value.text())
        .map(one_line)
        .collect();
    let mut quotes: Vec<(String, &Source)> = row
        .sources
        .iter()
        .map(|source| (one_line(&source.quote), source))
        .filter(|(quote, _)| !quote.is_empty() && !said.contains(quote))
        .collect();
    quotes.dedup_by(|(next, of), (quote, source)| next == quote && of.document == source.document);
    quotes
}

/// The sentences of a row with the column of the answer that each of them says: that which it was read for; where that is
/// not known, that of its value; of what is no figure's, and of a growth stated apart, the first that has a number.
#[must_use]
pub fn cited<'a>(answer: &Answer, row: &'a Row) -> Vec<(usize, &'a Source)> {
    let numbers: Vec<usize> = (0..answer.columns.len())
        .filter(|at| is_number(answer.columns[*at].kind))
        .filter(|at| row.cells[*at].value.number().is_some())
        .collect();
    // A growth that stands alone is read for the value that it is of.
    let read_for = |source: &Source| {
        let own = source.column?;
        let kind = answer.columns.get(own)?.kind;
        let mut here = numbers.iter().copied().filter(|at| *at >= own);
        here.next().filter(|at| {
            *at == own
                || kind == ColumnKind::Value && answer.columns[*at].kind == ColumnKind::Growth
        })
    };
    let of_value = |source: &Source| {
        let value = source.value?;
        numbers.iter().copied().find(|at| {
            let stated = row.cells[*at].value.number().unwrap_or(f64::NAN);
            answer.columns[*at].kind == ColumnKind::Value
                && (stated - value).abs() <= value.abs() * 1e-9
        })
    };
    // A sentence without the value says the growth that has none beside it.
    let growth = numbers.iter().copied().find(|at| {
        answer.columns[*at].kind == ColumnKind::Growth
            && !row
                .sources
                .iter()
                .any(|source| of_value(source) == at.checked_sub(1))
    });
    let text = || (0..answer.columns.len()).find(|at| !row.cells[*at].value.is_null());
    quotes(row)
        .into_iter()
        .map(|(_, source)| {
            let at = read_for(source)
                .or_else(|| of_value(source))
                .or_else(|| growth.filter(|_| source.value.is_none() && source.number.is_none()))
                .or_else(|| numbers.first().copied())
                .or_else(text)
                .unwrap_or(0);
            (at, source)
        })
        .collect()
}

/// `    “税收收入7850万元，增长13.8%”（杏渡镇-2018.txt）`, a line each.
pub(super) fn below(row: &Row, lang: Lang, options: &Options, text: &mut String) {
    let quotes = quotes(row);
    let most = match options.sources {
        Sources::Shown => quotes.len(),
        _ => MOST,
    };
    for (quote, source) in quotes.iter().take(most) {
        let document = visible_in_line(&source.document);
        let said = match lang {
            Lang::En => format!("“{quote}” ({document})"),
            Lang::Zh => format!("“{quote}”（{document}）"),
        };
        let lines = match options.width {
            Some(room) => wrap(&said, room.saturating_sub(4).max(20)),
            None => vec![said],
        };
        for line in lines {
            let _ = writeln!(text, "    {line}");
        }
    }
    let more = quotes.len().saturating_sub(most) + row.unread;
    if more > 0 {
        let _ = match lang {
            Lang::En => writeln!(text, "    … and {more} more"),
            Lang::Zh => writeln!(text, "    ……另有{more}处"),
        };
    }
}
