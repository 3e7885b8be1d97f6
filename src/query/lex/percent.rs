//! Parts and multiples in words: 百分之五, 两倍, `twice`.

use rust_decimal::Decimal;

use super::{Lexer, Quantity, Token, numeral};
use crate::query::ast::Comparison;
use crate::query::word_list::{begins_with, word_list};

impl Lexer<'_> {
    /// 百分之五点五 as 5.5%.
    pub(super) fn percent_in_words(&mut self) -> bool {
        let rest = &self.chars[self.at..];
        let Some(number) = rest.strip_prefix(&['百', '分', '之']) else {
            return false;
        };
        let Some((value, taken)) = figures(number).or_else(|| in_words(number)) else {
            return false;
        };
        self.amount(value, Some("%"), 3 + taken);
        true
    }

    /// 两位数 of 两位数增长: at least ten per cent.
    pub(super) fn two_digits(&mut self) -> bool {
        let Some((_, length)) = begins_with("two digits", &self.chars[self.at..]) else {
            return false;
        };
        self.push(Token::Compare(Comparison::Ge), length);
        self.amount(Decimal::TEN, Some("%"), 0);
        true
    }

    /// 两 of 两倍, `twice`, `half`: a number with the word for times, which may lie in it.
    pub(super) fn multiple(&mut self) -> bool {
        let rest = &self.chars[self.at..];
        let letters = rest.iter().take_while(|c| c.is_ascii_alphabetic()).count();
        let word: String = rest[..letters].iter().collect();
        let is_of = |list: &str| word_list(list).contains(&word.as_str());
        let (value, length) = match rest {
            _ if is_of("times two") => (Decimal::TWO, letters),
            _ if is_of("times three") => (Decimal::from(3), letters),
            _ if is_of("times half") => (Decimal::new(5, 1), letters),
            ['一', '半', ..] => (Decimal::new(5, 1), 2),
            _ => {
                let Some((times, digits)) = numeral::chinese(rest) else {
                    return false;
                };
                if rest.get(digits) != Some(&'倍') {
                    return false;
                }
                self.amount(times.into(), None, digits);
                return true;
            }
        };
        if letters > 0 && !self.multiplies(self.at + length) {
            return false;
        }
        self.amount(value, None, length);
        self.push(Token::Times, 0);
        true
    }

    /// Whether what stands behind `half` is multiplied: `half of towns` are some of them, `double-digit` is no double.
    fn multiplies(&self, mut at: usize) -> bool {
        loop {
            match self.chars.get(at) {
                Some(' ') => at += 1,
                Some('-') => return false,
                None => return true,
                Some(_) => match self.known(at) {
                    Some((Token::Of | Token::The | Token::All, length)) => at += length,
                    Some((Token::Rows(_), _)) => return false,
                    _ => return true,
                },
            }
        }
    }

    /// `2 times budget revenue`, where 2 times alone would be a number of events.
    pub(super) fn times_of(&mut self) -> bool {
        let rest = &self.chars[self.at..];
        let Some((value, digits)) = figures(rest) else {
            return false;
        };
        let word: String = rest[digits..].iter().take(7).collect();
        if word != " times " {
            return false;
        }
        let behind = self.known(self.at + digits + 7).map(|(token, _)| token);
        let is_multiple = behind
            .is_some_and(|token| token.is_figure() || matches!(token, Token::The | Token::Of));
        if is_multiple {
            self.amount(value, None, digits);
            self.at += 1;
            self.push(Token::Times, 5);
        }
        is_multiple
    }

    fn amount(&mut self, value: Decimal, unit: Option<&'static str>, length: usize) {
        let text = self.original[self.at..self.at + length].iter().collect();
        self.push(Token::Quantity(Quantity { value, unit, text }), length);
    }
}

/// 5.5
fn figures(rest: &[char]) -> Option<(Decimal, usize)> {
    let is_part = |c: &&char| c.is_ascii_digit() || **c == '.';
    let length = rest.iter().take_while(is_part).count();
    let text: String = rest[..length].iter().collect();
    Some((text.parse().ok()?, length))
}

/// 五点五, 五点零五
fn in_words(rest: &[char]) -> Option<(Decimal, usize)> {
    let (whole, taken) = numeral::chinese(rest)?;
    let whole = Decimal::from(whole);
    let is_point = rest.get(taken) == Some(&'点');
    // Behind the point the digits are said one by one: 五点零五.
    let digits: String = rest[taken..]
        .iter()
        .skip(1)
        .take_while(|_| is_point)
        .map_while(|c| numeral::digit(*c))
        .filter_map(|digit| char::from_digit(digit, 10))
        .collect();
    let said = format!("{whole}.{digits}").parse().ok();
    Some(match said {
        Some(value) if !digits.is_empty() => (value, taken + 1 + digits.len()),
        _ => (whole, taken),
    })
}
