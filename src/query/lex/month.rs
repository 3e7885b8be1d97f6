//! Months, and days before and after which something is: 2020年2月以前, `before February 2020`, 7月前, `before July 1`.

use super::{Lexer, Token};
use crate::fact::Span;
use crate::query::day::Day;
use crate::query::diagnostic::{Diagnostic, Fix};
use crate::query::word_list::{begins_with, word_list};

impl Lexer<'_> {
    /// A month with its year, or with the only year named before it, where a word stands for which of its days is
    /// meant: its first behind `before`, its last behind `after`, the last before it in front of 以前. Where no year is
    /// named the day is one of any year.
    pub(super) fn month(&mut self) -> bool {
        if let Some(length) = self.month_at_an_end() {
            let span = Span::new(self.at, self.at + length);
            let latest = self.catalog.years().iter().max().copied().unwrap_or(2023);
            let year = Fix::new(format!("{}年", latest + 1), Span::new(self.at, self.at));
            let fault = Diagnostic::new(
                "Q0115",
                span,
                "no day of a year is before its first month or after its last: of which year?",
                "一年里没有1月以前、12月以后的日子：请写出年份",
            );
            self.faults.push(fault.with_fixes([year]));
            self.at += length;
            return true;
        }
        let found = self.month_in_chinese().or_else(|| self.month_in_english());
        let Some((token, length)) = found else {
            return false;
        };
        self.push(token, length);
        true
    }

    /// The length of 1月 before 前, or of 12月 before 后, without a year.
    fn month_at_an_end(&self) -> Option<usize> {
        let rest: String = self.chars[self.at..].iter().take(6).collect();
        let is_inside = self.at > 0 && self.chars[self.at - 1].is_ascii_digit();
        let known = |length: usize| {
            let at = self.at + length;
            (at < self.chars.len()).then(|| self.known(at)).flatten()
        };
        ["1月份", "1月", "12月份", "12月"]
            .into_iter()
            .find_map(|month| {
                let length = month.chars().count();
                if is_inside || !rest.starts_with(month) || self.only_year().is_some() {
                    return None;
                }
                let at_end = match known(length)?.0 {
                    Token::Before | Token::Top => month.starts_with("1月"),
                    Token::After | Token::Bottom => month.starts_with("12"),
                    _ => false,
                };
                at_end.then_some(length)
            })
    }

    fn month_in_chinese(&self) -> Option<(Token, usize)> {
        let rest = &self.chars[self.at..];
        let digits = |from: usize| {
            let count = rest[from..].iter().take_while(|c| c.is_ascii_digit());
            let length = count.count();
            let text: String = rest[from..from + length].iter().collect();
            Some((text.parse::<i16>().ok()?, length))
        };
        let is_inside = self.at > 0 && self.chars[self.at - 1].is_ascii_digit();
        let (number, length) = digits(0).filter(|_| !is_inside)?;
        let (year, month, mut end) = match rest.get(length)? {
            '年' if length == 4 => {
                let (month, taken) = digits(length + 1)?;
                (Some(number), month, length + 1 + taken)
            }
            '月' if length <= 2 => (self.only_year(), number, length),
            _ => return None,
        };
        if rest.get(end) != Some(&'月') {
            return None;
        }
        end += 1;
        let first = Day::new(year, month, 1)?;
        let (day, taken) = digits(end).unwrap_or((0, 0));
        if taken > 0 && matches!(rest.get(end + taken), Some('日' | '号')) {
            let day = Day::new(year, month, day)?;
            return Some((Token::Date(day.to_string()), end + taken + 1));
        }
        if matches!(rest.get(end), Some('份')) {
            end += 1;
        }
        if matches!(rest.get(end), Some('底' | '末')) {
            return Some((Token::Date(first.last_of_month().to_string()), end + 1));
        }
        let next = (self.at + end < self.chars.len()).then(|| self.known(self.at + end));
        let day = match next.flatten().map(|(token, _)| token) {
            Some(Token::Before | Token::Top) => first.yesterday()?,
            // After the last month of any year is nothing.
            Some(Token::After | Token::Bottom) => {
                let last = first.last_of_month();
                last.tomorrow().map(|_| last)?
            }
            Some(
                Token::De
                | Token::Held
                | Token::Have
                | Token::Verdict(_)
                | Token::Planned
                | Token::Field(_)
                | Token::Rows(_),
            ) if taken == 0 => return Some((Token::Month(year, month), end)),
            _ => return None,
        };
        Some((Token::Date(day.to_string()), end))
    }

    fn month_in_english(&self) -> Option<(Token, usize)> {
        let rest = &self.chars[self.at..];
        let before = begins_with("end of month", rest).map_or(0, |(_, length)| length);
        let rest = &rest[before..];
        if before > 0
            && let Some(year) = year_alone(rest)
        {
            let last = Day::new(Some(year), 12, 31)?;
            let date = self.at_the_end(last)?;
            return Some((Token::Date(date.to_string()), before + 4));
        }
        let letters = rest.iter().take_while(|c| c.is_ascii_alphabetic()).count();
        let name: String = rest[..letters].iter().collect();
        let month = word_list("month").iter().position(|month| *month == name)?;
        let month = i16::try_from(month + 1).ok()?;
        let number = |from: usize| {
            let mut at = from;
            while matches!(rest.get(at), Some(' ' | ',')) {
                at += 1;
            }
            let digits: String = rest[at..]
                .iter()
                .take_while(|c| c.is_ascii_digit())
                .collect();
            let end = at + digits.len();
            let ends = at > from && !rest.get(end).is_some_and(char::is_ascii_alphanumeric);
            let value: Option<i16> = digits.parse().ok().filter(|_| ends);
            value.map(|value| (value, digits.len(), end))
        };
        let (day, end) = match number(letters) {
            Some((day, 1 | 2, end)) => (Some(day), end),
            _ => (None, letters),
        };
        let (year, end) = match number(end) {
            Some((year, 4, end)) => (Some(year), end),
            _ => (self.only_year(), end),
        };
        let first = Day::new(year, month, 1)?;
        let last = self.tokens.last().map(|last| &last.token);
        let date = match (day, last?) {
            (Some(day), Token::Before | Token::After | Token::By) => Day::new(year, month, day)?,
            (None, Token::Before | Token::By) if before > 0 => {
                self.at_the_end(first.last_of_month())?
            }
            // What is due by June may be due in it.
            (None, Token::By | Token::After) => first.last_of_month(),
            (None, Token::Before) => first,
            (None, Token::In) if before == 0 => return Some((Token::Month(year, month), end)),
            _ => return None,
        };
        Some((Token::Date(date.to_string()), before + end))
    }

    /// What is due before or by the end of a time may be due on its last day.
    fn at_the_end(&self, last: Day) -> Option<Day> {
        match self.tokens.last()?.token {
            Token::By => Some(last),
            Token::Before => last.tomorrow(),
            _ => None,
        }
    }

    /// The one year that the question has named, whose month is meant: `tasks in 2024 due before July`.
    fn only_year(&self) -> Option<i16> {
        let mut years = self.tokens.iter().filter_map(|placed| match placed.token {
            Token::Year(year) => i16::try_from(year).ok(),
            _ => None,
        });
        let year = years.next()?;
        years.next().is_none().then_some(year)
    }
}

/// Four digits that stand alone.
fn year_alone(rest: &[char]) -> Option<i16> {
    let digits: String = rest.iter().take_while(|c| c.is_ascii_digit()).collect();
    let ends = rest
        .get(digits.len())
        .is_none_or(|c| !c.is_alphanumeric() && *c != '-');
    digits.parse().ok().filter(|_| digits.len() == 4 && ends)
}
