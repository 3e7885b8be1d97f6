//! From answers and diagnostics to what people read: tables, separated values, JSON, Markdown, HTML, workbooks, charts,
//! code frames, numbers in 万 and 亿. Nothing here prints.
//!
//! A format is a function of an [`Answer`](crate::query::Answer), a language and [`Options`]. Those for people are made
//! of one [`Grid`], the answer with its cells as text; those for programs of the answer itself.

mod cell;
pub mod chart;
mod diagnostic;
mod footnote;
mod grid;
pub mod html;
mod json;
mod legend;
mod markdown;
pub mod number;
mod options;
mod quote;
mod reading;
mod remedy;
mod separated;
mod table;
mod vertical;
mod visible;
mod wrap;
mod xlsx;

pub use cell::said;
pub use diagnostic::{diagnostic, diagnostics_json};
pub use footnote::{Footnote, Footnotes};
pub use grid::{Grid, GridCell, GridColumn, labels};
pub use json::{JsonParts, json, json_text, jsonl};
pub use legend::notes;
pub use markdown::{escaped as markdown_escaped, markdown, markdown_table};
pub use options::{FEW, Numbers, Options, Sources};
pub use quote::cited;
pub use reading::page as reading_page;
pub use remedy::remedy;
pub use separated::{Separator, separated, separated_head, separated_rows};
pub use table::{rows, table};
pub use vertical::vertical;
pub use visible::{visible, visible_in_line};
pub use wrap::wrap;
pub use xlsx::{WorkbookError, workbook, workbook_of};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many columns of a terminal a text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    text.width()
}

/// Whether a blank between two characters means something: it parts a Latin word from what stands before it, unless that
/// is Han or a mark as wide, and a number from a word before it; within a number it is the page's. English prose, in small
/// letters and with its own marks, keeps its blanks beside Han too: “called 云塘镇”.
fn is_parted(last: char, next: char) -> bool {
    let is_wide = |c: char| UnicodeWidthChar::width(c) == Some(2);
    let ends_a_clause = matches!(last, ':' | ';');
    next.is_ascii_alphabetic() && !is_wide(last)
        || last.is_ascii_alphabetic() && next.is_ascii_digit()
        || is_wide(last) && next.is_ascii_lowercase()
        || last.is_ascii_lowercase() && is_wide(next)
        || ends_a_clause && (is_wide(next) || next.is_ascii_digit())
}

/// A stretch of a source in one line, all its characters shown: hard line breaks and the blanks around them were the
/// page's, not the text's.
pub(crate) fn one_line(quote: &str) -> String {
    let mut line = String::with_capacity(quote.len());
    let mut broken = false;
    for c in quote.chars() {
        if c.is_whitespace() {
            broken = true;
            continue;
        }
        if broken && line.ends_with(|last| is_parted(last, c)) {
            line.push(' ');
        }
        broken = false;
        line.push(if visible::is_hidden(c) {
            visible::picture(c)
        } else {
            c
        });
    }
    line
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn blanks_stay_between_latin_words_only() {
        assert_eq!(
            one_line("the report says 2023, but fits 2020 better;\n it is so"),
            "the report says 2023, but fits 2020 better; it is so"
        );
        assert_eq!(
            one_line("it ends. The next, so” is) one of 5 % of it"),
            "it ends. The next, so” is) one of 5% of it"
        );
        assert_eq!(one_line("全年 GDP， PM2.5 浓度"), "全年GDP，PM2.5浓度");
        assert_eq!(
            one_line("places called 云塘镇 are two: 青枫县 云塘镇; 2020 was taken"),
            "places called 云塘镇 are two: 青枫县云塘镇; 2020 was taken"
        );
        assert_eq!(
            one_line("增长 5 %，达 1, 234 万\n元"),
            "增长5%，达1,234万元"
        );
    }
}
