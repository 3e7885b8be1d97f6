//! What fell, rose, slowed or quickened, in a year or in several in a row.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::figure::Dimension;
use super::{Assumed, Resolver};
use crate::fact::Span;
use crate::query::Lang;
use crate::query::ast::{self, Movement};
use crate::query::diagnostic::{Diagnostic, Fix};
use crate::query::lex;
use crate::query::plan::{
    Aspect, Comparison, Condition, Expr, Figure, Measure, Operand, Operator, Quantity, Rows,
};

/// Each year's targets beside their results are tables of their own, of which SQLite joins so many.
const MOST_JUDGED: u32 = 4;

impl Resolver<'_> {
    /// Falling is a growth below nothing; `fell by over 10%` one below minus ten.
    pub(super) fn moved(
        &mut self,
        expr: &ast::Expr,
        movement: Movement,
        by: Option<&(Comparison, lex::Quantity, Span)>,
    ) -> Option<Condition> {
        let span = expr.span();
        let Expr::Figure(mut figure) = self.expr(expr)? else {
            self.refuse(
                span,
                "only a single figure falls or rises",
                "只有单个指标可以上升或下降",
            );
            return None;
        };
        if figure.aspect == Aspect::Growth
            && let Some(slowed) = self.slowed(&figure, movement, by, span)
        {
            return slowed;
        }
        figure.aspect = match figure.aspect {
            Aspect::Value | Aspect::Growth => Aspect::Growth,
            Aspect::Target => Aspect::TargetGrowth,
            _ => {
                self.refuse(
                    span,
                    "this property neither falls nor rises",
                    "该属性没有升降",
                );
                return None;
            }
        };
        let expr = Expr::Figure(figure);
        let dimension = self.dimension(&expr);
        let unit = if dimension == Dimension::Points {
            "百分点"
        } else {
            "%"
        };
        let (comparison, mut quantity) = match by {
            None => (
                Comparison::Gt,
                Quantity {
                    value: Decimal::ZERO,
                    unit: unit.to_owned(),
                },
            ),
            Some((comparison, literal, span)) => {
                (*comparison, self.quantity(literal, &dimension, *span)?)
            }
        };
        if movement == Movement::Fell && !quantity.value.is_zero() {
            quantity.value.set_sign_negative(true);
        }
        Some(moved_by(&expr, movement, comparison, quantity))
    }

    /// 增速下降: a growth below that of the year before, or by more than so many points. What is said in percent is
    /// of the figure: `tax growth rose by 10%`; of it there is nothing here.
    #[allow(
        clippy::option_option,
        reason = "the outer says whether it is meant, the inner whether it can be told"
    )]
    fn slowed(
        &mut self,
        figure: &Figure,
        movement: Movement,
        by: Option<&(Comparison, lex::Quantity, Span)>,
        span: Span,
    ) -> Option<Option<Condition>> {
        if by.is_some_and(|(_, literal, _)| literal.unit != Some("百分点")) {
            return None;
        }
        let Some(before) = self.year_before(figure, span) else {
            return Some(None);
        };
        let Some((comparison, literal, _)) = by else {
            let comparison = match movement {
                Movement::Rose => Comparison::Gt,
                Movement::Fell => Comparison::Lt,
            };
            let of = Expr::Figure(figure.clone());
            let before = Operand::Expr(Expr::Figure(before));
            return Some(Some(Condition::Compare(of, comparison, before)));
        };
        let points = |value| Quantity {
            value,
            unit: "百分点".to_owned(),
        };
        let by = points(match movement {
            Movement::Rose => literal.value,
            Movement::Fell => -literal.value,
        });
        let of = Expr::Combined(figure.clone(), Operator::Minus, before);
        Some(Some(moved_by(&of, movement, *comparison, by)))
    }

    /// The same figure a year before the year asked about, or before that of each row.
    pub(super) fn year_before(&mut self, figure: &Figure, span: Span) -> Option<Figure> {
        if figure.year.is_none() && self.rows_are_years {
            return Some(Figure {
                before: true,
                ..figure.clone()
            });
        }
        if let Some(year) = figure.year.or(self.asked_year) {
            let year = Some(year - 1);
            return Some(Figure {
                year,
                ..figure.clone()
            });
        }
        let latest = self.catalog.years().iter().max().copied().unwrap_or(2023);
        let start = Span::new(span.start, span.start);
        let fixes = [latest, latest - 1].map(|year| match self.lang {
            Lang::En => Fix::new(format!("{year} "), start),
            Lang::Zh => Fix::new(format!("{year}年"), start),
        });
        self.fault(
            Diagnostic::new(
                "Q0115",
                span,
                "a growth that fell or rose is compared with that of the year before: in which year?",
                "增速的升降是与前一年的增速相比：是哪一年？",
            )
            .with_fixes(fixes),
        );
        None
    }

    /// The condition in each of the last years, up to the one asked about.
    pub(super) fn streak(
        &mut self,
        years: u32,
        inner: &ast::Condition,
        span: Span,
    ) -> Option<Condition> {
        if self.records.is_some() || !(2..=20).contains(&years) {
            self.refuse(
                span,
                "figures of places hold for 2 to 20 years in a row",
                "只有地方的指标才能说连续几年，且须为2至20年",
            );
            return None;
        }
        // 2020年税收连续三年增长: the year of the figure is the last of them.
        let named = named_year(inner);
        if self.rows_are_years && named.or(self.asked_year).is_none() {
            self.refuse(
                span,
                "years in a row are asked of places, up to one year that is named; to see each year write “by year” alone",
                "连续几年问的是哪些地方，到所写的那一年为止；要逐年查看，只写“按年份”",
            );
            return None;
        }
        if let Some(asked) = &self.asked_years {
            let first = asked.first().copied().unwrap_or_default();
            let in_a_row: BTreeSet<i32> = (first..).take(years as usize).collect();
            if *asked != in_a_row {
                self.refuse(
                    span,
                    "so many years in a row end with one year: name that one, or as many years as there are in a row",
                    "连续几年到某一年为止：请只写最后一年，或写年数相同的起止年份",
                );
                return None;
            }
            self.streak_fills_years = true;
        }
        let last = match named.or(self.asked_year) {
            Some(year) => year,
            None => self.catalog.years().iter().max().copied()?,
        };
        let first = last - i32::try_from(years).ok()? + 1;
        if named.or(self.asked_year).is_none() {
            self.assumed.push(Assumed::LastYears(first, last));
        }
        // Each year is compared with its own year before.
        let inner: Option<Vec<Condition>> = (first..=last)
            .map(|year| {
                self.turn = Some(Turn { year, named });
                let is_absent = matches!(inner, ast::Condition::Missing(_));
                let mut inner = self.condition(inner)?;
                // What is not there in each of several years is asked of those who spoke in each.
                let of_plan = |figure: &Figure| {
                    matches!(figure.aspect, Aspect::Target | Aspect::TargetGrowth)
                };
                let is_planned =
                    matches!(&inner, Condition::Missing(Expr::Figure(figure)) if of_plan(figure));
                inner.in_year(year);
                if is_absent {
                    // A target is set in the report about the year before.
                    let mut reported = has_report();
                    reported.in_year(if is_planned { year - 1 } else { year });
                    inner = Condition::All(vec![reported, inner]);
                }
                Some(inner)
            })
            .collect();
        self.turn = None;
        let inner = inner?;
        let judged = |single: &&Condition| matches!(single, Condition::Judged(..));
        if years > MOST_JUDGED && inner[0].singles().iter().any(judged) {
            self.fault(
                Diagnostic::new(
                    "Q0115",
                    span,
                    "targets are judged for at most 4 years in a row",
                    "目标的完成情况最多可问连续4年",
                )
                .with_fixes([Fix::new(
                    match self.lang {
                        Lang::En => "for 4 consecutive years",
                        Lang::Zh => "连续4年",
                    },
                    span,
                )]),
            );
            return None;
        }
        Some(Condition::All(inner))
    }
}

/// The year of a streak that is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    year: i32,
    /// The year that the question gave the figure that is followed.
    named: Option<i32>,
}

impl Turn {
    /// The year of a figure that names one, or none: 2015年GDP, with which each year is compared, stays that of 2015.
    pub(super) fn of(self, figure: Option<i32>) -> i32 {
        figure.filter(|_| figure != self.named).unwrap_or(self.year)
    }
}

/// The change is beyond `by`, or, when it is bounded from above, short of it: what fell by less than 5 % fell, so that
/// what rose is not among it.
fn moved_by(change: &Expr, movement: Movement, by: Comparison, quantity: Quantity) -> Condition {
    let turned = |comparison: Comparison| match movement {
        Movement::Rose => comparison,
        Movement::Fell => comparison.turned(),
    };
    let none = Quantity {
        value: Decimal::ZERO,
        unit: quantity.unit.clone(),
    };
    let is_short = matches!(by, Comparison::Lt | Comparison::Le) && !quantity.value.is_zero();
    let compared = |comparison, quantity| {
        Condition::Compare(
            change.clone(),
            turned(comparison),
            Operand::Quantity(quantity),
        )
    };
    if is_short {
        return Condition::All(vec![compared(Comparison::Gt, none), compared(by, quantity)]);
    }
    compared(by, quantity)
}

/// There is a report.
fn has_report() -> Condition {
    let reports = Figure {
        measure: Measure::Count(Rows::Reports),
        aspect: Aspect::Value,
        year: None,
        before: false,
    };
    let one = Quantity {
        value: 1.into(),
        unit: "个".to_owned(),
    };
    Condition::Compare(
        Expr::Figure(reports),
        Comparison::Ge,
        Operand::Quantity(one),
    )
}

/// The year that the first figure of a condition names.
fn named_year(condition: &ast::Condition) -> Option<i32> {
    use ast::Condition as C;
    match condition {
        C::All(parts) | C::Any(parts) => parts.iter().find_map(named_year),
        C::Not(inner) => named_year(inner),
        C::Compare(expr, ..)
        | C::Between(expr, ..)
        | C::Moved(expr, ..)
        | C::Extreme(expr, _)
        | C::Judged(_, expr)
        | C::Missing(expr)
        | C::Stated(expr) => match expr {
            ast::Expr::Figure(figure) | ast::Expr::Combined(figure, ..) => figure.year,
            ast::Expr::Field(..) => None,
        },
        _ => None,
    }
}
