//! A document of Word (`.docx`) → its text, a line for each paragraph.
//!
//! `archive` opens the ZIP and holds what comes out of it within bounds; `xml` gives the tags of a part; `numbering` says what
//! number Word writes before a paragraph, since headings that are numbered so have none in their text; `body` goes through
//! the text, without what was deleted, hidden, or belongs to each page; `table` puts cells and rows into lines.

mod archive;
mod body;
mod numbering;
mod numerals;
mod table;
mod xml;

use super::DecodeError;

/// The text of the document.
pub(super) fn text(bytes: &[u8]) -> Result<String, DecodeError> {
    let mut archive = archive::Archive::open(bytes)?;
    let document = archive.document()?;
    let part = |archive: &mut archive::Archive<'_>, name: &str| {
        archive.part(name).map(Option::unwrap_or_default)
    };
    let styles = part(&mut archive, "styles.xml")?;
    let numbering = part(&mut archive, "numbering.xml")?;
    let footnotes = part(&mut archive, "footnotes.xml")?;
    let endnotes = part(&mut archive, "endnotes.xml")?;
    let numbering = numbering::Numbering::read(&styles, &numbering)?;
    let text = body::text(&document, [&footnotes, &endnotes], numbering)?;
    if text.chars().all(char::is_whitespace) {
        return Err(DecodeError::NoText);
    }
    Ok(text)
}
