//! A question cut into its phrases.

use super::phrase::{Asked, Kind, Phrase, Put};
use crate::fact::Span;
use crate::query::ast::Rows;
use crate::query::lex::{Placed, Token};

/// The phrases of filtered tokens; `None` where a token says something that no phrase here does.
pub(super) fn phrases(tokens: &[Placed]) -> Option<Vec<Phrase>> {
    let mut reader = Reader {
        tokens,
        at: 0,
        asked: None,
    };
    let mut phrases: Vec<Phrase> = Vec::new();
    while reader.at < tokens.len() {
        if reader.passes() {
            continue;
        }
        let parts = matches!(
            reader.token(0),
            Some(Token::And | Token::Comma | Token::Sep | Token::Enum)
        );
        if parts {
            reader.at += 1;
            if let Some(last) = phrases.last_mut() {
                last.parted = true;
            }
            continue;
        }
        phrases.push(reader.phrase()?);
    }
    let joins = |placed: &Placed| matches!(placed.token, Token::And | Token::Enum | Token::With);
    let is_whole = reader.asked.is_none() && !tokens.last().is_some_and(joins);
    is_whole.then_some(phrases)
}

struct Reader<'a> {
    tokens: &'a [Placed],
    at: usize,
    /// How the rows are asked for that come later: `which of Beicang's tasks`.
    asked: Option<Asked>,
}

impl Reader<'_> {
    fn token(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at + ahead).map(|placed| &placed.token)
    }

    /// Passes over a word that says nothing of its own: it joins, or asks what every question asks.
    fn passes(&mut self) -> bool {
        let next = self.token(1);
        let asked = match self.token(0) {
            Some(Token::Which) => Some(Asked::Which),
            Some(Token::HowMany) => Some(Asked::HowMany),
            _ => None,
        };
        let is_apart = matches!(
            next,
            Some(Token::Of | Token::In | Token::Place(_) | Token::Year(_))
        );
        if asked.is_some() && is_apart && self.asked.is_none() {
            self.asked = asked;
            self.at += 1;
            return true;
        }
        let says_nothing = match self.token(0) {
            Some(
                Token::With
                | Token::Have
                | Token::The
                | Token::De
                | Token::Possessive
                | Token::Are
                | Token::What
                | Token::AskValue
                | Token::AskList
                | Token::Show
                | Token::InReport,
            ) => true,
            // What they join is read with them.
            Some(Token::Of | Token::On) => !matches!(
                next,
                Some(Token::Place(_) | Token::Rows(_) | Token::Each | Token::All)
            ),
            Some(Token::In) => !matches!(next, Some(Token::Place(_))),
            Some(Token::From) => matches!(next, Some(Token::Year(_))),
            // `reported for 2021`; of a figure it says that there is one.
            Some(Token::Stating) => !next.is_some_and(Token::is_figure),
            Some(Token::NumberOf) => next.is_some_and(Token::is_figure),
            _ => false,
        };
        self.at += usize::from(says_nothing);
        says_nothing
    }

    fn phrase(&mut self) -> Option<Phrase> {
        let before = self.at.checked_sub(1).map(|at| &self.tokens[at]);
        // A comma behind the head stands there as such a word too.
        let opened = before.is_some_and(|before| {
            matches!(before.token, Token::With | Token::Have) && before.span.len() > 1
        });
        let denied = self.token(0) == Some(&Token::Not);
        self.at += usize::from(denied);
        let start = self.at;
        let (kind, tokens) = self.read()?;
        let may_be_denied = matches!(kind, Kind::Bound | Kind::Condition | Kind::Extreme);
        (self.at > start && (may_be_denied || !denied)).then_some(Phrase {
            kind,
            denied,
            tokens,
            opened,
            parted: false,
        })
    }

    /// So many tokens from here, which are read.
    fn take(&mut self, length: usize) -> Option<Vec<Placed>> {
        let taken = self.tokens.get(self.at..self.at + length)?.to_vec();
        self.at += length;
        Some(taken)
    }

    fn read(&mut self) -> Option<(Kind, Vec<Placed>)> {
        let next = self.token(1);
        Some(match self.token(0)? {
            Token::Place(_) => (Kind::Places(Put::Bare), self.listed(is_place)?),
            Token::Of | Token::In | Token::On if next.is_some_and(is_place) => {
                let put = match self.token(0) {
                    Some(Token::In) => Put::In,
                    _ => Put::Of,
                };
                self.at += 1;
                (Kind::Places(put), self.listed(is_place)?)
            }
            Token::Except if next.is_some_and(is_place) => {
                self.at += 1;
                let places = self.listed(is_place)?;
                self.at += usize::from(self.token(0) == Some(&Token::Outside));
                (Kind::Outside, places)
            }
            Token::Except if next.is_some_and(Token::is_figure) => (Kind::Step, self.other_than()?),
            Token::Year(_) if next == Some(&Token::To) => (Kind::Years, self.take(3)?),
            Token::Year(_) => (
                Kind::Years,
                self.listed(|token| matches!(token, Token::Year(_)))?,
            ),
            Token::Since | Token::BeforeYear | Token::AfterYear => (Kind::Years, self.take(2)?),
            // `reports about 2021`.
            Token::About if matches!(next, Some(Token::Year(_))) => {
                self.at += 1;
                (Kind::Years, self.take(1)?)
            }
            Token::Recent => (Kind::Years, self.take(3)?),
            Token::EveryYear => (Kind::Years, self.take(1)?),
            Token::Of
            | Token::On
            | Token::Each
            | Token::All
            | Token::Which
            | Token::HowMany
            | Token::Rows(_) => self.rows()?,
            token if begins_figure(token) => (Kind::Figures, self.figures()),
            Token::Highest | Token::Lowest => (Kind::Extreme, self.take(1)?),
            Token::Nth(_) => (Kind::Extreme, self.take(2)?),
            Token::Aggregate(aggregate) | Token::AggregateAfter(aggregate) => {
                let aggregate = *aggregate;
                self.at += 1;
                (Kind::Aggregate(aggregate), Vec::new())
            }
            Token::Compare(_) | Token::Between | Token::Quantity(_) | Token::Fell | Token::Rose => {
                (Kind::Bound, self.bound()?)
            }
            Token::Verdict(_) => (Kind::Verdict, self.take(1)?),
            Token::Missing | Token::Stating | Token::Falling | Token::Rising
                if next.is_some_and(Token::is_figure) =>
            {
                (Kind::Before, self.take(1)?)
            }
            Token::Mention | Token::About
                if matches!(next, Some(Token::Text(_) | Token::Quoted(_))) =>
            {
                (Kind::Condition, self.take(2)?)
            }
            Token::Text(_) => (Kind::Condition, self.text()?),
            Token::Trait(_) => (Kind::Condition, self.take(1)?),
            Token::Divide | Token::Plus | Token::Minus | Token::Against => {
                (Kind::Operator, self.take(1)?)
            }
            // `exports as a share of trade`.
            Token::Share if next.is_some_and(Token::is_figure) => {
                let mut sign = self.take(1)?;
                sign[0].token = Token::Divide;
                (Kind::Operator, sign)
            }
            Token::Frequency => (Kind::Frequency, self.take(1)?),
            Token::ComparePlaces => (Kind::Compare, self.take(1)?),
            Token::By => (Kind::Step, self.by()?),
            Token::Top | Token::Bottom if matches!(next, Some(Token::Quantity(_))) => {
                (Kind::Step, self.take(2)?)
            }
            Token::Ascending | Token::Descending => (Kind::Step, self.ordered()?),
            Token::As if matches!(next, Some(Token::Unit(_))) => (Kind::Step, self.take(2)?),
            Token::Draw if matches!(next, Some(Token::Chart(_))) => (Kind::Step, self.take(2)?),
            Token::Count | Token::AskCount => (Kind::Count, self.take(1)?),
            Token::EachYear => (Kind::EachYear, self.take(1)?),
            Token::Source | Token::Result | Token::Share => (Kind::Step, self.take(1)?),
            _ => return None,
        })
    }

    /// 除固定资产投资外: all but these figures.
    fn other_than(&mut self) -> Option<Vec<Placed>> {
        let mut except = self.take(1)?;
        except.extend(self.listed(Token::is_figure)?);
        self.at += usize::from(self.token(0) == Some(&Token::Outside));
        Some(except)
    }

    /// A list of one kind of token, without what joins it but with what the grammar wants there.
    fn listed(&mut self, is_one: impl Fn(&Token) -> bool) -> Option<Vec<Placed>> {
        let mut length = 1;
        while matches!(
            self.token(length),
            Some(Token::And | Token::Enum | Token::Comma)
        ) && self.token(length + 1).is_some_and(&is_one)
        {
            length += 2;
        }
        let mut list = self.take(length)?;
        for joint in list.iter_mut().skip(1).step_by(2) {
            joint.token = Token::Enum;
        }
        Some(list)
    }

    fn rows(&mut self) -> Option<(Kind, Vec<Placed>)> {
        let is_of = matches!(self.token(0), Some(Token::Of | Token::On));
        self.at += usize::from(is_of);
        let asked = match self.token(0)? {
            Token::Rows(_) if is_of => Asked::All,
            Token::Which => Asked::Which,
            Token::HowMany => Asked::HowMany,
            Token::Each => Asked::Each,
            Token::All => Asked::All,
            _ => Asked::Plainly,
        };
        // 是哪个, behind all else: which of the rows.
        let behind = asked == Asked::Which && self.token(1).is_none();
        self.at += usize::from(!matches!(self.token(0), Some(Token::Rows(_))));
        if behind {
            return Some((Kind::Rows(Rows::Places, Asked::Which), Vec::new()));
        }
        let Some(Token::Rows(rows)) = self.token(0) else {
            return None;
        };
        let rows = *rows;
        let asked = match asked {
            Asked::Plainly | Asked::Each | Asked::All => self.asked.take().unwrap_or(asked),
            _ => asked,
        };
        Some((Kind::Rows(rows, asked), self.take(1)?))
    }

    /// A list of figures, each with its properties, or two with a sign between them.
    fn figures(&mut self) -> Vec<Placed> {
        let start = self.at;
        self.figure();
        loop {
            let joins = matches!(
                self.token(0),
                Some(
                    Token::And
                        | Token::Enum
                        | Token::Comma
                        | Token::Both
                        | Token::Divide
                        | Token::Plus
                        | Token::Minus
                        | Token::Against
                )
            );
            if !joins || !self.token(1).is_some_and(begins_figure) {
                break;
            }
            self.at += 1;
            self.figure();
        }
        self.tokens[start..self.at].to_vec()
    }

    fn figure(&mut self) {
        self.at += usize::from(matches!(self.token(0), Some(Token::FigureYear(_))));
        self.at += 1;
        while matches!(self.token(0), Some(Token::Property(_))) {
            self.at += 1;
        }
    }

    fn bound(&mut self) -> Option<Vec<Placed>> {
        let is_amount = |token: Option<&Token>| matches!(token, Some(Token::Quantity(_)));
        let is_post = |token: Option<&Token>| matches!(token, Some(Token::Post(_)));
        let length = match self.token(0)? {
            Token::Compare(_) if is_amount(self.token(1)) => 2,
            Token::Compare(_)
                if matches!(
                    self.token(1),
                    Some(Token::Aggregate(_) | Token::AggregateAfter(_))
                ) =>
            {
                let mut bound = self.take(2)?;
                if let Token::AggregateAfter(aggregate) = bound[1].token {
                    bound[1].token = Token::Aggregate(aggregate);
                }
                return Some(bound);
            }
            Token::Between
                if is_amount(self.token(1))
                    && matches!(self.token(2), Some(Token::And | Token::To))
                    && is_amount(self.token(3)) =>
            {
                4 + usize::from(self.token(4) == Some(&Token::Within))
            }
            Token::Quantity(_)
                if self.token(1) == Some(&Token::To)
                    && is_amount(self.token(2))
                    && self.token(3) == Some(&Token::Within) =>
            {
                4
            }
            Token::Quantity(_) if is_post(self.token(1)) => {
                let both = is_amount(self.token(2)) && is_post(self.token(3));
                if both { 4 } else { 2 }
            }
            Token::Fell | Token::Rose => match self.token(1) {
                Some(Token::Compare(_)) if is_amount(self.token(2)) => 3,
                Some(Token::Quantity(_)) if is_post(self.token(2)) => 3,
                Some(Token::Compare(_) | Token::Quantity(_)) => return None,
                _ => 1,
            },
            _ => return None,
        };
        self.take(length)
    }

    /// Words in quotation marks that the report says, with or without a word for it.
    fn text(&mut self) -> Option<Vec<Placed>> {
        let text = self.take(1)?;
        if self.token(0) == Some(&Token::Mention) {
            self.at += 1;
        }
        let before = Placed {
            token: Token::Mention,
            span: Span::new(text[0].span.start, text[0].span.start),
        };
        Some(std::iter::once(before).chain(text).collect())
    }

    /// `by year`, `by county`, `by tax descending`.
    fn by(&mut self) -> Option<Vec<Placed>> {
        let counts = self.token(1) == Some(&Token::NumberOf);
        let key = self.at + 1 + usize::from(counts);
        let mut by = self.take(1)?;
        self.at = key;
        match self.token(0)? {
            Token::Rows(_) | Token::YearWord if !counts => by.extend(self.take(1)?),
            token if begins_figure(token) => by.extend(self.figures()),
            _ => return None,
        }
        if matches!(self.token(0), Some(Token::Ascending | Token::Descending)) {
            by.extend(self.take(1)?);
        }
        Some(by)
    }

    /// 从小到大: by what is shown.
    fn ordered(&mut self) -> Option<Vec<Placed>> {
        let direction = self.take(1)?;
        let before = Placed {
            token: Token::Ranked,
            span: Span::new(direction[0].span.start, direction[0].span.start),
        };
        Some(std::iter::once(before).chain(direction).collect())
    }
}

const fn is_place(token: &Token) -> bool {
    matches!(token, Token::Place(_))
}

const fn begins_figure(token: &Token) -> bool {
    token.is_figure() || matches!(token, Token::FigureYear(_) | Token::Field(_))
}
