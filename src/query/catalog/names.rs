use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::latin::{display, latin_names, stem};
use super::{Area, CatalogPlace, PlaceRef};
use crate::fact::{Indicator, is_added_to};
use crate::query::topics::is_topic;

/// The names of a catalog, folded (lower case, half width, single blanks), and what each means.
#[derive(Debug)]
pub(crate) struct Names {
    indicators: HashMap<String, Vec<usize>>,
    /// Names of what is new of an indicator, 新增养老床位: its place behind those of all indicators.
    added: HashMap<String, Vec<usize>>,
    places: HashMap<String, Vec<PlaceRef>>,
    /// Names that say how an indicator grew and not how much it is: `economic growth`.
    growing: HashSet<String>,
    /// Pinyin of places; built when a question first has a Latin word that is nothing else.
    latin: OnceLock<HashMap<String, Vec<PlaceRef>>>,
    own: Vec<(String, PlaceRef)>,
    /// The most characters of any name that starts with a character.
    reach: HashMap<char, usize>,
}

/// Names beyond this are not looked for.
const LONGEST: usize = 60;

/// What a stretch of a question names.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Meaning<'a> {
    Indicators(&'a [usize]),
    Places(&'a [PlaceRef]),
}

impl Names {
    pub(super) fn new(indicators: &[Indicator], places: &[CatalogPlace], areas: &[Area]) -> Self {
        let mut by_indicator: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, indicator) in indicators.iter().enumerate() {
            for name in indicator.names_zh.iter().chain(&indicator.names_en) {
                let meanings = by_indicator.entry(fold(name)).or_default();
                if !meanings.contains(&index) {
                    meanings.push(index);
                }
            }
        }
        // An indicator's own name means it, whoever else uses that name as an alias.
        for (index, indicator) in indicators.iter().enumerate() {
            for name in [&indicator.name_zh, &indicator.name_en] {
                by_indicator.insert(fold(name), vec![index]);
            }
        }
        // What people call it, where no report has to be read by it.
        let position: HashMap<&str, usize> = indicators
            .iter()
            .enumerate()
            .map(|(index, indicator)| (indicator.id.as_str(), index))
            .collect();
        let mut everyday: HashMap<String, Vec<usize>> = HashMap::new();
        let mut growing = HashSet::new();
        for (name, id) in include_str!("everyday.tsv")
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once('\t'))
        {
            let (id, grows) = id
                .strip_suffix(" growth")
                .map_or((id, false), |id| (id, true));
            if grows {
                growing.insert(fold(name));
            }
            if let Some(index) = position.get(id).copied() {
                everyday.entry(fold(name)).or_default().push(index);
            }
        }
        for (name, meant) in everyday {
            // What people call several things is none of them alone, whichever has the name in reports.
            if meant.len() > 1 {
                by_indicator.insert(name, meant);
            } else {
                by_indicator.entry(name).or_insert(meant);
            }
        }
        let added = added_names(indicators, &by_indicator);
        let place_names: Vec<(String, PlaceRef)> = areas
            .iter()
            .enumerate()
            .map(|(index, area)| (area.name.clone(), PlaceRef::Area(index)))
            .chain(
                places
                    .iter()
                    .enumerate()
                    .map(|(index, place)| (place.place.name.clone(), PlaceRef::Own(index))),
            )
            .collect();
        let mut by_place: HashMap<String, Vec<PlaceRef>> =
            HashMap::with_capacity(2 * place_names.len());
        for (name, place) in &place_names {
            by_place.entry(fold(name)).or_default().push(*place);
        }
        // A short name means what has it as its stem only where no place is called just so.
        for (name, place) in &place_names {
            if let Some(stem) = stem(name) {
                by_place.entry(stem.to_owned()).or_default().push(*place);
            }
        }
        let mut reach: HashMap<char, usize> = HashMap::new();
        let names = by_indicator.keys().chain(added.keys());
        for name in names.chain(by_place.keys()) {
            if let Some(first) = name.chars().next() {
                let longest = reach.entry(first).or_insert(0);
                *longest = (*longest).max(name.chars().count().min(LONGEST));
            }
        }
        Self {
            indicators: by_indicator,
            added,
            places: by_place,
            growing,
            latin: OnceLock::new(),
            own: place_names,
            reach,
        }
    }

    /// The most characters that a name can have which starts with this (folded) character.
    pub(crate) fn reach(&self, first: char) -> usize {
        if first.is_ascii_alphabetic() {
            // A Latin name of a place may be any of them; the table is not built for this.
            LONGEST
        } else {
            self.reach.get(&first).copied().unwrap_or(0)
        }
    }

    /// What a folded stretch names, indicators before places.
    pub(crate) fn meaning(&self, folded: &str) -> Option<Meaning<'_>> {
        if let Some(indicators) = self.indicator(folded) {
            return Some(Meaning::Indicators(indicators));
        }
        if let Some(places) = self.places.get(folded) {
            return Some(Meaning::Places(places));
        }
        if !folded.is_ascii() || folded.len() < 3 {
            return None;
        }
        self.latin()
            .get(folded)
            .map(|places| Meaning::Places(places))
    }

    /// What a folded name of indicators means. One thing and many of it are one name (`new job`, `GDPs`), where what a
    /// report speaks of has not that name (`school`).
    fn indicator(&self, folded: &str) -> Option<&[usize]> {
        let named = |name: &str| self.added.get(name).or_else(|| self.indicators.get(name));
        let found = named(folded).or_else(|| {
            let other = other_number(folded).filter(|_| !is_topic(folded))?;
            named(&other)
        });
        found.map(Vec::as_slice)
    }

    /// Whether a folded name says how its indicator grew.
    pub(crate) fn is_growing(&self, folded: &str) -> bool {
        self.growing.contains(folded)
    }

    /// Every name of a place, folded: for suggestions.
    pub(crate) fn place_names(&self) -> impl Iterator<Item = (&str, PlaceRef)> {
        self.own.iter().map(|(name, place)| (name.as_str(), *place))
    }

    /// Every folded name of an indicator, with those that it may mean.
    pub(crate) fn indicator_names(&self) -> impl Iterator<Item = (&str, &[usize])> {
        let names = self.indicators.iter();
        names.map(|(name, meant)| (name.as_str(), meant.as_slice()))
    }

    /// Every Latin name of a place.
    pub(crate) fn latin_names(&self) -> impl Iterator<Item = (&str, PlaceRef)> {
        self.latin()
            .iter()
            .flat_map(|(name, places)| places.iter().map(move |place| (name.as_str(), *place)))
    }

    /// A Latin name that means just this, for the English reading; the Chinese name where there is none.
    pub(crate) fn english(&self, name: &str) -> String {
        let Some(shown) = display(name) else {
            return name.to_owned();
        };
        let only = self
            .meaning(&fold(&shown))
            .is_some_and(|meaning| match meaning {
                Meaning::Places(places) => places.iter().all(|place| {
                    self.own
                        .iter()
                        .any(|(other, p)| p == place && other == name)
                }),
                Meaning::Indicators(_) => false,
            });
        if only { shown } else { name.to_owned() }
    }

    fn latin(&self) -> &HashMap<String, Vec<PlaceRef>> {
        self.latin.get_or_init(|| {
            let mut table: HashMap<String, Vec<PlaceRef>> = HashMap::new();
            for (name, place) in &self.own {
                for latin in latin_names(name) {
                    let places = table.entry(fold(&latin)).or_default();
                    if !places.contains(place) {
                        places.push(*place);
                    }
                }
            }
            table
        })
    }
}

/// The names of what is new of indicators to which more is added: those of their own that say so, and 新增 before the usual
/// one where that is no name of another.
fn added_names(
    indicators: &[Indicator],
    by_indicator: &HashMap<String, Vec<usize>>,
) -> HashMap<String, Vec<usize>> {
    let mut names = HashMap::new();
    let all = indicators.iter().enumerate();
    for (at, indicator) in
        all.filter(|(_, indicator)| is_added_to(&indicator.name_zh, &indicator.unit))
    {
        let [zh, en] = added_name(indicator);
        let own = indicator.names_zh.iter();
        let own = own.filter(|name| ["新增", "净增"].iter().any(|new| name.starts_with(new)));
        for name in own.chain([&zh, &en]).map(|name| fold(name)) {
            if by_indicator.get(&name).is_none_or(|meant| *meant == [at]) {
                names.insert(name, vec![at + indicators.len()]);
            }
        }
    }
    names
}

/// How what is new of an indicator is called, in Chinese and English.
pub(crate) fn added_name(indicator: &Indicator) -> [String; 2] {
    [
        format!("新增{}", indicator.name_zh),
        format!("new {}", indicator.name_en),
    ]
}

/// Lower case, half width, hyphens and runs of blanks as one blank: how names are compared.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().map(half_width) {
        if c.is_whitespace() || c == '-' {
            if !folded.ends_with(' ') && !folded.is_empty() {
                folded.push(' ');
            }
        } else if ('\u{2e80}'..='\u{9fff}').contains(&c) {
            // Chinese has no lower case.
            folded.push(c);
        } else {
            folded.extend(c.to_lowercase());
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// An English name in the other number: `new job` of `new jobs`, `GDPs` of `GDP`.
fn other_number(folded: &str) -> Option<String> {
    let word = folded.rsplit(' ').next()?;
    if word.len() < 3 || !word.bytes().all(|c| c.is_ascii_lowercase()) {
        return None;
    }
    let hisses = |stem: &str| ["s", "x", "ch", "sh"].iter().any(|end| stem.ends_with(end));
    if let Some(stem) = folded.strip_suffix("ies") {
        return Some(format!("{stem}y"));
    }
    if let Some(stem) = folded.strip_suffix("es").filter(|stem| hisses(stem)) {
        return Some(stem.to_owned());
    }
    if hisses(folded) {
        let one = folded.strip_suffix('s').filter(|stem| !stem.ends_with('s'));
        return Some(one.map_or_else(|| format!("{folded}es"), ToOwned::to_owned));
    }
    let stem = folded.strip_suffix('y').filter(|stem| {
        let before = stem.chars().last();
        before.is_some_and(|c| !"aeiou ".contains(c))
    });
    Some(stem.map_or_else(|| format!("{folded}s"), |stem| format!("{stem}ies")))
}

/// The half-width form of a full-width letter, digit or sign; other characters as they are.
pub(crate) fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}
