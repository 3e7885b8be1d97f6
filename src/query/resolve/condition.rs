use rust_decimal::Decimal;

use super::Resolver;
use super::figure::Dimension;
use super::targets::beside_target;
use crate::decode::sought;
use crate::fact::Span;
use crate::query::Lang;
use crate::query::ast::{self, End, Property, Rows};
use crate::query::diagnostic::{Diagnostic, Fix};
use crate::query::lex;
use crate::query::plan::{
    Aggregate, Aspect, Comparison, Condition, Expr, Extreme, Field, Figure, Measure, Operand,
    Operator,
};

impl Resolver<'_> {
    /// Words as the sentences of the store have them; reports and sections are looked through as they came in.
    fn sought(&self, words: &str) -> String {
        match self.records {
            Some(Rows::Sentences | Rows::Problems | Rows::Tasks) => sought(words),
            _ => words.to_owned(),
        }
    }

    pub(super) fn condition(&mut self, condition: &ast::Condition) -> Option<Condition> {
        match condition {
            ast::Condition::All(parts) => Some(Condition::All(self.conditions(parts)?)),
            ast::Condition::Any(parts) => Some(Condition::Any(self.conditions(parts)?)),
            ast::Condition::Not(inner) => Some(Condition::Not(Box::new(self.condition(inner)?))),
            ast::Condition::Compare(left, comparison, right) => {
                self.compare(left, *comparison, right)
            }
            ast::Condition::Between(expr, (low, at), (high, to)) => {
                let expr = self.expr(expr)?;
                let (low, high) = share_unit(low, high);
                let low = self.quantity_beside(&expr, &low, *at);
                let high = self.quantity_beside(&expr, &high, *to);
                let (low, high) = (low?, high?);
                if low.value > high.value {
                    self.refuse(
                        at.join(*to),
                        "the first bound is above the second",
                        "下限大于上限",
                    );
                    return None;
                }
                Some(Condition::Between(expr, low, high))
            }
            ast::Condition::Unsaid(expr, quantity, span) => {
                self.unsaid(expr, quantity, *span);
                None
            }
            ast::Condition::Moved(expr, movement, by) => self.moved(expr, *movement, by.as_ref()),
            ast::Condition::Extreme(expr, end) => {
                let expr = self.expr(expr)?;
                let which = match end {
                    End::First => Extreme::Highest,
                    End::Last => Extreme::Lowest,
                };
                Some(Condition::Extreme(expr, which))
            }
            ast::Condition::Nth(expr, end, turn) => {
                let expr = self.expr(expr)?;
                let which = match end {
                    End::First => Extreme::Highest,
                    End::Last => Extreme::Lowest,
                };
                Some(Condition::Nth(expr, which, *turn))
            }
            ast::Condition::ByAll(_, span) => {
                if matches!(self.records, Some(Rows::Indicators | Rows::Phrases)) {
                    return Some(Condition::ByAll);
                }
                self.refuse(
                    *span,
                    "only indicators and policy phrases are stated by all places: `indicators stated by all towns`",
                    "只有指标名和政策用语才能说各地都有：“各镇都有的指标名”",
                );
                None
            }
            ast::Condition::Judged(verdict, expr) => self.judged(*verdict, expr),
            ast::Condition::Missing(expr) => Some(Condition::Missing(self.expr(expr)?)),
            ast::Condition::Stated(expr) => {
                let stated = Condition::Missing(self.expr(expr)?);
                Some(Condition::Not(Box::new(stated)))
            }
            ast::Condition::Streak(years, inner, span) => {
                self.streak_span = Some(*span);
                let streak = self.streak(*years, inner, *span);
                self.streak_span = None;
                streak
            }
            ast::Condition::Without(rows, year, span) => self.without(*rows, *year, *span),
            ast::Condition::Mentions(words) => {
                if let Some(span) = self.streak_span.take() {
                    self.refuse(
                        span,
                        "what is mentioned in one year after the other is asked as `frequency of \"养老\" of all towns by year`",
                        "连续几年提到的，可以问“各镇“养老”出现频率，按年份”",
                    );
                }
                Some(Condition::Mentions(self.sought(words)))
            }
            ast::Condition::Trait(found, span) => self.of_trait(*found, *span),
            ast::Condition::About(names) => self.about(names),
            ast::Condition::Worded(expr, wording, text, span) => {
                self.worded(expr, *wording, text, *span)
            }
            ast::Condition::Dated(field, comparison, date, span) => {
                self.dated(*field, *comparison, date, *span)
            }
            ast::Condition::Deadline(comparison, date) => Some(match self.records {
                // 2020年1月底以前的报告: given by then.
                Some(Rows::Reports) => given_by(*comparison, date),
                _ => Condition::Deadline(*comparison, date.clone()),
            }),
        }
    }

    /// Every part is looked at, so that independent faults are all reported.
    fn conditions(&mut self, parts: &[ast::Condition]) -> Option<Vec<Condition>> {
        let outer = self.subject.take();
        let mut resolved: Vec<Option<Condition>> = Vec::new();
        for part in parts {
            let part = self.condition(part);
            // 税收超过3亿元且增速超过10%: the growth is that of the tax.
            if let Some(measure) = part.as_ref().and_then(measure_of) {
                self.subject = Some(measure);
            }
            resolved.push(part);
        }
        self.subject = outer;
        resolved.into_iter().collect()
    }

    fn compare(
        &mut self,
        left: &ast::Expr,
        comparison: Comparison,
        right: &ast::Operand,
    ) -> Option<Condition> {
        let span = left.span();
        let left = self.expr(left)?;
        let left = self.growth_planned(left, right);
        let dimension = self.dimension(&left);
        let right = match right {
            ast::Operand::Quantity(literal, at) => {
                if let Some(quantity) = self.quantity_beside(&left, literal, *at) {
                    Operand::Quantity(quantity)
                } else {
                    self.offer_growth(&left, literal, span);
                    return None;
                }
            }
            ast::Operand::Aggregate(aggregate, span) => self.over_rows(*aggregate, &left, *span)?,
            ast::Operand::Expr(ast::Expr::Figure(figure))
                if figure.name.is_none() && self.records.is_none() =>
            {
                if let Some(judged) = beside_target(&left, comparison, figure) {
                    return Some(judged);
                }
                Operand::Expr(self.own_property(&left, figure)?)
            }
            ast::Operand::Expr(expr) => {
                let right = self.expr(expr)?;
                Operand::Expr(like(&left, right, |expr| self.dimension(expr)))
            }
        };
        let a_year = |expr: &Expr| matches!(expr, Expr::Combined(_, Operator::PerYear, _));
        if let Operand::Expr(other) | Operand::Aggregate(_, other) = &right
            && (a_year(&left) || a_year(other))
        {
            self.refuse(
                span,
                "a growth a year is compared with a percentage",
                "年均增速只能与百分比比较",
            );
            return None;
        }
        if let Operand::Expr(expr) = &right {
            let other = self.dimension(expr);
            if other != dimension && other != Dimension::Any && dimension != Dimension::Any {
                self.fault(Diagnostic::new(
                    "Q0104",
                    span,
                    "the two sides have different units and cannot be compared",
                    "两边的单位不同，不能比较",
                ));
                return None;
            }
        }
        Some(Condition::Compare(left, comparison, right))
    }

    /// GDP目标超过6%: a target in percent of what is an amount is one of its growth.
    fn growth_planned(&self, left: Expr, right: &ast::Operand) -> Expr {
        let is_percent =
            matches!(right, ast::Operand::Quantity(literal, _) if literal.unit == Some("%"));
        match left {
            Expr::Figure(figure) if is_percent && figure.aspect == Aspect::Target => {
                let value = Expr::Figure(figure.clone());
                let is_amount =
                    matches!(self.dimension(&value), Dimension::Unit(unit) if unit != "%");
                let aspect = if is_amount {
                    Aspect::TargetGrowth
                } else {
                    Aspect::Target
                };
                Expr::Figure(Figure { aspect, ..figure })
            }
            other => other,
        }
    }

    /// `tax over 30%` is likeliest meant of its growth.
    fn offer_growth(&mut self, left: &Expr, literal: &lex::Quantity, span: Span) {
        let of_value = matches!(left, Expr::Figure(figure) if figure.aspect == Aspect::Value);
        if !of_value || literal.unit != Some("%") {
            return;
        }
        let word = match self.lang {
            Lang::En => " growth",
            Lang::Zh => "增长",
        };
        if let Some(fault) = self.faults.last_mut() {
            fault
                .fixes
                .insert(0, Fix::new(word, Span::new(span.end, span.end)));
            fault.fixes.truncate(5);
        }
    }

    fn over_rows(&mut self, aggregate: Aggregate, left: &Expr, span: Span) -> Option<Operand> {
        if aggregate.adds_up() {
            self.refuse(
                span,
                "a figure is compared with the average or the median, not with the total",
                "指标可与平均或中位数比较，不能与合计比较",
            );
            return None;
        }
        Some(Operand::Aggregate(aggregate, left.clone()))
    }

    /// `tax below target`: the target of that same figure, for that same year.
    fn own_property(&mut self, left: &Expr, figure: &ast::Figure) -> Option<Expr> {
        let Expr::Figure(of) = left else {
            self.refuse(figure.span, "say of which figure", "请说明是哪个指标的");
            return None;
        };
        let aspect = match (figure.properties.first(), of.aspect) {
            (Some(Property::Target), Aspect::Growth) => Aspect::TargetGrowthOfYear,
            (Some(Property::Target), _) => Aspect::TargetOfYear,
            // 增速比上年快: a growth, beside that of the year before.
            (Some(Property::LastYear), aspect)
                if aspect == Aspect::Growth || matches!(of.measure, Measure::Count(_)) =>
            {
                return self.year_before(of, figure.span).map(Expr::Figure);
            }
            (Some(Property::LastYear), _) => Aspect::LastYear,
            _ => {
                self.refuse(
                    figure.span,
                    "only “target” and “last year” may stand alone here; say of which figure",
                    "此处只有“目标”和“上年”可以单独使用，请说明是哪个指标的",
                );
                return None;
            }
        };
        Some(Expr::Figure(Figure {
            aspect,
            ..of.clone()
        }))
    }

    /// 税收增长30%的镇: over, at least, or just that?
    fn unsaid(&mut self, expr: &ast::Expr, literal: &lex::Quantity, span: Span) {
        let before = self.faults.len();
        if let Some(expr) = self.expr(expr) {
            let _ = self.quantity_beside(&expr, literal, span);
        }
        if self.faults.len() > before {
            return;
        }
        let text = &literal.text;
        let fixes = match self.lang {
            Lang::En => [format!("over {text}"), format!("at least {text}")],
            Lang::Zh => [format!("超过{text}"), format!("{text}以上")],
        };
        self.fault(
            Diagnostic::new(
                "Q0103",
                span,
                format!("a comparing word is missing before {text}"),
                format!("“{text}”缺少比较词"),
            )
            .with_fixes(fixes.map(|fix| Fix::new(fix, span))),
        );
    }
}

/// The day of a report, before or after another; `by` a day is before the next.
fn given_by(comparison: Comparison, date: &str) -> Condition {
    let next = || date.parse::<jiff::civil::Date>().ok()?.tomorrow().ok();
    match (comparison, next()) {
        (Comparison::Le, Some(next)) => {
            Condition::Dated(Field::Date, Comparison::Lt, next.to_string())
        }
        _ => Condition::Dated(Field::Date, comparison, date.to_owned()),
    }
}

/// 居民收入增速高于GDP: what a growth is compared with is a growth, where the value of it could not be.
fn like(left: &Expr, right: Expr, dimension: impl Fn(&Expr) -> Dimension) -> Expr {
    match (left, right) {
        (Expr::Figure(own), Expr::Figure(other))
            if own.aspect == Aspect::Growth && other.aspect == Aspect::Value =>
        {
            let value = Expr::Figure(other.clone());
            let is_rate = !matches!(dimension(&value), Dimension::Unit(unit) if unit != "%");
            let aspect = if is_rate {
                Aspect::Value
            } else {
                Aspect::Growth
            };
            Expr::Figure(Figure { aspect, ..other })
        }
        (_, right) => right,
    }
}

/// The one measure that a condition is about.
fn measure_of(condition: &Condition) -> Option<crate::query::plan::Measure> {
    match condition {
        Condition::Compare(Expr::Figure(figure), ..)
        | Condition::Between(Expr::Figure(figure), ..)
        | Condition::Extreme(Expr::Figure(figure), _) => Some(figure.measure.clone()),
        _ => None,
    }
}

/// `between 10 and 50亿元`: the unit of the second is that of the first, where the first has none; with its multiplier, where
/// the first has none of its own either.
fn share_unit(low: &lex::Quantity, high: &lex::Quantity) -> (lex::Quantity, lex::Quantity) {
    let plain =
        |q: &lex::Quantity| q.unit.is_none() && q.text.ends_with(|c: char| c.is_ascii_digit());
    if plain(low) && high.unit.is_some() {
        let digits: String = high
            .text
            .chars()
            .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'))
            .filter(|c| *c != ',')
            .collect();
        if let Ok(number) = digits.parse::<Decimal>()
            && let Some(factor) = high.value.checked_div(number).filter(|_| !number.is_zero())
        {
            let low = lex::Quantity {
                value: low.value * factor,
                unit: high.unit,
                text: low.text.clone(),
            };
            return (low, high.clone());
        }
    }
    let unit = low.unit.or(high.unit);
    (
        lex::Quantity {
            unit,
            ..low.clone()
        },
        high.clone(),
    )
}
