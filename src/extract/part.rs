//! Figures that name an indicator and are not the place's own: of a zone, of some projects, of each of several.

use super::figure::{Figure, Reader};
use super::leaning::opens_a_part;
use super::lexicon::{Dimension, Role, holds, word_after, word_before, words, words_in};
use super::members::measure;
use super::nominal::opens_with_verb;
use super::own::{LIST_JOINTS, Own};
use super::subject::{names_a_zone, strip_lead};
use crate::fact::Indicator;

impl Reader<'_> {
    /// The part of the place that a figure which names an indicator is of, by the figures before it in the sentence: a
    /// zone's investment, the tax of some projects. `None` where it is the place's own.
    pub(super) fn part_of(&self, start: usize, own: &str, named: &Indicator) -> Option<String> {
        if holds(own, Role::WholePlace) {
            return None;
        }
        let from = self.text[..start].rfind(['；', '。']).unwrap_or(0);
        let segment = &self.text[from..start];
        let opening = segment
            .trim_start_matches('；')
            .split('，')
            .next()
            .unwrap_or_default();
        if segment.contains('，') && names_a_zone(opening) && named.unit.ends_with('元') {
            return Some(up_to(strip_lead(opening), Role::Zone));
        }
        let here = |figure: &&Figure| figure.range.end > from;
        let places = self
            .found
            .iter()
            .rev()
            .take_while(|figure| here(figure) && figure.indicator.is_none());
        // What is itself counted (新增合作社100家) is no part of the place.
        let in_zone = |figure: &&Figure| {
            words_in(&figure.shared, Role::Zone).any(|(_, zone)| !figure.label.ends_with(zone))
        };
        if let Some(figure) = places.clone().find(in_zone) {
            return Some(up_to(&figure.shared, Role::Zone));
        }
        let of_things = words(Role::OfThings)
            .iter()
            .any(|name| named.names_zh.iter().any(|known| known == name));
        let last = self.found.last().filter(here);
        // 加油站销售额增长3%、税收增长9%: in a list with figures of a part it is that part's.
        if let Some(last) = last.filter(|last| {
            let joined = self.text.get(last.range.end..start);
            of_things && last.indicator.is_none() && matches!(joined, Some("、" | "和"))
        }) {
            let counts = last
                .quantity
                .as_ref()
                .is_some_and(|quantity| quantity.unit.counts());
            if !counts {
                let head =
                    measure(&last.label).map_or("", |measure| last.label.trim_end_matches(measure));
                return Some(head.to_owned());
            }
        }
        let of_last = last.is_some_and(|last| {
            let counts = last
                .quantity
                .as_ref()
                .is_some_and(|quantity| quantity.unit.counts());
            (counts && word_before(&last.label, Role::Thing).is_some())
                || holds(&last.shared, Role::Thing)
        });
        // New capital is the new enterprises' own, wherever they are counted before it.
        let capital = named.names_zh.iter().any(|name| name == "注册资本");
        let of_new = capital
            && self
                .found
                .iter()
                .filter(here)
                .any(|figure| figure.indicator.is_some_and(|id| id.starts_with("new_")));
        // 私营企业6万户，从业人员75万人，注册资金960亿元: the capital of all of them, not of new ones.
        let of_all = capital
            && !of_new
            && !own.contains('新')
            && !own.contains("引进")
            && !own.contains("增加")
            && last.is_some_and(|last| {
                last.quantity
                    .as_ref()
                    .is_some_and(|quantity| quantity.unit.counts())
            });
        if let Some(last) = last.filter(|_| of_all && !of_last) {
            let owner = self.found.iter().find(|figure| {
                figure.range.end > from && word_before(&figure.label, Role::Thing).is_some()
            });
            return Some(owner.unwrap_or(last).label.clone());
        }
        let of_these =
            of_things && of_last && !of_new && !own.contains("新增") && !own.contains("增加");
        let last = last.filter(|_| of_these)?;
        let counted = word_before(&last.label, Role::Thing).is_some();
        Some(up_to(
            if counted { &last.label } else { &last.shared },
            Role::Thing,
        ))
    }

    /// 建成充电桩86个，其中公共充电桩52个: a part that bears the name of the whole.
    pub(super) fn is_part_of_the_last(&self, own: &str, named: &Indicator) -> bool {
        opens_a_part(own)
            && self
                .found
                .last()
                .is_some_and(|last| last.indicator == Some(named.id.as_str()))
    }

    /// 减排粉尘300吨、废水5000吨: how much less there is, not how much.
    pub(super) fn cuts(&self, own: &Own<'_>, named: &Indicator) -> bool {
        let less = |text: &str| {
            word_after(text, Role::Cut)
                .is_some_and(|verb| !named.names_zh.iter().any(|name| name.starts_with(verb)))
        };
        let listed = || {
            own.listed
                && self
                    .found
                    .last()
                    .is_some_and(|last| last.indicator.is_none() && less(&last.shared))
        };
        less(own.before) || listed()
    }

    /// 我国国内生产总值超过一百万亿元: said of the nation, in the report of a place in it.
    pub(super) fn is_of_the_nation(&self, own: &Own<'_>) -> bool {
        let from = self.text[..own.range.start].rfind('；').unwrap_or(0);
        self.text[from..own.range.end].contains("我国")
    }

    /// Whether a figure that names an indicator is the whole place's own.
    pub(super) fn is_of_the_place(&self, own: &Own<'_>, named: &Indicator) -> bool {
        // 6个区县财政收入: what is counted before owns the figure.
        // 全镇6个村集体经济收入 is of all of them.
        let all = || {
            let clause = self.text[..own.range.start]
                .rfind(['，', '；', '。'])
                .unwrap_or(0);
            holds(&self.text[clause..own.range.start], Role::WholePlace)
        };
        let counted = own.range.start == self.used && self.counts_before(own.text) && !all();
        // 七成的村集体经济收入达到10万元: of each of so many.
        let share = own.range.start == self.used
            && own.text.starts_with('的')
            && self.found.last().is_some_and(|last| {
                let quantity = last.quantity.as_ref();
                quantity.is_some_and(|quantity| quantity.unit.dimension == Dimension::Share)
            });
        // 各村集体收入全部超过8万元: of each, not of the whole.
        let each = of_each(own.text) && named.unit.ends_with('元');
        !counted && !share && !each
    }

    /// Whether a count runs on into `text` without a mark or joint.
    pub(super) fn counts_before(&self, text: &str) -> bool {
        let counted = self
            .found
            .last()
            .and_then(|last| last.quantity.as_ref())
            .is_some_and(|quantity| quantity.unit.counts());
        counted
            && !text.starts_with(LIST_JOINTS)
            && text.starts_with(char::is_alphabetic)
            && !opens_with_verb(text)
    }
}

/// The start of a subject up to the part of the place that it names; the part's bare name where that is long.
fn up_to(subject: &str, parts: Role) -> String {
    let Some((at, part)) = words_in(subject, parts).next() else {
        return String::new();
    };
    let whole = &subject[..at + part.len()];
    if whole.chars().count() <= 12 {
        whole.to_owned()
    } else {
        part.to_owned()
    }
}

/// Whether a clause speaks of each of several: 全部超过, 均达到.
pub(super) fn of_each(text: &str) -> bool {
    holds(text, Role::OfEach)
}
