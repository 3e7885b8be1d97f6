//! Amounts and counts as they are asked for aloud: 税收多少, 有20份以上报告的市; a part of `spoken`.

use super::idiom::{insert, is_counted};
use super::spoken::{ends, token};
use super::{Placed, Token};
use crate::query::ast::Property;

/// Applies the rule for an amount whose tokens begin here; whether there is one.
pub(super) fn amount(tokens: &mut Vec<Placed>, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| token(tokens, at));
    let (next, third) = (token(tokens, at + 1), token(tokens, at + 2));
    let fourth = token(tokens, at + 3);
    match (&tokens[at].token, next) {
        // 杨柳青镇税收多少, 各镇税收合计有多少: the value is asked for.
        (Token::HowMany | Token::AskCount, None | Some(Token::Sep | Token::End | Token::Comma))
            if is_of_figure(&tokens[..at]) =>
        {
            tokens[at].token = Token::AskValue;
        }
        // 各镇税收占全部税收的比重.
        (Token::Divide, Some(next)) if before == Some(next) && next.is_figure() => {
            let total = usize::from(third == Some(&Token::OfTotal));
            tokens.drain(at..=at + total);
            tokens[at].token = Token::Share;
            insert(tokens, at, Token::Sep);
        }
        // 杨柳青镇有多少税收.
        (Token::HowMany | Token::AskCount, Some(next)) if next.is_figure() => {
            tokens.remove(at);
        }
        // 各镇税收比上年增加多少, 税收跌了几个点.
        (Token::Rose | Token::Fell, Some(Token::HowMany | Token::AskCount | Token::AskValue))
            if ends(third) && before.is_some_and(Token::is_figure) =>
        {
            tokens[at].token = Token::Property(Property::Growth);
            tokens.remove(at + 1);
        }
        // GDP从2010年到2020年增长了多少.
        (Token::Property(Property::Growth) | Token::Rose | Token::Fell, _)
            if matches!(before, Some(Token::Year(_)))
                && at > 3
                && tokens[at - 2].token == Token::To
                && ends(
                    tokens
                        .get(at + 1 + usize::from(asks_how_many(next)))
                        .map(|placed| &placed.token),
                ) =>
        {
            let figure = tokens[..at]
                .iter()
                .rposition(|placed| placed.token.is_figure());
            if let Some(figure) = figure {
                if asks_how_many(next) {
                    tokens.remove(at + 1);
                }
                let mut property = tokens.remove(at);
                property.token = Token::Property(Property::Change);
                tokens.insert(figure + 1, property);
            }
        }
        // 有20份以上报告的市, `cities with more than 20 reports`.
        (Token::Stating | Token::With | Token::Have, Some(Token::Quantity(_)))
            if matches!(
                (third, fourth),
                (Some(Token::Post(_)), Some(Token::Rows(_)))
            ) =>
        {
            counted(tokens, at, 3);
        }
        (Token::Stating | Token::With | Token::Have, Some(Token::Compare(_)))
            if matches!(
                (third, fourth),
                (Some(Token::Quantity(_)), Some(Token::Rows(_)))
            ) =>
        {
            counted(tokens, at, 3);
        }
        // 五份最长的报告.
        (
            Token::Quantity(_),
            Some(Token::Longest | Token::Shortest | Token::Earliest | Token::Newest),
        ) if third == Some(&Token::De) && matches!(fourth, Some(Token::Rows(_))) => {
            let quantity = tokens.remove(at);
            tokens.insert(at + 2, quantity);
        }
        // 宁波、厦门、长沙三市近五年GDP.
        (Token::Quantity(_), Some(Token::Rows(rows)))
            if rows.are_places()
                && matches!(before, Some(Token::Place(_)))
                && is_number_of(tokens, at) =>
        {
            tokens.drain(at..=at + 1);
        }
        _ => return false,
    }
    true
}

pub(super) const fn asks_how_many(token: Option<&Token>) -> bool {
    matches!(
        token,
        Some(Token::HowMany | Token::AskCount | Token::AskValue)
    )
}

/// Whether one place is spoken of in no more than one year: its figure is its own total.
pub(super) fn is_of_one(before: &[Placed]) -> bool {
    let count = |is: fn(&Token) -> bool| before.iter().filter(|placed| is(&placed.token)).count();
    let places = count(|token| matches!(token, Token::Place(_)));
    let years = count(|token| matches!(token, Token::Year(_) | Token::FigureYear(_)));
    let several = count(|token| {
        use Token as T;
        matches!(
            token,
            T::Rows(_) | T::Each | T::All | T::EachYear | T::Recent | T::Since
        )
    });
    places == 1 && years < 2 && several == 0
}

/// Whether a figure, with its properties and what it is added up by, ends here; 目标 alone is what a row is.
pub(super) fn is_of_figure(before: &[Placed]) -> bool {
    let mut rest = before
        .iter()
        .rev()
        .skip_while(|placed| matches!(placed.token, Token::Property(_) | Token::Aggregate(_)));
    rest.next()
        .is_some_and(|placed| placed.token.is_figure() || matches!(placed.token, Token::Field(_)))
}

/// `with more than 20 reports` becomes `with number of reports more than 20`.
fn counted(tokens: &mut Vec<Placed>, at: usize, rows: usize) {
    let Some(Token::Rows(of)) = token(tokens, at + rows) else {
        return;
    };
    if !is_counted(*of) {
        return;
    }
    let of = *of;
    let mut counted = tokens.remove(at + rows);
    counted.token = Token::CountOf(of);
    tokens.insert(at + 1, counted);
    let is_chinese = tokens[at].token == Token::Stating;
    if is_chinese {
        tokens.remove(at);
    }
}

/// 三市 behind three places.
fn is_number_of(tokens: &[Placed], at: usize) -> bool {
    let places = tokens[..at]
        .iter()
        .rev()
        .take_while(|placed| {
            matches!(
                placed.token,
                Token::Place(_) | Token::And | Token::Enum | Token::Comma
            )
        })
        .filter(|placed| matches!(placed.token, Token::Place(_)))
        .count();
    matches!(&tokens[at].token, Token::Quantity(quantity) if places > 1 && quantity.value == places.into())
}
