use std::collections::HashMap;

use super::grid::Grid;
use super::options::Numbers;
use super::quote::cited;
use super::{one_line, visible_in_line};
use crate::query::{Answer, Lang, Row, Source};

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
            document: visible_in_line(&source.document).into_owned(),
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

    /// The numbers of the sentences behind a row, each with the column of the answer at which it stands: that of the
    /// value that it says. One that is in no column of `shown` stands at the first of these.
    pub fn of_row(&mut self, answer: &Answer, row: &Row, shown: &[usize]) -> Vec<(usize, usize)> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (at, source) in cited(answer, row) {
            let at = Some(at).filter(|at| shown.contains(at));
            let (Some(at), Some(number)) = (at.or(shown.first().copied()), self.number(source))
            else {
                continue;
            };
            if !found.contains(&(at, number)) {
                found.push((at, number));
            }
        }
        found
    }

    /// The numbers that stand at each cell, by row of the answer and column of [`Answer::columns`]: those of the
    /// sentences behind the rows, each at the value that it says.
    pub fn at_cells<'a>(
        &'a mut self,
        answer: &'a Answer,
        lang: Lang,
    ) -> impl FnMut(usize, usize) -> Vec<usize> + use<'a> {
        let grid = Grid::of(answer, lang, Numbers::Readable);
        let shown: Vec<usize> = grid.columns.iter().map(|column| column.at).collect();
        move |row, column| {
            let notes = self.of_row(answer, &answer.rows[row], &shown);
            let here = notes.iter().filter(|(at, _)| *at == column);
            here.map(|(_, number)| *number).collect()
        }
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
