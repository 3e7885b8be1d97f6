//! Going through all that a plan speaks of.

use super::{Condition, Expr, Field, Figure, Group, Measure, Operand, Plan, Rows, Shown, Step};

impl Plan {
    /// Every expression that the plan speaks of, in the order of first mention.
    pub(in crate::query) fn exprs(&self) -> Vec<&Expr> {
        let mut found: Vec<&Expr> = Vec::new();
        let shown: Vec<&Expr> = match &self.shown {
            Shown::Items(items) | Shown::Compared(items) => items.iter().collect(),
            Shown::Groups(_, summaries) => summaries.iter().map(|summary| &summary.of).collect(),
            Shown::Mentioned | Shown::Frequency(_) | Shown::Results | Shown::Verdicts(_) => {
                Vec::new()
            }
        };
        found.extend(shown);
        for step in &self.steps {
            match step {
                Step::Keep(condition) => condition.exprs(&mut found),
                Step::Sort { by, .. } | Step::Take { by: Some(by), .. } => found.push(by),
                Step::Take { by: None, .. } | Step::InTime { .. } | Step::Limit(_) => {}
            }
        }
        let mut seen: Vec<&Expr> = Vec::new();
        for expr in found {
            if !seen.contains(&expr) {
                seen.push(expr);
            }
        }
        seen
    }
}

impl Plan {
    /// The words that are looked for in texts.
    pub(in crate::query) fn sought(&self) -> Vec<&str> {
        let counted = match &self.shown {
            Shown::Frequency(words) => words.as_slice(),
            _ => &[],
        };
        let kept = self.steps.iter().filter_map(|step| match step {
            Step::Keep(condition) => Some(condition.singles()),
            _ => None,
        });
        let mentioned = kept.flatten().filter_map(|single| match single {
            Condition::Mentions(words) => Some(words.as_str()),
            _ => None,
        });
        counted
            .iter()
            .map(String::as_str)
            .chain(mentioned)
            .collect()
    }

    /// Whether values of places of any kind are added up, none of them named.
    pub(in crate::query) fn adds_up_places(&self) -> bool {
        let totals = match &self.shown {
            Shown::Groups(keys, summaries) => {
                !keys.contains(&Group::Place)
                    && summaries.iter().any(|summary| {
                        summary.aggregate.adds_up()
                            && !summary.of.is_count()
                            && !matches!(summary.of, Expr::Field(_))
                    })
            }
            Shown::Items(_) | Shown::Mentioned => {
                let puts_together = |step: &Step| matches!(step, Step::Take { others: true, .. });
                self.view.share || self.steps.iter().any(puts_together)
            }
            _ => false,
        };
        totals && self.rows == Rows::Places && self.scope.places.is_empty()
    }

    /// The same without the count, where targets are counted by what came of them.
    pub(in crate::query) fn judged_rows(&self) -> Option<Self> {
        let counts = matches!(self.shown, Shown::Verdicts(_))
            || self.counted && self.rows == Rows::Targets && self.shown == Shown::Results;
        counts.then(|| Self {
            shown: Shown::Results,
            counted: false,
            view: super::View::default(),
            ..self.clone()
        })
    }

    /// Whether its rows are towns, or records of towns: of these alone is said that they are.
    pub(in crate::query) fn is_of_towns(&self) -> bool {
        self.rows == Rows::Towns || self.scope.of == Some(Rows::Towns)
    }

    /// Whether it looks at what reports say beside their figures and tasks, which stand without them.
    pub(in crate::query) fn reads_texts(&self) -> bool {
        let is_of_texts = match self.rows {
            Rows::Sentences | Rows::Problems | Rows::Phrases => true,
            Rows::Tasks => self.shown == Shown::Results,
            _ => matches!(self.shown, Shown::Frequency(_)),
        };
        // Figures, tasks and doubts have words of their own.
        let mentioned_in_text =
            matches!(self.rows, Rows::Reports | Rows::Sections) || self.rows.are_places();
        let mentions = self.steps.iter().any(|step| match step {
            Step::Keep(condition) => condition
                .singles()
                .iter()
                .any(|single| matches!(single, Condition::Mentions(_))),
            _ => false,
        });
        is_of_texts || (mentions && mentioned_in_text)
    }

    /// The fields whose words or days the conditions look at.
    pub(in crate::query) fn worded_fields(&self) -> Vec<Field> {
        let kept = self.steps.iter().filter_map(|step| match step {
            Step::Keep(condition) => Some(condition.singles()),
            _ => None,
        });
        kept.flatten()
            .filter_map(|single| match single {
                Condition::Worded(field, ..) | Condition::Dated(field, ..) => Some(*field),
                _ => None,
            })
            .collect()
    }

    /// Changes every figure of the plan.
    pub(in crate::query) fn for_each_figure(&mut self, change: &mut impl FnMut(&mut Figure)) {
        match &mut self.shown {
            Shown::Items(items) | Shown::Compared(items) => {
                for expr in items {
                    expr.change(change);
                }
            }
            Shown::Groups(_, summaries) => summaries
                .iter_mut()
                .for_each(|summary| summary.of.change(change)),
            Shown::Mentioned | Shown::Frequency(_) | Shown::Results | Shown::Verdicts(_) => {}
        }
        for step in &mut self.steps {
            match step {
                Step::Keep(condition) => condition.change(change),
                Step::Sort { by, .. } | Step::Take { by: Some(by), .. } => by.change(change),
                Step::Take { by: None, .. } | Step::InTime { .. } | Step::Limit(_) => {}
            }
        }
    }
}

impl Expr {
    /// Whether it is how many records there are.
    pub(in crate::query) fn is_count(&self) -> bool {
        matches!(self, Self::Figure(figure) if matches!(figure.measure, Measure::Count(_)))
    }

    fn change(&mut self, change: &mut impl FnMut(&mut Figure)) {
        match self {
            Self::Figure(figure) => change(figure),
            Self::Combined(left, _, right) => {
                change(left);
                change(right);
            }
            Self::Field(_) => {}
        }
    }
}

impl Condition {
    /// The same of a year.
    pub(in crate::query) fn in_year(&mut self, year: i32) {
        self.change(&mut |figure| figure.year = figure.year.or(Some(year)));
    }

    /// How many single conditions it is made of.
    pub(in crate::query) fn size(&self) -> usize {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::size).sum(),
            Self::Not(inner) => inner.size(),
            _ => 1,
        }
    }

    /// The single conditions that it is made of.
    pub(in crate::query) fn singles(&self) -> Vec<&Self> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::singles).collect(),
            Self::Not(inner) => inner.singles(),
            single => vec![single],
        }
    }

    fn change(&mut self, change: &mut impl FnMut(&mut Figure)) {
        match self {
            Self::All(conditions) | Self::Any(conditions) => {
                for condition in conditions {
                    condition.change(change);
                }
            }
            Self::Not(condition) => condition.change(change),
            Self::Compare(left, _, right) => {
                left.change(change);
                if let Operand::Expr(expr) | Operand::Aggregate(_, expr) = right {
                    expr.change(change);
                }
            }
            Self::Between(expr, ..)
            | Self::Extreme(expr, _)
            | Self::Nth(expr, ..)
            | Self::Missing(expr)
            | Self::Judged(expr, _) => {
                expr.change(change);
            }
            Self::Mentions(_)
            | Self::Verdict(_)
            | Self::ByAll
            | Self::Deadline(..)
            | Self::Trait(_)
            | Self::About(_)
            | Self::Worded(..)
            | Self::Dated(..) => {}
        }
    }

    fn exprs<'a>(&'a self, found: &mut Vec<&'a Expr>) {
        match self {
            Self::All(conditions) | Self::Any(conditions) => {
                for condition in conditions {
                    condition.exprs(found);
                }
            }
            Self::Not(condition) => condition.exprs(found),
            Self::Compare(left, _, right) => {
                found.push(left);
                if let Operand::Expr(expr) | Operand::Aggregate(_, expr) = right {
                    found.push(expr);
                }
            }
            Self::Between(expr, ..)
            | Self::Extreme(expr, _)
            | Self::Nth(expr, ..)
            | Self::Missing(expr)
            | Self::Judged(expr, _) => {
                found.push(expr);
            }
            Self::Mentions(_)
            | Self::Verdict(_)
            | Self::ByAll
            | Self::Deadline(..)
            | Self::Trait(_)
            | Self::About(_)
            | Self::Worded(..)
            | Self::Dated(..) => {}
        }
    }
}
