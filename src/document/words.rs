//! The words that tell what a heading or a paragraph is for, from `sections.tsv`.

use std::sync::LazyLock;

use super::word_table::{Classes, WordTable};

/// Words of named classes, as a file lists them: class and word a line.
pub(crate) struct ClassedWords {
    names: Vec<&'static str>,
    table: WordTable,
}

impl ClassedWords {
    /// Reads such a file; lines that open with `#` are comments.
    pub(crate) fn parse(file: &'static str) -> Self {
        let mut names = Vec::new();
        let mut words = Vec::new();
        let lines = file.lines().filter(|line| !line.starts_with('#'));
        for (name, word) in lines.filter_map(|line| line.split_once('\t')) {
            let class = names.iter().position(|known| *known == name);
            words.push((word, class.unwrap_or(names.len())));
            if class.is_none() {
                names.push(name);
            }
        }
        Self {
            names,
            table: WordTable::new(words),
        }
    }

    /// The class of this name.
    fn class(&self, name: &str) -> Classes {
        let class = self.names.iter().position(|known| *known == name);
        Classes::one(class.expect("the file has the class"))
    }

    /// Whether `text` holds a word of this class.
    pub(crate) fn has(&self, class: &str, text: &str) -> bool {
        self.table.holds(text, self.class(class))
    }

    /// The classes that have a word in `text`.
    pub(crate) fn found_in(&'static self, text: &str) -> FoundClasses {
        FoundClasses {
            words: self,
            classes: self.table.classes_in(text, Classes::from(0)),
        }
    }
}

/// The classes that have a word in a text.
#[derive(Clone, Copy)]
pub(crate) struct FoundClasses {
    words: &'static ClassedWords,
    classes: Classes,
}

impl FoundClasses {
    /// Whether this class is one of them.
    pub(crate) fn has(self, class: &str) -> bool {
        self.classes.meets(self.words.class(class))
    }
}

/// Whether `text` holds a word of this class of `sections.tsv`.
pub(super) fn has(class: &str, text: &str) -> bool {
    static WORDS: LazyLock<ClassedWords> =
        LazyLock::new(|| ClassedWords::parse(include_str!("sections.tsv")));
    WORDS.has(class, text)
}

/// The first `count` characters of a text.
pub(crate) fn head(text: &str, count: usize) -> &str {
    let end = text.char_indices().nth(count);
    end.map_or(text, |(at, _)| &text[..at])
}
