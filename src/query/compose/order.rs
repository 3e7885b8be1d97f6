//! Phrases put into the order of the grammar: what is asked for, what holds of it, where, when, and in which order.

use super::parts::Parts;
use super::phrase::{Phrase, Put};
use super::word;
use crate::query::Lang;
use crate::query::lex::{Placed, Token};

/// The tokens of the question that the phrases make.
pub(super) fn ordered(phrases: Vec<Phrase>, lang: Lang) -> Option<Vec<Placed>> {
    let mut parts = Parts::of(phrases, lang)?;
    let head = parts.head()?;
    // 各市每年的GDP.
    let is_of_figures = parts.conditions.is_empty();
    if std::mem::take(&mut parts.each_year) {
        if !parts.years.is_empty() || !is_of_figures {
            return None;
        }
        parts.years.push(vec![word(Token::EveryYear)]);
    }
    if parts.counts {
        return None;
    }
    // `share of cities with …` is one of how many there are.
    let is_share = |step: &Vec<Placed>| step[0].token == Token::Share;
    if parts.steps.iter().any(is_share) && !parts.conditions.is_empty() {
        return None;
    }
    let mut tokens = Vec::new();
    for years in &parts.years {
        tokens.extend(years.iter().cloned());
        tokens.push(word(Token::Comma));
    }
    for (put, places) in &parts.places {
        if *put == Put::Bare {
            tokens.extend(places.iter().cloned());
            tokens.push(word(Token::De));
        }
    }
    tokens.extend(head);
    for (at, condition) in parts.conditions.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| &parts.conditions[at]);
        tokens.push(word(match before {
            None => Token::With,
            Some(before) if are_both_ends(before, condition) => Token::Or,
            Some(_) => Token::And,
        }));
        tokens.extend(condition.iter().cloned());
    }
    if let Some((asked, rows)) = &parts.scope {
        tokens.extend([word(Token::Of), word(asked.clone()), rows.clone()]);
    }
    for (put, places) in &parts.places {
        if *put != Put::Bare {
            let before = if *put == Put::In {
                Token::In
            } else {
                Token::Of
            };
            tokens.push(word(before));
            tokens.extend(places.iter().cloned());
        }
    }
    for places in &parts.outside {
        tokens.push(word(Token::Except));
        tokens.extend(places.iter().cloned());
    }
    if !parts.shown.is_empty() {
        tokens.push(word(Token::Show));
        tokens.append(&mut parts.shown);
    }
    for step in &parts.steps {
        tokens.push(word(Token::Sep));
        tokens.extend(step.iter().cloned());
    }
    Some(tokens)
}

/// 税收最多和最少的镇: those at either end.
fn are_both_ends(one: &[Placed], other: &[Placed]) -> bool {
    match (one, other) {
        ([figure @ .., end], [same @ .., opposite]) => {
            figure == same
                && matches!(
                    (&end.token, &opposite.token),
                    (Token::Highest, Token::Lowest) | (Token::Lowest, Token::Highest)
                )
        }
        _ => false,
    }
}
