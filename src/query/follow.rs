//! What may stand at a place of a question, found by trying it.
//!
//! The generated parser's own list of expected tokens is a subset at the end of input and speaks of terminals, so it
//! is not used: each phrase of `follow.tsv` is put where the question stopped, and those that parse so far are
//! offered. Completion asks the same.

use super::Lang;
use super::catalog::{Catalog, PlaceRef};
use super::lex::{Placed, Token, filter, lex};
use super::parse::{Stop, parse};
use crate::fact::Span;
use crate::query::ast::Property;

/// The phrases that may follow these (unfiltered) tokens, in the order of likelihood.
pub(super) fn following(before: &[Placed], catalog: &Catalog, lang: Lang) -> Vec<String> {
    // What a very long question may go on with is not worth its length again for each phrase.
    if before.len() > 400 {
        return Vec::new();
    }
    phrases(before, catalog, lang)
        .into_iter()
        .filter(|phrase| follows(before, phrase, catalog))
        .take(5)
        .collect()
}

fn phrases(before: &[Placed], catalog: &Catalog, lang: Lang) -> Vec<String> {
    let indicator = catalog.indicators().iter().max_by_key(|indicator| {
        (
            catalog.places_reporting(&indicator.id),
            std::cmp::Reverse(&indicator.id),
        )
    });
    let figure = indicator.map_or("「…」".to_owned(), |indicator| match lang {
        Lang::En => indicator.name_en.clone(),
        Lang::Zh => indicator.name_zh.clone(),
    });
    let place = catalog
        .places()
        .first()
        .map_or("「…」".to_owned(), |place| match lang {
            Lang::En => catalog.names().english(&place.place.name),
            Lang::Zh => place.place.name.clone(),
        });
    let year = catalog.years().iter().max().copied().unwrap_or(2023);
    let rate = before.iter().rev().take(2).any(|placed| {
        matches!(
            placed.token,
            Token::Property(Property::Growth | Property::Completion)
        )
    });
    let amount = match (rate, lang) {
        (true, _) => "30%",
        (false, Lang::En) => "300 million yuan",
        (false, Lang::Zh) => "3亿元",
    };
    include_str!("follow.tsv")
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once('\t'))
        .map(|(en, zh)| if lang == Lang::En { en } else { zh })
        .map(|phrase| {
            phrase
                .replace("{figure}", &figure)
                .replace("{place}", &place)
                .replace("{year}", &year.to_string())
                .replace("{amount}", amount)
        })
        .collect()
}

/// Whether the parser takes every token of a phrase behind these.
fn follows(before: &[Placed], phrase: &str, catalog: &Catalog) -> bool {
    let (mut added, faults) = lex(phrase, catalog);
    if !faults.is_empty()
        || added
            .iter()
            .any(|placed| matches!(placed.token, Token::Word(_)))
    {
        return false;
    }
    let end = before.last().map_or(0, |placed| placed.span.end);
    for placed in &mut added {
        placed.span = Span::new(placed.span.start + end, placed.span.end + end);
    }
    let tokens: Vec<Placed> = before.iter().cloned().chain(added).collect();
    matches!(parse(&filter(tokens)), Ok(_) | Err(Stop::End))
}

/// Joins a place to the places it lies in that are written right before it: 西青区杨柳青镇.
pub(super) fn join_places(tokens: Vec<Placed>, catalog: &Catalog) -> Vec<Placed> {
    let mut joined: Vec<Placed> = Vec::with_capacity(tokens.len());
    for placed in tokens {
        if let (Token::Place(inner), Some(last)) = (&placed.token, joined.last_mut()) {
            if let Token::Place(outer) = &last.token {
                let inside: Vec<PlaceRef> = inner
                    .iter()
                    .copied()
                    .filter(|inner| outer.iter().any(|outer| catalog.lies_in(*inner, *outer)))
                    .collect();
                if !inside.is_empty() {
                    last.token = Token::Place(inside);
                    last.span = last.span.join(placed.span);
                    continue;
                }
            }
        }
        joined.push(placed);
    }
    joined
}
