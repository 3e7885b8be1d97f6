//! Which part of a year, or which years, a figure covers.

use super::figure::Figure;
use super::lexicon::{Dimension, Role, word_after, word_before, words};
use super::nominal::opens_with_verb;
use super::numeral::numeral;
use crate::fact::{Period, Status};

/// The period of a figure. `before` is its sentence up to its number; `years_together` whether its part of the report
/// looks back over several years; `dated` whether the sentence names the year.
pub(super) fn period(
    figure: &Figure,
    before: &str,
    status: Status,
    years_together: bool,
    dated: bool,
) -> Period {
    if status != Status::Target {
        if let Some(month) = month_reached(before) {
            return Period::ToMonth(month);
        }
        if contains(before, &["上半年"]) && !contains(before, &["较上半年", "比上半年"])
        {
            return Period::FirstHalf;
        }
    }
    if words(Role::Whole)
        .iter()
        .any(|word| figure.label.contains(word))
    {
        return Period::Other;
    }
    if is_stock(figure, before) {
        return Period::AsOf;
    }
    let several = contains(
        before,
        &[
            "五年来",
            "五年间",
            "过去五年",
            "五年共",
            "五年累计",
            "三年来",
            "四年来",
            "几年来",
            "届以来",
            "任期内",
            "年开始",
            "期间，累计",
        ],
    ) || opens_with_years(clause(before));
    if status != Status::Target
        && figure.quantity.is_some()
        && (several || (years_together && !dated))
    {
        return Period::Cumulative;
    }
    Period::Year
}

/// Whether a part or paragraph that opens so looks back over several years together; `None` where it does not say.
pub(super) fn looks_back_over_years(opening: &str) -> Option<bool> {
    let plan = opening.match_indices('五').any(|(at, five)| {
        let rest = opening[at + five.len()..].trim_start_matches('”');
        let named = ["十", "十一", "十二", "十三", "十四"]
            .iter()
            .any(|ten| opening[..at].ends_with(ten));
        named
            && [
                "时期",
                "期间",
                "以来",
                "工作回顾",
                "规划执行",
                "规划完成",
                "发展回顾",
                "取得",
            ]
            .iter()
            .any(|word| rest.starts_with(word))
    });
    let five = contains(
        opening,
        &[
            "过去五年",
            "五年来",
            "这五年",
            "五年工作",
            "过去的五年",
            "五年间",
            "本届政府以来",
            "几年来",
            "过去四年",
            "过去三年",
            "四年来",
            "三年来",
        ],
    );
    if plan || five {
        // 2005年和“十五”工作回顾 begins with the year; its paragraphs say where the longer look back begins.
        return Some(!names_a_year(opening));
    }
    let one_year = contains(
        opening,
        &[
            "刚刚过去的",
            "过去一年",
            "过去的一年",
            "一年来",
            "去年",
            "年工作回顾",
        ],
    );
    one_year.then_some(false)
}

/// Whether a year is named in figures: 2005年.
fn names_a_year(text: &str) -> bool {
    text.match_indices('年').any(|(at, _)| {
        text[..at].ends_with(|c: char| c.is_ascii_digit())
            && text[..at]
                .chars()
                .rev()
                .take_while(char::is_ascii_digit)
                .count()
                == 4
    })
}

/// A stock at a date: what there is, not what came about in the year.
fn is_stock(figure: &Figure, before: &str) -> bool {
    let Some(quantity) = &figure.quantity else {
        return false;
    };
    // 贷款余额比年初增加20亿元: what came on top is none.
    if [Role::Rise, Role::Fall]
        .iter()
        .filter_map(|&role| word_before(&figure.label, role))
        .any(|change| !change.ends_with(['率', '速', '幅']))
    {
        return false;
    }
    // Of money only what remains is a stock: 低保金 are paid out.
    let money = quantity.unit.dimension == Dimension::Money;
    if words(Role::Stock)
        .iter()
        .any(|word| figure.label.contains(word) && (!money || word.ends_with("余额")))
    {
        return true;
    }
    let reached = [
        "发展到",
        "达到",
        "增加到",
        "提高到",
        "扩大到",
        "增至",
        "升至",
        "达",
        "现有",
        "共有",
        "拥有",
        "下降到",
        "减少到",
        "尚有",
        "所辖",
    ];
    let counted = matches!(
        quantity.unit.dimension,
        Dimension::Count | Dimension::Person | Dimension::Area | Dimension::Length
    );
    let clause = clause(before);
    counted
        && (reached.iter().any(|word| clause.ends_with(word))
            || contains(clause, &["现有", "尚有", "所辖", "共有"]))
        && !contains(clause, &["新增", "累计", "完成", "次数"])
}

/// 五年新增就业3万人, 5年实际利用外资2亿美元: the clause opens with how many years it is of.
fn opens_with_years(clause: &str) -> bool {
    let Some(years) = numeral(clause) else {
        return false;
    };
    let verb = clause[years.len..].strip_prefix('年').map(str::trim_start);
    (2..=5).any(|several| years.value == several.into())
        && verb.is_some_and(|verb| {
            ["共", "累计", "实际"]
                .iter()
                .any(|word| verb.starts_with(word))
                || word_after(verb, Role::New).is_some()
                || opens_with_verb(verb)
        })
}

/// The clause that a number closes.
fn clause(before: &str) -> &str {
    before
        .rsplit(['，', '；', '：'])
        .next()
        .unwrap_or(before)
        .trim_end_matches(['近', '约', '超'])
}

fn contains(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// 截至10月底, 1—10月, 前10个月, 前三季度: the month that a period reaches.
fn month_reached(before: &str) -> Option<u8> {
    if before.contains("前三季度") || before.contains("前三个季度") {
        return Some(9);
    }
    let starts = [
        "截至",
        "截止",
        "截止到",
        "1-",
        "1—",
        "1至",
        "1月至",
        "1到",
        "前",
    ];
    starts
        .iter()
        .flat_map(|&start| {
            before
                .match_indices(start)
                .map(move |(at, _)| (at + start.len(), start))
        })
        .filter_map(|(at, start)| {
            let month = numeral(&before[at..])?;
            let rest = &before[at + month.len..];
            let follows = if start == "前" {
                rest.starts_with("个月")
            } else {
                rest.starts_with('月')
            };
            let month: u8 = month.value.try_into().ok()?;
            (follows && (1..=12).contains(&month)).then_some((at, month))
        })
        .max()
        .map(|(_, month)| month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_that_a_period_reaches() {
        assert_eq!(month_reached("截至10月底，全镇"), Some(10));
        assert_eq!(month_reached("1—9月"), Some(9));
        assert_eq!(month_reached("前三季度"), Some(9));
        assert_eq!(month_reached("全年"), None);
    }

    #[test]
    fn openings_that_look_back_over_years() {
        assert_eq!(looks_back_over_years("过去五年工作回顾"), Some(true));
        assert_eq!(
            looks_back_over_years("一、“十三五”时期工作回顾"),
            Some(true)
        );
        assert_eq!(looks_back_over_years("一、2023年工作回顾"), Some(false));
        assert_eq!(
            looks_back_over_years("一、2005年和“十五”工作回顾"),
            Some(false)
        );
        assert_eq!(looks_back_over_years("（一）坚持工业优先"), None);
    }
}
