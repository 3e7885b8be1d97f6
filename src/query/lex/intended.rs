//! `want to create`, `is hoping to attract`: whoever intends to do what a figure counts has a target for it; a part of
//! the lexer.

use super::{Lexer, Token};
use crate::query::ast::Property;
use crate::query::word_list::word_list;

impl Lexer<'_> {
    /// Takes a word of intention with the verb behind it. What is to be built or done is a task, and none of these.
    pub(super) fn intended(&mut self) -> bool {
        let starts = self.at == 0 || !self.chars[self.at - 1].is_ascii_alphanumeric();
        let one_of = |list: &str, from: usize| {
            let words = word_list(list).iter();
            let found = words.filter(|word| self.says(word, from));
            found.map(|word| word.chars().count()).max()
        };
        let Some(intends) = one_of("intending", self.at).filter(|_| starts) else {
            return false;
        };
        let to = self.at + intends + 1;
        if !self.says("to", to) {
            return false;
        }
        let Some(verb) = one_of("verb of what is planned", to + 3) else {
            return false;
        };
        self.push(Token::Property(Property::Target), intends + 4 + verb);
        true
    }

    /// Whether these words stand here, and end there.
    fn says(&self, words: &str, from: usize) -> bool {
        let end = from + words.chars().count();
        let rest = self.chars.get(from..end);
        rest.is_some_and(|rest| rest.iter().copied().eq(words.chars()))
            && self
                .chars
                .get(end)
                .is_none_or(|c| !c.is_ascii_alphanumeric())
    }
}
