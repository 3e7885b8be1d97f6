//! The first half of the way of the data in one call: bytes → what a file says.

pub use crate::decode::DecodeError;
use crate::decode::{SourceText, decode_named};
use crate::document::{Document, documents};
use crate::extract::{Extraction, extract};

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

/// Reads a file's bytes, of which nothing else is known.
pub fn read(bytes: &[u8]) -> Result<Reading, DecodeError> {
    read_named(bytes, "")
}

/// Reads a file's bytes. The ending of its name tells its kind where its bytes do not, and the name itself whose report it
/// is where the text does not.
pub fn read_named(bytes: &[u8], name: &str) -> Result<Reading, DecodeError> {
    Ok(of(decode_named(bytes, name)?, name))
}

/// Reads a text that was decoded before, as a store keeps it under a name.
#[must_use]
pub fn read_text(text: String, name: &str) -> Reading {
    of(SourceText::from_text(text), name)
}

fn of(source: SourceText, name: &str) -> Reading {
    let reports = documents(&source, name).into_iter();
    let reports = reports.map(|document| Report {
        facts: extract(&source, &document),
        document,
    });
    Reading {
        reports: reports.collect(),
        source,
    }
}
