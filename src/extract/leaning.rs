//! Which subjects say too little alone, and what they lean on.

use super::figure::{Figure, Reader, Subject};
use super::indicator::indicator;
use super::lexicon::{Dimension, Role, Unit, holds, word_after, word_before, words};
use super::members::measure;
use super::nominal::{has_noun, only_verbs, opens_with_noun};
use super::own::Own;
use super::subject::{strip_lead, strip_link};
use crate::document::words::head;

impl Reader<'_> {
    /// Whether the figure before counts the same thing: 项目64个，其中亿元以上项目33个.
    pub(super) fn same_noun(&self, before: &str) -> bool {
        let end = before
            .char_indices()
            .rev()
            .nth(1)
            .map_or(before, |(at, _)| &before[at..]);
        !end.is_empty()
            && self
                .found
                .last()
                .is_some_and(|last| last.label.ends_with(end))
    }

    /// 走访企业300家，培训450人次: whom the verb reaches is not what was counted before, unless it says what came of it.
    pub(super) fn counts_persons_anew(&self, own: &Own<'_>) -> bool {
        let persons = |unit: &str| matches!(unit, "人" | "人次");
        let last = self.found.last().and_then(|last| last.quantity.as_ref());
        persons(own.unit)
            && !own.before.is_empty()
            && !has_noun(own.before)
            && word_after(own.before, Role::Sequel).is_none()
            && last.is_some_and(|last| last.unit.counts() && !persons(last.unit.base))
    }

    /// 道路硬化率75%，公交通村率94%: a rate of something that it names itself, behind a figure that leans on nothing. 群众满意率
    /// is of what was counted.
    pub(super) fn is_rate_of_its_own(&self, own: &Own<'_>) -> bool {
        let alone = |last: &Figure| {
            let unit = last.quantity.as_ref().map(|quantity| quantity.unit);
            let rate = unit.is_some_and(|unit| unit.dimension == Dimension::Share);
            last.label == last.shared || !(rate || unit.is_some_and(Unit::counts))
        };
        let general = [Role::General, Role::Thing]
            .iter()
            .any(|&role| word_after(own.before, role).is_some());
        own.before.ends_with('率')
            && own.before.chars().count() >= 5
            && !general
            && self.found.last().is_none_or(alone)
            && opens_with_noun(own.before)
    }

    /// 长护险参保人数1.5万人，参保率93%: whether a rate says again what the figure before counts, and so is of that.
    pub(super) fn rates_the_last(&self, own: &str, after: &str) -> bool {
        let stem = own.strip_suffix('率').filter(|_| after.is_empty());
        stem.filter(|stem| stem.chars().count() == 2)
            .is_some_and(|stem| {
                self.found.last().is_some_and(|last| {
                    let quantity = last.quantity.as_ref();
                    quantity.is_some_and(|quantity| quantity.unit.counts())
                        && last.label.find(stem).is_some_and(|at| at > 0)
                })
            })
    }

    /// 试点通过验收，市区面积达到8平方公里: the clause before has no figure, and the words of this one name a thing of their
    /// own.
    pub(super) fn is_another_statement(&self, own: &Own<'_>, owner: &Subject) -> bool {
        let of_a_figure = self
            .found
            .last()
            .is_some_and(|last| owner.start < last.range.end);
        let named_before = self.text[..own.range.start].ends_with('：');
        if of_a_figure || named_before || own.before.contains('的') {
            return false;
        }
        let measured = [Role::Measure, Role::SharedEnd]
            .iter()
            .find_map(|&role| word_before(own.before, role));
        let of = &own.before[..own.before.len() - measured.map_or(0, str::len)];
        of.chars().count() >= 2
            && own.before.chars().count() >= 4
            && !own.before.ends_with('率')
            && !words(Role::Unsaid).contains(&of)
            && word_after(own.before, Role::Leaning).is_none()
            && has_noun(of)
            && opens_with_noun(own.before)
    }

    /// What the subject of a growth leans on, where it is a bare measure: 规上企业39户、利润总额增长25.7%; or what the clause
    /// before it has measured without digits: 工业总产值突破万亿元，增加值增长8%.
    pub(super) fn owner_of_growth(&self, subject: &str, start: usize) -> Option<Subject> {
        if subject.chars().count() > 6 {
            return None;
        }
        let bare = || {
            words(Role::Measure).contains(&subject)
                || words(Role::Total).contains(&subject)
                || words(Role::SharedEnd).contains(&subject)
                || matches!(subject, "占比" | "标准" | "保障标准" | "交易额")
        };
        let last = self.found.last();
        let joint = last.and_then(|last| self.text.get(last.range.end..start));
        if let Some(joint @ ("、" | "，" | "")) = joint.map(str::trim) {
            let counts = last.is_some_and(|last| {
                let quantity = last.quantity.as_ref();
                quantity.is_some_and(|quantity| quantity.unit.counts())
            });
            // 工业增加值增长8%，投资增长10%: of the place as well as of its industry.
            let general = matches!(subject, "投资" | "收入" | "资金" | "支出" | "面积");
            let near = joint != "，" || counts || !general;
            return (near && bare() && indicator(subject, None).is_none())
                .then(|| self.context(start, false));
        }
        if !bare() || indicator(subject, None).is_some() || !self.text[..start].ends_with('，') {
            return None;
        }
        Some(self.clause_before(start)).filter(|clause| {
            last.is_none_or(|last| last.range.end <= clause.start)
                && measure(&clause.before).is_some_and(|of| of.len() < clause.before.len())
        })
    }

    /// 零售总额增长8%，其中城镇增长7%、乡村增长9%: the measure that a part takes from the whole before it.
    pub(super) fn measure_of_part(&self, subject: &str, own: &str) -> Option<&'static str> {
        let last = self.found.last()?;
        if !opens_a_part(own) && last.rule != GROWTH_OF_A_PART {
            return None;
        }
        let whole = measure(&last.label)?;
        (word_before(subject, Role::PartKind).is_some()
            && measure(subject).is_none()
            && indicator(subject, None).is_none())
        .then_some(whole)
    }

    /// 新增四上企业14家，其中工业2家、商贸7家，总数达到86家: the total is of what the parts were of.
    pub(super) fn total_behind_parts(&self, own: &Own<'_>) -> Option<Subject> {
        if !words(Role::Total).contains(&own.before) || !own.after.is_empty() {
            return None;
        }
        let segment = self.text[..own.range.start].rfind('；').unwrap_or(0);
        let parts = segment + self.text[segment..own.range.start].rfind("其中")?;
        let whole = self.found.iter().rfind(|figure| {
            let unit = figure.quantity.as_ref().map(|quantity| quantity.unit.base);
            figure.range.end <= parts && figure.range.end > segment && unit == Some(own.unit)
        })?;
        Some(Subject {
            before: whole.label.clone(),
            start: whole.range.start,
        })
    }

    /// 种植小麦5万亩，玉米3万亩: a short noun behind a figure that leans on nothing is one of its kind, not a part of it.
    pub(super) fn is_one_of_several(&self, own: &Own<'_>) -> bool {
        let total = own.before.ends_with('率')
            || words(Role::Total).contains(&own.before)
            || word_before(own.before, Role::Measure).is_some();
        let sequel = word_after(own.before, Role::Sequel).is_some();
        let short = !total && !sequel && own.before.chars().count() <= 3 && has_noun(own.before);
        short
            && self.found.last().is_some_and(|last| {
                let leans = last.label != last.shared && last.label.starts_with(&last.shared);
                !leans && self.text.get(last.range.end..own.range.start) == Some("，")
            })
    }
}

/// The rule of a growth whose subject is a part of the one before it.
pub(super) const GROWTH_OF_A_PART: &str = "growth of a part";

/// A subject together with what it leans on: 基地产能 and 产量 are 基地产量, 长护险参保人数 and 参保率 长护险参保率.
pub(super) fn leaned(owner: &str, own: &str) -> String {
    if let Some(at) = own
        .strip_suffix('率')
        .filter(|stem| stem.chars().count() == 2)
        .and_then(|stem| owner.find(stem))
        .filter(|&at| at > 0)
    {
        // 办结难事50件，办结率96% names what was done with what.
        let thing = &owner[at + own.len() - "率".len()..];
        if (2..=4).contains(&thing.chars().count())
            && measure(thing).is_none()
            && has_noun(thing)
            && opens_with_noun(thing)
        {
            return format!("{thing}{own}");
        }
        let of = &owner[..at];
        let new = word_after(of, Role::New).map_or(0, str::len);
        return format!("{}{own}", &of[new..]);
    }
    // 总投资超60亿元，完成年度投资15亿元: neither says of what.
    if words(Role::Measure).contains(&owner) && words(Role::Measure).contains(&own) {
        return own.to_owned();
    }
    // 新设市场主体19万户，总量增长8%: of all there are.
    let owner = owner
        .strip_prefix("新设")
        .or_else(|| owner.strip_prefix(word_after(owner, Role::New)?))
        .filter(|of| words(Role::Total).contains(&own) && !of.is_empty())
        .unwrap_or(owner);
    // 税收收入增收 is by how much it grew.
    let bare = (words(Role::Measure).contains(&own) || words(Role::SharedEnd).contains(&own))
        && word_before(own, Role::Rise).is_none();
    let ends = [Role::Measure, Role::SharedEnd].map(|role| word_before(owner, role));
    let end = ends.into_iter().flatten().max_by_key(|end| end.len());
    let of = end.map_or(owner, |end| &owner[..owner.len() - end.len()]);
    let of = if bare && of.chars().count() >= 2 {
        of
    } else {
        owner
    };
    // 走访群众 and 群众满意率 share their noun.
    let noun = head(own, 2);
    let of = of
        .strip_suffix(noun)
        .filter(|of| noun.chars().count() == 2 && noun.len() < own.len() && !of.is_empty())
        .unwrap_or(of);
    format!("{of}{own}")
}

/// Whether a clause opens with 其中, and so speaks of a part of the figure before.
pub(super) fn opens_a_part(text: &str) -> bool {
    text.trim_start_matches(['，', '、', '：', ' '])
        .starts_with("其中")
}

/// Whether a clause opens with 其中, 比 and the like, which speak of the figure before.
pub(super) fn is_context(text: &str) -> bool {
    word_after(
        text.trim_start_matches(['、', '，', ' ', '和', '与']),
        Role::Context,
    )
    .is_some()
}

/// Whether a subject says too little alone: 满意率, 总投资, a verb without its noun.
pub(super) fn needs_owner(before: &str, after: &str) -> bool {
    if !after.is_empty() || before.is_empty() {
        return false;
    }
    let count = before.chars().count();
    // 乡镇企业产值 says whose it is; 产值 does not.
    let whose = word_before(before, Role::Measure)
        .map(|measure| &before[..before.len() - measure.len()])
        .is_some_and(|of| {
            // 审计收缴资金 says what came of what.
            let doubly = of.chars().count() >= 4 && !self::says_only_how(of);
            // 花生产量 is of a crop.
            let least = if word_before(before, Role::Yield).is_some() {
                2
            } else {
                3
            };
            doubly || (of.chars().count() >= least && has_noun(of))
        });
    if whose {
        return false;
    }
    // 实现增加值5亿元: a verb and a measure.
    let only_measured = word_after(before, Role::VerbIn)
        .is_some_and(|verb| words(Role::SharedEnd).contains(&&before[verb.len()..]));
    (count <= 10 && rates(before))
        || only_measured
        || (count <= 6 && (before.ends_with('率') || word_before(before, Role::Measure).is_some()))
        || word_after(before, Role::Leaning).is_some()
        || opens_with_an_amount(before)
        || count <= 3
        || (count <= 4 && !has_noun(before) && !is_kind_of_revenue(before))
}

/// 过10亿元 of 过10亿元的10户: what those counted before must have to be meant.
fn opens_with_an_amount(subject: &str) -> bool {
    let amount = word_after(subject, Role::More)
        .map(|word| &subject[word.len()..])
        .or_else(|| subject.strip_prefix('过'));
    amount.is_some_and(|amount| amount.starts_with(|c: char| c.is_ascii_digit()))
        && ![Role::Thing, Role::Class]
            .iter()
            .any(|&role| holds(subject, role))
        && !subject.contains('的')
}

/// 预算收入, 基金支出: what the segmenter takes for a verb is a kind here; 完成收入 says only how.
fn is_kind_of_revenue(subject: &str) -> bool {
    let kind = subject
        .strip_suffix("收入")
        .or_else(|| subject.strip_suffix("支出"));
    kind.is_some_and(|kind| {
        let how = [Role::VerbIn, Role::Link, Role::Lead, Role::New, Role::Rise]
            .iter()
            .any(|&role| words(role).contains(&kind));
        kind.chars().count() == 2 && !how
    })
}

/// 累计完成, 预计实现: words that say how far something has come and not what.
fn says_only_how(words: &str) -> bool {
    strip_link(strip_lead(words)).chars().count() < 4
}

/// 办结率、回复率: nothing but rates.
fn rates(subject: &str) -> bool {
    let parts = || subject.split(['、', '和', '与', '及']);
    parts().count() > 1 && parts().all(|part| part.ends_with('率') && part.chars().count() <= 4)
}

/// Whether a subject is a verb and nothing more: 整改 of 整改33户危房.
pub(super) fn is_verb(subject: &str) -> bool {
    subject.chars().count() > 1 && only_verbs(subject)
}
