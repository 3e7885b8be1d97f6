//! What stands around a numeral and its unit: bound words, a minus sign, 每天.

use rust_decimal::Decimal;

use super::lexicon::{Dimension, Role, Unit, holds, word_after, word_before};
use super::numeral::numeral;
use super::quantity::{Mark, Quantity, Raw};
use crate::document::words::head;

/// Adds what stands around numeral and unit.
pub(super) fn finish(text: &str, start: usize, raw: &Raw) -> Quantity {
    let unit = raw.unit.expect("a quantity has a unit");
    let lead = &text[..start];
    let (mut from, mut until) = (start, raw.end);
    let mut mark = if raw.more { Mark::More } else { Mark::Exact };
    let prefixes = [
        (Role::AtMost, Mark::AtMost),
        (Role::AtLeast, Mark::AtLeast),
        (Role::Approx, Mark::About),
        (Role::More, Mark::More),
        (Role::Less, Mark::Less),
    ];
    if let Some((word, meant)) = prefixes
        .iter()
        .find_map(|&(role, mark)| word_before(lead, role).map(|word| (word, mark)))
        .filter(|(word, _)| !(*word == "突破" && breaks_through(lead, &text[raw.end..], unit)))
        // 签约28亿元 is no 约.
        .filter(|_| word_before(lead, Role::NoApprox).is_none())
        // 跨过9条大道: only amounts step over a mark.
        .filter(|(word, _)| {
            let stepped = ["跨过", "迈过", "越过", "登上", "跨越"].contains(word);
            !(stepped && unit.counts() && raw.value < Decimal::ONE_THOUSAND)
        })
    {
        from -= word.len();
        mark = meant;
    } else if passes(lead, unit) || passes_to_be_one(lead, &text[raw.end..], unit) {
        from -= '过'.len_utf8();
        mark = Mark::More;
    }
    // 增长-4.2%: a minus sign behind a change word.
    let mut sign = Decimal::ONE;
    if let Some(rest) = ["-", "－", "−"]
        .iter()
        .find_map(|minus| lead.strip_suffix(minus))
        && unit.dimension == Dimension::Share
        && (word_before(rest, Role::Rise).is_some()
            || rest.ends_with(['为', '是', '达', '的', '由', '从', '到', '至'])
            || compares(rest))
    {
        from = rest.len();
        sign = -Decimal::ONE;
    }
    let mut per = None;
    for time in ["/天", "/年", "/日", "/月"] {
        if text[until..].starts_with(time) && unit.counts() {
            until += time.len();
            per = Some(&time[1..]);
        }
    }
    if unit.dimension == Dimension::Mass && text[until..].starts_with("/亩") {
        until += "/亩".len();
        per = Some("亩");
    }
    let number = start..until;
    let suffixes = [
        (Role::About, Mark::About),
        (Role::Above, Mark::Above),
        (Role::Below, Mark::AtMost),
    ];
    if let Some((word, meant)) = suffixes
        .iter()
        .find_map(|&(role, mark)| word_after(&text[until..], role).map(|word| (word, mark)))
    {
        until += word.len();
        if matches!(mark, Mark::Exact | Mark::More) || meant == Mark::About {
            mark = meant;
        }
    }
    Quantity {
        range: from..until,
        number,
        value: raw.value * unit.factor * sign,
        high: raw.high.map(|high| high * unit.factor),
        unit,
        per,
        mark,
    }
}

/// 同比-4.2%, 同比分别-4.2%、-1.5%: whether a number that follows says how much there is more or less than before.
pub(super) fn compares(lead: &str) -> bool {
    let clause = lead
        .rfind(['，', '；', '。'])
        .map_or(0, |at| at + '，'.len_utf8());
    lead[clause..].find("同比").is_some_and(|at| {
        let between = lead[clause + at + "同比".len()..].trim_start_matches("分别");
        between.is_empty() || (between.contains('%') && between.ends_with(['、', '和']))
    })
}

/// 突破20项关键技术: what is done to the things counted, no bound.
fn breaks_through(lead: &str, after: &str, unit: &Unit) -> bool {
    let begins = lead.trim_end_matches("突破").trim_end();
    let clause = begins.is_empty() || begins.ends_with(['，', '。', '；', '：', '、']);
    let hard = ["技术", "工艺", "瓶颈", "难题", "课题", "难关"]
        .iter()
        .any(|thing| head(after, 10).contains(thing));
    unit.counts() && hard && (clause || lead.ends_with("攻关突破") || begins.ends_with("攻克"))
}

/// 产值过10亿元, 收入破20亿元, 人口过百万: more than, of amounts; 通过3项, 办过5场 is no bound.
fn passes(lead: &str, unit: &Unit) -> bool {
    let amount = matches!(
        unit.dimension,
        Dimension::Money | Dimension::Mass | Dimension::Person
    );
    amount
        && lead
            .strip_suffix(['过', '破'])
            .is_some_and(|of| word_before(of.trim_end_matches("首次"), Role::Amount).is_some())
}

/// 其中过10亿元项目16个: more than, where it sets things apart.
fn passes_to_be_one(lead: &str, after: &str, unit: &Unit) -> bool {
    let begins = lead.strip_suffix('过').is_some_and(|rest| {
        rest.is_empty() || rest.ends_with("其中") || rest.ends_with(['，', '、', '；', '：', '。'])
    });
    let noun = after.strip_prefix('的').unwrap_or(after);
    // 其中过500万元的两个: those that were counted before.
    let counted = noun.len() < after.len() && numeral(noun).is_some();
    begins && unit.dimension == Dimension::Money && (counted || holds(head(noun, 6), Role::Thing))
}
