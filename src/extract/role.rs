//! What a quantity is to its sentence: a value, a growth, a share of a task, or no figure at all.

use rust_decimal::Decimal;

use super::around::compares;
use super::comparison::{Base, strip_comparison};
use super::completion::completion;
use super::lexicon::{Dimension, Role, holds, word_after, word_before, words, words_in};
use super::quantity::Quantity;
use super::subject::{strip_lead, strip_link};
use super::threshold::{is_capacity, is_class, is_field, is_threshold};

/// What a quantity is to its sentence.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    /// How much of something there was.
    Value,
    /// How much something changed; `subject` is what stands before the change word, often nothing.
    Growth {
        /// Percent or points, signed.
        amount: Decimal,
        /// Against what.
        base: Base,
        /// A yearly average.
        average: bool,
        /// Bytes of the clause before the change word and its comparison.
        subject: usize,
    },
    /// The percentage of a task that was done.
    Completion {
        /// Percent of the whole task.
        percent: Decimal,
        /// Bytes of the clause before 完成…任务的.
        subject: usize,
    },
    /// The old value of a change, 由…: no figure of its own.
    From,
    /// A condition inside a subject (1000万元以上的企业): no figure of its own.
    Threshold,
    /// A time, an age, a name: no figure.
    Aside,
}

impl Part {
    /// The name that a trace shows.
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Growth { .. } => "growth",
            Self::Completion { .. } => "completion",
            Self::From => "old value",
            Self::Threshold => "threshold",
            Self::Aside => "no figure",
        }
    }
}

/// Decides what a quantity is. `before` is what stands between it and the mark or figure before; `after` the rest of
/// the sentence; `another` whether a further quantity follows in the same clause.
pub(super) fn part(quantity: &Quantity, before: &str, after: &str, another: bool) -> Part {
    match quantity.unit.dimension {
        Dimension::Time if !measures_time(before) || is_year(quantity) => return Part::Aside,
        _ if is_capacity(before, after) => return Part::Aside,
        _ if is_field(quantity, before, after) => return Part::Aside,
        _ if is_threshold(quantity, before, after, another) => return Part::Threshold,
        _ if is_from(before, after) => return Part::From,
        Dimension::Doubling if !before.trim_end_matches(['了', '将', '近']).ends_with('翻') => {
            return Part::Aside;
        }
        _ if is_class(quantity, before, after) => return Part::Aside,
        Dimension::Doubling => {
            let amount = doubled(quantity.value);
            let cut = before.rfind('翻').unwrap_or(before.len());
            let (subject, base) = strip_comparison(&before[..cut]);
            let base = if base == Base::YearBefore {
                Base::Earlier
            } else {
                base
            };
            return Part::Growth {
                amount,
                base,
                average: false,
                subject: subject.len(),
            };
        }
        Dimension::Share | Dimension::Points | Dimension::Times => {}
        _ => return Part::Value,
    }
    if let Some(part) = completion(quantity, before) {
        return part;
    }
    if quantity.unit.dimension == Dimension::Times
        && let Some(part) = multiple(quantity, before)
    {
        return part;
    }
    if quantity.unit.form == "‰" {
        return Part::Value;
    }
    growth(quantity, before).unwrap_or(Part::Value)
}

/// 翻两番: by how many percent so many doublings raise.
pub(super) fn doubled(turns: Decimal) -> Decimal {
    let turns = u32::try_from(turns).unwrap_or(1).min(10);
    Decimal::from((2_u32.pow(turns) - 1) * 100)
}

/// 由2017年的73.4岁提高到75.6岁: a year, no duration.
fn is_year(quantity: &Quantity) -> bool {
    quantity.unit.form == "年" && quantity.value >= Decimal::from(1900)
}

/// A duration is a figure only of what lasts: 优良天数达到176天.
fn measures_time(before: &str) -> bool {
    word_before(strip_link(before), Role::TimeSubject).is_some()
}

/// 由10.81万人下降到…: the old value.
fn is_from(before: &str, after: &str) -> bool {
    // 在2018年65亿元的基础上，2023年达到158亿元
    if after.trim_start_matches('的').starts_with("基础上") && before.contains('在') {
        return true;
    }
    let Some(at) = before.rfind(['由', '从']) else {
        return false;
    };
    let between = &before[at + '由'.len_utf8()..];
    if between.chars().count() > 12 {
        return false;
    }
    let rest = after.trim_start_matches(['，', ' ']);
    let rest = rest.strip_prefix('的').unwrap_or(rest);
    let rest = word_after(rest, Role::Pace).map_or(rest, |pace| &rest[pace.len()..]);
    let grows = [Role::Rise, Role::Fall]
        .iter()
        .any(|&role| word_before(between, role).is_some());
    [Role::Turned, Role::Rise, Role::Fall]
        .iter()
        .chain(grows.then_some(&Role::TurnedGrowth))
        .any(|&role| word_after(rest, role).is_some())
}

/// 是2011年的3.14倍 is a growth of 214 percent; 增长1.7倍 one of 170.
fn multiple(quantity: &Quantity, before: &str) -> Option<Part> {
    let head = strip_fillers(before).0;
    if let Some(word) = word_before(head, Role::Rise) {
        let (subject, base) = strip_comparison(&head[..head.len() - word.len()]);
        let average = subject.ends_with("年均");
        // 五年增长1.2倍: over all of them.
        let (subject, base) = match strip_years(subject) {
            Some(rest) if base == Base::YearBefore => (rest, Base::Earlier),
            _ => (subject, base),
        };
        return Some(Part::Growth {
            amount: quantity.value * Decimal::ONE_HUNDRED,
            base,
            average,
            subject: subject.len(),
        });
    }
    let (at, word) = words_in(before, Role::TimesOf).max_by_key(|(at, word)| (*at, word.len()))?;
    let than = &before[at + word.len()..];
    if !before.trim_end().ends_with('的') && !than.is_empty() {
        return None;
    }
    let base = strip_comparison(&format!("比{}", than.trim_end_matches('的'))).1;
    let amount = (quantity.value - Decimal::ONE) * Decimal::ONE_HUNDRED;
    Some(Part::Growth {
        amount,
        base,
        average: false,
        subject: at,
    })
}

fn growth(quantity: &Quantity, before: &str) -> Option<Part> {
    // 同比-4.2%: the sign is the only word for the change.
    if quantity.value.is_sign_negative() && compares(before) {
        return Some(Part::Growth {
            amount: quantity.value,
            base: Base::YearBefore,
            average: false,
            subject: before.rfind("同比").unwrap_or(before.len()),
        });
    }
    let (head, level) = strip_fillers(before);
    if level {
        return None;
    }
    let head = strip_running(head);
    let (word, falls) = match (word_before(head, Role::Rise), word_before(head, Role::Fall)) {
        (Some(rise), Some(fall)) if fall.len() > rise.len() => (fall, true),
        (Some(rise), _) => (rise, false),
        (None, Some(fall)) => (fall, true),
        (None, None) => return None,
    };
    let lead = &head[..head.len() - word.len()];
    // 拉动增长2个百分点 is what one thing gave to the growth of another.
    if quantity.unit.dimension == Dimension::Points && lead.contains("拉动") {
        return None;
    }
    // 高于全县农民收入增速5.1个百分点: a gap to another's growth.
    if quantity.unit.dimension == Dimension::Points && word != "高出" && holds(lead, Role::Gap) {
        return None;
    }
    // 人口自然增长率: the rate itself is what is measured.
    if word == "增长率" && lead.ends_with("自然") {
        return None;
    }
    // 比“十三五”末年均增长: the average stands behind what it is against.
    let averaged =
        word_before(lead, Role::Average).filter(|_| word_before(lead, Role::EachAgainst).is_none());
    let lead = averaged.map_or(lead, |word| &lead[..lead.len() - word.len()]);
    // 高出全省平均: a gap, not a growth, unless it is against an earlier time.
    let (subject, base) = strip_comparison(lead);
    if word == "高出" && subject.len() == lead.trim_end().len() {
        return None;
    }
    let mut average = averaged.is_some();
    let mut subject = subject;
    let mut base = base;
    loop {
        let was = subject.len();
        if let Some(word) = word_before(subject, Role::Average) {
            subject = &subject[..subject.len() - word.len()];
            average = true;
        }
        // 增速下降1.8个百分点: the rate itself has changed by so much.
        let rate = |word: &str| {
            quantity.unit.dimension == Dimension::Points
                && !strip_lead(&subject[..subject.len() - word.len()]).is_empty()
                && words(Role::RateOfChange).contains(&word)
        };
        if let Some(word) =
            word_before(subject, Role::Rise).filter(|word| word.chars().count() > 1 && !rate(word))
        {
            subject = &subject[..subject.len() - word.len()];
        }
        subject = subject.trim_end_matches(['，', ' ', '、']);
        // 年均 is read above, once 分别 behind it is gone.
        while !subject.ends_with("年均")
            && !subject.ends_with("年平均")
            && let Some(word) = word_before(subject, Role::BeforeChange)
        {
            subject = &subject[..subject.len() - word.len()];
        }
        if let Some(rest) = strip_years(subject) {
            subject = rest;
            average |= head.contains("平均") || head.contains("年均");
            if base == Base::YearBefore {
                base = Base::Earlier;
            }
        }
        let (cut, _) = strip_comparison(subject);
        subject = cut;
        if subject.len() == was {
            break;
        }
    }
    let amount = if falls {
        -quantity.value
    } else {
        quantity.value
    };
    Some(Part::Growth {
        amount,
        base,
        average,
        subject: subject.len(),
    })
}

/// 近五年平均增长, 五年累计下降: how many years it is over is no subject. 连续五年增长 says what each of them brought.
fn strip_years(text: &str) -> Option<&str> {
    let text = text.strip_suffix("累计").unwrap_or(text);
    let rest = text
        .strip_suffix('年')
        .or_else(|| text.strip_suffix("年来"))
        .or_else(|| text.strip_suffix("年间"))?;
    let span =
        rest.trim_end_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十两".contains(c));
    let years = &rest[span.len()..];
    let cut = word_before(span, Role::Past).map(|word| &span[..span.len() - word.len()]);
    // 2015年, 二〇一五年, 第五年 and the plan 十五 name one.
    let several = matches!(years, "两" | "三" | "四" | "五" | "2" | "3" | "4" | "5")
        && !span.ends_with(['续', '第', '每', '〇', '○', '零', '、', '—', '-']);
    (several || (cut.is_some() && !years.is_empty())).then(|| cut.unwrap_or(span))
}

/// 增幅连续3年超过10%: how long it has run stands between the change and its number.
fn strip_running(text: &str) -> &str {
    let Some(at) = text.rfind("连续") else {
        return text;
    };
    let run = text[at + "连续".len()..].trim_end_matches('年');
    if run.chars().count() <= 2 {
        strip_fillers(&text[..at]).0
    } else {
        text
    }
}

/// Strips fillers off the end; the flag says that 到 or 至 was among them, so that the number is a level.
pub(super) fn strip_fillers(text: &str) -> (&str, bool) {
    let mut rest = text.trim_end();
    let mut level = false;
    while let Some(word) = word_before(rest, Role::Filler) {
        // 幅度在5% is a growth, 提高到5% a level.
        if matches!(word, "到" | "至")
            && [Role::Rise, Role::Fall]
                .iter()
                .any(|&role| word_before(&rest[..rest.len() - word.len()], role).is_some())
        {
            level = true;
        }
        // 恩格尔系数下降为37%, but 降幅为3%.
        rest = &rest[..rest.len() - word.len()];
        level |= match word {
            "为" => changes_by(rest, Role::ChangeInto),
            "达到" => changes_by(rest, Role::ChangeReached),
            _ => false,
        };
        rest = rest.trim_end();
    }
    (rest, level)
}

/// Whether a text ends with a change that a word of `role` is.
fn changes_by(text: &str, role: Role) -> bool {
    [Role::Rise, Role::Fall]
        .iter()
        .any(|&change| word_before(text, change).is_some_and(|word| words(role).contains(&word)))
}
