use std::collections::HashMap;
use std::mem;
use std::time::Duration;

use rusqlite::Row;

use super::{Limits, Store, StoreError};
use crate::fact::{Indicator, Place, PlaceKind};

/// An indicator of the store's vocabulary, and how many places report it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownIndicator {
    /// The indicator with all its names.
    pub indicator: Indicator,
    /// Places with at least one figure of it that is not a target.
    pub places: u32,
}

/// A place of the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPlace {
    /// `towns.id`.
    pub id: i64,
    /// The place.
    pub place: Place,
    /// How many reports it has.
    pub reports: u32,
}

/// The names of a store's places, in the order in which they came in.
#[derive(Debug, Default)]
pub struct PlaceNames {
    /// One after the other.
    names: String,
    places: Vec<Named>,
    /// The names of what places lie in, each once.
    around: Vec<String>,
}

#[derive(Debug)]
struct Named {
    id: i64,
    /// Where the name ends; it begins where that before it ends.
    end: usize,
    /// County, city and province among those names.
    lies_in: [Option<usize>; 3],
}

impl PlaceNames {
    /// The ids of the places of which `wanted` wants the name, or that of something they lie in.
    pub fn wanted(&self, mut wanted: impl FnMut(&str) -> bool) -> Vec<i64> {
        let around: Vec<bool> = self.around.iter().map(|name| wanted(name)).collect();
        let mut start = 0;
        let found = self.places.iter().filter(|place| {
            let name = &self.names[mem::replace(&mut start, place.end)..place.end];
            wanted(name) || place.lies_in.iter().flatten().any(|&at| around[at])
        });
        found.map(|place| place.id).collect()
    }
}

impl Store {
    /// The vocabulary that the file carries, in its order, with how many places report each: which takes a look at every
    /// figure. Where that takes longer than `patience`, no place is counted.
    pub fn indicators(&self, patience: Duration) -> Result<Vec<KnownIndicator>, StoreError> {
        let limits = Limits {
            time: Some(patience),
            rows: None,
        };
        let counted = self.select_within(
            "SELECT indicator, count(DISTINCT town_id) FROM metrics JOIN sessions ON sessions.id = session_id \
             WHERE indicator IS NOT NULL AND status <> 'target' GROUP BY indicator",
            &[],
            limits,
        );
        let rows = match counted {
            Ok(read) => read.rows,
            Err(StoreError::TooSlow { .. }) => Vec::new(),
            Err(error) => return Err(error),
        };
        let counts = rows.iter().filter_map(|row| {
            let places = u32::try_from(row.get(1)?.integer()?).ok()?;
            Some((row.first()?.text()?, places))
        });
        let counts: HashMap<&str, u32> = counts.collect();
        let vocabulary = self.vocabulary()?.into_iter();
        Ok(vocabulary
            .map(|indicator| KnownIndicator {
                places: counts.get(indicator.id.as_str()).copied().unwrap_or(0),
                indicator,
            })
            .collect())
    }

    /// The vocabulary that the file carries, in its order.
    pub fn vocabulary(&self) -> Result<Vec<Indicator>, StoreError> {
        self.run(|conn| {
            let mut found: Vec<Indicator> = conn
                .prepare_cached(
                    "SELECT id, name_zh, name_en, unit, definition FROM indicators ORDER BY rowid",
                )?
                .query_map((), |row| {
                    Ok(Indicator {
                        id: row.get(0)?,
                        name_zh: row.get(1)?,
                        name_en: row.get(2)?,
                        unit: row.get(3)?,
                        definition: row.get(4)?,
                        names_zh: Vec::new(),
                        names_en: Vec::new(),
                    })
                })?
                .collect::<rusqlite::Result<_>>()?;
            let at: HashMap<String, usize> = found
                .iter()
                .enumerate()
                .map(|(at, indicator)| (indicator.id.clone(), at))
                .collect();
            // In the order of the primary key.
            let mut names = conn.prepare_cached(
                "SELECT indicator, lang, name FROM indicator_names ORDER BY indicator, lang, name",
            )?;
            let mut names = names.query(())?;
            while let Some(row) = names.next()? {
                let Some(at) = at.get(row.get_ref(0)?.as_str()?) else {
                    continue;
                };
                let indicator = &mut found[*at];
                let name: String = row.get(2)?;
                let (usual, list) = if row.get_ref(1)?.as_str()? == "zh" {
                    (&indicator.name_zh, &mut indicator.names_zh)
                } else {
                    (&indicator.name_en, &mut indicator.names_en)
                };
                // The usual name stands before the others.
                let place = if name == *usual { 0 } else { list.len() };
                list.insert(place, name);
            }
            Ok(found)
        })
    }

    /// The names of all places and of what they lie in: what it takes to tell which places a question may name.
    pub fn place_names(&self) -> Result<PlaceNames, StoreError> {
        self.run(|conn| {
            let mut rows = conn
                .prepare_cached("SELECT id, name, county, city, province FROM towns ORDER BY id")?;
            let mut rows = rows.query(())?;
            let mut names = PlaceNames::default();
            // What places lie in is the same for many that came in together.
            let mut known: HashMap<String, usize> = HashMap::new();
            while let Some(row) = rows.next()? {
                names.names.push_str(row.get_ref(1)?.as_str()?);
                let mut lies_in = [None; 3];
                for (column, around) in (2..).zip(&mut lies_in) {
                    let Some(name) = row.get_ref(column)?.as_str_or_null()? else {
                        continue;
                    };
                    *around = Some(known.get(name).copied().unwrap_or_else(|| {
                        known.insert(name.to_owned(), names.around.len());
                        names.around.push(name.to_owned());
                        names.around.len() - 1
                    }));
                }
                names.places.push(Named {
                    id: row.get(0)?,
                    end: names.names.len(),
                    lies_in,
                });
            }
            Ok(names)
        })
    }

    /// The places with these ids, in their order.
    pub fn places_with(&self, ids: &[i64]) -> Result<Vec<KnownPlace>, StoreError> {
        self.run(|conn| {
            let mut place = conn.prepare_cached(
                "SELECT id, name, kind, code, county, city, province, \
                 (SELECT count(*) FROM sessions WHERE sessions.town_id = towns.id) FROM towns WHERE id = ?1",
            )?;
            ids.iter()
                .map(|id| place.query_row([id], known_place))
                .collect()
        })
    }

    /// How many places the store has of each kind.
    pub fn kinds_of_places(&self) -> Result<HashMap<PlaceKind, u32>, StoreError> {
        self.run(|conn| {
            let mut counts = HashMap::new();
            let mut kinds = conn.prepare_cached("SELECT kind FROM towns")?;
            let mut kinds = kinds.query(())?;
            while let Some(row) = kinds.next()? {
                *counts
                    .entry(place_kind(row.get_ref(0)?.as_str()?))
                    .or_insert(0) += 1;
            }
            Ok(counts)
        })
    }

    /// The places that the store has reports of, in the order in which they came in.
    pub fn places(&self) -> Result<Vec<KnownPlace>, StoreError> {
        self.run(|conn| {
            conn.prepare_cached(
                "SELECT id, name, kind, code, county, city, province, \
                 (SELECT count(*) FROM sessions WHERE sessions.town_id = towns.id) FROM towns ORDER BY id",
            )?
            .query_map((), known_place)?
            .collect()
        })
    }

    /// The years that reports look back on, ascending.
    pub fn years(&self) -> Result<Vec<i32>, StoreError> {
        self.run(|conn| {
            // From year to year by the index, past all reports of each.
            conn.prepare_cached(
                "WITH RECURSIVE years (year) AS (SELECT min(review_year) FROM sessions UNION ALL \
                 SELECT (SELECT min(review_year) FROM sessions WHERE review_year > year) FROM years WHERE year IS NOT NULL) \
                 SELECT year FROM years WHERE year IS NOT NULL",
            )?
            .query_map((), |row| row.get(0))?
            .collect()
        })
    }
}

pub(super) fn known_place(row: &Row<'_>) -> rusqlite::Result<KnownPlace> {
    let kind: String = row.get(2)?;
    Ok(KnownPlace {
        id: row.get(0)?,
        place: Place {
            name: row.get(1)?,
            kind: place_kind(&kind),
            code: row.get(3)?,
            county: row.get(4)?,
            city: row.get(5)?,
            province: row.get(6)?,
        },
        reports: row.get(7)?,
    })
}

/// The schema lets no other names into `towns.kind`.
fn place_kind(name: &str) -> PlaceKind {
    const KINDS: [PlaceKind; 10] = [
        PlaceKind::Town,
        PlaceKind::Township,
        PlaceKind::Subdistrict,
        PlaceKind::County,
        PlaceKind::District,
        PlaceKind::CountyCity,
        PlaceKind::City,
        PlaceKind::Prefecture,
        PlaceKind::Province,
        PlaceKind::Municipality,
    ];
    KINDS
        .into_iter()
        .find(|kind| kind.as_str() == name)
        .unwrap_or(PlaceKind::Other)
}
