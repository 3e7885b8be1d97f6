//! Characters of a text by number, without counting from its start each time.

use crate::fact::Span;

/// Every how many bytes it is kept how many characters begin before: as many as can be counted at once.
const STEP: usize = 64;

/// The number of characters before every 64th byte.
#[derive(Debug, Clone, Default)]
pub(super) struct CharIndex {
    before: Vec<u32>,
    /// Number of characters.
    pub(super) count: usize,
}

impl CharIndex {
    pub(super) fn new(text: &str) -> Self {
        let opens = |byte: &u8| u8::from(byte & 0xC0 != 0x80);
        let mut count = 0;
        let steps = text.as_bytes().chunks(STEP).map(|step| {
            let before = count;
            count += u32::from(step.iter().map(opens).sum::<u8>());
            before
        });
        Self {
            before: steps.collect(),
            count: count as usize,
        }
    }

    fn byte(&self, text: &str, at: usize) -> usize {
        if at >= self.count {
            return text.len();
        }
        let step = self.before.partition_point(|&before| before as usize <= at) - 1;
        // A character that began before the step is not counted in it.
        let mut from = step * STEP;
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let number = at - self.before[step] as usize;
        nth(&text[from..], number).map_or(text.len(), |byte| from + byte)
    }

    /// The characters of `text` in `span`.
    pub(super) fn quote<'a>(&self, text: &'a str, span: Span) -> &'a str {
        let start = self.byte(text, span.start);
        &text[start..self.byte(text, span.end).max(start)]
    }
}

/// The byte where a character begins, by its number from 0: a step from first byte to first byte, which tell the length.
pub(crate) fn nth(text: &str, number: usize) -> Option<usize> {
    let mut at = 0;
    for _ in 0..number {
        at += match text.as_bytes().get(at)? {
            ..0x80 => 1,
            ..0xE0 => 2,
            ..0xF0 => 3,
            _ => 4,
        };
    }
    (at < text.len()).then_some(at)
}

/// The number of the character that a text begins with, where it has three bytes as nearly all Chinese ones have: put
/// together sooner than by `chars`, and below 65,536.
#[inline]
pub(crate) fn number_of_three_bytes(text: &[u8]) -> Option<u16> {
    match text.first_chunk() {
        Some(&[a @ 0xE0..0xF0, b, c]) => {
            Some(u16::from(a) << 12 | u16::from(b & 0x3F) << 6 | u16::from(c & 0x3F))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_three_bytes() {
        for c in ['ࠀ', '。', '一', '镇', '\u{d7ff}', '\u{e000}', '\u{ffff}'] {
            let number = number_of_three_bytes(c.to_string().as_bytes());
            assert_eq!(number.map(u32::from), Some(c as u32));
        }
        for text in ["", "a镇", "é", "𬒈"] {
            assert_eq!(number_of_three_bytes(text.as_bytes()), None);
        }
    }

    #[test]
    fn characters_by_number() {
        let text = "aé镇𬒈镇";
        for number in 0..7 {
            let want = text.char_indices().nth(number).map(|(at, _)| at);
            assert_eq!(nth(text, number), want);
        }
    }

    #[test]
    fn quotes_by_characters() {
        let text: String = "镇a".repeat(400);
        let index = CharIndex::new(&text);
        assert_eq!(index.count, 800);
        for start in [0, 1, 255, 256, 257, 511, 799] {
            let want: String = text.chars().skip(start).take(3).collect();
            assert_eq!(
                index.quote(&text, Span::new(start, (start + 3).min(800))),
                want
            );
        }
        assert_eq!(index.quote(&text, Span::new(900, 901)), "");
    }
}
