//! What a share is a share of, several rows together or the place around one; and what one place is the highest of.

use super::Resolver;
use super::figure::Dimension;
use crate::fact::Span;
use crate::query::catalog::PlaceRef;
use crate::query::diagnostic::{Diagnostic, Fix};
use crate::query::plan::{
    Aggregate, Condition, Expr, Operator, PlaceScope, Plan, Rows, Shown, Step, Summary, Years,
};

impl Resolver<'_> {
    pub(super) fn check_share(&mut self, plan: &mut Plan) {
        if plan.view.share && matches!(plan.shown, Shown::Compared(_)) {
            self.check_share_of_whole(plan);
            return;
        }
        if plan.view.share && is_part_of_records(plan) {
            plan.counted = true;
            return;
        }
        let has_value = match &plan.shown {
            Shown::Items(_) | Shown::Groups(..) | Shown::Frequency(_) => true,
            _ => plan
                .exprs()
                .iter()
                .any(|expr| !matches!(expr, Expr::Field(field) if !field.is_number())),
        };
        if plan.view.share && !has_value {
            self.refuse(
                Span::new(0, 0),
                "a share is of values, of counts, or of rows that fit: `tax of all towns, share`, `reports by year, count, share`, \
                 `how many tasks with a number, share`",
                "占比是数值、数目或符合条件的行的占比：“各镇的税收，占比”“报告，按年份，计数，占比”“有量化要求的任务有多少，占比”",
            );
        } else if plan.view.share {
            share_each(plan);
            self.check_share_of_one(plan);
        }
    }

    /// One place alone would be the whole of itself.
    fn check_share_of_one(&mut self, plan: &Plan) {
        let [PlaceScope::Own { id, .. }] = &plan.scope.places[..] else {
            return;
        };
        let is_one_row = match &plan.shown {
            Shown::Items(_) => !plan.scope.years.are_rows(),
            Shown::Groups(keys, _) => keys.is_empty(),
            _ => false,
        };
        if !is_one_row {
            return;
        }
        let fault = Diagnostic::new(
            "Q0115",
            Span::new(0, 0),
            "a share is one of several rows: of which places together is it?",
            "占比是在若干行的合计中所占：是在哪些地方的合计中？",
        );
        let all = self.of_all(plan, *id);
        self.fault(fault.with_fixes([all]));
    }

    /// One place alone is the highest and the lowest of itself: whether it is of all of its kind is not asked so.
    pub(super) fn check_end_of_one(&mut self, plan: &Plan) {
        let [PlaceScope::Own { id, .. }] = &plan.scope.places[..] else {
            return;
        };
        let is_end = |condition: &&Condition| {
            matches!(condition, Condition::Extreme(..) | Condition::Nth(..))
        };
        let has_end = plan.steps.iter().any(|step| match step {
            Step::Keep(condition) => condition.singles().iter().any(is_end),
            _ => false,
        });
        if plan.rows != Rows::Places || plan.scope.years.are_rows() || !has_end {
            return;
        }
        let fault = Diagnostic::new(
            "Q0115",
            Span::new(0, 0),
            "one place is the highest and the lowest of itself: among which places is it meant?",
            "只有一个地方，最高和最低都是它自己：是在哪些地方当中？",
        );
        let all = self.of_all(plan, *id);
        self.fault(fault.with_fixes([all]));
    }

    /// 各市GDP合计，前3名: the first three may be meant, or the total, which is one row.
    pub(super) fn check_first_of_total(&mut self, plan: &Plan) {
        let Shown::Groups(keys, summaries) = &plan.shown else {
            return;
        };
        let cuts = |step: &Step| matches!(step, Step::Take { .. });
        let is_order = |step: &Step| matches!(step, Step::Sort { .. });
        if !keys.is_empty() || summaries.is_empty() || !plan.steps.iter().any(cuts) {
            return;
        }
        let mut apart = plan.clone();
        let of: Vec<Expr> = summaries.iter().map(|summary| summary.of.clone()).collect();
        if let (Some(first), true) = (of.first(), plan.rows.are_places()) {
            let is_sorted = apart.steps.iter().any(is_order);
            for step in &mut apart.steps {
                if let (Step::Take { by, .. }, false) = (step, is_sorted) {
                    *by = Some(first.clone());
                }
            }
            apart.shown = Shown::Items(of);
        }
        let mut whole = plan.clone();
        whole.steps.retain(|step| !cuts(step) && !is_order(step));
        let fault = Diagnostic::new(
            "Q0115",
            Span::new(0, 0),
            "all together are one row, of which there are no first ones",
            "合在一起只有一行，没有前几名",
        );
        let fixes = [apart, whole]
            .into_iter()
            .filter(|other| other != plan)
            .map(|plan| {
                let said = crate::query::say::say(&plan, self.catalog);
                Fix::new(said.in_lang(self.lang), Span::new(0, usize::MAX))
            });
        let fixes: Vec<Fix> = fixes.collect();
        self.fault(fault.with_fixes(fixes));
    }

    /// The same of all places of the kind of one.
    fn of_all(&self, plan: &Plan, id: i64) -> Fix {
        let mut known = self.catalog.places().iter();
        let rows = known
            .find(|known| known.id == id)
            .and_then(|known| super::rows_of(known.place.kind));
        let mut whole = plan.clone();
        whole.scope.places.clear();
        whole.rows = rows.unwrap_or(Rows::Places);
        let said = crate::query::say::say(&whole, self.catalog);
        Fix::new(said.in_lang(self.lang), Span::new(0, usize::MAX))
    }

    /// Of two places beside each other one lies in the other, which is named behind it. Without a year each year in
    /// which both have the figure has its share: their latest reports may be of different years.
    fn check_share_of_whole(&mut self, plan: &mut Plan) {
        // A place that has no report was refused.
        if !self.faults.is_empty() {
            return;
        }
        let at = |scope: &PlaceScope| match scope {
            PlaceScope::Own { id, .. } => {
                let mut places = self.catalog.places().iter();
                places.position(|place| place.id == *id).map(PlaceRef::Own)
            }
            PlaceScope::Within { .. } => None,
        };
        let found: Vec<Option<PlaceRef>> = plan.scope.places.iter().map(at).collect();
        let lies_in = |inner, outer| self.catalog.lies_in(inner, outer);
        match found[..] {
            [Some(part), Some(whole)] if lies_in(part, whole) => {}
            [Some(whole), Some(part)] if lies_in(part, whole) => plan.scope.places.reverse(),
            _ => {
                self.refuse(
                    Span::new(0, 0),
                    "a share beside each other is that of a place in the province or city that it lies in",
                    "并列的占比只用于一地占其所在的省、市的比重",
                );
                return;
            }
        }
        if plan.scope.years == Years::Latest {
            plan.scope.years = Years::Every;
        }
        self.check_share_of_rate(plan);
    }

    /// A rate of a part is no part of the rate of the whole, nor what each head has a part of what each has there.
    fn check_share_of_rate(&mut self, plan: &Plan) {
        let is_rate = |expr: &Expr| match self.dimension(expr) {
            Dimension::Percent | Dimension::Points | Dimension::Ratio => true,
            Dimension::Unit(unit) => unit == "%",
            _ => matches!(expr, Expr::Combined(_, Operator::Divide, _)),
        };
        if !plan.exprs().into_iter().any(is_rate) {
            return;
        }
        let mut without = plan.clone();
        without.view.share = false;
        let said = crate::query::say::say(&without, self.catalog);
        let beside = Fix::new(said.in_lang(self.lang), Span::new(0, usize::MAX));
        let fault = Diagnostic::new(
            "Q0115",
            Span::new(0, 0),
            "this figure is itself a rate: it is compared with that of the whole, and is no share of it",
            "该指标本身就是比率：可以与全省、全市的相比，而不占其比重",
        );
        self.fault(fault.with_fixes([beside]));
    }
}

/// Which part of the tasks has a number: those of the same places and years that fit, of all of them.
fn is_part_of_records(plan: &Plan) -> bool {
    let is_condition = |step: &Step| matches!(step, Step::Keep(_));
    let are_of_reports =
        !plan.rows.are_places() && !matches!(plan.rows, Rows::Indicators | Rows::Phrases);
    are_of_reports
        && matches!(plan.shown, Shown::Mentioned)
        && !plan.steps.is_empty()
        && plan.steps.iter().all(is_condition)
}

/// Each town's share of the total: the total alone is the whole of itself, so the places are its rows.
fn share_each(plan: &mut Plan) {
    let Shown::Groups(keys, summaries) = &plan.shown else {
        return;
    };
    let is_total = |summary: &Summary| {
        summary.aggregate == Aggregate::Total && matches!(summary.of, Expr::Figure(_))
    };
    let are_totals = !summaries.is_empty() && summaries.iter().all(is_total);
    if keys.is_empty() && plan.rows.are_places() && are_totals {
        let items = summaries.iter().map(|summary| summary.of.clone());
        plan.shown = Shown::Items(items.collect());
    }
}
