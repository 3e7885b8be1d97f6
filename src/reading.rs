//! The first half of the way of the data in one call: bytes → what a file says.

pub use crate::decode::DecodeError;
use crate::decode::{SourceText, decode};
use crate::document::{Document, documents};
use crate::extract::{self, Extraction, extract};

/// A file, read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Its text.
    pub source: SourceText,
    /// The reports in it, in file order.
    pub reports: Vec<Report>,
}

/// One report and its facts.
#[derive(Debug, Clone)]
pub struct Report {
    /// Session, sections, sentences.
    pub document: Document,
    /// Figures, tasks, doubts.
    pub facts: Extraction,
}

/// Loads what the first reading would wait for; who will read has it done on another thread while they do something else.
pub fn make_ready() {
    extract::make_ready();
}

/// Whether that is done.
#[must_use]
pub fn is_ready() -> bool {
    extract::is_ready()
}

/// A file of which the reports are known, and not yet what they say: as far as a reading comes without waiting for what
/// [`make_ready`] loads.
#[derive(Debug)]
pub struct Begun {
    source: SourceText,
    reports: Vec<Document>,
}

/// Begins to read a file's bytes.
pub fn begin(bytes: &[u8]) -> Result<Begun, DecodeError> {
    Ok(Begun::of(decode(bytes)?))
}

/// Reads a file's bytes.
pub fn read(bytes: &[u8]) -> Result<Reading, DecodeError> {
    Ok(begin(bytes)?.finish())
}

/// Reads a text that was decoded before, as a store keeps it.
#[must_use]
pub fn read_text(text: String) -> Reading {
    Begun::of(SourceText::from_text(text)).finish()
}

impl Begun {
    fn of(source: SourceText) -> Self {
        Self {
            reports: documents(&source),
            source,
        }
    }

    /// Reads what the reports say.
    #[must_use]
    pub fn finish(self) -> Reading {
        let Self { source, reports } = self;
        let reports = reports
            .into_iter()
            .map(|document| Report {
                facts: extract(&source, &document),
                document,
            })
            .collect();
        Reading { source, reports }
    }
}
