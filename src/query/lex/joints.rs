//! Words that join others and are left out, put elsewhere or said otherwise: 没有提到, 报告人是, 并且; a part of `spoken`.

use super::idiom::insert;
use super::spoken::{holds, token};
use super::{Placed, Token};
use crate::query::ast::{Comparison, Property, Rows};

/// Applies the rule for a joining word that stands here; whether there is one.
#[expect(clippy::match_same_arms, reason = "an arm is a rule, with its example")]
pub(super) fn joint(tokens: &mut Vec<Placed>, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| token(tokens, at));
    let (next, third) = (token(tokens, at + 1), token(tokens, at + 2));
    let fourth = token(tokens, at + 3);
    match (&tokens[at].token, next) {
        // `mentioning "A" but not "B"`.
        (Token::Not, Some(Token::Text(_))) if matches!(before, Some(Token::And | Token::Or)) => {
            insert(tokens, at + 1, Token::Mention);
        }
        // 各镇，按税收排序.
        (Token::Each, Some(Token::Rows(rows)))
            if at == 0
                && rows.are_places()
                && matches!(
                    (third, fourth),
                    (Some(Token::By), _) | (Some(Token::Sep | Token::Comma), Some(Token::By))
                ) =>
        {
            tokens.remove(at);
        }
        // 含有“碳达峰”的句子.
        (Token::Contains, Some(Token::Text(_))) if !before.is_some_and(Token::ends_expr) => {
            tokens[at].token = Token::Mention;
        }
        // 没有提到“养老”的报告, 没写“养老”的报告.
        (Token::Missing, Some(Token::Mention)) => tokens[at].token = Token::Not,
        (Token::Missing, Some(Token::Text(_))) => {
            tokens[at].token = Token::Not;
            insert(tokens, at + 1, Token::Mention);
        }
        // 没有工作安排部分的报告, `reports without a plan part`.
        (Token::Missing, Some(Token::Trait(found))) if found.of_parts().is_some() => {
            tokens[at + 1].token = Token::Trait(found.of_parts().unwrap_or(*found));
            tokens[at].token = Token::Not;
        }
        // 税收大于10亿元，并且增速大于30%; 税收超过10亿元的镇有哪些，按税收排序.
        (Token::Comma, Some(Token::And | Token::Or))
        | (Token::AskValue, Some(Token::Comma | Token::Sep)) => {
            tokens.remove(at);
        }
        // `per capita income is more than 50,000 yuan`.
        (
            Token::Are,
            Some(
                Token::Compare(_)
                | Token::Between
                | Token::Highest
                | Token::Lowest
                | Token::Falling
                | Token::Rising,
            ),
        ) => {
            tokens.remove(at);
        }
        // 各省最长的报告 is one of each, which lengths do not tell: refused.
        (Token::Each, Some(Token::Rows(rows)))
            if rows.are_places()
                && holds(tokens, |token| {
                    matches!(token, Token::Longest | Token::Shortest)
                }) =>
        {
            tokens[at].token = Token::Other;
        }
        // `how many reports before 2010 are in the store`.
        (Token::Are, None | Some(Token::End)) if at > 1 => {
            tokens.remove(at);
        }
        // 哪些是天津的镇.
        (Token::Which, Some(Token::Are)) if matches!(third, Some(Token::Place(_))) => {
            tokens.drain(at..=at + 1);
        }
        // 报告人是“李强”的报告.
        (Token::Are, Some(Token::Text(_))) if matches!(before, Some(Token::Field(_))) => {
            tokens[at].token = Token::Compare(Comparison::Eq);
        }
        // 税收不是最高的镇.
        (Token::Not, Some(Token::Highest | Token::Lowest))
            if before.is_some_and(Token::is_figure) =>
        {
            tokens.swap(at - 1, at);
        }
        // 上年GDP, `last year's tax`.
        (Token::Property(Property::LastYear), Some(next))
            if !before.is_some_and(|before| {
                before.is_figure() || matches!(before, Token::Property(_) | Token::Against)
            }) =>
        {
            if next.is_figure() {
                tokens.swap(at, at + 1);
            } else if *next == Token::Possessive && third.is_some_and(Token::is_figure) {
                tokens.remove(at + 1);
                tokens.swap(at, at + 1);
            }
        }
        // 按税收从高到低列出各镇.
        (Token::What, Some(Token::Each | Token::All)) if at > 0 => {
            tokens.remove(at);
        }
        // `in the reports of Zhejiang`, “X”在各报告中出现多少次.
        (Token::In, Some(Token::Rows(Rows::Reports)))
            if third == Some(&Token::Of)
                && holds(tokens, |token| {
                    matches!(token, Token::Frequency | Token::HowOften)
                }) =>
        {
            tokens.drain(at..=at + 1);
        }
        (Token::In, Some(Token::Each))
            if third == Some(&Token::InReport)
                && holds(tokens, |token| *token == Token::Frequency) =>
        {
            tokens.drain(at..at + 3);
            insert(tokens, 0, Token::EveryYear);
        }
        _ => return false,
    }
    true
}
