//! What stands before and around a question and adds nothing to it, or is put in its place: articles, `rank towns by`,
//! A和B的税收对比; a part of `idiom`.

use super::idiom::insert;
use super::spoken::token;
use super::{Placed, Token};
use crate::query::ast::Property;

/// Articles, and 的数据 at an end.
pub(super) fn without_articles(tokens: Vec<Placed>) -> Vec<Placed> {
    let mut kept: Vec<Placed> = Vec::with_capacity(tokens.len());
    let mut rest = tokens.into_iter().peekable();
    while let Some(placed) = rest.next() {
        if placed.token != Token::The {
            kept.push(placed);
            continue;
        }
        let ends = rest.peek().is_none_or(|next| {
            next.token.starts_step() || matches!(next.token, Token::Comma | Token::Sep | Token::End)
        });
        // 税收的数据; `tax of A and B, side by side`.
        let is_last = rest.peek().is_none_or(|next| next.token == Token::End);
        let joint = kept.last().map(|last| &last.token);
        if ends && joint == Some(&Token::De) || is_last && joint == Some(&Token::Comma) {
            kept.pop();
        }
    }
    kept
}

/// `compare A with B on tax`; A和B的税收对比.
pub(super) fn comparisons(tokens: &mut Vec<Placed>) {
    if token(tokens, 0) == Some(&Token::ComparePlaces) {
        if let (Some(Token::Place(_)), Some(Token::With), Some(Token::Place(_))) =
            (token(tokens, 1), token(tokens, 2), token(tokens, 3))
        {
            tokens[2].token = Token::And;
        }
        return;
    }
    let is_last = tokens
        .last()
        .is_some_and(|last| last.token == Token::ComparePlaces);
    if !is_last || !matches!(token(tokens, 0), Some(Token::Place(_))) {
        return;
    }
    if let Some(last) = tokens.pop() {
        tokens.insert(0, last);
    }
    let places = tokens[1..]
        .iter()
        .take_while(|placed| {
            matches!(
                placed.token,
                Token::Place(_) | Token::And | Token::Enum | Token::Comma
            )
        })
        .count();
    if token(tokens, 1 + places).is_some_and(|next| *next != Token::De) {
        insert(tokens, 1 + places, Token::De);
    }
}

/// `show gdp of …`, `rank towns by tax`, `ranking of towns by tax`: what comes first adds nothing to what follows.
pub(super) fn openings(tokens: &mut Vec<Placed>) {
    if token(tokens, 0) == Some(&Token::Show) {
        tokens[0].token = Token::What;
    }
    let first = usize::from(token(tokens, 0) == Some(&Token::What));
    // 按税收给各镇排名, 按税收排名的镇: the order stands behind the rows elsewhere.
    if token(tokens, first) == Some(&Token::By) {
        let end = tokens.iter().position(|placed| {
            matches!(
                placed.token,
                Token::De | Token::Each | Token::Comma | Token::Sep
            )
        });
        if let Some(end) = end {
            let parted = usize::from(tokens[end].token != Token::Each);
            let by: Vec<Placed> = tokens.drain(first..end + parted).collect();
            let ranked = |placed: &Placed| placed.token == Token::Ranked;
            tokens.retain(|placed| !ranked(placed));
            let by = by
                .into_iter()
                .take(end - first)
                .filter(|placed| !ranked(placed));
            tokens.extend(by);
        }
    }
    let ranks = matches!(
        token(tokens, first),
        Some(Token::Ranked | Token::Property(Property::Rank))
    );
    let of = usize::from(token(tokens, first + 1) == Some(&Token::Of));
    if ranks
        && tokens.iter().any(|placed| placed.token == Token::By)
        && matches!(
            token(tokens, first + 1 + of),
            Some(Token::Rows(_) | Token::All | Token::Each)
        )
    {
        tokens.drain(first..=first + of);
    }
}
