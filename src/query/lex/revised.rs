//! Targets that were raised or lowered: 2019年上调GDP目标的城市, `cities that cut their GDP target in 2019`; a part of `spoken`.
//!
//! A target is set as a value or as a growth: it was raised where either is above that of the year before. What is said
//! beside the places, the figure and the years is left to the grammar, which then refuses it.

use super::{Placed, Token};
use crate::query::ast::{Comparison, Property};

const TARGET: Token = Token::Property(Property::Target);
const GROWTH: Token = Token::Property(Property::Growth);

/// What a question of this kind says.
#[derive(Default)]
struct Said {
    years: Vec<Placed>,
    places: Vec<Placed>,
    figure: Option<Placed>,
    rows: Option<Placed>,
    of_growth: bool,
    of_target: bool,
    raised: Option<bool>,
    counted: bool,
}

/// Puts such a question into the words of the grammar.
pub(super) fn revised(tokens: &mut Vec<Placed>) {
    let Some(said) = said(tokens) else {
        return;
    };
    let (Some(figure), Some(rows), Some(raised)) = (said.figure, said.rows, said.raised) else {
        return;
    };
    let span = figure.span;
    let (before, year) = match &said.years[..] {
        [only] => match only.token {
            Token::Year(year) => (year - 1, year),
            _ => return,
        },
        [one, other] => match (&one.token, &other.token) {
            (Token::Year(one), Token::Year(other)) => (*one.min(other), *one.max(other)),
            _ => return,
        },
        _ => return,
    };
    if !said.of_target {
        return;
    }
    let comparison = if raised {
        Comparison::Gt
    } else {
        Comparison::Lt
    };
    let put = |token| Placed { token, span };
    let side = |year: i32, grows: bool| {
        let mut side = vec![put(Token::Year(year)), figure.clone(), put(TARGET)];
        side.extend(grows.then(|| put(GROWTH)));
        side
    };
    let beside = |grows: bool| {
        let mut all = side(year, grows);
        all.push(put(Token::Compare(comparison)));
        all.extend(side(before, grows));
        all
    };
    let mut all = Vec::new();
    if said.counted {
        all.push(put(Token::HowMany));
    }
    all.push(rows);
    if !said.places.is_empty() {
        all.push(put(Token::In));
        all.extend(said.places);
    }
    all.extend([put(Token::With), put(Token::Open)]);
    all.extend(beside(true));
    if said.of_growth {
        // A bracket is around several.
        let open = all.iter().position(|placed| placed.token == Token::Open);
        all.remove(open.unwrap_or(0));
    } else {
        all.push(put(Token::Or));
        all.extend(beside(false));
        all.push(put(Token::Close));
    }
    *tokens = all;
}

/// What is said, where nothing else is.
fn said(tokens: &[Placed]) -> Option<Said> {
    let mut said = Said::default();
    for placed in tokens {
        match &placed.token {
            Token::Raised => said.raised = said.raised.xor(Some(true)),
            Token::Lowered => said.raised = said.raised.xor(Some(false)),
            Token::Year(_) => said.years.push(placed.clone()),
            Token::Place(_) => {
                if !said.places.is_empty() {
                    let token = Token::And;
                    let span = placed.span;
                    said.places.push(Placed { token, span });
                }
                said.places.push(placed.clone());
            }
            Token::Rows(rows) if rows.are_places() && said.rows.is_none() => {
                said.rows = Some(placed.clone());
            }
            token if token.is_figure() && said.figure.is_none() => {
                said.figure = Some(placed.clone());
            }
            token if *token == TARGET => said.of_target = true,
            token if *token == GROWTH => said.of_growth = true,
            Token::HowMany | Token::AskCount => said.counted = true,
            Token::Which
            | Token::What
            | Token::With
            | Token::Have
            | Token::Are
            | Token::De
            | Token::In
            | Token::From
            | Token::To
            | Token::Of
            | Token::Than
            | Token::All
            | Token::Each
            | Token::AskValue
            | Token::Possessive
            | Token::Comma => {}
            _ => return None,
        }
    }
    said.raised.is_some().then_some(said)
}
