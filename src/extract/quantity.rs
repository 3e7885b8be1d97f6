//! The quantities in a sentence: numeral, unit and bound, wherever they stand, and nothing of what they measure.

use std::ops::Range;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::around::finish;
use super::counted::{chinese_measures, none_at_all};
use super::lexicon::{Dimension, Role, Unit, unit_at, word_after, word_before};
use super::numeral::{Numeral, numeral};
use super::unsaid::{shared_unit, unsaid_unit};
use crate::document::word_table::{Classes, WordTable};

/// A number with a unit.
#[derive(Debug, Clone)]
pub(super) struct Quantity {
    /// Bytes of the sentence, from the bound word before (约) to the one after (以上).
    pub(super) range: Range<usize>,
    /// Bytes of numeral and unit.
    pub(super) number: Range<usize>,
    /// In base units; the low end of a range.
    pub(super) value: Decimal,
    /// The high end of a range.
    pub(super) high: Option<Decimal>,
    /// The unit as the lexicon has it.
    pub(super) unit: &'static Unit,
    /// 天, 年 in 人次/天, 亩 in 公斤/亩.
    pub(super) per: Option<&'static str>,
    /// The bound words around it.
    pub(super) mark: Mark,
}

/// What the words around a number say of its exactness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Nothing.
    Exact,
    /// 约, 近, 左右
    About,
    /// 余, 多, 超过
    More,
    /// 不低于
    AtLeast,
    /// 以上: more than, where it was done; at least, where it is planned.
    Above,
    /// 不足
    Less,
    /// 以内, 不超过
    AtMost,
}

impl Mark {
    /// The name that a trace shows.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::About => "about",
            Self::More => "more than",
            Self::AtLeast => "at least",
            Self::Above => "以上",
            Self::Less => "less than",
            Self::AtMost => "at most",
        }
    }
}

/// Finds the quantities of a sentence, in order.
pub(super) fn quantities(text: &str) -> Vec<Quantity> {
    let mut found = Vec::new();
    // Up to here quotes stand in quotes and name nothing.
    let mut quoted = 0;
    let mut from = 0;
    while let Some((at, _)) = OPENINGS.within(&text[from..], Classes::one(0)).next() {
        let at = from + at;
        let Some(c) = text[at..].chars().next() else {
            break;
        };
        let before = text[..at].chars().next_back();
        from = at + c.len_utf8();
        if let Some(close) = closing_quote(c) {
            if at >= quoted {
                let end = text[from..].find(close);
                quoted = end.map_or(text.len(), |end| from + end + close.len_utf8());
                if is_name(&text[at..quoted], close) {
                    from = quoted;
                }
            }
        } else if c.is_ascii_digit() && part_of_name(before) && !after_measure(&text[..at]) {
            // The digits of a name are passed one by one.
        } else if let Some(quantity) = quantity(text, at, before, found.last()) {
            from = quantity.range.end.max(quantity.number.end);
            found.push(quantity);
        } else if let Some(number) = numeral(&text[at..]).filter(|number| !number.chinese) {
            from = at + number.len;
        }
    }
    found
}

/// What a numeral, or 百分之 or 千分之, and what a name in quotes can begin with.
static OPENINGS: LazyLock<WordTable> = LazyLock::new(|| {
    let signs = "0 1 2 3 4 5 6 7 8 9 〇 零 ○ 一 二 两 三 四 五 六 七 八 九 十 百 千 “ 《 「 ‘ \"";
    WordTable::new(signs.split(' ').map(|sign| (sign, 0)))
});

/// Digits after a Latin letter (G104, PM2.5), a hash or 第 belong to a name.
fn part_of_name(before: Option<char>) -> bool {
    before.is_some_and(|c| {
        c.is_ascii_alphanumeric()
            || matches!(
                c,
                '.' | '_' | '#' | '第' | '$' | '*' | '＊' | '□' | '■' | '●'
            )
    })
}

/// 实现GDP19.92亿元: letters that are a measure and no part of a name.
fn after_measure(before: &str) -> bool {
    word_before(before, Role::LatinMeasure).is_some_and(|word| {
        !before[..before.len() - word.len()].ends_with(|c: char| c.is_ascii_alphanumeric())
    })
}

/// The mark that ends what this one opens, where that is a name or a title.
const fn closing_quote(c: char) -> Option<char> {
    match c {
        '“' => Some('”'),
        '《' => Some('》'),
        '「' => Some('」'),
        '‘' => Some('’'),
        '"' => Some('"'),
        _ => None,
    }
}

/// Whether what stands in quotes is a name: it is short, and no list of figures.
fn is_name(quoted: &str, close: char) -> bool {
    let marks = ['“', '”', '"', '《', '》', '「', '」', '‘', '’'];
    let list = || quoted.contains('、') && quantities(quoted.trim_matches(marks)).len() > 1;
    quoted.ends_with(close) && quoted.chars().count() <= 24 && !list()
}

fn quantity(
    text: &str,
    start: usize,
    before: Option<char>,
    last: Option<&Quantity>,
) -> Option<Quantity> {
    let rest = &text[start..];
    if let Some(share) = spelled_share(text, start) {
        return Some(finish(text, start, &share));
    }
    let first = numeral(rest)?;
    let mut at = start + first.len;
    let mut raw = Raw {
        value: first.value,
        high: first.high,
        unit: None,
        end: at,
        more: first.more,
        chinese: first.chinese,
    };
    let first_unit = unit_at(&text[at..]);
    let after_unit = at + first_unit.map_or(0, |unit| unit.form.len());
    // 从1亿元到2亿元的跨越: an old value and a new one.
    let turns = first_unit.is_some()
        && text[..start].ends_with(['从', '由'])
        && text[after_unit..].starts_with(['到', '至']);
    if let Some((last, dash)) = range_end(text, after_unit, first.chinese)
        .or_else(|| range_end(text, at, first.chinese))
        .filter(|_| !turns)
    {
        at = dash + last.len;
        let low = if first.scale == Decimal::ONE && first_unit.is_none() {
            first.value * last.scale
        } else {
            first.value
        };
        raw = Raw {
            value: low,
            high: Some(last.value),
            unit: None,
            end: at,
            more: last.more,
            chinese: first.chinese,
        };
    }
    let Some(unit) = unit_at(&text[at..]) else {
        return unsaid_unit(text, start, &raw, last)
            .or_else(|| shared_unit(text, start, &first, raw));
    };
    // 突破200亿大关: a mark, no counter.
    if unit.form == "大" && text[at + unit.form.len()..].starts_with('关') {
        return None;
    }
    // 20个人文基地: behind digits 个 begins no other word.
    let counter = unit.form == "个" && !first.chinese;
    if (unit.counts() || unit.form == "成")
        && !counter
        && unit.form.chars().count() == 1
        && word_after(&text[at..], Role::NotUnit).is_some()
    {
        return None;
    }
    // 1、2号地块, 3、4、5地块: a list of names.
    if !first.chinese
        && unit.dimension == Dimension::Noun
        && text[..start].ends_with('、')
        && text[..start - '、'.len_utf8()].ends_with(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    raw.end = at + unit.form.len();
    raw.unit = Some(unit);
    if raw.chinese && none_at_all(text, start, &raw) {
        raw.value = Decimal::ZERO;
    } else if raw.chinese && !chinese_measures(text, start, &raw, unit, before) {
        return None;
    }
    Some(finish(text, start, &raw))
}

/// A numeral and its unit before bounds are looked at.
pub(super) struct Raw {
    pub(super) value: Decimal,
    pub(super) high: Option<Decimal>,
    pub(super) unit: Option<&'static Unit>,
    pub(super) end: usize,
    pub(super) more: bool,
    pub(super) chinese: bool,
}

/// 百分之八点五, 百分之百, 千分之六.
fn spelled_share(text: &str, start: usize) -> Option<Raw> {
    let (rest, unit) = match text[start..].strip_prefix("千分之") {
        Some(rest) => (rest, "‰"),
        None => (text[start..].strip_prefix("百分之")?, "%"),
    };
    let (value, len) = match numeral(rest) {
        Some(n) => (n.value, n.len),
        None if rest.starts_with('百') => (Decimal::ONE_HUNDRED, "百".len()),
        None => return None,
    };
    Some(Raw {
        value,
        high: None,
        unit: unit_at(unit),
        end: start + "百分之".len() + len,
        more: false,
        chinese: true,
    })
}

/// The second numeral of a range that goes on at `at`, written as the first is: `—7%`, 至五.
fn range_end(text: &str, at: usize, chinese: bool) -> Option<(Numeral, usize)> {
    let rest = &text[at..];
    let dash = match rest.chars().next()? {
        '—' if rest.starts_with("——") => "——".len(),
        dash @ ('—' | '–' | '－' | '-' | '~' | '～' | '至' | '到') => dash.len_utf8(),
        _ => return None,
    };
    let last = numeral(&rest[dash..]).filter(|n| n.chinese == chinese)?;
    Some((last, at + dash))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        quantities(text)
            .iter()
            .map(|q| {
                let high = q
                    .high
                    .map_or(String::new(), |high| format!("..{}", high.normalize()));
                format!("{}{high} {} {:?}", q.value.normalize(), q.unit.base, q.mark)
            })
            .collect()
    }

    #[test]
    fn numbers_with_units_and_bounds() {
        assert_eq!(read("发放资金 5500余万元"), ["55000000 元 More"]);
        assert_eq!(
            read("接待来访近150余批次460余人次"),
            ["150 批次 About", "460 人次 More"]
        );
        assert_eq!(read("增长6%—7%"), ["6..7 % Exact"]);
        assert_eq!(read("打造工厂1—2家"), ["1..2 家 Exact"]);
        assert_eq!(read("达到34亿元以上"), ["3400000000 元 Above"]);
        assert_eq!(read("失业率控制在3%以内"), ["3 % AtMost"]);
        assert_eq!(read("不低于95%"), ["95 % AtLeast"]);
        assert_eq!(
            read("改造25万平方、绿地3800㎡"),
            ["250000 平方米 Exact", "3800 平方米 Exact"]
        );
        assert_eq!(
            read("百分之八点五，百分之百"),
            ["8.5 % Exact", "100 % Exact"]
        );
        assert_eq!(read("发动近200人次/天"), ["200 人次 About"]);
    }

    #[test]
    fn digits_that_are_names() {
        assert!(read("“稳企30条”、1号地块、省道104、PM2.5、第3批、12345热线、1511行动").is_empty());
    }

    #[test]
    fn chinese_numerals_that_measure() {
        assert_eq!(
            read("五个村，皮划艇两艘，三大工业区，社工站一处"),
            ["5 个 Exact", "2 艘 Exact", "3 个 Exact", "1 处 Exact"]
        );
        assert!(read("这三项工作，一个中心，第二批，每一户，四个自信，一网统管").is_empty());
    }
}
