//! The index over the passages, in the form in which FTS5 keeps it.
//!
//! Given the passages one by one, FTS5 gathers their tokens in a table of its own on the one thread that may write, which
//! took nearly half of the time of that thread. Here the readers gather them, each for its own files and without the
//! store; the writer puts together what they have and writes one segment a transaction, as FTS5 itself would when it
//! commits. Everything else is left to FTS5: searching, taking passages out, merging segments, and whatever is not usual.
//!
//! The form is part of SQLite's file format, described at the head of its `fts5_index.c`; `verify` and the tests read the
//! index of a store token for token beside one that FTS5 wrote.

mod alphabet;
mod merging;
mod pending;
mod postings;
mod segment;
mod structure;
mod varint;

pub(super) use merging::set_merging;
pub(super) use pending::{Pending, index};
pub use postings::Indexer;
pub(super) use postings::Postings;

/// A token a character: the text with a blank after each.
///
/// What was indexed once must be made the same way when it is taken out, so this changes only with the schema version.
pub(super) fn tokens(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 4 / 3 + 1);
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        out.push(c);
        out.push(' ');
    }
    out
}

#[cfg(test)]
mod tests;
