//! Where the lines of a document go: the text, and the cells and rows of its tables.

use std::mem;

/// A cell with more signs, or with more than one line, holds a text and stands in lines of its own.
const LONGEST_CELL: usize = 120;

/// Where lines go: the text, or a cell.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) lines: Vec<String>,
    /// What a paragraph had whose end was deleted.
    pub(super) begun: String,
}

impl Sheet {
    /// All lines, with what was left of a paragraph whose end was deleted and behind which there is no other.
    pub(super) fn end(&mut self) -> Vec<String> {
        let begun = mem::take(&mut self.begun);
        self.add(&begun);
        mem::take(&mut self.lines)
    }

    pub(super) fn add(&mut self, text: &str) {
        let lines = text.trim_end().split('\n');
        let lines = lines.filter(|line| !line.trim().is_empty());
        self.lines.extend(lines.map(str::to_owned));
    }
}

/// A row of a table.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) cells: Vec<Vec<String>>,
    pub(super) in_properties: bool,
    pub(super) is_deleted: bool,
}

impl Row {
    /// Its cells in one line, or, where one of them holds a text, each in lines of its own. A deleted row has none.
    pub(super) fn lines(self) -> Vec<String> {
        let is_short = |cell: &Vec<String>| match cell.as_slice() {
            [] => true,
            [line] => line.chars().count() <= LONGEST_CELL,
            _ => false,
        };
        if self.is_deleted {
            return Vec::new();
        }
        let is_line = self.cells.iter().all(is_short);
        let cells: Vec<String> = self.cells.into_iter().flatten().collect();
        if is_line && !cells.is_empty() {
            vec![cells.join("\t")]
        } else {
            cells
        }
    }
}
