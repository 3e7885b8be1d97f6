use super::Resolver;
use crate::fact::Span;
use crate::query::ast::{self, FigureName, Property};
use crate::query::diagnostic::{Diagnostic, Fix};
use crate::query::plan::{Aspect, Expr, Field, Figure, Measure, Operator, Rows};

/// What an expression measures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Dimension {
    /// A value in this stored unit.
    Unit(String),
    /// A growth, a rate of completion: percent.
    Percent,
    /// The growth of what is itself a rate: points, said as % too.
    Points,
    /// A ratio of two values.
    Ratio,
    /// A number of nothing that is measured: a congress, a length in characters.
    Number,
    /// Not known: a figure that the vocabulary does not have.
    Any,
    /// Not a number.
    Text,
}

impl Resolver<'_> {
    /// A figure or two combined; a bare property has no place here.
    pub(super) fn expr(&mut self, expr: &ast::Expr) -> Option<Expr> {
        match expr {
            ast::Expr::Figure(figure) => self.figure(figure),
            ast::Expr::Field(field, span) => self.field(*field, *span).map(Expr::Field),
            ast::Expr::Combined(left, operator, right) => {
                let span = expr.span();
                if let (Expr::Figure(left), Expr::Figure(right)) =
                    (self.figure(left)?, self.figure(right)?)
                {
                    self.combined(left, *operator, right, span)
                } else {
                    self.refuse(
                        span,
                        "a change or a value per head cannot be combined with another figure",
                        "变化或人均不能再与别的指标运算",
                    );
                    None
                }
            }
        }
    }

    /// 2020年税收占财政收入的比重: the year before the first is the year of both.
    fn combined(
        &mut self,
        left: Figure,
        operator: Operator,
        mut right: Figure,
        span: Span,
    ) -> Option<Expr> {
        right.year = right.year.or(left.year);
        let (a, b) = (self.dimension_of(&left), self.dimension_of(&right));
        let fits = match operator {
            Operator::Divide => a != Dimension::Text && b != Dimension::Text,
            Operator::Plus | Operator::Minus | Operator::Against | Operator::PerYear => {
                a == b || a == Dimension::Any || b == Dimension::Any
            }
        };
        if fits {
            return Some(Expr::Combined(left, operator, right));
        }
        self.fault(Diagnostic::new(
            "Q0104",
            span,
            "these two figures have different units and cannot be added or subtracted",
            "这两个指标单位不同，不能相加减",
        ));
        None
    }

    fn figure(&mut self, figure: &ast::Figure) -> Option<Expr> {
        let Some(name) = &figure.name else {
            if let Some(field) = self.own_field(figure) {
                return self.field(field, figure.span).map(Expr::Field);
            }
            if let Some(measure) = self.subject.clone().filter(|_| self.records.is_none()) {
                return self.with_properties(&measure, figure);
            }
            self.bare_property(figure);
            return None;
        };
        if let (FigureName::CountOf(rows), Some(Rows::Reports | Rows::Indicators | Rows::Phrases)) =
            (name, self.records)
        {
            self.counted_year = figure
                .year
                .map(|year| (year, figure.span))
                .or(self.counted_year);
            return self
                .field(Field::Count(*rows), figure.span)
                .map(Expr::Field);
        }
        let measure = self.measure(name, figure.span)?;
        self.with_properties(&measure, figure)
    }

    fn bare_property(&mut self, figure: &ast::Figure) {
        let chinese = self.lang == crate::query::Lang::Zh;
        let mut indicators: Vec<_> = self.catalog.indicators().iter().collect();
        indicators.sort_by_key(|indicator| {
            std::cmp::Reverse(self.catalog.places_reporting(&indicator.id))
        });
        let at = Span::new(figure.span.start, figure.span.start);
        let fixes: Vec<Fix> = indicators
            .into_iter()
            .take(3)
            .map(|indicator| {
                if chinese {
                    Fix::new(indicator.name_zh.clone(), at)
                } else {
                    Fix::new(format!("{} ", indicator.name_en), at)
                }
            })
            .collect();
        self.fault(
            Diagnostic::new(
                "Q0107",
                figure.span,
                "of which figure? a property stands behind its figure: `tax growth`",
                "是哪个指标的？属性写在指标后面：“税收增长”",
            )
            .with_fixes(fixes),
        );
    }

    pub(super) fn measure(&mut self, name: &FigureName, span: Span) -> Option<Measure> {
        match name {
            FigureName::Indicator(candidates) => {
                if let [only] = candidates[..] {
                    let (indicator, is_new) = self.catalog.meant(only);
                    let of = if is_new {
                        Measure::Added
                    } else {
                        Measure::Indicator
                    };
                    Some(of(indicator.id.clone()))
                } else {
                    let fixes: Vec<Fix> = candidates
                        .iter()
                        .map(|index| {
                            let indicator = self.catalog.meant(*index).0;
                            let count = self.catalog.places_reporting(&indicator.id);
                            let name = match self.lang {
                                crate::query::Lang::En => &indicator.name_en,
                                crate::query::Lang::Zh => &indicator.name_zh,
                            };
                            let mut fix = Fix::new(name.clone(), span);
                            fix.note_en =
                                format!("{count} place{}", if count == 1 { "" } else { "s" });
                            fix.note_zh = format!("{count}个地方有");
                            fix
                        })
                        .collect();
                    self.fault(
                        Diagnostic::new(
                            "Q0105",
                            span,
                            "several indicators have this name; say which",
                            "有几个指标叫这个名称，请说明是哪一个",
                        )
                        .with_fixes(fixes),
                    );
                    None
                }
            }
            FigureName::Label(label) => Some(Measure::Label(label.clone())),
            FigureName::CountOf(rows) if is_counted_of_places(*rows) => Some(Measure::Count(*rows)),
            FigureName::CountOf(rows) => {
                let (en, zh) = crate::query::say::count_names(*rows);
                self.refuse(
                    span,
                    &format!("“{en}” is of reports: `reports, show {en}`"),
                    &format!("“{zh}”只用于报告：“报告，显示{zh}”"),
                );
                None
            }
        }
    }

    fn with_properties(&mut self, measure: &Measure, figure: &ast::Figure) -> Option<Expr> {
        let year = self
            .turn
            .map_or(figure.year, |turn| Some(turn.of(figure.year)));
        let plain = |aspect: Aspect| {
            Some(Expr::Figure(Figure {
                measure: measure.clone(),
                aspect,
                year,
                before: false,
            }))
        };
        match figure.properties[..] {
            [] => plain(Aspect::Value),
            [Property::Growth] => plain(Aspect::Growth),
            [Property::Target] => plain(Aspect::Target),
            [Property::Target, Property::Growth] | [Property::Growth, Property::Target] => {
                plain(Aspect::TargetGrowth)
            }
            [Property::Completion] => plain(Aspect::Completion),
            [Property::Rank] => plain(Aspect::Rank),
            // Nothing states how a number of tasks grew: it is counted in the report of the year before.
            [Property::LastYear] if matches!(measure, Measure::Count(_)) => {
                let of = Figure {
                    measure: measure.clone(),
                    aspect: Aspect::Value,
                    year,
                    before: false,
                };
                self.year_before(&of, figure.span).map(Expr::Figure)
            }
            [Property::LastYear] => plain(Aspect::LastYear),
            [Property::Task] => plain(Aspect::Task),
            [Property::Change] => self.changed(measure, Aspect::Value, figure.span),
            [Property::Growth, Property::Change] => {
                self.changed(measure, Aspect::Growth, figure.span)
            }
            [Property::PerYear] => self.per_year(measure, figure.span),
            [Property::PerCapita] => self.per_capita(measure.clone(), year, figure.span),
            _ => {
                self.refuse(
                    figure.span,
                    "these properties do not go together",
                    "这些属性不能放在一起",
                );
                None
            }
        }
    }

    /// 2015年到2020年年均增速: worked out from the values of the first and the last year.
    fn per_year(&mut self, measure: &Measure, span: Span) -> Option<Expr> {
        let rate = self.changed(measure, Aspect::Value, span)?;
        if matches!(self.dimension(&rate), Dimension::Unit(unit) if unit == "%") {
            self.refuse(
                span,
                "this figure is itself a rate: it has a change, and no growth a year",
                "该指标本身就是比率，只有变化，没有年均增速",
            );
            return None;
        }
        match rate {
            Expr::Combined(last, _, first) if last.year > first.year => {
                Some(Expr::Combined(last, Operator::PerYear, first))
            }
            _ => {
                self.refuse(
                    span,
                    "a growth a year is between two different years",
                    "年均增速须有先后两个年份",
                );
                None
            }
        }
    }

    /// `change` is the last named year less the first.
    fn changed(&mut self, measure: &Measure, aspect: Aspect, span: Span) -> Option<Expr> {
        let Some((from, to)) = self.change else {
            self.refuse(
                span,
                "a change is between two years: `from 2022 to 2023`",
                "变化须有两个年份：“2022年到2023年的……变化”",
            );
            return None;
        };
        let of = |year| Figure {
            measure: measure.clone(),
            aspect,
            year: Some(year),
            before: false,
        };
        Some(Expr::Combined(of(to), Operator::Minus, of(from)))
    }

    fn per_capita(&mut self, measure: Measure, year: Option<i32>, span: Span) -> Option<Expr> {
        if self.catalog.indicator("population").is_none() {
            self.refuse(
                span,
                "the store does not know populations",
                "库中没有人口指标",
            );
            return None;
        }
        let of = |measure| Figure {
            measure,
            aspect: Aspect::Value,
            year,
            before: false,
        };
        let population = Measure::Indicator("population".to_owned());
        Some(Expr::Combined(
            of(measure),
            Operator::Divide,
            of(population),
        ))
    }

    pub(super) fn dimension(&self, expr: &Expr) -> Dimension {
        match expr {
            Expr::Figure(figure) => self.dimension_of(figure),
            Expr::Combined(left, Operator::Divide, right) => {
                let (a, b) = (self.dimension_of(left), self.dimension_of(right));
                if a == b {
                    Dimension::Ratio
                } else {
                    Dimension::Any
                }
            }
            Expr::Combined(_, Operator::Against | Operator::PerYear, _) => Dimension::Percent,
            Expr::Combined(left, ..) => self.dimension_of(left),
            Expr::Field(field) => super::record::dimension(*field),
        }
    }

    fn dimension_of(&self, figure: &Figure) -> Dimension {
        let unit = match &figure.measure {
            Measure::Indicator(id) | Measure::Added(id) => self
                .catalog
                .indicator(id)
                .map(|indicator| indicator.unit.clone()),
            Measure::Count(_) => Some("个".to_owned()),
            Measure::Label(_) => None,
        };
        match figure.aspect {
            Aspect::Growth | Aspect::TargetGrowth | Aspect::TargetGrowthOfYear
                if unit.as_deref() == Some("%") =>
            {
                Dimension::Points
            }
            Aspect::Growth
            | Aspect::TargetGrowth
            | Aspect::TargetGrowthOfYear
            | Aspect::Completion => Dimension::Percent,
            Aspect::Rank | Aspect::Result => Dimension::Text,
            Aspect::Value
            | Aspect::Target
            | Aspect::TargetOfYear
            | Aspect::LastYear
            | Aspect::Task => unit.map_or(Dimension::Any, Dimension::Unit),
        }
    }
}

/// What places have a number of, counted in their reports.
const fn is_counted_of_places(rows: Rows) -> bool {
    matches!(
        rows,
        Rows::Tasks | Rows::Targets | Rows::Metrics | Rows::Doubts | Rows::Reports
    )
}
