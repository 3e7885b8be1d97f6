//! The sentences that say a row.

use std::fmt::Write as _;

use super::one_line;
use super::options::{Options, Sources};
use super::wrap::wrap;
use crate::query::{Answer, Lang, Row, Source};

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

/// `    “税收收入7850万元，增长13.8%”（杏渡镇-2018.txt）`, a line each.
pub(super) fn below(row: &Row, lang: Lang, options: &Options, text: &mut String) {
    let quotes = quotes(row);
    let most = match options.sources {
        Sources::Shown => quotes.len(),
        _ => MOST,
    };
    for (quote, source) in quotes.iter().take(most) {
        let document = &source.document;
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
    let more = quotes.len().saturating_sub(most);
    if more > 0 {
        let _ = match lang {
            Lang::En => writeln!(text, "    … and {more} more"),
            Lang::Zh => writeln!(text, "    ……另有{more}处"),
        };
    }
}
