//! Which subjects say too little alone, and what they lean on.

use super::figure::{Figure, Reader, Subject};
use super::lexicon::{Dimension, Role, word_after, word_before, words};
use super::nominal::{has_noun, only_verbs, opens_with_noun};
use super::subject::{strip_lead, strip_link};
use super::value::{Own, TOTALS};

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

    /// 道路硬化率75%，公交通村率94%: a rate of something that is named, behind a figure that counts nothing and leans on
    /// nothing.
    pub(super) fn is_rate_of_its_own(&self, own: &Own<'_>) -> bool {
        let amount = |last: &Figure| {
            let unit = last.quantity.as_ref().map(|quantity| quantity.unit);
            let leans = last.label != last.shared
                && unit.is_some_and(|unit| unit.dimension == Dimension::Share);
            !leans && unit.is_none_or(|unit| !unit.counts())
        };
        own.before.ends_with('率')
            && own.before.chars().count() >= 5
            && self.found.last().is_none_or(amount)
            && opens_with_noun(own.before)
    }

    /// 新增四上企业14家，其中工业2家、商贸7家，总数达到86家: the total is of what the parts were of.
    pub(super) fn total_behind_parts(&self, own: &Own<'_>) -> Option<Subject> {
        if !TOTALS.contains(&own.before) || !own.after.is_empty() {
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
        let total = own.before.ends_with('率') || word_before(own.before, Role::Measure).is_some();
        let short = !total && own.before.chars().count() <= 3 && has_noun(own.before);
        short
            && self.found.last().is_some_and(|last| {
                let leans = last.label != last.shared && last.label.starts_with(&last.shared);
                !leans && self.text.get(last.range.end..own.range.start) == Some("，")
            })
    }
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
            doubly || (of.chars().count() >= 3 && has_noun(of))
        });
    if whose {
        return false;
    }
    (count <= 10 && rates(before))
        || (count <= 6 && (before.ends_with('率') || word_before(before, Role::Measure).is_some()))
        || word_after(before, Role::Leaning).is_some()
        || count <= 3
        || (count <= 4 && !has_noun(before) && !is_kind_of_revenue(before))
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
