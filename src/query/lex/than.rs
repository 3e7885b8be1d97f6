//! 比: what something is compared with, aloud; a part of `spoken`.

use super::amounts::asks_how_many;
use super::idiom::insert;
use super::spoken::{ends, token};
use super::{Placed, Token};
use crate::query::ast::{Comparison, Property};

/// 比: with the year before, with another year, another place, another figure.
pub(super) fn than(tokens: &mut Vec<Placed>) {
    let Some(at) = tokens.iter().position(|placed| placed.token == Token::Than) else {
        return;
    };
    let mut figure = at;
    while figure > 0 && matches!(tokens[figure - 1].token, Token::Property(_)) {
        figure -= 1;
    }
    if figure == 0 || !tokens[figure - 1].token.is_figure() {
        return;
    }
    figure -= 1;
    match token(tokens, at + 1) {
        Some(Token::Property(Property::LastYear)) => {
            tokens.drain(at..=at + 1);
            if let Some(placed) = tokens.get_mut(at) {
                match placed.token {
                    Token::Highest => placed.token = Token::Rose,
                    Token::Lowest => placed.token = Token::Fell,
                    _ => {}
                }
            }
        }
        Some(Token::Year(_)) => than_year(tokens, figure, at),
        Some(Token::Place(_)) => than_place(tokens, figure, at),
        Some(_) => than_figure(tokens, at),
        None => {}
    }
}

/// More or less, where a token says which way.
const fn way(token: Option<&Token>) -> Option<Comparison> {
    match token {
        Some(Token::Rose | Token::Highest | Token::Property(Property::Growth)) => {
            Some(Comparison::Gt)
        }
        Some(Token::Fell | Token::Lowest) => Some(Comparison::Lt),
        _ => None,
    }
}

/// 2021年GDP比2020年低的市: a condition; 2021年GDP比2020年增加多少: a change.
fn than_year(tokens: &mut Vec<Placed>, figure: usize, at: usize) {
    let own = figure
        .checked_sub(1 + usize::from(figure > 0 && tokens[figure - 1].token == Token::De))
        .filter(|year| matches!(tokens[*year].token, Token::Year(_)));
    let (Some(own), Some(comparison)) = (own, way(token(tokens, at + 2))) else {
        return;
    };
    let named: Vec<Placed> = tokens[figure..at].to_vec();
    if token(tokens, at + 3) == Some(&Token::De) {
        tokens[at].token = Token::Compare(comparison);
        tokens.splice(at + 2..at + 3, named);
    } else if ends(token(tokens, at + 3)) || asks_how_many(token(tokens, at + 3)) {
        let first = tokens[at + 1].clone();
        let end = at + 3 + usize::from(asks_how_many(token(tokens, at + 3)));
        let last = tokens[own].clone();
        tokens.drain(own..end);
        let mut put = own;
        tokens.insert(put, first);
        insert(tokens, put + 1, Token::To);
        tokens.insert(put + 2, last);
        insert(tokens, put + 3, Token::De);
        put += 4;
        for placed in named {
            tokens.insert(put, placed);
            put += 1;
        }
        insert(tokens, put, Token::Property(Property::Change));
    }
}

/// 甲镇的税收比乙镇高多少: both beside each other.
fn than_place(tokens: &mut Vec<Placed>, figure: usize, at: usize) {
    let other = tokens[at + 1].clone();
    let mut end = at + 2;
    // 比乙镇的税收高.
    while token(tokens, end).is_some_and(|next| *next == Token::De || next.is_figure()) {
        end += 1;
    }
    if way(token(tokens, end)).is_none() {
        return;
    }
    end += 1;
    if asks_how_many(token(tokens, end)) {
        end += 1;
    }
    if !ends(token(tokens, end)) {
        return;
    }
    let Some(place) = (0..figure).find(|before| matches!(tokens[*before].token, Token::Place(_)))
    else {
        return;
    };
    tokens.drain(at..end);
    insert(tokens, place + 1, Token::And);
    tokens.insert(place + 2, other);
    let is_de = token(tokens, figure + 1) == Some(&Token::De);
    if !is_de {
        insert(tokens, figure + 2, Token::De);
    }
    insert(tokens, place, Token::ComparePlaces);
}

/// 财政收入比税收高的镇, 税收比平均高的镇.
fn than_figure(tokens: &mut Vec<Placed>, at: usize) {
    let way_at =
        (at + 2..tokens.len().min(at + 6)).find(|place| way(token(tokens, *place)).is_some());
    let Some((place, comparison)) =
        way_at.and_then(|place| Some((place, way(token(tokens, place))?)))
    else {
        return;
    };
    if token(tokens, place + 1) == Some(&Token::De) {
        tokens.remove(place);
        tokens[at].token = Token::Compare(comparison);
    }
}
