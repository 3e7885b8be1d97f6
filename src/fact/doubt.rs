use super::Span;

/// Something the reader was unsure of or found contradictory, said rather than guessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// What kind of doubt it is; stable, for scripts.
    pub code: DoubtCode,
    /// One plain sentence for a reader, naming what was found and what was done about it.
    pub message: String,
    /// The same in Chinese.
    pub message_zh: String,
    /// Where in the stored text, where there is a place.
    pub span: Option<Span>,
}

/// The kinds of doubt. The name of each is stored in `doubts.code`; names are never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DoubtCode {
    /// The year that the report states is contradicted by its content; the content was followed.
    YearConflict,
    /// No year could be settled.
    YearUnknown,
    /// No place name was found.
    PlaceUnknown,
    /// Several places have this name and nothing in the text settles which is meant.
    PlaceAmbiguous,
    /// The source has destroyed a number; it was left out.
    BrokenNumber,
    /// Two statements of the report do not fit together.
    Contradiction,
    /// A report without any recognisable section.
    NoSections,
    /// A report without any figure.
    NoFigures,
    /// A report of work done in which no part on work to do was recognised.
    NoPlan,
}

impl DoubtCode {
    /// The stored name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::YearConflict => "year-conflict",
            Self::YearUnknown => "year-unknown",
            Self::PlaceUnknown => "place-unknown",
            Self::PlaceAmbiguous => "place-ambiguous",
            Self::BrokenNumber => "broken-number",
            Self::Contradiction => "contradiction",
            Self::NoSections => "no-sections",
            Self::NoFigures => "no-figures",
            Self::NoPlan => "no-plan",
        }
    }
}
