//! Questions about what came of targets.

use super::Resolver;
use super::draft::Draft;
use crate::query::Lang;
use crate::query::ast::{self, Property};
use crate::query::diagnostic::{Diagnostic, Fix};
use crate::query::plan::{
    Aspect, Comparison, Condition, Expr, Field, Figure, Group, Judgement, Measure, Rows, Shown,
    Step, Verdict,
};

/// Tasks are compared with every sentence of the next report, half a millisecond each: without named places that is done in
/// stores of so many places at most.
const MOST_PLACES: u32 = 500;

impl Resolver<'_> {
    /// `missed tax target`: of one indicator's target, as a whole.
    pub(super) fn judged(&mut self, verdict: Verdict, expr: &ast::Expr) -> Option<Condition> {
        let span = expr.span();
        match self.expr(expr)? {
            Expr::Figure(figure)
                if matches!(figure.aspect, Aspect::Target | Aspect::TargetGrowth) =>
            {
                let figure = self.result_of(figure, span)?;
                Some(Condition::Judged(
                    Expr::Figure(figure),
                    Judgement::Verdict(verdict),
                ))
            }
            Expr::Figure(Figure {
                aspect: Aspect::Value,
                ..
            }) => {
                let word = match self.lang {
                    Lang::En => " target",
                    Lang::Zh => "目标",
                };
                let end = crate::fact::Span::new(span.end, span.end);
                self.fault(
                    Diagnostic::new(
                        "Q0115",
                        span,
                        "only a target is met or missed: `missed tax target`",
                        "完成与否只能问目标：“未完成税收目标”",
                    )
                    .with_fixes([Fix::new(word, end)]),
                );
                None
            }
            other => {
                self.refuse(
                    span,
                    "met or missed is asked of the target of one figure, in value and growth alike: `missed tax target`",
                    "完成与否只能问单个指标的目标，数值和增速一并判断：“未完成税收目标”",
                );
                // The growth of a target is judged with it.
                if let Expr::Figure(figure) = other
                    && figure.aspect == Aspect::TargetGrowth
                    && let Some(fault) = self.faults.last_mut()
                {
                    let target = Expr::Figure(Figure {
                        aspect: Aspect::Target,
                        ..figure
                    });
                    let (en, zh) = crate::query::say::expr_names(&target, self.catalog);
                    let text = if self.lang == Lang::En { en } else { zh };
                    fault.fixes.push(Fix::new(text, span));
                }
                None
            }
        }
    }

    fn result_of(&mut self, figure: Figure, span: crate::fact::Span) -> Option<Figure> {
        if matches!(figure.measure, Measure::Indicator(_) | Measure::Added(_)) {
            return Some(Figure {
                aspect: Aspect::Result,
                ..figure
            });
        }
        self.refuse(
            span,
            "results are found only for indicators of the vocabulary, not for words of a label",
            "只有词表中的指标才能对照完成情况，引号中的名称不行",
        );
        None
    }

    /// What `with result` makes of what is shown.
    pub(super) fn with_results(&mut self, shown: Shown, draft: &Draft) -> Shown {
        let Some(span) = draft.results else {
            return shown;
        };
        if draft.rows == Some(Rows::Targets)
            && (matches!(shown, Shown::Mentioned)
                || matches!(&shown, Shown::Groups(_, summaries) if summaries.is_empty()))
        {
            let fits = |step: &Step| match step {
                Step::Keep(condition) => condition.singles().into_iter().all(|single| {
                    matches!(
                        single,
                        Condition::Mentions(_) | Condition::About(_) | Condition::Verdict(_)
                    )
                }),
                Step::Limit(_) => true,
                Step::Sort { .. } | Step::Take { .. } | Step::InTime { .. } => false,
            };
            if !draft.steps.iter().all(fits) {
                self.refuse(
                    span,
                    "targets with their results are chosen by place, year, indicator (`about tax`), words of the label, \
                     and whether they were met or missed; they stand in the order of the report",
                    "附完成情况的目标可按地方、年份、指标（“关于税收”）、名称用字和完成与否挑选，按报告中的先后排列",
                );
            }
            let groups = match shown {
                Shown::Groups(groups, _) => groups,
                _ if draft.view.share => draft.groups.clone(),
                _ => return Shown::Results,
            };
            let told =
                |group: &Group| !matches!(group, Group::Field(field) if *field != Field::Indicator);
            if !groups.iter().all(told) {
                self.refuse(
                    span,
                    "what came of targets is counted by year, place, county, city, province or indicator",
                    "目标的完成情况只能按年份、地方、区县、市、省或指标名称计数",
                );
            }
            return Shown::Verdicts(groups);
        }
        if draft.rows == Some(Rows::Tasks) && matches!(shown, Shown::Mentioned) {
            return self.followed(span, draft);
        }
        let of_places = draft.rows.is_none_or(Rows::are_places);
        if let Shown::Items(items) = &shown
            && of_places
        {
            let results: Option<Vec<Expr>> = items
                .iter()
                .map(|item| match item {
                    // Value and growth of a target stand beside their results together.
                    Expr::Figure(figure)
                        if matches!(figure.aspect, Aspect::Target | Aspect::TargetGrowth) =>
                    {
                        self.result_of(figure.clone(), span).map(Expr::Figure)
                    }
                    _ => None,
                })
                .collect();
            if let Some(results) = results {
                return Shown::Items(results);
            }
        }
        if self.faults.is_empty() {
            self.refuse(
                span,
                "only targets and tasks have results: `targets of PLACE in YEAR with result`, `tasks of PLACE in YEAR with result`, \
                 `tax target of PLACE with result`",
                "只有目标和任务才有完成情况：“某镇2020年的目标，附完成情况”“某镇2020年的任务，附完成情况”“某镇2020年的税收目标，附完成情况”",
            );
        }
        shown
    }

    /// Tasks beside what the next report says. Whether one is done is for its reader to judge.
    fn followed(&mut self, span: crate::fact::Span, draft: &Draft) -> Shown {
        let is_judged = |step: &Step| {
            let Step::Keep(condition) = step else {
                return false;
            };
            let mut singles = condition.singles().into_iter();
            singles.any(|single| matches!(single, Condition::Verdict(_)))
        };
        if draft.steps.iter().any(is_judged) {
            self.refuse(
                span,
                "met or missed is asked of targets; a task is shown beside what the next report says: `tasks of PLACE in YEAR with result`",
                "完成与否只能问目标；任务可以与次年报告的说法对照：“某镇2020年的任务，附完成情况”",
            );
        } else if draft.places.is_empty()
            && self.catalog.kinds().values().sum::<u32>() > MOST_PLACES
        {
            self.refuse(
                span,
                "the store has too many places to compare every task with a report: name some, `tasks of PLACE in YEAR with result`",
                "库中地方太多，不能把所有任务逐一与报告对照：请写明地方，如“某镇2020年的任务，附完成情况”",
            );
        }
        Shown::Results
    }
}

/// `tax below target` looks at value and growth, whichever the target was set in; `tax growth below target` only at
/// growth.
pub(super) fn beside_target(
    left: &Expr,
    comparison: Comparison,
    right: &ast::Figure,
) -> Option<Condition> {
    match left {
        Expr::Figure(figure)
            if figure.aspect == Aspect::Value
                && right.properties == [Property::Target]
                && matches!(figure.measure, Measure::Indicator(_) | Measure::Added(_)) =>
        {
            let result = Figure {
                aspect: Aspect::Result,
                ..figure.clone()
            };
            Some(Condition::Judged(
                Expr::Figure(result),
                Judgement::Beside(comparison),
            ))
        }
        _ => None,
    }
}
