use super::Resolver;
use super::draft::Draft;
use crate::fact::Span;
use crate::query::ast;
use crate::query::plan::{Expr, Field, Group, Rows, Step, Years};

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
    pub(super) fn in_time(&mut self, of_each: Option<Group>, draft: &mut Draft) {
        let Some((end, each)) = draft.in_time else {
            return;
        };
        let first = end == ast::End::First;
        // 2021年首次提到“碳达峰”的市: whether it was the first time is not seen in one year.
        if matches!(draft.years, Some(Years::One(_))) {
            self.refuse(
                draft.head,
                "what was first is told of several years: leave out the year, and it stands beside each",
                "先后要看几年：不写年份，各行会列出年份",
            );
        }
        if self.records.is_none() {
            let holds = |step: &Step| matches!(step, Step::Keep(_));
            if !draft.steps.iter().any(holds) && draft.plain.is_empty() {
                self.refuse(
                    draft.head,
                    "of places say what held first: `earliest cities with GDP over 100 billion yuan`",
                    "地方的先后要说明条件：“最早GDP超过1000亿元的市”",
                );
            }
            draft.by_year = true;
            draft.steps.push(Step::InTime { first, each });
            return;
        }
        // 各省最新的报告: of each its own.
        let among = of_each.or(each.then_some(Group::Place));
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
            each: among,
        });
    }
}
