use super::Resolver;
use super::draft::Draft;
use super::figure::Dimension;
use crate::fact::Span;
use crate::query::ast::{self, FigureName, Property};
use crate::query::diagnostic::Fix;
use crate::query::plan::{
    Aspect, Comparison, Condition, Expr, Field, Figure, Measure, Operand, Plan, Quantity, Rows,
    Shown, Step, Trait, Wording, Years,
};

/// What a field is measured in.
pub(super) fn dimension(field: Field) -> Dimension {
    match field {
        Field::Value | Field::LastYear | Field::Task | Field::NextTarget => Dimension::Any,
        Field::Growth | Field::Completion => Dimension::Percent,
        Field::Congress
        | Field::Meeting
        | Field::StatedYear
        | Field::Year
        | Field::Length
        | Field::Density
        | Field::Count(_) => Dimension::Number,
        _ => Dimension::Text,
    }
}

/// Whether rows of a kind have a field.
const fn has(rows: Rows, field: Field) -> bool {
    match rows {
        _ if matches!(field, Field::Count(_)) => counts(rows, field),
        Rows::Indicators | Rows::Phrases => false,
        _ if matches!(field, Field::Year) => !rows.are_places(),
        _ if field.of_report() => true,
        Rows::Metrics | Rows::Targets => field.of_figure() || matches!(field, Field::Section),
        Rows::Tasks => matches!(field, Field::Topic | Field::Deadline | Field::Section),
        Rows::Sentences | Rows::Problems | Rows::Sections => matches!(field, Field::Section),
        Rows::Doubts | Rows::Conflicts => matches!(field, Field::Code),
        _ => false,
    }
}

/// What reports are counted by, and what indicators are.
const fn counts(rows: Rows, field: Field) -> bool {
    match rows {
        Rows::Reports => matches!(
            field,
            Field::Count(
                Rows::Tasks
                    | Rows::Targets
                    | Rows::Metrics
                    | Rows::Problems
                    | Rows::Sentences
                    | Rows::Doubts
            )
        ),
        Rows::Indicators => matches!(field, Field::Count(Rows::Places)),
        Rows::Phrases => matches!(field, Field::Count(Rows::Places | Rows::Reports)),
        _ => false,
    }
}

const fn may_be(rows: Rows, found: Trait) -> bool {
    match found {
        Trait::DoubtfulYear => !matches!(rows, Rows::Indicators | Rows::Phrases),
        Trait::InReview | Trait::InProblems | Trait::InPlan => matches!(
            rows,
            Rows::Metrics
                | Rows::Targets
                | Rows::Tasks
                | Rows::Sentences
                | Rows::Sections
                | Rows::Problems
        ),
        Trait::HasReview | Trait::HasProblems | Trait::HasPlan => matches!(rows, Rows::Reports),
        Trait::Quantified | Trait::Dated | Trait::Repeated => matches!(rows, Rows::Tasks),
        _ => matches!(rows, Rows::Metrics | Rows::Targets),
    }
}

impl Resolver<'_> {
    /// What conditions are about; places where the head does not say otherwise.
    fn rows(&self) -> Rows {
        self.records.unwrap_or(Rows::Places)
    }

    pub(super) fn field(&mut self, field: Field, span: Span) -> Option<Field> {
        if has(self.rows(), field) {
            return Some(field);
        }
        let (en, zh) = crate::query::say::rows_names(self.rows());
        let (name_en, name_zh) = field.names();
        self.refuse(
            span,
            &format!("{en} have no {name_en}"),
            &format!("{zh}没有“{name_zh}”"),
        );
        None
    }

    /// The field that a bare property means where rows are figures: 增速超过10%的指标.
    pub(super) fn own_field(&self, figure: &ast::Figure) -> Option<Field> {
        if !matches!(self.records, Some(Rows::Metrics | Rows::Targets)) {
            return None;
        }
        match figure.properties[..] {
            [Property::Growth] => Some(Field::Growth),
            [Property::Completion] => Some(Field::Completion),
            [Property::Rank] => Some(Field::Rank),
            [Property::LastYear] => Some(Field::LastYear),
            [Property::Task] => Some(Field::Task),
            _ => None,
        }
    }

    pub(super) fn of_trait(&mut self, found: Trait, span: Span) -> Option<Condition> {
        if may_be(self.rows(), found) {
            return Some(Condition::Trait(found));
        }
        let (en, zh) = crate::query::say::rows_names(self.rows());
        self.refuse(
            span,
            &format!("this cannot be said of {en}"),
            &format!("{zh}没有这种说法"),
        );
        None
    }

    pub(super) fn about(&mut self, names: &[(FigureName, Span)]) -> Option<Condition> {
        let measures: Vec<Option<Measure>> = names
            .iter()
            .map(|(name, span)| self.measure(name, *span))
            .collect();
        // What an indicator is: that of the vocabulary.
        let is_defined = self.records == Some(Rows::Indicators)
            && measures
                .iter()
                .flatten()
                .all(|measure| matches!(measure, Measure::Indicator(_)));
        if !is_defined && !matches!(self.records, Some(Rows::Metrics | Rows::Targets)) {
            let span = names.first()?.1;
            self.refuse(
                span,
                "only figures and targets are about an indicator; texts mention words",
                "只有指标和目标才能说“关于”某个指标；文字可用“提到”查找",
            );
            if let (Some(FigureName::Indicator(meant)), Some(fault)) =
                (names.first().map(|(name, _)| name), self.faults.last_mut())
                && let Some(at) = meant.first()
            {
                let name = self.catalog.spoken_name(*at);
                let text = match self.lang {
                    crate::query::Lang::En => format!("\"{name}\""),
                    crate::query::Lang::Zh => format!("“{name}”"),
                };
                fault.fixes.push(Fix::new(text, span));
            }
            return None;
        }
        measures
            .into_iter()
            .collect::<Option<_>>()
            .map(Condition::About)
    }

    pub(super) fn worded(
        &mut self,
        expr: &ast::Expr,
        wording: Option<Wording>,
        text: &str,
        span: Span,
    ) -> Option<Condition> {
        let resolved = self.expr(expr)?;
        match (resolved, wording) {
            (Expr::Field(field), Some(wording)) if !field.is_number() => {
                Some(Condition::Worded(field, wording, text.to_owned()))
            }
            _ => {
                self.refuse(
                    span,
                    "a text is compared only with words: speaker, title, unit, label …",
                    "文字只能与报告人、标题、单位、标签等文字项比较",
                );
                None
            }
        }
    }

    pub(super) fn dated(
        &mut self,
        field: Field,
        comparison: Comparison,
        date: &str,
        span: Span,
    ) -> Option<Condition> {
        if !matches!(field, Field::Date | Field::Deadline) {
            self.refuse(span, "this is not a date", "这一项不是日期");
            return None;
        }
        self.field(field, span)
            .map(|field| Condition::Dated(field, comparison, date.to_owned()))
    }

    /// 没有目标的镇: none are counted.
    pub(super) fn without(
        &mut self,
        rows: Rows,
        year: Option<i32>,
        span: Span,
    ) -> Option<Condition> {
        let counted = matches!(
            rows,
            Rows::Tasks | Rows::Targets | Rows::Metrics | Rows::Doubts | Rows::Reports
        );
        if self.records.is_some() || !counted {
            self.refuse(
                span,
                "only places are without tasks, targets, figures or doubts",
                "只有地方才能说没有任务、目标、指标或疑点",
            );
            return None;
        }
        let none = Figure {
            measure: Measure::Count(rows),
            aspect: Aspect::Value,
            year,
            before: false,
        };
        Some(Condition::Compare(
            Expr::Figure(none),
            Comparison::Eq,
            Operand::Quantity(Quantity {
                value: rust_decimal::Decimal::ZERO,
                unit: "个".to_owned(),
            }),
        ))
    }

    /// 年份存疑的报告，显示税收: the places that gave the reports have it, in the years of these.
    pub(super) fn offer_places(&mut self, plan: &Plan) {
        let Shown::Items(items) = &plan.shown else {
            return;
        };
        let is_figure = |item: &Expr| !matches!(item, Expr::Field(_));
        if plan.rows != Rows::Reports || !items.iter().all(is_figure) {
            return;
        }
        let mut of_places = plan.clone();
        of_places.rows = Rows::Places;
        if of_places.scope.years == Years::Latest {
            of_places.scope.years = Years::Every;
        }
        let said = crate::query::say::say(&of_places, self.catalog);
        let fix = Fix::new(said.in_lang(self.lang), Span::new(0, usize::MAX));
        if let Some(fault) = self.faults.last_mut() {
            fault.fixes.insert(0, fix);
        }
    }

    /// Records have fields of their own, and figures are asked of places.
    pub(super) fn check_records(&mut self, rows: Rows, shown: &Shown, draft: &Draft) {
        let in_groups = matches!(shown, Shown::Groups(keys, _) if !keys.is_empty());
        let plan = draft.steps_alone();
        let items: &[Expr] = match shown {
            Shown::Items(items) => items,
            _ => &[],
        };
        let figures = plan
            .exprs()
            .into_iter()
            .chain(items)
            .any(|expr| !matches!(expr, Expr::Field(_)));
        let span = draft.head;
        if figures {
            self.refuse(
                span,
                "figures are asked of places: towns, counties, cities, provinces, places",
                "指标要问地方：镇、区县、市、省、地方",
            );
        }
        if in_groups && matches!(rows, Rows::Indicators | Rows::Phrases) {
            self.refuse(
                span,
                "they stand in no one report, by which they could be counted: ask for those of one place or year",
                "它们不属于哪一份报告，不能按地方、年份或章节归并：可以问某地、某年的",
            );
        }
        if !draft.groups.is_empty() && !draft.grouping && draft.results.is_none() {
            self.refuse(
                span,
                "say what is counted or added up by it: `reports by year, count`",
                "请说明按其计数还是合计：“报告，按年份，计数”",
            );
        }
    }
    /// 10月底以前的税收: a figure is of a year, and has no day by which it is due.
    pub(super) fn check_deadline(&mut self, rows: Rows, draft: &Draft) {
        let is_deadline = |condition: &Condition| matches!(condition, Condition::Deadline(..));
        let asked = draft.steps.iter().any(|step| match step {
            Step::Keep(condition) => condition.singles().into_iter().any(is_deadline),
            _ => false,
        });
        if asked && rows != Rows::Tasks {
            self.refuse(draft.head, "only tasks have a deadline", "只有任务有期限");
        }
    }
}
