//! What a subject leans on that says too little alone, and the indicator that both name together.

use super::figure::{Figure, Reader, Subject};
use super::indicator::indicator;
use super::leaning::{is_context, is_verb, needs_owner};
use super::lexicon::{Role, word_after, words};
use super::nominal::{governing_verb, last_word, leading_verb, only_verbs};
use super::own::Own;
use crate::fact::Indicator;

impl Reader<'_> {
    /// What a subject leans on that says too little alone, or belongs to a list.
    pub(super) fn owner(&self, own: &Own<'_>) -> Option<Subject> {
        let context = is_context(own.text);
        if let Some(owner) = self.funded(own) {
            return Some(owner);
        }
        if let Some(owner) = self.staged(own).or_else(|| self.total_behind_parts(own)) {
            return Some(owner);
        }
        let alone = |last: &Figure| last.label.ends_with('率') && last.label == last.shared;
        let rate = own.before.ends_with('率')
            && own.before.chars().count() <= 4
            && !self.found.last().is_some_and(alone);
        if own.listed && own.after.is_empty() && (own.is_bare_measure() || rate) {
            // 茶业项目12个、投资40亿元: a bare measure is of the thing before, whatever the list.
            return Some(self.context(own.range.start, false));
        }
        if own.kind && own.listed {
            // 其中市级3家、县级4家: all of the same.
            Some(self.context(own.range.start, false))
        } else if own.before.is_empty() && (own.after.is_empty() || own.adjoins) {
            Some(self.context(own.range.start, true))
        } else if (own.listed && !context)
            || (context && !own.before.starts_with('占') && self.same_noun(own.before))
        {
            self.list_verb(own.before, &own.after)
        } else if context {
            Some(self.context(own.range.start, true))
        } else if own.after.is_empty() && self.is_one_of_several(own) {
            self.list_verb(own.before, &own.after)
        } else if needs_owner(own.before, &own.after)
            && !self.is_rate_of_its_own(own)
            && !self.counts_persons_anew(own)
        {
            Some(self.context(own.range.start, false))
                .filter(|owner| !self.is_another_statement(own, owner))
        } else {
            None
        }
    }

    /// The indicator that a subject names together with what it leans on, or with the figure before.
    pub(super) fn joined(
        &self,
        own: &Own<'_>,
        owner: &Subject,
        unit: &str,
    ) -> Option<(&'static Indicator, String)> {
        // 同比增收4200万元: what came on top.
        let change = [Role::Rise, Role::Fall]
            .iter()
            .any(|&role| words(role).contains(&own.before));
        if own.kind || change {
            return None;
        }
        // 新增企业13家、总数60家: all there are is no longer what is new.
        joined_indicator(&owner.before, own.before, unit)
            .or_else(|| joined_indicator(&self.found.last()?.label, own.before, unit))
            .filter(|(named, _)| {
                !(words(Role::Total).contains(&own.before) && named.name_zh.starts_with("新增"))
            })
    }

    /// The verb of the list that a member belongs to: 打造示范乡镇1个、示范村5个.
    pub(super) fn list_verb(&self, before: &str, after: &str) -> Option<Subject> {
        let last = self.found.last()?;
        let whole = Some(last.shared.as_str()).filter(|shared| is_verb(shared));
        let verb = whole
            .or_else(|| word_after(&last.shared, Role::New))
            .or_else(|| word_after(&last.shared, Role::CarriedVerb))
            .or_else(|| governing_verb(&last.shared))
            .or_else(|| leading_verb(&last.shared))?;
        let opens = if before.is_empty() { after } else { before };
        // 示范合作社 opens with no verb of its own.
        let verbal = !opens.starts_with("示范")
            && (leading_verb(opens).is_some() || is_verb(opens))
            || words(Role::Sequel).contains(&opens);
        (!verbal).then(|| Subject {
            before: verb.to_owned(),
            start: last.range.start,
        })
    }
}

/// The indicator that a subject names together with what it leans on: 粮食播种面积2万亩，产量9千吨 has a 粮食产量,
/// 发现隐患30处，整改28处 has 整改隐患.
fn joined_indicator(owner: &str, own: &str, unit: &str) -> Option<(&'static Indicator, String)> {
    let starts =
        (2..=4).filter_map(|count| owner.char_indices().nth(count).map(|(at, _)| &owner[..at]));
    let whole = std::iter::once(format!("{owner}{own}"));
    let joined = starts.map(|start| format!("{start}{own}"));
    // 规上企业1088家，新增122家: what is new is what was counted, not any 企业.
    if words(Role::New).contains(&own) && !matches!(own, "新开工" | "改扩建") {
        let name = format!("{own}{owner}");
        return indicator(&name, Some(unit))
            .filter(|known| known.names_zh.contains(&name))
            .map(|known| (known, name));
    }
    // 实施水利项目46个，建成17个: those completed are no more than a kind of projects.
    let of_a_kind = |noun: &str| {
        let kind = owner.strip_suffix(noun).unwrap_or_default();
        let verb = [Role::New, Role::Stage, Role::VerbIn]
            .iter()
            .any(|&role| words(role).contains(&kind));
        words(Role::Thing).contains(&noun)
            && !(kind.is_empty() || verb || (kind.chars().count() <= 2 && only_verbs(kind)))
    };
    let ending = last_word(owner)
        .filter(|noun| !of_a_kind(noun))
        .map(|noun| format!("{own}{noun}"));
    joined
        .chain(ending)
        .chain(whole)
        .find_map(|name| Some((indicator(&name, Some(unit))?, name)))
}
