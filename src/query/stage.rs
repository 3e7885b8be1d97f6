//! The first stages by themselves, for highlighting while a question is typed and for tests that try them apart.

use std::collections::HashMap;

use super::catalog::Catalog;
use super::lex::Token;
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

/// A number with its unit as questions write it, alone: its value in the base unit, and that unit where it has one.
/// `None` where the text is anything else.
#[must_use]
pub fn quantity(text: &str) -> Option<(f64, Option<&'static str>)> {
    let catalog = Catalog::new(Vec::new(), Vec::new(), Vec::new(), HashMap::new());
    let (tokens, faults) = lex::lex(text, &catalog);
    let ([only], true) = (&tokens[..], faults.is_empty()) else {
        return None;
    };
    match &only.token {
        Token::Quantity(quantity) => {
            Some((quantity.value.to_string().parse().ok()?, quantity.unit))
        }
        // 2023 alone may be a count as well as a year.
        Token::Year(year) => Some((f64::from(*year), None)),
        _ => None,
    }
}
