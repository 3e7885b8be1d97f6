//! What the words of the language and the names of the catalog know of the characters at a position; apostrophes.

use super::{Lexer, Placed, Token};
use crate::query::catalog::Meaning;
use crate::query::keyword;
use crate::query::lang::is_han;

impl Lexer<'_> {
    /// The longest known word or name at a position.
    pub(super) fn known(&self, at: usize) -> Option<(Token, usize)> {
        let rest = &self.chars[at..];
        if rest.first()?.is_ascii_alphanumeric()
            && at > 0
            && self.chars[at - 1].is_ascii_alphanumeric()
            && !begins_year(rest)
        {
            return None;
        }
        let names = self.catalog.names();
        let longest = names
            .reach(rest[0])
            .max(keyword::reach(rest[0]))
            .min(rest.len());
        // The folded text of each prefix, so that blanks and hyphens inside a name do not matter.
        let mut folded = String::new();
        let mut ends: Vec<(usize, usize)> = Vec::with_capacity(8);
        let sign = !rest[0].is_alphanumeric();
        for (index, &c) in rest[..longest].iter().enumerate() {
            if c == '\n' || (c == ' ' && folded.ends_with(' ')) {
                if c == '\n' {
                    break;
                }
                continue;
            }
            // `didn't meet` is `did not meet`.
            if !sign && self.is_contracted_not(at + index) {
                ends.push((index, folded.len()));
                folded.push_str(" n");
                continue;
            }
            folded.push(match c {
                _ if sign => c,
                '-' => ' ',
                '\'' | '’' if self.is_contracted_not(at + index - 1) => 'o',
                '’' => '\'',
                c => c,
            });
            let inside = c.is_ascii_alphanumeric()
                && rest.get(index + 1).is_some_and(char::is_ascii_alphanumeric)
                && !begins_year(&rest[index + 1..]);
            if !inside && c != ' ' && c != '-' || sign {
                ends.push((index + 1, folded.len()));
            }
        }
        ends.iter().rev().find_map(|&(length, bytes)| {
            let word = &folded[..bytes];
            if let Some(token) = keyword::token(word)
                && (length > 1 || self.stands(token, at))
            {
                return Some(
                    self.joint_of_name(at, length)
                        .unwrap_or_else(|| (token.clone(), length)),
                );
            }
            names.meaning(word).map(|meaning| {
                let token = match meaning {
                    Meaning::Indicators(found) => Token::Figure(found.to_vec()),
                    Meaning::Places(found) => Token::Place(found.to_vec()),
                };
                (token, length)
            })
        })
    }

    /// The 和 of 和实际利用外资: a word that begins with a joint is that joint where a name that stands behind it ends later.
    fn joint_of_name(&self, at: usize, length: usize) -> Option<(Token, usize)> {
        let joint = keyword::token(&self.chars[at].to_string())?;
        if length < 2 || *joint != Token::And {
            return None;
        }
        let (name, taken) = self.known(at + 1)?;
        let is_name = matches!(name, Token::Figure(_) | Token::Place(_));
        (is_name && 1 + taken > length).then_some((Token::And, 1))
    }

    /// 镇 in 各镇财政收入, where 镇财政收入 is a name too: behind a word that asks for each or for some of a kind stands the
    /// kind, if what is left is a name by itself.
    pub(super) fn rows_before_name(&self, token: &Token, length: usize) -> Option<(Token, usize)> {
        let asks = |last: &Placed| {
            matches!(
                last.token,
                Token::Each | Token::All | Token::Which | Token::HowMany | Token::AskCount
            )
        };
        let last = self.tokens.last()?;
        if !token.is_figure() || !asks(last) || last.span.end != self.at {
            return None;
        }
        let word: String = self.chars[self.at..self.at + length].iter().collect();
        (1..length).rev().find_map(|rows| {
            let (kind, name) = word.split_at(word.char_indices().nth(rows)?.0);
            let kind = keyword::token(kind)
                .filter(|token| matches!(token, Token::Rows(rows) if rows.are_places()));
            let is_name = matches!(
                self.catalog.names().meaning(name),
                Some(Meaning::Indicators(_))
            );
            kind.filter(|_| is_name).map(|kind| (kind.clone(), rows))
        })
    }

    /// The `n't` of `didn't` and its like, by its first character.
    pub(super) fn is_contracted_not(&self, at: usize) -> bool {
        let is_of_word = |at: Option<usize>| {
            at.and_then(|at| self.chars.get(at))
                .is_some_and(char::is_ascii_alphanumeric)
        };
        matches!(self.chars.get(at..), Some(['n', '\'' | '’', 't', ..]))
            && is_of_word(at.checked_sub(1))
            && !is_of_word(Some(at + 3))
    }

    pub(super) fn possessive(&self) -> bool {
        let letter = |at: Option<usize>| {
            at.and_then(|at| self.chars.get(at))
                .is_some_and(char::is_ascii_alphanumeric)
        };
        self.chars[self.at] == '\''
            && (self.chars.get(self.at + 1) == Some(&'s') && !letter(Some(self.at + 2))
                || self.ends_plural())
    }

    /// Whether a quotation may end in an apostrophe: that of `isn't` stands within a word.
    fn may_close(&self, at: usize) -> bool {
        let is_of_word = |at: usize| self.chars.get(at).is_some_and(char::is_ascii_alphanumeric);
        self.chars[at] == '\'' && !(is_of_word(at - 1) && is_of_word(at + 1))
    }

    /// The apostrophe of residents' income: behind an s, with none later that it could open a quotation with.
    pub(super) fn ends_plural(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.chars.get(at));
        before == Some(&'s')
            && self.chars[self.at] == '\''
            && self.chars.get(self.at + 1) == Some(&' ')
            && !(self.at + 1..self.chars.len()).any(|at| self.may_close(at))
    }

    /// A run of characters that mean nothing, up to the next that do.
    pub(super) fn unknown(&mut self) {
        let start = self.at;
        let c = self.chars[start];
        let mut end = start + 1;
        if c.is_ascii_alphanumeric() {
            while self
                .chars
                .get(end)
                .is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '\''))
            {
                end += 1;
            }
        } else if is_han(c) {
            while self.chars.get(end).is_some_and(|c| is_han(*c)) && self.known(end).is_none() {
                end += 1;
            }
        }
        let text: String = self.original[start..end].iter().collect();
        // 哪年疫情提得最多.
        let is_said =
            end < self.chars.len() && matches!(self.known(end), Some((Token::SaidHow, _)));
        let token = if is_said { Token::Text } else { Token::Word };
        self.push(token(text), end - start);
    }
}

/// 2010年, which stands apart from a Latin name before it: GDP2010年.
fn begins_year(rest: &[char]) -> bool {
    matches!(rest, [a, b, c, d, '年', ..] if [a, b, c, d].iter().all(|c| c.is_ascii_digit()))
}
