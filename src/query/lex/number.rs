use std::ops::RangeInclusive;

use rust_decimal::Decimal;

use super::token::{Quantity, Token};
use crate::query::unit;

/// What a digit starts: a date, a year or a quantity.
pub(super) enum Number {
    /// The token and its length in characters.
    Read(Token, usize),
    /// Two years joined by a dash, and the lengths of first, dash and second.
    Years(i32, i32, [usize; 3]),
    /// Digits that make no number, and their length.
    Unreadable(usize),
    /// A year of which no report is (1440年), and its length.
    NoYear(usize),
}

/// Reads the number at the start of `rest` (folded characters); `None` where none starts there.
pub(super) fn number(rest: &[char], original: &[char]) -> Option<Number> {
    let sign = usize::from(rest.first() == Some(&'-'));
    if !rest.get(sign)?.is_ascii_digit() {
        return None;
    }
    if sign == 0 {
        if let Some((date, length)) = date(rest) {
            return Some(Number::Read(Token::Date(date), length));
        }
        if let Some(years) = years(rest).or_else(|| decade(rest)) {
            return Some(years);
        }
    }
    let (digits, mut length) = digits(&rest[sign..]);
    length += sign;
    let Ok(mut value) = digits.parse::<Decimal>() else {
        return Some(Number::Unreadable(length));
    };
    if sign == 1 {
        value.set_sign_negative(true);
    }
    let plain = digits.len() == 4 && sign == 0 && !digits.contains('.');
    let year = i32::try_from(value).ok();
    let year = year.filter(|year| plain && YEARS.contains(year));
    if plain && rest.get(length) == Some(&'年') && rest.get(length + 1) != Some(&'度') {
        length += 1;
        // 2015年至2020年间.
        length += usize::from(rest.get(length) == Some(&'间'));
        return Some(match year {
            Some(year) => Number::Read(Token::Year(year), length),
            None => Number::NoYear(length),
        });
    }
    let mut at = length;
    let mut scaled = false;
    let after = skip_blanks(rest, at);
    let after = after + by_piece(&rest[after..], true);
    if let Some((factor, taken)) = unit::scale(&rest[after..]) {
        match value.checked_mul(factor) {
            Some(product) => value = product,
            None => return Some(Number::Unreadable(after + taken)),
        }
        at = after + taken;
        scaled = true;
    }
    let after = skip_blanks(rest, at);
    let found = unit::unit(&rest[after..]);
    if let Some((_, taken)) = found {
        at = after + taken;
    }
    if let (None, false, Some(year)) = (&found, scaled, year) {
        return Some(Number::Read(Token::Year(year), length));
    }
    let token = Token::Quantity(Quantity {
        value: value.normalize(),
        unit: found.map(|(unit, _)| unit.base),
        text: original[..at].iter().collect(),
    });
    Some(Number::Read(token, at))
}

/// The length of 个 in 两个亿, 3个亿, where a number stands before it; in 2个百分点 it is part of the unit.
pub(super) fn by_piece(rest: &[char], is_number_before: bool) -> usize {
    let is_piece = rest.first() == Some(&'个') && matches!(rest.get(1), Some('亿' | '万'));
    usize::from(is_number_before && is_piece)
}

/// Four digits are one of these years, where nothing makes a quantity of them; reports are given since then.
const YEARS: RangeInclusive<i32> = 1949..=2100;

/// Digits with thousands separators and a fraction.
fn digits(rest: &[char]) -> (String, usize) {
    let mut text = String::new();
    let mut at = 0;
    let mut point = false;
    while let Some(&c) = rest.get(at) {
        let digit_follows = |n: usize| rest.get(at + n).is_some_and(char::is_ascii_digit);
        if c.is_ascii_digit() {
            text.push(c);
        } else if c == '.' && !point && digit_follows(1) {
            point = true;
            text.push(c);
        } else if !(c == ',' && !point && thousands(&rest[at + 1..], &text)) {
            break;
        }
        at += 1;
    }
    (text, at)
}

/// Whether exactly three digits follow, and the digits so far fit before a thousands separator.
fn thousands(rest: &[char], before: &str) -> bool {
    !before.is_empty()
        && rest.iter().take(3).filter(|c| c.is_ascii_digit()).count() == 3
        && !rest.get(3).is_some_and(char::is_ascii_digit)
        && before.len() <= 3 + 3 * (before.len() / 4)
}

/// 2024-07-01 and 2024年7月1日, as an ISO date.
fn date(rest: &[char]) -> Option<(String, usize)> {
    let (year, mut at) = whole(rest, 4)?;
    let chinese = match rest.get(at)? {
        '-' | '/' => false,
        '年' => true,
        _ => return None,
    };
    at += 1;
    let ends = |at: usize| matches!(rest.get(at), Some('底' | '末'));
    let day =
        |year: u32, month: u32, day: i8| jiff::civil::Date::new(year as i16, month as i8, day).ok();
    // 2024年底, 2024年年底, 2024年6月底.
    let again = usize::from(rest.get(at) == Some(&'年'));
    if chinese && ends(at + again) {
        return Some((day(year, 12, 31)?.to_string(), at + again + 1));
    }
    let (month, taken) = whole(&rest[at..], 2)?;
    at += taken;
    if chinese && rest.get(at) == Some(&'月') && ends(at + 1) {
        return Some((day(year, month, 1)?.last_of_month().to_string(), at + 2));
    }
    match (rest.get(at)?, chinese) {
        ('-' | '/', false) | ('月', true) => at += 1,
        _ => return None,
    }
    let (date, taken) = whole(&rest[at..], 2)?;
    at += taken;
    if chinese {
        if !matches!(rest.get(at), Some('日' | '号')) {
            return None;
        }
        at += 1;
    }
    Some((day(year, month, date as i8)?.to_string(), at))
}

/// 2019-2023.
fn years(rest: &[char]) -> Option<Number> {
    let (from, first) = whole(rest, 4)?;
    let mut at = first;
    if rest.get(at) == Some(&'年') {
        at += 1;
    }
    let start = at;
    if !matches!(rest.get(at)?, '-' | '–' | '—' | '~' | '～') {
        return None;
    }
    while matches!(rest.get(at), Some('-' | '–' | '—' | '~' | '～')) {
        at += 1;
    }
    let dash = at - start;
    let (to, mut second) = whole(&rest[at..], 4)?;
    if rest.get(at + second) == Some(&'年') {
        second += 1;
    }
    let (from, to) = (from as i32, to as i32);
    (YEARS.contains(&from) && YEARS.contains(&to)).then_some(Number::Years(
        from,
        to,
        [start, dash, second],
    ))
}

/// 1980s, 1980年代: ten years.
fn decade(rest: &[char]) -> Option<Number> {
    let (first, digits) = whole(rest, 4)?;
    let first = i32::try_from(first).ok()?;
    let length = match rest.get(digits)? {
        's' if !rest.get(digits + 1).is_some_and(|c| c.is_alphanumeric()) => 1,
        '年' if rest.get(digits + 1) == Some(&'代') => 2,
        _ => return None,
    };
    let is_one = first % 10 == 0 && YEARS.contains(&first);
    // The stretch is shared out among the two years and what joins them.
    is_one.then_some(Number::Years(first, first + 9, [digits - 1, 1, length]))
}

/// A whole number of at most `most` digits (exactly four for a year).
fn whole(rest: &[char], most: usize) -> Option<(u32, usize)> {
    let length = rest
        .iter()
        .take_while(|c| c.is_ascii_digit())
        .take(most + 1)
        .count();
    if length == 0 || length > most || (most == 4 && length != 4) {
        return None;
    }
    let text: String = rest[..length].iter().collect();
    Some((text.parse().ok()?, length))
}

pub(super) fn skip_blanks(rest: &[char], mut at: usize) -> usize {
    while rest.get(at) == Some(&' ') {
        at += 1;
    }
    at
}
