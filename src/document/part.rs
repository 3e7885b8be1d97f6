//! Which headings are the main parts of a report, and what each part is for.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::decode::marks::Style;
use crate::fact::SectionType;

use super::heading::Heading;
use super::words::{all_of, has};

/// The indices of the headings that head main parts. Empty where the report has none.
pub(super) fn parts(headings: &[Heading]) -> HashSet<usize> {
    let of = |style: Option<Style>| -> Vec<usize> {
        (0..headings.len())
            .filter(|&i| headings[i].style == style)
            .collect()
    };
    let numbered_parts = of(Some(Style::Part));
    if numbered_parts.len() >= 2 {
        return numbered_parts.into_iter().collect();
    }
    let titles: Vec<usize> = of(None)
        .into_iter()
        .filter(|&i| names_part(headings[i].text))
        .collect();
    let chapters = of(Some(Style::Chapter));
    let telling: Vec<usize> = chapters
        .iter()
        .copied()
        .filter(|&i| tells_part(headings[i].text))
        .collect();
    // 一、 begins anew under each title: the titles head the parts.
    let begins = chapters
        .iter()
        .filter(|&&i| headings[i].number == 1)
        .count();
    if !titles.is_empty() && (telling.is_empty() || (begins >= 2 && telling.len() < 2)) {
        return titles.into_iter().collect();
    }
    if !telling.is_empty() {
        let mut all: HashSet<usize> = chapters.into_iter().collect();
        // A part that lost its number among numbered ones.
        let missing = |kind| {
            !telling
                .iter()
                .any(|&i| kind_of(headings[i].text) == Some(kind))
        };
        for i in titles {
            if kind_of(headings[i].text).is_some_and(missing) {
                all.insert(i);
            }
        }
        return all;
    }
    let bracketed: Vec<usize> = of(Some(Style::Bracketed))
        .into_iter()
        .filter(|&i| names_part(headings[i].text))
        .collect();
    let kinds: HashSet<_> = bracketed
        .iter()
        .filter_map(|&i| kind_of(headings[i].text))
        .collect();
    if kinds.len() >= 2 {
        return bracketed.into_iter().collect();
    }
    HashSet::new()
}

/// A title that can only head a main part: 2021年工作回顾, 今后五年的目标任务.
fn names_part(text: &str) -> bool {
    static OPENING: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^([12]\d[\dxX×*]{2}年|[一二][九〇]..年|[一二三四五]年|今年|明年|去年|过去|今后|未来|下一步|下步|下一阶段|新的一年|本届|上届|五年来|一年来|关于|“|主要|工作|政府|全年|当前|存在|\d+年|.{1,6}届)",
        )
        .expect("the pattern of a part's title compiles")
    });
    text.chars().count() <= 36
        && tells_part(text)
        && (OPENING.is_match(text) || text.contains("——"))
}

/// Whether a numbered heading has words that main parts have.
fn tells_part(text: &str) -> bool {
    static TELLING: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"回顾|总结|成就|基本估计|基本评价|基本估价|工作情况|完成情况|执行情况|年的?(主要|政府)*工作$|(期间|时期|以来|届政府|过去.{1,3}年)的?(主要|政府)*工作|任务|工作安排|安排$|思路|打算|建议|部署|总体要求|总要求|总的要求|奋斗目标|发展目标|主要目标|预期目标|工作重点|重点工作|展望|设想|^今后|^下一步|工作意见|工作计划|指导思想|存在.{0,4}问题|困难和问题",
        )
        .expect("the pattern of a part compiles")
    });
    TELLING.is_match(&without_deeds(text))
}

/// 创新思路，做强产业: what was thought of anew is work done, and heads no plan.
fn without_deeds(text: &str) -> Cow<'_, str> {
    if !has("no-plan", text) {
        return Cow::Borrowed(text);
    }
    let words = all_of("no-plan");
    let rest = words
        .iter()
        .fold(text.to_owned(), |rest, word| rest.replace(word, ""));
    Cow::Owned(rest)
}

/// What the words of a part's heading say it is for.
pub(super) fn kind_of(text: &str) -> Option<SectionType> {
    let text = &*without_deeds(text);
    let any = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if any(&[
        "回顾",
        "总结",
        "完成情况",
        "执行情况",
        "工作情况",
        "发展情况",
        "基本估计",
        "基本评价",
        "基本估价",
    ]) {
        return Some(SectionType::Review);
    }
    if has("problems", text) {
        return Some(SectionType::Problems);
    }
    if any(&[
        "今后",
        "未来",
        "下一步",
        "下步",
        "明年",
        "新的一年",
        "安排",
        "打算",
        "部署",
        "建议",
        "任务",
        "展望",
        "工作重点",
        "重点工作",
        "设想",
    ]) {
        return Some(SectionType::Plan);
    }
    if has("review", text) {
        return Some(SectionType::Review);
    }
    if has("plan", text) {
        return Some(SectionType::Plan);
    }
    None
}

/// What a part without telling words is for, by what its text talks of: work done or work to do.
pub(super) fn kind_by_text(text: &str) -> SectionType {
    let count =
        |words: &[&str]| -> usize { words.iter().map(|word| text.matches(word).count()).sum() };
    let done = count(&[
        "同比",
        "比上年",
        "荣获",
        "了",
        "累计",
        "分别增长",
        "预计完成",
        "全年完成",
        "被评为",
        "建成",
        "新增",
    ])
    .saturating_sub(count(&["为了"]));
    // 主要 and 重要 call for nothing.
    let to_do = count(&[
        "力争", "确保", "要", "将", "加快", "继续", "努力", "大力", "着力", "争取",
    ])
    .saturating_sub(count(&["主要", "重要", "需要", "要求", "必要", "首要"]));
    if to_do > done * 2 {
        SectionType::Plan
    } else {
        SectionType::Review
    }
}
