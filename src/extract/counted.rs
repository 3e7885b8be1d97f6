//! Whether a Chinese numeral counts or measures, or is part of a word, a name or a manner of speech.

use rust_decimal::Decimal;

use super::lexicon::{Dimension, Role, Unit, holds, word_after, word_before, words};
use super::quantity::Raw;
use crate::document::words::head;

/// 无一人伤亡, 未发生一起事故, 一人一户: none.
pub(super) fn none_at_all(text: &str, start: usize, raw: &Raw) -> bool {
    let lead = &text[..start];
    raw.value == Decimal::ONE
        && raw
            .unit
            .is_some_and(|unit| words(Role::NoneCounter).contains(&unit.form))
        && !text[raw.end..].starts_with(['外', '大'])
        && word_before(lead, Role::NoneOf).is_some()
}

/// Whether a Chinese numeral counts or measures here: 五个村 does, 这三项, 第二批 and 四个自信 do not.
pub(super) fn chinese_measures(
    text: &str,
    start: usize,
    raw: &Raw,
    unit: &Unit,
    before: Option<char>,
) -> bool {
    let lead = &text[..start];
    let after = &text[raw.end..];
    if before.is_some_and(|c| {
        "第各每这那数几前首上下此该某任同百千万十零一二三四五六七八九两双".contains(c)
    }) || lead.ends_with("党的")
        || lead.ends_with("中共")
        || word_after(&text[start..], Role::Idiom).is_some()
        || word_after(after, Role::Abstract).is_some_and(|word| ends_or_work(&after[word.len()..]))
    {
        return false;
    }
    let named = after.trim_start_matches(['“', '的']);
    if unit.dimension != Dimension::Money && word_after(named, Role::Speech).is_some() {
        return false;
    }
    let numeral = &text[start..raw.end - unit.form.len()];
    match unit.dimension {
        Dimension::Time => false,
        Dimension::Doubling | Dimension::Times | Dimension::Share | Dimension::Points => true,
        Dimension::Money
        | Dimension::Area
        | Dimension::Length
        | Dimension::Volume
        | Dimension::Mass => {
            raw.value > Decimal::TEN
                || (raw.value > Decimal::ONE && !matches!(unit.form, "方" | "立方" | "平" | "米"))
        }
        _ if raw.value == Decimal::ONE && raw.high.is_none() => {
            // 建立社工站一处: a single thing is counted only after its noun.
            let noun_before =
                before.is_some_and(|c| !c.is_ascii() && !"，。；、：进统唯万之另同无".contains(c));
            let ends = after.chars().next().is_none_or(|c| "，。；、".contains(c));
            noun_before && ends && words(Role::SingleCounter).contains(&unit.form)
        }
        // 人才政策十五条 is the name of a paper.
        _ if unit.form == "条" && after.starts_with(['，', '。', '；', '、']) => false,
        // 三大园区 are counted, 四大工程 are not, nor is any list of ten that is no list of industries and the like.
        _ if unit.form == "大" => {
            let noun = head(after, 7);
            let noun = noun
                .split(|c: char| !c.is_alphabetic())
                .next()
                .unwrap_or(noun);
            let counted = raw.value < Decimal::TEN
                || (raw.value == Decimal::TEN && holds(noun, Role::TenGreat));
            counted && !holds(noun, Role::Great)
        }
        _ if raw.value.is_zero() || numeral == "二" => false,
        Dimension::Noun => true,
        _ => words(Role::CountedInChinese).contains(&unit.form) || spelled_out(numeral, raw.value),
    }
}

/// 八千六百 (人) and 三百 (户) are written out; 百 and 千 alone are words.
fn spelled_out(numeral: &str, value: Decimal) -> bool {
    numeral.starts_with(|c| "一二三四五六七八九两".contains(c)) && value >= Decimal::ONE_HUNDRED
}

/// Whether nothing but a mark or 工作 follows: 六个方面工作.
fn ends_or_work(text: &str) -> bool {
    text.is_empty()
        || text.starts_with(['，', '。', '；', '：', '、', '“', '”', '（', '上', '和'])
        || text.starts_with("工作")
        || text.starts_with("的工作")
}
