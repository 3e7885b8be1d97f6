//! Words of a text that is looked for: in quotation marks, behind 提到 without them, in English, and surnames.

use super::{Lexer, Placed, Token};
use crate::query::ast::{Comparison, Field, Rows};
use crate::query::lang::is_han;
use crate::query::topics;
use crate::query::word_list::word_list;

impl Lexer<'_> {
    /// Behind 提到, behind 关于 where no name follows, and behind an "and" between two such texts.
    pub(super) fn takes_text(&self) -> bool {
        let is_text = |placed: &Placed| matches!(placed.token, Token::Text(_));
        // `mention both 就业 and 培训`.
        let said = match &self.tokens[..] {
            [said @ .., last] if last.token == Token::The && !is_han(self.chars[self.at - 1]) => {
                said
            }
            said => said,
        };
        match said {
            // 提了多少条任务: how many.
            [.., last] if last.token == Token::Mention => {
                self.chars[self.at] != '在'
                    && !matches!(
                        self.known(self.at),
                        Some((
                            Token::HowMany | Token::AskCount | Token::AskList | Token::Which,
                            _
                        ))
                    )
            }
            [.., last] if last.token == Token::PlanFor => true,
            // 报告怎么说招商引资.
            [.., last] if last.token == Token::Rows(Rows::Sentences) => {
                let said: String = self.chars[last.span.start..last.span.end].iter().collect();
                word_list("asking what is said").contains(&said.as_str())
                    && self.chars[self.at] != '的'
                    && !matches!(
                        self.known(self.at),
                        Some((Token::Place(_) | Token::Rows(_), _))
                    )
            }
            [.., text, last] if matches!(last.token, Token::And | Token::Or | Token::Enum) => {
                is_text(text) && self.known(self.at).is_none()
            }
            [.., last] if last.token == Token::About => {
                self.known(self.at).is_none()
                    || self.names_what_texts_say()
                    || self.begins_longer_word()
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

    /// 疫情 in 提到疫情的句子: the characters up to 的, a sign or a word of the language.
    pub(super) fn unquoted(&mut self) -> bool {
        const LONGEST: usize = 12;
        let is_word = |at: usize| {
            let known = self.known(at);
            known.is_some_and(|(token, length)| length > 1 && !is_of_texts(&token))
        };
        let begun = if self.begins_longer_word() {
            2
        } else {
            self.sought_word()
        };
        let length = self.chars[self.at..]
            .iter()
            .enumerate()
            .take_while(|(at, c)| {
                is_han(**c)
                    && !matches!(c, '的' | '和' | '或' | '与' | '但' | '且' | '也')
                    && (*at < begun || !is_word(self.at + at))
            })
            .take(LONGEST + 1)
            .count();
        // 不 alone denies what stands behind it.
        let denies = length == 1 && self.chars[self.at] == '不';
        if length == 0 || length > LONGEST || denies {
            return false;
        }
        let text: String = self.original[self.at..self.at + length].iter().collect();
        self.push(Token::Text(text), length);
        true
    }

    /// 数字 in 提到数字经济的句子, which is no kind of row there: what is no word goes on behind it.
    fn begins_longer_word(&self) -> bool {
        let Some((Token::Rows(_), 2)) = self.known(self.at) else {
            return false;
        };
        let behind = self.at + 2;
        self.chars
            .get(behind)
            .is_some_and(|c| is_han(*c) && *c != '的')
            && self.known(behind).is_none()
    }

    /// The characters of 加快 in 提到加快的任务: a word of the language that is only looked for. 提到最多的镇 asks how often.
    fn sought_word(&self) -> usize {
        let is_sought = self
            .tokens
            .last()
            .is_some_and(|last| last.token == Token::Mention);
        let Some((token, length)) = self.known(self.at).filter(|_| is_sought) else {
            return 0;
        };
        let mut behind = self.chars[self.at + length..].iter();
        let end = behind.find(|c| !is_han(**c) || **c == '的');
        // 提到难题的句子, and not 提到任务最多的镇.
        let is_whole = self.chars.get(self.at + length) == Some(&'的');
        let asks = match token {
            Token::Highest | Token::Lowest | Token::Frequency | Token::HowOften => true,
            Token::Rows(_) => !is_whole,
            _ => false,
        };
        if asks || length < 2 || end.is_some_and(|c| *c != '的') {
            0
        } else {
            length
        }
    }

    /// 就业 in 关于就业的句子: a figure's name, of which texts only speak.
    fn names_what_texts_say(&self) -> bool {
        let Some((token, length)) = self.known(self.at) else {
            return false;
        };
        let behind = self.at + length;
        let de = usize::from(self.chars.get(behind) == Some(&'的'));
        let rows = (behind + de < self.chars.len())
            .then(|| self.known(behind + de))
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

    /// `river chiefs` behind `mentioning`, `Yu` behind `surnamed`: the Chinese words for it.
    pub(super) fn latin_text(&mut self) -> bool {
        let rest = &self.chars[self.at..];
        let begins = self.at == 0 || !self.chars[self.at - 1].is_ascii_alphanumeric();
        let is_text = |placed: &Placed| matches!(placed.token, Token::Text(_));
        // `mentioning the river chiefs`, `how often does the word epidemic`.
        let mut said = &self.tokens[..];
        while let [rest @ .., last] = said
            && last.token == Token::The
        {
            said = rest;
        }
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
            [.., last] if matches!(last.token, Token::Mention | Token::About | Token::PlanFor) => {
                true
            }
            // `say nothing about the business environment`.
            [.., last] if last.token == Token::Missing => {
                let written: String = self.chars[last.span.start..last.span.end].iter().collect();
                let word = written.rsplit(' ').next().unwrap_or_default();
                word_list("before what is spoken of").contains(&word)
            }
            [.., often, last] if last.token == Token::Are => {
                often.token == Token::HowOften && self.known(self.at).is_none()
            }
            [.., last]
                if matches!(
                    last.token,
                    Token::HowOften | Token::Earliest | Token::WhichYear
                ) =>
            {
                self.known(self.at).is_none()
            }
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
        let topic = topics::topic(rest).filter(|_| begins);
        // `education tasks`.
        let is_of_tasks = |length: usize| {
            let rows = self.at + length + 1;
            self.chars.get(rows - 1) == Some(&' ')
                && rows < self.chars.len()
                && matches!(self.known(rows), Some((Token::Rows(Rows::Tasks), _)))
        };
        let Some((chinese, length)) = topic.filter(|(_, length)| behind || is_of_tasks(*length))
        else {
            return false;
        };
        // A name of the catalog that is as long is what `about` is about.
        // `tasks about kindergartens`: texts only speak of it.
        let is_about = match &self.tokens[..] {
            [.., before, last] => {
                last.token == Token::About
                    && !matches!(
                        before.token,
                        Token::Rows(
                            Rows::Sentences | Rows::Tasks | Rows::Problems | Rows::Sections
                        )
                    )
            }
            [last] => last.token == Token::About,
            [] => false,
        };
        if is_about
            && !self.only_texts_speak_of(length)
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

    /// `the economy` behind `about`, which is more there than the figure that is called so elsewhere.
    pub(super) fn only_texts_speak_of(&self, length: usize) -> bool {
        let word: String = self.chars[self.at..self.at + length].iter().collect();
        let mut before = self.tokens.iter().rev().map(|placed| &placed.token);
        word_list("texts speak of").contains(&word.as_str())
            && matches!(
                before.find(|token| **token != Token::The),
                Some(Token::About | Token::Mention)
            )
    }

    /// 于 in 镇长姓于的镇: one character, or two before 的.
    pub(super) fn surname(&mut self) {
        let rest = &self.original[self.at..];
        let two = rest.get(1).is_some_and(|c| is_han(*c) && *c != '的')
            && rest.get(2).is_none_or(|c| *c == '的');
        let length = if two { 2 } else { 1 };
        let name: String = rest[..length].iter().collect();
        self.push(Token::Text(name), length);
    }

    /// 市长 in 厦门市长2020年是谁, where the place takes its 市.
    pub(super) fn office(&self, token: &Token, length: usize) -> Option<Token> {
        let behind = self.at + length;
        let (last, long) = (self.chars[behind - 1], self.chars.get(behind)?);
        let closes = |c: &char| !is_han(*c) || matches!(c, '的' | '是' | '姓' | '叫' | '为');
        let is_office = matches!(token, Token::Place(_))
            && *long == '长'
            && matches!(last, '市' | '省' | '县' | '区' | '镇' | '乡')
            && self.chars.get(behind + 1).is_none_or(closes);
        is_office.then(|| Token::Office(format!("{last}长")))
    }
}

/// 下行 in 提到经济下行的句子: words of the language that texts are full of, as are names.
const fn is_of_texts(token: &Token) -> bool {
    matches!(
        token,
        Token::Figure(_)
            | Token::Place(_)
            | Token::Fell
            | Token::Rose
            | Token::Slowed
            | Token::Quickened
            | Token::Verdict(_)
            | Token::Have
            | Token::Rows(Rows::Problems)
    )
}
