use std::collections::HashMap;

use rusqlite::Row;

use super::{Store, StoreError};
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

impl Store {
    /// The vocabulary that the file carries, in its order, with how many places report each: which takes a look at every
    /// figure.
    pub fn indicators(&self) -> Result<Vec<KnownIndicator>, StoreError> {
        let counts: HashMap<String, u32> = self.run(|conn| {
            conn.prepare_cached(
                "SELECT indicator, count(DISTINCT town_id) FROM metrics JOIN sessions ON sessions.id = session_id \
                 WHERE indicator IS NOT NULL AND status <> 'target' GROUP BY indicator",
            )?
            .query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
        })?;
        let vocabulary = self.vocabulary()?.into_iter();
        Ok(vocabulary
            .map(|indicator| KnownIndicator {
                places: counts.get(&indicator.id).copied().unwrap_or(0),
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

    /// The places of which `wanted` wants the name, or that of something they lie in, in the order in which they came in.
    pub fn places_named(
        &self,
        mut wanted: impl FnMut(&str) -> bool,
    ) -> Result<Vec<KnownPlace>, StoreError> {
        self.run(|conn| {
            let mut names = conn.prepare_cached(
                "SELECT id, name, county, city, province FROM towns ORDER BY id",
            )?;
            // What places lie in is the same for many that came in together.
            let mut around: HashMap<String, bool> = HashMap::new();
            let mut found: Vec<i64> = Vec::new();
            let mut names = names.query(())?;
            while let Some(row) = names.next()? {
                let mut is_wanted = wanted(row.get_ref(1)?.as_str()?);
                for column in 2..5 {
                    if let Some(name) = row.get_ref(column)?.as_str_or_null()? {
                        is_wanted |= match around.get(name) {
                            Some(known) => *known,
                            None => *around.entry(name.to_owned()).or_insert(wanted(name)),
                        };
                    }
                }
                if is_wanted {
                    found.push(row.get(0)?);
                }
            }
            let mut place = conn.prepare_cached(
                "SELECT id, name, kind, code, county, city, province, \
                 (SELECT count(*) FROM sessions WHERE sessions.town_id = towns.id) FROM towns WHERE id = ?1",
            )?;
            found
                .iter()
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
            // Put in order here: SQLite would do it with all reports, before it drops what is the same.
            let mut years: Vec<i32> = conn
                .prepare_cached(
                    "SELECT DISTINCT review_year FROM sessions WHERE review_year IS NOT NULL",
                )?
                .query_map((), |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            years.sort_unstable();
            Ok(years)
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
