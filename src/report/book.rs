//! A page as a workbook, a sheet a table, and one table of it as separated values.

use std::collections::HashSet;

use super::Page;
use super::fault::Fault;
use super::sheet::{Block, BlockKind, Mark, Piece, pieces, without_marks};
use crate::query::{Answer, Lang};
use crate::render::{self, Options, Separator, Sources, WorkbookError};

/// Why a page is no workbook or no separated values.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// The report has no table, or several where one is wanted.
    #[error(transparent)]
    Tables(Box<Fault>),
    /// A table does not fit a workbook.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
}

impl Page {
    /// The tables and charts of the page as a workbook: a sheet each, with the sentences behind their rows.
    pub fn workbook(&self) -> Result<Vec<u8>, BookError> {
        let tables = self.named_tables();
        if tables.is_empty() {
            return Err(none());
        }
        let names: Vec<String> = tables.iter().map(|(name, _)| name.clone()).collect();
        let answers: Vec<(&Answer, Lang)> = tables
            .iter()
            .map(|(_, block)| (&block.data.answer, self.lang))
            .collect();
        Ok(render::workbook_of(&answers, &names, &Options::default())?)
    }

    /// One table as separated values: the only one, or the one of this name or title.
    pub fn separated(&self, named: Option<&str>) -> Result<String, BookError> {
        let tables = self.named_tables();
        let known: Vec<&str> = tables.iter().map(|(name, _)| name.as_str()).collect();
        let found = match (named, &tables[..]) {
            (None, [only]) => only,
            (None, []) => return Err(none()),
            (Some(wanted), _) if known.contains(&wanted) => {
                &tables[known
                    .iter()
                    .position(|name| *name == wanted)
                    .unwrap_or_default()]
            }
            _ => {
                return Err(BookError::Tables(Box::new(Fault::new(
                    "R0501",
                    format!(
                        "separated values are one table; choose one with --table: {}",
                        known.join(", ")
                    ),
                    format!("csv只能有一个表；请用--table选定：{}", known.join("、")),
                ))));
            }
        };
        let options = Options {
            // SQL that wants its sources has columns of them.
            sources: if found.1.data.is_sql {
                Sources::Hidden
            } else {
                Sources::Shown
            },
            ..Options::default()
        };
        Ok(render::separated(
            &found.1.data.answer,
            self.lang,
            &options,
            Separator::Comma,
        ))
    }

    /// The tables in their order, each with a name that no other has and that a workbook takes.
    fn named_tables(&self) -> Vec<(String, &Block)> {
        let mut blocks = Vec::new();
        self.blocks(&self.text, &mut blocks);
        // Two sheets stand behind the tables in any case.
        let mut taken: HashSet<String> = ["notes", "sources", "说明", "出处"]
            .map(str::to_owned)
            .into();
        blocks
            .into_iter()
            .map(|block| {
                let said = [
                    block.name.clone(),
                    self.sheet.plain(&block.title, self.lang),
                    block.asked.answer.reading.in_lang(self.lang).to_owned(),
                ];
                let said = said
                    .iter()
                    .map(|name| fitting(name))
                    .find(|name| !name.is_empty());
                let said = said.unwrap_or_else(|| "table".to_owned());
                let mut name = said.clone();
                let mut turn = 2;
                while !taken.insert(name.to_lowercase()) {
                    name = format!("{} {turn}", cut(&said, LONGEST - 4));
                    turn += 1;
                }
                (name, block)
            })
            .collect()
    }

    fn blocks<'a>(&'a self, text: &str, found: &mut Vec<&'a Block>) {
        for piece in pieces(text) {
            let Piece::Mark(at) = piece else { continue };
            match self.sheet.marks.get(at) {
                Some(Mark::Block(block)) if block.kind != BlockKind::Quotes => found.push(block),
                Some(Mark::Words(words)) => self.blocks(words, found),
                _ => {}
            }
        }
    }
}

/// The most characters of a sheet's name.
const LONGEST: usize = 31;

/// A name without what a workbook forbids in it.
fn fitting(name: &str) -> String {
    let name = without_marks(name).replace(['[', ']', ':', '*', '?', '/', '\\', '\n'], " ");
    cut(name.trim().trim_matches('\''), LONGEST)
}

fn cut(name: &str, most: usize) -> String {
    let mut cut = String::new();
    for c in name.chars() {
        if cut.encode_utf16().count() + c.len_utf16() > most {
            break;
        }
        cut.push(c);
    }
    cut.trim().to_owned()
}

fn none() -> BookError {
    BookError::Tables(Box::new(Fault::new(
        "R0501",
        "the report has no table; a block ```table makes one",
        "报告中没有表；可用```table块列表",
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_a_workbook() {
        assert_eq!(fitting("a/b: c?"), "a b  c");
        assert_eq!(fitting(&"税".repeat(40)).chars().count(), 31);
    }
}
