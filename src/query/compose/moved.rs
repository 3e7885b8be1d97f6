//! Figures that are asked for by how they moved: `which figures rose fastest`, 除了投资，还有哪些指标下降.

use super::phrase::{Kind, Phrase};
use super::word;
use crate::query::ast::{Comparison, Property, Rows};
use crate::query::lex::{Placed, Quantity, Token};

/// The phrase in the place of which the conditions stand, and these.
type Moves = (usize, Vec<Vec<Placed>>);

/// What holds of the rows where they are figures, no figure is named and one movement is. `None` where a movement is said that no row has.
#[allow(
    clippy::option_option,
    reason = "the outer says whether it can be told, the inner whether rows move"
)]
pub(super) fn of_rows(phrases: &[Phrase]) -> Option<Option<Moves>> {
    let are_figures = phrases
        .iter()
        .any(|p| matches!(p.kind, Kind::Rows(Rows::Metrics, _)));
    let names_one = phrases.iter().any(|p| p.kind == Kind::Figures);
    let first = phrases
        .iter()
        .position(|p| p.kind == Kind::Bound && is_movement(&p.tokens));
    let Some(first) = first.filter(|_| are_figures && !names_one) else {
        return Some(None);
    };
    let of_moves = |p: &&Phrase| matches!(p.kind, Kind::Bound | Kind::Extreme | Kind::Aggregate(_));
    let said: Vec<&Phrase> = phrases.iter().filter(of_moves).collect();
    if said.iter().any(|phrase| phrase.denied) {
        return None;
    }
    let (fell, by) = match &phrases[first].tokens[..] {
        [moves] => (moves.token == Token::Fell, None),
        [moves, compare, by] => (moves.token == Token::Fell, Some((compare, by))),
        _ => return None,
    };
    let mut conditions = match by {
        None if fell => vec![growth(Comparison::Lt, nought())],
        None => vec![growth(Comparison::Gt, nought())],
        Some((first, second)) => by_so_much(fell, first, second)?,
    };
    match &said[1..] {
        [] => {}
        // `fell the most`: the lowest of those that fell.
        [end] if end.kind == Kind::Extreme && by.is_none() => {
            let [Placed { token, .. }] = &end.tokens[..] else {
                return None;
            };
            let end = match (token, fell) {
                (Token::Highest, false) | (Token::Lowest, true) => Token::Highest,
                (Token::Lowest, false) | (Token::Highest, true) => Token::Lowest,
                _ => return None,
            };
            conditions.push(vec![word(Token::Property(Property::Growth)), word(end)]);
        }
        _ => return None,
    }
    Some(Some((first, conditions)))
}

pub(super) fn is_movement(tokens: &[Placed]) -> bool {
    matches!(tokens.first(), Some(first) if matches!(first.token, Token::Fell | Token::Rose))
}

/// `fell by over 10%` is a growth below minus ten, `rose by less than 10%` one between nothing and ten.
fn by_so_much(fell: bool, first: &Placed, second: &Placed) -> Option<Vec<Vec<Placed>>> {
    let (comparison, amount) = match (&first.token, &second.token) {
        (Token::Compare(comparison), Token::Quantity(amount))
        | (Token::Quantity(amount), Token::Post(comparison)) => (*comparison, amount),
        _ => return None,
    };
    if !matches!(amount.unit, Some("%" | "百分点")) || amount.is_open() {
        return None;
    }
    let mut amount = amount.clone();
    let is_less = matches!(comparison, Comparison::Lt | Comparison::Le);
    let comparison = if fell {
        amount.value = -amount.value;
        amount.text = format!("-{}", amount.text);
        comparison.turned()
    } else {
        comparison
    };
    let mut conditions = vec![growth(comparison, amount)];
    if is_less {
        let way = if fell { Comparison::Lt } else { Comparison::Gt };
        conditions.push(growth(way, nought()));
    }
    Some(conditions)
}

fn growth(comparison: Comparison, amount: Quantity) -> Vec<Placed> {
    let growth = Token::Property(Property::Growth);
    [growth, Token::Compare(comparison), Token::Quantity(amount)]
        .map(word)
        .into()
}

fn nought() -> Quantity {
    Quantity {
        value: 0.into(),
        unit: Some("%"),
        text: "0%".to_owned(),
    }
}
