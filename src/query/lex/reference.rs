//! Names behind `@` and `$`: saved queries and parameters.

use super::{Lexer, Token};
use crate::query::catalog::half_width;
use crate::query::lang::is_han;

impl Lexer<'_> {
    /// The length of the name behind `@` or `$`: 0 where none follows.
    ///
    /// Chinese writes no blank behind a name, so that of a saved query is the longest that is one; where it is being
    /// defined it ends before 为. Names of parameters are ASCII.
    pub(super) fn name_length(&self, sign: char) -> usize {
        let rest = &self.chars[self.at + 1..];
        let run = |fits: fn(char) -> bool| rest.iter().take_while(|c| fits(**c)).count();
        let ascii = run(is_ascii_of_name);
        if sign == '$' || !rest.get(ascii).is_some_and(|c| is_han(*c)) {
            return ascii;
        }
        if matches!(self.tokens.last(), Some(last) if last.token == Token::Define) {
            return run(|c| is_ascii_of_name(c) || (is_han(c) && c != '为'));
        }
        let known = self.catalog.saved().keys().filter_map(|name| {
            let mut length = 0;
            for c in name.chars() {
                if self.original[self.at + 1..]
                    .get(length)
                    .is_none_or(|r| half_width(*r) != c)
                {
                    return None;
                }
                length += 1;
            }
            Some(length)
        });
        match known.max() {
            Some(length) if length >= ascii => length,
            _ if ascii > 0 => ascii,
            _ => run(is_han),
        }
    }

    pub(super) fn named(&mut self, sign: char, length: usize) {
        let name: String = self.original[self.at + 1..=self.at + length]
            .iter()
            .map(|c| half_width(*c))
            .collect();
        let token = if sign == '@' {
            Token::Saved(name)
        } else {
            Token::Parameter(name)
        };
        self.push(token, length + 1);
    }
}

fn is_ascii_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}
