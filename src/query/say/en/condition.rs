use super::super::{aggregate_names, measure, quantity, sought, trait_name};
use super::{expr, figure};
use crate::query::catalog::Catalog;
use crate::query::plan::{
    Aspect, Comparison, Condition, Expr, Extreme, Figure, Judgement, Operand, Trait, Wording,
};
use crate::query::{Lang, day};

pub(in crate::query::say) fn condition(condition: &Condition, catalog: &Catalog) -> String {
    match condition {
        Condition::All(parts) => joined(parts, " and ", catalog),
        Condition::Any(parts) => joined(parts, " or ", catalog),
        Condition::Not(inner) if matches!(**inner, Condition::Missing(_)) => match inner.as_ref() {
            Condition::Missing(of) => format!("stating {}", expr(of, catalog)),
            _ => String::new(),
        },
        Condition::Not(inner) => match inner.as_ref() {
            Condition::Trait(part @ (Trait::HasReview | Trait::HasProblems | Trait::HasPlan)) => {
                let with = trait_name(*part, Lang::En);
                format!("without {}", with.trim_start_matches("with "))
            }
            _ => format!("not {}", bracketed(inner, catalog)),
        },
        Condition::Compare(left, Comparison::Lt, Operand::Quantity(bound))
            if bound.value.is_zero() && is_growth(left) =>
        {
            format!("falling {}", grown(left, catalog))
        }
        Condition::Compare(left, Comparison::Gt, Operand::Quantity(bound))
            if bound.value.is_zero() && is_growth(left) =>
        {
            format!("rising {}", grown(left, catalog))
        }
        Condition::Compare(left, comparison, right) => {
            format!(
                "{} {} {}",
                expr(left, catalog),
                comparator(*comparison),
                operand(right, catalog)
            )
        }
        Condition::Between(of, low, high) => format!(
            "{} between {} and {}",
            expr(of, catalog),
            quantity(low, Lang::En),
            quantity(high, Lang::En)
        ),
        Condition::Extreme(of, extreme) => format!("the {} {}", end(*extreme), expr(of, catalog)),
        Condition::Nth(of, extreme, turn) => format!(
            "the {} {} {}",
            super::super::ordinal(*turn),
            end(*extreme),
            expr(of, catalog)
        ),
        Condition::ByAll => "stated by all".to_owned(),
        Condition::Missing(of) => format!("missing {}", expr(of, catalog)),
        Condition::Judged(of, Judgement::Verdict(verdict)) => {
            format!("{} {}", verdict.as_str(), expr(of, catalog))
        }
        Condition::Judged(of, Judgement::Beside(comparison)) => {
            let of = super::super::result_named(of);
            format!("{} {} target", expr(&of, catalog), comparator(*comparison))
        }
        Condition::Verdict(verdict) => verdict.as_str().to_owned(),
        Condition::Mentions(words) => format!("mentioning {}", sought(words, Lang::En)),
        Condition::Trait(found) => trait_name(*found, Lang::En).to_owned(),
        Condition::About(measures) => {
            let names: Vec<String> = measures
                .iter()
                .map(|of| measure(of, catalog, Lang::En))
                .collect();
            format!("about {}", names.join(", "))
        }
        Condition::Worded(field, wording, text) => {
            let word = match wording {
                Wording::Is => "equal to",
                Wording::Starts => "starting with",
                Wording::Contains => "containing",
            };
            format!("{} {word} \"{text}\"", field.names().0)
        }
        Condition::Dated(field, comparison, date) => {
            format!(
                "{} {} {}",
                field.names().0,
                when(*comparison),
                day::said(date, Lang::En)
            )
        }
        Condition::Deadline(comparison, date) => {
            format!(
                "deadline {} {}",
                when(*comparison),
                day::said(date, Lang::En)
            )
        }
    }
}

/// Brackets wherever alternatives stand inside, and none where they would only be noise.
fn bracketed(condition: &Condition, catalog: &Catalog) -> String {
    let said = self::condition(condition, catalog);
    if matches!(
        condition,
        Condition::All(_) | Condition::Any(_) | Condition::Not(_)
    ) {
        format!("({said})")
    } else {
        said
    }
}

/// The word for an end.
const fn end(extreme: Extreme) -> &'static str {
    match extreme {
        Extreme::Highest => "highest",
        Extreme::Lowest => "lowest",
    }
}

fn joined(parts: &[Condition], joint: &str, catalog: &Catalog) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|part| match part {
            Condition::All(_) | Condition::Any(_) => bracketed(part, catalog),
            // In front of a figure a superlative joins nothing; behind it, it may.
            Condition::Extreme(of, extreme) => format!("{} {}", expr(of, catalog), end(*extreme)),
            Condition::Nth(of, extreme, turn) => format!(
                "{} {} {}",
                expr(of, catalog),
                super::super::ordinal(*turn),
                end(*extreme)
            ),
            other => condition(other, catalog),
        })
        .collect();
    parts.join(joint)
}

const fn is_growth(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Figure(Figure {
            aspect: Aspect::Growth | Aspect::TargetGrowth,
            ..
        })
    )
}

/// The figure whose growth it is.
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
        Operand::Quantity(of) => quantity(of, Lang::En),
        Operand::Expr(Expr::Figure(Figure {
            aspect: Aspect::TargetOfYear | Aspect::TargetGrowthOfYear,
            ..
        })) => "target".to_owned(),
        // As a bare property it is of the same figure.
        Operand::Expr(Expr::Figure(Figure { before: true, .. })) => "last year".to_owned(),
        Operand::Expr(of) => expr(of, catalog),
        Operand::Aggregate(aggregate, _) => aggregate_names(*aggregate).0.to_owned(),
    }
}

const fn comparator(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Gt => "over",
        Comparison::Ge => "at least",
        Comparison::Lt => "under",
        Comparison::Le => "at most",
        Comparison::Eq => "equal to",
    }
}

const fn when(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Lt => "before",
        Comparison::Le => "by",
        _ => "after",
    }
}
