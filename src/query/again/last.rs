//! The last question, and what it becomes with parts of another in the place of its own.

use std::ops::Range;

use super::{Fragment, Kind, parts, words};
use crate::fact::PlaceKind;
use crate::query::Lang;
use crate::query::ast::Rows;
use crate::query::catalog::{Catalog, Level, PlaceRef};
use crate::query::lex::{Placed, Token, lex};
use crate::query::resolve::rows_of;

/// The reading of the last answer, and the parts in it.
pub(super) struct Last<'a> {
    text: &'a str,
    lang: Lang,
    catalog: &'a Catalog,
    tokens: Vec<Placed>,
    parts: Vec<(Kind, Range<usize>)>,
}

impl<'a> Last<'a> {
    pub(super) fn of(text: &'a str, catalog: &'a Catalog) -> Self {
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
    pub(super) fn with(&self, fragment: &Fragment) -> Option<Vec<String>> {
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
            // Beside what a place is then compared with is not said.
            if *kind == Kind::Places && self.compares() && !self.is_list(said) {
                return None;
            }
            let same = |range: &Range<usize>| {
                words(self.text, &self.tokens, range) == words(self.text, &self.tokens, &own[0])
            };
            match (kind, &own[..]) {
                (Kind::YearBefore, _) => {
                    let (range, before) = self.year_before()?;
                    changes.push((self.with_preposition(&range), self.in_years(&before)));
                }
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
                    // The lowest after the second highest is not the second lowest.
                    let from = |range: &Range<usize>| match range.start.checked_sub(1) {
                        Some(before) if matches!(self.tokens[before].token, Token::Nth(_)) => {
                            before..range.end
                        }
                        _ => range.clone(),
                    };
                    changes.extend(
                        several
                            .iter()
                            .map(|range| (self.span(&from(range)), said.clone())),
                    );
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

    /// Whether the question sets places beside each other.
    fn compares(&self) -> bool {
        let is_it = |placed: &Placed| placed.token == Token::ComparePlaces;
        self.tokens.iter().any(is_it)
    }

    /// Whether these words name several places.
    fn is_list(&self, said: &str) -> bool {
        let (tokens, _) = lex(said, self.catalog);
        let is_place = |placed: &&Placed| matches!(placed.token, Token::Place(_));
        tokens.iter().filter(is_place).count() > 1
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

    /// Where the one year of the question stands, and the year before it.
    fn year_before(&self) -> Option<(Range<usize>, String)> {
        let years = self.ranges(Kind::Years);
        let [only] = &years[..] else { return None };
        let [placed] = &self.tokens[only.clone()] else {
            return None;
        };
        let Token::Year(year) = placed.token else {
            return None;
        };
        let before = match self.lang {
            Lang::Zh => format!("{}年", year - 1),
            Lang::En => (year - 1).to_string(),
        };
        Some((only.clone(), before))
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
