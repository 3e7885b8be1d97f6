//! The lines of a cleaned text with their numbering.

use std::ops::Range;

use crate::decode::marks::{Mark, mark};

/// A line of the cleaned text, which is a paragraph, a heading or a line of the masthead.
#[derive(Debug, Clone)]
pub(super) struct Paragraph<'a> {
    /// Its bytes in the cleaned text, without the line break.
    pub(super) range: Range<usize>,
    pub(super) text: &'a str,
    pub(super) mark: Option<Mark>,
    /// Its length in characters.
    pub(super) chars: usize,
}

impl Paragraph<'_> {
    /// Whether it ends as sentences end.
    pub(super) fn is_finished(&self) -> bool {
        self.text
            .trim_end_matches(['”', '）', '’'])
            .ends_with(['。', '！', '？', '；', '：', '…'])
    }

    /// Whether it is only a rule between two texts: `====`.
    pub(super) fn is_rule(&self) -> bool {
        self.chars >= 3 && self.text.chars().all(|c| "=-*_—#~·＊".contains(c))
    }

    /// Its sentences as bytes of the cleaned text.
    pub(super) fn sentences(&self) -> Vec<Range<usize>> {
        super::sentence::cut(self.text)
            .into_iter()
            .map(|range| self.range.start + range.start..self.range.start + range.end)
            .collect()
    }
}

/// The paragraphs of a cleaned text.
pub(super) fn paragraphs(text: &str) -> Vec<Paragraph<'_>> {
    let mut start = 0;
    text.split('\n')
        .map(|line| {
            let range = start..start + line.len();
            start = range.end + 1;
            Paragraph {
                range,
                text: line,
                mark: mark(line),
                chars: line.chars().count(),
            }
        })
        .filter(|paragraph| paragraph.chars > 0)
        .collect()
}
