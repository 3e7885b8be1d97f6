//! The noun after a number: 13家涉气企业, 2651户7457人脱贫任务, 投资3亿元实施水利工程.

use super::figure::Reader;
use super::indicator::indicator;
use super::lexicon::{Dimension, Role, word_after, word_before, words};
use super::nominal::{has_noun, last_word, only_verbs, opens_with_noun};
use super::quantity::Quantity;
use super::subject::{attached, strip_link};

impl Reader<'_> {
    /// The noun after a number where it belongs to it, and the byte where it ends.
    pub(super) fn noun_after(&self, all: &[Quantity], at: usize, before: &str) -> (String, usize) {
        let quantity = &all[at];
        let money = quantity.unit.dimension == Dimension::Money;
        if money
            && word_before(before, Role::Spending).is_some()
            && indicator(before, Some("元")).is_none()
        {
            return self.purpose(all, at);
        }
        // 镇财政安排80万元用于修路
        if money
            && self.text[quantity.range.end..].starts_with("用于")
            && word_before(before, Role::Giving).is_some()
        {
            let (purpose, end) = self.purpose(all, at);
            return (format!("用于{purpose}"), end);
        }
        let (mut noun, mut end) = self.plain_noun_after(all, at, before);
        if noun.is_empty()
            && let Some(next) = all.get(at + 1)
        {
            // 2651户7457人脱贫任务, 5.68万㎡、528套住房: measures in a row share the noun after the last; a noun that
            // a second measure interrupts stands after that one's 的.
            let between = self.text[quantity.range.end..next.range.start].trim();
            let measures = !matches!(
                next.unit.dimension,
                Dimension::Share | Dimension::Points | Dimension::Times | Dimension::Time
            );
            let alike =
                next.unit == quantity.unit || (!quantity.unit.counts() && next.unit.counts());
            // 新建20公里、改造30公里农村公路: two verbs with one object.
            let verb = between.trim_start_matches(['、', '，', '和']);
            if next.unit == quantity.unit && only_verbs_pair(before, verb) {
                (noun, end) = self.plain_noun_after(all, at + 1, verb);
                if !opens_with_noun(&noun) {
                    noun.clear();
                }
                end = if noun.is_empty() {
                    quantity.range.end
                } else {
                    end
                };
            }
            if measures && (between.is_empty() || (between == "、" && (alike || !has_noun(before))))
            {
                (noun, end) = self.plain_noun_after(all, at + 1, before);
                // 低保户312户、498人足额发放…: what is done for those counted is no noun of theirs.
                let done = word_after(&noun, Role::Manner).is_some() || !opens_with_noun(&noun);
                if has_noun(before) && done {
                    (noun, end) = (String::new(), quantity.range.end);
                }
            }
        } else if let Some(of) = self.noun_of_kinds(all, at, &noun) {
            noun.push_str(&of);
        } else if let Some(next) = all.get(at + 1).filter(|_| quantity.unit.counts()) {
            let rest = &self.text[next.range.end..];
            let between = &self.text[quantity.range.end..next.range.start];
            if next.unit.dimension == Dimension::Money
                && rest.starts_with('的')
                && !between.contains(['，', '、', '；'])
            {
                let (of, of_end) = self.plain_noun_after(all, at + 1, "");
                noun.push_str(&of);
                end = of_end;
            }
        }
        if let Some(work) = self.work_with_both(all, at, before, &noun) {
            noun.push_str(work);
        }
        if quantity.unit.dimension == Dimension::Noun {
            let gap = if noun.starts_with('的') {
                ""
            } else {
                quantity.unit.form
            };
            noun = format!("{gap}{noun}");
        }
        (noun, end.max(quantity.range.end))
    }

    /// 完成12个诊所和8个卫生室改造: what is done with both stands behind the last.
    fn work_with_both(
        &self,
        all: &[Quantity],
        at: usize,
        before: &str,
        noun: &str,
    ) -> Option<&'static str> {
        let next = all.get(at + 1)?;
        let lead = self.text[..all[at].range.start].trim_end();
        let verb = word_before(lead, Role::WorkVerb).is_some();
        let between = self.text[all[at].range.end..next.range.start].strip_prefix(noun)?;
        // 12个治理项目, 8套房屋重建 say themselves what is done.
        let works = word_before(noun, Role::Works).map_or(0, str::len);
        let says = word_before(&noun[..noun.len() - works], Role::WorkTail).is_some()
            || last_word(noun).is_some_and(only_verbs);
        if !verb || says || noun.is_empty() || !matches!(between, "和" | "、" | "与" | "及") {
            return None;
        }
        let (other, _) = self.plain_noun_after(all, at + 1, before);
        word_before(&other, Role::WorkTail)
            .filter(|work| work.len() < other.len() && word_before(noun, Role::WorkTail).is_none())
    }

    /// 9项省级、5项市级试点任务: the noun that all members of a list have, after the last of their kinds.
    fn noun_of_kinds(&self, all: &[Quantity], at: usize, noun: &str) -> Option<String> {
        if !words(Role::Kind).contains(&noun) {
            return None;
        }
        let alike = |next: &Quantity| next.unit == all[at].unit;
        for next in at + 1..all.len() {
            let lead = &self.text[all[next - 1].range.end..all[next].range.start];
            let joint = lead.trim_end_matches(['、', '和', '及', '与']);
            if !alike(&all[next]) || joint.len() == lead.len() || joint.chars().count() > 5 {
                return None;
            }
            let (other, _) = self.plain_noun_after(all, next, "");
            let kind = word_after(&other, Role::Kind)?;
            if kind.len() < other.len() {
                return Some(other[kind.len()..].to_owned());
            }
        }
        None
    }

    /// The noun right after one number.
    fn plain_noun_after(&self, all: &[Quantity], at: usize, before: &str) -> (String, usize) {
        let quantity = &all[at];
        let nothing = (String::new(), quantity.range.end);
        // 1260名80岁以上老人: an age is part of the noun.
        let next = all[at + 1..]
            .iter()
            .find(|next| !matches!(next.unit.form, "岁" | "周岁"))
            .map_or(self.text.len(), |next| next.range.start);
        let rest = &self.text[quantity.range.end..next];
        // 416台（套）: the other counter in brackets.
        let rest = rest
            .strip_prefix("（")
            .and_then(|inner| inner.split_once('）'))
            .filter(|(inner, _)| inner.chars().count() <= 2)
            .map_or(rest, |(_, rest)| rest);
        let rest = without_note(rest);
        let of = rest.strip_prefix('的');
        let mut noun = without_among(before_another_verb(attached(of.unwrap_or(rest))));
        noun = before_examples(noun).map_or(noun, |joint| &noun[..joint]);
        let amount = |next: &Quantity| next.unit.dimension == Dimension::Money;
        if quantity.unit.counts() && all.get(at + 1).is_some_and(amount) && rest.ends_with(noun) {
            noun = without_measure(noun);
        }
        // 9个仓库、总面积3万平方米, 5个项目、推进7个: what is measured or done next is no part of the noun.
        if let Some((counted, next)) = noun.rsplit_once('、').filter(|_| rest.ends_with(noun))
            && at + 1 < all.len()
            && counted.chars().count() > 1
            && (words(Role::Measure).contains(&strip_link(next)) || only_verbs(next))
        {
            noun = counted;
        }
        // 三个园区产值均超过…: what leads to the next number is no part of the noun.
        if rest.ends_with(noun)
            && all
                .get(at + 1)
                .is_some_and(|after| after.range.start == next)
        {
            noun = strip_link(noun);
        }
        if noun.is_empty()
            || word_after(without_numeral(noun), Role::NoNoun).is_some()
            || rest.starts_with(['、', '和', '与', '及', '，', '；', '。', '：'])
        {
            return nothing;
        }
        let short_verb = before.chars().count() <= 4;
        let wanted = match quantity.unit.dimension {
            Dimension::Count | Dimension::Person | Dimension::Noun | Dimension::Share => true,
            Dimension::Money => {
                let given = || word_before(before, Role::Giving).is_some();
                of.is_some() || short_verb || (given() && opens_with_noun(noun))
            }
            Dimension::Points | Dimension::Times => of.is_some() || short_verb,
            _ => of.is_some() || short_verb || opens_with_noun(noun),
        };
        if !wanted {
            return nothing;
        }
        let at = rest.find(noun).unwrap_or(0);
        (
            noun.to_owned(),
            self.text.len().min(
                quantity.range.end + self.text[quantity.range.end..next].len() - rest.len()
                    + at
                    + noun.len(),
            ),
        )
    }

    /// What money was spent on: the rest of the clause without its numbers.
    fn purpose(&self, all: &[Quantity], at: usize) -> (String, usize) {
        let from = all[at].range.end;
        let mut rest = &self.text[from..];
        // 投资3亿元，实施…: the purpose stands in the clause after.
        let mut from = from;
        if let Some(next) = rest
            .strip_prefix('，')
            .filter(|next| {
                word_after(next, Role::Doing).is_some_and(|doing| {
                    // 总投资6亿元，完成投资1.5亿元: how much of it was spent.
                    word_after(&next[doing.len()..], Role::Measure).is_none()
                })
            })
            // 对外承包营业额 is another figure.
            .filter(|next| {
                !["对外", "对口", "对接"]
                    .iter()
                    .any(|word| next.starts_with(word))
            })
        {
            from += '，'.len_utf8();
            rest = next;
        }
        let mut clause = from + rest.find(['，', '；', '。', '：']).unwrap_or(rest.len());
        // 总投资12亿元的新校区、总投资4亿元的学校: the next money has a purpose of its own.
        let next = all[at + 1..]
            .iter()
            .find(|next| next.unit.dimension == Dimension::Money);
        if let Some(next) = next.filter(|next| next.range.start < clause) {
            let between = &self.text[from..next.range.start];
            let and = between.rfind('和').filter(|&at| {
                word_before(between, Role::Spending) == Some(&between[at + '和'.len_utf8()..])
            });
            let joint = between.rfind('、').max(and);
            clause = joint.map_or(clause, |joint| from + joint);
        }
        let mut kept = String::new();
        let mut until = from;
        for next in all[at + 1..]
            .iter()
            .take_while(|next| next.range.end <= clause)
        {
            kept.push_str(&self.text[until..next.range.start.max(until)]);
            until = next.range.end;
        }
        kept.push_str(&self.text[until..clause]);
        let mut noun = kept.trim_start_matches('的');
        while let Some(word) = word_after(noun, Role::Doing) {
            noun = &noun[word.len()..];
        }
        let of = if rest.starts_with('的') { "的" } else { "" };
        (format!("{of}{}", attached(noun)), clause)
    }
}

/// 12个项目计划总投资5亿元: what is measured next is no part of what was counted.
fn without_measure(noun: &str) -> &str {
    let lead = strip_link(noun);
    if let Some(places) = counted_places(lead) {
        return places;
    }
    let Some(measure) = word_before(lead, Role::Measure) else {
        return noun;
    };
    let counted = strip_link(lead[..lead.len() - measure.len()].trim_end_matches("计划"));
    // 规上工业 without 总产值 would be another thing; a project without its investment is a project.
    match word_before(counted, Role::Thing) {
        Some(_) => counted,
        None => noun,
    }
}

/// 21项指标中，9项居前: what is counted, not among what.
fn without_among(noun: &str) -> &str {
    noun.strip_suffix('中')
        .filter(|rest| rest.chars().count() >= 2)
        .filter(|rest| {
            !rest.ends_with(['初', '高', '集', '其', '完', '途', '心', '）', '水', '空'])
        })
        .unwrap_or(noun)
}

/// 光伏基地建设、新增装机: what is new behind the joint is another figure's.
fn before_another_verb(noun: &str) -> &str {
    let another = noun
        .match_indices('、')
        .find(|(at, joint)| word_after(&noun[at + joint.len()..], Role::New).is_some());
    another.map_or(noun, |(at, _)| &noun[..at])
}

/// 两个台阶 of 5000亿元、6000亿元两个台阶 without its numeral.
fn without_numeral(noun: &str) -> &str {
    let rest = noun.trim_start_matches(|c| "一二两三四五六七八九十".contains(c));
    if rest.len() == noun.len() {
        return noun;
    }
    rest.trim_start_matches(['个', '大'])
}

/// 6个村集体经济收入, 11个行政村的集体经济收入: the places counted, whose amount the next number is.
fn counted_places(noun: &str) -> Option<&str> {
    let places = word_after(noun, Role::Places)?;
    let amount = noun[places.len()..].trim_start_matches('的');
    // 村级收入 is of a kind, not of the villages counted.
    (amount.chars().count() >= 4
        && !amount.starts_with('级')
        && word_before(amount, Role::SharedEnd).is_some())
    .then_some(places)
}

/// 3个公用品牌和“槐渡酒”等7个企业品牌: where the examples of the next number begin.
pub(super) fn before_examples(text: &str) -> Option<usize> {
    if !text.ends_with('等') {
        return None;
    }
    ["和“", "与“", "及“"]
        .iter()
        .find_map(|joint| text.rfind(joint))
        .filter(|&joint| joint > 0)
}

/// Whether both are verbs and nothing else.
fn only_verbs_pair(before: &str, verb: &str) -> bool {
    let known = |text: &str| {
        [Role::New, Role::Stage, Role::VerbIn]
            .iter()
            .any(|&role| words(role).contains(&text))
    };
    let bare =
        |text: &str| (2..=4).contains(&text.chars().count()) && (known(text) || !has_noun(text));
    bare(before) && bare(verb)
}

/// 5条〔8〕竣工通车: a footnote mark after a number.
pub(super) fn without_note(text: &str) -> &str {
    text.strip_prefix('〔')
        .and_then(|note| note.split_once('〕'))
        .filter(|(note, _)| note.chars().count() <= 4)
        .map_or(text, |(_, rest)| rest)
}
