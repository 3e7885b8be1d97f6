//! What number stands before a paragraph that is numbered by itself.

use std::collections::{HashMap, HashSet};

use super::super::DecodeError;
use super::numerals::written;
use super::xml::{Node, Tag, walk};

/// A document has nine levels.
const LEVELS: usize = 9;
/// No number has more signs around it.
const LONGEST: usize = 64;

/// A level of a list.
#[derive(Debug, Clone)]
struct Level {
    start: u32,
    format: String,
    /// `%1、`, `（%2）`, `%1.%2`.
    text: String,
    /// All levels that the text names are written in Arabic digits.
    is_legal: bool,
    /// The level after which it begins anew; 0 where it never does.
    restart: Option<usize>,
    /// The style whose paragraphs stand at this level.
    style: Option<String>,
    /// Whether something is put between the number and the text.
    is_apart: bool,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 1,
            format: "decimal".to_owned(),
            text: String::new(),
            is_legal: false,
            restart: None,
            style: None,
            is_apart: true,
        }
    }
}

/// A list as it is defined, which several lists of the text may share.
#[derive(Debug, Clone, Default)]
struct Definition {
    levels: [Level; LEVELS],
    /// The style that has the definition in its place.
    link: Option<String>,
}

/// A list of the text.
#[derive(Debug, Clone, Default)]
struct List {
    definition: String,
    /// What it changes of the definition.
    levels: [Option<Level>; LEVELS],
    starts: [Option<u32>; LEVELS],
}

#[derive(Debug, Clone, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    place: Place,
}

/// Where a paragraph, or a style, says that it stands in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) list: Option<String>,
    pub(super) level: Option<usize>,
}

impl Place {
    /// Takes what `w:numId` and `w:ilvl` say.
    pub(super) fn take(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "numId" => self.list = tag.value(),
            "ilvl" => {
                self.level = tag
                    .number()
                    .and_then(|level| usize::try_from(level).ok())
                    .filter(|&level| level < LEVELS);
            }
            _ => {}
        }
    }
}

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<String, Definition>,
    lists: HashMap<String, List>,
    styles: HashMap<String, Style>,
    default_style: Option<String>,
    counts: HashMap<String, [Option<u32>; LEVELS]>,
    /// Lists that have begun, so that a start of their own is not taken again.
    begun: HashSet<String>,
}

impl Numbering {
    /// Reads `styles.xml` and `numbering.xml`.
    pub(super) fn read(styles: &str, numbering: &str) -> Result<Self, DecodeError> {
        let mut all = Self::default();
        all.read_styles(styles)?;
        all.read_lists(numbering)?;
        Ok(all)
    }

    fn read_styles(&mut self, xml: &str) -> Result<(), DecodeError> {
        let mut current: Option<(String, Style)> = None;
        walk(xml, |node| {
            match node {
                Node::Open(tag) => match (tag.name(), &mut current) {
                    ("style", _) => {
                        let id = tag.attribute("styleId").unwrap_or_default();
                        let is_default = matches!(
                            tag.attribute("default").as_deref(),
                            Some("1" | "true" | "on")
                        );
                        if is_default && tag.attribute("type").as_deref() == Some("paragraph") {
                            self.default_style = Some(id.clone());
                        }
                        current = Some((id, Style::default()));
                    }
                    ("name", Some((_, style))) => {
                        style.name = tag.value().unwrap_or_default().to_lowercase();
                    }
                    ("basedOn", Some((_, style))) => style.based_on = tag.value(),
                    (_, Some((_, style))) => style.place.take(&tag),
                    _ => {}
                },
                Node::Close(name) if name.local == "style" => self.styles.extend(current.take()),
                _ => {}
            }
            Ok(())
        })
    }

    fn read_lists(&mut self, xml: &str) -> Result<(), DecodeError> {
        let mut definition: Option<(String, Definition)> = None;
        let mut list: Option<(String, List)> = None;
        let mut at: Option<usize> = None;
        let level_of = |tag: &Tag<'_>| {
            let level: usize = tag.attribute("ilvl")?.trim().parse().ok()?;
            (level < LEVELS).then_some(level)
        };
        walk(xml, |node| {
            match node {
                Node::Open(tag) => match tag.name() {
                    "abstractNum" => {
                        definition = Some((
                            tag.attribute("abstractNumId").unwrap_or_default(),
                            Definition::default(),
                        ));
                    }
                    "num" => {
                        list = Some((tag.attribute("numId").unwrap_or_default(), List::default()));
                    }
                    "abstractNumId" => {
                        if let Some((_, list)) = &mut list {
                            list.definition = tag.value().unwrap_or_default();
                        }
                    }
                    "numStyleLink" => {
                        if let Some((_, definition)) = &mut definition {
                            definition.link = tag.value();
                        }
                    }
                    "lvlOverride" => at = level_of(&tag),
                    "startOverride" => {
                        if let (Some((_, list)), Some(at)) = (&mut list, at) {
                            list.starts[at] =
                                tag.number().and_then(|start| u32::try_from(start).ok());
                        }
                    }
                    "lvl" => {
                        at = level_of(&tag);
                        if let (Some((_, list)), Some(at)) = (&mut list, at) {
                            list.levels[at] = Some(Level::default());
                        }
                    }
                    _ => {
                        let level = match (&mut definition, &mut list, at) {
                            (Some((_, definition)), _, Some(at)) => {
                                Some(&mut definition.levels[at])
                            }
                            (_, Some((_, list)), Some(at)) => list.levels[at].as_mut(),
                            _ => None,
                        };
                        if let Some(level) = level {
                            level.take(&tag);
                        }
                    }
                },
                Node::Close(name) if name.local == "abstractNum" => {
                    self.definitions.extend(definition.take());
                }
                Node::Close(name) if name.local == "num" => self.lists.extend(list.take()),
                _ => {}
            }
            Ok(())
        })
    }

    /// Whether paragraphs of the style are lines of a table of contents, which Word makes of the headings.
    pub(super) fn is_contents(&self, style: Option<&str>) -> bool {
        let style = style.and_then(|style| self.styles.get(style));
        style.is_some_and(|style| {
            let number = style.name.strip_prefix("toc ");
            number.is_some_and(|number| number.parse::<u8>().is_ok())
        })
    }

    /// The number of the next paragraph that stands at `own`, or where its style says; with what parts it from the text.
    pub(super) fn next(&mut self, own: &Place, style: Option<&str>) -> Option<String> {
        let (list_id, level) = self.place(own, style)?;
        let list = self.lists.get(&list_id)?.clone();
        let definition = self.definition(&list.definition)?;
        let levels: Vec<Level> = (0..LEVELS)
            .map(|at| {
                list.levels[at]
                    .clone()
                    .unwrap_or_else(|| definition.levels[at].clone())
            })
            .collect();
        let counts = self.counts.entry(list.definition.clone()).or_default();
        if self.begun.insert(list_id) {
            for (count, start) in counts.iter_mut().zip(list.starts) {
                if start.is_some() {
                    *count = None;
                }
            }
        }
        let start = |at: usize| list.starts[at].unwrap_or(levels[at].start);
        counts[level] =
            Some(counts[level].map_or_else(|| start(level), |count| count.saturating_add(1)));
        for deeper in level + 1..LEVELS {
            // Restarting after a level means: after it and those above.
            if levels[deeper].restart.is_none_or(|after| after > level) {
                counts[deeper] = None;
            }
        }
        let format = |at: usize| {
            if levels[level].is_legal {
                "decimal"
            } else {
                levels[at].format.as_str()
            }
        };
        if levels[level].format == "bullet" {
            return None;
        }
        let mut text = String::new();
        let mut signs = levels[level].text.chars().peekable();
        while let Some(c) = signs.next() {
            let named = signs
                .peek()
                .and_then(|c| c.to_digit(10))
                .and_then(|number| number.checked_sub(1));
            match named {
                Some(at) if c == '%' && (at as usize) < LEVELS => {
                    signs.next();
                    let at = at as usize;
                    text.push_str(&written(
                        counts[at].unwrap_or_else(|| start(at)),
                        format(at),
                    ));
                }
                _ => text.push(c),
            }
        }
        // Chinese marks need nothing behind them.
        if levels[level].is_apart && text.ends_with(|c: char| c.is_ascii()) {
            text.push(' ');
        }
        Some(text).filter(|text| !text.trim().is_empty())
    }

    /// The list and the level of a paragraph.
    fn place(&self, own: &Place, style: Option<&str>) -> Option<(String, usize)> {
        let mut place = own.clone();
        let mut from_style = None;
        let mut at = style.or(self.default_style.as_deref());
        // Styles that are based on each other in a ring end somewhere.
        for _ in 0..16 {
            let Some((id, style)) = at.and_then(|id| Some((id, self.styles.get(id)?))) else {
                break;
            };
            if place.list.is_none() && style.place.list.is_some() {
                place.list.clone_from(&style.place.list);
                from_style = Some(id);
            }
            place.level = place.level.or(style.place.level);
            at = style.based_on.as_deref();
        }
        let list = place.list.filter(|list| list != "0")?;
        // A style may be named by the level instead of naming it.
        let named = from_style.and_then(|style| {
            let definition = self.definition(&self.lists.get(&list)?.definition)?;
            let is_of = |level: &Level| level.style.as_deref() == Some(style);
            definition.levels.iter().position(is_of)
        });
        Some((list, own.level.or(named).or(place.level).unwrap_or(0)))
    }

    fn definition(&self, id: &str) -> Option<&Definition> {
        let definition = self.definitions.get(id)?;
        let linked = || {
            let style = self.styles.get(definition.link.as_deref()?)?;
            let list = self.lists.get(style.place.list.as_deref()?)?;
            self.definitions.get(&list.definition)
        };
        Some(linked().unwrap_or(definition))
    }
}

impl Level {
    fn take(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "start" => {
                self.start = tag
                    .number()
                    .and_then(|start| u32::try_from(start).ok())
                    .unwrap_or(1);
            }
            // Formats that an older Word does not know come twice; the last is the older one.
            "numFmt" => {
                let value = tag.value().unwrap_or_default();
                if value != "custom" {
                    self.format = value;
                }
            }
            "lvlText" => {
                let text = tag.value().unwrap_or_default();
                self.text = text.chars().take(LONGEST).collect();
            }
            "isLgl" => self.is_legal = tag.is_on(),
            "lvlRestart" => {
                self.restart = tag.number().and_then(|level| usize::try_from(level).ok());
            }
            "pStyle" => self.style = tag.value(),
            "suff" => self.is_apart = tag.value().as_deref() != Some("nothing"),
            _ => {}
        }
    }
}
