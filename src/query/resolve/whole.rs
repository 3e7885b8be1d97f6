use super::{Resolver, rows_of};
use crate::fact::Span;
use crate::query::plan::{Expr, Group, Level, PlaceScope, Plan, Rows, Shown, Step};

impl Resolver<'_> {
    /// SQLite joins at most 64 tables and nests expressions to a depth of 1,000; nobody asks so much at once.
    pub(super) fn check_size(&mut self, plan: &Plan) {
        const MOST_FIGURES: usize = 40;
        const MOST_CONDITIONS: usize = 200;
        let figures: std::collections::HashSet<_> =
            plan.exprs().into_iter().flat_map(Expr::figures).collect();
        let conditions: usize = plan
            .steps
            .iter()
            .map(|step| match step {
                Step::Keep(condition) => condition.size(),
                _ => 1,
            })
            .sum();
        if figures.len() > MOST_FIGURES || conditions > MOST_CONDITIONS {
            self.refuse(
                Span::new(0, 0),
                "the question asks too much at once: at most 40 figures and 200 conditions",
                "一次问得太多：最多40个指标、200个条件",
            );
        }
    }

    /// What is added up where a question does not say: the kind of place right below the groups, of which the store
    /// has most, so that a county and its towns are never counted together. Single figures are of any place.
    pub(super) fn default_rows(&self, shown: &Shown, places: &[PlaceScope]) -> Rows {
        let is_own = |place: &PlaceScope| matches!(place, PlaceScope::Own { .. });
        // Named places are what they are: a province as well as a town.
        if !places.is_empty() && places.iter().all(is_own) {
            return Rows::Places;
        }
        let Shown::Groups(groups, summaries) = shown else {
            return Rows::Places;
        };
        // Reports and tasks of all places are as many as there are.
        let counts = !summaries.is_empty() && summaries.iter().all(|summary| summary.of.is_count());
        if groups.contains(&Group::Place) || counts {
            return Rows::Places;
        }
        let mut counts = [
            (Rows::Towns, 0),
            (Rows::Counties, 0),
            (Rows::Cities, 0),
            (Rows::Provinces, 0),
        ];
        for (kind, number) in self.catalog.kinds() {
            let of_kind = rows_of(*kind);
            for (rows, count) in &mut counts {
                *count += if Some(*rows) == of_kind { *number } else { 0 };
            }
        }
        let below = |rows: Rows| {
            groups.iter().all(|group| match group {
                Group::Area(Level::County) => rows == Rows::Towns,
                Group::Area(Level::City) => matches!(rows, Rows::Towns | Rows::Counties),
                Group::Area(Level::Province) => rows != Rows::Provinces,
                Group::Place | Group::Year | Group::Report | Group::Field(_) => true,
            })
        };
        counts
            .into_iter()
            .rev()
            .filter(|(rows, _)| below(*rows))
            .max_by_key(|(_, count)| *count)
            .map_or(Rows::Towns, |(rows, _)| rows)
    }
}
