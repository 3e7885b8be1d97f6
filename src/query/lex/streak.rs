//! Several years in a row: 连续三年, `for three consecutive years`; a part of `idiom`.

use super::idiom::insert;
use super::spoken::{ends, token};
use super::{Placed, Token};
use crate::query::ast::Property;

/// 连续三年 and `for three consecutive years` go before the condition that they belong to.
pub(super) fn streaks(tokens: &mut Vec<Placed>) {
    let Some(at) = tokens
        .iter()
        .position(|placed| placed.token == Token::InARow)
    else {
        return;
    };
    let is_year = |at: usize| token(tokens, at) == Some(&Token::YearWord);
    let is_number = |at: usize| matches!(token(tokens, at), Some(Token::Quantity(_)));
    // 连续三年; three consecutive years; three years in a row.
    let (number, mut from, mut to) = if is_number(at + 1) && is_year(at + 2) {
        (at + 1, at, at + 2)
    } else if at > 0 && is_number(at - 1) && is_year(at + 1) {
        (at - 1, at - 1, at + 1)
    } else if at > 1 && is_number(at - 2) && is_year(at - 1) {
        (at - 2, at - 2, at)
    } else {
        return;
    };
    if from > 0 && matches!(token(tokens, from - 1), Some(Token::Of | Token::In)) {
        from -= 1;
    }
    let Token::Quantity(quantity) = &tokens[number].token else {
        return;
    };
    let Ok(years) = u32::try_from(quantity.value) else {
        return;
    };
    if token(tokens, to + 1) == Some(&Token::De)
        && token(tokens, to + 2).is_some_and(Token::is_figure)
    {
        to += 1;
    }
    let span = tokens[from].span.join(tokens[to].span);
    tokens.drain(from..=to);
    // 哪些市GDP连着三年增长: with nothing behind it, it rose.
    let is_figure = from > 0 && tokens[from - 1].token.is_figure();
    if is_figure
        && token(tokens, from) == Some(&Token::Property(Property::Growth))
        && ends(token(tokens, from + 1))
    {
        tokens[from].token = Token::Rose;
    }
    // Back to where the condition begins.
    let mut start = from;
    while start > 0 && belongs(&tokens[start - 1].token) {
        start -= 1;
    }
    tokens.insert(
        start,
        Placed {
            token: Token::Streak(years),
            span,
        },
    );
    // `towns missing tax for 2 consecutive years`: a condition like any other.
    let is_behind_rows = start > 0 && matches!(tokens[start - 1].token, Token::Rows(_));
    if is_behind_rows && token(tokens, start + 1) == Some(&Token::Missing) {
        insert(tokens, start, Token::With);
    }
}

/// Whether a token stands inside a single condition.
const fn belongs(token: &Token) -> bool {
    token.ends_expr()
        || matches!(
            token,
            Token::Quantity(_)
                | Token::Compare(_)
                | Token::Post(_)
                | Token::Falling
                | Token::Rising
                | Token::Fell
                | Token::Rose
                | Token::Verdict(_)
                | Token::Missing
                | Token::Stating
        )
}
