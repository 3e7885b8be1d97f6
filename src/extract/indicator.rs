//! Which indicator a subject names, where the figure is the whole place's own.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::lexicon::{Role, holds, indicators, word_after, word_before};
use super::nominal::only_verbs;
use super::subject::{strip_lead, strip_link};
use crate::document::dictionary::Dictionary;
use crate::document::word_table::{Classes, WordTable};
use crate::fact::Indicator;

struct Names {
    plain: Dictionary,
    /// The indicators of each name; several may share a name and differ in unit.
    of: Vec<Vec<&'static Indicator>>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut of: HashMap<&'static str, Vec<&'static Indicator>> = HashMap::new();
    for indicator in indicators() {
        for name in &indicator.names_zh {
            let plain: &'static str = match plain(name) {
                Cow::Borrowed(plain) => plain,
                // The lexicon lives as long as the program.
                Cow::Owned(plain) => plain.leak(),
            };
            let known = of.entry(plain).or_default();
            // The one whose usual name it is stands first.
            if *name == indicator.name_zh {
                known.insert(0, indicator);
            } else if !known.contains(&indicator) {
                known.push(indicator);
            }
        }
    }
    let plain = Dictionary::new(of.keys().copied());
    let known = |place| of.remove(plain.name(place)).unwrap_or_default();
    Names {
        of: (0..plain.len()).map(known).collect(),
        plain,
    }
});

impl Names {
    /// The last name in a subject, read from the left and each as long as may be: its place, and its bytes.
    fn last_in(&self, subject: &str) -> Option<(usize, Range<usize>)> {
        let mut last: Option<(usize, Range<usize>)> = None;
        let mut from = 0;
        for (at, _) in subject.char_indices() {
            if at >= from
                && let Some(place) = self.plain.openings(&subject[at..]).next()
            {
                from = at + self.plain.name(place).len();
                // 新增植树|造林面积: 植树造林面积 lies over both.
                let before = last.filter(|(_, before)| before.end == at);
                let over = before.and_then(|(_, before)| self.over(subject, before, from));
                last = over.or(Some((place, at..from)));
            }
        }
        last
    }

    /// The name that begins inside `first` and ends at `end`.
    fn over(
        &self,
        subject: &str,
        first: Range<usize>,
        end: usize,
    ) -> Option<(usize, Range<usize>)> {
        let inside = subject[first.clone()].char_indices().skip(1);
        inside.into_iter().find_map(|(at, _)| {
            let at = first.start + at;
            let mut names = self.plain.openings(&subject[at..end]);
            let whole = names.find(|&name| self.plain.name(name).len() == end - at)?;
            Some((whole, at..end))
        })
    }
}

/// Names that the same subject may also end in after the indicator's name: 固定资产投资总额.
const TAILS: [&str; 13] = [
    "总额", "总量", "总值", "总数", "额", "个数", "人数", "户数", "数量", "数", "规模", "水平",
    "面积",
];

/// The indicator that `subject` names as the place's own, in a unit that it can have.
///
/// Nothing but the place itself, times and verbs may stand before the name: 御桥地区楼宇产税 is a part's, and
/// 市级高新技术企业 are not the national ones.
pub(super) fn indicator(subject: &str, unit: Option<&str>) -> Option<&'static Indicator> {
    named(subject, unit, "").or_else(|| {
        // 服务业增加值占地区生产总值51%: what is so many per cent of another is its share of it. 占工业增加值 alone is of nobody
        // knows what.
        let is_share = unit == Some("%") && subject.contains('占') && !subject.ends_with(SHARE);
        is_share.then(|| named(&format!("{subject}{SHARE}"), unit, "占"))?
    })
}

/// What a share is called, where its name says it.
const SHARE: &str = "比重";

/// As [`indicator`], by a name that has this in it.
fn named(subject: &str, unit: Option<&str>, part: &str) -> Option<&'static Indicator> {
    let subject = &*plain(subject);
    let (name, last) = NAMES.last_in(subject)?;
    let before = &subject[..last.start];
    let after = strip_link(&subject[last.end..]);
    let tail = TAILS.iter().find(|tail| after.starts_with(**tail));
    let after = tail.map_or(after, |tail| strip_link(&after[tail.len()..]));
    if !subject[last.clone()].contains(part)
        || !after.is_empty()
        || !(own(before) || governed(before))
    {
        return None;
    }
    // 新增高速公路通车里程 is no length of all there is; names that say so themselves have no verb before them.
    let came_about = holds(before, Role::New);
    // 职工工资总额 is no average wage.
    let summed = tail.is_some_and(|tail| tail.starts_with('总'));
    let known = || {
        let known = NAMES.of[name].iter();
        known
            .filter(|indicator| !(came_about && holds(&indicator.name_zh, Role::Stock)))
            .filter(|indicator| !(summed && holds(&indicator.name_zh, Role::PerHead)))
    };
    match unit {
        None => known().next().copied(),
        Some(unit) => {
            let exact = known().find(|indicator| indicator.unit == unit);
            exact
                .or_else(|| known().find(|indicator| fits(&indicator.unit, unit)))
                .copied()
        }
    }
}

/// Whether a figure in `unit` can be of an indicator measured in `expected`: counters pass for one another.
fn fits(expected: &str, unit: &str) -> bool {
    if (expected == "户") != (unit == "户") && (expected == "人" || unit == "人") {
        return false;
    }
    let kind = |unit: &str| match unit {
        unit if unit.ends_with('元') => 0,
        "亩" | "平方米" | "公顷" => 1,
        "%" | "‰" => 2,
        "吨" | "米" | "立方米" | "百分点" => 3,
        _ => 4,
    };
    expected == unit || (kind(expected) == kind(unit) && kind(unit) != 3)
}

/// A subject without blanks, quotation marks, remarks in brackets and 的, its letters large.
fn plain(subject: &str) -> Cow<'_, str> {
    static WORDS: LazyLock<WordTable> =
        LazyLock::new(|| WordTable::new(INNER.map(|(word, _)| (word, 0))));
    let dropped = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '（' | '(' | '）' | ')' | '“' | '”' | '"' | '的' | '_' | '{' | '}'
            )
    };
    let small = |c: char| c.is_ascii_lowercase();
    if !subject.contains(|c| dropped(c) || small(c)) && !WORDS.holds(subject, Classes::one(0)) {
        return Cow::Borrowed(subject);
    }
    let mut plain = String::with_capacity(subject.len());
    let mut depth = 0;
    for c in subject.chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth -= 1,
            _ if depth > 0 || dropped(c) => {}
            _ => plain.push(c.to_ascii_uppercase()),
        }
    }
    for (word, plainer) in INNER {
        if plain.contains(word) {
            plain = plain.replace(word, plainer);
        }
    }
    Cow::Owned(plain)
}

/// Words inside a subject that leave its meaning: 城镇累计新增就业, 规模以上工业实现增加值.
const INNER: [(&str, &str); 19] = [
    ("年人均", "人均"),
    ("年末", ""),
    ("年底", ""),
    ("所占比重", "占比"),
    ("所占比例", "占比"),
    ("累计", ""),
    ("实现", ""),
    ("预计", ""),
    ("规模以上", "规上"),
    ("相当于", "占"),
    ("占全省生产总值", "占生产总值"),
    ("占全市生产总值", "占生产总值"),
    ("占全县生产总值", "占生产总值"),
    ("占全区生产总值", "占生产总值"),
    ("占全镇生产总值", "占生产总值"),
    ("占国内生产总值", "占生产总值"),
    ("占地区生产总值", "占生产总值"),
    ("占GDP", "占生产总值"),
    ("比例", "比重"),
];

/// 为低保、特困家庭等发放救助金: who received it does not make it a part's; nor do the examples before 等.
fn governed(before: &str) -> bool {
    let before = before.trim_end_matches("各类").trim_end_matches("各项");
    let given = ["发放", "拨付", "补助"]
        .iter()
        .any(|verb| before.ends_with(verb));
    (given
        && ["为", "向", "给", "对"]
            .iter()
            .any(|to| before.starts_with(to)))
        || before.ends_with("等线上")
        || before.ends_with('等')
}

/// Whether what stands before a name leaves the figure the place's own.
fn own(before: &str) -> bool {
    let mut rest = before;
    loop {
        let was = rest.len();
        rest = strip_lead(rest);
        for role in [Role::VerbIn, Role::Link, Role::Scope] {
            if let Some(word) = word_after(rest, role) {
                rest = &rest[word.len()..];
            }
        }
        rest = rest.trim_start_matches(['、', '，', '和', '的']);
        if rest.is_empty() {
            return true;
        }
        if rest.len() == was {
            // Other verbs leave it so as well, but for those that only ask for it.
            return only_verbs(rest) && word_after(rest, Role::Asking).is_none();
        }
    }
}

/// A subject from the indicator's name on: what stands before it is verbs and times. 新增 stays, since it makes a flow
/// of a stock.
pub(super) fn from_name<'t>(before: &'t str, indicator: &Indicator) -> &'t str {
    // Of money and shares the verb says nothing (完成税收收入); of things counted it does (举办招聘会).
    if !indicator.unit.ends_with('元') && indicator.unit != "%" {
        return before;
    }
    let at = indicator
        .names_zh
        .iter()
        .filter_map(|name| last_place(before, name))
        .min();
    at.map_or(before, |at| {
        let verb = word_before(&before[..at], Role::New).map_or(0, str::len);
        &before[at - verb..]
    })
}

/// Where a text has a name last. Both are short, and a search would take longer to prepare than to make.
fn last_place(text: &str, name: &str) -> Option<usize> {
    let (text, name) = (text.as_bytes(), name.as_bytes());
    let latest = text.len().checked_sub(name.len())?;
    let first = name.first()?;
    (0..=latest)
        .rev()
        .find(|&at| text[at] == *first && text[at..].starts_with(name))
}
