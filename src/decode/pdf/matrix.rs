//! Where on a page something is.

/// A matrix as a PDF writes it, with two columns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    pub(super) const SAME: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(super) fn moved(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// First this, then the other.
    pub(super) fn then(self, other: Self) -> Self {
        // Along the line, across it, and where it begins.
        let applied = |x: f64, y: f64| {
            let m = other.0;
            (x * m[0] + y * m[2], x * m[1] + y * m[3])
        };
        let m = self.0;
        let (along, across, begins) = (
            applied(m[0], m[1]),
            applied(m[2], m[3]),
            applied(m[4], m[5]),
        );
        let (x, y) = other.origin();
        Self([
            along.0,
            along.1,
            across.0,
            across.1,
            begins.0 + x,
            begins.1 + y,
        ])
    }

    pub(super) fn origin(self) -> (f64, f64) {
        (self.0[4], self.0[5])
    }

    /// How long a step along the line becomes, and one across it.
    pub(super) fn scales(self) -> (f64, f64) {
        let [a, b, c, d, ..] = self.0;
        (a.hypot(b), c.hypot(d))
    }
}
