use super::Resolver;
use crate::fact::Span;
use crate::query::ast;
use crate::query::plan::{
    Expr, Group, Operator, Plan, Rows, Scope, Shown, Step, Summary, View, Years,
};

/// What is known of a plan while its clauses are read.
#[derive(Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each says that a word stood in the question; they do not exclude each other"
)]
pub(super) struct Draft {
    pub(super) rows: Option<Rows>,
    /// `each town's tasks`: the kind of place whose records are asked for.
    pub(super) of: Option<Rows>,
    /// Where the head's word stands.
    pub(super) head: Span,
    /// The head is figures.
    pub(super) items: bool,
    pub(super) shows: bool,
    pub(super) compared: bool,
    pub(super) counted: bool,
    pub(super) source: bool,
    pub(super) latest: bool,
    /// Targets are asked for beside what came of them; where that stands.
    pub(super) results: Option<Span>,
    pub(super) by_year: bool,
    /// Some clause asks for results.
    pub(super) has_results: bool,
    /// The first in time is asked for, or the last; of each place or of all.
    pub(super) in_time: Option<(ast::End, bool)>,
    /// Rows are put together: something is counted or added up by the keys.
    pub(super) grouping: bool,
    pub(super) view: View,
    /// Where the unit of the view stands.
    pub(super) scaled_at: Span,
    pub(super) plain: Vec<Expr>,
    pub(super) summaries: Vec<Summary>,
    pub(super) groups: Vec<Group>,
    pub(super) words: Vec<String>,
    pub(super) places: Vec<crate::query::plan::PlaceScope>,
    pub(super) outside: Vec<crate::query::plan::PlaceScope>,
    pub(super) years: Option<Years>,
    pub(super) steps: Vec<Step>,
}

impl Draft {
    /// `tax by town`: rows are towns. Groups of aggregates are added when their step is read.
    pub(super) fn key_rows(&mut self, resolver: &mut Resolver<'_>, rows: Rows, span: Span) {
        if !rows.are_places() {
            resolver.refuse(
                span,
                "figures are shown by town, county, city, province or year",
                "指标可以按镇、区县、市、省或年份显示",
            );
        } else if self.summaries.is_empty() {
            if self.rows.is_some_and(|named| named != rows) {
                resolver.refuse(span, "two kinds of places are named", "同时说了两种地方");
            }
            self.rows = Some(rows);
        }
    }

    pub(super) fn steps_alone(&self) -> Plan {
        Plan {
            rows: Rows::Places,
            scope: Scope {
                of: None,
                places: Vec::new(),
                outside: Vec::new(),
                years: Years::Latest,
            },
            steps: self.steps.clone(),
            shown: Shown::Mentioned,
            view: View::default(),
            counted: false,
            with_source: false,
            explained: false,
        }
    }

    pub(super) fn first_expr(&self) -> Option<Expr> {
        let of_steps = || {
            self.steps_alone()
                .exprs()
                .first()
                .map(|expr| (*expr).clone())
        };
        self.plain.first().cloned().or_else(of_steps)
    }

    pub(super) fn uses_change(&self, change: Option<(i32, i32)>) -> bool {
        let Some((from, to)) = change else {
            return false;
        };
        let plan = Plan {
            shown: Shown::Items(self.plain.clone()),
            ..self.steps_alone()
        };
        plan.exprs().into_iter().any(|expr| {
            matches!(expr, Expr::Combined(a, Operator::Minus | Operator::PerYear, b)
                if a.year == Some(to) && b.year == Some(from) && a.measure == b.measure)
        })
    }
}
