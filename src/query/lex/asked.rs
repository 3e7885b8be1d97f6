//! Questions by their asking word: which year, who, how much did X have; a part of `spoken`.

use super::spoken::{ends, holds, token};
use super::{Placed, Token, idiom::insert};
use crate::query::ast::{Property, Rows};

const fn is_first(token: &Token) -> bool {
    matches!(token, Token::Earliest | Token::Top)
}

const fn is_last(token: &Token) -> bool {
    matches!(token, Token::Newest | Token::Bottom)
}

/// 宁波市最早提到“X”: its earliest report; 各省最早提到“X”: the earliest year of each; 最后一次提到“X”: the latest. Says
/// whether there is nothing else.
fn first_or_last_mention(tokens: &mut Vec<Placed>) -> bool {
    let asks_last = holds(tokens, is_last);
    if asks_last && holds(tokens, is_first) {
        return false;
    }
    let kept = |token: &Token| matches!(token, Token::Place(_) | Token::Text(_));
    let places = |token: &Token| matches!(token, Token::Rows(rows) if rows.are_places());
    let says_no_more = |token: &Token| {
        matches!(
            token,
            Token::Mention
                | Token::With
                | Token::Have
                | Token::Each
                | Token::All
                | Token::De
                | Token::Of
                | Token::In
                | Token::Are
                | Token::And
                | Token::The
                | Token::Possessive
                | Token::Comma
                | Token::YearWord
                | Token::Rows(Rows::Reports)
        ) || is_first(token)
            || is_last(token)
    };
    if !tokens
        .iter()
        .all(|placed| kept(&placed.token) || places(&placed.token) || says_no_more(&placed.token))
    {
        return false;
    }
    let (end, end_of_each) = if asks_last {
        (Token::Newest, Token::LastOfEach)
    } else {
        (Token::Earliest, Token::FirstOfEach)
    };
    let each = tokens.iter().find(|placed| places(&placed.token)).cloned();
    tokens.retain(|placed| kept(&placed.token));
    let is_text = |placed: &Placed| matches!(placed.token, Token::Text(_));
    let text = tokens.iter().position(is_text);
    let text = tokens.remove(text.unwrap_or(0));
    let put = |tokens: &mut Vec<Placed>, token| insert(tokens, tokens.len(), token);
    if let Some(rows) = each {
        put(tokens, Token::EveryYear);
        put(tokens, Token::Mention);
        tokens.push(text);
        put(tokens, Token::De);
        tokens.push(rows);
        put(tokens, Token::Sep);
        put(tokens, end_of_each);
    } else {
        put(tokens, end);
        put(tokens, Token::Mention);
        tokens.push(text);
        put(tokens, Token::De);
        put(tokens, Token::Rows(Rows::Reports));
    }
    true
}

/// 宁波市哪一年GDP增速最低: places in all years of which that holds; 哪一年最早提到“X”: the earliest report.
pub(super) fn asked_years(tokens: &mut Vec<Placed>) {
    let is_year = |placed: &Placed| placed.token == Token::WhichYear;
    let Some(mut at) = tokens.iter().position(is_year) else {
        return;
    };
    // 缺少哪些年份 asks for what is not there.
    if at > 0 && tokens[at - 1].token == Token::Missing {
        return;
    }
    let asked = tokens.remove(at);
    while at > 0 && matches!(tokens[at - 1].token, Token::In | Token::Are) {
        at -= 1;
        tokens.remove(at);
    }
    tokens.retain(|placed| placed.token != Token::InReport);
    let is_text = |token: &Token| matches!(token, Token::Text(_));
    if holds(tokens, |token| is_first(token) || is_last(token)) && holds(tokens, is_text) {
        if !first_or_last_mention(tokens) {
            tokens.insert(at.min(tokens.len()), asked);
        }
        return;
    }
    if holds(tokens, |token| *token == Token::Rows(Rows::Reports)) {
        tokens.retain(|placed| !matches!(placed.token, Token::Stating | Token::Have | Token::Are));
        insert(tokens, tokens.len(), Token::By);
        insert(tokens, tokens.len(), Token::YearWord);
        return;
    }
    if !holds(tokens, Token::is_figure) && !holds(tokens, |token| *token == Token::Mention) {
        tokens.insert(at.min(tokens.len()), asked);
        return;
    }
    // `growth of gdp of Ningbo`: the place goes to the front, where Chinese has it.
    let of_place = (0..tokens.len()).find(|at| {
        matches!(tokens[*at].token, Token::Of | Token::In)
            && matches!(token(tokens, at + 1), Some(Token::Place(_)))
    });
    if let Some(of) = of_place {
        tokens.remove(of);
        let place = tokens.remove(of);
        tokens.insert(0, place);
    }
    let of_time = |token: &Token| {
        matches!(
            token,
            Token::Year(_) | Token::Recent | Token::Since | Token::EveryYear
        )
    };
    if !holds(tokens, of_time) {
        let places = tokens
            .iter()
            .take_while(|placed| {
                matches!(
                    placed.token,
                    Token::Place(_) | Token::And | Token::Enum | Token::De
                )
            })
            .count();
        insert(tokens, places, Token::EveryYear);
    }
    if !holds(tokens, |token| matches!(token, Token::Rows(_))) {
        // 哪些年提到疫情: the reports that do.
        let rows = if holds(tokens, Token::is_figure) {
            Rows::Places
        } else {
            tokens.retain(|placed| placed.token != Token::EveryYear);
            Rows::Reports
        };
        tokens.retain(|placed| !matches!(placed.token, Token::Are | Token::Have | Token::End));
        if tokens.last().is_none_or(|last| last.token != Token::De) {
            insert(tokens, tokens.len(), Token::De);
        }
        insert(tokens, tokens.len(), Token::Rows(rows));
    }
}

/// 谁的税收最多: which place; 税收最多的是哪个镇: the towns with the highest tax.
pub(super) fn asked_places(tokens: &mut Vec<Placed>) {
    let mut at = 0;
    while at < tokens.len() {
        let behind_de = at > 0 && tokens[at - 1].token == Token::De;
        match tokens[at].token {
            Token::Who if behind_de => tokens[at].token = Token::Rows(Rows::Places),
            Token::Who => {
                tokens[at].token = Token::Which;
                insert(tokens, at + 1, Token::Rows(Rows::Places));
            }
            Token::Which
                if behind_de
                    && matches!(token(tokens, at + 1), Some(Token::Rows(_)))
                    && ends(token(tokens, at + 2)) =>
            {
                tokens.remove(at);
            }
            Token::Are
                if behind_de
                    && matches!(token(tokens, at + 1), Some(Token::Which | Token::Who)) =>
            {
                tokens.remove(at);
                continue;
            }
            _ => {}
        }
        at += 1;
    }
}

/// `how much tax did X have`, `did X meet its target`, `which targets did X miss`.
pub(super) fn english_order(tokens: &mut Vec<Placed>) {
    let asks = matches!(token(tokens, 0), Some(Token::What | Token::HowMany))
        && !matches!(token(tokens, 1), Some(Token::Rows(_)));
    // `how much tax did X have in 2023`.
    if asks && token(tokens, 1).is_some_and(Token::is_figure) {
        let mut place = 2;
        while matches!(token(tokens, place), Some(Token::Property(_))) {
            place += 1;
        }
        if matches!(token(tokens, place), Some(Token::Place(_))) {
            tokens[0].token = Token::What;
            insert(tokens, place, Token::Of);
            tokens.retain(|placed| placed.token != Token::Have);
        }
    }
    // `how much did X's tax grow`, `… from 2010 to 2020`.
    if asks && let Some(rose) = tokens.iter().position(|placed| placed.token == Token::Rose) {
        let figure = tokens[..rose]
            .iter()
            .rposition(|placed| placed.token.is_figure());
        if let Some(figure) = figure.filter(|_| ends(token(tokens, rose + 1))) {
            let property = if token(tokens, rose + 1) == Some(&Token::From) {
                Property::Change
            } else {
                Property::Growth
            };
            tokens.remove(rose);
            insert(tokens, figure + 1, Token::Property(property));
        }
    }
    let first = usize::from(token(tokens, 0) == Some(&Token::What));
    if let (Some(Token::Place(_)), Some(Token::Verdict(_))) =
        (token(tokens, first), token(tokens, first + 1))
    {
        if token(tokens, first + 2).is_some_and(Token::is_figure)
            && !holds(tokens, |token| {
                matches!(token, Token::Rows(_) | Token::WhichYear | Token::EveryYear)
            })
        {
            let place = tokens.remove(first);
            tokens.remove(first);
            let mut end = first + 1;
            while matches!(token(tokens, end), Some(Token::Property(_))) {
                end += 1;
            }
            insert(tokens, end, Token::Of);
            tokens.insert(end + 1, place);
            insert(tokens, tokens.len(), Token::Result);
        }
    } else if let (
        Some(Token::Which),
        Some(Token::Rows(Rows::Targets)),
        Some(Token::Place(_)),
        Some(Token::Verdict(_)),
    ) = (
        token(tokens, first),
        token(tokens, first + 1),
        token(tokens, first + 2),
        token(tokens, first + 3),
    ) {
        let verdict = tokens.remove(first + 3);
        tokens.insert(first + 1, verdict);
        insert(tokens, first + 3, Token::Of);
    }
}
