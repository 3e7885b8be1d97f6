//! What was asked last, asked again of something else: 那2019年呢, 厦门呢, `what about its growth?`.
//!
//! Only where a question was remembered, which a shell does. The part that is named takes the place of the part of its
//! kind in the reading of the last answer; where that has no such part, or several, nothing is guessed.

mod last;

use std::ops::Range;

use super::ast::Property;
use super::catalog::{Catalog, LAST, PlaceRef};
use super::diagnostic::{Diagnostic, Fix};
use super::lex::{Placed, Token, lex};
use crate::fact::Span;
use last::Last;

/// What a question that goes on from the last one comes to.
pub(super) enum Again {
    /// The whole question that it stands for.
    Whole(String),
    /// The last question has no part that it could stand for, or several.
    Misfit(Diagnostic),
}

/// The whole question that a fragment stands for; `None` where a question is not asked, or goes on from no other.
pub(super) fn again(
    question: &str,
    catalog: &Catalog,
    fits: impl Fn(&str) -> bool,
) -> Option<Again> {
    let last = catalog.saved().get(LAST)?;
    let fragment = fragment(question)?;
    let (tokens, faults) = lex(&fragment, catalog);
    if !faults.is_empty() {
        return None;
    }
    let part = Fragment::of(&fragment, &tokens)?;
    let candidates = Last::of(last, catalog).with(&part);
    let whole = candidates.into_iter().flatten().find(|whole| fits(whole));
    Some(whole.map_or_else(|| Again::Misfit(misfit(question)), Again::Whole))
}

fn misfit(question: &str) -> Diagnostic {
    Diagnostic::new(
        "Q0134",
        Span::new(0, question.chars().count()),
        "the last question has no part that this could stand for, or several: ask it whole",
        "上一问没有可以换成它的部分，或有几处：请写出完整的问句",
    )
}

/// Whether a question says that it goes on from another.
pub(super) fn goes_on(question: &str) -> bool {
    fragment(question).is_some()
}

/// The message where a part of a question goes on from one that nobody asked.
pub(super) fn without_last(question: &str, catalog: &Catalog) -> Option<Diagnostic> {
    if catalog.saved().contains_key(LAST) {
        return None;
    }
    let fragment = fragment(question)?;
    let (tokens, faults) = lex(&fragment, catalog);
    let is_part = faults.is_empty() && Fragment::of(&fragment, &tokens).is_some();
    is_part.then(|| {
        Diagnostic::new(
            "Q0134",
            Span::new(0, question.chars().count()),
            "this goes on from a question before it, and there is none: ask it whole",
            "这是接着上一问问的，而此前没有提问：请写出完整的问句",
        )
    })
}

/// The message where something goes on that is no part of a question, or more than that: 那2020年2月呢. Offered is what
/// in it is one.
pub(super) fn no_part(question: &str, catalog: &Catalog) -> Option<Diagnostic> {
    let fragment = fragment(question)?;
    let chars: Vec<char> = question.chars().collect();
    let opens = words_at("opening").any(|word| question.trim().to_lowercase().starts_with(word));
    let bare = question.trim_end_matches(['?', '？', ' ']);
    let closes = words_at("closing").any(|word| bare.ends_with(word));
    let (tokens, _) = lex(&fragment, catalog);
    let has_head = tokens
        .iter()
        .any(|placed| matches!(placed.token, Token::Rows(_)) || placed.token.is_figure());
    if !opens || !closes || has_head {
        return None;
    }
    let parts = parts(&tokens);
    let offers = parts.first().map(|(_, range)| {
        let part = words(&fragment, &tokens, range);
        Fix::new(format!("那{part}呢"), Span::new(0, chars.len()))
    });
    let fault = Diagnostic::new(
        "Q0134",
        Span::new(0, chars.len()),
        "what goes on from a question names a year, a place, a figure or a property, and no more",
        "接着上一问，只能换年份、地方、指标或其属性",
    );
    Some(fault.with_fixes(offers))
}

/// What is named between 那 and 呢; `None` where the question does not say that it goes on from another.
fn fragment(question: &str) -> Option<String> {
    let lower = question.trim().to_lowercase();
    let bare = lower.trim_end_matches(['?', '？', '。', '！', '!', ' ']);
    // A Latin word ends where a blank stands behind it.
    let open = |word: &&str| {
        let rest = bare.strip_prefix(word)?;
        let is_whole = !word.is_ascii() || rest.starts_with(' ');
        is_whole.then_some(rest)
    };
    let opened = words_at("opening")
        .filter_map(|word| open(&word))
        .min_by_key(|rest| rest.len());
    let rest = opened.unwrap_or(bare);
    let closed = words_at("closing")
        .filter_map(|word| rest.strip_suffix(word))
        .min_by_key(|rest| rest.len());
    let rest = closed.unwrap_or(rest);
    let rest = words_at("pronoun")
        .find_map(|word| rest.strip_prefix(word))
        .unwrap_or(rest);
    let rest = rest.trim_matches([' ', ',', '，']).trim_end_matches('的');
    let goes_on = opened.is_some() || closed.is_some();
    (goes_on && !rest.is_empty()).then(|| rest.to_owned())
}

/// The words that say that a question goes on, which stand at its opening or its closing.
fn words_at(place: &str) -> impl Iterator<Item = &'static str> {
    let lines = include_str!("again.tsv").lines().skip(1);
    lines
        .filter_map(|line| line.split_once('\t'))
        .filter(move |(at, _)| *at == place)
        .flat_map(|(_, words)| words.split('|'))
}

/// The kinds of parts that may change.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Years,
    Places,
    Figure,
    Properties,
    End,
    /// 去年: the year before that of the last question.
    YearBefore,
}

impl Kind {
    fn of(token: &Token) -> Option<Self> {
        Some(match token {
            Token::Year(_) => Self::Years,
            Token::Place(_) => Self::Places,
            Token::Property(Property::LastYear) => Self::YearBefore,
            Token::Property(_) => Self::Properties,
            Token::Highest | Token::Lowest => Self::End,
            token if token.is_figure() => Self::Figure,
            _ => return None,
        })
    }
}

/// The parts that a fragment names, with their words.
struct Fragment {
    parts: Vec<(Kind, String)>,
    /// The place that is named, where it is one.
    place: Option<Vec<PlaceRef>>,
}

impl Fragment {
    fn of(text: &str, tokens: &[Placed]) -> Option<Self> {
        let parts = parts(tokens);
        let mut covered = vec![false; tokens.len()];
        for (_, range) in &parts {
            covered[range.clone()].fill(true);
        }
        // What is not one of them is at most a word that joins it to the question before.
        let joins = |token: &Token| {
            matches!(
                token,
                Token::In
                    | Token::Of
                    | Token::The
                    | Token::De
                    | Token::From
                    | Token::End
                    | Token::Which
            )
        };
        let mut rest = tokens.iter().zip(&covered);
        if parts.is_empty() || rest.any(|(placed, covered)| !covered && !joins(&placed.token)) {
            return None;
        }
        let named = |wanted: Kind| parts.iter().filter(|(kind, _)| *kind == wanted).count();
        // Two of a kind would take one place; a figure of a place is a question of its own.
        if parts.iter().any(|(kind, _)| named(*kind) > 1)
            || (named(Kind::Figure) > 0 && named(Kind::Places) > 0)
        {
            return None;
        }
        let said = |range: &Range<usize>| words(text, tokens, range);
        let mut places = tokens.iter().filter_map(|placed| match &placed.token {
            Token::Place(meant) => Some(meant),
            _ => None,
        });
        let place = places.next().cloned().filter(|_| places.next().is_none());
        Some(Self {
            parts: parts
                .iter()
                .map(|(kind, range)| (*kind, said(range)))
                .collect(),
            place,
        })
    }
}

/// The runs of tokens of one kind, with what joins them.
fn parts(tokens: &[Placed]) -> Vec<(Kind, Range<usize>)> {
    let mut found: Vec<(Kind, Range<usize>)> = Vec::new();
    for (at, placed) in tokens.iter().enumerate() {
        let Some(kind) = Kind::of(&placed.token) else {
            continue;
        };
        let joined = |from: usize| {
            let is_joint = |placed: &Placed| {
                matches!(
                    placed.token,
                    Token::And | Token::Enum | Token::Comma | Token::To
                )
            };
            tokens[from..at].iter().all(is_joint) && at - from <= 1
        };
        match found.last_mut() {
            Some((own, range)) if *own == kind && kind != Kind::Figure && joined(range.end) => {
                range.end = at + 1;
            }
            _ => found.push((kind, at..at + 1)),
        }
    }
    found
}

fn words(text: &str, tokens: &[Placed], range: &Range<usize>) -> String {
    let (start, end) = (
        tokens[range.start].span.start,
        tokens[range.end - 1].span.end,
    );
    text.chars().skip(start).take(end - start).collect()
}
