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
    /// The vocabulary that the file carries, in its order.
    pub fn indicators(&self) -> Result<Vec<KnownIndicator>, StoreError> {
        self.run(|conn| {
            let mut names = conn.prepare_cached(
                "SELECT name FROM indicator_names WHERE indicator = ?1 AND lang = ?2 ORDER BY name <> ?3, name",
            )?;
            let mut names = |id: &str, lang: &str, usual: &str| {
                names
                    .query_map((id, lang, usual), |row| row.get(0))?
                    .collect::<rusqlite::Result<Vec<String>>>()
            };
            conn.prepare_cached(
                "SELECT id, name_zh, name_en, unit, definition, (SELECT count(DISTINCT sessions.town_id) FROM metrics \
                 JOIN sessions ON sessions.id = metrics.session_id WHERE metrics.indicator = indicators.id \
                 AND metrics.status <> 'target') \
                 FROM indicators ORDER BY rowid",
            )?
            .query_map((), |row| {
                let (id, name_zh, name_en): (String, String, String) =
                    (row.get(0)?, row.get(1)?, row.get(2)?);
                Ok(KnownIndicator {
                    indicator: Indicator {
                        names_zh: names(&id, "zh", &name_zh)?,
                        names_en: names(&id, "en", &name_en)?,
                        id,
                        name_zh,
                        name_en,
                        unit: row.get(3)?,
                        definition: row.get(4)?,
                    },
                    places: row.get(5)?,
                })
            })?
            .collect()
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
            conn.prepare_cached(
                "SELECT DISTINCT review_year FROM sessions WHERE review_year IS NOT NULL ORDER BY review_year",
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
