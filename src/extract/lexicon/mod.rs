//! The words of the genre, as data files beside this one: indicators, units, and the words that decide what a number
//! means. Adding one is a line of a `.tsv` file.

mod indicators;
mod light_verbs;
mod role;
mod units;
mod words;

pub use indicators::{INDICATORS_TABLE, indicators};
pub use light_verbs::light_verbs;
pub use role::Role;
pub use units::{Dimension, Unit, unit_at};
pub use words::{Said, holds, word_after, word_before, words, words_in};

/// The cells of each line of a data file; lines that open with `#` are comments.
fn rows(file: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    file.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}
