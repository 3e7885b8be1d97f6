/// What a format is free in. Each is for people, but for [`Numbers::Base`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// How values are written.
    pub numbers: Numbers,
    /// Whether the sentences that say the rows stand with them.
    pub sources: Sources,
    /// The rows alone, without the reading before and the notes behind them.
    pub rows_only: bool,
    /// Separated values are for a spreadsheet: a mark at the start says that they are UTF-8, and codes stay text.
    pub for_spreadsheet: bool,
    /// How many columns a line may have: text is then broken inside its cell, a chart made to fit. `None` where the
    /// lines go to no terminal; nothing is broken then.
    pub width: Option<usize>,
}

/// How values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Numbers {
    /// With one multiplier and equal decimals in a column: 14.50亿元.
    #[default]
    Readable,
    /// As the report writes them, where a figure is stated there: 14.5 亿元.
    Written,
    /// In base units: 1450000000元.
    Base,
}

/// Where the sentences stand that say a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sources {
    /// With the rows, unless these are many; a note then says how to have them. In separated values and workbooks
    /// they have room of their own, and are left out of separated values.
    #[default]
    OfFew,
    /// With the rows, however many.
    Shown,
    /// Nowhere.
    Hidden,
}

/// With more rows than this their sentences are shown only where they are asked for: one screen of rows.
pub const FEW: usize = 20;

impl Sources {
    /// Whether an answer of so many rows is shown with its sentences.
    #[must_use]
    pub const fn are_shown(self, rows: usize) -> bool {
        match self {
            Self::Shown => true,
            Self::Hidden => false,
            Self::OfFew => rows <= FEW,
        }
    }
}
