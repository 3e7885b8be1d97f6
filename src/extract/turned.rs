//! What has turned into another: old values and new ones that are shared out, and growths that have changed.

use std::ops::Range;

use super::comparison::Base;
use super::figure::{Figure, Growth, Reader};
use super::indicator::indicator;
use super::lexicon::{Role, word_after, word_before};
use super::quantity::Quantity;
use super::role::strip_fillers;
use super::shared::{EACH, Shared};
use super::subject::{strip_lead, strip_link};
use super::value::FROM_TO;

/// How many characters may stand between 从 and the old value: 从“十二五”末的31%.
const TIME_CHARS: usize = 12;

/// A、B分别从1和2, A和B从2020年的1和2: the bytes of the subjects before the old values of a change. `respectively` is where
/// 分别 stands.
pub(super) fn old_values_of(before: &str, respectively: Option<usize>) -> Option<usize> {
    // 分别从每人每月310元、420元提高到350元、480元
    let each = |text: &'static str| before.strip_suffix(text);
    let old = EACH.into_iter().find_map(each).unwrap_or(before);
    let from = old.rfind(['从', '由'])?;
    let time = &old[from + '从'.len_utf8()..];
    let is_time = time.is_empty() || (time.ends_with('的') && time.chars().count() <= TIME_CHARS);
    match respectively {
        _ if !is_time => None,
        Some(respectively) => (respectively < from).then_some(respectively),
        None => Some(from),
    }
}

impl Reader<'_> {
    /// A、B分别从1和2增加到3和4: the new values of the subjects, which are the bytes `names`.
    pub(super) fn shared_out_change(
        &mut self,
        all: &[Quantity],
        old: Range<usize>,
        names: Range<usize>,
        respectively: bool,
    ) -> usize {
        let new = old.end..old.end + old.len();
        let start = names.start;
        let subject = strip_link(strip_lead(&self.text[names.clone()]));
        let Some(next) = all.get(new.start).filter(|_| !subject.is_empty()) else {
            return 0;
        };
        let joint = &self.text[all[old.end - 1].range.end..next.range.start];
        let joint = joint.trim_start_matches(['，', ' ']);
        let is_list = respectively || old.len() > 1;
        if !is_list || !joint.contains(['到', '至', '为']) || joint.contains(['，', '；']) {
            return 0;
        }
        let shared = Shared {
            names: subject,
            start,
            growth: None,
            added: None,
            respectively,
        };
        let last = all.get(new.end - 1);
        if let Some(last) = last.filter(|_| self.list_end(all, new.start, true) >= new.end)
            && self.share_names(all, new, &shared) > 0
        {
            self.used = last.range.end;
            return old.len() * 2;
        }
        // 由300元、700元统一提高到900元: the new value is one of all of them.
        self.from = Some(names);
        self.used = all[old.end - 1].range.end;
        old.len()
    }

    /// 由上年下降40%收窄为下降4%: the words of the subject, where what stands since the old growth only says that it turned.
    pub(super) fn turned_growth(
        &self,
        before: &str,
        old: Option<&Quantity>,
    ) -> Option<Range<usize>> {
        let from = self.from.clone()?;
        let is_growth = old.is_some_and(|old| old.range.end == self.used && old.unit.form == "%");
        let turn = before.trim_start_matches(['，', ' ']);
        let turn = word_after(turn, Role::Pace).map_or(turn, |pace| &turn[pace.len()..]);
        let turned = [Role::Turned, Role::TurnedGrowth, Role::Rise, Role::Fall]
            .iter()
            .filter_map(|&role| word_after(turn, role))
            .max_by_key(|word| word.len())?;
        let rest = turn[turned.len()..].trim_start_matches(['到', '至', '为', '了']);
        (is_growth && strip_lead(rest).is_empty()).then_some(from)
    }

    /// 出口降幅由23%收窄到16.6%, 收入增速提高到8%: the level that a rate of change has reached is the growth of what it is of.
    pub(super) fn level_of_a_rate(&mut self, quantity: &Quantity, start: usize) -> bool {
        if quantity.unit.form != "%" {
            return false;
        }
        let own = match self.from.clone() {
            Some(from) => from,
            None => match moved(&self.text[start..quantity.range.start]) {
                Some(end) => start..start + end,
                None => return false,
            },
        };
        let named = strip_link(&self.text[own.clone()]);
        let rate = |role| {
            word_before(named, role).filter(|rate| rate.ends_with(['速', '幅', '率', '度', '例']))
        };
        let falls = rate(Role::Fall);
        let Some(rate) = falls.or_else(|| word_before(named, Role::RateOfChange)) else {
            return false;
        };
        let of = &named[..named.len() - rate.len()];
        // 自然增长率 is measured itself, and 年均增长率 is no growth of a year.
        let itself = indicator(strip_lead(named), Some("%")).is_some();
        // 生产总值由40亿元增加到60亿元，增速回升到6%: not the growth from the one to the other.
        let free = |last: &Figure| {
            last.growth.is_none() && last.quantity.is_some() && last.rule != FROM_TO
        };
        let joins = !strip_lead(of).is_empty() || self.found.last().is_some_and(free);
        if itself || !joins || word_before(of, Role::Average).is_some() {
            return false;
        }
        let amount = match falls {
            Some(_) => -quantity.value.abs(),
            None => quantity.value,
        };
        self.from = None;
        let growth = Growth::new(quantity, amount, Base::YearBefore, false);
        self.growth(own.start..own.start + of.len(), growth, quantity);
        true
    }
}

/// 财政收入降幅收窄至: where what moved ends, in front of a level.
fn moved(before: &str) -> Option<usize> {
    let (head, level) = strip_fillers(before);
    [Role::Rise, Role::Fall]
        .iter()
        .filter_map(|&role| word_before(head, role))
        .max_by_key(|word| word.len())
        .filter(|_| level)
        .map(|word| head.len() - word.len())
}
