use super::super::{aggregate_names, measure, quantity, sought, trait_name};
use super::{expr, figure};
use crate::query::catalog::Catalog;
use crate::query::plan::{
    Aspect, Comparison, Condition, Expr, Extreme, Field, Figure, Judgement, Measure, Operand,
    Trait, Verdict, Wording,
};
use crate::query::word_list::word_list;
use crate::query::{Lang, day};

pub(in crate::query::say) fn condition(condition: &Condition, catalog: &Catalog) -> String {
    match condition {
        Condition::All(parts) => joined(parts, "且", catalog),
        Condition::Any(parts) => joined(parts, "或", catalog),
        Condition::Not(inner) if matches!(**inner, Condition::Missing(_)) => match inner.as_ref() {
            Condition::Missing(of) => format!("给出{}", expr(of, catalog)),
            _ => String::new(),
        },
        Condition::Not(inner) => match inner.as_ref() {
            Condition::Mentions(words) => format!("未提到{}", sought(words, Lang::Zh)),
            Condition::Trait(Trait::HasReview | Trait::HasProblems | Trait::HasPlan) => {
                format!("没{}", bracketed(inner, catalog))
            }
            _ => format!("非{}", bracketed(inner, catalog)),
        },
        Condition::Compare(left, comparison, Operand::Quantity(bound))
            if bound.value.is_zero() && moves(left, *comparison) =>
        {
            let word = if *comparison == Comparison::Lt {
                "下降"
            } else {
                "上升"
            };
            format!("{}{word}", grown(left, catalog))
        }
        Condition::Compare(left, comparison, right) => {
            format!(
                "{}{}{}",
                expr(left, catalog),
                comparator(*comparison),
                operand(right, catalog)
            )
        }
        Condition::Between(of, low, high) => format!(
            "{}介于{}到{}",
            expr(of, catalog),
            quantity(low, Lang::Zh),
            quantity(high, Lang::Zh)
        ),
        Condition::Extreme(of, extreme) => {
            format!("{}最{}", expr(of, catalog), end(of, *extreme, catalog))
        }
        Condition::Nth(of, extreme, turn) => {
            let end = end(of, *extreme, catalog);
            format!("{}第{turn}{end}", expr(of, catalog))
        }
        Condition::ByAll => "都有".to_owned(),
        Condition::Missing(of) => format!("缺少{}", expr(of, catalog)),
        Condition::Judged(of, Judgement::Verdict(verdict)) => {
            format!("{}{}", code_word(*verdict), expr(of, catalog))
        }
        Condition::Judged(of, Judgement::Beside(comparison)) => {
            let of = super::super::result_named(of);
            format!("{}{}目标", expr(&of, catalog), comparator(*comparison))
        }
        Condition::Verdict(verdict) => code_word(*verdict).to_owned(),
        Condition::Mentions(words) => format!("提到{}", sought(words, Lang::Zh)),
        Condition::Trait(found) => trait_name(*found, Lang::Zh).to_owned(),
        Condition::About(measures) => {
            let names: Vec<String> = measures
                .iter()
                .map(|of| measure(of, catalog, Lang::Zh))
                .collect();
            format!("关于{}", names.join("、"))
        }
        Condition::Worded(field, wording, text) => {
            let word = match wording {
                Wording::Is => "等于",
                Wording::Starts => "开头为",
                Wording::Contains => "包含",
            };
            format!("{}{word}“{text}”", field.names().1)
        }
        Condition::Dated(field, comparison, date) => {
            format!(
                "{}{}{}",
                field.names().1,
                when(*comparison),
                day::said(date, Lang::Zh)
            )
        }
        Condition::Deadline(comparison, date) => {
            format!("期限{}{}", when(*comparison), day::said(date, Lang::Zh))
        }
    }
}

/// The word for an end of an order: of what is counted there is most or least, what is measured is high or low.
fn end(of: &Expr, extreme: Extreme, catalog: &Catalog) -> char {
    match (is_counted(of, catalog), extreme) {
        (true, Extreme::Highest) => '多',
        (true, Extreme::Lowest) => '少',
        (false, Extreme::Highest) => '高',
        (false, Extreme::Lowest) => '低',
    }
}

/// Of what is counted in such units there is most or least, and all else is highest or lowest.
fn is_counted(of: &Expr, catalog: &Catalog) -> bool {
    match of {
        Expr::Field(Field::Count(_) | Field::Length) => true,
        Expr::Figure(figure) if figure.aspect.is_value() => match &figure.measure {
            Measure::Count(_) => true,
            Measure::Indicator(id) | Measure::Added(id) => catalog
                .indicator(id)
                .is_some_and(|indicator| word_list("many").contains(&indicator.unit.as_str())),
            Measure::Label(_) => false,
        },
        _ => false,
    }
}

fn bracketed(condition: &Condition, catalog: &Catalog) -> String {
    let said = self::condition(condition, catalog);
    if matches!(
        condition,
        Condition::All(_) | Condition::Any(_) | Condition::Not(_)
    ) {
        format!("（{said}）")
    } else {
        said
    }
}

fn joined(parts: &[Condition], joint: &str, catalog: &Catalog) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|part| match part {
            Condition::All(_) | Condition::Any(_) => bracketed(part, catalog),
            other => condition(other, catalog),
        })
        .collect();
    parts.join(joint)
}

const fn moves(expr: &Expr, comparison: Comparison) -> bool {
    matches!(comparison, Comparison::Lt | Comparison::Gt)
        && matches!(
            expr,
            Expr::Figure(Figure {
                aspect: Aspect::Growth | Aspect::TargetGrowth,
                ..
            })
        )
}

fn grown(expr: &Expr, catalog: &Catalog) -> String {
    let Expr::Figure(of) = expr else {
        return super::expr(expr, catalog);
    };
    let aspect = if of.aspect == Aspect::TargetGrowth {
        Aspect::Target
    } else {
        Aspect::Value
    };
    figure(
        &Figure {
            aspect,
            ..of.clone()
        },
        catalog,
    )
}

fn operand(operand: &Operand, catalog: &Catalog) -> String {
    match operand {
        Operand::Quantity(of) => quantity(of, Lang::Zh),
        Operand::Expr(Expr::Figure(Figure {
            aspect: Aspect::TargetOfYear | Aspect::TargetGrowthOfYear,
            ..
        })) => "目标".to_owned(),
        // As a bare property it is of the same figure.
        Operand::Expr(Expr::Figure(Figure { before: true, .. })) => "上年".to_owned(),
        Operand::Expr(of) => expr(of, catalog),
        Operand::Aggregate(aggregate, _) => aggregate_names(*aggregate).1.to_owned(),
    }
}

const fn code_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "完成",
        Verdict::Missed => "未完成",
    }
}

const fn comparator(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Gt => "超过",
        Comparison::Ge => "不低于",
        Comparison::Lt => "低于",
        Comparison::Le => "不超过",
        Comparison::Eq => "等于",
    }
}

const fn when(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Lt => "早于",
        Comparison::Le => "不晚于",
        _ => "晚于",
    }
}
