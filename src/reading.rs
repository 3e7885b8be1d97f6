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

/// Reads a file's bytes.
pub fn read(bytes: &[u8]) -> Result<Reading, DecodeError> {
    Ok(of_source(decode(bytes)?))
}

/// Reads a text that was decoded before, as a store keeps it.
#[must_use]
pub fn read_text(text: String) -> Reading {
    of_source(SourceText::from_text(text))
}

fn of_source(source: SourceText) -> Reading {
    let reports = documents(&source)
        .into_iter()
        .map(|document| Report {
            facts: extract(&source, &document),
            document,
        })
        .collect();
    Reading { source, reports }
}
