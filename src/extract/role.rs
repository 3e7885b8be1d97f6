//! What a quantity is to its sentence: a value, a growth, a share of a task, or no figure at all.

use rust_decimal::Decimal;

use super::lexicon::{Dimension, Role, holds, word_after, word_before, words_in};
use super::numeral::numeral;
use super::quantity::{Mark, Quantity, quantities};
use super::subject::{Base, attached, strip_comparison, strip_lead, strip_link};
use crate::document::words::head;

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
            let turns = u32::try_from(quantity.value).unwrap_or(1).min(10);
            let amount = Decimal::from((2_u32.pow(turns) - 1) * 100);
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

/// 由2017年的73.4岁提高到75.6岁: a year, no duration.
fn is_year(quantity: &Quantity) -> bool {
    quantity.unit.form == "年" && quantity.value >= Decimal::from(1900)
}

/// A duration is a figure only of what lasts: 优良天数达到176天.
fn measures_time(before: &str) -> bool {
    word_before(strip_link(before), Role::TimeSubject).is_some()
}

/// 10万吨级航道, 30万吨巨轮, 2台60万千瓦机组: the size of a thing, not how much there is.
fn is_class(quantity: &Quantity, before: &str, after: &str) -> bool {
    // 5万头奶牛养殖基地: how many it is made for.
    let farm = [
        "养殖基地",
        "养殖场",
        "养殖项目",
        "牧场",
        "养殖小区",
        "繁育基地",
    ];
    if matches!(quantity.unit.form, "头" | "只" | "羽") {
        let noun = head(attached(after), 12);
        return farm.iter().any(|place| noun.contains(place));
    }
    let sized = match quantity.unit.dimension {
        Dimension::Mass | Dimension::Energy | Dimension::Volume => true,
        Dimension::Money => false,
        _ => return false,
    };
    if after.starts_with('级') || !sized {
        return after.starts_with('级');
    }
    let things = [
        "轮", "巨轮", "码头", "泊位", "船", "机组", "航道", "货轮", "散货",
    ];
    let works = ["项目", "工程", "装置", "生产线"]
        .iter()
        .any(|work| attached(after).contains(work));
    let output = ["产能", "能力", "产量", "形成", "新增", "达到", "年产值"]
        .iter()
        .any(|word| before.trim_end().ends_with(word));
    things.iter().any(|thing| after.starts_with(thing)) || (works && !output)
}

/// 在全国74个城市中排名第二: those among whom a rank is held; 4次排名第1 is how often it was.
fn is_field(quantity: &Quantity, before: &str, after: &str) -> bool {
    if !quantity.unit.counts() || quantity.unit.form == "次" || quantity.value <= Decimal::ONE {
        return false;
    }
    let clause = &after[..after.find(['，', '。', '；']).unwrap_or(after.len())];
    let Some(place) = clause.find('第').or_else(|| clause.find("首位")) else {
        return false;
    };
    let holds_rank = ["排名", "位居", "位列", "居", "列", "中排", "中位", "中名"];
    let among = before.contains('在')
        || ["全国", "全省", "全市", "排名", "位居", "位列", "居", "列"]
            .iter()
            .any(|word| before.trim_end().ends_with(word));
    among
        && holds_rank
            .iter()
            .any(|word| clause[..place].contains(word) || before.contains(word))
}

/// 年产6万吨莱赛尔纤维项目: part of a project's name.
fn is_capacity(before: &str, after: &str) -> bool {
    word_before(before.trim_end(), Role::Capacity).is_some() && !attached(after).is_empty()
}

fn is_threshold(quantity: &Quantity, before: &str, after: &str, another: bool) -> bool {
    if is_task(quantity, before, after) {
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
    let goes_on = (bounded || led)
        && noun.starts_with(|c: char| c.is_alphabetic() || c == '“')
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

/// Whether a noun phrase opens with things that an amount may set apart from others of their kind: 工业项目落地.
fn opens_with_things(noun: &str) -> bool {
    let noun = head(attached(noun), 8);
    let money = ["资金", "投资", "贷款", "债券", "收入", "税收", "产值"];
    (holds(noun, Role::Thing) || holds(noun, Role::Class))
        && !money.iter().any(|word| noun.contains(word))
}

/// 一批产值过50亿元的园区, 首个产值超百亿元的县: whether the amount behind `before` is what a thing must have to be one of
/// those meant. 总投资超50亿元的某项目 says what is invested in it.
fn sets_apart(before: &str) -> bool {
    let before = before.trim_end();
    let some = [
        "一批", "首个", "首家", "一个", "多个", "更多", "若干", "一家",
    ]
    .iter()
    .any(|word| before.contains(word));
    let has = word_before(before.trim_end_matches('年'), Role::Amount).is_some();
    some || (has && word_before(before, Role::Spending).is_none())
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
    [Role::Turned, Role::Rise, Role::Fall]
        .iter()
        .any(|&role| word_after(rest, role).is_some())
}

/// 完成任务的77.7%, 超年初预算74.5%.
fn completion(quantity: &Quantity, before: &str) -> Option<Part> {
    if quantity.unit.dimension != Dimension::Share {
        return None;
    }
    let head = without_task_amount(strip_fillers(before).0);
    let task = word_before(head, Role::Completion)?;
    let lead = &head[..head.len() - task.len()];
    let lead = lead
        .trim_end_matches(|c: char| c.is_ascii_digit() || "年全县市区镇乡省级度总本了".contains(c));
    // 完成省下达任务的120%: who has set the task.
    let lead = ["下达", "确定", "分解", "交办", "要求"]
        .iter()
        .find_map(|set| lead.trim_end_matches('的').strip_suffix(set))
        .map_or(lead, |lead| {
            lead.trim_end_matches(|c: char| "上级国家县市区镇乡省州委".contains(c))
        });
    let (cut, over) = [
        "超额完成",
        "超出",
        "超过",
        "超",
        "完成",
        "占",
        "为",
        "达到",
        "达",
    ]
    .iter()
    .find_map(|verb| {
        lead.strip_suffix(verb).map(|rest| {
            (
                rest.len(),
                matches!(*verb, "超出" | "超过" | "超" | "超额完成"),
            )
        })
    })?;
    let percent = if over && quantity.value < Decimal::ONE_HUNDRED {
        quantity.value + Decimal::ONE_HUNDRED
    } else {
        quantity.value
    };
    Some(Part::Completion {
        percent,
        subject: strip_link(strip_lead(&lead[..cut])).len().min(cut),
    })
}

/// 完成全年目标任务5亿元的84%: the words before the amount of the task.
fn without_task_amount(text: &str) -> &str {
    let mut tasks = words_in(text, Role::Completion);
    let amount = |end: usize| {
        let rest = &text[end..];
        matches!(&quantities(rest)[..], [only] if only.range == (0..rest.len()))
    };
    tasks
        .find_map(|(at, task)| amount(at + task.len()).then(|| &text[..at + task.len()]))
        .unwrap_or(text)
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
    let (at, word) = ["是", "为", "达到", "达", "相当于"]
        .iter()
        .filter_map(|word| before.rfind(word).map(|at| (at, word)))
        .max()?;
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
    let gap = [
        "高于", "低于", "快于", "慢于", "好于", "领先", "超出", "高出",
    ]
    .iter()
    .any(|word| lead.contains(word));
    if quantity.unit.dimension == Dimension::Points && gap && !matches!(word, "高出") {
        return None;
    }
    // 人口自然增长率: the rate itself is what is measured.
    if word == "增长率" && lead.ends_with("自然") {
        return None;
    }
    // 比“十三五”末年均增长: the average stands behind what it is against.
    let each = ["上年均", "去年均", "往年均", "常年均"]
        .iter()
        .any(|year| lead.ends_with(year));
    let averaged = word_before(lead, Role::Average).filter(|_| !each);
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
                && matches!(word, "增速" | "增幅" | "增长率" | "增长速度" | "增长幅度")
        };
        if let Some(word) =
            word_before(subject, Role::Rise).filter(|word| word.chars().count() > 1 && !rate(word))
        {
            subject = &subject[..subject.len() - word.len()];
        }
        subject = subject.trim_end_matches(['，', ' ', '、']);
        for word in [
            "分别", "平均", "均", "实现", "同比", "预计", "实际", "名义", "可", "计划", "拟",
            "预期", "力争", "争取", "要求",
        ] {
            // 年均 is read above, once 分别 behind it is gone.
            if !subject.ends_with("年均") && !subject.ends_with("年平均") {
                subject = subject.strip_suffix(word).unwrap_or(subject);
            }
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
    let cut = ["近", "前", "过去", "后", "这"]
        .iter()
        .find_map(|word| span.strip_suffix(word));
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
fn strip_fillers(text: &str) -> (&str, bool) {
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
        if word == "为"
            && [Role::Rise, Role::Fall].iter().any(|&role| {
                word_before(&rest[..rest.len() - word.len()], role).is_some_and(|change| {
                    matches!(
                        change,
                        "下降"
                            | "降低"
                            | "减少"
                            | "缩小"
                            | "提高"
                            | "提升"
                            | "上升"
                            | "增加"
                            | "扩大"
                    )
                })
            })
        {
            level = true;
        }
        if word == "达到"
            && [Role::Rise, Role::Fall].iter().any(|&role| {
                word_before(&rest[..rest.len() - word.len()], role)
                    .is_some_and(|word| matches!(word, "提高" | "提升" | "上升" | "扩大"))
            })
        {
            level = true;
        }
        rest = rest[..rest.len() - word.len()].trim_end();
    }
    (rest, level)
}
