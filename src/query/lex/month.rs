//! Months before and after which something is: 2020年2月以前, `before February 2020`.

use super::{Lexer, Token};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

impl Lexer<'_> {
    /// A month with its year, or with the only year named before it, where a word stands for which of its days is
    /// meant: its first behind `before`, its last behind `after`, the last before it in front of 以前.
    pub(super) fn month(&mut self) -> bool {
        let found = self.month_in_chinese().or_else(|| self.month_in_english());
        let Some((date, length)) = found else {
            return false;
        };
        self.push(Token::Date(date.to_string()), length);
        true
    }

    fn month_in_chinese(&self) -> Option<(jiff::civil::Date, usize)> {
        let rest = &self.chars[self.at..];
        let digits = |from: usize| {
            let count = rest[from..].iter().take_while(|c| c.is_ascii_digit());
            let length = count.count();
            let text: String = rest[from..from + length].iter().collect();
            Some((text.parse::<i16>().ok()?, length))
        };
        let (year, length) = digits(0).filter(|(_, length)| *length == 4)?;
        let month_at = length + 1;
        if rest.get(length) != Some(&'年') {
            return None;
        }
        let (month, taken) = digits(month_at)?;
        let end = month_at + taken + 1;
        if rest.get(end - 1) != Some(&'月') {
            return None;
        }
        let first = first_of(year, i8::try_from(month).ok()?)?;
        match self.known(self.at + end)?.0 {
            Token::Before | Token::Top => Some((first.yesterday().ok()?, end)),
            Token::After => Some((first.last_of_month(), end)),
            _ => None,
        }
    }

    fn month_in_english(&self) -> Option<(jiff::civil::Date, usize)> {
        let rest = &self.chars[self.at..];
        let letters = rest.iter().take_while(|c| c.is_ascii_alphabetic()).count();
        let name: String = rest[..letters].iter().collect();
        let month = MONTHS.iter().position(|month| *month == name)?;
        let mut end = letters;
        while matches!(rest.get(end), Some(' ' | ',')) {
            end += 1;
        }
        let year: String = rest.iter().skip(end).take(4).collect();
        let ends = !rest.get(end + 4).is_some_and(char::is_ascii_alphanumeric);
        let own = year.parse().ok().filter(|_| ends && year.len() == 4);
        let (year, end) = match own {
            Some(year) => (year, end + 4),
            None => (self.only_year()?, letters),
        };
        let first = first_of(year, i8::try_from(month).ok()? + 1)?;
        let date = match self.tokens.last()?.token {
            Token::Before => first,
            Token::After => first.last_of_month(),
            _ => return None,
        };
        Some((date, end))
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

fn first_of(year: i16, month: i8) -> Option<jiff::civil::Date> {
    jiff::civil::Date::new(year, month, 1).ok()
}
