//! Numbers that are no amounts: turns from an end, sessions of a congress, small numbers in words.

use rust_decimal::Decimal;

use super::number::{by_piece, skip_blanks};
use super::{Lexer, Quantity, Token, numeral};
use crate::query::ast::{Comparison, Field};
use crate::query::lang::is_han;
use crate::query::word_list::begins_with;

impl Lexer<'_> {
    /// 第二高, 排名第三, `second highest`, `2nd`: a turn from an end; the highest where no end is named.
    pub(super) fn turn(&mut self) -> bool {
        let rest = &self.chars[self.at..];
        let is_han = rest.first().is_some_and(|c| is_han(*c));
        if is_han
            && !self
                .tokens
                .last()
                .is_some_and(|last| last.token.ends_expr())
        {
            return false;
        }
        let begins = |from: usize, list: &str| {
            begins_with(list, &rest[from..]).map_or(0, |(_, length)| length)
        };
        let before = begins(0, "before a turn");
        let last = begins(before, "from the last");
        let Some((turn, taken)) = numeral::turn(&rest[before + last..]) else {
            return false;
        };
        let mut length = before + last + taken;
        if !is_han {
            let mut next = length;
            while rest.get(next) == Some(&' ') {
                next += 1;
            }
            let behind = self.known(self.at + next).map(|(token, _)| token);
            let ends = matches!(behind, Some(Token::Highest | Token::Lowest));
            if ends {
                self.push(Token::Nth(turn), length);
            }
            return ends;
        }
        length += begins(length, "counted turn");
        let end = match rest.get(length) {
            Some('高' | '大' | '多' | '快' | '强' | '长') => Some(Token::Highest),
            Some('低' | '小' | '少' | '慢' | '短') => Some(Token::Lowest),
            _ => None,
        };
        let closes = rest
            .get(length + usize::from(end.is_some()))
            .is_none_or(|c| !c.is_alphanumeric() || matches!(c, '的' | '是'));
        if !closes || last > 0 && end.is_some() {
            return false;
        }
        self.push(Token::Nth(turn), length);
        let taken = usize::from(end.is_some());
        let end = end.unwrap_or(if last > 0 {
            Token::Lowest
        } else {
            Token::Highest
        });
        self.push(end, taken);
        true
    }

    /// 第一次会议, though 第一次 is a word.
    pub(super) fn is_meeting(&self) -> bool {
        let rest = &self.chars[self.at..];
        let end = rest.iter().take(6).position(|c| *c == '次');
        rest.first() == Some(&'第')
            && end.is_some_and(|end| rest[end + 1..].starts_with(&['会', '议']))
    }

    /// 第十三届, 第三次: the number of a congress or of its meeting.
    pub(super) fn session(&mut self) -> bool {
        let rest = &self.chars[self.at..];
        if rest.first() != Some(&'第') {
            return false;
        }
        let digits = rest[1..].iter().take_while(|c| c.is_ascii_digit()).count();
        let text: String = rest[1..=digits].iter().collect();
        let number = match text.parse::<u32>() {
            Ok(number) if digits < 4 => Some((number, digits)),
            _ => numeral::chinese(&rest[1..]),
        };
        let Some((number, taken)) = number else {
            return false;
        };
        let (field, mut length) = match rest.get(1 + taken) {
            Some('届') => (Field::Congress, 2 + taken),
            Some('次') => (Field::Meeting, 2 + taken),
            _ => return false,
        };
        length += begins_with("meeting", &rest[length..]).map_or(0, |(_, length)| length);
        let text: String = rest[..length].iter().collect();
        self.push(Token::Field(field), 1);
        self.push(Token::Compare(Comparison::Eq), 0);
        let quantity = Quantity {
            value: number.into(),
            unit: None,
            text,
        };
        self.push(Token::Quantity(quantity), length - 1);
        true
    }

    /// 23年: a year of which only two figures are said, where the store has reports of about that time.
    pub(super) fn short_year(&mut self) -> bool {
        let counts = matches!(
            self.tokens.last(),
            Some(last) if matches!(
                last.token,
                Token::Recent | Token::InARow | Token::Top | Token::Bottom | Token::Each | Token::Compare(_)
            )
        );
        let [tens, ones, '年', rest @ ..] = &self.chars[self.at..] else {
            return false;
        };
        let (Some(tens), Some(ones)) = (tens.to_digit(10), ones.to_digit(10)) else {
            return false;
        };
        let spans = matches!(rest.first(), Some('内' | '间' | '期' | '多' | '度' | '级'));
        let behind_digit = self.at > 0 && self.chars[self.at - 1].is_ascii_alphanumeric();
        if counts || spans || behind_digit {
            return false;
        }
        let short = (tens * 10 + ones) as i32;
        let year = if short < 50 { 2000 } else { 1900 } + short;
        let years = self.catalog.years();
        // The plan of the last report is for the year behind it.
        let known = years.iter().min().zip(years.iter().max());
        let is_near = known.is_some_and(|(first, last)| (first - 1..=last + 1).contains(&year));
        if is_near {
            self.push(Token::Year(year), 3);
        }
        is_near
    }

    /// “十三五”期间: the years of a five-year plan, the tenth of which began in 2001.
    pub(super) fn plan_years(&mut self) -> bool {
        let rest = &self.chars[self.at..];
        let opens = usize::from(matches!(rest[0], '“' | '"'));
        let Some((number, taken)) = numeral::chinese(&rest[opens..]) else {
            return false;
        };
        // 十五 is the tenth, and reads as fifteen.
        let (plan, mut length) = if number == 15 {
            (10, opens + taken)
        } else if (10..=15).contains(&number) && rest.get(opens + taken) == Some(&'五') {
            (number, opens + taken + 1)
        } else {
            return false;
        };
        if matches!(rest.get(length), Some('”' | '"')) {
            length += 1;
        }
        let is_time = matches!(
            rest.get(length..length + 2),
            Some(['期', '间'] | ['时', '期'])
        );
        if !is_time {
            return false;
        }
        let first = 2001 + 5 * (plan as i32 - 10);
        self.push(Token::Year(first), length + 2);
        self.push(Token::To, 0);
        self.push(Token::Year(first + 4), 0);
        true
    }

    /// 三 in 近三年, 十 in 前十, 五个 in 五个镇, `ten`.
    pub(super) fn number_in_words(&mut self) -> bool {
        let bare = self.tokens.last().is_some_and(|last| {
            matches!(
                last.token,
                Token::Top | Token::Bottom | Token::Recent | Token::InARow | Token::Limit
            )
        });
        // 三市 behind the three.
        let rest = &self.chars[self.at..];
        let of_places = matches!(self.tokens.last(), Some(last) if matches!(last.token, Token::Place(_) | Token::Divide))
            && matches!(rest.get(1), Some('市' | '省' | '县' | '区' | '镇' | '乡'));
        let Some((quantity, length)) = numeral::number(rest, bare || of_places) else {
            return false;
        };
        self.push(Token::Quantity(quantity), length);
        true
    }

    /// 五年平均, 五年累计, 五年来, `five-year average`: of the last five years.
    pub(super) fn years_averaged(&mut self) -> bool {
        // 前三年 and 连续三年 have a word for which.
        if self.tokens.last().is_some_and(|last| {
            matches!(
                last.token,
                Token::Top
                    | Token::Bottom
                    | Token::Recent
                    | Token::InARow
                    | Token::Limit
                    | Token::Each
            )
        }) {
            return false;
        }
        let rest = &self.chars[self.at..];
        let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
        let (quantity, length) = if (1..=2).contains(&digits) {
            let text: String = rest[..digits].iter().collect();
            let Ok(value) = text.parse() else {
                return false;
            };
            let unit = None;
            (Quantity { value, unit, text }, digits)
        } else if let Some(found) = numeral::number(rest, true) {
            found
        } else {
            return false;
        };
        let behind: String = rest[length..].iter().take(14).collect();
        let year = if begins_with("years together", &rest[length..]).is_some() {
            // 2016年到2020年新增就业五年累计 says twice how many years they are.
            if self.years_named() == Some(quantity.value) {
                self.push(Token::The, length + 1);
                return true;
            }
            1
        } else if behind.starts_with("年来") {
            self.push(Token::Recent, 0);
            self.push(Token::Quantity(quantity), length);
            self.push(Token::YearWord, 2);
            return true;
        } else if begins_with("mean of years", &rest[length..]).is_some() {
            "-year".len()
        } else {
            return false;
        };
        self.push(Token::Recent, 0);
        self.push(Token::Quantity(quantity), length);
        self.push(Token::YearWord, year);
        true
    }

    /// How many years a question names from one to another.
    fn years_named(&self) -> Option<Decimal> {
        self.tokens.windows(3).find_map(|three| {
            match (&three[0].token, &three[1].token, &three[2].token) {
                (Token::Year(from), Token::To, Token::Year(to)) => Some((to - from + 1).into()),
                _ => None,
            }
        })
    }

    /// 万亿 in 超过万亿元; `one trillion`, and `a trillion` behind its article.
    pub(super) fn bare_scale(&mut self) -> bool {
        let mut before = self.tokens.iter().rev().map(|placed| &placed.token);
        let before = before.find(|token| **token != Token::The);
        let compares = matches!(before, Some(Token::Compare(_)));
        let rest = &self.chars[self.at..];
        // 一万亿, 五千亿; one trillion.
        let (times, digits) = numeral::chinese(rest)
            .or_else(|| numeral::before_scale(rest))
            .unwrap_or((1, 0));
        let digits = digits + by_piece(&rest[digits..], digits > 0);
        let scale = crate::query::unit::scale(&rest[digits..]).filter(|_| compares);
        let Some((scale, taken)) = scale else {
            return false;
        };
        let Some(value) = scale.checked_mul(times.into()) else {
            return false;
        };
        let mut length = digits + taken;
        let after = skip_blanks(rest, length);
        let unit = crate::query::unit::unit(&rest[after..]);
        if let Some((_, taken)) = unit {
            length = after + taken;
        }
        let quantity = Quantity {
            value,
            unit: unit.map(|(unit, _)| unit.base),
            text: self.original[self.at..self.at + length].iter().collect(),
        };
        self.push(Token::Quantity(quantity), length);
        true
    }
}
