//! What a report of a year does not say: 2020年没有提出GDP目标的城市, `cities that set no GDP target in 2020`; a part of `spoken`.
//!
//! Where a year is named, a place may have no report of it. 缺少 is said of such a place too; that it did not say
//! something is said only of one that spoke. A target of a year is set in the report about the year before.

use super::spoken::{holds, token};
use super::{Placed, Quantity, Token};
use crate::fact::Span;
use crate::query::ast::{Comparison, Property, Rows};
use crate::query::word_list::word_list;

/// Puts 缺少 in the place of 没有提出, and says where.
pub(super) fn unsaid(tokens: &mut Vec<Placed>) -> Vec<Span> {
    let mut said = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        // `set no target`, `that set no target`.
        if tokens[at].token == Token::Have && token(tokens, at + 1) == Some(&Token::Missing) {
            if at > 0 && tokens[at - 1].token == Token::With {
                tokens.remove(at);
                at -= 1;
            } else {
                tokens[at].token = Token::With;
            }
            said.push(tokens[at + 1].span);
        } else if tokens[at].token == Token::Unsaid {
            tokens[at].token = Token::Missing;
            said.push(tokens[at].span);
        }
        at += 1;
    }
    behind_figure(tokens);
    said
}

/// 没有增长 says how it went, and 没有增速 what is not said.
pub(super) fn not_grown(tokens: &mut [Placed], chars: &[char]) {
    let is_of = |list: &str, placed: &Placed| {
        let written: String = chars[placed.span.start..placed.span.end].iter().collect();
        word_list(list).contains(&written.as_str())
    };
    for at in 1..tokens.len() {
        let [before, here] = &tokens[at - 1..=at] else {
            return;
        };
        let is_property = matches!(token(tokens, at + 1), Some(Token::Property(_)));
        if before.token == Token::Missing
            && here.token == Token::Property(Property::Growth)
            && is_of("did not", before)
            && is_of("grew", here)
            && !is_property
        {
            tokens[at].token = Token::Rose;
        }
    }
}

/// 哪些城市的GDP没公布: what is missing stands before it elsewhere. Of a list each is.
fn behind_figure(tokens: &mut Vec<Placed>) {
    let ends = |token: Option<&Token>| {
        matches!(
            token,
            None | Some(Token::End | Token::De | Token::Sep | Token::Comma | Token::AskWhether)
        )
    };
    let mut at = 1;
    while at < tokens.len() {
        let is_behind = tokens[at].token == Token::Missing && ends(token(tokens, at + 1));
        let mut first = at;
        while first > 0 && matches!(tokens[first - 1].token, Token::Property(_)) {
            first -= 1;
        }
        if is_behind && first > 0 && tokens[first - 1].token.is_figure() {
            first -= 1;
            let year = first.checked_sub(1).map(|at| &tokens[at].token);
            first -= usize::from(matches!(year, Some(Token::Year(_))));
            let joined = first.checked_sub(1).map(|at| &tokens[at].token);
            if matches!(
                joined,
                Some(Token::And | Token::Or | Token::Enum | Token::Divide)
            ) {
                return;
            }
            let missing = tokens.remove(at);
            tokens.insert(first, missing);
        }
        at += 1;
    }
}

/// Adds that there is a report, where the year is one of those that a question names.
pub(super) fn reported(tokens: &mut Vec<Placed>, unsaid: &[Span]) {
    let of_places = |token: &Token| matches!(token, Token::Rows(rows) if rows.are_places());
    let is_year = |token: &Token| matches!(token, Token::Year(_));
    // Of several years in a row each is looked at by itself.
    let in_a_row = |token: &Token| *token == Token::InARow;
    if unsaid.is_empty()
        || !holds(tokens, of_places)
        || !holds(tokens, is_year)
        || holds(tokens, in_a_row)
    {
        return;
    }
    let mut at = 0;
    while at < tokens.len() {
        let placed = &tokens[at];
        if placed.token == Token::Missing && unsaid.contains(&placed.span) {
            let span = placed.span;
            let year = tokens.get(at + 1).cloned();
            let year = year.filter(|placed| is_year(&placed.token));
            let mut end = at + 1 + usize::from(year.is_some());
            if !token(tokens, end).is_some_and(Token::is_figure) {
                return;
            }
            end += 1;
            let mut is_planned = false;
            loop {
                let de = usize::from(token(tokens, end) == Some(&Token::De));
                match token(tokens, end + de) {
                    Some(Token::Property(Property::Target)) => is_planned = true,
                    Some(Token::Property(Property::Growth)) => {}
                    _ => break,
                }
                end += de + 1;
            }
            let mut years = tokens.iter().filter_map(|placed| match placed.token {
                Token::Year(year) => Some(year),
                _ => None,
            });
            let (Some(only), None) = (years.next(), years.next()) else {
                return;
            };
            let before = Token::Year(only - 1);
            let year = if is_planned {
                Some(Placed {
                    token: before,
                    span,
                })
            } else {
                year
            };
            let one = Token::Quantity(Quantity {
                value: 1.into(),
                unit: None,
                text: "1".to_owned(),
            });
            let count = [
                Token::CountOf(Rows::Reports),
                Token::Compare(Comparison::Ge),
                one,
            ];
            let put = |token| Placed { token, span };
            let added = std::iter::once(put(Token::And))
                .chain(year)
                .chain(count.map(put));
            tokens.splice(end..end, added);
        }
        at += 1;
    }
}
