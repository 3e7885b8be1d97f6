//! Bytes → [`SourceText`]: the text as it will be stored, and a cleaned text with a map back to it.
//!
//! Holds charsets, the readers of web pages, Word documents and PDF, and the clean-up of what converters do to a text.
//! Knows neither paths nor what a heading means.
//!
//! | stage | takes → gives |
//! | --- | --- |
//! | `kind` | bytes and a name → how they are read |
//! | `charset` | bytes → text |
//! | `html`, `docx`, `pdf` | bytes of other kinds → text |
//! | `scrub` | text → glyphs without residue (entities, tags, comments, escapes, watermarks), cut into lines |
//! | `width` | a line → the same without stray blanks, digits half width, Chinese punctuation full width |
//! | `layout` | lines → paragraphs |
//! | `clean` | paragraphs → [`CleanText`] |
//!
//! Every stage behind these is one pass over the characters.

pub(crate) mod chars;
mod charset;
mod clean;
mod docx;
mod error;
mod html;
mod kind;
mod layout;
pub(crate) mod marks;
mod pdf;
mod scrub;
mod width;

use std::ops::Range;

use crate::fact::Span;

pub use clean::CleanText;
pub use error::{DecodeError, OtherKind};
use kind::Kind;
pub(crate) use width::sought;

/// A document's text, as stored and as read.
#[derive(Debug, Clone)]
pub struct SourceText {
    /// The decoded text, otherwise unaltered; of a file that is no text, what was taken out of it. All [`Span`](crate::fact::Span)s count its characters.
    pub text: String,
    /// The charset it came in, by its WHATWG name: `UTF-8`, `gb18030`, `UTF-16LE` …
    pub encoding: &'static str,
    /// What kind of file it came in.
    pub format: Format,
    /// What the rest of the reader reads.
    pub clean: CleanText,
    chars: chars::CharIndex,
}

impl SourceText {
    /// A text that is already decoded.
    #[must_use]
    pub fn from_text(text: String) -> Self {
        Self::new(text, "UTF-8", Format::Text)
    }

    fn new(text: String, encoding: &'static str, format: Format) -> Self {
        Self {
            clean: CleanText::new(&text),
            chars: chars::CharIndex::new(&text),
            text,
            encoding,
            format,
        }
    }

    /// The characters of the stored text in `span`.
    #[must_use]
    pub fn quote(&self, span: Span) -> &str {
        self.chars.quote(&self.text, span)
    }

    /// The number of characters of the stored text.
    #[must_use]
    pub fn length(&self) -> usize {
        self.chars.count
    }
}

/// Kinds of files that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// A web page.
    Html,
    /// A document of Word, as it is since 2007.
    Docx,
    /// A PDF.
    Pdf,
}

impl Format {
    /// The stored name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Pdf => "pdf",
        }
    }
}

/// A range of bytes of the cleaned text.
pub type CleanRange = Range<usize>;

/// Decodes and cleans a file of which only the bytes are known.
pub fn decode(bytes: &[u8]) -> Result<SourceText, DecodeError> {
    decode_named(bytes, "")
}

/// Decodes and cleans a file. What it is, is decided by its bytes; the ending of its name decides where these do not.
///
/// Texts and web pages come in UTF-8, UTF-16 and GB18030 (with GBK and GB2312 in it), with or without a byte order mark.
pub fn decode_named(bytes: &[u8], name: &str) -> Result<SourceText, DecodeError> {
    let (text, encoding, format) = match Kind::of(bytes, name) {
        Kind::Text => of(charset::text(bytes)?, Format::Text),
        Kind::Html => of(html::text(bytes)?, Format::Html),
        Kind::Mht => of(html::text(&html::page_of_mht(bytes)?)?, Format::Html),
        Kind::Zip => (docx::text(bytes)?, "UTF-8", Format::Docx),
        Kind::Pdf => (pdf::text(bytes)?, "UTF-8", Format::Pdf),
        Kind::Compound if is_locked(bytes) => return Err(DecodeError::Encrypted),
        Kind::Compound => {
            return Err(DecodeError::NotText {
                kind: OtherKind::OldOffice,
            });
        }
        Kind::Other(kind) => return Err(DecodeError::NotText { kind }),
    };
    Ok(SourceText::new(text, encoding, format))
}

/// Whether a compound file holds a document that is locked with a password: the new kinds are put into one then.
fn is_locked(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    memchr::memmem::find(bytes, &name).is_some()
}

fn of((text, encoding): (String, &'static str), format: Format) -> (String, &'static str, Format) {
    (text, encoding, format)
}
