//! Growth below nothing, and growth that slows: 增速为负, `negative growth`, 增速放缓, `slowing growth`; a part of `spoken`.
//!
//! A figure that fell has a growth below nothing; a growth that fell is one below that of the year before. What says
//! which of the two is meant goes into the words of the grammar here.

use super::idiom::insert;
use super::spoken::token;
use super::{Placed, Token};
use crate::query::ast::Property;

const GROWTH: Token = Token::Property(Property::Growth);

/// Puts each such word into the grammar's words.
pub(super) fn signed(tokens: &mut Vec<Placed>) {
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at].token {
            Token::Negative => of_figure(tokens, at, Token::Fell, Token::Falling),
            Token::Positive => of_figure(tokens, at, Token::Rose, Token::Rising),
            Token::Slowed => of_growth(tokens, at, Token::Fell, Token::Falling),
            Token::Quickened => of_growth(tokens, at, Token::Rose, Token::Rising),
            _ => {}
        }
        at += 1;
    }
}

/// GDP增速为负 is GDP下降.
fn of_figure(tokens: &mut Vec<Placed>, at: usize, behind: Token, before: Token) {
    let is_figure = |at: usize| token(tokens, at).is_some_and(Token::is_figure);
    if let Some(figure) = figure_behind(tokens, at) {
        tokens[at].token = before;
        if token(tokens, figure + 1) == Some(&GROWTH) {
            tokens.remove(figure + 1);
        }
    } else if token(tokens, at + 1) == Some(&GROWTH)
        && matches!(token(tokens, at + 2), Some(Token::Of | Token::In))
        && is_figure(at + 3)
    {
        tokens[at].token = before;
        tokens.drain(at + 1..at + 3);
    } else {
        tokens[at].token = behind;
        let mut growth = at;
        while growth > 0 && matches!(tokens[growth - 1].token, Token::Are | Token::De) {
            growth -= 1;
        }
        if growth > 1 && tokens[growth - 1].token == GROWTH {
            let is_figure = tokens[growth - 2].token.is_figure();
            if is_figure {
                tokens.drain(growth - 1..at);
            }
        }
    }
}

/// GDP放缓 is GDP增速下降.
fn of_growth(tokens: &mut Vec<Placed>, at: usize, behind: Token, before: Token) {
    if let Some(figure) = figure_behind(tokens, at) {
        tokens[at].token = before;
        if !matches!(token(tokens, figure + 1), Some(Token::Property(_))) {
            insert(tokens, figure + 1, GROWTH);
        }
        return;
    }
    tokens[at].token = behind;
    if at > 0 && tokens[at - 1].token.is_figure() {
        insert(tokens, at, GROWTH);
    }
}

/// Where the figure stands that begins behind here, with its year or without.
fn figure_behind(tokens: &[Placed], at: usize) -> Option<usize> {
    let year = usize::from(matches!(token(tokens, at + 1), Some(Token::Year(_))));
    let figure = at + 1 + year;
    token(tokens, figure)
        .is_some_and(Token::is_figure)
        .then_some(figure)
}
