//! What a question asks for: rows, figures, aggregates of them, each place of a kind.

use super::draft::Draft;
use super::{Resolver, rows_of};
use crate::fact::Span;
use crate::query::Lang;
use crate::query::ast::{self, Head, ItemKind};
use crate::query::diagnostic::{Diagnostic, Fix};
use crate::query::plan::{Aggregate, Aspect, Expr, Figure, Measure, Operator, Rows, Summary};
use crate::query::sql::is_mean;
use crate::query::unit;

impl Resolver<'_> {
    pub(super) fn head(&mut self, head: &Head, draft: &mut Draft) {
        match head {
            Head::Rows(rows, span) | Head::Some(_, _, rows, span) => {
                draft.rows = Some(*rows);
                draft.head = *span;
            }
            Head::HowMany(rows, span) => {
                draft.rows = Some(*rows);
                draft.head = *span;
                draft.counted = true;
            }
            Head::Items(items) => {
                draft.items = true;
                self.items(items, draft);
            }
            Head::Compare(items) => {
                draft.items = true;
                draft.compared = true;
                self.items(items, draft);
            }
            // Put in its place before; what is left of it was refused there.
            Head::Saved(..) => {}
            Head::Nothing(condition, span) => {
                let remedies = self.kinds_of_places().map(|rows| {
                    let (en, zh) = crate::query::say::rows_names(rows);
                    match self.lang {
                        Lang::En => {
                            Fix::new(format!("{en} with "), Span::new(span.start, span.start))
                        }
                        Lang::Zh => Fix::new(format!("的{zh}"), Span::new(span.end, span.end)),
                    }
                });
                self.fault(
                    Diagnostic::new(
                        "Q0106",
                        *span,
                        "this says what shall hold, but not of what: towns, counties, places, tasks …",
                        "只说了条件，没有说问的是什么：镇、区县、地方、任务……",
                    )
                    .with_fixes(remedies),
                );
                let _ = self.condition(condition);
            }
        }
    }

    /// The kind of which the store has most places, and places of all kinds.
    fn kinds_of_places(&self) -> [Rows; 2] {
        let kinds = [Rows::Provinces, Rows::Cities, Rows::Counties, Rows::Towns];
        let held = |rows: &Rows| {
            let of_kind = self.catalog.kinds().iter();
            let numbers = of_kind.filter(|(kind, _)| rows_of(**kind) == Some(*rows));
            numbers.map(|(_, number)| u64::from(*number)).sum::<u64>()
        };
        let most = kinds.into_iter().max_by_key(held);
        [most.unwrap_or(Rows::Towns), Rows::Places]
    }

    pub(super) fn items(&mut self, items: &[ast::Item], draft: &mut Draft) {
        for item in items {
            match &item.what {
                ItemKind::Plain(expr) => draft.plain.extend(self.expr(expr)),
                ItemKind::Aggregate(aggregate, expr) => {
                    if let Some(of) = self.expr(expr).filter(|of| {
                        self.adds_up(of, item.span) && self.has_sum(*aggregate, of, item.span)
                    }) {
                        draft.summaries.push(Summary {
                            aggregate: *aggregate,
                            of,
                        });
                    }
                }
                ItemKind::Frequency(words) => draft.words.extend(words.iter().cloned()),
            }
        }
        if !draft.summaries.is_empty() && !draft.plain.is_empty() {
            let span = items
                .iter()
                .fold(items[0].span, |span, item| span.join(item.span));
            self.refuse(
                span,
                "a total and a single figure do not fit into one row: ask for them apart",
                "合计与单个指标不能放在同一行，请分开提问",
            );
        }
    }

    /// Numbers are added up, and what reports have of their own over reports.
    fn adds_up(&mut self, of: &Expr, span: Span) -> bool {
        if matches!(of, Expr::Combined(_, Operator::PerYear, _)) {
            self.refuse(
                span,
                "growths a year of several places are shown side by side, not put together",
                "几个地方的年均增速可以并列，不能合计或平均",
            );
            return false;
        }
        let Expr::Field(field) = of else {
            return true;
        };
        if !field.is_number() {
            self.refuse(
                span,
                "only numbers have a total, an average or an end",
                "只有数字才有合计、平均或最高最低",
            );
            return false;
        }
        if self.records.is_none() {
            let (en, zh) = field.names();
            self.refuse(
                span,
                &format!("this is of reports: `reports, average {en}`"),
                &format!("这是报告的属性：“报告，平均{zh}”"),
            );
            return false;
        }
        true
    }

    /// Rates, growths and what is so much per head have an average, and no total.
    fn has_sum(&mut self, aggregate: Aggregate, of: &Expr, span: Span) -> bool {
        let is_mean = |figure: &Figure| match (&figure.measure, figure.aspect) {
            (
                Measure::Indicator(id),
                Aspect::Value
                | Aspect::Target
                | Aspect::TargetOfYear
                | Aspect::LastYear
                | Aspect::Task
                | Aspect::Result,
            ) => {
                let unit = self
                    .catalog
                    .indicator(id)
                    .map(|indicator| indicator.unit.as_str());
                is_mean(id) || unit.is_some_and(|unit| !unit::adds_up(unit))
            }
            (
                Measure::Added(_) | Measure::Label(_) | Measure::Count(_),
                Aspect::Value | Aspect::Target,
            )
            | (_, Aspect::Rank) => false,
            _ => true,
        };
        let is_refused = match of {
            Expr::Figure(figure) => aggregate.adds_up() && is_mean(figure),
            _ => false,
        };
        if is_refused {
            self.refuse(
                span,
                "rates, growths and what is per head are not added up: ask for the average",
                "比率、增速和人均数不能相加，可以问平均",
            );
        }
        !is_refused
    }

    pub(super) fn each(&mut self, rows: Rows, span: Span, draft: &mut Draft) {
        if !rows.are_places() {
            self.refuse(
                span,
                "“each” goes with places: each town, each county",
                "“各”只用于地方：各镇、各区县",
            );
        } else if draft.rows.is_some_and(Rows::are_places) && draft.rows != Some(rows) {
            self.refuse(span, "two kinds of places are named", "同时说了两种地方");
        } else if draft.rows.is_none_or(Rows::are_places) {
            draft.rows = Some(rows);
        } else {
            draft.of = Some(rows);
        }
    }
}
