//! What a template leaves on the page: numbers, texts of the store and blocks stand in its output as marks, so that
//! nothing that the store says is ever read as Markdown, HTML or a template.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::asker::{Asked, Asker};
use super::fault::Fault;
use crate::query::plan::Chart;
use crate::query::{Answer, Column, ColumnKind, Drawn, Lang, Row};
use crate::render;

/// A mark is a number between these two; they are no characters of any text, and are taken out of the store's.
const OPEN: char = '\u{fdd0}';
const CLOSE: char = '\u{fdd1}';
/// Parts the title of a block from its first line.
pub(super) const TITLE: char = '\u{fdd2}';

/// What a mark stands for.
#[derive(Debug, Clone)]
pub(super) enum Mark {
    /// A number of an answer, and its words where the script has other ones for it than a table.
    Number(Cited, Option<String>),
    /// A number that the script worked out, as it is shown, and the numbers that it was worked out of.
    Worked(String, Vec<Cited>),
    /// A footnote alone, for the rows of an answer.
    Note(Vec<Cited>),
    /// Words of the store or of a value of the script, to be shown as they are; they may have marks in them.
    Words(String),
    /// A table, a chart, a list of sentences.
    Block(Block),
}

/// Stands for no row: a number that rests on an answer without rows.
pub(super) const NO_ROW: usize = usize::MAX;

/// One cell of an answer.
#[derive(Debug, Clone)]
pub(super) struct Cited {
    pub(super) asked: Arc<Asked>,
    pub(super) row: usize,
    /// `None` for the row as a whole.
    pub(super) column: Option<usize>,
}

/// What stands in a paragraph of its own.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) kind: BlockKind,
    /// What is shown.
    pub(super) asked: Arc<Asked>,
    /// What a workbook and separated values have of it; they may have more columns.
    pub(super) data: Arc<Asked>,
    /// Words, perhaps with marks in them; empty for none.
    pub(super) title: String,
    /// The name of its sheet or file; empty where the title serves.
    pub(super) name: String,
}

impl Block {
    /// Its answer as a chart draws it.
    pub(super) fn drawn(&self) -> Answer {
        let mut answer = self.asked.answer.clone();
        let of = self
            .asked
            .principal
            .map_or(ColumnKind::Value, |at| answer.columns[at].kind);
        let kind = match self.kind {
            BlockKind::Line => Chart::Line,
            _ => Chart::Bar,
        };
        answer.chart = Some(answer.chart.unwrap_or(Drawn { kind, of }));
        answer
    }

    /// The sentences that the rows are, each with what it is of: `“……”（云塘镇 2023）`.
    pub(super) fn quotes(&self, lang: Lang) -> Vec<(usize, String)> {
        let answer = &self.asked.answer;
        let is_figure =
            |column: &Column| matches!(column.kind, ColumnKind::Value | ColumnKind::Growth);
        let has_figures = answer.columns.iter().any(is_figure);
        let said = |row: &Row| {
            // A row of figures is said by its sources; of other rows the longest text is the sentence, and the others say
            // what it is of.
            let texts: Vec<(usize, &str)> = row
                .cells
                .iter()
                .enumerate()
                .filter_map(|(at, cell)| Some((at, cell.value.text()?)))
                .collect();
            let sources = if has_figures {
                said_by(row)
            } else {
                String::new()
            };
            let longest = texts.iter().max_by_key(|(_, text)| text.chars().count());
            let (at, sentence) = match longest {
                _ if !sources.is_empty() => (row.cells.len(), sources.as_str()),
                longest => longest.copied().unwrap_or_default(),
            };
            let place = texts
                .first()
                .filter(|(first, _)| *first != at)
                .map(|(_, place)| *place);
            let year = answer
                .columns
                .iter()
                .position(|column| column.kind == ColumnKind::Year)
                .and_then(|at| row.cells[at].value.integer());
            let of: Vec<String> = place
                .map(str::to_owned)
                .into_iter()
                .chain(year.map(|year| year.to_string()))
                .collect();
            match (of.is_empty(), lang) {
                (true, _) => sentence.to_owned(),
                (false, Lang::En) => format!("{sentence} ({})", of.join(" ")),
                (false, Lang::Zh) => format!("{sentence}（{}）", of.join(" ")),
            }
        };
        answer.rows.iter().map(said).enumerate().collect()
    }
}

/// The sentences that say a row of figures, each once.
fn said_by(row: &Row) -> String {
    let mut said: Vec<String> = Vec::new();
    for source in &row.sources {
        let quote = render::one_line(&source.quote);
        if !quote.is_empty() && !said.contains(&quote) {
            said.push(quote);
        }
    }
    said.join(" / ")
}

/// The kinds of blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockKind {
    Table,
    Bars,
    Line,
    Quotes,
}

/// A stretch of a template's output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// What the script's author wrote.
    Written(&'a str),
    /// The mark of this number.
    Mark(usize),
}

/// All marks of a run, and the questions that were asked.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) marks: Vec<Mark>,
    /// The questions as the script has them, each once, in the order of their first asking, with how often.
    pub(super) questions: Vec<(String, usize)>,
    /// What went wrong where no error can be returned.
    pub(super) late: Vec<Fault>,
    /// The texts of the parts that were included, by name.
    pub(super) parts: std::collections::BTreeMap<String, String>,
}

impl Sheet {
    /// Puts something on the page; gives what stands for it in the template's output.
    pub(super) fn put(&mut self, mark: Mark) -> String {
        self.marks.push(mark);
        format!("{OPEN}{}{CLOSE}", self.marks.len() - 1)
    }

    pub(super) fn asked(&mut self, question: &str) {
        match self
            .questions
            .iter_mut()
            .find(|(known, _)| known == question)
        {
            Some((_, times)) => *times += 1,
            None => self.questions.push((question.to_owned(), 1)),
        }
    }

    /// A text with the words of its marks in their place; numbers without their footnotes, blocks left out.
    pub(super) fn plain(&self, text: &str, lang: Lang) -> String {
        let mut plain = String::new();
        for piece in pieces(text) {
            match piece {
                Piece::Written(words) => plain.push_str(words),
                Piece::Mark(at) => match self.marks.get(at) {
                    Some(Mark::Words(words)) => plain.push_str(&self.plain(words, lang)),
                    Some(Mark::Number(cited, said)) => {
                        plain.push_str(&said.clone().unwrap_or_else(|| cited.said(lang)));
                    }
                    Some(Mark::Worked(said, _)) => plain.push_str(said),
                    Some(Mark::Note(_) | Mark::Block(_)) | None => {}
                },
            }
        }
        plain
    }
}

/// Cuts a text at its marks.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(OPEN) {
        let after = &rest[at + OPEN.len_utf8()..];
        let number = after
            .find(CLOSE)
            .and_then(|end| Some((end, after[..end].parse().ok()?)));
        if at > 0 {
            pieces.push(Piece::Written(&rest[..at]));
        }
        rest = after;
        if let Some((end, mark)) = number {
            pieces.push(Piece::Mark(mark));
            rest = &after[end + CLOSE.len_utf8()..];
        }
    }
    if !rest.is_empty() {
        pieces.push(Piece::Written(rest));
    }
    pieces
}

/// A text without the characters that marks are made of.
pub(super) fn without_marks(text: &str) -> String {
    text.replace([OPEN, CLOSE, TITLE], "")
}

/// What the functions of a template share.
#[derive(Debug)]
pub(super) struct Shared {
    asker: Mutex<Asker>,
    sheet: Mutex<Sheet>,
    pub(super) lang: Lang,
    /// The names of parameters that hold words, which stand quoted in questions.
    pub(super) worded: Vec<String>,
}

impl Shared {
    pub(super) fn new(asker: Asker, lang: Lang, worded: Vec<String>) -> Arc<Self> {
        Arc::new(Self {
            asker: Mutex::new(asker),
            sheet: Mutex::new(Sheet::default()),
            lang,
            worded,
        })
    }

    pub(super) fn asker(&self) -> MutexGuard<'_, Asker> {
        self.asker.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn sheet(&self) -> MutexGuard<'_, Sheet> {
        self.sheet.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_and_forged_ones_are_only_numbers() {
        let mut sheet = Sheet::default();
        let mark = sheet.put(Mark::Words("<b>".to_owned()));
        let text = format!("a{mark}b");
        assert_eq!(
            pieces(&text),
            [Piece::Written("a"), Piece::Mark(0), Piece::Written("b")]
        );
        assert_eq!(sheet.plain(&text, Lang::En), "a<b>b");
        assert_eq!(sheet.plain("\u{fdd0}99\u{fdd1}x\u{fdd0}y", Lang::En), "xy");
        assert_eq!(without_marks("\u{fdd0}1\u{fdd1}"), "1");
    }
}
