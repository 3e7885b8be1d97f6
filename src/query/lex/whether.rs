//! `did Beicang's tax exceed …`, `where is GDP highest`, 税收超过10亿元吗: questions that have a condition and no head; a part of
//! `spoken`.

use super::spoken::{holds, token};
use super::{Placed, Token, idiom::insert};
use crate::query::ast::{Property, Rows};
use crate::query::word_list::word_list;

/// `did Beicang's tax exceed …`, `was Beicang's tax above …`: the verb in front of a place is a question mark.
pub(super) fn opened_by_verb(tokens: &mut [Placed], chars: &[char]) {
    let asks_of_places = holds_of_places(tokens);
    let [first, second, ..] = tokens else {
        return;
    };
    let written: String = chars[first.span.start..first.span.end].iter().collect();
    let is_where = word_list("asking where").contains(&written.as_str());
    if is_where && asks_of_places {
        first.token = Token::Who;
    }
    let is_verb = word_list("asking whether").contains(&written.as_str());
    if is_verb && matches!(second.token, Token::Place(_)) {
        first.token = Token::AskWhether;
    }
}

/// `where is GDP highest`, `where did tax fall`: what holds of a figure holds of places, if no other rows are asked for.
fn holds_of_places(tokens: &[Placed]) -> bool {
    let holds_of = |token: &Token| {
        matches!(
            token,
            Token::Highest
                | Token::Lowest
                | Token::Compare(_)
                | Token::Fell
                | Token::Rose
                | Token::Falling
                | Token::Rising
        )
    };
    let asks_else = |token: &Token| {
        matches!(
            token,
            Token::Source | Token::Rows(_) | Token::Place(_) | Token::Quoted(_) | Token::Saved(_)
        )
    };
    holds(tokens, Token::is_figure) && holds(tokens, holds_of) && !holds(tokens, asks_else)
}

/// 杨柳青镇税收超过10亿元吗: the places of which that holds, which is the place or none.
pub(super) fn asked_whether(tokens: &mut Vec<Placed>) {
    if !holds(tokens, |token| *token == Token::AskWhether) {
        return;
    }
    tokens.retain(|placed| placed.token != Token::AskWhether);
    let is_head = |token: &Token| {
        matches!(
            token,
            Token::Rows(_) | Token::Saved(_) | Token::Frequency | Token::Result
        )
    };
    let mut end = tokens.len();
    while end > 0 && tokens[end - 1].token == Token::End {
        end -= 1;
    }
    // `in 2022` stands behind the condition.
    if let [.., before, year] = &tokens[..end]
        && before.token == Token::In
        && matches!(year.token, Token::Year(_))
    {
        end -= 2;
    }
    let holds_of = end > 0
        && (tokens[end - 1].token.ends_condition()
            || matches!(
                tokens[end - 1].token,
                Token::Text(_) | Token::Property(Property::Growth)
            ));
    let named = matches!(
        token(tokens, 0),
        Some(Token::Place(_) | Token::Year(_) | Token::In)
    );
    if named && holds_of && !holds(tokens, is_head) {
        // 宁波提到过疫情吗: in which of its reports.
        let says = holds(tokens, |token| *token == Token::Mention);
        let rows = if says && !holds(tokens, Token::is_figure) {
            Rows::Reports
        } else {
            Rows::Places
        };
        insert(tokens, end, Token::De);
        insert(tokens, end + 1, Token::Rows(rows));
    }
}
