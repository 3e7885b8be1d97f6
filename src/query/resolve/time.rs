use super::Resolver;
use super::draft::Draft;
use crate::fact::Span;
use crate::query::ast;
use crate::query::plan::{Expr, Field, Rows, Step, Years};

impl Resolver<'_> {
    /// Years told from what the store has: 2015年以来, 近三年. The reading names them.
    pub(super) fn relative(
        &mut self,
        years: &ast::Years,
        span: Span,
        draft: &Draft,
    ) -> Option<Years> {
        let known = self.catalog.years();
        let (Some(first), Some(last)) = (known.iter().min().copied(), known.iter().max().copied())
        else {
            self.refuse(span, "the store has no reports", "库中没有报告");
            return None;
        };
        // The latest report plans the year after it.
        let plans = matches!(draft.rows, Some(Rows::Tasks | Rows::Targets));
        let last = if plans { last + 1 } else { last };
        let (from, to) = match years {
            ast::Years::From(from) => (*from, last),
            ast::Years::Until(to) => (first, *to),
            ast::Years::Recent(count) => {
                let count = self
                    .how_many(count, span)
                    .and_then(|n| i32::try_from(n).ok())?;
                (last.saturating_sub(count - 1), last)
            }
            ast::Years::List(_) | ast::Years::Range(..) => return None,
        };
        if from > to {
            self.refuse(
                span,
                &format!("the store has reports of {first} to {last} only"),
                &format!("库中只有{first}年至{last}年的报告"),
            );
            return None;
        }
        Some(if from == to {
            Years::One(from)
        } else {
            Years::Range(from, to)
        })
    }

    /// The first in time of all years, or the last.
    pub(super) fn in_time(&mut self, draft: &mut Draft) {
        let Some(end) = draft.in_time else {
            return;
        };
        if self.records.is_none() {
            self.refuse(
                draft.head,
                "reports, sentences, figures, tasks and targets are early or late; places are not",
                "只有报告、句子、指标、任务和目标有先后，地方没有",
            );
            return;
        }
        draft.by_year = draft.years.is_none() && draft.rows != Some(Rows::Reports);
        draft.steps.push(Step::Sort {
            by: Expr::Field(Field::Year),
            descending: end == ast::End::Last,
        });
        draft.steps.push(Step::Take {
            count: 1,
            by: None,
            first: true,
            others: false,
        });
    }
}
