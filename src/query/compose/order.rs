//! Phrases put into the order of the grammar: what is asked for, what holds of it, where, when, and in which order.

use super::is_one;
use super::phrase::{Asked, Kind, Phrase, Put};
use crate::fact::Span;
use crate::query::Lang;
use crate::query::ast::{Property, Rows};
use crate::query::lex::{Placed, Token};

/// The tokens of the question that the phrases make.
pub(super) fn ordered(phrases: Vec<Phrase>, lang: Lang) -> Option<Vec<Placed>> {
    let mut parts = Parts::of(phrases, lang)?;
    let head = parts.head()?;
    let mut tokens = Vec::new();
    for years in &parts.years {
        tokens.extend(years.iter().cloned());
        tokens.push(word(Token::Comma));
    }
    for (put, places) in &parts.places {
        if *put == Put::Bare {
            tokens.extend(places.iter().cloned());
            tokens.push(word(Token::De));
        }
    }
    tokens.extend(head);
    for (at, condition) in parts.conditions.iter().enumerate() {
        tokens.push(word(if at == 0 { Token::With } else { Token::And }));
        tokens.extend(condition.iter().cloned());
    }
    if let Some((asked, rows)) = &parts.scope {
        tokens.extend([word(Token::Of), word(asked.clone()), rows.clone()]);
    }
    for (put, places) in &parts.places {
        if *put != Put::Bare {
            let before = if *put == Put::In { Token::In } else { Token::Of };
            tokens.push(word(before));
            tokens.extend(places.iter().cloned());
        }
    }
    for places in &parts.outside {
        tokens.push(word(Token::Except));
        tokens.extend(places.iter().cloned());
    }
    if !parts.shown.is_empty() {
        tokens.push(word(Token::Show));
        tokens.append(&mut parts.shown);
    }
    for step in &parts.steps {
        tokens.push(word(Token::Sep));
        tokens.extend(step.iter().cloned());
    }
    Some(tokens)
}

fn word(token: Token) -> Placed {
    Placed {
        token,
        span: Span::default(),
    }
}

/// What the phrases of a question come to.
struct Parts {
    rows: Vec<(Rows, Asked, Vec<Placed>)>,
    /// Figures of which nothing is said: they are asked for.
    free: Vec<Vec<Placed>>,
    /// Added up, averaged, or the highest of all.
    aggregates: Vec<Vec<Placed>>,
    /// Figures whose targets are beside what came of them.
    judged: Vec<(Vec<Placed>, Vec<Placed>)>,
    /// What holds of a figure.
    bounds: Vec<Vec<Placed>>,
    conditions: Vec<Vec<Placed>>,
    places: Vec<(Put, Vec<Placed>)>,
    outside: Vec<Vec<Placed>>,
    years: Vec<Vec<Placed>>,
    steps: Vec<Vec<Placed>>,
    scope: Option<(Token, Placed)>,
    shown: Vec<Placed>,
    counts_words: bool,
    compares: bool,
}

impl Parts {
    fn of(phrases: Vec<Phrase>, lang: Lang) -> Option<Self> {
        let has_rows = phrases.iter().any(|p| matches!(p.kind, Kind::Rows(..)));
        let mut taken = vec![false; phrases.len()];
        let mut parts = Self {
            rows: Vec::new(),
            free: Vec::new(),
            aggregates: Vec::new(),
            judged: Vec::new(),
            bounds: Vec::new(),
            conditions: Vec::new(),
            places: Vec::new(),
            outside: Vec::new(),
            years: Vec::new(),
            steps: Vec::new(),
            scope: None,
            shown: Vec::new(),
            counts_words: false,
            compares: false,
        };
        for (at, phrase) in phrases.iter().enumerate() {
            let owner = |taken: &mut [bool]| {
                let owner = owner(&phrases, at, lang)?;
                taken[owner] = true;
                Some(phrases[owner].tokens.clone())
            };
            let tokens = phrase.tokens.clone();
            match phrase.kind {
                Kind::Figures => {}
                Kind::Rows(rows, asked) => parts.rows.push((rows, asked, tokens)),
                Kind::Places(put) => parts.places.push((put, tokens)),
                Kind::Outside => parts.outside.push(tokens),
                Kind::Years => parts.years.push(tokens),
                Kind::Condition => parts.conditions.push(denied(phrase.denied, tokens)),
                Kind::Step => parts.steps.push(tokens),
                Kind::Frequency => parts.counts_words = true,
                Kind::Compare => parts.compares = true,
                Kind::Operator => return None,
                Kind::Bound => {
                    let figure = owner(&mut taken)?;
                    let whole = figure.into_iter().chain(tokens).collect();
                    parts.bounds.push(denied(phrase.denied, whole));
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
                    let before = word(Token::Aggregate(aggregate));
                    let whole = std::iter::once(before).chain(figure).collect();
                    parts.aggregates.push(whole);
                }
                Kind::Verdict => {
                    let figure = owner(&mut taken)?;
                    parts.judged.push((tokens, figure));
                }
                Kind::Before => {
                    let figure = owner(&mut taken)?;
                    parts.bounds.push(tokens.into_iter().chain(figure).collect());
                }
            }
        }
        for (phrase, taken) in phrases.into_iter().zip(taken) {
            if phrase.kind == Kind::Figures && !taken {
                parts.free.push(phrase.tokens);
            }
        }
        // What stands apart may belong to another place, year or figure.
        let is_one = parts.years.len() <= 1
            && parts.free.len() <= 1
            && parts.aggregates.len() <= 1
            && parts.judged.len() <= 1
            && (parts.places.len() <= 1 || parts.compares);
        is_one.then_some(parts)
    }

    fn head(&mut self) -> Option<Vec<Placed>> {
        if self.counts_words {
            return self.frequency();
        }
        if self.compares {
            return self.comparison();
        }
        let (records, places): (Vec<_>, Vec<_>) = std::mem::take(&mut self.rows)
            .into_iter()
            .partition(|(rows, ..)| !rows.are_places());
        match (&records[..], &places[..]) {
            ([(_, asked, row)], rest) if rest.len() <= 1 => {
                let speaks_of_figures = !self.free.is_empty()
                    || !self.aggregates.is_empty()
                    || !self.judged.is_empty()
                    || !self.bounds.is_empty();
                if speaks_of_figures {
                    return None;
                }
                let mut head = Vec::new();
                if let [(_, each, rows)] = rest {
                    if !matches!(each, Asked::Each | Asked::Plainly) {
                        return None;
                    }
                    head.push(word(Token::Each));
                    head.extend(rows.iter().cloned());
                    head.push(word(Token::De));
                }
                head.extend(asking(*asked));
                head.extend(row.iter().cloned());
                Some(head)
            }
            ([], [(_, asked, row)]) => self.of_places(*asked, row.first()?.clone()),
            ([], [(_, Asked::Each | Asked::Plainly, row), (_, Asked::Which, behind)])
                if behind.is_empty() && !self.bounds.is_empty() =>
            {
                self.of_places(Asked::Which, row.first()?.clone())
            }
            ([], []) => self.of_named(),
            _ => None,
        }
    }

    /// What is asked of all places of a kind, or which of them.
    fn of_places(&mut self, asked: Asked, row: Placed) -> Option<Vec<Placed>> {
        if let Some((verdict, figure)) = self.judged.pop() {
            self.bounds.push(verdict.into_iter().chain(figure).collect());
        }
        if let Some(aggregate) = self.aggregates.pop() {
            if !self.free.is_empty() || matches!(asked, Asked::Which | Asked::HowMany) {
                return None;
            }
            self.scope = Some((Token::All, row));
            self.conditions.append(&mut self.bounds);
            return Some(aggregate);
        }
        let free = self.free.pop();
        let asks_which = !self.bounds.is_empty() || free.is_none() && !self.conditions.is_empty();
        if asks_which {
            self.conditions.append(&mut self.bounds);
            self.shown = free.unwrap_or_default();
            return Some(asking(asked).into_iter().chain([row]).collect());
        }
        if matches!(asked, Asked::Which | Asked::HowMany) {
            return None;
        }
        self.scope = Some((Token::Each, row));
        free
    }

    /// What is asked of places that are named.
    fn of_named(&mut self) -> Option<Vec<Placed>> {
        if !self.bounds.is_empty() || self.places.is_empty() && self.aggregates.is_empty() {
            return None;
        }
        match (self.judged.pop(), self.aggregates.pop(), self.free.pop()) {
            (Some((_, mut figure)), None, None) => {
                let is_target =
                    |placed: &Placed| placed.token == Token::Property(Property::Target);
                if !figure.iter().any(is_target) {
                    figure.push(word(Token::Property(Property::Target)));
                }
                self.steps.insert(0, vec![word(Token::Result)]);
                Some(figure)
            }
            (None, Some(aggregate), None) => Some(aggregate),
            (None, None, Some(figures)) => Some(figures),
            _ => None,
        }
    }

    /// How often a text stands there.
    fn frequency(&mut self) -> Option<Vec<Placed>> {
        let is_alone = self.free.is_empty()
            && self.bounds.is_empty()
            && self.aggregates.is_empty()
            && self.judged.is_empty();
        let [text] = &self.conditions[..] else {
            return None;
        };
        let [Placed { token: Token::Mention, .. }, text] = &text[..] else {
            return None;
        };
        let head = vec![word(Token::Frequency), word(Token::Of), text.clone()];
        self.conditions.clear();
        let rows = std::mem::take(&mut self.rows);
        // Words are counted in reports anyway.
        let places: Vec<_> = rows
            .into_iter()
            .filter(|(rows, ..)| *rows != Rows::Reports)
            .collect();
        match &places[..] {
            [] => {}
            [(rows, Asked::Each | Asked::Plainly, row)] if rows.are_places() => {
                self.scope = Some((Token::Each, row.first()?.clone()));
            }
            _ => return None,
        }
        is_alone.then_some(head)
    }

    /// Two places or more beside each other.
    fn comparison(&mut self) -> Option<Vec<Placed>> {
        let is_alone = self.rows.is_empty()
            && self.bounds.is_empty()
            && self.conditions.is_empty()
            && self.aggregates.is_empty()
            && self.judged.is_empty();
        let figures = self.free.pop().filter(|_| is_alone)?;
        let places = std::mem::take(&mut self.places);
        let mut head = vec![word(Token::ComparePlaces)];
        for (at, (_, places)) in places.into_iter().enumerate() {
            if at > 0 {
                head.push(word(Token::Enum));
            }
            head.extend(places);
        }
        // The years stand behind what is compared.
        for mut years in std::mem::take(&mut self.years) {
            years.insert(0, word(Token::In));
            self.steps.insert(0, years);
        }
        head.push(word(Token::On));
        head.extend(figures);
        Some(head)
    }
}

fn denied(is_denied: bool, mut tokens: Vec<Placed>) -> Vec<Placed> {
    if is_denied {
        tokens.insert(0, word(Token::Not));
    }
    tokens
}

fn asking(asked: Asked) -> Option<Placed> {
    match asked {
        Asked::Which => Some(word(Token::Which)),
        Asked::HowMany => Some(word(Token::HowMany)),
        Asked::Plainly | Asked::Each => None,
    }
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
    let first = match (phrases[at].kind, lang) {
        (Kind::Before, _) | (Kind::Extreme | Kind::Aggregate(_) | Kind::Verdict, Lang::En) => {
            after.or(before)
        }
        _ => before.or(after),
    };
    let owner = first.or_else(|| {
        let mut all = (0..phrases.len()).filter(|at| phrases[*at].kind == Kind::Figures);
        all.next().filter(|_| all.next().is_none())
    })?;
    is_one(&phrases[owner]).then_some(owner)
}
