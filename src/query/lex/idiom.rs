//! Turns of phrase said in the words of the grammar: each rule replaces a few tokens that stand side by side.
//!
//! These are what people write who do not know the grammar (杨柳青镇有哪些任务, `rank towns by tax`), where there is one
//! thing that it can mean. The rules change order or drop words that add nothing; none drops what would change the
//! meaning.

use super::opening::{comparisons, openings, without_articles};
use super::spoken::token;
use super::streak::streaks;
use super::{Placed, Token, people, spoken};
use crate::fact::Span;
use crate::query::ast::{Comparison, Property, Rows};

/// The tokens with every known turn of phrase in the grammar's words.
pub(super) fn settled(tokens: Vec<Placed>) -> Vec<Placed> {
    let mut tokens = without_articles(tokens);
    while matches!(tokens.last(), Some(last) if last.token == Token::End) {
        tokens.pop();
    }
    // 税收多少？增长多少？
    for placed in &mut tokens {
        if placed.token == Token::End {
            placed.token = Token::Comma;
        }
    }
    people::named(&mut tokens);
    spoken::written(&mut tokens);
    openings(&mut tokens);
    comparisons(&mut tokens);
    let mut at = 0;
    while at < tokens.len() {
        replace(&mut tokens, at);
        at += 1;
    }
    streaks(&mut tokens);
    tokens
}

/// Applies the rule whose tokens begin here.
fn replace(tokens: &mut Vec<Placed>, at: usize) {
    let before = at.checked_sub(1).and_then(|at| token(tokens, at));
    let earlier = at.checked_sub(2).and_then(|at| token(tokens, at));
    let (next, third) = (token(tokens, at + 1), token(tokens, at + 2));
    let fourth = token(tokens, at + 3);
    match (&tokens[at].token, next) {
        // 2020年报告中的问题, 宁波市2020年报告的章节: sections and problems are of a report anyway.
        (Token::InReport, _) => {
            tokens.remove(at);
            if at == 0 && token(tokens, 0) == Some(&Token::De) {
                tokens.remove(0);
            }
        }
        (Token::Rows(Rows::Reports), Some(Token::De))
            if matches!(third, Some(Token::Rows(rows)) if !rows.are_places())
                && matches!(before, Some(Token::Year(_) | Token::Place(_))) =>
        {
            tokens.remove(at);
        }
        // 杨柳青镇有哪些任务; `ranked by tax`, 按税收排名.
        (Token::AskValue, Some(Token::Rows(_)))
        | (Token::Ranked, Some(Token::By | Token::Ranked)) => {
            tokens.remove(at);
        }
        // 各省有多少报告; 有多少 asks behind the rows elsewhere.
        (Token::AskCount, Some(Token::Rows(_))) => tokens[at].token = Token::HowMany,
        // `how often "X"`.
        (Token::HowOften, Some(Token::Text(_))) => {
            tokens[at].token = Token::Frequency;
            insert(tokens, at + 1, Token::Of);
        }
        // 各报告“疫情”出现频率.
        (Token::Each, Some(Token::Rows(Rows::Reports)))
            if tokens
                .iter()
                .any(|placed| matches!(placed.token, Token::Frequency | Token::HowOften)) =>
        {
            let from = if before == Some(&Token::In) {
                at - 1
            } else {
                at
            };
            tokens.drain(from..=at);
            tokens[from].token = Token::EveryYear;
        }
        // `tax target by county 2023`, `GDP 2015, 2016 and 2017`: years behind all else are when.
        (Token::Year(_), _)
            if at > 0 && before.is_some_and(ends_phrase) && are_years(&tokens[at..]) =>
        {
            let is_range = next == Some(&Token::To);
            insert(tokens, at, if is_range { Token::From } else { Token::In });
        }
        // GDP增长目标定在6%以上.
        (Token::Compare(Comparison::Eq), Some(Token::Quantity(_)))
            if matches!(third, Some(Token::Post(_))) =>
        {
            tokens.remove(at);
        }
        // `grain output Gansu since 2010`: of it.
        (Token::Place(_), _)
            if before.is_some_and(Token::ends_expr)
                && earlier != Some(&Token::Than)
                && !next.is_some_and(|next| {
                    next.is_figure()
                        || matches!(next, Token::De | Token::Possessive | Token::Property(_))
                }) =>
        {
            insert(tokens, at, Token::Of);
        }
        // `of 2024`, and `Yangliuqing 2023` behind `of`.
        (Token::Of, Some(Token::Year(_))) if !third.is_some_and(Token::is_figure) => {
            tokens[at].token = Token::In;
        }
        (Token::Place(_), Some(Token::Year(_)))
            if is_behind_of(&tokens[..at]) && !third.is_some_and(Token::is_figure) =>
        {
            insert(tokens, at + 1, Token::In);
        }
        // 人均税收, `per capita tax`.
        (Token::Property(Property::PerCapita), Some(next))
            if next.is_figure() && !before.is_some_and(Token::is_figure) =>
        {
            tokens.swap(at, at + 1);
            let span = tokens[at].span.join(tokens[at + 1].span);
            tokens[at].span = span;
            tokens[at + 1].span = span;
        }
        // `ratio of A to B`, A与B之比, A占B的比重.
        (Token::Ratio, Some(Token::Of)) => {
            if let Some(to) =
                (at + 2..tokens.len().min(at + 8)).find(|at| tokens[*at].token == Token::To)
            {
                tokens[to].token = Token::Divide;
                tokens.drain(at..=at + 1);
            }
        }
        (Token::Ratio, _) => {
            let and = (at.saturating_sub(6)..at)
                .rev()
                .find(|at| tokens[*at].token == Token::And);
            if let Some(and) = and {
                tokens[and].token = Token::Divide;
                tokens.remove(at);
            }
        }
        (Token::OfTotal, _)
            if before.is_some_and(Token::ends_expr)
                && tokens[at.saturating_sub(5)..at]
                    .iter()
                    .any(|placed| placed.token == Token::Divide) =>
        {
            tokens.remove(at);
        }
        // `estimated figures`, 预计数字.
        (Token::Trait(_), Some(Token::Rows(_))) => insert(tokens, at + 1, Token::De),
        // `tax over 3亿元 and with investment over 5亿元`.
        (Token::And | Token::Or, Some(Token::With | Token::Have)) => {
            tokens.remove(at + 1);
        }
        // `mentioning "A" and "B"`.
        (Token::And | Token::Or, Some(Token::Text(_)))
            if matches!(before, Some(Token::Text(_)))
                && matches!(earlier, Some(Token::Mention | Token::About)) =>
        {
            insert(tokens, at + 1, Token::Mention);
        }
        // `the last three years`.
        (Token::Bottom, Some(Token::Quantity(_))) if third == Some(&Token::YearWord) => {
            tokens[at].token = Token::Recent;
        }
        // 任务最多的镇, `towns with the most tasks`.
        (Token::Rows(rows), Some(Token::Highest | Token::Lowest)) if is_counted(*rows) => {
            tokens[at].token = Token::CountOf(*rows);
        }
        (Token::Highest | Token::Lowest, Some(Token::Rows(rows)))
            if is_counted(*rows) && matches!(before, Some(Token::With | Token::Have)) =>
        {
            tokens[at + 1].token = Token::CountOf(*rows);
        }
        // GDP前10名的城市.
        (Token::Top | Token::Bottom, Some(Token::Quantity(_)))
            if third == Some(&Token::De) && before.is_some_and(Token::ends_expr) =>
        {
            tokens[at].token = if tokens[at].token == Token::Top {
                Token::TopOf
            } else {
                Token::BottomOf
            };
        }
        (Token::Ranked, _) if is_behind_by(&tokens[..at]) => {
            tokens.remove(at);
        }
        // `deadline before 2024`.
        (Token::Deadline, Some(Token::Before | Token::After)) => {
            if let Some(Token::Year(year)) = third {
                let day = if next == Some(&Token::Before) {
                    "01-01"
                } else {
                    "12-31"
                };
                tokens[at + 2].token = Token::Date(format!("{year}-{day}"));
            }
        }
        // `before 2010`, 2010年以前, 2010年以来.
        (Token::Before, Some(Token::Year(_))) => tokens[at].token = Token::BeforeYear,
        (Token::After, Some(Token::Year(_))) => tokens[at].token = Token::AfterYear,
        (Token::Year(_), Some(Token::Before | Token::After | Token::Since)) => {
            tokens.swap(at, at + 1);
            match tokens[at].token {
                Token::Before => tokens[at].token = Token::BeforeYear,
                Token::After => tokens[at].token = Token::AfterYear,
                _ => {}
            }
        }
        // `deadline by 2024-06-30`.
        (Token::Deadline, Some(Token::By)) if matches!(third, Some(Token::Date(_))) => {
            tokens.drain(at..=at + 1);
            insert(tokens, at + 1, Token::Before);
        }
        // `towns with tax growing`.
        (Token::Rising | Token::Falling, _)
            if before.is_some_and(Token::is_figure) && !next.is_some_and(Token::is_figure) =>
        {
            tokens[at].token = if tokens[at].token == Token::Rising {
                Token::Rose
            } else {
                Token::Fell
            };
        }
        // `how many tasks does each town have`.
        (Token::HowMany, Some(Token::Rows(rows)))
            if !rows.are_places()
                && third == Some(&Token::Each)
                && matches!(fourth, Some(Token::Rows(_))) =>
        {
            tokens[at..at + 4].rotate_left(2);
            if token(tokens, at + 4) == Some(&Token::Have) {
                tokens.remove(at + 4);
            }
        }
        // 2024年6月底前.
        (Token::Top, _)
            if matches!(before, Some(Token::Date(_) | Token::Year(_)))
                && !matches!(next, Some(Token::Quantity(_))) =>
        {
            tokens[at].token = Token::Before;
        }
        // 柱状图, `as a bar chart`.
        (Token::As, Some(Token::Chart(_))) => {
            tokens.remove(at);
            if token(tokens, at + 1) == Some(&Token::Draw) {
                tokens.remove(at + 1);
            }
            insert(tokens, at, Token::Draw);
        }
        (Token::Chart(_), _) if before != Some(&Token::Draw) => {
            if next == Some(&Token::Draw) {
                tokens.remove(at + 1);
            }
            insert(tokens, at, Token::Draw);
        }
        // 超过100%的数字: over what is the value of the figure itself.
        (Token::Compare(_), Some(Token::Quantity(_)))
            if !before.is_some_and(|before| {
                before.ends_expr()
                    || matches!(
                        before,
                        Token::Fell | Token::Rose | Token::AggregateAfter(_) | Token::Close
                    )
            }) && tokens.iter().any(|placed| {
                matches!(placed.token, Token::Rows(Rows::Metrics | Rows::Targets))
            }) =>
        {
            let is_head = matches!(before, Some(Token::Rows(_)));
            insert(tokens, at, Token::Field(crate::query::ast::Field::Value));
            if is_head {
                insert(tokens, at, Token::With);
            }
        }
        // 哪些城市2020年没完成GDP目标.
        (Token::Rows(_), Some(Token::Year(_)))
            if matches!(before, Some(Token::Which | Token::HowMany))
                && !third.is_some_and(Token::is_figure)
                && !matches!(third, Some(Token::To | Token::And | Token::Enum) | None) =>
        {
            let is_step = fourth.is_none() || third.is_some_and(Token::starts_step);
            insert(tokens, at + 1, Token::In);
            if !is_step {
                insert(tokens, at + 3, Token::Have);
            }
        }
        _ => {}
    }
}

/// Whether nothing is left but years and what joins them.
fn are_years(tokens: &[Placed]) -> bool {
    tokens.iter().all(|placed| {
        matches!(
            placed.token,
            Token::Year(_) | Token::And | Token::Enum | Token::Comma | Token::To
        )
    })
}

/// Whether what is asked for may end in it, so that a year behind it is when that is asked of.
const fn ends_phrase(token: &Token) -> bool {
    token.ends_expr()
        || matches!(
            token,
            Token::Rows(_) | Token::Text(_) | Token::Trait(_) | Token::Result | Token::Post(_)
        )
}

/// Rows that places have some number of.
pub(super) const fn is_counted(rows: Rows) -> bool {
    matches!(
        rows,
        Rows::Tasks | Rows::Targets | Rows::Metrics | Rows::Doubts | Rows::Reports
    )
}

/// Whether a list of places behind `of` or `in` goes on here.
fn is_behind_of(before: &[Placed]) -> bool {
    let list = |placed: &&Placed| {
        matches!(
            placed.token,
            Token::Place(_) | Token::And | Token::Enum | Token::Comma
        )
    };
    let preposition = before.iter().rev().find(|placed| !list(placed));
    preposition.is_some_and(|placed| matches!(placed.token, Token::Of | Token::In))
}

/// Whether a `by` goes on here.
fn is_behind_by(before: &[Placed]) -> bool {
    before
        .iter()
        .rev()
        .take_while(|placed| !matches!(placed.token, Token::Sep | Token::Comma))
        .any(|placed| placed.token == Token::By)
}

/// Puts in a token that nobody wrote.
pub(super) fn insert(tokens: &mut Vec<Placed>, at: usize, token: Token) {
    let place = tokens.get(at).map_or_else(
        || tokens.last().map_or(0, |last| last.span.end),
        |next| next.span.start,
    );
    let span = Span::new(place, place);
    tokens.insert(at, Placed { token, span });
}
