//! What is asked for by its name and not by its number: 民生实事有哪些, 跟养老有关的任务.

use super::{Lexer, Placed, Token};
use crate::fact::Span;
use crate::query::ast::Rows;
use crate::query::catalog::Catalog;
use crate::query::lang::is_han;
use crate::query::unit;
use crate::query::word_list::begins_with;

/// The longest subject between 跟 and 有关的.
const LONGEST: usize = 12;

impl Lexer<'_> {
    /// 跟养老有关的 is 关于养老的; the 有关 behind it is passed over when it is reached.
    pub(super) fn related(&mut self) -> bool {
        let Some(end) = self.relation(self.at) else {
            return false;
        };
        if self
            .topics(self.at + 1, end)
            .is_some_and(|topics| topics.len() > 1)
        {
            self.push(Token::Mention, 1);
            return self.any_topic(end, end + 2);
        }
        self.passed = Some(end);
        self.push(Token::About, 1);
        true
    }

    /// 养老和医疗方面的任务, without a word that opens it: tasks that speak of one or the other.
    pub(super) fn topical(&mut self) -> bool {
        let starts = match self.known(self.at) {
            Some((token, _)) => token.is_figure(),
            None => true,
        };
        if !starts {
            return false;
        }
        let rest = &self.chars[self.at..];
        let found = (2..rest.len().min(LONGEST)).find_map(|at| {
            let (_, length) = begins_with("field of a topic", &rest[at..])?;
            Some((self.at + at, self.at + at + length))
        });
        let Some((end, behind)) = found else {
            return false;
        };
        let de = usize::from(self.chars.get(behind) == Some(&'的'));
        let known = |at: usize| (at < self.chars.len()).then(|| self.known(at)).flatten();
        // 养老方面有哪些任务 has the question between.
        let (asks, next) = match known(behind + de) {
            Some((Token::AskList | Token::AskValue, length)) => (true, known(behind + de + length)),
            next => (false, next),
        };
        let is_of_records = matches!(next, Some((Token::Rows(rows), _)) if !rows.are_places());
        // 和谐社区方面: its first sign was taken for the joint.
        let split = self.tokens.len() == 1 && self.tokens[0].token == Token::And;
        if split || !is_of_records || self.topics(self.at, end).is_none() {
            return false;
        }
        self.push(Token::Mention, 0);
        self.any_topic(end, behind);
        if de == 0 && !asks {
            self.push(Token::De, 0);
        }
        true
    }

    /// The words of a list of topics, where it is one; names of places are none.
    fn topics(&self, from: usize, end: usize) -> Option<Vec<(usize, usize)>> {
        let mut topics = Vec::new();
        let mut start = from;
        for at in from..=end {
            if at == end || matches!(self.chars[at], '和' | '与' | '及' | '或' | '、') {
                // 养老以及医疗
                let also = at < end && self.chars[at] == '及' && self.chars[at - 1] == '以';
                topics.push((start, at - usize::from(also)));
                start = at + 1;
            }
        }
        let is_topic = |(start, end): &(usize, usize)| {
            let word = &self.chars[*start..*end];
            (2..=6).contains(&word.len())
                && word.iter().all(|c| is_han(*c) && *c != '的')
                && begins_with("no topic begins with", word).is_none_or(|(_, length)| length == 0)
                && !matches!(
                    self.known(*start),
                    Some((Token::Place(_) | Token::Rows(_), _))
                )
        };
        topics.iter().all(is_topic).then_some(topics)
    }

    /// Pushes the topics from here to `end`, one or another of them, and passes over the word behind them.
    fn any_topic(&mut self, end: usize, behind: usize) -> bool {
        for (at, (start, stop)) in self
            .topics(self.at, end)
            .unwrap_or_default()
            .into_iter()
            .enumerate()
        {
            if at > 0 {
                self.push(Token::Or, start - self.at);
                self.push(Token::Mention, 0);
            }
            let text: String = self.original[start..stop].iter().collect();
            self.push(Token::Text(text), stop - start);
        }
        self.at = behind;
        true
    }

    /// Whether such a phrase begins at a position.
    pub(super) fn relates(&self, at: usize) -> bool {
        self.relation(at).is_some()
    }

    /// Where the 有关的 stands that ends it. Of several such words the first of the clearest opens the phrase, where it
    /// does not join two names: in 宁波和厦门与养老有关的 only 与 does, in 跟养老和医疗有关的 only 跟.
    fn relation(&self, at: usize) -> Option<usize> {
        let (first, rest) = self.chars.get(at..)?.split_first()?;
        let ends = |at: &usize| {
            matches!(rest.get(*at..*at + 3), Some(['有' | '相', '关', '的'])) && *at > 0
        };
        let subject = (0..rest.len().min(LONGEST)).find(ends)?;
        let end = at + 1 + subject;
        let within = |words: &[char]| rest[..subject].iter().any(|c| words.contains(c));
        let opens = match first {
            '跟' => true,
            '与' => !within(&['跟']),
            '和' | '同' => !within(&['跟', '与']) && !self.joins_names(at),
            _ => false,
        };
        let is_inside = self.passed.is_some_and(|passed| passed >= at);
        (opens && !is_inside).then_some(end)
    }

    /// 养老和医疗, 宁波和厦门: what stands before is something of its own, of the kind that stands behind.
    fn joins_names(&self, at: usize) -> bool {
        match self.tokens.last().map(|last| &last.token) {
            Some(Token::Word(_) | Token::Text(_)) => true,
            Some(Token::Place(_)) => matches!(self.known(at + 1), Some((Token::Place(_), _))),
            Some(last) => last.is_figure(),
            None => false,
        }
    }
}

/// 民生实事有哪些 asks for the things, which sentences name, where the figure would be how many there are.
pub(super) fn listed(tokens: Vec<Placed>, catalog: &Catalog, original: &[char]) -> Vec<Placed> {
    let mut kept: Vec<Placed> = Vec::with_capacity(tokens.len());
    for mut placed in tokens {
        if placed.token != Token::AskList {
            kept.push(placed);
            continue;
        }
        let figure = kept.pop_if(|last| is_counted(&last.token, catalog));
        let Some(Placed { span, .. }) = figure else {
            placed.token = Token::AskValue;
            kept.push(placed);
            continue;
        };
        let words: String = original[span.start..span.end].iter().collect();
        let put = |token, start, end| Placed {
            token,
            span: Span::new(start, end),
        };
        kept.push(put(Token::Mention, span.start, span.start));
        kept.push(put(Token::Text(words), span.start, span.end));
        kept.push(put(Token::De, span.end, span.end));
        kept.push(put(
            Token::Rows(Rows::Sentences),
            placed.span.start,
            placed.span.end,
        ));
    }
    kept
}

/// A figure that is a number of things.
fn is_counted(token: &Token, catalog: &Catalog) -> bool {
    let counts = |at: &usize| {
        let unit = &catalog.meant(*at).0.unit;
        unit::stored(unit).is_none_or(|unit| unit.dimension == "count")
    };
    matches!(token, Token::Figure(meant) if meant.iter().all(counts))
}
