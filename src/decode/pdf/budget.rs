//! How much may still be unpacked of a PDF, and read of its pages.

use hayro_syntax::Filter;
use hayro_syntax::object::Stream;

/// So many bytes of what pages and fonts say are unpacked, in all.
const UNPACKED: usize = 256 << 20;
/// So many steps of the pages are gone, in all.
const STEPS: usize = 20_000_000;
/// So many drawings are gone through that pages and other drawings have in them.
const DRAWINGS: usize = 50_000;
/// So many fonts are read.
const FONTS: usize = 1000;
/// So many signs are read.
const SIGNS: usize = 8_000_000;

pub(super) struct Budget {
    unpacked: usize,
    steps: usize,
    signs: usize,
    fonts: usize,
    drawings: usize,
    /// Something was asked for that was not there any more.
    pub(super) is_spent: bool,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self {
            unpacked: UNPACKED,
            steps: STEPS,
            signs: SIGNS,
            fonts: FONTS,
            drawings: DRAWINGS,
            is_spent: false,
        }
    }

    /// What a stream unpacks to; the file was weighed before, so that one stream is never too much.
    pub(super) fn unpacked(&mut self, stream: &Stream<'_>) -> Option<Vec<u8>> {
        let filters = stream.filters();
        let packed = |filter: &&Filter| {
            matches!(
                filter,
                Filter::FlateDecode | Filter::LzwDecode | Filter::RunLengthDecode
            )
        };
        if self.is_spent || filters.iter().filter(packed).count() > 1 {
            self.is_spent = true;
            return None;
        }
        let data = stream.decoded_data().ok()?;
        self.is_spent |= !take(&mut self.unpacked, data.len());
        (!self.is_spent).then(|| data.into_owned())
    }

    pub(super) fn step(&mut self) -> bool {
        self.is_spent |= !take(&mut self.steps, 1);
        !self.is_spent
    }

    pub(super) fn font(&mut self) -> bool {
        self.is_spent |= !take(&mut self.fonts, 1);
        !self.is_spent
    }

    pub(super) fn drawing(&mut self) -> bool {
        self.is_spent |= !take(&mut self.drawings, 1);
        !self.is_spent
    }

    /// A code, which may stand for several signs.
    pub(super) fn sign(&mut self, text: Option<&str>) -> bool {
        self.is_spent |= !take(
            &mut self.signs,
            text.map_or(1, |text| text.chars().count().max(1)),
        );
        !self.is_spent
    }
}

fn take(from: &mut usize, count: usize) -> bool {
    let left = from.checked_sub(count);
    *from = left.unwrap_or(0);
    left.is_some()
}
