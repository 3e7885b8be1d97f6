//! Which part of a year, or which years, a figure covers.

use super::comparison::Base;
use super::figure::Figure;
use super::lexicon::{Dimension, Role, Said, holds, word_after, word_before, words, words_in};
use super::nominal::opens_with_verb;
use super::numeral::numeral;
use super::quantity::{Mark, Quantity};
use super::span::{
    adds_up_years, is_set_against_a_plan, of_a_plan, opens_with_years, speaks_of_several_years,
};
use crate::fact::{Period, Status};

/// What the text around a figure says of its years.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around<'a> {
    /// The roles of the words in its sentence.
    pub(super) said: Said,
    /// Byte of the sentence where the last year ends that is named before the number, and that the figure is of.
    pub(super) named: Option<usize>,
    /// Whether its part of the report looks back over several years.
    pub(super) years_together: bool,
    /// Whether its sentence, or those before it in the paragraph, name the year.
    pub(super) dated: bool,
    /// Whether the sentence speaks of several years that go together, up to the number.
    pub(super) spanned: bool,
    /// What the sentence says of the figure behind its number.
    pub(super) behind: &'a str,
}

/// The period of a figure. `before` is its sentence up to its number.
pub(super) fn period(figure: &Figure, before: &str, status: Status, around: Around<'_>) -> Period {
    let Around {
        said,
        named,
        years_together,
        dated,
        spanned,
        behind,
    } = around;
    if status != Status::Target {
        if said.has(Role::MonthReached)
            && let Some(month) = month_reached(before)
        {
            return Period::ToMonth(month);
        }
        if said.has(Role::FirstHalf) && is_of_the_first_half(before) {
            return Period::FirstHalf;
        }
        if let Some(part) = later_part(clause(before)) {
            return part;
        }
    }
    // 固定资产总投资 is what is invested in the year, and so is what has grown since the year before.
    let yearly = figure
        .growth
        .is_some_and(|growth| growth.base == Base::YearBefore && !growth.average);
    let money = figure
        .quantity
        .as_ref()
        .is_some_and(|quantity| quantity.unit.dimension == Dimension::Money);
    let flow = matches!(
        figure.indicator,
        Some("fixed_asset_investment" | "outbound_investment")
    );
    if money && !yearly && !flow && holds(&figure.label, Role::Whole) {
        return Period::Other;
    }
    let clause = clause(before);
    if status == Status::Target && adds_up(figure) && adds_up_years(clause) {
        return Period::Cumulative;
    }
    if is_stock(figure, clause) {
        return Period::AsOf;
    }
    // What is so many times that of a plan's five years is of as many.
    let of_a_plan = of_a_plan(clause) || (named.is_none() && is_set_against_a_plan(behind));
    if status != Status::Target && adds_up(figure) && of_a_plan {
        return Period::Cumulative;
    }
    let several = (said.has(Role::SeveralYears) && speaks_of_several_years(before, named))
        || opens_with_years(clause);
    let together = (several && !is_grown(figure))
        || (((years_together && !dated) || spanned) && !is_level(figure, before, clause));
    let together = together && !is_told_by_the_year(figure, clause);
    if status != Status::Target && adds_up(figure) && together {
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
    // 吞吐量4.7亿吨，居世界第四位: ranked for one year.
    let ranked = figure.rank.is_some() && figure.rule != "rank alone";
    is_grown(figure) || grown || (!flow && (reached || ranked))
}

/// 五年来…，粮食总产96万吨: harvests and throughputs are told by the year, unless they are said to be added up.
fn is_told_by_the_year(figure: &Figure, clause: &str) -> bool {
    let added_up = ["累计", "总计", "合计", "共"]
        .iter()
        .any(|word| clause.contains(word));
    word_before(&figure.label, Role::Yearly).is_some() && !added_up
}

/// 由2.1亿元增加到4.3亿元: the new value is of the last year.
fn is_grown(figure: &Figure) -> bool {
    figure.rule == "from-to"
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
    // 企业总数比上年多 says by how many.
    if figure.label.ends_with(['多', '少'])
        || word_after(&figure.label, Role::FlowVerb).is_some()
        || figure.label.ends_with("净流入")
    {
        return false;
    }
    // 新增通车里程 is what came about.
    let total = words(Role::Total)
        .iter()
        .any(|total| figure.label.ends_with(total));
    if word_after(&figure.label, Role::New).is_some() && !total {
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
        && !passes_through(figure, quantity)
        && (word_before(clause, Role::GrownTo).is_some() || holds(clause, Role::ThereIs))
        && !holds(clause, Role::CameAbout)
}

/// 吞吐量达到3万标准箱, 接待游客达到5万人次: what came or went in the year, however it is said. 吞吐能力 is a stock.
fn passes_through(figure: &Figure, quantity: &Quantity) -> bool {
    let flow = matches!(quantity.unit.base, "人次" | "家次" | "批次" | "标准箱");
    let stock = figure.label.ends_with("能力") || figure.label.contains("参保");
    (flow && !stock) || word_before(&figure.label, Role::Flow).is_some()
}

/// The clause that a number closes.
fn clause(before: &str) -> &str {
    before
        .rsplit(['，', '；', '：'])
        .next()
        .unwrap_or(before)
        .trim_end_matches(['近', '约', '超'])
}

/// 上半年增长3%, but not what is set against it, nor what follows for the rest of the year: 上半年下降1%，全年增长4%.
fn is_of_the_first_half(before: &str) -> bool {
    let Some(at) = before.rfind("上半年") else {
        return false;
    };
    let against = ["较", "比", "由", "从"]
        .iter()
        .any(|word| before[..at].ends_with(word));
    let since = &before[at..];
    !against && !since.contains("全年") && !since.contains("下半年")
}

/// Whether its values of several years can be added up.
fn adds_up(figure: &Figure) -> bool {
    figure.quantity.is_some() && !is_rate(figure)
}

/// 二季度的5.1%, 下半年增长8%: the quarter or half year that a clause speaks of up to its number, where it is not what that
/// is set against (由一季度的…, 比二季度…) and the whole year does not follow.
fn later_part(clause: &str) -> Option<Period> {
    let (at, period) = ["二季度", "三季度", "四季度", "下半年"]
        .into_iter()
        .map(|part| (part, Period::Other))
        .chain([("一季度", Period::ToMonth(3))])
        .filter_map(|(part, period)| Some((clause.rfind(part)?, period)))
        .max_by_key(|(at, _)| *at)?;
    let ahead = clause[..at].strip_suffix('第').unwrap_or(&clause[..at]);
    let against = ["较", "比", "由", "从", "前", "与", "同"]
        .iter()
        .any(|word| ahead.ends_with(word));
    let since = &clause[at..];
    (!against
        && !["全年", "年底", "年末"]
            .iter()
            .any(|whole| since.contains(whole)))
    .then_some(period)
}

/// 截至10月底, 1—10月, 前10个月, 前三季度: the month that a period reaches.
fn month_reached(before: &str) -> Option<u8> {
    if before.contains("前三季度") || before.contains("前三个季度") {
        return Some(9);
    }
    // 1—11月增长3%，全年增长5%: the months end where the year is named.
    let since = ["全年", "年底", "年末"]
        .iter()
        .filter_map(|whole| before.rfind(whole).map(|at| at + whole.len()))
        .max()
        .unwrap_or(0);
    words_in(&before[since..], Role::MonthReached)
        .map(|(at, start)| (at + since, start))
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
}
