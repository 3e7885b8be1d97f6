//! What a question may speak of: a plain value that the caller fills from its store.
//!
//! The query room never sees the database. It sees indicators, places and years, here, and derives from them every
//! name that may stand in a question: full and short Chinese names, pinyin, English names. The tables of names are
//! built at their first use, so that a catalog of 40,000 places costs nothing before a question needs it.

mod latin;
mod nameable;
mod names;

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

pub(crate) use latin::initials;
pub use nameable::Nameable;
pub(crate) use names::{Meaning, Names, added_name, fold, half_width};

use super::heard::Heard;
use super::lang::is_han;
use crate::fact::{Indicator, Place, PlaceKind};

/// The name of the saved query that `it`, 上表 stands for: what was asked last.
pub const LAST: &str = "it";

/// A place of the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogPlace {
    /// `towns.id`.
    pub id: i64,
    /// Its name, kind and what it lies in.
    pub place: Place,
    /// How many reports of it the store has.
    pub reports: u32,
}

/// The names that a question may use.
#[derive(Debug)]
pub struct Catalog {
    indicators: Vec<Indicator>,
    places: Vec<CatalogPlace>,
    years: Vec<i32>,
    counts: HashMap<String, u32>,
    saved: BTreeMap<String, String>,
    kinds: HashMap<PlaceKind, u32>,
    is_worked_out: bool,
    has_phrases: bool,
    texts_left_out: Option<(u32, u32)>,
    heard: Vec<Heard>,
    areas: OnceLock<Vec<Area>>,
    names: OnceLock<Names>,
}

/// A county, city or province that places lie in, whether or not it gives reports of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Area {
    pub(crate) level: Level,
    pub(crate) name: String,
    /// The areas around it, `None` where the level has none or it is not known.
    pub(crate) city: Option<String>,
    pub(crate) province: Option<String>,
}

/// The levels that places lie in; each is a column of `towns`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// County, district, county-level city.
    County,
    /// Prefecture-level city.
    City,
    /// Province, region, municipality.
    Province,
}

impl Level {
    /// The column of `towns`.
    pub(crate) const fn column(self) -> &'static str {
        match self {
            Self::County => "county",
            Self::City => "city",
            Self::Province => "province",
        }
    }
}

/// What a place name in a question may mean: a row of `towns`, or an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum PlaceRef {
    /// Index into the catalog's places.
    Own(usize),
    /// Index into its areas.
    Area(usize),
}

impl Catalog {
    /// A catalog of `indicators`, `places` and the `years` that reports are about.
    ///
    /// `indicator_counts` says for how many places the store has an actual figure of each indicator, by id; an
    /// indicator that is not in it is reported by none.
    #[must_use]
    pub fn new(
        indicators: Vec<Indicator>,
        places: Vec<CatalogPlace>,
        years: Vec<i32>,
        indicator_counts: HashMap<String, u32>,
    ) -> Self {
        let mut kinds = HashMap::new();
        for place in &places {
            *kinds.entry(place.place.kind).or_insert(0) += 1;
        }
        Self {
            kinds,
            indicators,
            places,
            years,
            counts: indicator_counts,
            saved: BTreeMap::new(),
            is_worked_out: true,
            has_phrases: true,
            texts_left_out: None,
            heard: Vec::new(),
            areas: OnceLock::new(),
            names: OnceLock::new(),
        }
    }

    /// The same of a store that has so many places of each kind, of which these are all that a statement may name.
    #[must_use]
    pub fn among(mut self, kinds: HashMap<PlaceKind, u32>) -> Self {
        self.kinds = kinds;
        self
    }

    /// The same of a store that says nowhere which figures answer, how many figures tasks have and how long reports are:
    /// one of an older schema. Its questions are answered alike, and take longer.
    #[must_use]
    pub fn without_what_is_worked_out(mut self) -> Self {
        self.is_worked_out = false;
        self.without_phrases()
    }

    /// The same of a store that does not say which policy phrases its reports say, or by another list than this program's.
    #[must_use]
    pub fn without_phrases(mut self) -> Self {
        self.has_phrases = false;
        self
    }

    /// Whether the store says which policy phrases its reports say.
    pub(crate) const fn has_phrases(&self) -> bool {
        self.has_phrases
    }

    /// Whether the store says which figures answer, how many figures tasks have and how long reports are.
    pub(crate) const fn is_worked_out(&self) -> bool {
        self.is_worked_out
    }

    /// The same of a store in which so many files, of all these, are without their text: a copy, or one merged from some.
    #[must_use]
    pub fn without_texts(mut self, without: u32, all: u32) -> Self {
        self.texts_left_out = Some((without, all));
        self
    }

    /// How many files of the store are without their text, and how many there are, where some are.
    pub(crate) const fn texts_left_out(&self) -> Option<(u32, u32)> {
        self.texts_left_out
    }

    /// Whether some places of the store lie in others of it: its towns in its provinces.
    pub(crate) fn has_several_levels(&self) -> bool {
        let levels: std::collections::HashSet<_> = self
            .kinds
            .iter()
            .filter(|(_, number)| **number > 0)
            .filter_map(|(kind, _)| super::resolve::rows_of(*kind))
            .collect();
        levels.len() > 1
    }

    /// How many places the store has of each kind.
    pub(crate) fn kinds(&self) -> &HashMap<PlaceKind, u32> {
        &self.kinds
    }

    /// The same with saved queries, name (without `@`) → text, that questions may build on.
    #[must_use]
    pub fn with_saved(mut self, saved: BTreeMap<String, String>) -> Self {
        self.saved = saved;
        self
    }

    /// Keeps what was asked last, so that `it`, 上表 may stand for it: best the reading of its answer, in which all
    /// names are settled and no `it` is left.
    pub fn remember(&mut self, question: impl Into<String>) {
        self.saved.insert(LAST.to_owned(), question.into());
    }

    /// Keeps what the store has of the words of a question that nobody knows, in the place of those of another.
    pub fn hear(&mut self, heard: Vec<Heard>) {
        self.heard = heard;
    }

    /// What the store has of a word that nobody knows, where that was looked up.
    pub(crate) fn heard(&self, word: &str) -> Option<&Heard> {
        self.heard.iter().find(|heard| heard.asked == word)
    }

    /// The saved queries.
    #[must_use]
    pub fn saved(&self) -> &BTreeMap<String, String> {
        &self.saved
    }

    /// The indicators.
    #[must_use]
    pub fn indicators(&self) -> &[Indicator] {
        &self.indicators
    }

    /// The indicator that a name means, and whether only of what is new of it: see [`Names`].
    pub(crate) fn meant(&self, at: usize) -> (&Indicator, bool) {
        let count = self.indicators.len();
        (&self.indicators[at % count], at >= count)
    }

    /// The places.
    #[must_use]
    pub fn places(&self) -> &[CatalogPlace] {
        &self.places
    }

    /// The years that have reports.
    #[must_use]
    pub fn years(&self) -> &[i32] {
        &self.years
    }

    /// How many places report an indicator.
    #[must_use]
    pub fn places_reporting(&self, indicator: &str) -> u32 {
        self.counts.get(indicator).copied().unwrap_or(0)
    }

    /// The shortest of an indicator's Chinese names: the word that texts have for it.
    pub(crate) fn spoken_name(&self, indicator: usize) -> String {
        let indicator = indicator % self.indicators.len();
        let own = self.indicators[indicator].name_zh.as_str();
        let names = self.names().indicator_names();
        names
            .filter(|(name, meant)| {
                *meant == [indicator] && name.chars().count() > 1 && name.chars().all(is_han)
            })
            .map(|(name, _)| name)
            .chain([own.trim_end_matches('数')])
            // Of two as short that which the whole name holds: 投资 sooner than 固投.
            .min_by_key(|name| (name.chars().count(), !own.contains(name), *name))
            .unwrap_or(own)
            .to_owned()
    }

    /// The indicator of an id.
    #[must_use]
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.id == id)
    }

    /// The areas that places lie in, and that places are.
    pub(crate) fn areas(&self) -> &[Area] {
        self.areas.get_or_init(|| areas(&self.places))
    }

    /// Every name, for the lexer and for suggestions.
    pub(crate) fn names(&self) -> &Names {
        self.names
            .get_or_init(|| Names::new(&self.indicators, &self.places, self.areas()))
    }

    /// The name of what a reference means.
    pub(crate) fn place_name(&self, place: PlaceRef) -> &str {
        match place {
            PlaceRef::Own(index) => &self.places[index].place.name,
            PlaceRef::Area(index) => &self.areas()[index].name,
        }
    }

    /// Whether `inner` lies in `outer`.
    pub(crate) fn lies_in(&self, inner: PlaceRef, outer: PlaceRef) -> bool {
        let around: [Option<&str>; 3] = match inner {
            PlaceRef::Own(index) => {
                let place = &self.places[index].place;
                [
                    place.county.as_deref(),
                    place.city.as_deref(),
                    place.province.as_deref(),
                ]
            }
            PlaceRef::Area(index) => {
                let area = &self.areas()[index];
                [None, area.city.as_deref(), area.province.as_deref()]
            }
        };
        let outer = self.place_name(outer);
        self.place_name(inner) != outer && around.contains(&Some(outer))
    }

    /// The name with enough of what it lies in to tell it from others of that name: 河东区城关镇.
    pub(crate) fn full_name(&self, place: PlaceRef) -> String {
        let (around, name): (Vec<&Option<String>>, &str) = match place {
            PlaceRef::Own(index) => {
                let place = &self.places[index].place;
                (
                    vec![&place.province, &place.city, &place.county],
                    &place.name,
                )
            }
            PlaceRef::Area(index) => {
                let area = &self.areas()[index];
                (vec![&area.province, &area.city], &area.name)
            }
        };
        let mut parts: Vec<&str> = around.into_iter().filter_map(Option::as_deref).collect();
        parts.retain(|part| *part != name);
        parts.push(name);
        parts.dedup();
        parts.concat()
    }
}

/// The areas that the places lie in, each once, and those that are places themselves.
fn areas(places: &[CatalogPlace]) -> Vec<Area> {
    let mut found = std::collections::BTreeSet::new();
    for CatalogPlace { place, .. } in places {
        let (city, province) = (place.city.clone(), place.province.clone());
        let own = match place.kind {
            PlaceKind::County | PlaceKind::District | PlaceKind::CountyCity => Some(Level::County),
            PlaceKind::City | PlaceKind::Prefecture => Some(Level::City),
            PlaceKind::Province | PlaceKind::Municipality => Some(Level::Province),
            _ => None,
        };
        let own_name = own.map(|level| (level, place.name.clone()));
        let around = [
            place.county.clone().map(|name| (Level::County, name)),
            city.clone().map(|name| (Level::City, name)),
            province.clone().map(|name| (Level::Province, name)),
            own_name,
        ];
        for (level, name) in around.into_iter().flatten() {
            found.insert(Area {
                level,
                city: city.clone().filter(|_| level == Level::County),
                province: province.clone().filter(|_| level != Level::Province),
                name,
            });
        }
    }
    // The city column of a municipality's places repeats the municipality; it is one area.
    let provinces: std::collections::BTreeSet<String> = found
        .iter()
        .filter(|area| area.level == Level::Province)
        .map(|area| area.name.clone())
        .collect();
    found
        .into_iter()
        .filter(|area| !(area.level == Level::City && provinces.contains(&area.name)))
        .collect()
}
