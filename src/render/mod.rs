//! From answers and diagnostics to text: tables, JSON, code frames, numbers in 万 and 亿. Nothing here prints.

mod diagnostic;
mod json;
pub mod number;
mod reading;
mod remedy;
mod table;

pub use diagnostic::{diagnostic, diagnostics_json};
pub use json::json;
pub use remedy::remedy;
pub use table::{rows, table};

use unicode_width::UnicodeWidthStr;

/// How many columns of a terminal a text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    text.width()
}

/// A stretch of a source in one line: hard line breaks and the blanks around them were the page's, not the text's.
fn one_line(quote: &str) -> String {
    let mut line = String::with_capacity(quote.len());
    let mut broken = false;
    for c in quote.chars() {
        if c.is_whitespace() {
            broken = true;
            continue;
        }
        // Between two Latin words a blank means something.
        if broken
            && c.is_ascii_alphanumeric()
            && line.ends_with(|last: char| last.is_ascii_alphabetic())
        {
            line.push(' ');
        }
        broken = false;
        line.push(c);
    }
    line
}
pub use reading::page as reading_page;
