//! What may stand at a place of a question, found by trying it.
//!
//! The generated parser's own list of expected tokens is a subset at the end of input and speaks of terminals, so it
//! is not used: each phrase of `follow.tsv` is put where the question stopped, and those that parse so far are
//! offered. Completion asks the same.

use super::catalog::{Catalog, PlaceRef};
use super::lex::{Placed, Token, filter, lex};
use super::lines;
use super::parse::{Stop, parse};
use super::{Lang, unit};
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

/// The names of the figures that most places report.
pub(super) fn likely_figures(catalog: &Catalog, lang: Lang, most: usize) -> Vec<String> {
    let mut indicators: Vec<_> = catalog.indicators().iter().collect();
    indicators.sort_by_key(|indicator| std::cmp::Reverse(catalog.places_reporting(&indicator.id)));
    let name = |indicator: &crate::fact::Indicator| match lang {
        Lang::En => indicator.name_en.clone(),
        Lang::Zh => indicator.name_zh.clone(),
    };
    indicators.into_iter().take(most).map(name).collect()
}

fn phrases(before: &[Placed], catalog: &Catalog, lang: Lang) -> Vec<String> {
    let figure = likely_figures(catalog, lang, 1)
        .pop()
        .unwrap_or_else(|| "「…」".to_owned());
    let place = catalog
        .places()
        .first()
        .map_or("「…」".to_owned(), |place| match lang {
            Lang::En => catalog.names().english(&place.place.name),
            Lang::Zh => place.place.name.clone(),
        });
    let year = catalog.years().iter().max().copied().unwrap_or(2023);
    let amount = sample(before, catalog, lang);
    let behind_figure = before.last().is_some_and(|placed| placed.token.is_figure());
    include_str!("follow.tsv")
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once('\t'))
        // A property alone may follow a comparator too, but is hardly what was meant.
        .filter(|(en, _)| *en != "growth" || behind_figure)
        // Words in quotation marks are compared with a speaker or a title, hardly with a figure.
        .filter(|(en, _)| !(en.starts_with('"') && compares_figure(before)))
        .map(|(en, zh)| if lang == Lang::En { en } else { zh })
        .filter(|phrase| !phrase.is_empty())
        .map(|phrase| {
            phrase
                .replace("{figure}", &figure)
                .replace("{place}", &place)
                .replace("{year}", &year.to_string())
                .replace("{amount}", &amount)
        })
        .collect()
}

/// A quantity that may stand behind these tokens, in the unit of what is compared.
pub(super) fn sample(before: &[Placed], catalog: &Catalog, lang: Lang) -> String {
    let last = before
        .iter()
        .rev()
        .take(3)
        .find_map(|placed| match &placed.token {
            Token::Property(Property::Growth | Property::Completion) => Some("%"),
            Token::Figure(meant) => meant.first().map(|at| catalog.meant(*at).0.unit.as_str()),
            Token::Quoted(_) | Token::CountOf(_) | Token::Top | Token::Bottom | Token::Limit => {
                Some("")
            }
            _ => None,
        });
    let unit = last.unwrap_or("元");
    let word = unit::word(unit, lang);
    match (unit, lang) {
        ("%", _) => "30%".to_owned(),
        ("", _) => "5".to_owned(),
        ("元" | "美元", Lang::En) => format!("300 million {word}"),
        ("元" | "美元", Lang::Zh) => format!("3亿{word}"),
        (_, Lang::En) => format!("100 {word}"),
        (_, Lang::Zh) => format!("100{word}"),
    }
}

fn compares_figure(before: &[Placed]) -> bool {
    matches!(before, [.., figure, last] if matches!(last.token, Token::Compare(_)) && !matches!(figure.token, Token::Field(_)))
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

/// Joins a place to the places it lies in that are written right before it (西青区杨柳青镇), and a line to the one before
/// that it goes on with.
pub(super) fn join_places(tokens: Vec<Placed>, catalog: &Catalog) -> Vec<Placed> {
    let mut joined: Vec<Placed> = Vec::with_capacity(tokens.len());
    for placed in tokens {
        if let (Token::Place(inner), Some(last)) = (&placed.token, joined.last_mut())
            && let Token::Place(outer) = &last.token
        {
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
        joined.push(placed);
    }
    lines::join(joined)
}
