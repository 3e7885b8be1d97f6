//! So many of each place, area, year or report.

use super::draft::Draft;
use super::{Resolver, group_of};
use crate::fact::Span;
use crate::query::ast::{self, Key};
use crate::query::plan::{Condition, Expr, Extreme, Group, PlaceScope, Plan, Rows, Shown, Step};

impl Resolver<'_> {
    /// `top 3 within each year`: what was taken last is of each place, area, year or report.
    pub(super) fn within_each(&mut self, key: &Key, span: Span, draft: &mut Draft) {
        let Some(group) = self.group_within(key, span, draft) else {
            return;
        };
        if let Some(Step::Take { each, .. }) = draft.steps.last_mut() {
            *each = Some(group);
        }
    }

    /// What a key stands for where so many of each are taken; of years, all that the store has, where none is named.
    fn group_within(&mut self, key: &Key, span: Span, draft: &mut Draft) -> Option<Group> {
        let group = match key {
            Key::Year => Group::Year,
            Key::Rows(rows, _) if rows.are_places() => group_of(*rows),
            Key::Rows(Rows::Reports, _) if self.records.is_some() => Group::Report,
            Key::Rows(..) | Key::Expr(_) => {
                self.not_of_each(span);
                return None;
            }
        };
        draft.by_year |= group == Group::Year && draft.years.is_none();
        Some(group)
    }

    /// `cities with the highest GDP, within each year`: of each year its own, and not the highest of all.
    pub(super) fn best_within(
        &mut self,
        key: &Key,
        span: Span,
        head: &ast::Head,
        draft: &mut Draft,
    ) {
        let Some(group) = self.group_within(key, span, draft) else {
            return;
        };
        if matches!(head, ast::Head::Some(..)) {
            self.at_ends(head, draft);
            take_last_of(group, draft);
        } else if self.records.is_some() {
            self.take_best(group, |expr| matches!(expr, Expr::Field(_)), draft);
        } else {
            self.take_best(group, |expr| matches!(expr, Expr::Figure(_)), draft);
        }
        let is_of_each = |step: &Step| matches!(step, Step::Take { each: Some(_), .. });
        if !draft.steps.iter().any(is_of_each) {
            self.not_of_each(span);
        }
    }

    /// That rows of which so many of each are taken stand one by one, and have what tells them apart.
    pub(super) fn check_each(&mut self, plan: &Plan, span: Span) {
        let each = plan.steps.iter().find_map(|step| match step {
            Step::Take { each, .. } => *each,
            _ => None,
        });
        let Some(each) = each else {
            return;
        };
        let stand_one_by_one = match plan.shown {
            Shown::Mentioned | Shown::Items(_) => !plan.counted,
            // Words are counted by year.
            Shown::Frequency(_) => each == Group::Year,
            _ => false,
        };
        if !stand_one_by_one || matches!(plan.rows, Rows::Indicators | Rows::Phrases) {
            self.not_of_each(span);
        }
    }

    fn not_of_each(&mut self, span: Span) {
        self.refuse(
            span,
            "so many are taken of each place, county, city, province, year or report, of rows that stand one by one",
            "各取几名只能按地方、区县、市、省、年份或报告，且各行单独列出",
        );
    }

    /// 各镇增速最高的指标, 各镇增速最高的3项指标: of each place its own, and not the highest of all.
    pub(super) fn best_of_each(&mut self, each: Group, head: &ast::Head, draft: &mut Draft) {
        if matches!(head, ast::Head::Some(..)) {
            self.at_ends(head, draft);
            take_last_of(each, draft);
        } else {
            self.take_best(each, |expr| matches!(expr, Expr::Field(_)), draft);
        }
    }

    /// 2010年、2015年、2020年GDP最高的市: of each of the years that are listed its own. Of one place they are told apart.
    pub(super) fn best_of_each_year(&mut self, head: &ast::Head, draft: &mut Draft) {
        if matches!(draft.places[..], [PlaceScope::Own { .. }]) {
            return;
        }
        // 2010年、2015年GDP最高的3个市: their order was made of the head.
        if matches!(head, ast::Head::Some(..)) {
            take_last_of(Group::Year, draft);
        } else {
            let is_figure = |expr: &Expr| matches!(expr, Expr::Figure(_));
            self.take_best(Group::Year, is_figure, draft);
        }
    }

    /// Puts the highest (or lowest) by such an expression as the first of an order of each, behind all conditions.
    fn take_best(&mut self, each: Group, is_such: fn(&Expr) -> bool, draft: &mut Draft) {
        let is_end = |condition: &Condition| matches!(condition, Condition::Extreme(expr, _) | Condition::Nth(expr, ..) if is_such(expr));
        let conditions = draft.steps.iter().filter_map(|step| match step {
            Step::Keep(condition) => Some(condition),
            _ => None,
        });
        let ends = conditions.flat_map(Condition::singles);
        let ends = ends.filter(|single| is_end(single)).count();
        if ends == 0 {
            return;
        }
        let best = draft.steps.iter_mut().find_map(|step| match step {
            Step::Keep(condition) => without_best(condition, is_such),
            _ => None,
        });
        let Some((by, extreme)) = best.filter(|_| ends == 1) else {
            self.refuse(
                draft.head,
                "of each only one highest or lowest is told: ask for one, or for more with `by growth, top 2 within each town`",
                "各取一个时只能说一个“最高”或“最低”；要多取几个，写“按增速降序，每镇前2名”",
            );
            return;
        };
        let nothing = Step::Keep(Condition::All(Vec::new()));
        draft.steps.retain(|step| *step != nothing);
        let descending = extreme == Extreme::Highest;
        draft.steps.push(Step::Sort { by, descending });
        draft.steps.push(Step::Take {
            count: 1,
            by: None,
            first: true,
            others: false,
            each: Some(each),
        });
    }
}

/// What was taken last is of each, where nothing else was said.
fn take_last_of(each: Group, draft: &mut Draft) {
    if let Some(Step::Take { each: among, .. }) = draft.steps.last_mut() {
        among.get_or_insert(each);
    }
}

/// Takes the highest (or lowest) by such an expression out of a condition that it is, or is a part of.
fn without_best(condition: &mut Condition, is_such: fn(&Expr) -> bool) -> Option<(Expr, Extreme)> {
    let is_best = |part: &Condition| matches!(part, Condition::Extreme(expr, _) if is_such(expr));
    let best = match condition {
        Condition::All(parts) => {
            let best = parts.remove(parts.iter().position(is_best)?);
            if let [_] = parts[..] {
                *condition = parts.remove(0);
            }
            best
        }
        single if is_best(single) => std::mem::replace(single, Condition::All(Vec::new())),
        _ => return None,
    };
    match best {
        Condition::Extreme(by, extreme) => Some((by, extreme)),
        _ => None,
    }
}
