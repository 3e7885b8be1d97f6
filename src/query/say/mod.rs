//! A plan said back as a question, in canonical form: what an answer begins with.
//!
//! Saying a plan and compiling what was said gives the same plan, in both languages; a test holds that.

mod en;
mod zh;

use rust_decimal::Decimal;
use serde::Serialize;

use super::Lang;
use super::catalog::{Catalog, added_name};
use super::plan::{
    Aggregate, Aspect, Condition, Expr, Figure, Group, Measure, Operator, PlaceScope, Plan,
    Quantity, Rows, Shown, Step, Trait, Years,
};
use super::{topics, unit};

/// A question as it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// In English.
    pub en: String,
    /// In Chinese.
    pub zh: String,
}

impl Reading {
    /// In a language.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}

/// The years of a question about changes: both ends, where every figure that names its year is one of such a pair.
fn change(plan: &Plan) -> Option<(i32, i32)> {
    let super::plan::Years::One(to) = plan.scope.years else {
        return None;
    };
    let mut found = None;
    for expr in plan.exprs() {
        let years = change_of(expr);
        let named = expr.figures().iter().any(|figure| figure.year.is_some());
        if (years.is_none() && named) || years.is_some_and(|(_, last)| last != to) {
            return None;
        }
        if found.is_some() && years.is_some() && found != years {
            return None;
        }
        found = found.or(years);
    }
    found
}

/// The two years of a change.
fn change_of(expr: &Expr) -> Option<(i32, i32)> {
    match expr {
        Expr::Combined(last, Operator::Minus | Operator::PerYear, first)
            if last.measure == first.measure && last.aspect == first.aspect =>
        {
            Some((first.year?, last.year?)).filter(|(from, to)| from <= to)
        }
        _ => None,
    }
}

/// The words for a change whose years stand with the question rather than with its figures.
fn change_names(expr: &Expr) -> Option<(&'static str, &'static str)> {
    match expr {
        Expr::Combined(last, with, first) if last == first && last.year.is_none() => match with {
            Operator::Minus => Some((" change", "变化")),
            Operator::PerYear => Some((" average annual growth", "年均增速")),
            _ => None,
        },
        _ => None,
    }
}

/// The plan with each change named as one, and the years it is between.
fn with_changes_named(plan: &Plan) -> Plan {
    let mut said = plan.clone();
    if let Some((from, to)) = change(plan) {
        said.scope.years = super::plan::Years::Range(from, to);
        said.for_each_figure(&mut |figure| figure.year = None);
    }
    said
}

/// Whether a step leaves so many rows, or groups where there are any.
const fn cuts(step: &Step) -> bool {
    matches!(step, Step::Take { .. } | Step::Limit(_))
}

/// The kind of place that is asked about, where no condition says it.
fn places_of(plan: &Plan) -> Option<Rows> {
    let by_all = |step: &Step| matches!(step, Step::Keep(Condition::ByAll));
    plan.scope.of.filter(|_| !plan.steps.iter().any(by_all))
}

/// Whether targets are shown beside what came of them.
fn has_results(plan: &Plan) -> bool {
    match &plan.shown {
        Shown::Results => true,
        Shown::Items(items) => items.iter().any(|item| {
            item.figures()
                .iter()
                .any(|figure| figure.aspect == Aspect::Result)
        }),
        _ => false,
    }
}

/// The figure whose result is compared with its target, as the left side of the comparison names it.
fn result_named(of: &Expr) -> Expr {
    match of {
        Expr::Figure(figure) => Expr::Figure(Figure {
            aspect: Aspect::Value,
            ..figure.clone()
        }),
        other => other.clone(),
    }
}

/// Says a plan.
pub(super) fn say(plan: &Plan, catalog: &Catalog) -> Reading {
    Reading {
        en: en::say(&with_changes_named(plan), catalog),
        zh: zh::say(&with_changes_named(plan), catalog),
    }
}

/// An expression's name in English and Chinese.
pub(super) fn expr_names(expr: &Expr, catalog: &Catalog) -> (String, String) {
    (en::expr(expr, catalog), zh::expr(expr, catalog))
}

/// Words of a text in quotation marks; English ones that would be taken for a topic as they are written.
fn sought(words: &str, lang: Lang) -> String {
    if topics::is_topic(words) {
        return format!("「{words}」");
    }
    match lang {
        Lang::En => format!("\"{words}\""),
        Lang::Zh => format!("“{words}”"),
    }
}

/// A condition in English and Chinese.
pub(super) fn condition_names(
    condition: &super::plan::Condition,
    catalog: &Catalog,
) -> (String, String) {
    (
        en::condition(condition, catalog),
        zh::condition(condition, catalog),
    )
}

/// The words of an aggregate.
pub(super) const fn aggregate_names(aggregate: Aggregate) -> (&'static str, &'static str) {
    match aggregate {
        Aggregate::Total => ("total", "合计"),
        Aggregate::Average => ("average", "平均"),
        Aggregate::Median => ("median", "中位数"),
        Aggregate::Max => ("highest", "最高"),
        Aggregate::Min => ("lowest", "最低"),
    }
}

/// The words of a kind of row.
pub(super) const fn rows_names(rows: Rows) -> (&'static str, &'static str) {
    match rows {
        Rows::Towns => ("towns", "镇"),
        Rows::Counties => ("counties", "区县"),
        Rows::Cities => ("cities", "市"),
        Rows::Provinces => ("provinces", "省"),
        Rows::Places => ("places", "地方"),
        Rows::Reports => ("reports", "报告"),
        Rows::Metrics => ("figures", "指标"),
        Rows::Tasks => ("tasks", "任务"),
        Rows::Targets => ("targets", "各项目标"),
        Rows::Problems => ("problems", "问题"),
        Rows::Sections => ("sections", "章节"),
        Rows::Sentences => ("sentences", "句子"),
        Rows::Conflicts => ("conflicts", "矛盾"),
        Rows::Doubts => ("doubts", "疑点"),
        Rows::Indicators => ("indicators", "指标名"),
        Rows::Phrases => ("policy phrases", "政策用语"),
    }
}

/// The words for how many rows of a kind there are.
pub(super) fn count_names(rows: Rows) -> (String, String) {
    let (en, zh) = rows_names(rows);
    let zh = match rows {
        Rows::Targets => "目标",
        _ => zh,
    };
    (format!("number of {en}"), format!("{zh}数"))
}

/// The canonical word of a trait.
fn trait_name(found: Trait, lang: Lang) -> &'static str {
    let token = format!("trait:{}", found.name());
    super::keyword::keywords()
        .iter()
        .find(|keyword| keyword.canonical && keyword.lang == lang && keyword.token == token)
        .map_or("", |keyword| keyword.word)
}

const fn operator(operator: Operator, lang: Lang) -> &'static str {
    match operator {
        Operator::Against => match lang {
            Lang::En => " against ",
            Lang::Zh => "较",
        },
        Operator::Divide => " / ",
        Operator::Plus => " + ",
        Operator::Minus => " - ",
        // Where the years of two questions meet; one question names it by `change_names`.
        Operator::PerYear => match lang {
            Lang::En => " average annual growth since ",
            Lang::Zh => "年均增速自",
        },
    }
}

fn measure(of: &Measure, catalog: &Catalog, lang: Lang) -> String {
    match of {
        Measure::Indicator(id) => catalog.indicator(id).map_or_else(
            || id.clone(),
            |indicator| match lang {
                Lang::En => indicator.name_en.clone(),
                Lang::Zh => indicator.name_zh.clone(),
            },
        ),
        Measure::Added(id) => {
            let [zh, en] = catalog
                .indicator(id)
                .map_or_else(|| [id.clone(), id.clone()], added_name);
            match lang {
                Lang::En => en,
                Lang::Zh => zh,
            }
        }
        Measure::Label(label) => format!("「{label}」"),
        Measure::Count(rows) => {
            let (en, zh) = count_names(*rows);
            match lang {
                Lang::En => en,
                Lang::Zh => zh,
            }
        }
    }
}

/// The word for a turn in English: as a word where it has a short one.
fn ordinal(turn: u32) -> String {
    let at = usize::try_from(turn).unwrap_or_default();
    super::word_list::word_list("turn")
        .get(at.wrapping_sub(1))
        .map_or_else(|| format!("{turn}th"), |word| (*word).to_owned())
}

/// A quantity with the greatest multiplier that leaves it exact and short, so that it reads back as the same.
fn quantity(quantity: &Quantity, lang: Lang) -> String {
    let a_thousand = Decimal::ONE_THOUSAND;
    if quantity.unit == "米" && quantity.value.abs() >= a_thousand {
        let in_greater = Quantity {
            value: quantity.value / a_thousand,
            unit: "公里".to_owned(),
        };
        return self::quantity(&in_greater, lang);
    }
    let word = unit::word(&quantity.unit, lang);
    if matches!(quantity.unit.as_str(), "%" | "百分点") {
        let word = if quantity.unit == "%" {
            "%"
        } else if lang == Lang::En {
            " percentage points"
        } else {
            "个百分点"
        };
        return format!("{}{word}", quantity.value.normalize());
    }
    let scales: [(i64, &str); 3] = match lang {
        Lang::En => [
            (1_000_000_000_000, " trillion"),
            (1_000_000_000, " billion"),
            (1_000_000, " million"),
        ],
        Lang::Zh => [
            (1_000_000_000_000, "万亿"),
            (100_000_000, "亿"),
            (10_000, "万"),
        ],
    };
    let size = quantity.value.abs();
    let (number, scale) = scales
        .into_iter()
        .find(|(factor, _)| size >= Decimal::from(*factor))
        .map_or((quantity.value, ""), |(factor, scale)| {
            (quantity.value / Decimal::from(factor), scale)
        });
    let blank = if lang == Lang::En && !word.is_empty() {
        " "
    } else {
        ""
    };
    format!("{}{scale}{blank}{word}", number.normalize())
}

/// A value in a sentence, scaled.
pub(super) fn amount(value: f64, unit: &str, chinese: bool) -> String {
    let rounded = Decimal::from_f64_retain(value).map_or(Decimal::ZERO, |value| value.round_dp(2));
    let of = Quantity {
        value: rounded.normalize(),
        unit: unit.to_owned(),
    };
    quantity(&of, if chinese { Lang::Zh } else { Lang::En })
}

/// Whether what is added up is of places that the question names.
fn is_of_own(plan: &Plan) -> bool {
    let places = &plan.scope.places;
    !places.is_empty()
        && places
            .iter()
            .all(|place| matches!(place, PlaceScope::Own { .. }))
}

/// Whether rows are only counted, by what they are put together by.
fn is_tally(plan: &Plan) -> bool {
    matches!(&plan.shown, Shown::Groups(_, summaries) if summaries.is_empty())
}

/// Whether what is added up is of all years, and not apart by year.
fn is_of_every_year(plan: &Plan) -> bool {
    matches!(&plan.shown, Shown::Groups(keys, _) | Shown::Verdicts(keys) if !keys.contains(&Group::Year))
        && plan.scope.years == Years::Every
}
