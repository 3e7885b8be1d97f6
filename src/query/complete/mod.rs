//! What a question that is being typed may go on with: words, names, numbers, saved queries, found by trying them.

mod offer;

use super::Lang;
use super::ast::{Head, Property, Statement};
use super::catalog::{Catalog, PlaceRef, fold, initials};
use super::lang::is_han;
use super::lex::{Placed, Token, filter, lex};
use super::parse::{Stop, parse};
use super::{Parameters, follow, saved};
use crate::fact::Span;

/// One thing that may follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What it is.
    pub kind: CandidateKind,
    /// What to put in.
    pub text: String,
    /// What it replaces, in characters of the question; empty at its end where nothing of it is there yet.
    pub span: Span,
    /// What the store has of it (`3 places`, the text of a saved query), in English; empty where it says nothing.
    pub note_en: String,
    /// The same in Chinese.
    pub note_zh: String,
}

/// Kinds of candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CandidateKind {
    /// A word of the language.
    Keyword,
    /// A name of an indicator.
    Figure,
    /// A name of a place.
    Place,
    /// A part of reports.
    Section,
    /// A saved query.
    Saved,
    /// A year that the store has reports of.
    Year,
    /// A sample of a quantity with its unit.
    Number,
}

/// How many names of one kind are given.
const MOST: usize = 30;
/// So many tokens at the end of a question may together be the beginning of one name.
const LONGEST: usize = 4;
/// Candidates are tried at the price of the question each, so that a very long one is not completed.
const TRIED: usize = 200;

/// What may follow a question that ends here: first what its last letters are the beginning of (in Latin letters also
/// of the pinyin, or its initials), then what may stand behind it; in each the likeliest first.
#[must_use]
pub fn complete(question: &str, catalog: &Catalog) -> Vec<Candidate> {
    let (tokens, faults) = lex(question, catalog);
    if tokens.len() > TRIED || !faults.is_empty() {
        return Vec::new();
    }
    let chars: Vec<char> = question.chars().collect();
    let lang = question
        .chars()
        .any(char::is_alphabetic)
        .then(|| Lang::of(question));
    let asked = |before: &[Placed], start: usize| Asked {
        before: follow::join_places(before.to_vec(), catalog),
        partial: chars[start..].iter().collect(),
        span: Span::new(start, chars.len()),
        catalog,
        lang,
    };
    if let Some(at) = name_of_saved(&chars) {
        let before = tokens.iter().take_while(|placed| placed.span.end <= at);
        return asked(&before.cloned().collect::<Vec<_>>(), at).saved();
    }
    let mut found = Vec::new();
    let first = tokens.len().saturating_sub(LONGEST);
    for at in first..tokens.len() {
        let here = asked(&tokens[..at], tokens[at].span.start);
        for candidate in here.begun() {
            if !found
                .iter()
                .any(|other: &Candidate| other.text == candidate.text)
            {
                found.push(candidate);
            }
        }
    }
    let is_known = |placed: &Placed| !matches!(placed.token, Token::Word(_));
    let next = if tokens.iter().all(is_known) {
        asked(&tokens, chars.len()).next()
    } else {
        Vec::new()
    };
    // Behind a blank the word before it is hardly the beginning of a longer one.
    if question.ends_with(char::is_whitespace) {
        next.into_iter().chain(found).collect()
    } else {
        found.extend(next);
        found
    }
}

/// Where the name behind an `@` begins that the question ends in.
fn name_of_saved(chars: &[char]) -> Option<usize> {
    let at = chars.iter().rposition(|c| matches!(c, '@' | '＠'))?;
    chars[at + 1..]
        .iter()
        .all(|c| c.is_ascii_alphanumeric() || is_han(*c) || matches!(c, '_' | '-'))
        .then_some(at)
}

/// A place in a question: the tokens before it, and the letters that stand there already.
struct Asked<'a> {
    before: Vec<Placed>,
    partial: String,
    span: Span,
    catalog: &'a Catalog,
    lang: Option<Lang>,
}

impl Asked<'_> {
    /// Whether the grammar takes a token here.
    fn takes(&self, token: Token) -> bool {
        let end = self.before.last().map_or(0, |last| last.span.end) + 1;
        let mut tokens = self.before.clone();
        tokens.push(Placed {
            token,
            span: Span::new(end, end + 1),
        });
        let parameters = Parameters::new();
        let tokens = saved::Saved::new(self.catalog, &parameters, true).with_values(&tokens);
        match parse(&filter(tokens)) {
            // A condition with steps behind it has no head, and gets none any more.
            Ok(Statement::Ask(query) | Statement::Explain(query)) => {
                !matches!(query.head, Head::Nothing(..)) || query.clauses.is_empty()
            }
            Ok(Statement::Define(..)) | Err(Stop::End) => true,
            Err(_) => false,
        }
    }

    /// Whether a word of the language fits here: grammar and, for the property of a figure, a figure before it.
    fn takes_word(&self, token: Token) -> bool {
        let before = self.before.last().map(|last| &last.token);
        let is_of = match &token {
            Token::Property(Property::Target | Property::LastYear) => {
                before.is_some_and(|before| {
                    before.is_figure() || matches!(before, Token::Property(_) | Token::Compare(_))
                })
            }
            Token::Property(_) => before
                .is_some_and(|before| before.is_figure() || matches!(before, Token::Property(_))),
            _ => true,
        };
        is_of && self.takes(token)
    }

    fn takes_figure(&self) -> bool {
        self.takes(Token::Figure(vec![0]))
    }

    /// Whether a place fits here: any, or none but those that lie in the place before.
    fn takes_place(&self) -> Option<Vec<PlaceRef>> {
        if let Some(Token::Place(outer)) = self.before.last().map(|last| &last.token) {
            return Some(outer.clone());
        }
        self.takes(Token::Place(Vec::new())).then(Vec::new)
    }

    fn candidate(&self, kind: CandidateKind, text: impl Into<String>) -> Candidate {
        Candidate {
            kind,
            text: text.into(),
            span: self.span,
            note_en: String::new(),
            note_zh: String::new(),
        }
    }

    /// What the letters here are the beginning of.
    fn begun(&self) -> Vec<Candidate> {
        let partial = fold(&self.partial);
        let latin = partial.is_ascii();
        // One Latin letter begins too much.
        let by_sound = latin && partial.len() > 1;
        let begins = |name: &str| {
            let name = fold(name);
            name != partial && name.starts_with(&partial)
        };
        let sounds = |name: &str| by_sound && initials(name).starts_with(&partial);
        let mut found: Vec<Candidate> = Vec::new();
        if partial.is_empty() {
            return found;
        }
        if self.takes_figure() {
            found.extend(self.figures(&|name| begins(name) || sounds(name)));
        }
        let words = self.words(|keyword| {
            let own = self.lang.is_none_or(|lang| lang == Lang::Zh);
            begins(keyword.word)
                || (own && keyword.word.chars().nth(1).is_some() && sounds(keyword.word))
        });
        // A short beginning is likelier one of a word of the language than of one of many names.
        let at = if partial.chars().count() < 3 {
            0
        } else {
            found.len()
        };
        found.splice(at..at, words);
        if let Some(outer) = self.takes_place() {
            found.extend(self.places(&outer, &|name| begins(name) || sounds(name), &partial));
        }
        found
    }

    /// What may stand here where nothing stands yet.
    fn next(&self) -> Vec<Candidate> {
        let before = self.before.last().map(|last| &last.token);
        let figures = || {
            if self.takes_figure() {
                self.figures(&|_| true)
            } else {
                Vec::new()
            }
        };
        let places = || {
            self.takes_place()
                .map_or_else(Vec::new, |outer| self.places(&outer, &|_| true, ""))
        };
        let lang = self.lang;
        let words = || {
            self.words(|keyword| keyword.canonical && lang.is_none_or(|lang| keyword.lang == lang))
        };
        // 各市的 is followed by a figure, 税收超过3亿元的 by what has it.
        let earlier = self.before.iter().rev().nth(1);
        let of_what = before == Some(&Token::De)
            && earlier.is_some_and(|earlier| !earlier.token.ends_condition());
        let mut found = self.numbers();
        match before {
            _ if of_what => {
                found.extend(figures());
                found.extend(words());
            }
            Some(Token::In | Token::Of | Token::From | Token::ComparePlaces) => {
                found.extend(places());
                found.extend(self.years());
                found.extend(figures());
                found.extend(words());
            }
            Some(
                Token::With
                | Token::Have
                | Token::Show
                | Token::By
                | Token::On
                | Token::Missing
                | Token::About
                | Token::Except
                | Token::Aggregate(_)
                | Token::Highest
                | Token::Lowest
                | Token::Falling
                | Token::Rising
                | Token::Compare(_)
                | Token::Verdict(_),
            ) => {
                found.extend(figures());
                found.extend(words());
                found.extend(self.years());
                found.extend(places());
            }
            _ => {
                found.extend(words());
                found.extend(figures());
                found.extend(places());
                found.extend(self.years());
            }
        }
        found.extend(self.saved());
        found
    }
}
