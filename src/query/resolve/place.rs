use super::draft::Draft;
use super::{Resolver, rows_of};
use crate::fact::Span;
use crate::query::Lang;
use crate::query::ast::{PlaceName, Preposition};
use crate::query::catalog::PlaceRef;
use crate::query::diagnostic::{Diagnostic, Fix};
use crate::query::plan::{Level, PlaceScope, Rows};

impl Resolver<'_> {
    /// What a place name means here: the place itself, or what lies in it.
    ///
    /// `whole` is where the name stands with its preposition, where it stands alone.
    pub(super) fn place(
        &mut self,
        name: &PlaceName,
        preposition: Preposition,
        draft: &Draft,
        whole: Option<Span>,
    ) -> Vec<PlaceScope> {
        let (own, areas): (Vec<PlaceRef>, Vec<PlaceRef>) = name
            .candidates
            .iter()
            .partition(|candidate| matches!(candidate, PlaceRef::Own(_)));
        let of_places = draft.rows.is_some_and(Rows::are_places);
        // What is in a place that gives reports itself is said in its own too.
        if preposition == Preposition::In && !of_places {
            let (own, areas) = (self.outranking(own), self.outranking(areas));
            if let ([one], [area]) = (&own[..], &areas[..])
                && self.catalog.place_name(*one) == self.catalog.place_name(*area)
            {
                let mut scopes = vec![self.scope(*one, false)];
                scopes.extend(self.holds_others(*area).then(|| self.scope(*area, false)));
                return scopes;
            }
            return self.one_of(name, if areas.is_empty() { own } else { areas }, whole);
        }
        let (first, second) = match preposition {
            Preposition::In => (areas, own),
            Preposition::Of if !of_places => (own, Vec::new()),
            Preposition::Of | Preposition::Bare => self.bare(own, areas, draft),
        };
        self.one_of(name, if first.is_empty() { second } else { first }, whole)
    }

    /// Neither the place itself nor what lies in it.
    pub(super) fn outside(&mut self, name: &PlaceName, draft: &mut Draft) {
        let (own, areas): (Vec<PlaceRef>, Vec<PlaceRef>) = name
            .candidates
            .iter()
            .partition(|candidate| matches!(candidate, PlaceRef::Own(_)));
        for kind in [own, areas] {
            match self.outranking(kind)[..] {
                [] => {}
                [only] => draft.outside.push(self.scope(only, false)),
                ref several => {
                    self.ambiguous(name, several);
                    return;
                }
            }
        }
    }

    fn one_of(
        &mut self,
        name: &PlaceName,
        chosen: Vec<PlaceRef>,
        whole: Option<Span>,
    ) -> Vec<PlaceScope> {
        match self.outranking(chosen)[..] {
            [] => self.no_report(name, whole),
            [only] => return vec![self.scope(only, name.candidates.len() > 1)],
            ref several => self.ambiguous(name, several),
        }
        Vec::new()
    }

    /// Whether places lie in an area.
    fn holds_others(&self, area: PlaceRef) -> bool {
        (0..self.catalog.places().len()).any(|at| self.catalog.lies_in(PlaceRef::Own(at), area))
    }

    /// Of places of one name, a province or a city is meant before a county or a town: 重庆 is the city, not a street
    /// of that name elsewhere. The reading says which was taken.
    fn outranking(&self, places: Vec<PlaceRef>) -> Vec<PlaceRef> {
        let rank = |place: &PlaceRef| match place {
            PlaceRef::Own(index) => match rows_of(self.catalog.places()[*index].place.kind) {
                Some(Rows::Provinces) => 2,
                Some(Rows::Cities) => 1,
                _ => 0,
            },
            PlaceRef::Area(index) => match self.catalog.areas()[*index].level {
                Level::Province => 2,
                Level::City => 1,
                Level::County => 0,
            },
        };
        let highest = places.iter().map(rank).max().unwrap_or(0);
        let first: Vec<PlaceRef> = places
            .iter()
            .copied()
            .filter(|place| rank(place) == highest)
            .collect();
        if highest > 0 && first.len() == 1 {
            first
        } else {
            places
        }
    }

    /// A place before the head is one of the rows where it is of their kind, and otherwise what they lie in.
    fn bare(
        &self,
        own: Vec<PlaceRef>,
        areas: Vec<PlaceRef>,
        draft: &Draft,
    ) -> (Vec<PlaceRef>, Vec<PlaceRef>) {
        // 浙江省各市的任务: the records are of places of a kind.
        let rows = draft.rows.filter(|rows| rows.are_places());
        let Some(rows) = rows.or(draft.of) else {
            return (own, Vec::new());
        };
        let of_kind: Vec<PlaceRef> = own
            .iter()
            .copied()
            .filter(|place| match place {
                PlaceRef::Own(index) => {
                    rows == Rows::Places
                        || rows_of(self.catalog.places()[*index].place.kind) == Some(rows)
                }
                PlaceRef::Area(_) => false,
            })
            .collect();
        if of_kind.is_empty() {
            (areas, own)
        } else {
            (of_kind, areas)
        }
    }

    fn scope(&self, place: PlaceRef, qualified: bool) -> PlaceScope {
        match place {
            PlaceRef::Own(index) => {
                let found = &self.catalog.places()[index];
                PlaceScope::Own {
                    id: found.id,
                    name: if qualified || self.shares_name(place) {
                        self.qualified_name(place)
                    } else {
                        found.place.name.clone()
                    },
                }
            }
            PlaceRef::Area(index) => {
                let area = &self.catalog.areas()[index];
                let shared = self.shares_name(place);
                PlaceScope::Within {
                    level: area.level,
                    name: area.name.clone(),
                    city: area.city.clone().filter(|_| shared),
                    province: area.province.clone().filter(|_| shared),
                }
            }
        }
    }

    /// The bare name where it alone leads back here, else with what it lies in.
    fn qualified_name(&self, place: PlaceRef) -> String {
        if self.shares_name(place) {
            self.catalog.full_name(place)
        } else {
            self.catalog.place_name(place).to_owned()
        }
    }

    fn shares_name(&self, place: PlaceRef) -> bool {
        let name = self.catalog.place_name(place);
        match place {
            PlaceRef::Own(_) => {
                self.catalog
                    .places()
                    .iter()
                    .filter(|other| other.place.name == name)
                    .count()
                    > 1
            }
            PlaceRef::Area(_) => {
                self.catalog
                    .areas()
                    .iter()
                    .filter(|other| other.name == name)
                    .count()
                    > 1
            }
        }
    }

    fn no_report(&mut self, name: &PlaceName, whole: Option<Span>) {
        let Some(area) = name.candidates.first() else {
            return;
        };
        let shown = self.catalog.place_name(*area).to_owned();
        let english = self.catalog.names().english(&shown);
        let remedy = whole.map(|span| match self.lang {
            Lang::En => Fix::new(format!("in {english}"), span),
            Lang::Zh => Fix::new(format!("在{shown}，"), span),
        });
        let fault = Diagnostic::new(
            "Q0108",
            name.span,
            format!("the store has no report of {english} itself, only of places in it"),
            format!("库中没有{shown}本级的报告，只有其所辖地方的报告"),
        );
        self.fault(fault.with_fixes(remedy));
    }

    fn ambiguous(&mut self, name: &PlaceName, chosen: &[PlaceRef]) {
        let fixes: Vec<Fix> = chosen
            .iter()
            .map(|place| {
                let mut fix = Fix::new(self.catalog.full_name(*place), name.span);
                if let PlaceRef::Own(index) = place {
                    let reports = self.catalog.places()[*index].reports;
                    fix.note_en =
                        format!("{reports} report{}", if reports == 1 { "" } else { "s" });
                    fix.note_zh = format!("{reports}份报告");
                }
                fix
            })
            .collect();
        let count = chosen.len();
        self.fault(
            Diagnostic::new(
                "Q0105",
                name.span,
                format!("{count} places have this name; say which"),
                format!("有{count}个地方叫这个名称，请说明是哪一个"),
            )
            .with_fixes(fixes),
        );
    }
}
