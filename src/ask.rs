//! A question and a store → its answer: what the store knows becomes the question's catalog, the question becomes SQL,
//! its rows become the answer. A statement may also be a definition, which is saved, or SQL of the asker's own.

mod parts;
mod quotes;
mod refused;

use std::borrow::BorrowMut;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::time::Duration;

use crate::fact::{Indicator, Value};
use crate::query::{
    self, Answer, Catalog, CatalogPlace, Compiled, Definition, Diagnostic, Nameable, Parameters,
    Sql, Understood,
};
use crate::store::{KnownPlace, Limits, SavedQuery, Store, StoreError};
pub use parts::TakePart;
pub use quotes::Cited;
use refused::Patience;

/// Why a question was not answered.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The question was not understood.
    #[error("the question was not understood")]
    Question {
        /// What is wrong with it, in the order of its text; at least one.
        diagnostics: Vec<Diagnostic>,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a statement may use besides its words.
#[derive(Debug, Clone)]
pub struct Terms {
    /// The values of its parameters.
    pub parameters: Parameters,
    /// How long it may take to understand and to answer it.
    pub time_limit: Duration,
    /// How many rows of SQL of the asker's own are read.
    pub row_limit: usize,
    /// Which rows have their sources.
    pub cited: Cited,
}

impl Default for Terms {
    /// No parameters; ten seconds, ten thousand rows.
    fn default() -> Self {
        Self {
            parameters: Parameters::new(),
            time_limit: Duration::from_secs(10),
            row_limit: 10_000,
            cited: Cited::All,
        }
    }
}

/// What became of a statement.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// It was answered.
    Answer(Box<Answer>),
    /// It is a definition, which is to be saved; see [`save`].
    Definition(Definition),
}

/// How long the places that report each indicator are counted, for the order of what is offered. Of a nation's reports that
/// takes longer, and the offers have another order.
const COUNTING: Duration = Duration::from_millis(400);

/// What a question to this store may speak of.
pub fn catalog(store: &Store) -> Result<Catalog, StoreError> {
    let (mut indicators, mut reporting) = (Vec::new(), HashMap::new());
    for known in store.indicators(COUNTING)? {
        reporting.insert(known.indicator.id.clone(), known.places);
        indicators.push(known.indicator);
    }
    Ok(named(store, indicators, store.places()?, reporting)?.with_saved(saved(store)?))
}

/// The same without how many places report an indicator, for which each figure would be looked at: a question means
/// the same to it, but what is offered instead of one is in another order.
pub fn names(store: &Store) -> Result<Catalog, StoreError> {
    let vocabulary = store.vocabulary()?;
    Ok(named(store, vocabulary, store.places()?, HashMap::new())?.with_saved(saved(store)?))
}

fn named(
    store: &Store,
    indicators: Vec<Indicator>,
    places: Vec<KnownPlace>,
    reporting: HashMap<String, u32>,
) -> Result<Catalog, StoreError> {
    let places = places
        .into_iter()
        .map(|known| CatalogPlace {
            id: known.id,
            place: known.place,
            reports: known.reports,
        })
        .collect();
    let catalog = Catalog::new(indicators, places, store.years()?, reporting);
    let catalog = if store.is_worked_out()? {
        catalog
    } else {
        catalog.without_what_is_worked_out()
    };
    let catalog = if store.has_phrases()? {
        catalog
    } else {
        catalog.without_phrases()
    };
    Ok(match store.texts_left_out()? {
        None => catalog,
        Some((without, all)) => catalog.without_texts(without, all),
    })
}

/// The saved queries, name → text.
fn saved(store: &Store) -> Result<BTreeMap<String, String>, StoreError> {
    let saved = store.saved_queries()?.into_iter();
    Ok(saved.map(|query| (query.name, query.text)).collect())
}

/// As [`names`], with only those places that a statement may name: all that it takes to understand the statement, though
/// not to say what was meant instead where it is not understood.
pub fn names_in(
    store: &Store,
    statement: &str,
    parameters: &Parameters,
) -> Result<Catalog, StoreError> {
    let saved = saved(store)?;
    // What a saved query stands for is named too.
    let behind = saved.values().filter(|_| statement.contains(['@', '＠']));
    let texts = behind.chain(parameters.values()).map(String::as_str);
    let mut nameable = Nameable::new(texts.chain([statement]));
    let all = store.place_names()?;
    let mut places = store.places_with(&all.wanted(|name| nameable.has(name)))?;
    if !places.is_empty() {
        for KnownPlace { place, .. } in &places {
            let around = [&place.county, &place.city, &place.province];
            for name in around.into_iter().flatten().chain([&place.name]) {
                if nameable.has(name) {
                    nameable.find(name);
                }
            }
        }
        let alike = all.wanted(|name| nameable.has(name) || nameable.is_like_found(name));
        places = store.places_with(&alike)?;
    }
    let kinds = store.kinds_of_places()?;
    let vocabulary = store.vocabulary()?;
    Ok(named(store, vocabulary, places, HashMap::new())?
        .with_saved(saved)
        .among(kinds))
}

/// Understands a question to this store without asking it.
pub fn compile(store: &Store, question: &str) -> Result<Compiled, AskError> {
    let names = names_in(store, question, &Parameters::new())?;
    compile_among(store, question, &names)
}

fn compile_among(store: &Store, question: &str, names: &Catalog) -> Result<Compiled, AskError> {
    query::compile(question, names).map_err(|diagnostics| {
        let none = Parameters::new();
        AskError::Question {
            diagnostics: with_counts(store, diagnostics, question, &none, catalog(store)),
        }
    })
}

/// Understands a statement to this store without doing what it says.
pub fn understand(
    store: &Store,
    statement: &str,
    parameters: &Parameters,
) -> Result<Understood, AskError> {
    let names = names_in(store, statement, parameters)?;
    query::compile_with(statement, &names, parameters).map_err(|diagnostics| AskError::Question {
        diagnostics: with_counts(store, diagnostics, statement, parameters, catalog(store)),
    })
}

/// What is wrong with a statement that was read with [`names`] alone, with what is offered instead as the store has it: names
/// in the order of how many places report them, words that no name has but reports do, and no question without an answer
/// where there is another. Only for this are figures counted and words looked up; as before where that fails or takes too
/// long.
pub fn with_counts<C: BorrowMut<Catalog>>(
    store: &Store,
    diagnostics: Vec<Diagnostic>,
    statement: &str,
    parameters: &Parameters,
    counted: Result<C, StoreError>,
) -> Vec<Diagnostic> {
    let Ok(mut catalog) = counted else {
        return diagnostics;
    };
    let catalog = catalog.borrow_mut();
    let patience = Patience::new();
    catalog.hear(refused::heard(store, statement, catalog, &patience));
    let faults = query::compile_with(statement, catalog, parameters)
        .err()
        .unwrap_or(diagnostics);
    refused::tried(store, faults, statement, catalog, parameters, &patience)
}

/// Answers a question from this store.
pub fn ask(store: &Store, question: &str) -> Result<Answer, AskError> {
    let names = names_in(store, question, &Parameters::new())?;
    let compiled = compile_among(store, question, &names)?;
    let answer = answered(store, &compiled, Cited::All)?;
    Ok(with_elsewhere(store, &names, &compiled, answer))
}

/// Does what a statement says, but for saving a definition, for which the store must be opened to write.
pub fn run(store: &Store, statement: &str, terms: &Terms) -> Result<Outcome, AskError> {
    run_all(store, statement, terms, None)
}

/// As [`run`], with an answer of many rows handed over in parts as they are read, so that they never stand in memory
/// together; where the answer comes at the end it has the rows that are left, and the notes on all.
///
/// A part is an answer with some rows and the notes on those so far. Nothing more is read after [`ControlFlow::Break`](std::ops::ControlFlow::Break).
pub fn run_in_parts(
    store: &Store,
    statement: &str,
    terms: &Terms,
    take: &mut TakePart<'_>,
) -> Result<Outcome, AskError> {
    run_all(store, statement, terms, Some(take))
}

fn run_all(
    store: &Store,
    statement: &str,
    terms: &Terms,
    take: Option<&mut TakePart<'_>>,
) -> Result<Outcome, AskError> {
    let names = names_in(store, statement, &terms.parameters)?;
    let outcome = run_taken(store, &names, statement, terms, take);
    let Err(AskError::Question { diagnostics }) = outcome else {
        return outcome;
    };
    store.set_time_limit(Some(terms.time_limit));
    let diagnostics = with_counts(
        store,
        diagnostics,
        statement,
        &terms.parameters,
        catalog(store),
    );
    store.set_time_limit(None);
    Err(AskError::Question { diagnostics })
}

/// The names of the documents that a question is about: those that its rows come from, and of a question that asks for
/// places all reports of these places.
pub fn documents(store: &Store, question: &str) -> Result<BTreeSet<String>, AskError> {
    let compiled = compile(store, question)?;
    let answer = answered(store, &compiled, Cited::All)?;
    let column = answer
        .columns
        .iter()
        .position(|column| column.name == "document");
    let mut names = BTreeSet::new();
    for row in answer.rows {
        names.extend(row.sources.into_iter().map(|source| source.document));
        let cell = column.and_then(|at| row.cells.get(at));
        names.extend(cell.and_then(|cell| cell.value.text()).map(str::to_owned));
    }
    if compiled.plan.rows.are_places() {
        names = store.documents_of_same_places(&names)?;
    }
    Ok(names)
}

/// Saves a definition in the store at a path, with a note of its author; gives what stood under its name before.
pub fn save(
    path: &Path,
    definition: &Definition,
    note: Option<&str>,
) -> Result<Option<SavedQuery>, AskError> {
    let store = Store::open(path)?;
    // With parameters it has no meaning of its own yet, and is kept as it was written.
    let names = names_in(&store, &definition.text, &Parameters::new())?;
    let canonical = query::compile(&definition.text, &names).map_or_else(
        |_| definition.text.clone(),
        |compiled| compiled.reading.in_lang(definition.lang).to_owned(),
    );
    let before = store.save_query(&SavedQuery {
        name: definition.name.clone(),
        text: definition.text.clone(),
        canonical,
        lang: match definition.lang {
            query::Lang::En => "en",
            query::Lang::Zh => "zh",
        }
        .to_owned(),
        language_version: definition.language_version,
        created_at: String::new(),
        note: note.map(str::to_owned),
    })?;
    store.finish()?;
    Ok(before)
}

/// As [`run`], with a catalog that was made of this store before and may remember what was asked last.
pub fn run_with(
    store: &Store,
    catalog: &Catalog,
    statement: &str,
    terms: &Terms,
) -> Result<Outcome, AskError> {
    run_taken(store, catalog, statement, terms, None)
}

fn run_taken(
    store: &Store,
    catalog: &Catalog,
    statement: &str,
    terms: &Terms,
    take: Option<&mut TakePart<'_>>,
) -> Result<Outcome, AskError> {
    let understood = query::compile_with(statement, catalog, &terms.parameters)
        .map_err(|diagnostics| AskError::Question { diagnostics })?;
    store.set_time_limit(Some(terms.time_limit));
    let done = run_understood(store, catalog, understood, terms, take);
    store.set_time_limit(None);
    done
}

fn run_understood(
    store: &Store,
    catalog: &Catalog,
    understood: Understood,
    terms: &Terms,
    take: Option<&mut TakePart<'_>>,
) -> Result<Outcome, AskError> {
    Ok(match understood {
        Understood::Question(compiled) => {
            let answer = match take {
                Some(take) => parts::answered(store, &compiled, terms, take)?,
                None => answered(store, &compiled, terms.cited)?,
            };
            let answer = with_elsewhere(store, catalog, &compiled, answer);
            Outcome::Answer(Box::new(answer))
        }
        Understood::Sql(sql) => Outcome::Answer(Box::new(match take {
            Some(take) => parts::selected(store, &sql, terms, take)?,
            None => selected(store, &sql, terms)?,
        })),
        Understood::Definition(definition) => Outcome::Definition(definition),
    })
}

/// An answer with the years that state what one place does not state for the one that is asked about. It is an answer
/// without them, so that it stays as it is where looking for them fails or takes too long.
fn with_elsewhere(
    store: &Store,
    catalog: &Catalog,
    compiled: &Compiled,
    mut answer: Answer,
) -> Answer {
    if let Some(every) = query::in_all_years(compiled, &answer, catalog)
        && let Ok(elsewhere) = answered(store, &every, Cited::OfFew(0))
    {
        let stated = query::stated_elsewhere(&every, &elsewhere);
        answer.notes.extend(stated);
    }
    answer
}

/// Answers a question that was understood already.
pub(crate) fn answered(
    store: &Store,
    compiled: &Compiled,
    cited: Cited,
) -> Result<Answer, AskError> {
    let rows = rows(store, statement(compiled, cited))?;
    told(store, compiled, cited, rows)
}

/// The statement for the rows: with their sources by number, unless all are wanted in words and are the rows.
fn statement(compiled: &Compiled, cited: Cited) -> &Sql {
    if are_worded(compiled, cited) {
        &compiled.sql
    } else {
        &compiled.numbered
    }
}

fn are_worded(compiled: &Compiled, cited: Cited) -> bool {
    cited == Cited::All && compiled.rows_are_quotes()
}

/// Puts words to the sources of these rows of [`statement`].
fn cite(
    store: &Store,
    compiled: &Compiled,
    cited: Cited,
    rows: &mut [Vec<Value>],
) -> Result<(), StoreError> {
    if are_worded(compiled, cited) {
        return Ok(());
    }
    quotes::put(store, compiled, cited, rows)
}

/// The answer of the rows of [`statement`].
fn told(
    store: &Store,
    compiled: &Compiled,
    cited: Cited,
    mut rows: Vec<Vec<Value>>,
) -> Result<Answer, AskError> {
    cite(store, compiled, cited, &mut rows)?;
    let reason = match &compiled.if_empty {
        Some(reason) if compiled.has_none(&rows) && !compiled.says_why(&rows) => {
            self::rows(store, reason)?.pop()
        }
        _ => None,
    };
    Ok(query::answer(compiled, rows, reason.as_deref()))
}

fn rows(store: &Store, sql: &Sql) -> Result<Vec<Vec<Value>>, StoreError> {
    Ok(store.select(&sql.text, &sql.params)?.rows)
}

/// The rows of SQL of the asker's own, as they are.
pub(crate) fn selected(store: &Store, sql: &str, terms: &Terms) -> Result<Answer, StoreError> {
    let read = store.select_within(sql, &[], limits(terms))?;
    let cut_after = read.are_cut.then_some(read.rows.len());
    Ok(query::plain_answer(
        sql,
        &read.columns,
        read.rows,
        cut_after,
    ))
}

const fn limits(terms: &Terms) -> Limits {
    Limits {
        time: Some(terms.time_limit),
        rows: Some(terms.row_limit),
    }
}
