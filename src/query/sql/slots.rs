use super::{figures, targets};
use crate::fact::is_added_to;
use crate::query::catalog::{Catalog, added_name};
use crate::query::plan::{Aspect, Condition, Expr, Figure, Measure, Plan, Step, Years};

/// One table of figures that a plan needs: a measure, results or targets, and the year it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) measure: Measure,
    pub(super) kind: Kind,
    pub(super) year: Option<i32>,
    /// Of the year before that of the row.
    pub(super) before: bool,
}

/// Which figures answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Actual and estimated ones.
    Result,
    /// Targets: of the latest plan, or for the named year.
    Target,
    /// Targets for the very year of the row.
    TargetOfYear,
    /// Targets with what came of them.
    Paired,
}

/// The slots of a plan, in the order of first mention.
#[derive(Debug, Clone)]
pub(super) struct Slots(pub(super) Vec<Slot>);

impl Slots {
    pub(super) fn of(plan: &Plan) -> Self {
        let mut slots = Self(Vec::new());
        for figure in plan.exprs().into_iter().flat_map(Expr::figures) {
            let slot = slot(figure);
            if !slots.0.contains(&slot) {
                slots.0.push(slot);
            }
        }
        slots
    }

    /// The columns that a slot adds to a row, without its number; those that only some questions speak of, where they do,
    /// for a figure's row has to be read for them.
    pub(super) fn columns(&self, n: usize, plan: &Plan) -> Vec<&'static str> {
        if self.0[n].kind == Kind::Paired {
            return targets::COLUMNS.to_vec();
        }
        let mut columns = figures::COLUMNS.to_vec();
        for (column, aspects) in figures::RARE_COLUMNS {
            let of_slot = |figure: &&Figure| self.index(figure) == n;
            let mut figures = plan.exprs().into_iter().flat_map(Expr::figures);
            if figures.any(|figure| of_slot(&figure) && aspects.contains(&figure.aspect)) {
                columns.push(column);
            }
        }
        columns
    }

    /// Whether the plan speaks only of the slot's growth.
    pub(super) fn only_growth(&self, n: usize, plan: &Plan) -> bool {
        plan.exprs()
            .into_iter()
            .flat_map(Expr::figures)
            .filter(|figure| self.index(figure) == n)
            .all(|figure| figure.aspect.is_growth())
    }

    /// The column of a completion or a rank, where the plan speaks of nothing else of the slot; and how that is called.
    pub(super) fn only_beside(
        &self,
        n: usize,
        plan: &Plan,
    ) -> Option<(&'static str, (&'static str, &'static str))> {
        let exprs = plan.exprs().into_iter().flat_map(Expr::figures);
        let mut aspects = exprs
            .filter(|figure| self.index(figure) == n)
            .map(|figure| figure.aspect);
        let first = aspects.next()?;
        let found = match first {
            Aspect::Completion => ("completion", ("completion", "完成率")),
            Aspect::Rank => ("rank", ("rank", "名次")),
            _ => return None,
        };
        aspects.all(|aspect| aspect == first).then_some(found)
    }

    /// Whether the rows are those without the slot's figure: its value is nothing in all of them.
    pub(super) fn is_lacked(&self, n: usize, plan: &Plan) -> bool {
        let lacks = |condition: &Condition| match condition {
            Condition::Missing(Expr::Figure(figure)) => {
                let is_whole = matches!(
                    figure.aspect,
                    Aspect::Value | Aspect::Target | Aspect::TargetOfYear
                );
                is_whole && self.index(figure) == n
            }
            _ => false,
        };
        plan.steps.iter().any(|step| match step {
            Step::Keep(Condition::All(all)) => all.iter().any(lacks),
            Step::Keep(condition) => lacks(condition),
            _ => false,
        })
    }

    /// The number of a figure's slot.
    pub(super) fn index(&self, figure: &Figure) -> usize {
        let slot = slot(figure);
        self.0
            .iter()
            .position(|held| *held == slot)
            .unwrap_or_default()
    }
}

fn slot(figure: &Figure) -> Slot {
    let kind = match figure.aspect {
        Aspect::Target | Aspect::TargetGrowth => Kind::Target,
        Aspect::TargetOfYear | Aspect::TargetGrowthOfYear => Kind::TargetOfYear,
        Aspect::Value
        | Aspect::Growth
        | Aspect::Completion
        | Aspect::Rank
        | Aspect::LastYear
        | Aspect::Task => Kind::Result,
        Aspect::Result => Kind::Paired,
    };
    Slot {
        measure: figure.measure.clone(),
        kind,
        year: figure.year,
        before: figure.before,
    }
}

impl Slot {
    /// The years of which it reads figures.
    pub(super) fn years(&self, plan: &Plan) -> Years {
        match self.year {
            Some(year) => Years::One(year),
            None if self.before => plan.scope.years.a_year_before(),
            None => plan.scope.years.clone(),
        }
    }

    /// Its unit, where the vocabulary settles it.
    pub(super) fn unit<'a>(&self, catalog: &'a Catalog) -> Option<&'a str> {
        match &self.measure {
            Measure::Indicator(id) | Measure::Added(id) => catalog
                .indicator(id)
                .map(|indicator| indicator.unit.as_str()),
            Measure::Count(_) => Some("个"),
            Measure::Label(_) => None,
        }
    }

    /// Whether it is of an indicator to which more is added, so that a figure may be of what was added alone.
    pub(super) fn is_added_to(&self, catalog: &Catalog) -> bool {
        let indicator = match &self.measure {
            Measure::Indicator(id) => catalog.indicator(id),
            Measure::Added(_) | Measure::Label(_) | Measure::Count(_) => None,
        };
        indicator.is_some_and(|indicator| is_added_to(&indicator.name_zh, &indicator.unit))
    }

    /// Its name in English and Chinese, as columns show it.
    pub(super) fn names(&self, catalog: &Catalog) -> (String, String) {
        let (mut en, mut zh) = match &self.measure {
            Measure::Indicator(id) => catalog.indicator(id).map_or_else(
                || (id.clone(), id.clone()),
                |indicator| (indicator.name_en.clone(), indicator.name_zh.clone()),
            ),
            Measure::Added(id) => {
                let names = catalog.indicator(id).map(added_name);
                let [zh, en] = names.unwrap_or_else(|| [id.clone(), id.clone()]);
                (en, zh)
            }
            Measure::Label(label) => (label.clone(), label.clone()),
            Measure::Count(rows) => crate::query::say::count_names(*rows),
        };
        if let Some(year) = self.year {
            en = format!("{year} {en}");
            zh = format!("{year}年{zh}");
        }
        if self.before {
            en.push_str(" of the year before");
            zh = format!("上年{zh}");
        }
        if self.kind != Kind::Result {
            en.push_str(" target");
            zh.push_str("目标");
        }
        (en, zh)
    }
}
