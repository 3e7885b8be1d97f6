//! What has changed on a page since an older store.

use std::collections::{HashMap, HashSet};

use super::Page;
use super::fault::Fault;
use super::sheet::{Block, BlockKind, Cited, Mark, Piece, Sheet, pieces};
use crate::query::{ColumnKind, Lang};
use crate::store::Fingerprint;

/// What became of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// It was not there.
    New,
    /// It was this.
    Was(String),
}

/// All that has changed.
#[derive(Debug)]
pub(super) struct Changes {
    pub(super) older: Fingerprint,
    /// Numbers of the page, by their ids.
    pub(super) of: HashMap<usize, Change>,
    /// What each changed number is of, what it was and what it is, in the order of the page; `None` where it was not,
    /// or is no more.
    pub(super) list: Vec<(String, Option<String>, Option<String>)>,
    /// Why the older store gives no page.
    pub(super) fault: Option<Box<Fault>>,
}

/// A number of a page: its id, what it is of, what it is.
struct Fact {
    id: usize,
    of: String,
    said: String,
}

pub(super) fn changes(new: &Page, old: Result<Page, Box<Fault>>, older: Fingerprint) -> Changes {
    let (before, fault) = match old {
        Ok(page) => (facts(&page), None),
        Err(fault) => (Vec::new(), Some(fault)),
    };
    let mut known: HashMap<&str, &str> = HashMap::new();
    for fact in &before {
        known.entry(&fact.of).or_insert(&fact.said);
    }
    let (mut of, mut list, mut seen) = (HashMap::new(), Vec::new(), HashSet::new());
    let after = facts(new);
    for fact in &after {
        let was = known.get(fact.of.as_str()).copied();
        if was == Some(fact.said.as_str()) {
            seen.insert(fact.of.as_str());
            continue;
        }
        let change = was.map_or(Change::New, |was| Change::Was(was.to_owned()));
        of.insert(fact.id, change);
        if seen.insert(&fact.of) {
            list.push((
                fact.of.clone(),
                was.map(str::to_owned),
                Some(fact.said.clone()),
            ));
        }
    }
    for fact in &before {
        if seen.insert(&fact.of) {
            list.push((fact.of.clone(), Some(fact.said.clone()), None));
        }
    }
    Changes {
        older,
        of,
        list,
        fault,
    }
}

/// The numbers of a page in their order.
fn facts(page: &Page) -> Vec<Fact> {
    let mut facts = Vec::new();
    walk(&page.text, page, &page.sheet, &mut facts);
    facts
}

fn walk(text: &str, page: &Page, sheet: &Sheet, facts: &mut Vec<Fact>) {
    for piece in pieces(text) {
        let Piece::Mark(at) = piece else { continue };
        match sheet.marks.get(at) {
            Some(Mark::Number(cited, _)) => {
                if let Some(reference) = page.notes.of_mark.get(&at) {
                    facts.push(fact(reference.id, cited, page.lang));
                }
            }
            Some(Mark::Words(words)) => walk(words, page, sheet, facts),
            Some(Mark::Block(block)) if block.kind != BlockKind::Quotes => {
                cells(at, block, page, facts);
            }
            _ => {}
        }
    }
}

fn cells(at: usize, block: &Block, page: &Page, facts: &mut Vec<Fact>) {
    for (row, found) in block.asked.answer.rows.iter().enumerate() {
        for column in 0..found.cells.len() {
            if let Some(reference) = page.notes.of_cell.get(&(at, row, column)) {
                let cited = Cited {
                    asked: block.asked.clone(),
                    row,
                    column: Some(column),
                };
                facts.push(fact(reference.id, &cited, page.lang));
            }
        }
    }
}

/// A number is the same as one of the other page where question, row and column are: `2023年各镇税收 · 云塘镇 2023 · 增长`.
fn fact(id: usize, cited: &Cited, lang: Lang) -> Fact {
    let answer = &cited.asked.answer;
    let mut of = vec![answer.reading.in_lang(lang).to_owned()];
    let row: Vec<String> = answer
        .columns
        .iter()
        .zip(&answer.rows[cited.row].cells)
        .filter_map(|(column, cell)| match (column.kind, &cell.value) {
            (ColumnKind::Text, crate::fact::Value::Text(text)) => {
                Some(text.chars().take(40).collect())
            }
            (ColumnKind::Year, crate::fact::Value::Integer(year)) => Some(year.to_string()),
            _ => None,
        })
        .collect();
    of.push(row.join(" "));
    if let Some(column) = cited.column {
        of.push(cited.asked.title(column, lang).to_owned());
    }
    of.retain(|part| !part.is_empty());
    Fact {
        id,
        of: of.join(" · "),
        said: cited.said(lang),
    }
}
