/// A phrase a line, below a line that says so, in the order of their bytes.
pub const PHRASES_TABLE: &str = include_str!("phrases.tsv");

/// Policy phrases that mostly stand without quotation marks and are looked for wherever they stand.
pub fn known_phrases() -> impl Iterator<Item = &'static str> {
    PHRASES_TABLE.lines().skip(1)
}
