//! The quantities in a sentence: numeral, unit and bound, wherever they stand, and nothing of what they measure.

use std::ops::Range;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::around::finish;
use super::lexicon::{Dimension, Role, Unit, holds, unit_at, word_after, word_before, words};
use super::numeral::{Numeral, numeral};
use super::subject::strip_link;
use crate::document::word_table::{Classes, WordTable};
use crate::document::words::head;

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

/// 22.7和28.8个百分点; 分别完成198、174和70万平方米: the unit, and the scale, stand only after the last number.
fn shared_unit(text: &str, start: usize, first: &Numeral, mut raw: Raw) -> Option<Quantity> {
    let mut at = start + first.len;
    let last = loop {
        let rest = text[at..].strip_prefix(['和', '、'])?;
        let next = numeral(rest).filter(|next| !next.chinese && !first.chinese)?;
        at = text.len() - rest.len() + next.len;
        if let Some(unit) = unit_at(&text[at..]) {
            raw.unit = Some(unit);
            break next;
        }
    };
    let clause = text[..start].rfind(['，', '；', '。']).unwrap_or(0);
    let wanted = match raw.unit?.dimension {
        Dimension::Points | Dimension::Share | Dimension::Times => true,
        _ => text[clause..start].contains("分别"),
    };
    if first.scale == Decimal::ONE {
        raw.value = first.value * last.scale;
    }
    wanted.then(|| finish(text, start, &raw))
}

/// 财政收入5200万，参保人数达到3.6万: the noun before says what is counted, and nothing else behind the number does.
fn unsaid_unit(text: &str, start: usize, raw: &Raw, last: Option<&Quantity>) -> Option<Quantity> {
    let number = text[start..raw.end].trim_end_matches(['多', '余']);
    if raw.chinese || !number.ends_with(['万', '亿']) {
        return None;
    }
    let after = &text[raw.end..];
    let bound = [Role::About, Role::Above, Role::Below]
        .iter()
        .find_map(|&role| word_after(after, role));
    let after = &after[bound.map_or(0, str::len)..];
    let after = after.strip_prefix("大关").unwrap_or(after);
    // 跨越7万亿、8万亿两个台阶: marks that were passed.
    let ends = after.is_empty() || after.starts_with(['，', '；', '。', '）', ',', ';', ')']);
    if let Some(form) = unsaid_in_list(text, start, after) {
        let raw = Raw {
            unit: unit_at(form),
            ..*raw
        };
        return Some(finish(text, start, &raw));
    }
    let listed = || {
        after
            .strip_prefix('、')
            .is_some_and(|next| numeral(next).is_none())
    };
    if !(ends || listed()) {
        return None;
    }
    let mut lead = text[..start].trim_end();
    let form = loop {
        let noun = UNSAID
            .iter()
            .find(|(role, _)| word_before(lead, *role).is_some());
        if let Some((_, form)) = noun {
            break Some(*form);
        }
        // 收入任务174万，完成198万
        if let Some(task) = lead.strip_suffix('，') {
            let last = last.filter(|last| last.range.end == task.len())?;
            let amount = matches!(last.unit.dimension, Dimension::Money | Dimension::Person);
            break amount.then_some(last.unit.form);
        }
        let word = BEFORE_NUMBERS
            .iter()
            .find_map(|&role| word_before(lead, role))?;
        lead = lead[..lead.len() - word.len()].trim_end();
    };
    let raw = Raw {
        unit: unit_at(form?),
        ..*raw
    };
    Some(finish(text, start, &raw))
}

/// 旅游收入、游客人次分别达3亿、60万: the unit of the number at `start`, which has its noun in the list before 分别.
fn unsaid_in_list(text: &str, start: usize, after: &str) -> Option<&'static str> {
    let clause = text[..start].rfind(['，', '；', '。', '：']);
    let clause = &text[clause.map_or(0, |at| at + '，'.len_utf8())..start];
    let (names, numbers) = clause.split_once("分别")?;
    let bare = |text: &str| {
        numeral(text).is_some_and(|n| !n.chinese && text[..n.len].ends_with(['万', '亿']))
    };
    let joints = ['、', '和', '与', '及'];
    let behind = after.strip_prefix(joints).is_some_and(bare);
    let before = numbers.split(joints).count() - 1;
    if !behind && before == 0 {
        return None;
    }
    let names: Vec<&str> = strip_link(names).split(joints).collect();
    // 养老、医疗保险参保人数: the last member has what they share.
    [names.get(before), names.last()]
        .into_iter()
        .flatten()
        .find_map(|noun| {
            let of = |(role, _): &&(Role, &str)| word_before(noun, *role).is_some();
            UNSAID.iter().find(of).map(|(_, form)| *form)
        })
}

/// Nouns whose numbers go without a unit, and the unit.
const UNSAID: [(Role, &str); 4] = [
    (Role::UnsaidMoney, "元"),
    (Role::UnsaidVisits, "人次"),
    (Role::UnsaidPersons, "人"),
    (Role::UnsaidUsers, "户"),
];

/// What may stand between such a noun and its number.
const BEFORE_NUMBERS: [Role; 10] = [
    Role::Completion,
    Role::Rise,
    Role::Fall,
    Role::Link,
    Role::Filler,
    Role::More,
    Role::AtLeast,
    Role::Approx,
    Role::Less,
    Role::AtMost,
];

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

/// 无一人伤亡, 未发生一起事故, 一人一户: none.
fn none_at_all(text: &str, start: usize, raw: &Raw) -> bool {
    let lead = &text[..start];
    raw.value == Decimal::ONE
        && raw
            .unit
            .is_some_and(|unit| words(Role::NoneCounter).contains(&unit.form))
        && !text[raw.end..].starts_with(['外', '大'])
        && word_before(lead, Role::NoneOf).is_some()
}

/// Whether a Chinese numeral counts or measures here: 五个村 does, 这三项, 第二批 and 四个自信 do not.
fn chinese_measures(
    text: &str,
    start: usize,
    raw: &Raw,
    unit: &Unit,
    before: Option<char>,
) -> bool {
    let lead = &text[..start];
    let after = &text[raw.end..];
    if before.is_some_and(|c| {
        "第各每这那数几前首上下此该某任同百千万十零一二三四五六七八九两双".contains(c)
    }) || lead.ends_with("党的")
        || lead.ends_with("中共")
        || word_after(&text[start..], Role::Idiom).is_some()
        || word_after(after, Role::Abstract).is_some_and(|word| ends_or_work(&after[word.len()..]))
    {
        return false;
    }
    let named = after.trim_start_matches(['“', '的']);
    if unit.dimension != Dimension::Money && word_after(named, Role::Speech).is_some() {
        return false;
    }
    let numeral = &text[start..raw.end - unit.form.len()];
    match unit.dimension {
        Dimension::Time => false,
        Dimension::Doubling | Dimension::Times | Dimension::Share | Dimension::Points => true,
        Dimension::Money
        | Dimension::Area
        | Dimension::Length
        | Dimension::Volume
        | Dimension::Mass => {
            raw.value > Decimal::TEN
                || (raw.value > Decimal::ONE && !matches!(unit.form, "方" | "立方" | "平" | "米"))
        }
        _ if raw.value == Decimal::ONE && raw.high.is_none() => {
            // 建立社工站一处: a single thing is counted only after its noun.
            let noun_before =
                before.is_some_and(|c| !c.is_ascii() && !"，。；、：进统唯万之另同无".contains(c));
            let ends = after.chars().next().is_none_or(|c| "，。；、".contains(c));
            noun_before && ends && words(Role::SingleCounter).contains(&unit.form)
        }
        // 人才政策十五条 is the name of a paper.
        _ if unit.form == "条" && after.starts_with(['，', '。', '；', '、']) => false,
        // 三大园区 are counted, 四大工程 are not, nor is any list of ten that is no list of industries and the like.
        _ if unit.form == "大" => {
            let noun = head(after, 7);
            let noun = noun
                .split(|c: char| !c.is_alphabetic())
                .next()
                .unwrap_or(noun);
            let counted = raw.value < Decimal::TEN
                || (raw.value == Decimal::TEN && holds(noun, Role::TenGreat));
            counted && !holds(noun, Role::Great)
        }
        _ if raw.value.is_zero() || numeral == "二" => false,
        Dimension::Noun => true,
        _ => words(Role::CountedInChinese).contains(&unit.form) || spelled_out(numeral, raw.value),
    }
}

/// 八千六百 (人) and 三百 (户) are written out; 百 and 千 alone are words.
fn spelled_out(numeral: &str, value: Decimal) -> bool {
    numeral.starts_with(|c| "一二三四五六七八九两".contains(c)) && value >= Decimal::ONE_HUNDRED
}

/// Whether nothing but a mark or 工作 follows: 六个方面工作.
fn ends_or_work(text: &str) -> bool {
    text.is_empty()
        || text.starts_with(['，', '。', '；', '：', '、', '“', '”', '（', '上', '和'])
        || text.starts_with("工作")
        || text.starts_with("的工作")
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
