//! From the tree to the plan: names to ids, literals to base units, dimensions checked, wording forgotten.
//!
//! It reports every independent fault it finds and gives a plan only where there is none.

mod assumed;
mod condition;
mod draft;
mod each;
mod figure;
mod finish;
mod head;
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

pub(super) use assumed::Assumed;
use draft::Draft;
use finish::{TWO_TIMES, hoist_year};

use super::Lang;
use super::ast::{self, Clause, Head, Key, Query, Statement};
use super::catalog::Catalog;
use super::diagnostic::Diagnostic;
use super::plan::{Aggregate, Group, Level, Measure, Plan, Rows, Step, Years};
use crate::fact::{PlaceKind, Span};

/// Settles a statement against a catalog; and what it leaves open.
pub(super) fn resolve(
    statement: &Statement,
    catalog: &Catalog,
    lang: Lang,
) -> Result<(Plan, Vec<Assumed>), Vec<Diagnostic>> {
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
        asked_years: None,
        counted_year: None,
        streak_span: None,
        rows_are_years: false,
        streak_fills_years: false,
        assumed: Vec::new(),
    };
    let mut plan = resolver.query(query);
    plan.explained = explained;
    resolver.check_size(&plan);
    if resolver.faults.is_empty() {
        hoist_year(&mut plan);
        Ok((plan, resolver.assumed))
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
    turn: Option<movement::Turn>,
    /// The one year, or the last, that the question names.
    asked_year: Option<i32>,
    /// All of them, where several are named.
    asked_years: Option<BTreeSet<i32>>,
    /// Where the years in a row stand whose condition is read.
    streak_span: Option<Span>,
    /// The year before a number of reports or places: 2023年报告数等于1的政策用语.
    counted_year: Option<(i32, Span)>,
    /// A row is a place in one of several years.
    rows_are_years: bool,
    /// The years that are named are those in a row: 2022年到2024年GDP连续3年上升的市. None of them is a row then.
    streak_fills_years: bool,
    /// What the question leaves open.
    assumed: Vec<Assumed>,
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
        self.asked_years = query.clauses.iter().find_map(|clause| match clause {
            Clause::Years(ast::Years::Range(from, to), _) => Some((*from..=*to).collect()),
            Clause::Years(ast::Years::List(years), _) if years.len() > 1 => {
                Some(years.iter().copied().collect())
            }
            _ => None,
        });
        self.rows_are_years = query.clauses.iter().any(is_of_years);
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
        // 各镇有多少任务: how many of each; 各省报告的平均字数 likewise, and 各镇的任务有多少.
        let any_each = any(|clause| matches!(clause, Clause::Each(..)));
        let summed = matches!(query.head, Head::HowMany(..))
            || self.records.is_some() && any(|clause| matches!(clause, Clause::Aggregate(_)));
        let counted = self.records.is_some()
            && any(|clause| matches!(clause, Clause::Count | Clause::Share(_)))
            && !any(|clause| matches!(clause, Clause::By(..)));
        let of_each = draft.of.filter(|_| any_each && (summed || counted));
        draft.groups.extend(of_each.map(group_of));
        for clause in &query.clauses {
            self.clause(clause, &mut draft);
        }
        if summed && let Some(of) = of_each {
            // Of an area what lies in it counts, of a town its own.
            draft.of = Some(of).filter(|of| group_of(*of) == Group::Place);
        }
        // What is repeated is seen over the years, where none is named.
        let repeated = any(|clause| {
            matches!(
                clause,
                Clause::Keep(ast::Condition::Trait(ast::Trait::Repeated, _))
            )
        });
        if repeated && draft.years.is_none() && !draft.latest {
            draft.by_year = true;
        }
        let of_each = query.clauses.iter().find_map(|clause| match clause {
            Clause::Each(rows, _) => Some(group_of(*rows)),
            _ => None,
        });
        let within = query.clauses.iter().find_map(|clause| match clause {
            Clause::BestOfEach(key, span) => Some((key, *span)),
            _ => None,
        });
        if let Some((key, span)) = within {
            self.best_within(key, span, &query.head, &mut draft);
        } else if let Some(each) = of_each.filter(|_| self.records.is_some() && !draft.grouping) {
            self.best_of_each(each, &query.head, &mut draft);
        } else {
            self.at_ends(&query.head, &mut draft);
        }
        if matches!(draft.years, Some(Years::Several(_))) && self.records.is_none() {
            self.best_of_each_year(&query.head, &mut draft);
        }
        self.in_time(of_each, &mut draft);
        self.finish(draft)
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
            Clause::Each(..) | Clause::All(..) | Clause::BestOfEach(..) => {}
            Clause::Keep(condition) => {
                if let Some(condition) = self.condition(condition) {
                    // Estimates, not final: one thing said twice holds once.
                    let is_trait = matches!(condition, crate::query::plan::Condition::Trait(_));
                    let keep = Step::Keep(condition);
                    if !is_trait || !draft.steps.contains(&keep) {
                        draft.steps.push(keep);
                    }
                }
            }
            Clause::By(keys, direction, span) => self.by(keys, *direction, *span, draft),
            Clause::Top(quantity, end, others, each, span) => {
                self.top(quantity, *end, *others, *span, draft);
                if let Some(key) = each {
                    self.within_each(key, *span, draft);
                }
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
            self.refuse(span, TWO_TIMES.0, TWO_TIMES.1);
        } else {
            draft.years = Some(years);
        }
    }
}

/// Whether every year has its row: `in all years`, `by year`.
fn is_of_years(clause: &Clause) -> bool {
    match clause {
        Clause::By(keys, ..) => keys.iter().any(|key| matches!(key, Key::Year)),
        Clause::Years(ast::Years::List(years), _) => years.len() > 1,
        Clause::EveryYear | Clause::InTime(..) | Clause::Years(..) => true,
        _ => false,
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

impl Aggregate {
    /// Whether the aggregate of counts or money is itself such a value.
    pub(super) const fn adds_up(self) -> bool {
        matches!(self, Self::Total)
    }
}
