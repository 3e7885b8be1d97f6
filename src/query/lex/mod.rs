//! From the characters of a question to tokens.
//!
//! Chinese writes no blanks between words, so the longest match over the words of the language and the names of the
//! catalog decides where one ends: a name wins over a shorter word inside it (规模以上工业总产值 holds 以上). Latin
//! words end where letters do. What is neither becomes a [`Token::Word`], up to the next thing that is known.
//! Positions are characters of the question as given; folding to half width keeps them.

mod all_of;
mod amounts;
mod asked;
mod both;
mod bounds;
mod columns;
mod context;
mod each_year;
mod filter;
mod glossed;
mod headcount;
mod how_much;
mod idiom;
mod in_month;
mod intended;
mod joints;
mod known;
mod listed;
mod measured;
mod month;
mod named;
mod number;
mod numeral;
mod opening;
mod ordinal;
mod parted;
mod people;
mod percent;
mod quoted;
mod reference;
mod residents;
mod revised;
mod shares;
mod signed;
mod spoken;
mod streak;
mod than;
mod token;
mod turn;
mod unsaid;
mod whether;
mod words;

pub(super) use context::CONTEXTUAL;
pub(super) use filter::filter;
pub(super) use token::{Placed, Quantity, Token};

use number::{Number, number};

use super::ast::{Aggregate, Property};
use super::catalog::{Catalog, fold, half_width};
use super::diagnostic::Diagnostic;
use super::lang::is_han;
use super::word_list::word_list;
use crate::fact::Span;

/// Cuts a question into tokens; what cannot be read is left out and said.
pub(super) fn lex(question: &str, catalog: &Catalog) -> (Vec<Placed>, Vec<Diagnostic>) {
    let original: Vec<char> = question.chars().collect();
    let chars: Vec<char> = original
        .iter()
        .map(|c| half_width(*c).to_ascii_lowercase())
        .map(|c| if c == '\t' { ' ' } else { c })
        .collect();
    let mut lexer = Lexer {
        original: &original,
        chars: &chars,
        catalog,
        tokens: Vec::new(),
        faults: Vec::new(),
        at: 0,
        passed: None,
    };
    lexer.run();
    glossed::glossed(&mut lexer.tokens, &original);
    all_of::all_of(&mut lexer.tokens, catalog);
    both::both(&mut lexer.tokens, &chars);
    unsaid::not_grown(&mut lexer.tokens, &chars);
    headcount::headcount(&mut lexer.tokens, catalog);
    bounds::bounds(&mut lexer.tokens);
    shares::shares(&mut lexer.tokens, &original, catalog);
    whether::opened_by_verb(&mut lexer.tokens, &chars);
    let tokens = listed::listed(lexer.tokens, catalog, &original);
    (tokens, lexer.faults)
}

struct Lexer<'a> {
    original: &'a [char],
    chars: &'a [char],
    catalog: &'a Catalog,
    tokens: Vec<Placed>,
    faults: Vec<Diagnostic>,
    at: usize,
    /// Where two characters stand that what came before has said.
    passed: Option<usize>,
}

impl Lexer<'_> {
    fn run(&mut self) {
        while let Some(&c) = self.chars.get(self.at) {
            match c {
                '\n' | '\r' | '|' => self.push(Token::Sep, 1),
                '@' | '$' if self.name_length(c) > 0 => self.named(c, self.name_length(c)),
                c if c.is_whitespace() => self.at += 1,
                '-' if self.joins_amounts() => self.push(Token::To, 1),
                _ if self.passed == Some(self.at) => self.at += 2,
                '跟' | '与' | '和' | '同' if self.related() => {}
                '“' | '"' | '十' if self.plan_years() => {}
                '「' | '『' => self.quotation(Token::Quoted),
                '\'' if self.ends_plural() => self.push(Token::Possessive, 1),
                '"' | '“' | '”' | '\'' if !self.possessive() => self.quotation(Token::Text),
                _ if self.after_as() && self.unit() => {}
                _ if self.after_in() && self.ends_in_unit() => {}
                '以' | '(' | '单' if self.unit_of_answer() => {}
                _ if matches!(self.tokens.last(), Some(last) if last.token == Token::Surnamed)
                    && is_han(c) =>
                {
                    self.surname();
                }
                'n' if self.is_contracted_not(self.at) => self.push(Token::Not, 3),
                c if c.is_ascii_alphabetic() && self.latin_text() => {}
                c if is_han(c) && self.takes_text() && self.unquoted() => {}
                c if is_han(c) && self.topical() => {}
                _ => self.word_or_number(),
            }
        }
    }

    fn push(&mut self, token: Token, length: usize) {
        let mut span = Span::new(self.at, self.at + length);
        let token = match token {
            Token::AskInAll if !amounts::is_of_figure(&self.tokens) => Token::AskCount,
            Token::AskInAll => {
                if !amounts::is_of_one(&self.tokens) {
                    let token = Token::Aggregate(Aggregate::Total);
                    self.tokens.push(Placed { token, span });
                    // No two tokens are the same words.
                    span.start = span.end;
                }
                Token::AskValue
            }
            token => token,
        };
        self.tokens.push(Placed { token, span });
        self.at += length;
    }

    fn word_or_number(&mut self) {
        if self.turn()
            || self.intended()
            || self.wished()
            || self.parted_name()
            || self.how_much()
            || self.month()
            || self.years_averaged()
            || self.percent_in_words()
            || self.two_digits()
            || self.residents()
            || self.times_of()
            || self.short_year()
            || self.is_meeting() && self.session()
        {
            return;
        }
        let name = self
            .known(self.at)
            .filter(|(_, length)| !self.only_texts_speak_of(*length))
            .map(|(token, length)| {
                self.rows_before_name(&token, length)
                    .unwrap_or((token, length))
            });
        let digits = if self.minus_is_sign() {
            number(&self.chars[self.at..], &self.original[self.at..])
        } else {
            None
        };
        match (name, digits) {
            // A name that starts with a digit (12345热线, 5G基站) is longer than its number.
            (Some((token, length)), digits)
                if digits.as_ref().is_none_or(|d| d.length() < length) =>
            {
                if token == Token::Property(Property::LastYear) && self.is_of_the_asker(length) {
                    let word = self.original[self.at..self.at + length].iter().collect();
                    self.push(Token::Word(word), length);
                    return;
                }
                if token == Token::The && self.is_of_the_country(length) {
                    self.unknown();
                    return;
                }
                let office = self.office(&token, length);
                let grows = token.is_figure() && self.is_growing(length);
                self.push(token, length);
                if let Some(grown) = self.tokens.last().filter(|_| grows) {
                    let span = grown.span;
                    let token = Token::Property(Property::Growth);
                    self.tokens.push(Placed { token, span });
                }
                if let Some(office) = office {
                    self.push(office, 1);
                }
            }
            (_, Some(Number::Read(token, length))) => {
                if self.is_no_year(&token) {
                    let span = Span::new(self.at, self.at + length);
                    self.faults.push(Diagnostic::no_year(span));
                    self.at = span.end;
                    return;
                }
                self.push(token, length);
            }
            (_, Some(Number::Years(from, to, [first, dash, second]))) => {
                self.push(Token::Year(from), first);
                self.push(Token::To, dash);
                self.push(Token::Year(to), second);
            }
            (None, None)
                if self.session()
                    || self.multiple()
                    || self.bare_scale()
                    || self.number_in_words() => {}
            (_, Some(Number::Unreadable(length))) => {
                let end = self.at + length;
                let unit = super::unit::unit(&self.chars[end..]).map_or(0, |(_, length)| length);
                let span = Span::new(self.at, end + unit);
                self.faults.push(Diagnostic::unreadable_number(span));
                self.at = span.end;
            }
            (_, Some(Number::NoYear(length))) => {
                let span = Span::new(self.at, self.at + length);
                self.faults.push(Diagnostic::no_year(span));
                self.at = span.end;
            }
            _ => self.unknown(),
        }
    }

    /// 去年 before a figure, `last year's tax`: the year before the question is asked, which no report knows. 上年 is the
    /// report's, as is 去年 behind what it is compared with.
    fn is_of_the_asker(&self, length: usize) -> bool {
        let compares = |token: &Token| {
            token.ends_expr() || matches!(token, Token::Than | Token::Against | Token::Compare(_))
        };
        let behind = self.at + length;
        let is_compared = self.tokens.last().is_some_and(|last| compares(&last.token));
        if is_compared {
            return false;
        }
        if self.chars[self.at] == '去' {
            let figure = (behind < self.chars.len())
                .then(|| self.known(behind))
                .flatten();
            return figure.is_some_and(|(token, _)| token.is_figure());
        }
        self.chars[self.at].is_ascii() && self.chars[behind..].starts_with(&['\'', 's'])
    }

    /// Whether the name that stands here says how its indicator grew: `economic growth`.
    fn is_growing(&self, length: usize) -> bool {
        let name: String = self.chars[self.at..self.at + length].iter().collect();
        self.catalog.names().is_growing(&fold(&name))
    }

    /// Four digits that end a question behind `in` are a year, and where they were not read as one, of no report.
    fn is_no_year(&self, token: &Token) -> bool {
        let Token::Quantity(quantity) = token else {
            return false;
        };
        let is_plain =
            quantity.text.len() == 4 && quantity.text.bytes().all(|c| c.is_ascii_digit());
        let behind = &self.chars[self.at + quantity.text.chars().count()..];
        let is_last = behind.iter().all(|c| !c.is_alphanumeric());
        let is_dated = matches!(self.tokens.last(), Some(last) if last.token == Token::In);
        is_plain && is_last && is_dated
    }

    /// 税收占全国, 高于全国: what is compared with the country is not compared with the places of the store, as all of which
    /// 全国 otherwise stands before what is asked of them.
    fn is_of_the_country(&self, length: usize) -> bool {
        let word: String = self.chars[self.at..self.at + length].iter().collect();
        let compares = |token: &Token| {
            matches!(
                token,
                Token::Divide | Token::Minus | Token::Than | Token::Compare(_) | Token::Against
            )
        };
        let mut before = self.tokens.iter().rev();
        before.next().is_some_and(|last| compares(&last.token))
            && word_list("of the whole country").contains(&word.as_str())
    }

    /// 10-50亿元: between two numbers without a blank, of which the first has no unit.
    fn joins_amounts(&self) -> bool {
        let behind = self.chars.get(self.at + 1);
        let is_open = |last: &Placed| {
            let is_bare = matches!(&last.token, Token::Quantity(amount) if amount.unit.is_none());
            is_bare && last.span.end == self.at
        };
        behind.is_some_and(char::is_ascii_digit) && self.tokens.last().is_some_and(is_open)
    }

    /// A hyphen is a sign only where no operand stands before it, or where a share follows: 增长-5%.
    fn minus_is_sign(&self) -> bool {
        let behind_operand = || {
            self.tokens.last().is_some_and(|last| {
                last.token.is_figure() || matches!(last.token, Token::Property(_) | Token::Close)
            })
        };
        let is_share = || {
            let number = number(&self.chars[self.at..], &self.original[self.at..]);
            matches!(number, Some(Number::Read(Token::Quantity(amount), _)) if amount.unit == Some("%"))
        };
        self.chars[self.at] != '-' || !behind_operand() || is_share()
    }
}

impl Number {
    const fn length(&self) -> usize {
        match self {
            Self::Read(_, length) | Self::Unreadable(length) | Self::NoYear(length) => *length,
            Self::Years(_, _, [first, dash, second]) => *first + *dash + *second,
        }
    }
}
