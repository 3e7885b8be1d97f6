//! The plan of what was read: whose rows, of which years, and what is shown of them.

use rust_decimal::Decimal;

use super::draft::Draft;
use super::{Assumed, Resolver};
use crate::fact::Span;
use crate::query::plan::{
    Aggregate, Comparison, Condition, Expr, Group, Measure, Operand, PlaceScope, Plan, Rows, Scope,
    Shown, Step, Summary, Years,
};

/// Two years where the question has room for one.
pub(super) const TWO_TIMES: (&str, &str) =
    ("two different times are named", "同时说了两个不同的时间");

impl Resolver<'_> {
    pub(super) fn finish(&mut self, mut draft: Draft) -> Plan {
        let whole = Span::new(0, 0);
        if draft.latest && draft.years.is_some() {
            self.refuse(
                whole,
                "either the latest reports or a named year",
                "“最近一份报告”与年份只能选一个",
            );
        }
        // What is due in a year was promised in any: the latest reports alone would be past it.
        if is_due_within(&draft.steps) && !draft.latest {
            draft.by_year = true;
        }
        let years = match (draft.years.take(), draft.by_year) {
            (None, true) => Years::Every,
            // The two ends are the figures of a change; the rows are places.
            (Some(Years::Range(_, to)), _) if draft.uses_change(self.change) => Years::One(to),
            (Some(years), _) => years,
            (None, false) => Years::Latest,
        };
        let years = match self.counted_year {
            Some((year, _)) if years == Years::Latest => Years::One(year),
            Some((year, span)) if years != Years::One(year) => {
                self.refuse(span, TWO_TIMES.0, TWO_TIMES.1);
                years
            }
            _ => years,
        };
        if !draft.words.is_empty() {
            self.check_frequency(&draft, whole);
        }
        let years = self.each_with_or_without(years, &mut draft);
        let years = self.of_a_streak(years, &draft);
        self.count_in_each_year(&years, &mut draft);
        Self::count_by_year(&mut draft);
        let shown = Self::shown(&mut draft);
        let shown = self.with_results(shown, &draft);
        let rows = draft.rows.unwrap_or_else(|| {
            let rows = self.default_rows(&shown, &draft.places);
            // Of areas what lies in them is meant; of all places no level is left out.
            if rows != Rows::Places && self.catalog.has_several_levels() {
                self.assumed.push(Assumed::Places(rows));
            }
            rows
        });
        if !rows.are_places() && !matches!(shown, Shown::Frequency(_)) {
            self.check_records(rows, &shown, &draft);
        }
        self.check_deadline(rows, &draft);
        // What is counted is the answer, whichever word asked for it.
        if matches!(shown, Shown::Verdicts(_)) {
            draft.counted = false;
            draft.view.share = false;
        }
        let mut plan = Plan {
            rows,
            scope: Scope {
                of: draft.of,
                places: std::mem::take(&mut draft.places),
                outside: std::mem::take(&mut draft.outside),
                years,
            },
            steps: std::mem::take(&mut draft.steps),
            shown,
            view: std::mem::take(&mut draft.view),
            counted: draft.counted,
            with_source: draft.source,
            explained: false,
        };
        let mut figures = plan.exprs().into_iter().flat_map(Expr::figures);
        if plan.scope.years == Years::Latest && figures.any(|figure| figure.before) {
            self.refuse(
                whole,
                "a growth is compared with that of the year before in years that are named, or in all years",
                "增速与上一年的增速相比，要写明年份，或写“历年”",
            );
        }
        self.offer_places(&plan);
        self.check_each(&plan, draft.head);
        self.check_scaled(&plan, draft.scaled_at);
        self.check_share(&mut plan);
        self.check_end_of_one(&plan);
        self.check_first_of_total(&plan);
        plan
    }

    /// 2022年到2024年GDP连续3年上升的市: the years are in the condition, up to the last, and a place is one row.
    fn of_a_streak(&mut self, years: Years, draft: &Draft) -> Years {
        let last = self.asked_years.as_ref().and_then(|asked| asked.last());
        let Some(&last) = last.filter(|_| self.streak_fills_years) else {
            return years;
        };
        if draft.items || draft.shows || draft.by_year {
            self.refuse(
                draft.head,
                "years in a row are asked of places alone; what they show in each year is another question",
                "连续几年只问是哪些地方；要看每年的数字请另问",
            );
        }
        Years::One(last)
    }

    /// 近五年没有报告的镇, 2019年到2023年每年都有报告的镇: a row of a place and a year is there only where there is a
    /// report, so that one or none is in each of the years is asked of the places.
    fn each_with_or_without(&mut self, years: Years, draft: &mut Draft) -> Years {
        let asked: Vec<i32> = match &years {
            Years::Range(from, to) => (*from..=*to).collect(),
            Years::Several(years) => years.iter().copied().collect(),
            _ => return years,
        };
        let says = |step: &Step| match step {
            Step::Keep(condition) => condition.singles().into_iter().find_map(has_report),
            _ => None,
        };
        let Some(has) = draft.steps.iter().find_map(says) else {
            return years;
        };
        let alone =
            matches!(&draft.steps[..], [Step::Keep(condition)] if has_report(condition).is_some());
        if !alone || draft.items || draft.shows || draft.by_year {
            // A report of the year that a row is of is no condition.
            if !has {
                self.refuse(
                    draft.head,
                    "that there is no report in several years is asked alone: `towns without reports from 2021 to 2023`",
                    "几年都没有报告要单独来问：“2021年到2023年没有报告的镇”",
                );
            }
            return years;
        }
        for step in &mut draft.steps {
            if let Step::Keep(condition) = step {
                let each = asked.iter().map(|year| {
                    let mut one = condition.clone();
                    one.in_year(*year);
                    one
                });
                *condition = Condition::All(each.collect());
            }
        }
        Years::Latest
    }

    /// 2018年到2020年GDP增速超过8%的市有多少: in each of the years, as one city may be in several. Of one place the years are
    /// what is counted.
    fn count_in_each_year(&self, years: &Years, draft: &mut Draft) {
        let counts_places = draft.counted && !draft.items && self.records.is_none();
        if !counts_places || !years.are_rows() {
            return;
        }
        if matches!(draft.places[..], [PlaceScope::Own { .. }]) {
            draft.groups.retain(|group| *group != Group::Year);
        } else if draft.groups.is_empty() {
            draft.groups.push(Group::Year);
        }
    }

    /// 各年份报告数: how many there are in each year, of all places where none is named.
    fn count_by_year(draft: &mut Draft) {
        let counts = !draft.plain.is_empty() && draft.plain.iter().all(Expr::is_count);
        let of_no_place = draft.rows.is_none() && draft.places.is_empty();
        let alone = draft.steps.is_empty() && draft.summaries.is_empty() && !draft.compared;
        if !(draft.items && draft.by_year && counts && of_no_place && alone) {
            return;
        }
        let summaries = draft.plain.drain(..).map(|of| Summary {
            aggregate: Aggregate::Total,
            of,
        });
        draft.summaries = summaries.collect();
        if !draft.groups.contains(&Group::Year) {
            draft.groups.push(Group::Year);
        }
    }

    fn shown(draft: &mut Draft) -> Shown {
        let tallied = draft.counted && !draft.items && !draft.groups.is_empty();
        if !draft.words.is_empty() {
            Shown::Frequency(std::mem::take(&mut draft.words))
        } else if !draft.summaries.is_empty() || tallied {
            Shown::Groups(
                std::mem::take(&mut draft.groups),
                std::mem::take(&mut draft.summaries),
            )
        } else if draft.compared {
            Shown::Compared(std::mem::take(&mut draft.plain))
        } else if draft.items || draft.shows {
            Shown::Items(std::mem::take(&mut draft.plain))
        } else {
            Shown::Mentioned
        }
    }
}

/// Whether deadlines are asked for between two days of years that are named.
fn is_due_within(steps: &[Step]) -> bool {
    let is_bound = |single: &Condition, wanted: Comparison| matches!(single, Condition::Deadline(found, day) if *found == wanted && !day.starts_with('-'));
    let bounds = |wanted: Comparison| {
        steps.iter().any(|step| match step {
            Step::Keep(condition) => {
                let mut singles = condition.singles().into_iter();
                singles.any(|single| is_bound(single, wanted))
            }
            _ => false,
        })
    };
    bounds(Comparison::Gt) && bounds(Comparison::Lt)
}

/// Whether a condition is that there is a report, or that there is none.
fn has_report(condition: &Condition) -> Option<bool> {
    let Condition::Compare(Expr::Figure(figure), comparison, Operand::Quantity(quantity)) =
        condition
    else {
        return None;
    };
    if figure.measure != Measure::Count(Rows::Reports) || figure.year.is_some() {
        return None;
    }
    match comparison {
        Comparison::Eq if quantity.value.is_zero() => Some(false),
        Comparison::Ge if quantity.value == Decimal::ONE => Some(true),
        _ => None,
    }
}

/// A year that every figure names is the year of the question: 2023年税收超过10亿元的镇 asks the same as
/// 在2023年，税收超过10亿元的镇. The year before the first figure holds for those behind it that name none:
/// 2020年GDP超过5000亿元且增速高于3%的市.
pub(super) fn hoist_year(plan: &mut Plan) {
    let years: Vec<Option<i32>> = plan
        .exprs()
        .into_iter()
        .flat_map(Expr::figures)
        .map(|figure| figure.year)
        .collect();
    let Some(common) = years.first().copied().flatten() else {
        return;
    };
    if years.iter().flatten().any(|year| *year != common) {
        return;
    }
    if plan.scope.years != Years::Latest && plan.scope.years != Years::One(common) {
        return;
    }
    plan.scope.years = Years::One(common);
    plan.for_each_figure(&mut |figure| figure.year = None);
}
