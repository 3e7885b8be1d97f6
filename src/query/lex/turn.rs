//! Turns of speech as a table: each line of `turns.tsv` says which words, side by side, are put in which order.
//!
//! A pattern and its replacement are written in the names of `keywords.tsv` and in kinds of tokens in capitals, which
//! keep what they stand for: `with COMPARE AMOUNT in FIGURE` becomes `with FIGURE COMPARE AMOUNT`. `^` and `$` are the
//! ends of a question; `?` behind a word says that it may be missing; a digit tells two of a kind apart, and a kind that
//! stands twice without one is the same thing twice; `a|b` is either. In a replacement `#1` is the number, `"同步"` a text, `COUNTOF` the number of what a `COUNTED` names, `ROWSOF` the rows that a
//! `COUNTS` counts, `YEARBEFORE` the year before `YEAR`, `NEWYEAR` and `YEAREND` its first and last day. A rule stands there only where there is one thing that the words can mean.

use std::ops::Range;
use std::sync::LazyLock;

use super::idiom::is_counted;
use super::{Placed, Quantity, Token};
use crate::fact::Span;
use crate::query::ast::{Aggregate, Field, Property, Rows};

/// A rule applies so often in a question at most: none of them is said more often.
const MOST: usize = 4;

/// The longest run that `REST` stands for, in tokens.
const LONGEST: usize = 40;

struct Rule {
    pattern: Vec<Item>,
    replacement: Vec<Put>,
}

impl Rule {
    /// The first words of which one must be there.
    fn first_word(&self) -> Option<&[Token]> {
        self.pattern.iter().find_map(|item| match &item.wanted {
            Wanted::Words(words) if !item.optional => Some(words.as_slice()),
            _ => None,
        })
    }
}

struct Item {
    wanted: Wanted,
    optional: bool,
}

enum Wanted {
    Start,
    End,
    Words(Vec<Token>),
    /// Its kind, and its name in the replacement: FIGURE, FIGURE2.
    Kind(&'static str, &'static str),
}

enum Put {
    Word(Token),
    Kept(&'static str),
    CountOf,
    RowsOf,
    /// The year before `YEAR`.
    YearBefore,
    /// A day of `YEAR`: its first, its last.
    DayOfYear(&'static str),
}

type Kept = Vec<(&'static str, Range<usize>)>;

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let lines = include_str!("turns.tsv").lines().skip(1);
    lines
        .filter_map(|line| {
            let mut cells = line.split('\t').skip(2);
            let (pattern, replacement) = (cells.next()?, cells.next()?);
            Some(Rule {
                pattern: pattern.split(' ').map(item).collect(),
                replacement: replacement.split(' ').filter_map(put).collect(),
            })
        })
        .collect()
});

fn item(text: &'static str) -> Item {
    let bare = text.strip_suffix('?').unwrap_or(text);
    let wanted = match bare {
        "^" => Wanted::Start,
        "$" => Wanted::End,
        _ if is_kind(bare) => Wanted::Kind(kind(bare), bare),
        _ => Wanted::Words(bare.split('|').filter_map(Token::of_keyword).collect()),
    };
    Item {
        wanted,
        optional: bare.len() < text.len(),
    }
}

fn put(text: &'static str) -> Option<Put> {
    if let Some(number) = text.strip_prefix('#') {
        let bare = number.trim_end_matches('%');
        let quantity = Quantity {
            value: bare.parse().ok()?,
            unit: (bare != number).then_some("%"),
            text: number.to_owned(),
        };
        return Some(Put::Word(Token::Quantity(quantity)));
    }
    if let Some(words) = text.strip_prefix('"') {
        let words = words.trim_end_matches('"');
        return Some(Put::Word(Token::Text(words.to_owned())));
    }
    match text {
        "COUNTOF" => return Some(Put::CountOf),
        "ROWSOF" => return Some(Put::RowsOf),
        "YEARBEFORE" => return Some(Put::YearBefore),
        "NEWYEAR" => return Some(Put::DayOfYear("01-01")),
        "YEAREND" => return Some(Put::DayOfYear("12-31")),
        _ => {}
    }
    if is_kind(text) {
        return Some(Put::Kept(text));
    }
    Token::of_keyword(text).map(Put::Word)
}

fn is_kind(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase())
}

fn kind(text: &'static str) -> &'static str {
    text.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// Puts the words of each turn that is found into their order.
pub(super) fn turned(tokens: &mut Vec<Placed>) {
    for rule in RULES.iter() {
        // Of most rules a word is missing.
        let lacks = rule.first_word().is_some_and(|words| {
            let mut said = tokens.iter();
            !said.any(|placed| words.contains(&placed.token))
        });
        if lacks {
            continue;
        }
        let (mut at, mut times) = (0, 0);
        while at < tokens.len() && times < MOST {
            let mut kept = Kept::new();
            if let Some(end) = matched(&rule.pattern, tokens, at, &mut kept) {
                let put = replacement(rule, tokens, at, &kept);
                // What was put is not looked at again by the same rule.
                let behind = at + put.len();
                tokens.splice(at..end, put);
                times += 1;
                at = behind;
            } else {
                at += 1;
            }
        }
    }
}

fn replacement(rule: &Rule, tokens: &[Placed], at: usize, kept: &Kept) -> Vec<Placed> {
    let place = tokens[at].span.start;
    let range = |name: &str| kept.iter().find(|(other, _)| *other == name);
    let mut all = Vec::new();
    for put in &rule.replacement {
        match put {
            Put::Word(token) => all.push(Placed {
                token: token.clone(),
                span: Span::new(place, place),
            }),
            Put::Kept(name) => {
                if let Some((_, range)) = range(name) {
                    // Ningbo or Xiamen: both are looked at.
                    let is_list = kind(name) == "PLACES";
                    all.extend(tokens[range.clone()].iter().cloned().map(|mut placed| {
                        if is_list && placed.token == Token::Or {
                            placed.token = Token::And;
                        }
                        placed
                    }));
                }
            }
            Put::CountOf => all.extend(range("COUNTED").and_then(|(_, range)| {
                let Placed { token, span } = &tokens[range.start];
                let Token::Rows(rows) = token else {
                    return None;
                };
                Some(Placed {
                    token: Token::CountOf(*rows),
                    span: *span,
                })
            })),
            Put::YearBefore => all.extend(range("YEAR").and_then(|(_, range)| {
                let Placed { token, span } = &tokens[range.start];
                let Token::Year(year) = token else {
                    return None;
                };
                Some(Placed {
                    token: Token::Year(year - 1),
                    span: *span,
                })
            })),
            Put::DayOfYear(day) => all.extend(range("YEAR").and_then(|(_, range)| {
                let Placed { token, span } = &tokens[range.start];
                let Token::Year(year) = token else {
                    return None;
                };
                Some(Placed {
                    token: Token::Date(format!("{year}-{day}")),
                    span: *span,
                })
            })),
            Put::RowsOf => all.extend(range("COUNTS").and_then(|(_, range)| {
                let Placed { token, span } = &tokens[range.start];
                let Token::CountOf(rows) = token else {
                    return None;
                };
                Some(Placed {
                    token: Token::Rows(*rows),
                    span: *span,
                })
            })),
        }
    }
    all
}

/// Where the tokens that fit a pattern end, and which of them stand for what.
fn matched(items: &[Item], tokens: &[Placed], at: usize, kept: &mut Kept) -> Option<usize> {
    let Some((item, rest)) = items.split_first() else {
        return Some(at);
    };
    let token = tokens.get(at).map(|placed| &placed.token);
    let found = match &item.wanted {
        Wanted::Start => {
            let first = at == 0 || at == 1 && tokens[0].token == Token::What;
            first.then(|| matched(rest, tokens, at, kept)).flatten()
        }
        Wanted::End => {
            let ends = matches!(token, None | Some(Token::Sep | Token::End | Token::Comma));
            ends.then(|| matched(rest, tokens, at, kept)).flatten()
        }
        Wanted::Words(words) => token
            .filter(|token| words.contains(token))
            .and_then(|_| matched(rest, tokens, at + 1, kept)),
        // What is behind all else is the whole of what is left.
        Wanted::Kind("REST", name) if rest.is_empty() => (at < tokens.len()).then(|| {
            kept.push((name, at..tokens.len()));
            tokens.len()
        }),
        Wanted::Kind(kind, name) => lengths(kind, &tokens[at..]).find_map(|length| {
            if !is_same_again(name, &tokens[at..at + length], tokens, kept) {
                return None;
            }
            let before = kept.len();
            kept.push((name, at..at + length));
            let end = matched(rest, tokens, at + length, kept);
            if end.is_none() {
                kept.truncate(before);
            }
            end
        }),
    };
    if found.is_none() && item.optional {
        return matched(rest, tokens, at, kept);
    }
    found
}

/// Whether these tokens say what stood for the name before, where something did: 各镇 and 镇.
fn is_same_again(name: &str, here: &[Placed], tokens: &[Placed], kept: &Kept) -> bool {
    let mut earlier = kept.iter().filter(|(other, _)| *other == name);
    earlier.all(|(_, range)| {
        let said = tokens[range.clone()].iter().map(|placed| &placed.token);
        said.eq(here.iter().map(|placed| &placed.token))
    })
}

/// How many tokens something of a kind takes here; the lengths in the order in which they are tried.
fn lengths(kind: &str, tokens: &[Placed]) -> Box<dyn Iterator<Item = usize>> {
    let token = |at: usize| tokens.get(at).map(|placed| &placed.token);
    if kind == "REST" {
        return Box::new(1..=tokens.len().min(LONGEST));
    }
    let Some(first) = token(0) else {
        return Box::new(std::iter::empty());
    };
    let list = |fits: fn(&Token) -> bool| {
        let mut end = usize::from(fits(first));
        while end > 0
            && matches!(
                token(end),
                Some(Token::And | Token::Or | Token::Enum | Token::Comma)
            )
            && token(end + 1).is_some_and(fits)
        {
            end += 2;
        }
        end
    };
    let length = match kind {
        "FIGURE" if first.is_figure() => {
            let mut end = 1;
            loop {
                let de = usize::from(token(end) == Some(&Token::De));
                if !matches!(token(end + de), Some(Token::Property(_))) {
                    break end;
                }
                end += de + 1;
            }
        }
        "PLACES" => list(|token| matches!(token, Token::Place(_))),
        "TEXTS" => list(|token| matches!(token, Token::Text(_))),
        "ONE" if matches!(first, Token::Quantity(quantity) if quantity.unit.is_none() && quantity.value == 1.into()) => {
            1
        }
        "PERCENT" if matches!(first, Token::Quantity(quantity) if quantity.unit == Some("%")) => 1,
        "AMOUNT" if matches!(first, Token::Quantity(_)) => {
            1 + usize::from(matches!(token(1), Some(Token::Post(_))))
        }
        _ => usize::from(is_of(kind, first)),
    };
    Box::new((length > 0).then_some(length).into_iter())
}

/// Whether one token is of a kind.
fn is_of(kind: &str, token: &Token) -> bool {
    match (kind, token) {
        ("BASE", token) => token.is_figure(),
        ("ROWS", Token::Rows(_))
        | ("PLACE", Token::Place(_))
        | ("COMPARE", Token::Compare(_))
        | ("YEAR", Token::Year(_))
        | ("DATE", Token::Date(_))
        | ("FIELD", Token::Field(_) | Token::Deadline)
        | ("VERDICT", Token::Verdict(_))
        | ("BEST", Token::Highest | Token::Lowest)
        | ("AGGREGATE", Token::Aggregate(_))
        | ("CHART", Token::Chart(_))
        | ("TRAIT", Token::Trait(_))
        | ("MOVE", Token::Fell | Token::Rose)
        | ("WITH", Token::With | Token::Have)
        | ("OWN", Token::With | Token::Have | Token::Stating)
        | ("DOCUMENTS", Token::Field(Field::Document) | Token::Rows(Rows::Reports))
        | ("UNIT", Token::Unit(_))
        | ("ABSENT", Token::Missing)
        | ("COUNTS", Token::CountOf(_))
        | (
            "NORM",
            Token::Aggregate(Aggregate::Average | Aggregate::Median)
            | Token::Property(Property::Target),
        ) => true,
        ("PLACEROWS", Token::Rows(rows)) => rows.are_places(),
        ("RECORDS", Token::Rows(rows)) => !rows.are_places(),
        ("COUNTED", Token::Rows(rows)) => is_counted(*rows),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A word that is misspelled in the table would be left out of its rule.
    #[test]
    fn the_words_of_all_rules_are_known() {
        for line in include_str!("turns.tsv").lines().skip(1) {
            let cells: Vec<&'static str> = line.split('\t').collect();
            assert_eq!(cells.len(), 4, "{line}");
            let kinds: Vec<&'static str> = cells[2].split(' ').collect();
            for word in kinds
                .iter()
                .flat_map(|item| item.trim_end_matches('?').split('|'))
            {
                let known =
                    matches!(word, "^" | "$") || is_kind(word) || Token::of_keyword(word).is_some();
                assert!(known, "{word} in {line}");
            }
            for word in cells[3].split(' ') {
                assert!(put(word).is_some(), "{word} in {line}");
                let held = !is_kind(word)
                    || matches!(
                        word,
                        "COUNTOF" | "ROWSOF" | "YEARBEFORE" | "NEWYEAR" | "YEAREND"
                    )
                    || kinds.iter().any(|item| item.trim_end_matches('?') == word);
                assert!(held, "{word} in {line}");
            }
        }
    }
}
