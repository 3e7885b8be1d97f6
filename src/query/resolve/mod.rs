//! From the tree to the plan: names to ids, literals to base units, dimensions checked, wording forgotten.
//!
//! It reports every independent fault it finds and gives a plan only where there is none.

mod condition;
mod draft;
mod figure;
mod movement;
mod place;
mod quantity;
mod record;
mod share;
mod step;
mod targets;
mod time;
mod whole;

use std::collections::BTreeSet;

use draft::Draft;

use super::Lang;
use super::ast::{self, Clause, Head, ItemKind, Key, Query, Statement};
use super::catalog::Catalog;
use super::diagnostic::{Diagnostic, Fix};
use super::plan::{
    Aggregate, Expr, Group, Level, Measure, Operator, Plan, Rows, Scope, Shown, Step, Summary,
    Years,
};
use crate::fact::{PlaceKind, Span};

/// Settles a statement against a catalog.
pub(super) fn resolve(
    statement: &Statement,
    catalog: &Catalog,
    lang: Lang,
) -> Result<Plan, Vec<Diagnostic>> {
    let (query, explained) = match statement {
        Statement::Ask(query) | Statement::Define(_, _, query) => (query, false),
        Statement::Explain(query) => (query, true),
    };
    let mut resolver = Resolver {
        catalog,
        lang,
        faults: Vec::new(),
        change: None,
        records: None,
        subject: None,
        turn: None,
        asked_year: None,
    };
    let mut plan = resolver.query(query);
    plan.explained = explained;
    resolver.check_size(&plan);
    if resolver.faults.is_empty() {
        hoist_year(&mut plan);
        Ok(plan)
    } else {
        Err(resolver.faults)
    }
}

struct Resolver<'a> {
    catalog: &'a Catalog,
    lang: Lang,
    faults: Vec<Diagnostic>,
    /// The years of `from … to …`, for `change`.
    change: Option<(i32, i32)>,
    /// What a row is, where it is no place.
    records: Option<Rows>,
    /// What the condition before was about, for a bare property behind it.
    subject: Option<Measure>,
    /// The year of several in a row that a condition is read for, whatever year its figure names.
    turn: Option<i32>,
    /// The one year, or the last, that the question names.
    asked_year: Option<i32>,
}

impl Resolver<'_> {
    fn fault(&mut self, fault: Diagnostic) {
        self.faults.push(fault);
    }

    /// A fault of the kind "these rows do not allow this".
    fn refuse(&mut self, span: Span, en: &str, zh: &str) {
        self.fault(Diagnostic::new("Q0115", span, en, zh));
    }

    fn query(&mut self, query: &Query) -> Plan {
        self.change = query.clauses.iter().find_map(|clause| match clause {
            Clause::Years(ast::Years::Range(from, to), _) => Some((*from, *to)),
            _ => None,
        });
        self.asked_year = query.clauses.iter().find_map(|clause| match clause {
            Clause::Years(ast::Years::Range(_, to), _) => Some(*to),
            Clause::Years(ast::Years::List(years), _) => years.iter().max().copied(),
            _ => None,
        });
        let any = |wanted: fn(&Clause) -> bool| query.clauses.iter().any(wanted);
        let has_results = any(|clause| matches!(clause, Clause::Results(_) | Clause::Verdict(_)));
        let mut draft = Draft {
            grouping: any(|clause| matches!(clause, Clause::Count | Clause::Aggregate(_)))
                || matches!(query.head, Head::HowMany(..))
                || has_results && any(|clause| matches!(clause, Clause::Share(_))),
            has_results,
            ..Draft::default()
        };
        if let Head::Rows(rows, _) | Head::HowMany(rows, _) | Head::Some(_, _, rows, _) =
            &query.head
        {
            self.records = Some(*rows).filter(|rows| !rows.are_places());
        }
        self.head(&query.head, &mut draft);
        // What a row is decides what `of` and `in` mean, so it is settled first.
        for clause in &query.clauses {
            match clause {
                Clause::Each(rows, span)
                | Clause::All(rows, span)
                | Clause::Keep(ast::Condition::ByAll(rows, span)) => {
                    self.each(*rows, *span, &mut draft);
                }
                Clause::By(keys, _, _) if draft.items => {
                    for key in keys {
                        if let Key::Rows(rows, span) = key {
                            draft.key_rows(self, *rows, *span);
                        }
                    }
                }
                _ => {}
            }
        }
        // 各镇有多少任务: how many of each; 各省报告的平均字数 likewise.
        let each = |clause: &Clause| matches!(clause, Clause::Each(..));
        let summed = matches!(query.head, Head::HowMany(..))
            || self.records.is_some()
                && query
                    .clauses
                    .iter()
                    .any(|clause| matches!(clause, Clause::Aggregate(_)));
        if let Some(of) = draft.of.filter(|_| summed)
            && query.clauses.iter().any(each)
        {
            draft.groups.push(group_of(of));
            // Of an area what lies in it counts, of a town its own.
            draft.of = Some(of).filter(|of| group_of(*of) == Group::Place);
        }
        for clause in &query.clauses {
            self.clause(clause, &mut draft);
        }
        self.at_ends(&query.head, &mut draft);
        self.in_time(&mut draft);
        self.finish(draft)
    }

    fn head(&mut self, head: &Head, draft: &mut Draft) {
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

    fn items(&mut self, items: &[ast::Item], draft: &mut Draft) {
        for item in items {
            match &item.what {
                ItemKind::Plain(expr) => draft.plain.extend(self.expr(expr)),
                ItemKind::Aggregate(aggregate, expr) => {
                    if let Some(of) = self.expr(expr).filter(|of| self.adds_up(of, item.span)) {
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

    fn each(&mut self, rows: Rows, span: Span, draft: &mut Draft) {
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

    fn clause(&mut self, clause: &Clause, draft: &mut Draft) {
        match clause {
            Clause::Places(places, preposition, span) => {
                let whole = (places.len() == 1).then_some(*span);
                for place in places {
                    for scope in self.place(place, *preposition, draft, whole) {
                        if !draft.places.contains(&scope) {
                            draft.places.push(scope);
                        }
                    }
                }
            }
            Clause::Outside(places) => {
                for place in places {
                    self.outside(place, draft);
                }
            }
            Clause::Years(years, span) => self.years(years, *span, draft),
            Clause::EveryYear => draft.by_year = true,
            Clause::Each(..) | Clause::All(..) => {}
            Clause::Keep(condition) => {
                if let Some(condition) = self.condition(condition) {
                    draft.steps.push(Step::Keep(condition));
                }
            }
            Clause::By(keys, direction, span) => self.by(keys, *direction, *span, draft),
            Clause::Top(quantity, end, others, span) => {
                self.top(quantity, *end, *others, *span, draft);
            }
            Clause::Ranked(direction, span) => self.ranked(*direction, *span, draft),
            Clause::TopBy(expr, quantity, end, span) => {
                if let Some(by) = self.expr(expr) {
                    let descending = true;
                    draft.steps.push(Step::Sort { by, descending });
                    self.top(quantity, *end, false, *span, draft);
                }
            }
            Clause::InTime(end, each) => draft.in_time = Some((*end, *each)),
            Clause::Limit(quantity, span) => self.limit(quantity, *span, draft),
            Clause::Scaled(scaled, span) => {
                draft.view.scaled = Some(scaled.clone());
                draft.scaled_at = *span;
            }
            Clause::Share(_) => draft.view.share = true,
            Clause::Draw(chart) => draft.view.chart = Some(*chart),
            Clause::Show(items) => {
                draft.shows = true;
                self.items(items, draft);
            }
            Clause::Aggregate(item) => self.items(std::slice::from_ref(item), draft),
            Clause::Count => draft.counted = true,
            Clause::Source => draft.source = true,
            Clause::Latest => draft.latest = true,
            Clause::Results(span) => draft.results = Some(*span),
            Clause::Verdict(verdict) => {
                draft.results = Some(draft.head);
                let keep = Step::Keep(super::plan::Condition::Verdict(*verdict));
                draft.steps.push(keep);
            }
        }
    }

    fn years(&mut self, years: &ast::Years, span: Span, draft: &mut Draft) {
        let years = match years {
            ast::Years::List(list) if list.len() == 1 => Years::One(list[0]),
            ast::Years::List(list) => {
                Years::Several(list.iter().copied().collect::<BTreeSet<i32>>())
            }
            ast::Years::Range(from, to) if from > to => {
                self.refuse(
                    span,
                    "the first year is after the last",
                    "起始年份晚于终止年份",
                );
                return;
            }
            ast::Years::Range(from, to) => Years::Range(*from, *to),
            other => match self.relative(other, span, draft) {
                Some(years) => years,
                None => return,
            },
        };
        if draft.years.as_ref().is_some_and(|named| *named != years) {
            self.refuse(
                span,
                "two different times are named",
                "同时说了两个不同的时间",
            );
        } else {
            draft.years = Some(years);
        }
    }

    fn finish(&mut self, mut draft: Draft) -> Plan {
        let whole = Span::new(0, 0);
        if draft.latest && draft.years.is_some() {
            self.refuse(
                whole,
                "either the latest reports or a named year",
                "“最近一份报告”与年份只能选一个",
            );
        }
        let years = match (draft.years.take(), draft.by_year) {
            (None, true) => Years::Every,
            // The two ends are the figures of a change; the rows are places.
            (Some(Years::Range(_, to)), _) if draft.uses_change(self.change) => Years::One(to),
            (Some(years), _) => years,
            (None, false) => Years::Latest,
        };
        if !draft.words.is_empty() {
            self.check_frequency(&draft, whole);
        }
        let shown = Self::shown(&mut draft);
        let shown = self.with_results(shown, &draft);
        let rows = draft
            .rows
            .unwrap_or_else(|| self.default_rows(&shown, &draft.places));
        if !rows.are_places() && !matches!(shown, Shown::Frequency(_)) {
            self.check_records(rows, &shown, &draft);
        }
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
        self.check_scaled(&plan, draft.scaled_at);
        self.check_share(&mut plan);
        plan
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

/// The kind of rows that a place of this kind is.
pub(super) const fn rows_of(kind: PlaceKind) -> Option<Rows> {
    match kind {
        PlaceKind::Town | PlaceKind::Township | PlaceKind::Subdistrict => Some(Rows::Towns),
        PlaceKind::County | PlaceKind::District | PlaceKind::CountyCity => Some(Rows::Counties),
        PlaceKind::City | PlaceKind::Prefecture => Some(Rows::Cities),
        PlaceKind::Province | PlaceKind::Municipality => Some(Rows::Provinces),
        PlaceKind::Other => None,
    }
}

pub(super) const fn group_of(rows: Rows) -> Group {
    match rows {
        Rows::Counties => Group::Area(Level::County),
        Rows::Cities => Group::Area(Level::City),
        Rows::Provinces => Group::Area(Level::Province),
        _ => Group::Place,
    }
}

/// A year that every figure names is the year of the question: 2023年税收超过10亿元的镇 asks the same as
/// 在2023年，税收超过10亿元的镇. The year before the first figure holds for those behind it that name none:
/// 2020年GDP超过5000亿元且增速高于3%的市.
fn hoist_year(plan: &mut Plan) {
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

impl Aggregate {
    /// Whether the aggregate of counts or money is itself such a value.
    pub(super) const fn adds_up(self) -> bool {
        matches!(self, Self::Total)
    }
}
