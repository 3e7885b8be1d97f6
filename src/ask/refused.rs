//! What is offered where a question is refused, looked up in the store: what it has of the words that no name has, and
//! whether what is offered has an answer.

use std::cell::Cell;
use std::time::{Duration, Instant};

use crate::extract;
use crate::fact::{Span, Value};
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

/// So many rows tell whether an offer has an answer.
const FEW_ROWS: usize = 2;

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

/// The same messages without offers that have no answer, where others have one or may have. One that keeps a place, a
/// year, a day or a word that all others leave out is nearer than they are, and stays with what was found: nothing. What
/// says how many rows it has says how many it really has.
pub(super) fn tried(
    store: &Store,
    mut faults: Vec<Diagnostic>,
    statement: &str,
    catalog: &Catalog,
    parameters: &Parameters,
    patience: &Patience,
) -> Vec<Diagnostic> {
    let is_empty = |fix: &mut Fix| {
        let understood = query::compile_with(&fix.applied(statement), catalog, parameters);
        let Ok(Understood::Question(compiled)) = understood else {
            return false;
        };
        let most = if fix.is_counted() {
            Found::MOST as usize
        } else {
            FEW_ROWS
        };
        let answer = patience.ask(|left| answer_of(store, &compiled, most, left));
        match answer.flatten() {
            Some(rows) if rows > 0 => fix.recount(rows),
            Some(_) => return true,
            None => {}
        }
        false
    };
    let lost = |fix: &Fix| query::names_left_out(statement, &fix.applied(statement), catalog);
    for fault in &mut faults {
        let mut offers = std::mem::take(&mut fault.fixes);
        let tried = offers.iter_mut().map(|fix| (is_empty(fix), lost(fix)));
        let (empty, lost): (Vec<bool>, Vec<Vec<Span>>) = tried.unzip();
        let answered = || empty.iter().zip(&lost).filter(|(is_empty, _)| !**is_empty);
        let has_answer = answered().next().is_some();
        for (at, mut fix) in offers.into_iter().enumerate() {
            let keeps_as_much =
                |(_, other): (_, &Vec<Span>)| other.iter().all(|span| lost[at].contains(span));
            if !empty[at] {
                fault.fixes.push(fix);
            } else if !has_answer || !answered().any(keeps_as_much) {
                fix.is_without_answer();
                fault.fixes.push(fix);
            }
        }
    }
    faults
}

/// How many rows answer, counted up to so many; none where they state nothing, as places without the figure do. `None`
/// where there was no time to find out.
fn answer_of(store: &Store, compiled: &Compiled, most: usize, time: Duration) -> Option<u32> {
    let limits = Limits {
        time: Some(time),
        rows: Some(most),
    };
    let sql = &compiled.numbered;
    let read = store.select_within(&sql.text, &sql.params, limits).ok()?;
    let states = |row: &Vec<Value>| {
        let at = compiled.sources_at();
        at.and_then(|at| row.get(at)).is_none_or(|sources| {
            sources
                .text()
                .is_some_and(|sources| sources.len() > "[]".len())
        })
    };
    let is_empty = compiled.has_none(&read.rows)
        || compiled.rows_state_figures() && !read.are_cut && !read.rows.iter().any(states);
    let rows = u32::try_from(read.rows.len()).ok()?;
    Some(if is_empty { 0 } else { rows })
}
