//! What was asked last, asked again of something else: 那2019年呢, 厦门呢, `what about its growth?`.
//!
//! Only where a question was remembered, which a shell does. The part that is named takes the place of the part of its
//! kind in the reading of the last answer; where that has no such part, or several, nothing is guessed.

use std::ops::Range;

use super::Lang;
use super::ast::Rows;
use super::catalog::{Catalog, LAST, Level, PlaceRef};
use super::diagnostic::Diagnostic;
use super::lex::{Placed, Token, lex};
use super::resolve::rows_of;
use crate::fact::{PlaceKind, Span};

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
}

impl Kind {
    fn of(token: &Token) -> Option<Self> {
        Some(match token {
            Token::Year(_) => Self::Years,
            Token::Place(_) => Self::Places,
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

/// The reading of the last answer, and the parts in it.
struct Last<'a> {
    text: &'a str,
    lang: Lang,
    catalog: &'a Catalog,
    tokens: Vec<Placed>,
    parts: Vec<(Kind, Range<usize>)>,
}

impl<'a> Last<'a> {
    fn of(text: &'a str, catalog: &'a Catalog) -> Self {
        let (tokens, _) = lex(text, catalog);
        let parts = parts(&tokens);
        let lang = Lang::of(text);
        Self {
            text,
            lang,
            catalog,
            tokens,
            parts,
        }
    }

    /// The questions that it may be with these parts in the place of its own.
    fn with(&self, fragment: &Fragment) -> Option<Vec<String>> {
        let mut changes: Vec<(Range<usize>, String)> = Vec::new();
        let mut around: Vec<(Kind, &str)> = Vec::new();
        for (kind, said) in &fragment.parts {
            let own = self.ranges(*kind);
            if *kind == Kind::Places
                && let Some(head) = self.head_beside(fragment.place.as_deref())
            {
                changes.extend(self.own_figure(head, &own, said)?);
                continue;
            }
            let same = |range: &Range<usize>| {
                words(self.text, &self.tokens, range) == words(self.text, &self.tokens, &own[0])
            };
            match (kind, &own[..]) {
                // tax growth 后 `and its target?`: behind each mention of the one figure.
                (Kind::Properties, []) => {
                    let figures = self.ranges(Kind::Figure);
                    for figure in &figures {
                        let end = self.span(figure).end;
                        let blank = if self.lang == Lang::En { " " } else { "" };
                        changes.push((end..end, format!("{blank}{said}")));
                    }
                    if figures.is_empty() {
                        return None;
                    }
                }
                (Kind::Years | Kind::Places, []) => around.push((*kind, said)),
                (_, []) => return None,
                (Kind::Years, [only]) => {
                    changes.push((self.with_preposition(only), self.in_years(said)));
                }
                (_, several) if several.iter().all(same) => {
                    changes.extend(several.iter().map(|range| (self.span(range), said.clone())));
                }
                _ => return None,
            }
        }
        changes.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
        let mut chars: Vec<char> = self.text.chars().collect();
        for (range, said) in changes {
            chars.splice(range, said.chars());
        }
        let text: String = chars.into_iter().collect();
        Some(self.around(&text, &around))
    }

    /// Where the kind of the rows stands, where no such place lies in the one that is named: of cities in a city.
    fn head_beside(&self, place: Option<&[PlaceRef]>) -> Option<usize> {
        let place = place?;
        self.tokens.iter().position(|placed| {
            matches!(placed.token, Token::Rows(rows) if !may_hold(place, rows, self.catalog))
        })
    }

    /// 浙江省各市的GDP, then 宁波呢: the place stands for all of the kind and for where they lie. `None` where they are
    /// not all: the city with the most of it is no other city.
    fn own_figure(
        &self,
        head: usize,
        own: &[Range<usize>],
        said: &str,
    ) -> Option<Vec<(Range<usize>, String)>> {
        let every = head.checked_sub(1)?;
        if own.len() > 1 || !matches!(self.tokens[every].token, Token::Each | Token::All) {
            return None;
        }
        let is_at = |at: Option<usize>, token: &Token| {
            at.and_then(|at| self.tokens.get(at))
                .is_some_and(|placed| placed.token == *token)
        };
        let dropped = own.iter().map(|range| {
            let preposition = range.start.checked_sub(1);
            let start = range.start - usize::from(is_at(preposition, &Token::In));
            let end = range.end + usize::from(is_at(Some(range.end), &Token::Comma));
            (self.span(&(start..end)), String::new())
        });
        let place = (self.span(&(every..head + 1)), said.to_owned());
        Some(dropped.chain([place]).collect())
    }

    /// The question with a year or a place that it did not name.
    fn around(&self, changed: &str, parts: &[(Kind, &str)]) -> Vec<String> {
        let mut questions = vec![changed.to_owned()];
        for (kind, said) in parts {
            let joined = |question: &String| match (kind, self.lang) {
                (Kind::Years, Lang::Zh) => vec![format!("在{said}，{question}")],
                (Kind::Years, Lang::En) => vec![format!("{question} {}", self.in_years(said))],
                (_, Lang::Zh) => vec![
                    format!("{said}的{question}"),
                    format!("在{said}，{question}"),
                ],
                (_, Lang::En) => vec![
                    format!("{question} of {said}"),
                    format!("{question} in {said}"),
                ],
            };
            questions = questions.iter().flat_map(joined).collect();
        }
        questions
    }

    fn ranges(&self, kind: Kind) -> Vec<Range<usize>> {
        let of_kind = self.parts.iter().filter(|(own, _)| *own == kind);
        of_kind.map(|(_, range)| range.clone()).collect()
    }

    /// The characters of these tokens.
    fn span(&self, range: &Range<usize>) -> Range<usize> {
        self.tokens[range.start].span.start..self.tokens[range.end - 1].span.end
    }

    /// `from 2015 to 2020` is another preposition than `in 2019`.
    fn with_preposition(&self, range: &Range<usize>) -> Range<usize> {
        let before = range.start.checked_sub(1).map(|at| &self.tokens[at]);
        let preposition = before.filter(|before| matches!(before.token, Token::In | Token::From));
        let span = self.span(range);
        preposition.map_or(span.start, |before| before.span.start)..span.end
    }

    fn in_years(&self, said: &str) -> String {
        let is_range = said.contains(" to ") || said.contains('-');
        match self.lang {
            Lang::Zh => format!("在{said}"),
            Lang::En if is_range => format!("from {said}"),
            Lang::En => format!("in {said}"),
        }
    }
}

/// Whether places of a kind may lie in a place; where that is not known, they may.
fn may_hold(place: &[PlaceRef], rows: Rows, catalog: &Catalog) -> bool {
    let level = |rows| match rows {
        Rows::Towns => Some(0),
        Rows::Counties => Some(1),
        Rows::Cities => Some(2),
        Rows::Provinces => Some(3),
        _ => None,
    };
    let Some(inner) = level(rows) else {
        return true;
    };
    place.iter().any(|place| {
        let outer = match place {
            PlaceRef::Own(at) => match catalog.places()[*at].place.kind {
                // In it lie districts at once.
                PlaceKind::Municipality => Some(2),
                kind => rows_of(kind).and_then(level),
            },
            PlaceRef::Area(at) => match catalog.areas()[*at].level {
                Level::County => Some(1),
                Level::City => Some(2),
                Level::Province => Some(3),
            },
        };
        outer.is_none_or(|outer| inner < outer)
    })
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
