//! A question and a store → its answer: what the store knows becomes the question's catalog, the question becomes SQL,
//! its rows become the answer.

use std::collections::HashMap;

use crate::fact::Value;
use crate::query::{self, Answer, Catalog, CatalogPlace, Compiled, Diagnostic, Sql};
use crate::store::{Store, StoreError};

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

/// What a question to this store may speak of.
pub fn catalog(store: &Store) -> Result<Catalog, StoreError> {
    let (mut indicators, mut reporting) = (Vec::new(), HashMap::new());
    for known in store.indicators()? {
        reporting.insert(known.indicator.id.clone(), known.places);
        indicators.push(known.indicator);
    }
    let places = store
        .places()?
        .into_iter()
        .map(|known| CatalogPlace {
            id: known.id,
            place: known.place,
            reports: known.reports,
        })
        .collect();
    Ok(Catalog::new(indicators, places, store.years()?, reporting))
}

/// Understands a question to this store without asking it.
pub fn compile(store: &Store, question: &str) -> Result<Compiled, AskError> {
    query::compile(question, &catalog(store)?)
        .map_err(|diagnostics| AskError::Question { diagnostics })
}

/// Answers a question from this store.
pub fn ask(store: &Store, question: &str) -> Result<Answer, AskError> {
    let compiled = compile(store, question)?;
    let rows = rows(store, &compiled.sql)?;
    let notes = compiled
        .notes
        .iter()
        .map(|note| self::rows(store, note))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(query::answer(&compiled, &rows, &notes))
}

fn rows(store: &Store, sql: &Sql) -> Result<Vec<Vec<Value>>, StoreError> {
    Ok(store.select(&sql.text, &sql.params)?.rows)
}
