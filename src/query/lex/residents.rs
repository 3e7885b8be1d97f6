//! 农村居民 beside 城镇居民收入: the income of the ones, where that of the others is spoken of; a part of the lexer.
//!
//! Alone they are people, of whom a question may want to know anything.

use super::{Lexer, Token};
use crate::query::catalog::Meaning;
use crate::query::word_list::begins_with;

/// The words for each, and the name of their income.
const SIDES: [(&str, &str); 2] = [
    ("urban residents", "城镇居民人均可支配收入"),
    ("rural residents", "农村居民人均可支配收入"),
];

impl Lexer<'_> {
    /// Takes 农村居民 behind 城镇居民收入, and 城镇居民 before 和农村居民收入.
    pub(super) fn residents(&mut self) -> bool {
        let rest = &self.chars[self.at..];
        let found = SIDES.iter().enumerate().find_map(|(side, (list, _))| {
            begins_with(list, rest).map(|(_, length)| (side, length))
        });
        let Some((side, length)) = found else {
            return false;
        };
        if self.known(self.at).is_some_and(|(_, known)| known > length) {
            return false;
        }
        let income = |side: usize| match self.catalog.names().meaning(SIDES[side].1) {
            Some(Meaning::Indicators(found)) => Some(Token::Figure(found.to_vec())),
            _ => None,
        };
        let (Some(own), Some(other)) = (income(side), income(1 - side)) else {
            return false;
        };
        let is_behind = self.tokens.iter().any(|placed| placed.token == other);
        let behind = self.at + length;
        let is_before = begins_with("beside", &self.chars[behind..]).is_some_and(|(_, joint)| {
            let next = behind + joint;
            next < self.chars.len() && self.known(next).is_some_and(|(token, _)| token == other)
        });
        // 农村居民人数 is something else.
        let ends = match self.chars.get(behind) {
            Some(c) if !crate::query::lang::is_han(*c) => true,
            None | Some('的' | '高' | '低' | '多' | '少') => true,
            Some(_) => self
                .known(behind)
                .is_some_and(|(token, _)| !token.is_figure()),
        };
        if !(is_behind && ends || is_before) {
            return false;
        }
        self.push(own, length);
        true
    }
}
