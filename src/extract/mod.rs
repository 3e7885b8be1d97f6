//! [`Document`] and lexicon → figures, tasks and doubts.
//!
//! Holds neither SQL nor printing.

pub mod lexicon;

use crate::decode::SourceText;
use crate::document::Document;
use crate::fact::{Doubt, Metric, Task};

/// What one report says.
#[derive(Debug, Clone, Default)]
pub struct Extraction {
    /// In reading order.
    pub metrics: Vec<Metric>,
    /// In reading order.
    pub tasks: Vec<Task>,
    /// What was doubtful about figures.
    pub doubts: Vec<Doubt>,
}

/// Reads the figures and tasks of one report.
#[must_use]
pub fn extract(source: &SourceText, document: &Document) -> Extraction {
    let _ = (source, document);
    Extraction::default()
}
