//! A question of several lines: a line break ends a step where it can end there, and is a blank where it cannot.

use super::lex::{Placed, Token, filter};
use super::parse::{Stop, parse};

/// So many line breaks are looked at, each at the price of what stands before it.
const MOST: usize = 64;

/// Drops the separators behind a comma and behind what the grammar wants to go on.
pub(super) fn join(tokens: Vec<Placed>) -> Vec<Placed> {
    let mut joined: Vec<Placed> = Vec::with_capacity(tokens.len());
    let mut looked = 0;
    for placed in tokens {
        if placed.token == Token::Sep && looked < MOST {
            looked += 1;
            let last = joined.last().map(|last| &last.token);
            let goes_on = matches!(last, Some(Token::Comma | Token::Enum))
                || last.is_some() && parse(&filter(joined.clone())) == Err(Stop::End);
            if goes_on {
                continue;
            }
        }
        joined.push(placed);
    }
    joined
}
