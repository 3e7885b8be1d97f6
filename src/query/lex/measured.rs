//! The unit in which an answer is wanted: `in million yuan`, 以万元为单位, （万元）.

use super::{Lexer, Token};
use crate::query::ast::Scaled;
use crate::query::unit;

impl Lexer<'_> {
    /// Behind the `as` of a step, not of a definition.
    pub(super) fn after_as(&self) -> bool {
        let [.., before, last] = &self.tokens[..] else {
            return false;
        };
        last.token == Token::As && !matches!(before.token, Token::Saved(_))
    }

    /// Behind a word that may stand before a unit too: `in million yuan`, 按万元.
    pub(super) fn after_in(&self) -> bool {
        self.tokens
            .last()
            .is_some_and(|last| matches!(last.token, Token::In | Token::By))
    }

    /// A unit where an `in` stands, with nothing right behind it; the `in` becomes an `as`.
    pub(super) fn ends_in_unit(&mut self) -> bool {
        let (at, count) = (self.at, self.tokens.len());
        if !self.unit() {
            return false;
        }
        if self.chars.get(self.at).is_some_and(|c| c.is_alphanumeric()) {
            self.at = at;
            self.tokens.truncate(count);
            return false;
        }
        self.tokens[count - 1].token = Token::As;
        true
    }

    /// 以万元为单位, and （万元） behind what is asked for.
    pub(super) fn unit_of_answer(&mut self) -> bool {
        let (at, count) = (self.at, self.tokens.len());
        let close: &[char] = match self.chars[at] {
            '(' if count == 0 => return false,
            '(' => &[')'],
            // 单位万吨, 单位：万吨 behind all else.
            '单' if count == 0 || self.chars.get(at + 1) != Some(&'位') => return false,
            '单' => &[],
            _ => &['为', '单', '位'],
        };
        let begins = match self.chars[at] {
            '单' => 2 + usize::from(matches!(self.chars.get(at + 2), Some(':' | '为'))),
            _ => 1,
        };
        self.push(Token::As, begins);
        if self.unit() && self.chars[self.at..].starts_with(close) {
            self.at += close.len();
            return true;
        }
        self.at = at;
        self.tokens.truncate(count);
        false
    }

    /// A unit without a number: 万元, million yuan.
    pub(super) fn unit(&mut self) -> bool {
        // 100 million yuan, 10,000 tons: a round number with its scale is part of the unit.
        let whole = &self.chars[self.at..];
        let (round, digits) = round(whole);
        let rest = &whole[digits..];
        let (factor, mut length) = unit::scale(rest).unwrap_or((rust_decimal::Decimal::ONE, 0));
        if digits > 0 && round < rust_decimal::Decimal::ONE_THOUSAND && length == 0 {
            return false;
        }
        let factor = factor * round;
        while rest.get(length) == Some(&' ') {
            length += 1;
        }
        let Some((unit, taken)) = unit::unit(&rest[length..]) else {
            return false;
        };
        length += digits + taken;
        let word: String = self.original[self.at..self.at + length].iter().collect();
        let scaled = Scaled {
            word,
            factor,
            unit: unit.base.to_owned(),
        };
        self.push(Token::Unit(scaled), length);
        true
    }
}

/// A power of ten in figures, and its length with the blank behind it; one where none is there.
fn round(rest: &[char]) -> (rust_decimal::Decimal, usize) {
    let is_part = |c: &&char| matches!(c, '1' | '0' | ',');
    let mut length = rest.iter().take_while(is_part).count();
    let text: String = rest[..length].iter().filter(|c| **c != ',').collect();
    let is_power = text.starts_with('1') && text.len() <= 6 && !text[1..].contains('1');
    match text.parse() {
        Ok(power) if is_power => {
            length += usize::from(rest.get(length) == Some(&' '));
            (power, length)
        }
        _ => (rust_decimal::Decimal::ONE, 0),
    }
}
