//! From the characters of a question to tokens.
//!
//! Chinese writes no blanks between words, so the longest match over the words of the language and the names of the
//! catalog decides where one ends: a name wins over a shorter word inside it (规模以上工业总产值 holds 以上). Latin
//! words end where letters do. What is neither becomes a [`Token::Word`], up to the next thing that is known.
//! Positions are characters of the question as given; folding to half width keeps them.

mod asked;
mod context;
mod filter;
mod idiom;
mod number;
mod numeral;
mod ordinal;
mod people;
mod spoken;
mod token;
mod turn;

pub(super) use context::CONTEXTUAL;
pub(super) use filter::filter;
pub(super) use numeral::ORDINALS;
pub(super) use token::{Placed, Quantity, Token};

use number::{Number, number};

use super::ast::{Comparison, Field, Rows, Scaled};
use super::catalog::{Catalog, Meaning, half_width};
use super::diagnostic::Diagnostic;
use super::keyword;
use super::lang::is_han;
use super::topics;
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
    };
    lexer.run();
    (lexer.tokens, lexer.faults)
}

struct Lexer<'a> {
    original: &'a [char],
    chars: &'a [char],
    catalog: &'a Catalog,
    tokens: Vec<Placed>,
    faults: Vec<Diagnostic>,
    at: usize,
}

impl Lexer<'_> {
    fn run(&mut self) {
        while let Some(&c) = self.chars.get(self.at) {
            match c {
                '\n' | '\r' | '|' => self.push(Token::Sep, 1),
                '@' | '$' if self.name_length(c) > 0 => self.named(c, self.name_length(c)),
                c if c.is_whitespace() => self.at += 1,
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
                c if c.is_ascii_alphabetic() && self.latin_text() => {}
                c if is_han(c) && self.takes_text() && self.unquoted() => {}
                _ => self.word_or_number(),
            }
        }
    }

    /// Behind 提到, behind 关于 where no name follows, and behind an "and" between two such texts.
    fn takes_text(&self) -> bool {
        let is_text = |placed: &Placed| matches!(placed.token, Token::Text(_));
        match &self.tokens[..] {
            [.., last] if last.token == Token::Mention => self.chars[self.at] != '在',
            [.., text, last] if matches!(last.token, Token::And | Token::Or | Token::Enum) => {
                is_text(text) && self.known(self.at).is_none()
            }
            [.., last] if last.token == Token::About => {
                self.known(self.at).is_none() || self.names_what_texts_say()
            }
            // 报告人是李强的报告.
            [.., field, last]
                if matches!(last.token, Token::Are | Token::Compare(Comparison::Eq)) =>
            {
                matches!(
                    field.token,
                    Token::Field(Field::Speaker | Field::Title) | Token::Office(_)
                ) && self.known(self.at).is_none()
            }
            _ => false,
        }
    }

    /// `river chiefs` behind `mentioning`, `Yu` behind `surnamed`: the Chinese words for it.
    fn latin_text(&mut self) -> bool {
        let rest = &self.chars[self.at..];
        let begins = self.at == 0 || !self.chars[self.at - 1].is_ascii_alphanumeric();
        let is_text = |placed: &Placed| matches!(placed.token, Token::Text(_));
        // `mentioning the river chiefs`.
        let said = match &self.tokens[..] {
            [said @ .., last] if last.token == Token::The => said,
            said => said,
        };
        let behind = match said {
            [.., last] if last.token == Token::Surnamed => {
                let letters = rest
                    .iter()
                    .take_while(|c| c.is_ascii_alphanumeric())
                    .count();
                let name: String = self.original[self.at..self.at + letters].iter().collect();
                let is_surname = !topics::surnames(&name).is_empty();
                if is_surname {
                    self.push(Token::Text(name), letters);
                }
                return is_surname;
            }
            [.., last] if matches!(last.token, Token::Mention | Token::About) => true,
            [.., frequency, last] if last.token == Token::Of => frequency.token == Token::Frequency,
            [.., rows, last] if last.token == Token::On => {
                matches!(rows.token, Token::Rows(rows) if !rows.are_places())
            }
            [.., text, joint, last] if last.token == Token::Not => {
                is_text(text) && matches!(joint.token, Token::And | Token::Or)
            }
            [.., text, last] => {
                is_text(text) && matches!(last.token, Token::And | Token::Or | Token::Comma)
            }
            _ => false,
        };
        let Some((chinese, length)) = topics::topic(rest).filter(|_| begins && behind) else {
            return false;
        };
        // A name of the catalog that is as long is what `about` is about.
        let is_about = matches!(self.tokens.last(), Some(last) if last.token == Token::About);
        if is_about
            && self
                .known(self.at)
                .is_some_and(|(token, known)| known >= length && token.is_figure())
        {
            return false;
        }
        if let Some(last) = self
            .tokens
            .last_mut()
            .filter(|last| last.token == Token::On)
        {
            last.token = Token::About;
        }
        self.push(Token::Text(chinese.to_owned()), length);
        true
    }

    /// 就业 in 关于就业的句子: a figure's name, of which texts only speak.
    fn names_what_texts_say(&self) -> bool {
        let Some((token, length)) = self.known(self.at) else {
            return false;
        };
        let behind = self.at + length;
        let rows = (self.chars.get(behind) == Some(&'的'))
            .then(|| self.known(behind + 1))
            .flatten();
        token.is_figure()
            && matches!(
                rows,
                Some((
                    Token::Rows(Rows::Sentences | Rows::Tasks | Rows::Problems | Rows::Sections),
                    _
                ))
            )
    }

    /// 疫情 in 提到疫情的句子: the characters up to 的, a sign or a word of the language.
    fn unquoted(&mut self) -> bool {
        const LONGEST: usize = 12;
        let is_word = |at: usize| {
            let known = self.known(at);
            known.is_some_and(|(token, length)| {
                length > 1 && !matches!(token, Token::Figure(_) | Token::Place(_))
            })
        };
        let length = self.chars[self.at..]
            .iter()
            .enumerate()
            .take_while(|(at, c)| {
                is_han(**c)
                    && !matches!(c, '的' | '和' | '或' | '与' | '但' | '且')
                    && !is_word(self.at + at)
            })
            .take(LONGEST + 1)
            .count();
        if length == 0 || length > LONGEST {
            return false;
        }
        let text: String = self.original[self.at..self.at + length].iter().collect();
        self.push(Token::Text(text), length);
        true
    }

    fn push(&mut self, token: Token, length: usize) {
        let span = Span::new(self.at, self.at + length);
        self.tokens.push(Placed { token, span });
        self.at += length;
    }

    /// The length of the name behind `@` or `$`: 0 where none follows.
    ///
    /// Chinese writes no blank behind a name, so that of a saved query is the longest that is one; where it is being
    /// defined it ends before 为. Names of parameters are ASCII.
    fn name_length(&self, sign: char) -> usize {
        let rest = &self.chars[self.at + 1..];
        let run = |fits: fn(char) -> bool| rest.iter().take_while(|c| fits(**c)).count();
        let ascii = run(is_ascii_of_name);
        if sign == '$' || !rest.get(ascii).is_some_and(|c| is_han(*c)) {
            return ascii;
        }
        if matches!(self.tokens.last(), Some(last) if last.token == Token::Define) {
            return run(|c| is_ascii_of_name(c) || (is_han(c) && c != '为'));
        }
        let known = self.catalog.saved().keys().filter_map(|name| {
            let mut length = 0;
            for c in name.chars() {
                if self.original[self.at + 1..]
                    .get(length)
                    .is_none_or(|r| half_width(*r) != c)
                {
                    return None;
                }
                length += 1;
            }
            Some(length)
        });
        match known.max() {
            Some(length) if length >= ascii => length,
            _ if ascii > 0 => ascii,
            _ => run(is_han),
        }
    }

    fn named(&mut self, sign: char, length: usize) {
        let name: String = self.original[self.at + 1..=self.at + length]
            .iter()
            .map(|c| half_width(*c))
            .collect();
        let token = if sign == '@' {
            Token::Saved(name)
        } else {
            Token::Parameter(name)
        };
        self.push(token, length + 1);
    }

    /// Behind the `as` of a step, not of a definition.
    fn after_as(&self) -> bool {
        let [.., before, last] = &self.tokens[..] else {
            return false;
        };
        last.token == Token::As && !matches!(before.token, Token::Saved(_))
    }

    /// Behind a word that may stand before a unit too: `in million yuan`, 按万元.
    fn after_in(&self) -> bool {
        self.tokens
            .last()
            .is_some_and(|last| matches!(last.token, Token::In | Token::By))
    }

    /// A unit where an `in` stands, with nothing right behind it; the `in` becomes an `as`.
    fn ends_in_unit(&mut self) -> bool {
        let (at, count) = (self.at, self.tokens.len());
        if !self.unit() {
            return false;
        }
        if self.chars.get(self.at).is_some_and(|c| c.is_alphanumeric()) {
            self.at = at;
            self.tokens.truncate(count);
            return false;
        }
        self.tokens[count - 1].token = Token::As;
        true
    }

    /// 以万元为单位, and （万元） behind what is asked for.
    fn unit_of_answer(&mut self) -> bool {
        let (at, count) = (self.at, self.tokens.len());
        let close: &[char] = match self.chars[at] {
            '(' if count == 0 => return false,
            '(' => &[')'],
            // 单位万吨, 单位：万吨 behind all else.
            '单' if count == 0 || self.chars.get(at + 1) != Some(&'位') => return false,
            '单' => &[],
            _ => &['为', '单', '位'],
        };
        let begins = match self.chars[at] {
            '单' => 2 + usize::from(matches!(self.chars.get(at + 2), Some(':' | '为'))),
            _ => 1,
        };
        self.push(Token::As, begins);
        if self.unit() && self.chars[self.at..].starts_with(close) {
            self.at += close.len();
            return true;
        }
        self.at = at;
        self.tokens.truncate(count);
        false
    }

    /// A unit without a number: 万元, million yuan.
    fn unit(&mut self) -> bool {
        let rest = &self.chars[self.at..];
        let (factor, mut length) =
            super::unit::scale(rest).unwrap_or((rust_decimal::Decimal::ONE, 0));
        while rest.get(length) == Some(&' ') {
            length += 1;
        }
        let Some((unit, taken)) = super::unit::unit(&rest[length..]) else {
            return false;
        };
        length += taken;
        let word: String = self.original[self.at..self.at + length].iter().collect();
        let scaled = Scaled {
            word,
            factor,
            unit: unit.base.to_owned(),
        };
        self.push(Token::Unit(scaled), length);
        true
    }

    /// 于 in 镇长姓于的镇: one character, or two before 的.
    fn surname(&mut self) {
        let rest = &self.original[self.at..];
        let two = rest.get(1).is_some_and(|c| is_han(*c) && *c != '的')
            && rest.get(2).is_none_or(|c| *c == '的');
        let length = if two { 2 } else { 1 };
        let name: String = rest[..length].iter().collect();
        self.push(Token::Text(name), length);
    }

    fn possessive(&self) -> bool {
        let letter = |at: Option<usize>| {
            at.and_then(|at| self.chars.get(at))
                .is_some_and(char::is_ascii_alphanumeric)
        };
        self.chars[self.at] == '\''
            && (self.chars.get(self.at + 1) == Some(&'s') && !letter(Some(self.at + 2))
                || self.ends_plural())
    }

    /// The apostrophe of residents' income: behind an s, with none later that it could open a quotation with.
    fn ends_plural(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.chars.get(at));
        before == Some(&'s')
            && self.chars[self.at] == '\''
            && self.chars.get(self.at + 1) == Some(&' ')
            && !self.chars[self.at + 1..].contains(&'\'')
    }

    fn quotation(&mut self, token: fn(String) -> Token) {
        let close: &[char] = match self.chars[self.at] {
            '「' => &['」'],
            '『' => &['』'],
            '\'' => &['\''],
            _ => &['"', '”', '“'],
        };
        let body = self.at + 1;
        let Some(length) = self.chars[body..].iter().position(|c| close.contains(c)) else {
            let span = Span::new(self.at, self.chars.len());
            let missing = if self.original[self.at] == '“' {
                '”'
            } else {
                close[0]
            };
            self.faults.push(Diagnostic::unclosed(span, missing));
            self.at = self.chars.len();
            return;
        };
        let quoted = &self.chars[body..body + length];
        let text: String = self.original[body..body + length].iter().collect();
        let token = match (token(text), topics::topic(quoted)) {
            // Reports are Chinese; 「…」 is what stands in them.
            (Token::Text(_), Some((chinese, all))) if all == length => {
                Token::Text(chinese.to_owned())
            }
            (token, _) => token,
        };
        self.push(token, length + 2);
    }

    fn word_or_number(&mut self) {
        if self.turn() || self.short_year() || self.is_meeting() && self.session() {
            return;
        }
        let name = self.known(self.at);
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
                self.push(token, length);
            }
            (_, Some(Number::Read(token, length))) => self.push(token, length),
            (_, Some(Number::Years(from, to, [first, dash, second]))) => {
                self.push(Token::Year(from), first);
                self.push(Token::To, dash);
                self.push(Token::Year(to), second);
            }
            (None, None) if self.session() || self.number_in_words() || self.bare_scale() => {}
            (_, Some(Number::Unreadable(length))) => {
                let end = self.at + length;
                let unit = super::unit::unit(&self.chars[end..]).map_or(0, |(_, length)| length);
                let span = Span::new(self.at, end + unit);
                self.faults.push(Diagnostic::unreadable_number(span));
                self.at = span.end;
            }
            _ => self.unknown(),
        }
    }

    /// A hyphen is a sign only where no operand stands before it.
    fn minus_is_sign(&self) -> bool {
        self.chars[self.at] != '-'
            || !self.tokens.last().is_some_and(|last| {
                last.token.is_figure() || matches!(last.token, Token::Property(_) | Token::Close)
            })
    }

    /// The longest known word or name at a position.
    fn known(&self, at: usize) -> Option<(Token, usize)> {
        let rest = &self.chars[at..];
        if rest.first()?.is_ascii_alphanumeric()
            && at > 0
            && self.chars[at - 1].is_ascii_alphanumeric()
            && !begins_year(rest)
        {
            return None;
        }
        let names = self.catalog.names();
        let longest = names
            .reach(rest[0])
            .max(keyword::reach(rest[0]))
            .min(rest.len());
        // The folded text of each prefix, so that blanks and hyphens inside a name do not matter.
        let mut folded = String::new();
        let mut ends: Vec<(usize, usize)> = Vec::with_capacity(8);
        let sign = !rest[0].is_alphanumeric();
        for (index, &c) in rest[..longest].iter().enumerate() {
            if c == '\n' || (c == ' ' && folded.ends_with(' ')) {
                if c == '\n' {
                    break;
                }
                continue;
            }
            folded.push(if c == '-' && !sign { ' ' } else { c });
            let inside = c.is_ascii_alphanumeric()
                && rest.get(index + 1).is_some_and(char::is_ascii_alphanumeric)
                && !begins_year(&rest[index + 1..]);
            if !inside && c != ' ' && c != '-' || sign {
                ends.push((index + 1, folded.len()));
            }
        }
        ends.iter().rev().find_map(|&(length, bytes)| {
            let word = &folded[..bytes];
            if let Some(token) = keyword::token(word)
                && (length > 1 || self.stands(token, at))
            {
                return Some((token.clone(), length));
            }
            names.meaning(word).map(|meaning| {
                let token = match meaning {
                    Meaning::Indicators(found) => Token::Figure(found.to_vec()),
                    Meaning::Places(found) => Token::Place(found.to_vec()),
                };
                (token, length)
            })
        })
    }

    /// A run of characters that mean nothing, up to the next that do.
    fn unknown(&mut self) {
        let start = self.at;
        let c = self.chars[start];
        let mut end = start + 1;
        if c.is_ascii_alphanumeric() {
            while self
                .chars
                .get(end)
                .is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '\''))
            {
                end += 1;
            }
        } else if is_han(c) {
            while self.chars.get(end).is_some_and(|c| is_han(*c)) && self.known(end).is_none() {
                end += 1;
            }
        }
        let text: String = self.original[start..end].iter().collect();
        self.push(Token::Word(text), end - start);
    }
}

/// 2010年, which stands apart from a Latin name before it: GDP2010年.
fn begins_year(rest: &[char]) -> bool {
    matches!(rest, [a, b, c, d, '年', ..] if [a, b, c, d].iter().all(|c| c.is_ascii_digit()))
}

fn is_ascii_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}

impl Number {
    const fn length(&self) -> usize {
        match self {
            Self::Read(_, length) | Self::Unreadable(length) => *length,
            Self::Years(_, _, [first, dash, second]) => *first + *dash + *second,
        }
    }
}
