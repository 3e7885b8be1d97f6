//! 分别 and bare lists: several numbers for several subjects, shared out in order.

use std::ops::Range;

use rust_decimal::Decimal;

use super::comparison::{Base, strip_comparison};
use super::figure::{Figure, Growth, Reader};
use super::indicator::indicator;
use super::label::label;
use super::lexicon::{Dimension, Role, word_after, word_before};
use super::members::members;
use super::nominal::{has_noun, opens_with_verb};
use super::quantity::{Mark, Quantity};
use super::role::{Part, doubled};
use super::subject::{strip_lead, strip_link};
use super::turned::old_values_of;

impl Reader<'_> {
    /// Shares out the numbers from `at` on: after 分别, or growths in a bare list (存、贷款余额增长16%和13.9%). Says
    /// how many numbers were taken, 0 where they are no list.
    pub(super) fn shared_out(
        &mut self,
        all: &[Quantity],
        at: usize,
        start: usize,
        first: &Part,
    ) -> usize {
        let before = &self.text[start..all[at].range.start];
        let respectively = before.rfind("分别");
        let end = self.list_end(all, at, respectively.is_some());
        let change = match first {
            Part::Growth {
                amount,
                average,
                base,
                subject,
            } => Some((amount.is_sign_negative(), *average, *base, *subject)),
            Part::Value => None,
            Part::Completion { percent, subject } if end > at + 1 => {
                let taken = self.share_completions(&all[at..end], start, *percent, *subject);
                if taken > 0 {
                    self.used = all[end - 1].range.end;
                }
                return taken;
            }
            _ => return 0,
        };
        if let Some(names) = old_values_of(before, respectively) {
            return self.shared_out_change(
                all,
                at..end,
                start..start + names,
                respectively.is_some(),
            );
        }
        let group = &all[at..end];
        let alike = group.iter().all(|quantity| quantity.unit == group[0].unit);
        let paired = alike || (change.is_none() && area_and_output(before, group));
        // 各村分别建设泵站1座: one number, and what there is of it stands behind 分别.
        let object = |from: usize| has_noun(strip_link(before[from..].trim_start_matches("分别")));
        let counts = group.len() == 1 && group[0].unit.counts();
        if change.is_none() && counts && respectively.is_some_and(object) {
            return 0;
        }
        if respectively.is_none()
            && (group.len() < 2 || !paired || (self.used == start && start > 0))
        {
            return 0;
        }
        let split = start
            + respectively
                .unwrap_or(before.len())
                .min(change.map_or(before.len(), |(_, _, _, subject)| subject));
        let (names, base) = strip_comparison(strip_lead(self.text[start..split].trim_end()));
        let averaged = word_before(names, Role::Average);
        let names = strip_link(averaged.map_or(names, |word| &names[..names.len() - word.len()]));
        // 分别突破3亿元、5亿元: what bounds the first from before bounds all of them.
        let led = respectively
            .and(Some(&all[at]))
            .filter(|first| first.range.start < first.number.start);
        let bounded: Vec<Quantity> = all[..end]
            .iter()
            .enumerate()
            .map(|(n, quantity)| Quantity {
                mark: match led {
                    Some(first) if n > at && quantity.mark == Mark::Exact => first.mark,
                    _ => quantity.mark,
                },
                ..quantity.clone()
            })
            .collect();
        let all = &bounded[..];
        let group = at..end;
        let growth = change.map(|(falls, average, own, _)| SharedGrowth {
            falls,
            average: average || averaged.is_some(),
            base: if own == Base::YearBefore { base } else { own },
            multiple: is_multiple(&all[at], first),
        });
        let taken = if !names.is_empty() {
            let start = split - self.text[start..split].trim_start().len();
            let added = added_by(before).filter(|_| growth.is_none());
            let shared = Shared {
                names,
                start,
                growth,
                added,
                respectively: respectively.is_some(),
            };
            self.share_names(all, group, &shared)
        } else if let Some(growth) = growth {
            self.share_growths(all, group, growth)
        } else if let Some(from) = respectively {
            let how = strip_link(before[from..].trim_start_matches("分别"));
            // 新建两所学校，分别增加学位50个和90个 counts other things.
            let other = added_by(how).is_some() || has_noun(how);
            self.share_subjects(all, group, if other { how } else { "" })
        } else {
            0
        };
        if taken > 0 {
            self.used = all[end - 1].range.end;
        }
        taken
    }

    /// One past the last number of a list that begins at `at`: 5%、6%和7%; behind 分别 also 5%，6%, where nothing else joins
    /// them and a mark ends them.
    pub(super) fn list_end(&self, all: &[Quantity], at: usize, respectively: bool) -> usize {
        let joints = ["、", "和", "与", "及", "以及"];
        let joint = |pair: &[Quantity]| {
            let between = pair[0].range.end..pair[1].range.start;
            self.text.get(between).unwrap_or_default().trim()
        };
        let joined = |pair: &[Quantity]| {
            let joint = joint(pair);
            // 分别提高到每人每月388元、每人每月224元
            let each = joint.trim_start_matches(['、', '和']);
            joints.contains(&joint) || (each.len() < joint.len() && EACH.contains(&each))
        };
        let end = at + 1 + all[at..].windows(2).take_while(|pair| joined(pair)).count();
        if !respectively || end > at + 1 {
            return end;
        }
        let by_comma =
            |pair: &[Quantity]| joint(pair) == "，" && pair[1].unit.dimension == Dimension::Share;
        let end = at
            + 1
            + all[at..]
                .windows(2)
                .take_while(|pair| by_comma(pair))
                .count();
        let behind = &self.text[all[end - 1].range.end..];
        let is_over = behind.is_empty() || behind.starts_with(['；', '。', '，']);
        if is_over { end } else { at + 1 }
    }

    /// A、B分别增长5%和6%; A、B分别达到5亿元和6亿元.
    pub(super) fn share_names(
        &mut self,
        all: &[Quantity],
        group: Range<usize>,
        shared: &Shared<'_>,
    ) -> usize {
        let count = group.len();
        let subjects = match members(shared.names, count) {
            Some(subjects) => subjects,
            None if shared.respectively => self.counted_each(shared.names, count),
            None => return 0,
        };
        // 净增养老、医疗保险参保人数分别达到: what came about did so of all of them.
        let new = word_after(shared.names, Role::New).unwrap_or_default();
        for (subject, quantity) in subjects.iter().zip(&all[group]) {
            let range = shared.start..quantity.range.end;
            if let Some(growth) = shared.growth {
                let growth = growth.of(quantity);
                self.push_growth(subject, range, growth, "shared-out growth");
            } else {
                let added = shared.added.filter(|added| !subject.ends_with(added));
                let new =
                    Some(new).filter(|new| !subject.starts_with(new) && !opens_with_verb(subject));
                let new = new.unwrap_or_default();
                let subject = format!("{new}{subject}{}", added.unwrap_or_default());
                let known = indicator(&subject, Some(quantity.unit.base));
                self.push_shared(
                    label(&subject, ""),
                    known.map(|known| known.id.as_str()),
                    quantity,
                    range,
                    &subject,
                );
            }
        }
        count
    }

    /// 议案92件，提案48件，满意率分别达到97%和96%: a bare measure of each of the things counted before.
    fn counted_each(&self, measure: &str, count: usize) -> Vec<String> {
        let counts = |figure: &&Figure| {
            figure
                .quantity
                .as_ref()
                .is_some_and(|quantity| quantity.unit.counts())
        };
        let things: Vec<&Figure> = self.found.iter().rev().filter(counts).take(count).collect();
        let bare = measure.ends_with('率') || word_before(measure, Role::Measure).is_some();
        if !bare || measure.chars().count() > 6 || things.len() < count {
            return vec![measure.to_owned(); count];
        }
        things
            .into_iter()
            .rev()
            .map(|thing| format!("{}{measure}", thing.label))
            .collect()
    }

    /// 分别增长8.8%和10.8% after as many values.
    fn share_growths(
        &mut self,
        all: &[Quantity],
        group: Range<usize>,
        growth: SharedGrowth,
    ) -> usize {
        let count = group.len();
        let free = |until: usize| -> Vec<usize> {
            (0..until)
                .rev()
                .take_while(|&k| self.found[k].growth.is_none() && self.found[k].quantity.is_some())
                .take(count)
                .collect()
        };
        let last = free(self.found.len());
        // 收入达到6000元和1500元，分别增加700元和70元，增长13%和5%: the growths are those of what there is.
        let came_on_top = |&k: &usize| word_before(&self.found[k].label, Role::Rise).is_some();
        let wholes = free(self.found.len() - last.len());
        let free = if wholes.len() == count && last.iter().all(came_on_top) {
            wholes
        } else {
            last
        };
        if free.len() < count {
            return 0;
        }
        for (k, quantity) in free.into_iter().rev().zip(&all[group]) {
            let figure = &mut self.found[k];
            figure.growth = Some(growth.of(quantity));
            figure.range.end = quantity.range.end;
        }
        count
    }

    /// 分别比上个五年增长64.7万人次、4.79亿元 after as many values: new values of the same subjects; `how` says that
    /// they came on top.
    fn share_subjects(&mut self, all: &[Quantity], group: Range<usize>, how: &str) -> usize {
        let count = group.len();
        if self.found.len() < count {
            return 0;
        }
        let first = self.found.len() - count;
        // 分别增长12%和13%，分别达43366元和13835元: what the figures before have grown to.
        let reached = |(figure, quantity): (&Figure, &Quantity)| {
            let amount = !matches!(
                quantity.unit.dimension,
                Dimension::Share | Dimension::Points | Dimension::Times
            );
            amount && figure.quantity.is_none() && figure.growth.is_some()
        };
        if how.is_empty()
            && self.found[first..]
                .iter()
                .zip(&all[group.clone()])
                .all(reached)
        {
            for (figure, quantity) in self.found[first..].iter_mut().zip(&all[group]) {
                figure.quantity = Some(quantity.clone());
                figure.range.end = quantity.range.end;
                figure.rule = "value of the growth before";
            }
            return count;
        }
        let subjects: Vec<Figure> = self.found[first..].to_vec();
        for (subject, quantity) in subjects.iter().zip(&all[group]) {
            let range = subject.range.start..quantity.range.end;
            self.push_shared(
                label(&format!("{}{how}", subject.label), ""),
                None,
                quantity,
                range,
                &subject.shared,
            );
        }
        count
    }

    fn push_shared(
        &mut self,
        label: String,
        indicator: Option<&'static str>,
        quantity: &Quantity,
        range: Range<usize>,
        shared: &str,
    ) {
        self.found.push(Figure {
            label,
            indicator,
            quantity: Some(quantity.clone()),
            growth: None,
            completion: None,
            rank: None,
            range,
            rule: "shared-out value",
            shared: shared.to_owned(),
        });
    }
}

/// What may stand before each amount of a list.
pub(super) const EACH: [&str; 6] = ["每人每月", "每人每年", "每人", "每月", "每年", "人均"];

/// What the numbers of a list are shared out to.
pub(super) struct Shared<'t> {
    /// The subjects, as they stand.
    pub(super) names: &'t str,
    /// Where in the sentence they begin.
    pub(super) start: usize,
    /// What the numbers are as growths, where they are some.
    pub(super) growth: Option<SharedGrowth>,
    /// 净增, 减少: the numbers say by how much, not how much there is.
    pub(super) added: Option<&'t str>,
    /// Whether 分别 stands before them.
    pub(super) respectively: bool,
}

/// 种植面积、产量稳定在300万亩、105万吨: two measures before two numbers, each in the unit of its own.
fn area_and_output(names: &str, group: &[Quantity]) -> bool {
    let names = strip_link(names);
    let [area, output] = group else { return false };
    let first = names.split(['、', '和']).next().unwrap_or_default();
    area.unit.dimension == Dimension::Area
        && output.unit.dimension == Dimension::Mass
        && first.ends_with("面积")
        && names.ends_with("产量")
}

/// The word right before an amount that makes it what came or went: 参保人数分别净增3.8万人.
fn added_by(before: &str) -> Option<&str> {
    [Role::New, Role::Rise, Role::Fall]
        .iter()
        .find_map(|&role| word_before(before, role))
}

/// What the growths of a list have in common.
#[derive(Clone, Copy)]
pub(super) struct SharedGrowth {
    falls: bool,
    /// Yearly averages.
    average: bool,
    base: Base,
    /// 是2015年的1.6倍 is a growth by 60 percent; 增长1.6倍 one by 160.
    multiple: bool,
}

impl SharedGrowth {
    /// The growth that one number of the list states.
    fn of(self, quantity: &Quantity) -> Growth {
        let amount = match quantity.unit.dimension {
            Dimension::Times if self.multiple => {
                (quantity.value - Decimal::ONE) * Decimal::ONE_HUNDRED
            }
            Dimension::Times => quantity.value * Decimal::ONE_HUNDRED,
            Dimension::Doubling => doubled(quantity.value),
            _ => quantity.value,
        };
        let signed = if self.falls { -amount.abs() } else { amount };
        Growth::new(quantity, signed, self.base, self.average)
    }
}

/// Whether the first number of a list was read as a multiple of an earlier value.
fn is_multiple(quantity: &Quantity, first: &Part) -> bool {
    quantity.unit.dimension == Dimension::Times
        && matches!(first, Part::Growth { amount, .. }
            if *amount == (quantity.value - Decimal::ONE) * Decimal::ONE_HUNDRED)
}
