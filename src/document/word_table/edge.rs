//! Words and the edges of texts, compared in one step.

use super::Classes;

pub(super) struct Word {
    pub(super) text: &'static str,
    pub(super) classes: Classes,
    /// Its bytes at the edge where it is looked for, and which of them count: most words have no more, and are compared in
    /// one step.
    edge: Edge<'static>,
    mask: u64,
}

impl Word {
    pub(super) fn new(text: &'static str, classes: Classes, edge: Edge<'static>) -> Self {
        let others = 8 * size_of::<u64>().saturating_sub(text.len());
        Self {
            text,
            classes,
            edge,
            mask: match edge.side {
                Side::First => u64::MAX >> others,
                Side::Last => u64::MAX << others,
            },
        }
    }

    /// Whether a text has it at this edge.
    #[inline]
    pub(super) fn is_at(&self, text: Edge<'_>) -> bool {
        (text.number ^ self.edge.number) & self.mask == 0
            && (self.text.len() <= size_of::<u64>() || text.has(self.text.as_bytes()))
    }
}

/// Where in a text words are looked for.
#[derive(Clone, Copy)]
enum Side {
    First,
    Last,
}

/// A text with its first or its last eight bytes as a number; zeros stand for those that a shorter one has not.
#[derive(Clone, Copy)]
pub(super) struct Edge<'t> {
    bytes: &'t [u8],
    side: Side,
    /// Its bytes, the first the lowest.
    pub(super) number: u64,
}

impl<'t> Edge<'t> {
    #[inline]
    pub(super) fn first_of(bytes: &'t [u8]) -> Self {
        let first = bytes.first_chunk().copied().unwrap_or_else(|| {
            let mut first = [0; 8];
            let length = bytes.len().min(first.len());
            first[..length].copy_from_slice(&bytes[..length]);
            first
        });
        Self {
            bytes,
            side: Side::First,
            number: u64::from_le_bytes(first),
        }
    }

    #[inline]
    pub(super) fn last_of(bytes: &'t [u8]) -> Self {
        let last = bytes.last_chunk().copied().unwrap_or_else(|| {
            let mut last = [0; 8];
            last[8 - bytes.len()..].copy_from_slice(bytes);
            last
        });
        Self {
            bytes,
            side: Side::Last,
            number: u64::from_le_bytes(last),
        }
    }

    fn has(self, word: &[u8]) -> bool {
        match self.side {
            Side::First => self.bytes.starts_with(word),
            Side::Last => self.bytes.ends_with(word),
        }
    }

    /// A number below 64 of the character next to the one at the edge, where both have three bytes: of its last byte.
    #[inline]
    pub(super) fn neighbour(self) -> u64 {
        let byte = match self.side {
            Side::First => 5,
            Side::Last => 4,
        };
        self.number >> (8 * byte) & 63
    }
}
