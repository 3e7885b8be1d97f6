//! The lines of a cleaned text with their numbering.

use std::borrow::Cow;
use std::ops::Range;

use crate::decode::marks::{Mark, mark};

use super::sentence::cut;

/// A line of the cleaned text, which is a paragraph, a heading or a line of the masthead.
#[derive(Debug, Clone)]
pub(super) struct Paragraph<'a> {
    /// Its bytes in the cleaned text, without the line break.
    pub(super) range: Range<usize>,
    pub(super) text: &'a str,
    pub(super) mark: Option<Mark>,
    /// Its length in characters.
    pub(super) chars: usize,
    /// Its sentences as bytes of the cleaned text.
    pub(super) sentences: Vec<Range<usize>>,
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
        self.chars >= 3
            && self
                .text
                .trim_start_matches(['=', '-', '*', '_', '—', '#', '~', '·', '＊'])
                .is_empty()
    }

    /// The sentences of a stretch of it, both as bytes of the cleaned text.
    pub(super) fn sentences_in(&self, stretch: Range<usize>) -> Cow<'_, [Range<usize>]> {
        if stretch == self.range {
            return Cow::Borrowed(&self.sentences);
        }
        let text = &self.text[stretch.start - self.range.start..stretch.end - self.range.start];
        Cow::Owned(cut(text, stretch.start))
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
                text: line,
                mark: mark(line),
                chars: line.chars().count(),
                sentences: cut(line, range.start),
                range,
            }
        })
        .filter(|paragraph| paragraph.chars > 0)
        .collect()
}
