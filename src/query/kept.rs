//! What an offer keeps of a question: which of its words it leaves out, and whether it says what the question denies.
//!
//! An offer that keeps a name and loses the word that denies it asks for the opposite, and is none.

use super::ast::{Property, Rows};
use super::catalog::Catalog;
use super::lang::is_han;
use super::lex::{Placed, Quantity, Token, lex};
use super::word_list::word_list;
use super::{follow, topics};
use crate::fact::Span;

/// What a token says, for two questions to be compared by.
#[derive(Debug, Clone, PartialEq)]
enum Sense {
    /// A word of a text, of a label, or one that is not known, folded.
    Said(String),
    /// Which end, or which way: the highest, what falls.
    Way(&'static str),
    /// Anything else that is named.
    Token(Token),
}

/// A thing that is said, with the word that stands for it, and whether it is denied.
struct Said {
    sense: Sense,
    is_denied: bool,
    span: Span,
    written: String,
}

/// The stretches of a question that an offer leaves out; `None` where it says of something what the question denies, or
/// denies what the question says.
pub(super) fn left_out(
    question: &str,
    tokens: &[Placed],
    offer: &str,
    catalog: &Catalog,
) -> Option<Vec<String>> {
    let asked = said(question, tokens);
    let (offered, _) = lex(offer, catalog);
    let offered = said(offer, &offered);
    let turned = offered.iter().any(|offer| {
        // That a place is of the kind that is asked about says nothing of the place.
        let is_kind = |asked: &Said| matches!(asked.sense, Sense::Token(Token::Rows(_)));
        let is_same = |asked: &&Said| !is_kind(asked) && is_kept(asked, offer, catalog);
        let mut same = asked.iter().filter(is_same).peekable();
        same.peek().is_some() && same.all(|asked| asked.is_denied != offer.is_denied)
    });
    if turned {
        return None;
    }
    let chars: Vec<char> = question.chars().collect();
    let mut runs: Vec<Span> = Vec::new();
    let mut is_run = false;
    for asked in &asked {
        // The years themselves tell that they are a span.
        if asked.sense == Sense::Way("to") {
            continue;
        }
        let kept = offered
            .iter()
            .any(|offer| asked.is_denied == offer.is_denied && is_kept(asked, offer, catalog));
        match runs.last_mut().filter(|_| is_run) {
            _ if kept => {}
            Some(run) => *run = run.join(asked.span),
            None => runs.push(asked.span),
        }
        is_run = !kept;
    }
    let written = |run: &Span| -> String { chars[run.start..run.end].iter().collect() };
    Some(runs.iter().map(written).collect())
}

/// Whether a question asks something of what it names: not a place or a kind of places alone.
pub(super) fn asks(question: &str, catalog: &Catalog) -> bool {
    let (tokens, _) = lex(question, catalog);
    said(question, &tokens)
        .iter()
        .any(|said| match &said.sense {
            Sense::Token(Token::Rows(rows)) => !rows.are_places(),
            Sense::Token(token) => !matches!(
                token,
                Token::Place(_) | Token::Year(_) | Token::Quantity(_) | Token::Date(_)
            ),
            Sense::Said(_) => true,
            Sense::Way(_) => false,
        })
}

/// Whether an offer asks for other records than those that a question names: tasks, where figures were asked for.
pub(super) fn asks_of_others(tokens: &[Placed], offer: &str, catalog: &Catalog) -> bool {
    let records = |tokens: &[Placed]| -> Vec<Rows> {
        let rows = tokens.iter().filter_map(|placed| match placed.token {
            Token::Rows(rows) if !rows.are_places() => Some(rows),
            _ => None,
        });
        let rows = rows.filter(|rows| *rows != Rows::Reports);
        // What is to be reached is to be done.
        rows.map(|rows| {
            if rows == Rows::Targets {
                Rows::Tasks
            } else {
                rows
            }
        })
        .collect()
    };
    let asked = records(tokens);
    let offered = records(&lex(offer, catalog).0);
    !asked.is_empty() && !offered.is_empty() && !offered.iter().any(|rows| asked.contains(rows))
}

/// The names, years and amounts among what is said: what an offer of another kind of question leaves out.
pub(super) fn names(tokens: &[Placed]) -> Vec<Placed> {
    let is_name = |token: &Token| {
        matches!(token, Token::Quantity(amount) if amount.unit.is_some())
            || matches!(
                token,
                Token::Place(_)
                    | Token::Figure(_)
                    | Token::Quoted(_)
                    | Token::Text(_)
                    | Token::Word(_)
                    | Token::Year(_)
                    | Token::FigureYear(_)
                    | Token::Date(_)
                    | Token::Month(..)
                    | Token::Property(Property::Target)
            )
    };
    let mut named = Vec::new();
    for (at, placed) in tokens.iter().enumerate() {
        if counts_rows(tokens, at) {
            // What it counts is no name, and does not stand beside it any more.
            let token = Token::Count;
            named.push(Placed {
                token,
                ..placed.clone()
            });
        } else if is_name(&placed.token) || is_denial(placed) {
            named.push(placed.clone());
        }
    }
    named
}

/// What an offer leaves out of the names, years and days of a question, by where they stand in it.
#[must_use]
pub fn names_left_out(question: &str, offer: &str, catalog: &Catalog) -> Vec<Span> {
    let (tokens, _) = lex(question, catalog);
    let asked = said(question, &names(&follow::join_places(tokens, catalog)));
    let (offered, _) = lex(offer, catalog);
    let offered = said(offer, &offered);
    let is_kept = |asked: &&Said| offered.iter().any(|offer| is_kept(asked, offer, catalog));
    let lost = asked.iter().filter(|asked| !is_kept(asked));
    lost.map(|asked| asked.span).collect()
}

/// How much is left out, to put the nearest offers first.
pub(super) fn weight(left_out: &[String]) -> usize {
    left_out.iter().map(|words| words.chars().count()).sum()
}

fn is_kept(asked: &Said, offered: &Said, catalog: &Catalog) -> bool {
    if asked.sense == offered.sense {
        return true;
    }
    match (&asked.sense, &offered.sense) {
        // A word that is looked for in a text, or the part of it that the store has.
        (Sense::Said(asked), Sense::Said(offered)) => asked.contains(offered.as_str()),
        // A name that is looked for as a word, 幼儿园 for kindergartens.
        (Sense::Token(Token::Figure(meant)), Sense::Said(word)) => {
            let written = asked.written.as_str();
            let mut meant = meant.iter();
            written == word
                || meant.any(|at| catalog.spoken_name(*at) == *word)
                || topics::topic_in(written) == Some(word)
        }
        // What fell or rose is seen by its growth.
        (Sense::Way("down" | "up"), Sense::Token(Token::Property(property))) => {
            matches!(property, Property::Growth | Property::Change)
        }
        // So many of each year, and the years of a span, stand year by year.
        (
            Sense::Token(Token::Property(Property::Target)),
            Sense::Token(Token::Rows(Rows::Targets)),
        )
        | (Sense::Way("by year"), Sense::Way("each" | "span" | "to")) => true,
        // A place is of its kind.
        (Sense::Token(Token::Rows(rows)), Sense::Token(Token::Place(_))) => rows.are_places(),
        _ => false,
    }
}

/// What is said in a question, word by word; the words that only hold it together say nothing.
fn said(text: &str, tokens: &[Placed]) -> Vec<Said> {
    let chars: Vec<char> = text.chars().collect();
    let mut all: Vec<Said> = Vec::new();
    let mut denies: Option<Span> = None;
    for (at, placed) in tokens.iter().enumerate() {
        // 近三年: the years that are meant are named.
        let counts_years = tokens
            .get(at + 1)
            .is_some_and(|next| next.token == Token::YearWord);
        if counts_years && matches!(placed.token, Token::Quantity(_)) {
            continue;
        }
        let written: String = chars
            .get(placed.span.start..placed.span.end)
            .map_or(String::new(), |written| written.iter().collect());
        if is_denial(placed) {
            denies = Some(placed.span);
            continue;
        }
        if placed.token == Token::Outside {
            if let Some(last) = all.last_mut() {
                last.is_denied = true;
                last.span = last.span.join(placed.span);
            }
            continue;
        }
        let counted = counts_rows(tokens, at).then_some(Sense::Way("how many"));
        let counted = counted.or_else(|| of_years(tokens, at).map(Sense::Way));
        let Some(sense) = counted.or_else(|| sense(&placed.token)) else {
            continue;
        };
        // What is denied is a name; a word that nobody knows may stand before it.
        let is_unknown = matches!(placed.token, Token::Word(_));
        let before = denies;
        denies = denies.filter(|_| is_unknown);
        all.push(Said {
            sense,
            is_denied: before.is_some(),
            span: before.map_or(placed.span, |before| before.join(placed.span)),
            written,
        });
    }
    all
}

/// Whether a word asks how many rows there are: `how many cities`, 市有多少. Of a figure it asks how much that is.
fn counts_rows(tokens: &[Placed], at: usize) -> bool {
    let is_rows = |at: Option<usize>| {
        let placed = at.and_then(|at| tokens.get(at));
        placed.is_some_and(|placed| matches!(placed.token, Token::Rows(_)))
    };
    match tokens[at].token {
        Token::HowMany | Token::AskCount => is_rows(Some(at + 1)) || is_rows(at.checked_sub(1)),
        Token::Count => true,
        _ => false,
    }
}

/// What is said of years beside their numbers: that they stand one by one (`by year`, 的年份; not 近五年, which are so
/// many), or that they are a span.
fn of_years(tokens: &[Placed], at: usize) -> Option<&'static str> {
    let before = at.checked_sub(1).map(|before| &tokens[before].token);
    match (&tokens[at].token, before) {
        (Token::YearWord, Some(Token::Quantity(_) | Token::Field(_))) => None,
        (Token::YearWord, _) => Some("by year"),
        (Token::To, Some(Token::Year(_))) => Some("to"),
        _ => None,
    }
}

/// Whether a name is one that the question leaves out: 不含宁波市, 除税收外.
pub(super) fn is_denied(tokens: &[Placed], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    before.is_some_and(is_denial)
        || tokens
            .get(at + 1)
            .is_some_and(|next| next.token == Token::Outside)
}

/// A word that denies what stands behind it.
pub(super) fn is_denial(placed: &Placed) -> bool {
    match &placed.token {
        Token::Not | Token::Missing | Token::Unsaid | Token::Except => true,
        Token::Word(word) => {
            let word = word.to_lowercase();
            let mut words = word_list("denying").iter();
            words.any(|denying| {
                if denying.chars().all(is_han) {
                    word.ends_with(denying)
                } else {
                    word.split(' ').any(|said| said == *denying)
                }
            })
        }
        _ => false,
    }
}

fn sense(token: &Token) -> Option<Sense> {
    Some(match token {
        Token::Text(word) | Token::Quoted(word) | Token::Word(word) => {
            if !word.chars().any(char::is_alphanumeric) {
                return None;
            }
            let topic = topics::topic_in(word).filter(|_| word.is_ascii());
            Sense::Said(topic.map_or_else(|| word.to_lowercase(), str::to_owned))
        }
        Token::Year(year) | Token::FigureYear(year) => Sense::Token(Token::Year(*year)),
        Token::Highest | Token::Descending | Token::More | Token::Ranked => Sense::Way("most"),
        Token::Lowest | Token::Ascending | Token::Less => Sense::Way("least"),
        Token::Fell | Token::Falling | Token::Negative => Sense::Way("down"),
        Token::Rose | Token::Rising | Token::Positive => Sense::Way("up"),
        Token::Verdict(_) | Token::Result => Sense::Way("result"),
        Token::Earliest | Token::FirstOfEach => Sense::Way("first"),
        Token::Newest | Token::LastOfEach => Sense::Way("last"),
        Token::WithinEach => Sense::Way("each"),
        Token::EachYear | Token::EveryYear | Token::WhichYear => Sense::Way("by year"),
        Token::Before => Sense::Way("before"),
        Token::After => Sense::Way("after"),
        Token::Since | Token::Recent | Token::FewYears => Sense::Way("span"),
        Token::Frequency | Token::HowOften => Sense::Way("how often"),
        Token::Aggregate(kind) | Token::AggregateAfter(kind) => {
            Sense::Token(Token::Aggregate(*kind))
        }
        // Whatever is asked of is asked of reports.
        Token::Rows(Rows::Reports) => return None,
        // An amount is one however it is written.
        Token::Quantity(amount) => Sense::Token(Token::Quantity(Quantity {
            text: String::new(),
            ..amount.clone()
        })),
        Token::Figure(_)
        | Token::Place(_)
        | Token::Date(_)
        | Token::Month(..)
        | Token::Saved(_)
        | Token::Trait(_)
        | Token::Field(_)
        | Token::Office(_)
        | Token::Deadline
        | Token::Rows(_)
        | Token::CountOf(_)
        | Token::Property(_)
        | Token::Compare(_)
        | Token::Post(_)
        | Token::GrowthOnly
        | Token::Streak(_)
        | Token::InARow
        | Token::Slowed
        | Token::Quickened
        | Token::National
        | Token::Tied
        | Token::Nth(_)
        | Token::Always
        | Token::SharedBy
        | Token::OnlyInOne => Sense::Token(token.clone()),
        _ => return None,
    })
}
