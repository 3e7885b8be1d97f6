//! Numerals, Arabic and Chinese, with their scales: `16.86亿`, `2万多`, `三千二百万`, `10余万`.

use rust_decimal::Decimal;

use crate::document::numeral;

/// A numeral at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Numeral {
    /// With its scale multiplied out; the low end of 三五 (百).
    pub(super) value: Decimal,
    /// The high end of 三五 (百).
    pub(super) high: Option<Decimal>,
    /// The scale alone: 100000000 for 亿, 1 where there is none.
    pub(super) scale: Decimal,
    /// Bytes, scale and 余 or 多 included.
    pub(super) len: usize,
    /// Whether 余, 多 or 几 makes it a lower bound.
    pub(super) more: bool,
    /// Whether it is written in Chinese characters.
    pub(super) chinese: bool,
}

/// Reads the numeral that `text` begins with.
pub(super) fn numeral(text: &str) -> Option<Numeral> {
    match text.chars().next()? {
        '0'..='9' if is_of_this_world(text) => arabic(text),
        c if (digit(c).is_some() || c == '十') && is_of_this_world(text) => {
            between(text).or_else(|| chinese(text))
        }
        _ => None,
    }
}

/// Whether the numeral stays below 10²⁸, which arithmetic can hold: no rows of more than 12 digits under 万 and 亿, and
/// these at most twice. A text of nothing but digits is no number.
fn is_of_this_world(text: &str) -> bool {
    const LONGEST: usize = 64;
    let (mut row, mut longest, mut scales) = (0_usize, 0_usize, 0_usize);
    for (at, c) in text.chars().enumerate() {
        match c {
            '万' | '亿' => {
                scales += 1;
                row = 0;
            }
            '十' | '百' | '千' => row = 0,
            ',' | '.' | '点' | '余' | '多' | '几' => {}
            _ if c.is_ascii_digit() || digit(c).is_some() => {
                row += 1;
                longest = longest.max(row);
            }
            _ => break,
        }
        if at == LONGEST {
            return false;
        }
    }
    scales <= 2 && longest <= if scales == 0 { 24 } else { 12 }
}

fn arabic(text: &str) -> Option<Numeral> {
    let bytes = text.as_bytes();
    let mut end = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let mut digits = text[..end].to_owned();
    // Thousands commas: 1,234,567, each group of exactly three digits.
    while end <= 3 * (1 + digits.len() / 3) + 4 && bytes.get(end) == Some(&b',') {
        let group = bytes[end + 1..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count();
        if group != 3 {
            break;
        }
        digits.push_str(&text[end + 1..end + 4]);
        end += 4;
    }
    if bytes.get(end) == Some(&b'.') {
        let fraction = bytes[end + 1..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count();
        if fraction > 0 {
            digits.push_str(&text[end..=end + fraction]);
            end += 1 + fraction;
        }
    }
    let value: Decimal = digits.parse().ok()?;
    let (scale, len, more) = scale(&text[end..]);
    Some(Numeral {
        value: value.checked_mul(scale)?,
        high: None,
        scale,
        len: end + len,
        more,
        chinese: false,
    })
}

/// The scale words at the start of `text`, with 余, 多 and 几 among them.
fn scale(text: &str) -> (Decimal, usize, bool) {
    let mut factor = Decimal::ONE;
    let (mut len, mut more) = (0, false);
    for c in text.chars() {
        match c {
            '十' => factor *= Decimal::TEN,
            '百' => factor *= Decimal::ONE_HUNDRED,
            '千' if !text[len..].starts_with("千瓦")
                && !text[len..].starts_with("千米")
                && !text[len..].starts_with("千克") =>
            {
                factor *= Decimal::ONE_THOUSAND;
            }
            '万' => factor *= Decimal::from(10_000),
            '亿' => factor *= Decimal::from(100_000_000),
            '余' | '多' | '几' => more = true,
            _ => break,
        }
        len += c.len_utf8();
    }
    (factor, len, more)
}

/// The value of a Chinese digit in a quantity, where 两 is two and no letter a zero.
fn digit(c: char) -> Option<u32> {
    match c {
        '两' => Some(2),
        c if c.is_ascii() || c == 'Ｏ' => None,
        c => numeral::digit(c),
    }
}

/// 三五, 七八百, 两三千万: two neighbouring digits are the ends of a range.
fn between(text: &str) -> Option<Numeral> {
    let mut chars = text.chars();
    let (low, high) = (chars.next()?, chars.next()?);
    let (from, to) = (digit(low)?, digit(high)?);
    let neighbours =
        (from > 1 && from + 1 == to) || (from, to) == (3, 5) || (low, high) == ('一', '两');
    if !neighbours || chars.next().is_some_and(|next| digit(next).is_some()) {
        return None;
    }
    // What is behind the two is read with each of them.
    let upper = chinese(&text[low.len_utf8()..])?;
    let lower = format!("{low}{}", &text[low.len_utf8() + high.len_utf8()..]);
    let lower = chinese(&lower).filter(|lower| lower.len == upper.len)?;
    Some(Numeral {
        high: Some(upper.value),
        len: low.len_utf8() + upper.len,
        ..lower
    })
}

fn chinese(text: &str) -> Option<Numeral> {
    // total: finished 亿 and 万 parts; part: below the next scale; last: the digit that waits for its scale.
    let (mut total, mut part) = (Decimal::ZERO, Decimal::ZERO);
    let mut last: Option<Decimal> = None;
    let mut plain_digits = 0;
    let (mut len, mut more, mut fraction) = (0, false, None::<Decimal>);
    let mut top = Decimal::ONE;
    for c in text.chars() {
        if let Some(d) = digit(c) {
            let d = Decimal::from(d);
            if let Some(unit) = fraction.as_mut() {
                *unit /= Decimal::TEN;
                last = Some(last.unwrap_or_default() + d * *unit);
            } else if let (Some(before), true) = (last, plain_digits > 0) {
                last = Some(before * Decimal::TEN + d);
            } else {
                last = Some(d);
            }
            plain_digits += 1;
        } else if let Some(small) = match c {
            '十' => Some(10),
            '百' => Some(100),
            '千' => Some(1000),
            _ => None,
        } {
            if text[len..].starts_with("千瓦")
                || text[len..].starts_with("千米")
                || text[len..].starts_with("千克")
            {
                break;
            }
            if last.is_none() && small != 10 {
                break;
            }
            part += last.take().unwrap_or(Decimal::ONE) * Decimal::from(small);
            plain_digits = 0;
        } else if c == '万' || c == '亿' {
            let scale = Decimal::from(if c == '万' { 10_000 } else { 100_000_000 });
            part += last.take().unwrap_or_default();
            if part.is_zero() && total.is_zero() {
                break;
            }
            if part.is_zero() {
                total *= scale;
            } else if c == '亿' {
                total = (total + part) * scale;
            } else {
                total += part * scale;
            }
            part = Decimal::ZERO;
            plain_digits = 0;
            top = scale;
            fraction = None;
        } else if c == '点'
            && fraction.is_none()
            && (last.is_some() || !part.is_zero())
            && text[len + c.len_utf8()..].starts_with(|c| digit(c).is_some())
        {
            fraction = Some(Decimal::ONE);
        } else if (c == '余' || c == '多') && len > 0 {
            more = true;
        } else {
            break;
        }
        len += c.len_utf8();
    }
    (len > 0).then(|| Numeral {
        value: total + part + last.unwrap_or_default(),
        high: None,
        scale: top,
        len,
        more,
        chinese: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, bool, &str) {
        let n = numeral(text).expect(text);
        (n.value.normalize().to_string(), n.more, &text[n.len..])
    }

    #[test]
    fn arabic_numerals() {
        assert_eq!(read("16.86亿元"), ("1686000000".into(), false, "元"));
        assert_eq!(read("2万多人次"), ("20000".into(), true, "人次"));
        assert_eq!(read("10余万人"), ("100000".into(), true, "人"));
        assert_eq!(read("1,234.5万元"), ("12345000".into(), false, "元"));
        assert_eq!(read("12,13号"), ("12".into(), false, ",13号"));
        assert_eq!(read("3千瓦"), ("3".into(), false, "千瓦"));
    }

    #[test]
    fn chinese_numerals() {
        assert_eq!(read("三千二百万元"), ("32000000".into(), false, "元"));
        assert_eq!(
            read("二百三十亿六千万元"),
            ("23060000000".into(), false, "元")
        );
        assert_eq!(read("八点五"), ("8.5".into(), false, ""));
        assert_eq!(read("二十点五四"), ("20.54".into(), false, ""));
        assert_eq!(read("两艘"), ("2".into(), false, "艘"));
        assert_eq!(read("十二个"), ("12".into(), false, "个"));
        assert_eq!(read("二〇二三年"), ("2023".into(), false, "年"));
        assert_eq!(read("三十余家"), ("30".into(), true, "家"));
        assert_eq!(read("七八百户"), ("700".into(), false, "户"));
        assert_eq!(
            numeral("两三千万元").and_then(|n| n.high),
            Some(Decimal::from(30_000_000))
        );
        assert_eq!(numeral("二〇二三年").and_then(|n| n.high), None);
        assert_eq!(numeral("三十五家").and_then(|n| n.high), None);
    }
}
