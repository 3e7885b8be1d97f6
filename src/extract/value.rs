//! Values: a number and the words before and after it that say what it measures.

use super::figure::{Figure, Reader, Subject};
use super::indicator::indicator;
use super::label::label;
use super::leaning::is_context;
use super::lexicon::{Dimension, Role, word_after, word_before, words};
use super::quantity::{Mark, Quantity};
use super::subject::{strip_lead, strip_link};
use crate::document::words::head;

/// The rule of a value that something changed to.
pub(super) const FROM_TO: &str = "from-to";

impl Reader<'_> {
    /// A value: its subject is before it, after it, or that of the figure before.
    pub(super) fn value(&mut self, all: &[Quantity], at: usize, start: usize) {
        let quantity = &all[at];
        if self.from.is_none() && self.completes_a_growth(start, quantity) {
            return;
        }
        if self.refers_back(all, at, start) {
            return;
        }
        let from = self.from.take();
        let mut rule = if from.is_some() {
            FROM_TO
        } else {
            "subject before"
        };
        let own = self.own(all, at, from.unwrap_or(start..quantity.range.start));
        let unit = quantity.unit.base;
        // 长乐水泥等总投资56亿元的9个项目开工: those that are named, not all of the place.
        let few = |owner: &Subject| owner.before.ends_with('等');
        let named = own
            .indicator(unit)
            .filter(|named| !self.cuts(&own, named) && !self.is_of_the_nation(&own))
            .filter(|_| !self.funded(&own).as_ref().is_some_and(few))
            .filter(|_| !self.rates_the_last(own.before, &own.after))
            .filter(|named| {
                let driven = word_after(own.before, Role::Driving);
                let its_own = |verb| named.names_zh.iter().any(|name| name.starts_with(verb));
                driven.is_none_or(its_own)
            });
        let owner = if named.is_some() {
            None
        } else {
            self.owner(&own).filter(|owner| !owner.before.is_empty())
        };
        if !own.after.is_empty() {
            rule = "noun after";
        } else if owner.is_some() && own.before.is_empty() {
            rule = "subject of the figure before";
        }
        let owner = owner.map(|owner| own.total_of(&owner));
        // 收入任务5亿元，完成6亿元: what was done is the revenue and no task.
        let owner = owner.map(|owner| {
            let done = own.before.is_empty() && own.text.contains("完成");
            let task = word_before(&owner.before, Role::Completion).filter(|_| done);
            let of = task.map_or("", |task| &owner.before[..owner.before.len() - task.len()]);
            if strip_link(strip_lead(of)).is_empty() {
                return owner;
            }
            Subject {
                before: of.to_owned(),
                ..owner
            }
        });
        let mut whole = own.with(owner.as_ref());
        let named = match named {
            None if own.before.is_empty() || (own.listed && !own.is_bare_measure()) => {
                indicator(&whole, Some(unit)).filter(|named| !self.cuts(&own, named))
            }
            None => owner.as_ref().and_then(|owner| {
                if self.rates_the_last(own.before, &own.after) {
                    return indicator(&whole, Some(unit));
                }
                let (named, name) = self.joined(&own, owner, unit)?;
                if !is_context(own.text) {
                    whole = name;
                }
                Some(named)
            }),
            Some(known) => {
                if self.is_part_of_the_last(own.text, known) {
                    None
                } else if let Some(part) = self.part_of(own.range.start, own.text, known) {
                    if !whole.contains(&part) {
                        whole.insert_str(0, &part);
                    }
                    None
                } else {
                    Some(known).filter(|known| self.is_of_the_place(&own, known))
                }
            }
        };
        let shown = self.shown(&own, owner.as_ref(), named, &whole);
        let start = owner.as_ref().map_or(own.start, |owner| owner.start);
        self.found.push(Figure {
            label: label(&shown, &own.after),
            indicator: named.map(|indicator| indicator.id.as_str()),
            quantity: Some(quantity.clone()),
            growth: None,
            completion: None,
            rank: None,
            range: start.min(own.range.end)..own.end,
            rule,
            // A rate or a part leaves its owner to the next one; a list its verb and noun.
            shared: self
                .sequel_of(&own)
                .filter(|_| owner.is_none())
                .or(owner
                    .filter(|_| !own.listed && !own.before.is_empty())
                    .map(|owner| owner.before))
                .or_else(|| {
                    // 新增甲5家、乙2家、丙3家: what is new hands that on to the next.
                    word_after(&shown, Role::New)
                        .filter(|_| own.listed || own.is_part())
                        .filter(|_| shown.ends_with(&whole))
                        .map(|_| shown.clone())
                })
                // 投资8000万元的冷链项目投产，年产值…: what follows is of the project.
                .or_else(|| {
                    let spent = words(Role::Spending).contains(&own.before);
                    own.after
                        .strip_prefix('的')
                        .filter(|thing| spent && (2..=12).contains(&thing.chars().count()))
                        .map(str::to_owned)
                })
                .unwrap_or(whole),
        });
    }

    /// 在谈项目38个…，38个项目计划总投资: a count that was stated before in the sentence and only takes it up again.
    fn refers_back(&self, all: &[Quantity], at: usize, start: usize) -> bool {
        let quantity = &all[at];
        let same = |figure: &&Figure| {
            figure.quantity.as_ref().is_some_and(|stated| {
                stated.value == quantity.value && stated.unit.base == quantity.unit.base
            })
        };
        let mut stated = self.found.iter().filter(same).peekable();
        if !quantity.unit.counts() || stated.peek().is_none() {
            return false;
        }
        let own = strip_link(strip_lead(&self.text[start..quantity.range.start]));
        let noun = head(&self.text[quantity.range.end..], 2);
        own.is_empty()
            && noun.chars().all(char::is_alphabetic)
            && noun.chars().count() == 2
            && stated.any(|figure| figure.label.contains(noun))
    }

    /// 增长8%、达到3亿元: the value of the growth before it.
    fn completes_a_growth(&mut self, start: usize, quantity: &Quantity) -> bool {
        let own = self.text[start..quantity.range.start].trim_start_matches(['，', '、', ' ']);
        let reached = words(Role::GrowthReached).contains(&own.trim());
        // 年均增长10%左右，突破1000亿元: the bound word is the quantity's own.
        let passed = own.trim().is_empty() && quantity.mark == Mark::More;
        let reached = reached || (passed && quantity.range.start < quantity.number.start);
        let amount = !matches!(
            quantity.unit.dimension,
            Dimension::Share | Dimension::Points | Dimension::Times
        );
        let Some(last) = self
            .found
            .last_mut()
            .filter(|last| reached && amount && last.quantity.is_none() && last.growth.is_some())
        else {
            return false;
        };
        last.quantity = Some(quantity.clone());
        last.range.end = quantity.range.end;
        last.rule = "value of the growth before";
        true
    }
}
