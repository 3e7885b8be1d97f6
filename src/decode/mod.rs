//! Bytes → [`SourceText`]: the text as it will be stored, and a cleaned text with a map back to it.
//!
//! Holds charsets and the clean-up of what web pages and PDF conversions do to a text. Knows neither paths nor what
//! a heading means.
//!
//! | stage | takes → gives |
//! | --- | --- |
//! | `charset` | bytes → text |
//! | `scrub` | text → glyphs without residue (entities, tags, comments, escapes, watermarks), cut into lines |
//! | `width` | a line → the same without stray blanks, digits half width, Chinese punctuation full width |
//! | `layout` | lines → paragraphs |
//! | `clean` | paragraphs → [`CleanText`] |
//!
//! Every stage is one pass over the characters.

pub(crate) mod chars;
mod charset;
mod clean;
mod error;
mod layout;
pub(crate) mod marks;
mod scrub;
mod width;

use std::ops::Range;

use crate::fact::Span;

pub use clean::CleanText;
pub use error::{DecodeError, OtherKind};
pub(crate) use width::sought;

/// A document's text, as stored and as read.
#[derive(Debug, Clone)]
pub struct SourceText {
    /// The decoded text, otherwise unaltered. All [`Span`](crate::fact::Span)s count its characters.
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
        Self::new(text, "UTF-8")
    }

    fn new(text: String, encoding: &'static str) -> Self {
        Self {
            clean: CleanText::new(&text),
            chars: chars::CharIndex::new(&text),
            text,
            encoding,
            format: Format::Text,
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
}

impl Format {
    /// The stored name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
        }
    }
}

/// A range of bytes of the cleaned text.
pub type CleanRange = Range<usize>;

/// Decodes and cleans a file.
///
/// UTF-8, UTF-16 and GB18030 (with GBK and GB2312 in it), with or without a byte order mark.
pub fn decode(bytes: &[u8]) -> Result<SourceText, DecodeError> {
    let (text, encoding) = charset::text(bytes)?;
    Ok(SourceText::new(text, encoding))
}
