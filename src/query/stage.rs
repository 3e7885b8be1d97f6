//! The first stages by themselves: what a line of the shell needs while a question is typed, and tests that try them
//! apart.

use std::collections::HashMap;

use super::catalog::Catalog;
use super::lex::{Placed, Token};
use super::parse::Stop;
use super::{Lang, compose, follow, lex, parse};
use crate::fact::Span;

/// What a stretch of a question is, for its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// A word of the language.
    Keyword,
    /// A sign: a comma, a bracket, 、, the 的 between two others.
    Sign,
    /// A name of an indicator, or words of a label in 「…」.
    Figure,
    /// A name of a place.
    Place,
    /// A number with its unit, a unit, a year, a date.
    Number,
    /// Words in quotation marks.
    Text,
    /// A saved query, or `it`.
    Saved,
    /// A parameter.
    Parameter,
    /// Nothing that is known.
    Unknown,
}

/// Where the words, numbers, names and signs of a question stand, in its order.
#[must_use]
pub fn words(question: &str, catalog: &Catalog) -> Vec<Span> {
    let (tokens, _) = lex::lex(question, catalog);
    tokens.iter().map(|placed| placed.span).collect()
}

/// What each stretch of a question is, in its order, in characters; blanks are in none. A quotation that is not closed
/// is text to its end.
#[must_use]
pub fn roles(question: &str, catalog: &Catalog) -> Vec<(Span, Role)> {
    let (tokens, faults) = lex::lex(question, catalog);
    let mut found: Vec<(Span, Role)> = tokens
        .iter()
        .map(|placed| (placed.span, role(&placed.token)))
        .chain(faults.iter().map(|fault| match fault.code {
            "Q0112" => (fault.span, Role::Text),
            _ => (fault.span, Role::Unknown),
        }))
        .collect();
    found.sort_by_key(|(span, _)| span.start);
    found
}

/// Whether a statement only lacks its end, so that another line may go on with it: a quotation or a bracket is open, or
/// the grammar wants more behind its last word.
#[must_use]
pub fn is_unfinished(statement: &str, catalog: &Catalog) -> bool {
    // 厦门呢 goes on from another question, and is whole.
    if statement.trim().is_empty() || super::again::goes_on(statement) {
        return false;
    }
    match super::statement::raw(statement) {
        Ok(None) => {}
        Ok(Some(_)) => return false,
        Err(_) => return true,
    }
    let (tokens, faults) = lex::lex(statement, catalog);
    if !faults.is_empty() {
        return faults.iter().all(|fault| fault.code == "Q0112");
    }
    let tokens = follow::join_places(tokens, catalog);
    let is_known = |placed: &Placed| !matches!(placed.token, Token::Word(_));
    let Some(last) = tokens.last().filter(|_| tokens.iter().all(is_known)) else {
        return false;
    };
    let parameters = super::Parameters::new();
    let filled = super::saved::Saved::new(catalog, &parameters, true).with_values(&tokens);
    let filtered = lex::filter(filled);
    match parse::parse(&filtered) {
        Ok(_) => matches!(last.token, Token::Sep | Token::Comma | Token::Enum),
        // What is a question in another order may be one already.
        Err(Stop::End) => compose::composed(&filtered, Lang::of(statement)).is_empty(),
        Err(Stop::At(span)) => {
            span == last.span && matches!(last.token, Token::Comma | Token::Enum | Token::Sep)
        }
        Err(Stop::Deep(_)) => false,
    }
}

/// Whether the grammar has a question of this shape, in whatever order its parts stand and whatever its names mean.
#[must_use]
pub fn has_shape(question: &str, catalog: &Catalog) -> bool {
    let (tokens, faults) = lex::lex(question, catalog);
    let tokens = follow::join_places(tokens, catalog);
    let tokens = lex::filter(tokens);
    let parses = |tokens: &[Placed]| parse::parse(tokens).is_ok();
    let in_order = || compose::composed(&tokens, Lang::of(question));
    faults.is_empty() && (parses(&tokens) || in_order().iter().any(|tokens| parses(tokens)))
}

pub(super) const fn role(token: &Token) -> Role {
    match token {
        Token::Figure(_) | Token::Quoted(_) => Role::Figure,
        Token::Place(_) => Role::Place,
        Token::Quantity(_)
        | Token::Year(_)
        | Token::FigureYear(_)
        | Token::Date(_)
        | Token::Unit(_) => Role::Number,
        Token::Text(_) => Role::Text,
        Token::Saved(_) => Role::Saved,
        Token::Parameter(_) => Role::Parameter,
        Token::Word(_) => Role::Unknown,
        Token::De
        | Token::Open
        | Token::Close
        | Token::Sep
        | Token::Enum
        | Token::Comma
        | Token::End
        | Token::Divide
        | Token::Plus
        | Token::Minus
        | Token::Possessive => Role::Sign,
        _ => Role::Keyword,
    }
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
