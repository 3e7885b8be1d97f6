//! What a question asks for, which stands first: rows, figures, how often a text stands there, places beside each other.

use super::parts::Parts;
use super::phrase::{Asked, Kind};
use super::word;
use crate::query::ast::{Property, Rows};
use crate::query::lex::{Placed, Token};

impl Parts {
    pub(super) fn head(&mut self) -> Option<Vec<Placed>> {
        match self.asks {
            Some(Kind::Frequency) => return self.frequency(),
            Some(_) => return self.comparison(),
            None => {}
        }
        let (records, places): (Vec<_>, Vec<_>) = std::mem::take(&mut self.rows)
            .into_iter()
            .partition(|(rows, ..)| !rows.are_places());
        // 除税收外的镇 says nothing.
        let leaves_out = |step: &Vec<Placed>| step[0].token == Token::Except;
        if records.is_empty() && self.steps.iter().any(leaves_out) {
            return None;
        }
        match (&records[..], &places[..]) {
            ([(_, asked, row)], rest) if rest.len() <= 1 => {
                self.of_records(*asked, row, rest.first())
            }
            ([], [(_, asked, row)]) => self.of_places(*asked, row.first()?.clone()),
            (
                [],
                [
                    (_, Asked::Each | Asked::All | Asked::Plainly, row),
                    (_, Asked::Which, behind),
                ],
            ) if behind.is_empty() && !self.bounds.is_empty() => {
                self.of_places(Asked::Which, row.first()?.clone())
            }
            ([], []) => self.of_named(),
            _ => None,
        }
    }

    /// Records; of each place of a kind, or of each year, they are counted or listed.
    fn of_records(
        &mut self,
        asked: Asked,
        row: &[Placed],
        each: Option<&(Rows, Asked, Vec<Placed>)>,
    ) -> Option<Vec<Placed>> {
        let speaks_of_figures = !self.free.is_empty()
            || !self.aggregates.is_empty()
            || !self.judged.is_empty()
            || !self.bounds.is_empty();
        let is_each = each.is_none_or(|(_, asked, _)| matches!(asked, Asked::Each | Asked::All));
        let of_all = each.is_some_and(|(_, asked, _)| *asked == Asked::All);
        if speaks_of_figures || !is_each {
            return None;
        }
        let counts = std::mem::take(&mut self.counts) || asked == Asked::HowMany;
        let of_each = each.map(|(_, _, rows)| rows.clone());
        let of_years = self.each_year.then(|| vec![word(Token::YearWord)]);
        let keys: Vec<Vec<Placed>> = of_each.iter().cloned().chain(of_years).collect();
        let mut head = Vec::new();
        match (&keys[..], counts) {
            ([], true) => head.push(word(Token::HowMany)),
            ([key], true) => {
                let by = std::iter::once(word(Token::By)).chain(key.iter().cloned());
                self.steps.push(by.collect());
                self.steps.push(vec![word(Token::Count)]);
            }
            ([], false) => head.extend(asking(asked)),
            ([rows], false) if !self.each_year => {
                head.push(word(if of_all { Token::All } else { Token::Each }));
                head.extend(rows.iter().cloned());
                head.push(word(Token::De));
                head.extend(asking(asked));
            }
            _ => return None,
        }
        self.each_year = false;
        head.extend(row.iter().cloned());
        Some(head)
    }

    /// What is asked of all places of a kind, or which of them.
    fn of_places(&mut self, asked: Asked, row: Placed) -> Option<Vec<Placed>> {
        let counts = std::mem::take(&mut self.counts) && asked != Asked::Which;
        let asked = if counts { Asked::HowMany } else { asked };
        if let Some((verdict, figure)) = self.judged.pop() {
            self.bounds
                .push(verdict.into_iter().chain(figure).collect());
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
            // What nobody knows is no column because it stands there.
            if self
                .shown
                .iter()
                .any(|p| matches!(p.token, Token::Quoted(_)))
            {
                return None;
            }
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
                let is_target = |placed: &Placed| placed.token == Token::Property(Property::Target);
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
        let [
            Placed {
                token: Token::Mention,
                ..
            },
            text,
        ] = &text[..]
        else {
            return None;
        };
        let head = vec![word(Token::Frequency), word(Token::Of), text.clone()];
        self.conditions.clear();
        let rows = std::mem::take(&mut self.rows);
        // Words are counted in reports anyway; which of them say how often is asked of all.
        let of_which = rows
            .iter()
            .any(|(rows, asked, _)| *rows == Rows::Reports && *asked == Asked::Which);
        let places: Vec<_> = rows
            .into_iter()
            .filter(|(rows, ..)| *rows != Rows::Reports)
            .collect();
        match &places[..] {
            [] => {}
            [(rows, Asked::Each | Asked::All | Asked::Plainly, row)] if rows.are_places() => {
                self.scope = Some((Token::Each, row.first()?.clone()));
            }
            _ => return None,
        }
        if of_which && self.scope.is_none() && self.places.is_empty() && self.years.is_empty() {
            self.each_year = true;
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
        let named = places.iter().flat_map(|(_, places)| places);
        let is_place = |placed: &&Placed| matches!(placed.token, Token::Place(_));
        if named.filter(is_place).count() < 2 {
            return None;
        }
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

fn asking(asked: Asked) -> Option<Placed> {
    match asked {
        Asked::Which => Some(word(Token::Which)),
        Asked::HowMany => Some(word(Token::HowMany)),
        Asked::Plainly | Asked::Each | Asked::All => None,
    }
}
