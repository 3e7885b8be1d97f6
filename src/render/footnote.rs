use std::collections::HashMap;

use super::one_line;
use super::quote::quotes;
use crate::query::{Lang, Row, Source};

/// The sentences behind the rows of one answer or of several, numbered from 1 in the order of their first use. A
/// sentence that says two rows has one number.
#[derive(Debug, Clone, Default)]
pub struct Footnotes {
    notes: Vec<Footnote>,
    numbers: HashMap<Footnote, usize>,
}

/// One numbered sentence.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Footnote {
    /// The sentence, in one line.
    pub quote: String,
    /// The document that it stands in.
    pub document: String,
    /// Its first character in the document's text.
    pub start: i64,
    /// One past its last.
    pub end: i64,
}

impl Footnotes {
    /// No footnotes yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of a sentence, which is new where it was not used before; `None` for a source without words.
    pub fn number(&mut self, source: &Source) -> Option<usize> {
        let note = Footnote {
            quote: one_line(&source.quote),
            document: source.document.clone(),
            start: source.start,
            end: source.end,
        };
        if note.quote.is_empty() {
            return None;
        }
        let next = self.notes.len() + 1;
        let number = *self.numbers.entry(note.clone()).or_insert(next);
        if number == next {
            self.notes.push(note);
        }
        Some(number)
    }

    /// The numbers of the sentences behind a row.
    pub fn numbers(&mut self, row: &Row) -> Vec<usize> {
        let mut numbers: Vec<usize> = quotes(row)
            .iter()
            .filter_map(|(_, source)| self.number(source))
            .collect();
        numbers.dedup();
        numbers
    }

    /// Number and sentence, from 1.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &Footnote)> {
        self.notes
            .iter()
            .enumerate()
            .map(|(at, note)| (at + 1, note))
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }
}

impl Footnote {
    /// `“税收收入7850万元”（杏渡镇-2018.txt）`.
    #[must_use]
    pub fn said(&self, lang: Lang) -> String {
        let Self {
            quote, document, ..
        } = self;
        match lang {
            Lang::En => format!("“{quote}” ({document})"),
            Lang::Zh => format!("“{quote}”（{document}）"),
        }
    }
}
