//! Numbers in words: 三, 十二, two, ten. Only where a number of rows or years is said; amounts are in figures.

use rust_decimal::Decimal;

use super::number::skip_blanks;
use super::token::Quantity;
use crate::query::word_list::word_list;

const HAN: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
/// What rows are counted with.
const COUNTERS: [char; 9] = ['个', '名', '位', '项', '条', '份', '家', '强', '座'];

/// 零 to 九, and 两.
pub(super) fn digit(c: char) -> Option<u32> {
    let c = if c == '两' { '二' } else { c };
    HAN.iter()
        .position(|han| *han == c)
        .and_then(|n| u32::try_from(n).ok())
}

/// The Chinese number below a hundred that `rest` starts with, and its length.
pub(super) fn chinese(rest: &[char]) -> Option<(u32, usize)> {
    let digit = |at: usize| rest.get(at).copied().and_then(digit);
    let ten = |at: usize| rest.get(at) == Some(&'十');
    match (digit(0), ten(0), ten(1)) {
        (_, true, _) => Some(digit(1).map_or((10, 1), |ones| (10 + ones, 2))),
        (Some(tens), false, true) => {
            Some(digit(2).map_or((10 * tens, 2), |ones| (10 * tens + ones, 3)))
        }
        (Some(ones), false, false) => Some((ones, 1)),
        (None, false, _) => None,
    }
}

/// The number of rows in words that `rest` starts with, and its length: a Chinese one with what it counts with, or
/// `bare` without.
pub(super) fn number(rest: &[char], bare: bool) -> Option<(Quantity, usize)> {
    if let Some((value, digits)) = chinese(rest) {
        let counted = rest.get(digits).is_some_and(|c| COUNTERS.contains(c));
        return (bare || counted).then(|| {
            let length = digits + usize::from(counted);
            (quantity(value, &rest[..length]), length)
        });
    }
    let (value, length) = english(rest)?;
    Some((quantity(value, &rest[..length]), length))
}

/// The English number up to twelve that `rest` starts with, and its length.
fn english(rest: &[char]) -> Option<(u32, usize)> {
    let letters = rest.iter().take_while(|c| c.is_ascii_alphabetic());
    let word: String = letters.collect();
    let at = word_list("number")
        .iter()
        .position(|known| *known == word)?;
    Some((u32::try_from(at).ok()? + 1, word.len()))
}

/// The English number that stands before `million`, with the blanks behind it.
pub(super) fn before_scale(rest: &[char]) -> Option<(u32, usize)> {
    let (value, length) = english(rest)?;
    Some((value, skip_blanks(rest, length)))
}

/// The turn that `rest` starts with, and its length: 第二, `second`, `2nd`.
pub(super) fn turn(rest: &[char]) -> Option<(u32, usize)> {
    let digits = |from: usize| {
        let rest = &rest[from..];
        let length = rest.iter().take_while(|c| c.is_ascii_digit()).count();
        let text: String = rest[..length].iter().collect();
        text.parse::<u32>().ok().map(|turn| (turn, length))
    };
    if rest.first() == Some(&'第') {
        let (turn, length) = digits(1).or_else(|| chinese(&rest[1..]))?;
        return (turn > 0 && turn <= 1000).then_some((turn, 1 + length));
    }
    let word: String = rest
        .iter()
        .take_while(|c| c.is_ascii_alphanumeric())
        .collect();
    if let Some(at) = word_list("turn").iter().position(|known| *known == word) {
        return Some((u32::try_from(at).ok()? + 1, word.len()));
    }
    let (turn, length) = digits(0).filter(|(turn, _)| (1..=1000).contains(turn))?;
    matches!(&word[length..], "st" | "nd" | "rd" | "th").then_some((turn, word.len()))
}

fn quantity(value: u32, text: &[char]) -> Quantity {
    Quantity {
        value: Decimal::from(value),
        unit: None,
        text: text.iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words() {
        let read = |text: &str| {
            let chars: Vec<char> = text.chars().collect();
            number(&chars, true).map(|(quantity, length)| (quantity.value.to_string(), length))
        };
        for (text, value, length) in [
            ("三年", "3", 1),
            ("十名", "10", 2),
            ("十二个", "12", 3),
            ("二十", "20", 2),
            ("三十五个", "35", 4),
            ("两个", "2", 2),
            ("ten cities", "10", 3),
        ] {
            assert_eq!(read(text), Some((value.to_owned(), length)), "{text}");
        }
        assert_eq!(read("tent"), None);
        assert_eq!(read("镇"), None);
    }
}
