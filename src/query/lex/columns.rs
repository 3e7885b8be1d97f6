//! Columns, aggregates and rows in the order in which they are said aloud: 各省报告的平均字数; a part of `spoken`.

use super::spoken::{ends, token};
use super::{Placed, Token};
use crate::query::ast::{Aggregate, Property, Rows};

/// Applies the rule for columns whose tokens begin here; whether there is one.
pub(super) fn column(tokens: &mut Vec<Placed>, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| token(tokens, at));
    let (next, third) = (token(tokens, at + 1), token(tokens, at + 2));
    let fourth = token(tokens, at + 3);
    match (&tokens[at].token, next) {
        // 哪些省的报告提到了“X”, 有几个省的报告提到“X”: what a place mentions, its report does.
        (Token::Rows(rows), Some(Token::De))
            if rows.are_places()
                && matches!(
                    before,
                    Some(Token::Which | Token::HowMany | Token::AskCount)
                )
                && third == Some(&Token::Rows(Rows::Reports))
                && matches!(fourth, Some(Token::Mention | Token::Not | Token::Missing)) =>
        {
            tokens.drain(at + 1..at + 3);
        }
        // 一共有多少份报告.
        (Token::Aggregate(Aggregate::Total), Some(Token::HowMany | Token::AskCount))
            if matches!(third, Some(Token::Rows(_))) =>
        {
            tokens.remove(at);
        }
        // GDP平均增速.
        (Token::Aggregate(_), Some(Token::Property(_)))
            if before.is_some_and(Token::is_figure) && !third.is_some_and(Token::is_figure) =>
        {
            tokens.swap(at, at + 1);
        }
        // GDP增速的平均值.
        (Token::De, Some(Token::Aggregate(_)))
            if before.is_some_and(Token::ends_expr)
                && !third
                    .is_some_and(|third| third.ends_expr() || matches!(third, Token::Year(_))) =>
        {
            tokens.remove(at);
        }
        // 各省报告的平均字数, 报告的标题; `average length of reports`, `speaker of each report`.
        (Token::Rows(rows), Some(Token::De))
            if !rows.are_places()
                && matches!(
                    (third, fourth),
                    (Some(Token::Aggregate(_)), Some(Token::Field(_)))
                ) =>
        {
            tokens[at + 1].token = Token::Sep;
        }
        (Token::Rows(rows), Some(Token::De))
            if !rows.are_places() && matches!(third, Some(Token::Field(_))) && ends(fourth) =>
        {
            tokens[at + 1].token = Token::Show;
        }
        (Token::Aggregate(_), Some(Token::Field(_)))
            if third == Some(&Token::Of)
                && matches!(fourth, Some(Token::Rows(rows)) if !rows.are_places()) =>
        {
            tokens[at + 2].token = Token::Sep;
            tokens[at..at + 4].rotate_right(2);
            tokens[at..at + 2].swap(0, 1);
        }
        (Token::Field(_), Some(Token::Of)) if at == 0 || before == Some(&Token::What) => {
            let each = usize::from(matches!(third, Some(Token::Each | Token::All)));
            if matches!(token(tokens, at + 2 + each), Some(Token::Rows(rows)) if !rows.are_places())
            {
                tokens[at + 1].token = Token::Show;
                let field = tokens.remove(at);
                let show = tokens.remove(at);
                if each == 1 {
                    tokens.remove(at);
                }
                tokens.insert(at + 1, show);
                tokens.insert(at + 2, field);
            }
        }
        // `GDP of Ningbo in 2020 with growth`: it stands beside the value anyway.
        (Token::With, Some(Token::Property(Property::Growth)))
            if matches!(third, None | Some(Token::End)) && shows_values(&tokens[..at]) =>
        {
            tokens.drain(at..at + 2);
        }
        // 杨柳青镇税收的原文.
        (Token::De, Some(Token::Rows(Rows::Sentences)))
            if before.is_some_and(|before| {
                before.is_figure() || matches!(before, Token::Property(_))
            }) && ends(third) =>
        {
            tokens.remove(at);
            tokens[at].token = Token::Source;
        }
        _ => return false,
    }
    true
}

/// Whether a question shows figures as they are: no property of them, nothing added up or compared, and no rows.
fn shows_values(tokens: &[Placed]) -> bool {
    let is_plain = |placed: &Placed| {
        placed.token.is_figure()
            || matches!(
                placed.token,
                Token::Place(_)
                    | Token::Year(_)
                    | Token::What
                    | Token::The
                    | Token::Of
                    | Token::In
                    | Token::From
                    | Token::To
                    | Token::Since
                    | Token::And
                    | Token::Comma
                    | Token::EveryYear
                    | Token::Possessive
            )
    };
    tokens.iter().any(|placed| placed.token.is_figure()) && tokens.iter().all(is_plain)
}
