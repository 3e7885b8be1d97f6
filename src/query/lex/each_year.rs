//! 每年, `each year`: what holds in each of several years, what is shown of all, and the best of each; a part of `spoken`.

use super::spoken::{holds, token};
use super::{Placed, Quantity, Token, idiom::insert};
use crate::fact::Span;
use crate::query::ast::Rows;

/// 每年 where something is shown of every year. Where it must hold in each of several that are named, it holds so many
/// years in a row; of all years that there may be it is left as it is, and refused.
pub(super) fn each_year(tokens: &mut Vec<Placed>) {
    let Some(at) = tokens
        .iter()
        .position(|placed| placed.token == Token::EachYear)
    else {
        return;
    };
    if reports_of_each(tokens, at) {
        tokens.remove(at);
        return;
    }
    let holds_of_places = holds(
        tokens,
        |token| matches!(token, Token::Rows(rows) if rows.are_places()),
    ) && !holds(tokens, |token| *token == Token::WhichYear)
        && holds(tokens, |token| {
            matches!(
                token,
                Token::Compare(_)
                    | Token::Post(_)
                    | Token::Verdict(_)
                    | Token::Falling
                    | Token::Rising
                    | Token::Fell
                    | Token::Rose
                    | Token::Mention
                    | Token::Missing
                    | Token::Stating
                    | Token::Have
            )
        })
        && !holds(tokens, |token| {
            matches!(token, Token::Frequency | Token::HowOften)
        });
    // 每年GDP最高的省 is one of each year: see below.
    if asks_for_best(tokens) {
        return;
    }
    if !holds_of_places {
        // How many reports mention it in each year is counted year by year.
        let how_many = |token: &Token| matches!(token, Token::HowMany | Token::AskCount);
        let counts =
            holds(tokens, how_many) && holds(tokens, |token| matches!(token, Token::Rows(_)));
        if counts {
            let span = tokens[at].span;
            let by_year = [Token::By, Token::YearWord].map(|token| Placed { token, span });
            tokens.splice(at..=at, by_year);
        } else {
            tokens[at].token = Token::EveryYear;
        }
        return;
    }
    let range = (0..tokens.len()).find_map(|at| {
        match (
            token(tokens, at),
            token(tokens, at + 1),
            token(tokens, at + 2),
        ) {
            (Some(Token::Year(from)), Some(Token::To), Some(Token::Year(to))) if from < to => {
                Some((at, *from, *to))
            }
            _ => None,
        }
    });
    let Some((range, from, to)) = range else {
        return;
    };
    // `every year from 2012 to 2015`: four years in a row, of which 2015 is the last.
    tokens.drain(range..range + 2);
    if range > 0 && matches!(tokens[range - 1].token, Token::From) {
        tokens[range - 1].token = Token::In;
    }
    let at = if at > range { at - 2 } else { at };
    let span = tokens[at].span;
    let years = Quantity {
        value: (to - from + 1).into(),
        unit: None,
        text: String::new(),
    };
    let put = [Token::InARow, Token::Quantity(years), Token::YearWord];
    tokens.splice(at..=at, put.map(|token| Placed { token, span }));
}

/// 2021年到2023年每年都有报告的镇: years that are named all hold where it is reports that a place has.
fn reports_of_each(tokens: &[Placed], at: usize) -> bool {
    let is_reports = |token: Option<&Token>| matches!(token, Some(Token::Rows(Rows::Reports)));
    let has = |token: Option<&Token>| {
        matches!(
            token,
            Some(Token::With | Token::Have | Token::Stating | Token::ByAll)
        )
    };
    let behind = has(token(tokens, at + 1)) && is_reports(token(tokens, at + 2));
    let before = at > 1 && is_reports(token(tokens, at - 1)) && has(token(tokens, at - 2));
    (behind || before) && holds(tokens, |token| matches!(token, Token::Year(_)))
}

/// 2015年以来每年GDP最高的市, `the longest report of each year`: of each year its own, which a step behind the question
/// says. What a turn has put in order already speaks of no 每年 any more.
pub(super) fn best_of_each_year(tokens: &mut Vec<Placed>) {
    let is_each = |placed: &Placed| placed.token == Token::EachYear;
    let Some(at) = tokens.iter().position(is_each) else {
        return;
    };
    let counts = |token: &Token| {
        matches!(
            token,
            Token::HowMany | Token::AskCount | Token::Frequency | Token::HowOften
        )
    };
    if !asks_for_best(tokens) || holds(tokens, counts) {
        return;
    }
    let span = tokens.remove(at).span;
    // `of each year`, 每年的.
    if at > 0 && matches!(tokens[at - 1].token, Token::Of | Token::In) {
        tokens.remove(at - 1);
    } else if at < tokens.len() && tokens[at].token == Token::De {
        tokens.remove(at);
    } else if matches!(token(tokens, at), Some(Token::Year(_))) && at > 0 {
        // `in each of the years 2018, 2019 and 2020`.
        insert(tokens, at, Token::In);
    }
    put_behind(
        tokens,
        &[Token::Sep, Token::WithinEach, Token::YearWord],
        span,
    );
}

/// 宁波市有几年GDP增速超过8%: which years, and how many they are.
pub(super) fn counted_years(tokens: &mut Vec<Placed>) {
    let counts = |placed: &Placed| placed.token == Token::CountYears;
    let Some(at) = tokens.iter().position(counts) else {
        return;
    };
    tokens[at].token = Token::WhichYear;
    let span = tokens[at].span;
    put_behind(tokens, &[Token::Sep, Token::Count], span);
}

/// Puts a step behind all that a question says.
fn put_behind(tokens: &mut Vec<Placed>, step: &[Token], span: Span) {
    let says = |placed: &Placed| placed.token != Token::End;
    let end = tokens.iter().rposition(says).map_or(0, |last| last + 1);
    let step = step.iter().map(|token| Placed {
        token: token.clone(),
        span,
    });
    tokens.splice(end..end, step);
}

/// Whether it is the highest or the longest of some rows that is asked for.
fn asks_for_best(tokens: &[Placed]) -> bool {
    let best = |token: &Token| {
        matches!(
            token,
            Token::Highest | Token::Lowest | Token::Longest | Token::Shortest
        )
    };
    holds(tokens, best) && holds(tokens, |token| matches!(token, Token::Rows(_)))
}
