//! The words of the language: one table, `keywords.tsv`, from which the lexer, completion and the manual derive.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Lang;
use super::catalog::fold;
use super::lex::Token;

/// A word of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keyword {
    /// The word.
    pub word: &'static str,
    /// The language it belongs to; signs stand under English and serve both.
    pub lang: Lang,
    /// The name of its token, `family` or `family:kind`; words of one token mean the same.
    pub token: &'static str,
    /// Whether it is the word that readings use.
    pub canonical: bool,
}

static KEYWORDS: LazyLock<Vec<Keyword>> = LazyLock::new(|| {
    include_str!("keywords.tsv")
        .lines()
        .skip(1)
        .flat_map(|line| {
            let mut cells = line.split('\t');
            let token = cells.next().unwrap_or_default();
            let lang = match cells.next() {
                Some("zh") => Lang::Zh,
                _ => Lang::En,
            };
            cells
                .next()
                .unwrap_or_default()
                .split('|')
                .enumerate()
                .map(move |(at, word)| Keyword {
                    word,
                    lang,
                    token,
                    canonical: at == 0,
                })
        })
        .collect()
});

static BY_WORD: LazyLock<HashMap<String, Token>> = LazyLock::new(|| {
    KEYWORDS
        .iter()
        .filter_map(|keyword| Some((fold_word(keyword.word), Token::of_keyword(keyword.token)?)))
        .collect()
});

/// All words, in the order of the table.
#[must_use]
pub fn keywords() -> &'static [Keyword] {
    &KEYWORDS
}

/// The token of a folded word.
pub(super) fn token(folded: &str) -> Option<&'static Token> {
    BY_WORD.get(folded)
}

static REACH: LazyLock<HashMap<char, usize>> = LazyLock::new(|| {
    let mut reach = HashMap::new();
    for word in BY_WORD.keys() {
        if let Some(first) = word.chars().next() {
            let longest: &mut usize = reach.entry(first).or_insert(0);
            *longest = (*longest).max(word.chars().count());
        }
    }
    reach
});

/// The most characters of any word that starts with this character.
pub(super) fn reach(first: char) -> usize {
    REACH.get(&first).copied().unwrap_or(0)
}

/// A sign that is a hyphen would fold to nothing, so signs stay as they are.
fn fold_word(word: &str) -> String {
    if word.chars().any(char::is_alphanumeric) {
        fold(word)
    } else {
        word.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_a_token_and_only_one() {
        let mut seen = HashMap::new();
        for keyword in keywords() {
            let token = Token::of_keyword(keyword.token);
            assert!(token.is_some(), "{} has no token", keyword.token);
            if let Some(other) = seen.insert(fold_word(keyword.word), keyword.token) {
                assert_eq!(other, keyword.token, "{} means two things", keyword.word);
            }
        }
    }
}
