//! Answers as HTML: a table as a part of a page, and pages that need nothing but themselves.

mod page;
mod table;

pub use page::{STYLE, page};
pub use table::{footnotes_list, table, table_with};

use super::visible;

/// Text as it may stand in an element or in an attribute, all its characters shown.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}
