use super::draft::Draft;
use super::figure::Dimension;
use super::{Resolver, group_of};
use crate::fact::Span;
use crate::query::ast::{self, Direction, End, Key};
use crate::query::diagnostic::{Diagnostic, Fix};
use crate::query::lex;
use crate::query::plan::{Condition, Expr, Extreme, Field, Group, Plan, Rows, Step};
use crate::query::unit;

impl Resolver<'_> {
    pub(super) fn by(
        &mut self,
        keys: &[Key],
        direction: Option<Direction>,
        span: Span,
        draft: &mut Draft,
    ) {
        let mut grouped = false;
        for key in keys {
            match key {
                Key::Expr(expr) => match self.expr(expr) {
                    Some(Expr::Field(field)) if draft.grouping && !field.is_number() => {
                        grouped = true;
                        draft.groups.push(Group::Field(field));
                    }
                    Some(by) => {
                        // The greatest number first, but the earliest day and the first letter.
                        let words = matches!(by, Expr::Field(field) if !field.is_number());
                        let descending = direction
                            .map_or(!words, |direction| direction == Direction::Descending);
                        draft.steps.push(Step::Sort { by, descending });
                    }
                    None => {}
                },
                Key::Year if matches!(self.records, Some(Rows::Indicators | Rows::Phrases)) => {
                    self.refuse(
                        span,
                        "they have no year of their own: ask for those of one year with `in 2023`",
                        "它们本身没有年份：要看某一年的，请写“在2023年”",
                    );
                }
                Key::Year if self.records.is_some() && !draft.grouping && !draft.has_results => {
                    // Reports are of all years anyway.
                    draft.by_year = self.records != Some(Rows::Reports);
                    draft.steps.push(Step::Sort {
                        by: Expr::Field(Field::Year),
                        descending: direction == Some(Direction::Descending),
                    });
                }
                Key::Year => {
                    grouped = true;
                    draft.groups.push(Group::Year);
                    draft.by_year = true;
                }
                Key::Rows(rows, span) => {
                    grouped = true;
                    self.by_rows(*rows, *span, draft);
                }
            }
        }
        if grouped && direction.is_some() {
            self.refuse(
                span,
                "an order is of figures: `by tax descending`",
                "排序要按指标：“按税收降序”",
            );
        }
    }

    fn by_rows(&mut self, rows: Rows, span: Span, draft: &mut Draft) {
        if self.records.is_some() && draft.grouping {
            match rows {
                Rows::Sections => draft.groups.push(Group::Field(Field::Section)),
                Rows::Indicators | Rows::Metrics => {
                    draft.groups.push(Group::Field(Field::Indicator));
                }
                // One file may have several reports.
                Rows::Reports => draft.groups.extend([Group::Place, Group::Year]),
                rows if rows.are_places() => {
                    // By town are those of towns, and not what provinces have.
                    if rows == Rows::Towns && draft.places.is_empty() {
                        draft.of.get_or_insert(rows);
                    }
                    draft.groups.push(group_of(rows));
                }
                _ => self.refuse(
                    span,
                    "rows are put together by place, year, section or indicator",
                    "只能按地方、年份、章节或指标归并",
                ),
            }
            return;
        }
        let is_tally = draft.grouping && !draft.items && draft.summaries.is_empty();
        if !draft.items && !is_tally {
            self.refuse(
                span,
                "rows are grouped only where something is counted or added up: `tasks by town, count`, `total tax by county`",
                "只有计数或合计时才能分组：“任务，按镇，计数”，“合计税收，按区县”",
            );
        }
        if !draft.summaries.is_empty() || is_tally {
            draft.groups.push(group_of(rows));
        }
    }

    /// By what is shown first, or spoken of first.
    pub(super) fn ranked(&mut self, direction: Option<Direction>, span: Span, draft: &mut Draft) {
        let first = draft.first_expr();
        match first {
            Some(by) => {
                let descending = direction != Some(Direction::Ascending);
                draft.steps.push(Step::Sort { by, descending });
            }
            // Groups stand by their value anyway.
            None if !draft.summaries.is_empty() => {}
            None => self.by_what(span),
        }
    }

    fn by_what(&mut self, span: Span) {
        self.fault(Diagnostic::new(
            "Q0117",
            span,
            "by what? say `by FIGURE` before it: `by tax, top 5`",
            "按什么排？请先说“按……”：“按税收，前5名”",
        ));
    }

    /// `top 5 towns by tax`, 税收最高的5个镇: so many of the order, or from the end that is named.
    pub(super) fn at_ends(&mut self, head: &ast::Head, draft: &mut Draft) {
        let ast::Head::Some(quantity, end, _, span) = head else {
            return;
        };
        let extreme = draft.steps.iter().position(|step| {
            matches!(
                step,
                Step::Keep(Condition::Extreme(Expr::Figure(_) | Expr::Field(_), _))
            )
        });
        let Some(at) = extreme else {
            let sorted = draft
                .steps
                .iter()
                .any(|step| matches!(step, Step::Sort { .. }));
            if sorted {
                self.top(quantity, *end, false, *span, draft);
            } else {
                self.by_what(*span);
            }
            return;
        };
        if let Step::Keep(Condition::Extreme(by, extreme)) = draft.steps.remove(at) {
            let descending = true;
            draft.steps.push(Step::Sort { by, descending });
            let end = match extreme {
                Extreme::Highest => *end,
                Extreme::Lowest => End::Last,
            };
            self.top(quantity, end, false, *span, draft);
        }
    }

    /// How many rows a step names.
    pub(super) fn how_many(&mut self, quantity: &lex::Quantity, span: Span) -> Option<u32> {
        let count = u32::try_from(quantity.value).ok().filter(|n| *n > 0);
        let counts = quantity.unit.is_none_or(unit::is_counter);
        let count = count.filter(|_| quantity.value.is_integer() && counts);
        if count.is_none() {
            let fault = Diagnostic::new(
                "Q0115",
                span,
                "how many must be a whole number: `top 5`",
                "名次须为整数：“前5名”",
            );
            self.fault(fault.with_fixes(without_unit(quantity, span)));
        }
        count
    }

    /// Word counts are of whole reports: what would pick among their figures has no place there.
    pub(super) fn check_frequency(&mut self, draft: &Draft, span: Span) {
        let picked = draft
            .steps
            .iter()
            .any(|step| matches!(step, Step::Keep(_) | Step::Sort { .. }));
        if picked || draft.counted || !draft.plain.is_empty() || !draft.summaries.is_empty() {
            self.refuse(
                span,
                "words are counted by place and year; nothing else goes with that but `top`, `limit` and a view",
                "词语频率只能按地方和年份统计，此外只能加“前……名”等",
            );
        }
    }

    /// A unit that none of the figures is measured in is an error, not a step without effect.
    pub(super) fn check_scaled(&mut self, plan: &Plan, span: Span) {
        let Some(scaled) = &plan.view.scaled else {
            return;
        };
        let dimension = |base: &str| unit::stored(base).map(|unit| unit.dimension);
        let fits = plan
            .exprs()
            .into_iter()
            .any(|expr| match self.dimension(expr) {
                Dimension::Unit(base) => {
                    dimension(&base) == dimension(&scaled.unit)
                        || unit::are_money(&base, &scaled.unit)
                }
                Dimension::Any => true,
                _ => false,
            });
        let records = matches!(plan.rows, Rows::Metrics | Rows::Targets);
        if !fits && !records {
            self.fault(Diagnostic::new(
                "Q0104",
                span,
                format!("none of the figures is measured in {}", scaled.word),
                format!("没有以{}计量的指标", scaled.word),
            ));
        }
    }

    /// A share is a part of a sum: rows that hold no value have none.
    pub(super) fn limit(&mut self, quantity: &lex::Quantity, span: Span, draft: &mut Draft) {
        if let Some(count) = self.how_many(quantity, span) {
            draft.steps.push(Step::Limit(count));
        }
    }

    pub(super) fn top(
        &mut self,
        quantity: &lex::Quantity,
        end: End,
        others: bool,
        span: Span,
        draft: &mut Draft,
    ) {
        let Some(count) = self.how_many(quantity, span) else {
            return;
        };
        if others && draft.summaries.is_empty() && self.records.is_some() {
            self.refuse(
                span,
                "only figures are put together as others",
                "只有指标才能把其余合并",
            );
            return;
        }
        let sorted = draft
            .steps
            .iter()
            .any(|step| matches!(step, Step::Sort { .. }));
        let by = if sorted { None } else { draft.first_expr() };
        let put_together =
            !draft.summaries.is_empty() || !draft.groups.is_empty() || !draft.words.is_empty();
        if !sorted && by.is_none() && !put_together {
            self.by_what(span);
            return;
        }
        draft.steps.push(Step::Take {
            count,
            by,
            first: end == End::First,
            others,
            each: None,
        });
    }
}

/// The whole number that a quantity begins with, in its place at the end of a step.
fn without_unit(quantity: &lex::Quantity, step: Span) -> Option<Fix> {
    let digits: String = quantity
        .text
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    let start = step.end.checked_sub(quantity.text.chars().count())?;
    let is_some = digits.chars().any(|digit| digit != '0');
    is_some.then(|| Fix::new(digits, Span::new(start, step.end)))
}
