//! A set of numbers and of short stretches of bytes, so small that it stays at hand.

/// A set of numbers below 65,536.
pub(super) struct Bits(Box<[u64; (1 << 16) / 64]>);

impl Default for Bits {
    fn default() -> Self {
        Self(Box::new([0; (1 << 16) / 64]))
    }
}

impl Bits {
    pub(super) fn set(&mut self, number: usize) {
        self.0[number / 64] |= 1 << (number % 64);
    }

    #[inline]
    pub(super) fn has(&self, number: usize) -> bool {
        self.0[number / 64] & (1 << (number % 64)) != 0
    }

    /// Puts in the first `count` of eight bytes.
    pub(super) fn set_bytes(&mut self, bytes: u64, count: u32) {
        self.set(spread(bytes, count));
    }

    /// Whether these were put in, or others that have the same number.
    #[inline]
    pub(super) fn has_bytes(&self, bytes: u64, count: u32) -> bool {
        self.has(spread(bytes, count))
    }
}

/// A number below 65,536 of the first `count` of eight bytes.
#[inline]
pub(super) fn spread(bytes: u64, count: u32) -> usize {
    // The golden ratio spreads numbers that are alike.
    ((bytes << (64 - 8 * count)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 48) as usize
}
