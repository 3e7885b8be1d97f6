//! Changes: growths and completions, joined to the value before them unless their clause has a subject of its own.

use std::ops::Range;

use rust_decimal::Decimal;

use super::comparison::{Base, strip_comparison};
use super::figure::{Figure, Growth, Reader};
use super::indicator::indicator;
use super::label::label;
use super::leaning::{GROWTH_OF_A_PART, leaned};
use super::lexicon::{Role, holds, word_before, words_in};
use super::quantity::{Mark, Quantity};
use super::subject::{strip_lead, strip_link};

impl Reader<'_> {
    /// A growth: of the subject that its clause names, else of the value before it.
    pub(super) fn growth(&mut self, own: Range<usize>, growth: Growth, quantity: &Quantity) {
        let lead = strip_lead(&self.text[own.clone()]);
        let subject = strip_link(lead);
        let again = self
            .found
            .last()
            .is_some_and(|last| last.growth.is_none() && says_again(subject, &last.label));
        let other = subject.is_empty() && self.speaks_of_another(own.start);
        if (subject.is_empty() && !other) || again {
            if let Some(at) = self
                .found
                .iter()
                .rposition(|figure| figure.growth.is_none() && figure.quantity.is_some())
            {
                let free = |whole: &Figure| whole.growth.is_none();
                let whole = whole_of_increment(&self.found, at, free);
                // 比2018年增加1200万元，增长18%: against the same year as what came on top.
                let base = whole.map(|_| base_of_increment(&self.found[at].label));
                let said = &self.text[own.start..quantity.range.start];
                let of_itself = ["同比", "上年", "去年"]
                    .iter()
                    .any(|word| said.contains(word));
                let base = base.filter(|_| growth.base == Base::YearBefore && !of_itself);
                let grown = &mut self.found[whole.unwrap_or(at)];
                grown.growth = Some(Growth {
                    base: base.unwrap_or(growth.base),
                    ..growth
                });
                grown.range.end = quantity.range.end;
                return;
            }
            if let Some(last) = self.found.last().cloned() {
                self.found.push(Figure {
                    quantity: None,
                    growth: Some(growth),
                    rank: None,
                    completion: None,
                    range: last.range.start..quantity.range.end,
                    rule: "second growth",
                    ..last
                });
                return;
            }
        }
        let start = own.end - lead.len();
        let (subject, start) = if subject.is_empty() {
            // 工业产值增速由负转正，增长3%: the rate is of the value, and the growth as well.
            let before = self.clause_before(own.start);
            let rate = word_before(&before.before, Role::RateOfChange)
                .filter(|_| !growth.points && !holds(&before.before, Role::Gap));
            let of = before.before.len() - rate.map_or(0, str::len);
            (before.before[..of].to_owned(), before.start)
        } else {
            (subject.to_owned(), start)
        };
        if subject.is_empty() {
            return;
        }
        if let Some(whole) = self.measure_of_part(&subject, &self.text[own.clone()]) {
            let subject = format!("{subject}{whole}");
            self.push_growth(
                &subject,
                start..quantity.range.end,
                growth,
                GROWTH_OF_A_PART,
            );
            return;
        }
        let (subject, start) = match self.owner_of_growth(&subject, own.start) {
            Some(owner) => (leaned(&owner.before, &subject), owner.start),
            None => (subject, start),
        };
        self.push_growth(&subject, start..quantity.range.end, growth, "growth alone");
    }

    /// 生产总值3亿元，增长9%，预算收入首次突破百万元大关，增长16%: whether the clause before a growth has a subject of its
    /// own and no figure, and the figures before it have their growths.
    fn speaks_of_another(&self, start: usize) -> bool {
        let Some(last) = self.found.last() else {
            return false;
        };
        let clause = self.clause_before(start);
        last.growth.is_some()
            && clause.start >= last.range.end
            && indicator(&clause.before, None).is_some()
    }

    pub(super) fn push_growth(
        &mut self,
        subject: &str,
        range: Range<usize>,
        growth: Growth,
        rule: &'static str,
    ) {
        let clause = self.text[..range.start]
            .rfind(['，', '；', '。'])
            .unwrap_or(0);
        let own = &self.text[clause..range.end];
        let named = indicator(subject, None);
        let part = named.and_then(|named| self.part_of(range.start, own, named));
        let named = named.filter(|_| part.is_none());
        let part = part
            .filter(|part| !subject.contains(part))
            .unwrap_or_default();
        self.found.push(Figure {
            label: label(&format!("{part}{subject}"), ""),
            indicator: named.map(|indicator| indicator.id.as_str()),
            quantity: None,
            growth: Some(growth),
            completion: None,
            rank: None,
            range,
            rule,
            shared: subject.to_owned(),
        });
    }

    /// 同比持平, 零增长, 翻番: changes without a number.
    pub(super) fn flat_changes(&mut self) {
        for (word, amount) in [("持平", 0), ("零增长", 0), ("翻番", 100)] {
            for (at, word) in self.text.match_indices(word) {
                let end = at + word.len();
                let before = &self.text[..at];
                if word == "持平" && !stands_alone(before, &self.text[end..])
                    || word == "翻番" && is_slogan(before)
                {
                    continue;
                }
                let start = self.text[..at]
                    .rfind(['，', '；', '。', '：'])
                    .map_or(0, |at| at + '，'.len_utf8());
                let clause = strip_lead(&self.text[start..at]);
                let (subject, base) = strip_comparison(clause.trim_end_matches(['“', '"', ' ']));
                let subject = strip_link(
                    subject
                        .trim_end_matches("基本")
                        .trim_end_matches("与上年")
                        .trim_end_matches("与去年"),
                );
                let base = if amount == 100 && base == Base::YearBefore {
                    Base::Earlier
                } else {
                    base
                };
                let growth = Growth {
                    amount: Decimal::from(amount),
                    points: false,
                    base,
                    average: false,
                    mark: Mark::Exact,
                    range: false,
                    to: None,
                };
                if !subject.is_empty() {
                    self.push_growth(subject, start..end, growth, "change without a number");
                } else if let Some(last) = self
                    .found
                    .iter_mut()
                    .rev()
                    .find(|figure| figure.range.end <= at && figure.growth.is_none())
                {
                    last.growth = Some(growth);
                    last.range.end = end;
                }
            }
        }
    }
}

/// 预算收入首次突破百亿元大关: what has reached a mark that no digits give.
pub(super) fn reached_what(clause: &str) -> &str {
    let mark = ["大关", "台阶", "关口"]
        .iter()
        .any(|mark| clause.ends_with(mark));
    let verb = words_in(clause, Role::More).next().filter(|_| mark);
    verb.map_or(clause, |(at, _)| strip_link(&clause[..at]))
}

/// 贷款余额910亿元，比年初增加167亿元，增长22%，完成计划的103%: these are of what there is, not of what came on top of it.
pub(super) fn whole_of_increment(
    found: &[Figure],
    at: usize,
    free: impl Fn(&Figure) -> bool,
) -> Option<usize> {
    let added = &found[at];
    let whole = &found[at.checked_sub(1)?];
    let unit = |figure: &Figure| figure.quantity.as_ref().map(|quantity| quantity.unit.base);
    let increment = [Role::Rise, Role::Fall]
        .iter()
        .any(|&role| word_before(&added.label, role).is_some());
    (increment
        && free(whole)
        && unit(whole) == unit(added)
        && [&whole.label, &whole.shared]
            .iter()
            .any(|of| !of.is_empty() && added.label.starts_with(of.as_str())))
    .then_some(at - 1)
}

/// What an increment is against: 全镇总产值比2018年增加.
fn base_of_increment(label: &str) -> Base {
    let change = [Role::Rise, Role::Fall]
        .iter()
        .find_map(|&role| word_before(label, role));
    strip_comparison(&label[..label.len() - change.map_or(0, str::len)]).1
}

/// 保持平稳 and 坚持平等 hold 持平 and are none.
fn stands_alone(before: &str, after: &str) -> bool {
    !before.ends_with(['保', '坚', '支', '维', '扶'])
        && !after.starts_with(['安', '稳', '等', '衡'])
}

/// 四翻番, 三个翻番, 双翻番: the name of a plan.
fn is_slogan(before: &str) -> bool {
    let counted = before.strip_suffix('个').unwrap_or(before);
    counted.ends_with(|c| "二三四五六七八九十双".contains(c))
}

/// Whether the subject of a growth only names the figure before it again: …供地100宗，供地总量增长.
fn says_again(subject: &str, label: &str) -> bool {
    let tails = ["总量", "总额", "增速", "增幅", "规模", "数量", "总数"];
    let stem = tails
        .iter()
        .find_map(|tail| subject.strip_suffix(tail))
        .unwrap_or(subject);
    stem.chars().count() >= 2 && label.ends_with(stem)
}
