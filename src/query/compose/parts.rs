//! What the phrases of a question come to: each figure with what is said of it.

use super::moved;
use super::phrase::{self, Asked, Kind, Phrase, Put};
use super::shared;
use super::word;
use crate::query::Lang;
use crate::query::ast::{Rows, Trait};
use crate::query::lex::{Placed, Token};

/// What the phrases of a question come to.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) rows: Vec<(Rows, Asked, Vec<Placed>)>,
    /// Figures of which nothing is said: they are asked for.
    pub(super) free: Vec<Vec<Placed>>,
    /// Added up, averaged, or the highest of all.
    pub(super) aggregates: Vec<Vec<Placed>>,
    /// Figures whose targets are beside what came of them.
    pub(super) judged: Vec<(Vec<Placed>, Vec<Placed>)>,
    /// What holds of a figure.
    pub(super) bounds: Vec<Vec<Placed>>,
    pub(super) conditions: Vec<Vec<Placed>>,
    pub(super) places: Vec<(Put, Vec<Placed>)>,
    pub(super) outside: Vec<Vec<Placed>>,
    pub(super) years: Vec<Vec<Placed>>,
    pub(super) steps: Vec<Vec<Placed>>,
    pub(super) scope: Option<(Token, Placed)>,
    pub(super) shown: Vec<Placed>,
    /// Words are counted, or places compared.
    pub(super) asks: Option<Kind>,
    /// How many rows there are is asked for.
    pub(super) counts: bool,
    pub(super) each_year: bool,
}

impl Parts {
    pub(super) fn of(phrases: Vec<Phrase>, lang: Lang) -> Option<Self> {
        let has_rows = phrases.iter().any(|p| matches!(p.kind, Kind::Rows(..)));
        // `the largest decline` is no largest value of what declined.
        let ends_move = |pair: &[Phrase]| match pair {
            [first, second] => {
                first.kind == Kind::Extreme && moved::is_movement(&second.tokens)
                    || second.kind == Kind::Extreme && moved::is_movement(&first.tokens)
            }
            _ => false,
        };
        let of_figures = phrases
            .iter()
            .any(|p| matches!(p.kind, Kind::Rows(Rows::Metrics, _)));
        if !of_figures && phrases.windows(2).any(ends_move) {
            return None;
        }
        let moves = moved::of_rows(&phrases)?;
        let mut taken = vec![false; phrases.len()];
        let mut parts = Self::default();
        for (at, phrase) in phrases.iter().enumerate() {
            let owner = |taken: &mut [bool]| {
                let owner = owner(&phrases, at, lang)?;
                let may_be_list = phrase.kind == Kind::Bound;
                if !may_be_list && !phrases[owner].is_one() {
                    return None;
                }
                taken[owner] = true;
                let is_condition = !matches!(phrase.kind, Kind::Aggregate(_));
                let lacks_condition = has_rows && phrases[owner].opened && !is_condition;
                (!lacks_condition).then(|| phrases[owner].tokens.clone())
            };
            let tokens = phrase.tokens.clone();
            if let Some((first, conditions)) = &moves
                && matches!(phrase.kind, Kind::Bound | Kind::Extreme)
            {
                if at == *first {
                    parts.conditions.extend(conditions.iter().cloned());
                    // What moved is what there was: no targets.
                    parts.steps.push(vec![word(Token::Trait(Trait::Actual))]);
                }
                continue;
            }
            match phrase.kind {
                Kind::Figures => {}
                Kind::Rows(rows, asked) => parts.rows.push((rows, asked, tokens)),
                Kind::Places(put) => parts.places.push((put, tokens)),
                Kind::Outside => parts.outside.push(tokens),
                Kind::Years => parts.years.push(tokens),
                Kind::Condition => parts.conditions.push(denied(phrase.denied, tokens)),
                Kind::Step => parts.steps.push(tokens),
                Kind::Frequency | Kind::Compare if parts.asks.is_none() => {
                    parts.asks = Some(phrase.kind);
                }
                Kind::Frequency | Kind::Compare | Kind::Operator => return None,
                Kind::Count => parts.counts = true,
                Kind::EachYear => parts.each_year = true,
                Kind::Bound => {
                    let figures = shared::members(&owner(&mut taken)?);
                    // Not both is not neither.
                    if phrase.denied && figures.len() > 1 {
                        return None;
                    }
                    for figure in figures {
                        let whole = figure.into_iter().chain(tokens.iter().cloned()).collect();
                        parts.bounds.push(denied(phrase.denied, whole));
                    }
                }
                Kind::Extreme => {
                    let figure = owner(&mut taken)?;
                    if has_rows {
                        let whole = figure.into_iter().chain(tokens).collect();
                        parts.bounds.push(denied(phrase.denied, whole));
                    } else if tokens.len() == 1 && !phrase.denied {
                        let whole = tokens.into_iter().chain(figure).collect();
                        parts.aggregates.push(whole);
                    } else {
                        return None;
                    }
                }
                Kind::Aggregate(aggregate) => {
                    let figure = owner(&mut taken)?;
                    // How much something grew on average is not the average of what grew.
                    let also = |other: &Phrase| matches!(other.kind, Kind::Bound | Kind::Extreme);
                    if phrases.iter().any(also) && !has_other_figure(&phrases, &figure) {
                        return None;
                    }
                    let before = word(Token::Aggregate(aggregate));
                    let whole = std::iter::once(before).chain(figure).collect();
                    parts.aggregates.push(whole);
                }
                Kind::Verdict => {
                    let figure = owner(&mut taken)?;
                    parts.judged.push((tokens, figure));
                }
                Kind::Before => {
                    let owner = at + 1;
                    let behind = phrases.get(owner).filter(|p| p.kind == Kind::Figures)?;
                    taken[owner] = true;
                    // `stating A and B` states each.
                    for figure in behind.tokens.split(phrase::joins) {
                        let whole = tokens.iter().chain(figure);
                        parts.bounds.push(whole.cloned().collect());
                    }
                }
            }
        }
        for (phrase, taken) in phrases.into_iter().zip(taken) {
            if phrase.kind == Kind::Figures && !taken {
                // `towns with investment` lacks what holds of it.
                if phrase.opened && has_rows {
                    return None;
                }
                parts.free.push(phrase.tokens);
            }
        }
        // What stands apart may belong to another place, year or figure.
        let is_one = parts.years.len() <= 1
            && parts.free.len() <= 1
            && parts.aggregates.len() <= 1
            && parts.judged.len() <= 1
            && (parts.places.len() <= 1 || parts.asks == Some(Kind::Compare));
        is_one.then_some(parts)
    }
}

fn denied(is_denied: bool, mut tokens: Vec<Placed>) -> Vec<Placed> {
    if is_denied {
        tokens.insert(0, word(Token::Not));
    }
    tokens
}

/// Whether more figures are spoken of than this one.
fn has_other_figure(phrases: &[Phrase], figure: &[Placed]) -> bool {
    let mut figures = phrases.iter().filter(|p| p.kind == Kind::Figures);
    figures.any(|other| other.tokens != figure)
}

/// The one figure that a phrase speaks of: the one beside it, where its language puts it, or the only one of the question.
fn owner(phrases: &[Phrase], at: usize, lang: Lang) -> Option<usize> {
    let figure = |at: Option<usize>| {
        let at = at?;
        let phrase = phrases.get(at)?;
        (phrase.kind == Kind::Figures).then_some(at)
    };
    // What else is said of the figure before: 税收超过1亿元、低于3亿元.
    let said = |kind: Kind| matches!(kind, Kind::Bound | Kind::Extreme);
    let before = phrases[..at].iter().rposition(|p| !said(p.kind));
    let (before, after) = (figure(before), figure(Some(at + 1)));
    // `over 1 trillion of GDP and over 7% growth`: behind a joint what comes is said of.
    let is_parted = |before: &usize| phrases[*before..at].iter().any(|p| p.parted);
    let before = before.filter(|before| after.is_none() || !is_parted(before));
    let first = match (phrases[at].kind, lang) {
        (Kind::Before, _) | (Kind::Extreme | Kind::Aggregate(_) | Kind::Verdict, Lang::En) => {
            after.or(before)
        }
        _ => before.or(after),
    };
    // Of a list something is said only where it stands right behind it.
    let beside = before.filter(|_| first == before);
    let owner = first.or_else(|| {
        let mut all = (0..phrases.len()).filter(|at| phrases[*at].kind == Kind::Figures);
        all.next().filter(|_| all.next().is_none())
    })?;
    let is_shared = beside == Some(owner) && phrases[owner].is_shared();
    (phrases[owner].is_one() || is_shared).then_some(owner)
}
