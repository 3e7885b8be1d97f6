//! When a figure is about: the years and periods that a sentence names.

use super::lexicon::{Role, Said};

/// A year that a sentence names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct YearMention {
    /// Byte of the sentence where it ends.
    pub(super) end: usize,
    /// The year as written.
    pub(super) year: i32,
    /// What the sentence does with it.
    pub(super) role: YearRole,
}

/// What a sentence does with a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum YearRole {
    /// The figures after it are of that year.
    About,
    /// 到2025年: the figures after it shall be reached by then.
    Until,
    /// 比2020年, 从2018年起, 2000年以前: no figure is of that year.
    Aside,
}

/// The years that a sentence names, in order; `review` is the year that the report looks back on.
pub(super) fn years(text: &str, said: Said, review: Option<i32>) -> Vec<YearMention> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('年') {
        let Some((start, year)) = arabic_year(text, at).or_else(|| chinese_year(text, at)) else {
            continue;
        };
        if !(1900..2100).contains(&year) || text[..start].ends_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let end = at + '年'.len_utf8();
        // 2000年底前建成的小区: of a time long past nothing is told but how old a thing is.
        let before = text[end..]
            .trim_start_matches(['底', '末'])
            .starts_with('前');
        let is_age = before && review.is_some_and(|review| year < review);
        found.push(YearMention {
            end,
            year,
            role: if is_age {
                YearRole::Aside
            } else {
                role(&text[..start], &text[end..])
            },
        });
    }
    if !said.has(Role::PlanName) {
        return found;
    }
    for (at, mark) in text.match_indices('五') {
        let end = at + mark.len();
        let Some(plan) = PLANS.iter().find(|(name, _)| text[..end].ends_with(name)) else {
            continue;
        };
        let rest = text[end..]
            .trim_start_matches('”')
            .trim_start_matches("规划")
            .trim_start_matches("时期");
        let lead = text[..end - plan.0.len()].trim_end_matches('“');
        let base = ["比", "较", "是", "为", "从", "由"]
            .iter()
            .any(|word| lead.ends_with(word));
        if !base && ["末", "期末"].iter().any(|end| rest.starts_with(end)) {
            found.push(YearMention {
                end,
                year: plan.1,
                role: YearRole::Until,
            });
        }
    }
    found.sort_by_key(|mention| mention.end);
    found
}

/// The year in four digits that ends at the byte `end`, and where it begins.
fn arabic_year(text: &str, end: usize) -> Option<(usize, i32)> {
    let start = end
        .checked_sub(4)
        .filter(|&start| text.is_char_boundary(start))?;
    Some((start, text[start..end].parse().ok()?))
}

/// 一九八一, 二〇二三: a year in Chinese digits.
fn chinese_year(text: &str, end: usize) -> Option<(usize, i32)> {
    let mut digits = text[..end].char_indices().rev().take(4);
    let mut year = 0;
    let mut start = end;
    for place in [1, 10, 100, 1000] {
        let (at, c) = digits.next()?;
        let digit = match c {
            '〇' | '○' | '零' | 'Ｏ' | 'O' => 0,
            c => "一二三四五六七八九".chars().position(|known| known == c)? + 1,
        };
        year += place * i32::try_from(digit).ok()?;
        start = at;
    }
    Some((start, year))
}

/// The last year of the five-year plan that a heading or opening is about: “十四五”时期目标 gives 2025.
pub(super) fn plan_named(text: &str, said: Said) -> Option<i32> {
    if !said.has(Role::PlanName) {
        return None;
    }
    // 编制市“十四五”规划纲要, 做好“十四五”规划中期评估 and what the plan has fixed look at the plan, not ahead by it.
    let asides = [
        "编制", "谋划", "制定", "启动", "研究", "完成", "做好", "抓好", "评估", "落实", "实施",
        "对接", "衔接",
    ];
    let (_, year) = PLANS.iter().find(|(name, _)| {
        text.find(name).is_some_and(|at| {
            let lead = text[..at].trim_end_matches('“');
            let lead = lead
                .rsplit(['，', '。', '；', '：', '、', '）'])
                .next()
                .unwrap_or(lead);
            let rest = text[at + name.len()..].trim_start_matches('”');
            let about = ["时期", "期间", "规划", "目标", "发展", "主要", "经济社会"]
                .iter()
                .any(|word| rest.starts_with(word));
            about
                && !rest.starts_with("规划确定")
                && !rest.starts_with("规划编制")
                && !asides.iter().any(|word| lead.contains(word))
        })
    })?;
    Some(*year)
}

/// The five-year plans and their last years.
const PLANS: [(&str, i32); 6] = [
    ("十一五", 2010),
    ("十二五", 2015),
    ("十三五", 2020),
    ("十四五", 2025),
    ("十五五", 2030),
    ("“十五", 2005),
];

fn role(before: &str, after: &str) -> YearRole {
    if [
        "以前", "之前", "以来", "开始", "起", "度", "版", "同期", "的",
    ]
    .iter()
    .any(|word| after.starts_with(word))
        && !after.starts_with("的全")
    {
        return YearRole::Aside;
    }
    if [
        "比",
        "较",
        "是",
        "从",
        "由",
        "自",
        "同",
        "与",
        "超过",
        "相当于",
        "按",
        "比照",
        "超",
        "—",
        "-",
        "至今",
        "对比",
        "为",
    ]
    .iter()
    .any(|word| before.ends_with(word))
    {
        return YearRole::Aside;
    }
    if ["到", "至", "截至", "截止", "截止到", "截至到"]
        .iter()
        .any(|word| before.ends_with(word))
    {
        return if before.ends_with("截至") || before.ends_with("截止") {
            YearRole::About
        } else {
            YearRole::Until
        };
    }
    YearRole::About
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_their_roles() {
        let read = |text| {
            years(text, Said::of(text), Some(2023))
                .iter()
                .map(|y| (y.year, y.role))
                .collect::<Vec<_>>()
        };
        assert_eq!(read("2023年完成税收"), [(2023, YearRole::About)]);
        assert_eq!(read("到2025年底，覆盖率达到90%"), [(2025, YearRole::Until)]);
        assert_eq!(
            read("比2019年增长5%，2000年以前建成"),
            [(2019, YearRole::Aside), (2000, YearRole::Aside)]
        );
        assert_eq!(
            read("2000年底前建成的小区，2025年底前完工"),
            [(2000, YearRole::Aside), (2025, YearRole::About)]
        );
        assert_eq!(read("到“十四五”末"), [(2025, YearRole::Until)]);
        assert_eq!(
            read("一九八一年要求增长，比一九八〇年多"),
            [(1981, YearRole::About), (1980, YearRole::Aside)]
        );
    }
}
