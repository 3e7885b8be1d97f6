//! What the figures of a list have in common: GDP和出口增速都超过5%, `GDP and exports both over 100 billion yuan`.

use super::phrase::{self, Kind, Phrase};
use crate::query::lex::{Placed, Token};

/// The figures of a list of which something is said together, each with the year that stands before the first.
pub(super) fn members(list: &[Placed]) -> Vec<Vec<Placed>> {
    let is_year = |placed: &Placed| matches!(placed.token, Token::FigureYear(_));
    let year = list.first().filter(|first| is_year(first));
    let others = list.split(phrase::joins).skip(1);
    let years = others.clone().any(|figure| figure.iter().any(is_year));
    let whole = |figure: &[Placed]| -> Vec<Placed> {
        let year = year.filter(|_| !years && !figure.iter().any(is_year));
        year.into_iter().chain(figure).cloned().collect()
    };
    list.split(phrase::joins).map(whole).collect()
}

/// The phrases with the properties of the last figure of a list given to all of it, where the others have none and something
/// is said of the list.
pub(super) fn properties(phrases: &[Phrase]) -> Option<Vec<Phrase>> {
    let mut phrases = phrases.to_vec();
    let mut is_shared = false;
    for at in 1..phrases.len() {
        let list = &phrases[at - 1];
        if phrases[at].kind != Kind::Bound || list.kind != Kind::Figures || !list.is_shared() {
            continue;
        }
        let is_property = |placed: &&Placed| matches!(placed.token, Token::Property(_));
        let figures: Vec<&[Placed]> = list.tokens.split(phrase::joins).collect();
        let (end, others) = figures.split_last()?;
        let properties: Vec<Placed> = end.iter().filter(is_property).cloned().collect();
        let have_none = others
            .iter()
            .all(|figure| !figure.iter().any(|p| is_property(&p)));
        if properties.is_empty() || !have_none {
            continue;
        }
        is_shared = true;
        let mut tokens = Vec::new();
        for placed in &list.tokens {
            if phrase::joins(placed) {
                tokens.extend(properties.iter().cloned());
            }
            tokens.push(placed.clone());
        }
        phrases[at - 1].tokens = tokens;
    }
    is_shared.then_some(phrases)
}
