//! [`SourceText`] → the [`Document`]s in it: one a report, with session, sections and sentences.
//!
//! Knows nothing of figures.

mod appendix;
mod bits;
mod closing;
pub(crate) mod dictionary;
mod front;
mod heading;
mod masthead;
pub(crate) mod numeral;
mod outline;
mod paper;
mod paragraph;
mod part;
pub(crate) mod place;
mod preface;
mod read;
pub(crate) mod sentence;
mod shape;
mod split;
#[cfg(test)]
mod tests;
pub(crate) mod word_table;
pub(crate) mod words;
mod year;

use std::ops::Range;

use crate::decode::SourceText;
use crate::fact::{Doubt, SectionType, Session, Span};

use paragraph::paragraphs;

/// One report in a file. Ranges are bytes of the cleaned text, spans characters of the stored text.
#[derive(Debug, Clone)]
pub struct Document {
    /// 1 for the first report of a file.
    pub ordinal: usize,
    /// The report's stretch of the cleaned text.
    pub range: Range<usize>,
    /// The same in the stored text.
    pub span: Span,
    /// Whose report it is, and when it was given.
    pub session: Session,
    /// In reading order; a section's children follow it.
    pub sections: Vec<Section>,
    /// In reading order, headings left out.
    pub sentences: Vec<Sentence>,
    /// What was doubtful about place, year and shape.
    pub doubts: Vec<Doubt>,
}

/// A part of a report under one heading.
#[derive(Debug, Clone)]
pub struct Section {
    /// Index of the section that holds it.
    pub parent: Option<usize>,
    /// 1 a main part, 2 a chapter in it, 3 a run-in heading.
    pub level: u8,
    /// What it is for.
    pub kind: SectionType,
    /// The heading's stretch of the cleaned text; `None` for a part without one.
    pub heading: Option<Range<usize>>,
    /// The heading as the stored text has it, numbering included.
    pub title: Option<String>,
    /// Heading and body, up to the next section of the same or a higher level.
    pub range: Range<usize>,
    /// The same in the stored text.
    pub span: Span,
}

/// A sentence: up to 。！？ or the end of a paragraph, its closing mark included; ； does not end one.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Index of the innermost section that holds it.
    pub section: usize,
    /// Counts paragraphs of the report from 0; neighbours in one paragraph share it.
    pub paragraph: usize,
    /// Its stretch of the cleaned text.
    pub range: Range<usize>,
}

/// Splits a file into its reports and each report into session, sections and sentences. The file's name, which may be empty,
/// tells whose report it is where the text of its only report does not.
#[must_use]
pub fn documents(source: &SourceText, name: &str) -> Vec<Document> {
    let all = paragraphs(source.clean.as_str());
    if all.is_empty() {
        return Vec::new();
    }
    let ranges = split::reports(&all);
    let name = if ranges.len() == 1 { name } else { "" };
    let whole = source.clean.as_str().len();
    let ends: Vec<usize> = ranges
        .iter()
        .skip(1)
        .map(|range| all[range.start].range.start)
        .chain([whole])
        .collect();
    ranges
        .iter()
        .zip(&ends)
        .enumerate()
        .map(|(i, (range, &end))| read::document(source, name, &all, range.clone(), end, i + 1))
        .collect()
}
