//! Which part of a year, or which years, a figure covers.

use super::figure::Figure;
use super::lexicon::{Dimension, Role, Said, holds, word_after, word_before, words_in};
use super::nominal::opens_with_verb;
use super::numeral::numeral;
use super::quantity::Mark;
use super::subject::Base;
use crate::fact::{Period, Status};

/// The period of a figure. `before` is its sentence up to its number; `said` the roles of the words in the whole of it;
/// `years_together` whether its part of the report looks back over several years; `dated` whether the sentence names
/// the year.
pub(super) fn period(
    figure: &Figure,
    before: &str,
    said: Said,
    status: Status,
    years_together: bool,
    dated: bool,
) -> Period {
    if status != Status::Target {
        if said.has(Role::MonthReached)
            && let Some(month) = month_reached(before)
        {
            return Period::ToMonth(month);
        }
        if said.has(Role::FirstHalf)
            && before.contains("上半年")
            && !contains(before, &["较上半年", "比上半年"])
        {
            return Period::FirstHalf;
        }
    }
    // 固定资产总投资 is what is invested in the year.
    let money = figure
        .quantity
        .as_ref()
        .is_none_or(|quantity| quantity.unit.dimension == Dimension::Money);
    if money
        && figure.indicator != Some("fixed_asset_investment")
        && holds(&figure.label, Role::Whole)
    {
        return Period::Other;
    }
    let clause = clause(before);
    if is_stock(figure, clause) {
        return Period::AsOf;
    }
    let several = (said.has(Role::SeveralYears) && holds(before, Role::SeveralYears))
        || opens_with_years(clause);
    let together = (several && !is_grown(figure))
        || (years_together && !dated && !is_level(figure, before, clause));
    if status != Status::Target && figure.quantity.is_some() && together && !is_rate(figure) {
        return Period::Cumulative;
    }
    Period::Year
}

/// A share, a rank, an amount for each head: of no several years together.
fn is_rate(figure: &Figure) -> bool {
    let ratio = figure.quantity.as_ref().is_some_and(|quantity| {
        matches!(
            quantity.unit.dimension,
            Dimension::Share | Dimension::Points | Dimension::Times
        )
    });
    let rate = ["标准", "单价", "浓度", "工资"]
        .iter()
        .any(|end| figure.label.ends_with(end));
    ratio || rate || figure.rule == "rank alone" || holds(&figure.label, Role::PerHead)
}

/// What a look back over several years says of the last of them: what was reached (由…到…, 达到, 突破), what grew by so
/// much a year, what is so many times what it was; but not what was done in all of them (累计).
fn is_level(figure: &Figure, before: &str, clause: &str) -> bool {
    if before.contains("累计") || holds(clause, Role::CameAbout) {
        return false;
    }
    let flow = word_after(&figure.label, Role::VerbIn).is_some()
        || word_after(&figure.label, Role::New).is_some()
        || opens_with_verb(&figure.label);
    let reached = figure.quantity.as_ref().is_some_and(|quantity| {
        let passed = quantity.mark == Mark::More && quantity.range.start < quantity.number.start;
        passed || word_before(clause, Role::Reached).is_some()
    });
    let grown = figure
        .growth
        .is_some_and(|growth| growth.average || growth.base != Base::YearBefore);
    is_grown(figure) || grown || (!flow && reached)
}

/// 由2.1亿元增加到4.3亿元: the new value is of the last year.
fn is_grown(figure: &Figure) -> bool {
    figure.rule == "from-to"
}

/// Whether a part or paragraph that opens so looks back over several years together; `None` where it does not say.
pub(super) fn looks_back_over_years(opening: &str, said: Said) -> Option<bool> {
    let fives = || opening.match_indices('五');
    let plan = said.has(Role::PlanName)
        && fives().any(|(at, five)| {
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
    if plan || said.has(Role::LookBack) {
        // 2005年和“十五”工作回顾 begins with the year; its paragraphs say where the longer look back begins.
        return Some(!names_a_year(opening));
    }
    said.has(Role::OneYear).then_some(false)
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
fn is_stock(figure: &Figure, clause: &str) -> bool {
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
    if words_in(&figure.label, Role::Stock).any(|(_, word)| !money || word.ends_with("余额")) {
        return true;
    }
    let counted = matches!(
        quantity.unit.dimension,
        Dimension::Count | Dimension::Person | Dimension::Area | Dimension::Length
    );
    counted
        && (word_before(clause, Role::GrownTo).is_some() || holds(clause, Role::ThereIs))
        && !holds(clause, Role::CameAbout)
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
    words_in(before, Role::MonthReached)
        .filter_map(|(at, start)| {
            let at = at + start.len();
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
        let looks_back_over_years = |text| super::looks_back_over_years(text, Said::of(text));
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
