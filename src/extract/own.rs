//! The words that are a number's own, and the indicator that they name with what they lean on.

use std::ops::Range;

use super::comparison::strip_comparison;
use super::figure::Subject;
use super::indicator::indicator;
use super::leaning::{leaned, opens_a_part};
use super::lexicon::{Role, word_after, word_before, words};
use super::nominal::{last_word, only_verbs, opens_with_verb};
use super::value::TOTALS;
use crate::document::words::head;
use crate::fact::Indicator;

/// The words that are a number's own.
pub(super) struct Own<'t> {
    /// Bytes between what was read before and the number.
    pub(super) range: Range<usize>,
    /// The words there, but for those that are the noun of the figure before.
    pub(super) text: &'t str,
    /// Where the subject begins, times and scopes left out.
    pub(super) start: usize,
    /// Verb and noun before the number.
    pub(super) before: &'t str,
    /// The noun after it.
    pub(super) after: String,
    /// Byte where that noun, or the number, ends.
    pub(super) end: usize,
    /// Its base unit.
    pub(super) unit: &'static str,
    /// Whether it is a further member of a list.
    pub(super) listed: bool,
    /// Whether it stands right behind the number before.
    pub(super) adjoins: bool,
    /// Whether it is no more than a quality of the noun that it leans on: 项目38个，其中重点3个.
    pub(super) kind: bool,
}

impl Own<'_> {
    /// 新增示范村4个、总数达到40个; 新增企业2家，累计30家: the total is no longer of the new ones.
    pub(super) fn total_of(&self, owner: &Subject) -> Subject {
        let total = TOTALS.contains(&self.before)
            || (self.before.is_empty()
                && ["累计", "总数", "达", "共有"]
                    .iter()
                    .any(|word| self.text.contains(word)));
        let new = word_after(&owner.before, Role::New).filter(|_| total);
        let of = &owner.before[new.map_or(0, str::len)..];
        // 参保人数比上年增加3万人，达到12万人: how many there are is no longer what was added.
        let grown = [Role::New, Role::Rise, Role::Fall]
            .iter()
            .find_map(|&role| word_before(of, role))
            .filter(|change| total && change.chars().count() > 1)
            .map(|change| {
                let of = &of[..of.len() - change.len()];
                strip_comparison(of.trim_end_matches("逆势").trim_end_matches("有所")).0
            })
            .filter(|of| !of.is_empty());
        Subject {
            before: grown.unwrap_or(of).to_owned(),
            start: owner.start,
        }
    }

    /// 9项指标增速居前，其中3项指标增速居首: the noun after the number is the one that it leans on, and more.
    pub(super) fn repeats(&self, owner: &Subject) -> bool {
        let noun = head(&self.after, 4);
        noun.chars().count() == 4 && self.after != noun && owner.before.starts_with(noun)
    }

    /// 新增床位50张，其中养老床位30张: a part of the figure before.
    pub(super) fn is_part(&self) -> bool {
        opens_a_part(self.text)
    }

    /// 总投资, 产量: how much, and not of what.
    pub(super) fn is_bare_measure(&self) -> bool {
        self.after.is_empty() && words(Role::Measure).contains(&self.before)
    }

    /// The indicator that the words before, or those before and after, name.
    pub(super) fn indicator(&self, unit: &str) -> Option<&'static Indicator> {
        if let Some(named) = indicator(self.before, Some(unit)) {
            return Some(named);
        }
        let exact = format!("{}{}", self.before, self.after);
        let whole = || (!self.after.is_empty()).then(|| indicator(&exact, Some(unit)))?;
        // A list before a verb and its noun is of other things: …提升等工程、造林650亩.
        let member = || {
            let (_, member) = exact.rsplit_once('、')?;
            indicator(member, Some(unit)).filter(|_| opens_with_verb(member))
        };
        whole().or_else(member)
    }

    /// The words before the number with what they lean on.
    pub(super) fn with(&self, owner: Option<&Subject>) -> String {
        match owner {
            Some(owner)
                if self.adjoins && !self.after.is_empty() && owner.before.contains(&self.after) =>
            {
                owner.before.replace(&self.after, "")
            }
            Some(owner) if owner.before.ends_with(self.before) && !self.repeats(owner) => {
                owner.before.clone()
            }
            Some(owner) if self.repeats(owner) => self.before.to_owned(),
            // 占全省的60%、占东北三省的42%: the one whole takes the other's place.
            Some(owner) if self.before.starts_with('占') && owner.before.contains('占') => {
                let of = owner.before.split('占').next().unwrap_or_default();
                format!("{of}{}", self.before)
            }
            Some(owner) if self.kind => format!("{}{}", self.before, owner.before),
            // 新增示范村4个、总数达到40个: the total is no longer of the new ones.
            Some(owner) if TOTALS.contains(&self.before) => {
                let new = word_after(&owner.before, Role::New).unwrap_or_default();
                format!("{}{}", &owner.before[new.len()..], self.before)
            }
            Some(owner) if self.after.is_empty() => leaned(&owner.before, self.before),
            Some(owner) => format!("{}{}", owner.before, self.before),
            None => self.before.to_owned(),
        }
    }
}

/// The indicator that a subject names together with what it leans on: 粮食播种面积2万亩，产量9千吨 has a 粮食产量,
/// 发现隐患30处，整改28处 has 整改隐患.
pub(super) fn joined_indicator(
    owner: &str,
    own: &str,
    unit: &str,
) -> Option<(&'static Indicator, String)> {
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
