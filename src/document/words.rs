//! The words that tell what a heading or a paragraph is for, from `sections.tsv`.

use std::sync::LazyLock;

use super::word_table::{Classes, WordTable};
use crate::decode::chars::nth;

/// Words of named classes, as a file lists them: class and word a line. A class has the number of its name.
pub(crate) struct ClassedWords {
    table: WordTable,
}

impl ClassedWords {
    /// Reads such a file with classes of these names; lines that open with `#` are comments.
    pub(crate) fn parse(file: &'static str, names: &[&str]) -> Self {
        let lines = file.lines().filter(|line| !line.starts_with('#'));
        let words = lines.filter_map(|line| line.split_once('\t'));
        let words = words.map(|(name, word)| {
            let class = names.iter().position(|known| *known == name);
            (word, class.expect("the class has a name"))
        });
        Self {
            table: WordTable::new(words),
        }
    }

    /// Whether `text` holds a word of this class.
    pub(crate) fn has(&self, class: usize, text: &str) -> bool {
        self.table.holds(text, Classes::one(class))
    }

    /// The classes that have a word in `text`.
    pub(crate) fn found_in(&self, text: &str) -> Classes {
        self.table.classes_in(text, Classes::from(0))
    }
}

/// Whether `text` holds a word of this class of `sections.tsv`.
pub(super) fn has(class: &str, text: &str) -> bool {
    let class = CLASSES.iter().position(|known| *known == class);
    class.is_some_and(|class| WORDS.has(class, text))
}

/// The words of a class of `sections.tsv`, in its order.
pub(super) fn all_of(class: &str) -> Vec<&'static str> {
    let lines = FILE.lines().filter_map(|line| line.split_once('\t'));
    lines
        .filter(|(name, _)| *name == class)
        .map(|(_, word)| word)
        .collect()
}

const FILE: &str = include_str!("sections.tsv");

const CLASSES: [&str; 12] = [
    "review",
    "problems",
    "plan",
    "guideline",
    "targets",
    "trouble",
    "seeing",
    "thanks",
    "appeal",
    "no-plan",
    "paper-told",
    "paper-planned",
];

static WORDS: LazyLock<ClassedWords> = LazyLock::new(|| ClassedWords::parse(FILE, &CLASSES));

/// The first `count` characters of a text.
pub(crate) fn head(text: &str, count: usize) -> &str {
    nth(text, count).map_or(text, |end| &text[..end])
}
