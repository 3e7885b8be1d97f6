use rustyline::completion::Pair;
use zhenzhi::query::{Candidate, Lang, complete as complete_question};
use zhenzhi::render::visible_in_line;

use super::dot;
use super::line::Line;
use crate::language::in_lang;

/// More are not looked through.
const MOST: usize = 24;

/// What may follow an entry that ends here, and the byte from which it is replaced.
pub(super) fn complete(line: &Line, entry: &str) -> (usize, Vec<Pair>) {
    if entry.trim().is_empty() {
        let offers: Vec<Pair> = line
            .offers
            .borrow()
            .iter()
            .map(|offer| pair(offer, "", offer))
            .collect();
        if !offers.is_empty() {
            return (entry.len(), offers);
        }
    }
    if entry.starts_with(dot::is_mark) {
        return dot::complete(line, entry);
    }
    question(line, entry, 0)
}

/// What may follow a question that begins at a byte of the entry.
pub(super) fn question(line: &Line, entry: &str, from: usize) -> (usize, Vec<Pair>) {
    let question = &entry[from..];
    let mut vocabulary = line.vocabulary.borrow_mut();
    let mut found = vocabulary.counted().map_or_else(
        |_| Vec::new(),
        |catalog| complete_question(question, catalog),
    );
    found.truncate(MOST);
    let chars: Vec<char> = question.chars().collect();
    // The editor replaces the same stretch for all; what a candidate leaves of it is put before it.
    let start = found.iter().map(|found| found.span.start).min();
    let start = start.unwrap_or(chars.len());
    let pairs = found
        .iter()
        .map(|candidate| {
            let kept: String = chars[start..candidate.span.start].iter().collect();
            pair(
                &candidate.text,
                note(candidate, line.lang),
                &format!("{kept}{}", candidate.text),
            )
        })
        .collect();
    let bytes: usize = chars[..start].iter().map(|c| c.len_utf8()).sum();
    (from + bytes, pairs)
}

fn note(candidate: &Candidate, lang: Lang) -> &str {
    in_lang(lang, &candidate.note_en, &candidate.note_zh)
}

/// A candidate with what the list says of it. A stranger's names are shown and put in as they can be seen.
pub(super) fn pair(shown: &str, note: &str, replacement: &str) -> Pair {
    let shown = visible_in_line(shown.trim());
    Pair {
        display: if note.is_empty() {
            shown.into_owned()
        } else {
            format!("{shown}  {note}")
        },
        replacement: visible_in_line(replacement).into_owned(),
    }
}
