//! A web page → the lines of its report.
//!
//! `page` makes of the tags a flat row of openings, texts and closings; `body` finds where the report stands in it: the
//! deepest element that has nearly all sentences of the page; `lines` writes it out, a line for each block, a tab between the
//! cells of a table. `mht` opens pages that were saved in one file.

mod body;
mod lines;
mod mht;
mod page;

pub(super) use mht::page as page_of_mht;

use super::DecodeError;
use super::charset;

/// The text of a page and the charset that it came in.
pub(super) fn text(bytes: &[u8]) -> Result<(String, &'static str), DecodeError> {
    let (source, encoding) = charset::page(bytes)?;
    let text = body::report(&page::Page::read(&source));
    if text.chars().all(char::is_whitespace) {
        return Err(DecodeError::EmptyPage);
    }
    Ok((text, encoding))
}
