//! The first stages by themselves, for highlighting while a question is typed and for tests that try them apart.

use super::catalog::Catalog;
use super::{follow, lex, parse};
use crate::fact::Span;

/// Where the words, numbers, names and signs of a question stand, in its order.
#[must_use]
pub fn words(question: &str, catalog: &Catalog) -> Vec<Span> {
    let (tokens, _) = lex::lex(question, catalog);
    tokens.iter().map(|placed| placed.span).collect()
}

/// Whether the grammar has a question of this shape, whatever its names mean.
#[must_use]
pub fn has_shape(question: &str, catalog: &Catalog) -> bool {
    let (tokens, faults) = lex::lex(question, catalog);
    let tokens = follow::join_places(tokens, catalog);
    faults.is_empty() && parse::parse(&lex::filter(tokens)).is_ok()
}
