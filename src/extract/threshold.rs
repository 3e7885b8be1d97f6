//! Quantities that are no figures but part of a name or a condition: 30万吨级航道, 年产6万吨的项目, 产值超过1亿元的企业.

use rust_decimal::Decimal;

use super::lexicon::{Dimension, Role, Unit, holds, unit_at, word_after, word_before};
use super::numeral::numeral;
use super::quantity::{Mark, Quantity};
use super::subject::attached;
use crate::document::words::head;

/// 10万吨级航道, 30万吨巨轮, 2台60万千瓦机组: the size of a thing, not how much there is.
pub(super) fn is_class(quantity: &Quantity, before: &str, after: &str) -> bool {
    // 5万头奶牛养殖基地: how many it is made for.
    if matches!(quantity.unit.form, "头" | "只" | "羽") {
        return holds(head(attached(after), 12), Role::Farm);
    }
    let sized = match quantity.unit.dimension {
        Dimension::Mass | Dimension::Energy | Dimension::Volume => true,
        Dimension::Money => false,
        _ => return false,
    };
    if after.starts_with('级') || !sized {
        return after.starts_with('级');
    }
    let makes = || word_before(before.trim_end(), Role::Output).is_some();
    word_after(after, Role::Sized).is_some() || (holds(attached(after), Role::Works) && !makes())
}

/// 在全国74个城市中排名第二: those among whom a rank is held; 4次排名第1 is how often it was.
pub(super) fn is_field(quantity: &Quantity, before: &str, after: &str) -> bool {
    if !quantity.unit.counts() || quantity.unit.form == "次" || quantity.value <= Decimal::ONE {
        return false;
    }
    let clause = &after[..after.find(['，', '。', '；']).unwrap_or(after.len())];
    let Some(place) = clause.find('第').or_else(|| clause.find("首位")) else {
        return false;
    };
    let among = before.contains('在') || word_before(before.trim_end(), Role::Among).is_some();
    among && (holds(&clause[..place], Role::HoldsRank) || holds(before, Role::HoldsRank))
}

/// 年产6万吨莱赛尔纤维项目: part of a project's name.
pub(super) fn is_capacity(before: &str, after: &str) -> bool {
    word_before(before.trim_end(), Role::Capacity).is_some() && !attached(after).is_empty()
}

pub(super) fn is_threshold(quantity: &Quantity, before: &str, after: &str, another: bool) -> bool {
    if is_task(quantity, before, after)
        || is_rule(quantity, before, after)
        || names_class(quantity, before, after)
    {
        return true;
    }
    if quantity.mark == Mark::About {
        return false;
    }
    let bounded = quantity.range.end > quantity.number.end;
    let noun = after.strip_prefix('的').unwrap_or(after);
    // 分别达到17万亩以上和14万斤以上: the next number of a list.
    if noun
        .strip_prefix(['和', '与', '及'])
        .is_some_and(|next| numeral(next).is_some())
    {
        return false;
    }
    // 人均纯收入低于1万元的人口, 产值超过1亿元的企业12家: the bound word stands before the number.
    let thing = quantity.unit.dimension == Dimension::Money && opens_with_things(after);
    let led = quantity.range.start < quantity.number.start
        && (after.starts_with('的') || (thing && quantity.mark == Mark::More && another));
    // 其中过500万元的5个: those that were counted before. 总投资超过9亿元的41个项目 is how much that is.
    let counted = || {
        let rest = after.strip_prefix('的').filter(|_| led)?;
        let rest = &rest[numeral(rest)?.len..];
        let rest = &rest[unit_at(rest).filter(|unit| unit.counts())?.form.len()..];
        let bound = word_after(rest, Role::Above).map_or(0, str::len);
        attached(&rest[bound..]).is_empty().then_some(())
    };
    let goes_on = (bounded || led)
        && (counted().is_some() || noun.starts_with(|c: char| c.is_alphabetic() || c == '“'))
        && !attached(noun).is_empty();
    if !goes_on {
        return false;
    }
    let reached = word_before(before.trim_end(), Role::Reached).is_some();
    if matches!(
        quantity.unit.dimension,
        Dimension::Share | Dimension::Points | Dimension::Times | Dimension::Doubling
    ) {
        return bounded && !reached && after.starts_with('的') && another;
    }
    let things = quantity.unit.dimension == Dimension::Money && opens_with_things(noun);
    let condition = match quantity.mark {
        Mark::Less => !reached,
        Mark::More | Mark::AtLeast => (another || (things && sets_apart(before))) && !reached,
        _ => false,
    };
    // 引进5亿元以上工业项目: a class of things, whether they are counted or not.
    if bounded && things && !reached && quantity.mark == Mark::Above {
        return true;
    }
    (led && condition) || (bounded && (another || (!reached && after.starts_with('的'))))
}

/// 完成全年目标任务5亿元的84%: how much the task was, of which the next number says how much was done.
fn is_task(quantity: &Quantity, before: &str, after: &str) -> bool {
    quantity.range.start == quantity.number.start
        && word_before(before.trim_end(), Role::Completion).is_some()
        && after
            .strip_prefix('的')
            .and_then(numeral)
            .is_some_and(|share| after['的'.len_utf8() + share.len..].starts_with(['%', '％']))
}

/// 按照每网格不超过20户的要求: what was asked for, not what there is.
fn is_rule(quantity: &Quantity, before: &str, after: &str) -> bool {
    quantity.mark != Mark::Exact
        && before.trim_start().starts_with('按')
        && after
            .strip_prefix('的')
            .unwrap_or(after)
            .starts_with("要求")
}

/// 10亿元项目1个: a class of things, which the next number counts. 总投资10亿元项目 says what is invested.
fn names_class(quantity: &Quantity, before: &str, after: &str) -> bool {
    let counts = |behind: &str| {
        numeral(behind)
            .and_then(|n| unit_at(&behind[n.len..]))
            .is_some_and(Unit::counts)
    };
    quantity.unit.dimension == Dimension::Money
        && quantity.mark == Mark::Exact
        && word_after(after, Role::Thing).is_some_and(|thing| counts(&after[thing.len()..]))
        && word_before(before.trim_end(), Role::Spending).is_none()
}

/// Whether a noun phrase opens with things that an amount may set apart from others of their kind: 工业项目落地.
fn opens_with_things(noun: &str) -> bool {
    let noun = head(attached(noun), 8);
    (holds(noun, Role::Thing) || holds(noun, Role::Class)) && !holds(noun, Role::Funds)
}

/// 一批产值过50亿元的园区, 首个产值超百亿元的县: whether the amount behind `before` is what a thing must have to be one of
/// those meant. 总投资超50亿元的某项目 says what is invested in it.
fn sets_apart(before: &str) -> bool {
    let before = before.trim_end();
    let has = word_before(before.trim_end_matches('年'), Role::Amount).is_some();
    holds(before, Role::Some) || (has && word_before(before, Role::Spending).is_none())
}
