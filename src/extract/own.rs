//! The words that are a number's own, and the indicator that they name.

use std::ops::Range;

use super::comparison::strip_comparison;
use super::figure::{Figure, Reader, Subject};
use super::indicator::indicator;
use super::leaning::{is_context, is_verb, leaned, opens_a_part};
use super::lexicon::{Role, word_after, word_before, words, words_in};
use super::nominal::{opens_with_noun, opens_with_verb};
use super::noun::{before_examples, without_note};
use super::quantity::Quantity;
use super::subject::{strip_lead, strip_link};
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
        let total = words(Role::Total).contains(&self.before)
            || (self.before.is_empty()
                && ["累计", "总数", "达", "共有"]
                    .iter()
                    .any(|word| self.text.contains(word)));
        if !total {
            return owner.clone();
        }
        let of = &without_new(&owner.before);
        // 参保人数比上年增加3万人，达到12万人: how many there are is no longer what was added.
        let grown = [Role::New, Role::Rise, Role::Fall]
            .iter()
            .find_map(|&role| word_before(of, role))
            .filter(|change| change.chars().count() > 1)
            .map(|change| {
                let of = &of[..of.len() - change.len()];
                strip_comparison(of.trim_end_matches("逆势").trim_end_matches("有所")).0
            })
            .filter(|of| !of.is_empty());
        Subject {
            before: grown.map_or_else(|| of.clone(), str::to_owned),
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
            Some(owner) if words(Role::Total).contains(&self.before) => {
                let new = word_after(&owner.before, Role::New).unwrap_or_default();
                format!("{}{}", &owner.before[new.len()..], self.before)
            }
            Some(owner) if self.after.is_empty() => leaned(&owner.before, self.before),
            Some(owner) => format!("{}{}", owner.before, self.before),
            None => self.before.to_owned(),
        }
    }
}

impl<'t> Reader<'t> {
    /// The words that are the own ones of the number at `at`.
    pub(super) fn own(&self, all: &[Quantity], at: usize, range: Range<usize>) -> Own<'t> {
        let text = &self.text[range.clone()];
        // 8个示范乡镇、20个示范村: the words up to the joint are the noun of the figure before.
        let of_last = range.start == self.used
            && self.used > 0
            && text.len() > 3
            && text.ends_with(LIST_JOINTS)
            && without_note(text).starts_with(char::is_alphabetic);
        let text = if of_last {
            ""
        } else {
            self.own_member(range.start, text)
        };
        let listed = of_last || text.trim_start().starts_with(LIST_JOINTS);
        let lead = strip_lead(text.trim_start_matches(LIST_JOINTS));
        let before = strip_link(lead);
        let (mut after, mut end) = self.noun_after(all, at, before);
        // 低保户312户、498人足额发放…: the persons of the households, not of what is done for them.
        let persons = text.trim_matches(['、', ' ']).is_empty()
            && all[at].unit.base == "人"
            && self.found.last().is_some_and(|last| {
                let households = last.quantity.as_ref();
                last.range.end == range.start
                    && households.is_some_and(|quantity| quantity.unit.base == "户")
            });
        let done = || word_after(&after, Role::Manner).is_some() || !opens_with_noun(&after);
        if persons && done() {
            after.clear();
            end = all[at].range.end;
        }
        // 完成22个村安全供水: the verb that is no part of a subject before the number is one of what follows it.
        let verb =
            word_after(lead, Role::VerbIn).filter(|_| before.is_empty() && !after.is_empty());
        let adjoins =
            text.trim().is_empty() && range.start == self.used && !self.found.is_empty() && !listed;
        let kind = after.is_empty()
            && words(Role::Kind).contains(&before)
            && (is_context(text) || (listed && self.found.last().is_some_and(is_of_a_kind)));
        Own {
            start: range.end - lead.len(),
            before: verb.unwrap_or(before),
            kind,
            range,
            text,
            after,
            end,
            unit: all[at].unit.base,
            listed,
            adjoins,
        }
    }

    /// What of the words since the last number are this one's own: in …的妇幼保健院、总投资 the first is the noun of the
    /// figure before.
    fn own_member<'a>(&self, start: usize, text: &'a str) -> &'a str {
        if start != self.used || start == 0 || !text.starts_with(char::is_alphabetic) {
            return text;
        }
        // …的水厂工程和总投资8600万元的管网工程: other money begins behind the joint.
        let and = text
            .rfind('和')
            .filter(|&at| word_before(text, Role::Spending) == Some(&text[at + '和'.len_utf8()..]));
        text.find('、')
            .or(and)
            .or_else(|| before_examples(text))
            .map_or(text, |at| &text[at..])
    }
}

/// 其中市级3家: whether a figure is the one before it with a quality put in front.
fn is_of_a_kind(figure: &Figure) -> bool {
    let kind = figure.label.strip_suffix(figure.shared.as_str());
    !figure.shared.is_empty() && kind.is_some_and(|kind| words(Role::Kind).contains(&kind))
}

/// What joins the members of a list.
pub(super) const LIST_JOINTS: [char; 5] = ['、', '和', '与', '及', ' '];

/// 年内新增企业, 新推出项目 without what says that they are new: 企业, 项目.
fn without_new(subject: &str) -> String {
    let cut = |at: usize, end: usize| format!("{}{}", &subject[..at], &subject[end..]);
    let Some((at, word)) = words_in(subject, Role::New).next() else {
        // 新推出, 新创建: any verb of two characters.
        let verb = subject.strip_prefix('新').map_or("", |rest| head(rest, 2));
        let end = '新'.len_utf8() + verb.len();
        return if is_verb(verb) && subject[end..].starts_with('、') {
            cut(0, '新'.len_utf8())
        } else if is_verb(verb) && end < subject.len() {
            cut(0, end)
        } else {
            subject.to_owned()
        };
    };
    let end = at + word.len();
    let at = subject[..at]
        .trim_end_matches("年内")
        .trim_end_matches("全年")
        .len();
    // 高新技术企业净增: the change behind its subject is cut off elsewhere.
    if end < subject.len() {
        cut(at, end)
    } else {
        subject.to_owned()
    }
}
