//! What is offered where a question is refused, looked up in the store: what it has of the words that no name has, and
//! whether what is offered has an answer.

use std::cell::Cell;
use std::time::{Duration, Instant};

use crate::extract;
use crate::fact::Value;
use crate::query::{
    self, Catalog, Compiled, Diagnostic, Fix, Found, Heard, Parameters, Sought, Understood,
};
use crate::store::{Limits, Occurrences, Store};

/// How long the store may be asked altogether. What is not known by then is offered as it is.
const PATIENCE: Duration = Duration::from_millis(200);

/// The time that is left.
pub(super) struct Patience(Cell<Duration>);

impl Patience {
    pub(super) const fn new() -> Self {
        Self(Cell::new(PATIENCE))
    }

    /// Asks the store something; nothing where no time is left.
    fn ask<T>(&self, ask: impl FnOnce(Duration) -> T) -> Option<T> {
        let left = self.0.get();
        if left.is_zero() {
            return None;
        }
        let begun = Instant::now();
        let told = ask(left);
        self.0.set(left.saturating_sub(begun.elapsed()));
        Some(told)
    }
}

/// So many stretches of a word are looked up, the longest first.
const MOST_STRETCHES: usize = 12;

/// Fewer rows than these are counted beside an offer.
const ROWS: usize = 2;

/// What the store has of the words of a question that nobody knows; nothing where its texts were left out.
pub(super) fn heard(
    store: &Store,
    statement: &str,
    catalog: &Catalog,
    patience: &Patience,
) -> Vec<Heard> {
    if !matches!(store.texts_left_out(), Ok(None)) {
        return Vec::new();
    }
    let sought = query::sought(statement, catalog);
    let words = sought.words.iter();
    words
        .filter_map(|word| heard_of(store, word, &sought, patience))
        .collect()
}

/// `None` where there was no time to find out.
fn heard_of(store: &Store, word: &str, sought: &Sought, patience: &Patience) -> Option<Heard> {
    let everywhere: (&[i64], &[i32]) = (&[], &[]);
    let look = |stretch: &str, scope| {
        let found = patience.ask(|left| store.occurrences(stretch, scope, Found::MOST, left));
        found?.ok()
    };
    let parts = extract::noun_stretches(word);
    // 建了, 新修了: what was done, and not of what.
    if parts.is_empty() && word.ends_with('了') {
        return None;
    }
    let parts = parts.into_iter().filter(|part| *part != word);
    for stretch in [word].into_iter().chain(parts).take(MOST_STRETCHES) {
        let all = look(stretch, everywhere)?;
        if all == Occurrences::default() {
            continue;
        }
        let scope = (&sought.places[..], &sought.years[..]);
        let here = if scope == everywhere {
            Some(all)
        } else {
            look(stretch, scope)
        };
        // Where there was no time to look there, what is found anywhere is offered.
        let here = here.unwrap_or_default();
        let found = |here, all| Found { here, all };
        return Some(Heard {
            asked: word.to_owned(),
            word: stretch.to_owned(),
            figures: found(here.figures, all.figures),
            tasks: found(here.tasks, all.tasks),
            sentences: found(here.sentences, all.sentences),
        });
    }
    Some(Heard {
        asked: word.to_owned(),
        ..Heard::default()
    })
}

/// The same messages without offers that have no answer, where others have one or may have.
pub(super) fn tried(
    store: &Store,
    mut faults: Vec<Diagnostic>,
    statement: &str,
    catalog: &Catalog,
    parameters: &Parameters,
    patience: &Patience,
) -> Vec<Diagnostic> {
    let is_empty = |fix: &Fix| {
        let understood = query::compile_with(&fix.applied(statement), catalog, parameters);
        let Ok(Understood::Question(compiled)) = understood else {
            return false;
        };
        let is_empty = patience.ask(|left| has_no_answer(store, &compiled, left));
        is_empty == Some(true)
    };
    for fault in &mut faults {
        let empty: Vec<bool> = fault.fixes.iter().map(is_empty).collect();
        if empty.iter().all(|is_empty| *is_empty) {
            continue;
        }
        let mut empty = empty.into_iter();
        fault.fixes.retain(|_| empty.next() != Some(true));
    }
    faults
}

/// Whether no row answers, or only rows that state nothing: places without the figure.
fn has_no_answer(store: &Store, compiled: &Compiled, time: Duration) -> bool {
    let limits = Limits {
        time: Some(time),
        rows: Some(ROWS),
    };
    let sql = &compiled.numbered;
    let Ok(read) = store.select_within(&sql.text, &sql.params, limits) else {
        return false;
    };
    let states = |row: &Vec<Value>| {
        let at = compiled.sources_at();
        at.and_then(|at| row.get(at)).is_none_or(|sources| {
            sources
                .text()
                .is_some_and(|sources| sources.len() > "[]".len())
        })
    };
    compiled.has_none(&read.rows) || !read.are_cut && !read.rows.iter().any(states)
}
