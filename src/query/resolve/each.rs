//! So many of each place, area, year or report.

use super::draft::Draft;
use super::{Resolver, group_of};
use crate::fact::Span;
use crate::query::ast::{self, Key};
use crate::query::plan::{Condition, Expr, Extreme, Group, Rows, Step};

impl Resolver<'_> {
    /// `top 3 within each year`: what was taken last is of each place, area, year or report.
    pub(super) fn within_each(&mut self, key: &Key, span: Span, draft: &mut Draft) {
        let is_one_by_one = draft.summaries.is_empty()
            && (draft.words.is_empty() || matches!(key, Key::Year))
            && !draft.has_results
            && !draft.counted
            && !matches!(self.records, Some(Rows::Indicators | Rows::Phrases));
        let group = match key {
            Key::Year => Some(Group::Year),
            Key::Rows(rows, _) if rows.are_places() => Some(group_of(*rows)),
            Key::Rows(Rows::Reports, _) if self.records.is_some() => Some(Group::Report),
            Key::Rows(..) | Key::Expr(_) => None,
        };
        let Some(group) = group.filter(|_| is_one_by_one) else {
            self.refuse(
                span,
                "so many are taken of each place, county, city, province, year or report, of rows that stand one by one",
                "各取几名只能按地方、区县、市、省、年份或报告，且各行单独列出",
            );
            return;
        };
        if group == Group::Year && draft.years.is_none() {
            draft.by_year = true;
        }
        if let Some(Step::Take { each, .. }) = draft.steps.last_mut() {
            *each = Some(group);
        }
    }

    /// 各镇增速最高的指标, 各镇增速最高的3项指标: of each place its own, and not the highest of all.
    pub(super) fn best_of_each(&mut self, each: Group, head: &ast::Head, draft: &mut Draft) {
        if matches!(head, ast::Head::Some(..)) {
            self.at_ends(head, draft);
        }
        take_best(draft, |expr| matches!(expr, Expr::Field(_)));
        if let Some(Step::Take { each: among, .. }) = draft.steps.last_mut() {
            *among = Some(each);
        }
    }

    /// 2010年、2015年、2020年GDP最高的市: of each of the years that are listed its own.
    pub(super) fn best_of_each_year(draft: &mut Draft) {
        let had = draft.steps.len();
        take_best(draft, |expr| matches!(expr, Expr::Figure(_)));
        let is_taken = draft.steps.len() > had;
        if let (true, Some(Step::Take { each, .. })) = (is_taken, draft.steps.last_mut()) {
            *each = Some(Group::Year);
        }
    }
}

/// Puts the highest (or lowest) by such an expression as the first of an order, behind all conditions.
fn take_best(draft: &mut Draft, is_such: fn(&Expr) -> bool) {
    let mut best = Vec::new();
    for step in &mut draft.steps {
        let Step::Keep(condition) = step else {
            continue;
        };
        let parts = match std::mem::replace(condition, Condition::All(Vec::new())) {
            Condition::All(parts) => parts,
            single => vec![single],
        };
        let (ends, mut others): (Vec<_>, Vec<_>) = parts
            .into_iter()
            .partition(|part| matches!(part, Condition::Extreme(expr, _) if is_such(expr)));
        best.extend(ends);
        *condition = match others.len() {
            1 => others.remove(0),
            _ => Condition::All(others),
        };
    }
    let nothing = Step::Keep(Condition::All(Vec::new()));
    draft.steps.retain(|step| *step != nothing);
    for end in best {
        if let Condition::Extreme(by, extreme) = end {
            let descending = extreme == Extreme::Highest;
            draft.steps.push(Step::Sort { by, descending });
            draft.steps.push(Step::Take {
                count: 1,
                by: None,
                first: true,
                others: false,
                each: None,
            });
        }
    }
}
