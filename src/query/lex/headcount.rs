//! `people` of a place in a year: how many live there, where nothing else is said of them.

use super::{Placed, Token};
use crate::query::catalog::{Catalog, Meaning};
use crate::query::word_list::word_list;

/// `how many people live in X in 2023` asks for the population. Which people are meant is plain only where the question
/// names a place and a year and nothing besides.
pub(super) fn headcount(tokens: &mut Vec<Placed>, catalog: &Catalog) {
    // Between them stands the rest of a question that asks for no more than a number.
    let is_word = |placed: &Placed, list: &str| match &placed.token {
        Token::Word(word) => word_list(list).contains(&word.to_lowercase().as_str()),
        _ => false,
    };
    let mut said = tokens.iter();
    let (mut places, mut years, mut people) = (0, 0, 0);
    let is_plain = said.all(|placed| match placed.token {
        Token::Place(_) => {
            places += 1;
            true
        }
        Token::Year(_) => {
            years += 1;
            true
        }
        Token::Word(_) => {
            let is_people = is_word(placed, "people");
            people += usize::from(is_people);
            is_people || is_word(placed, "living")
        }
        Token::What
        | Token::HowMany
        | Token::AskCount
        | Token::In
        | Token::Of
        | Token::Have
        | Token::The
        | Token::End
        | Token::And
        | Token::Possessive => true,
        _ => false,
    });
    if !is_plain || places == 0 || years == 0 || people != 1 {
        return;
    }
    let Some(Meaning::Indicators(population)) = catalog.names().meaning("population") else {
        return;
    };
    let population = Token::Figure(population.to_vec());
    tokens.retain(|placed| !is_word(placed, "living"));
    for placed in tokens.iter_mut() {
        if is_word(placed, "people") {
            placed.token = population.clone();
        }
    }
}
