//! Made-up reports in any number, and the facts that stand in them.
//!
//! A town's five reports tell one history: growth fits the year before, and a plan is followed by a result. The towns'
//! names are real, so that places are found as they are in life; every figure and every sentence is made up.

mod compare;
mod compose;
mod history;
mod indicator;
mod random;
mod shape;
mod town;

use std::fmt::Write;

pub(crate) use compare::compare;
use compose::Composer;
use history::History;
use indicator::Indicator;
use random::Random;
use shape::Shapes;
use town::Town;

/// Reports of one town.
pub(crate) const YEARS: usize = 5;
/// Paragraphs after the first in a chapter of the longest reports.
const LONGEST: usize = 4;
/// The year that a town's first report looks back on.
const FIRST_YEAR: i32 = 2019;

/// Everything that reports are made of.
#[derive(Debug)]
pub(crate) struct Corpus {
    seed: u64,
    towns: Vec<Town>,
    indicators: Vec<Indicator>,
    shapes: Shapes,
}

/// One report.
#[derive(Debug)]
pub(crate) struct Report {
    /// Its file name, below a folder for its province.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) facts: Vec<Fact>,
}

/// A figure of the whole town that a report gives.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fact {
    pub(crate) indicator: &'static str,
    pub(crate) year: i32,
    pub(crate) status: Status,
    /// In the base unit.
    pub(crate) value: Option<f64>,
    /// In percent.
    pub(crate) growth: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Actual,
    Estimate,
    Target,
}

impl Status {
    /// As the store names it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Estimate => "estimate",
            Self::Target => "target",
        }
    }
}

impl Corpus {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            seed,
            towns: Town::shuffled(seed),
            indicators: Indicator::all(),
            shapes: Shapes::new(),
        }
    }

    /// How many towns there are to write about.
    pub(crate) fn towns(&self) -> usize {
        self.towns.len()
    }

    /// The reports of one town, the earliest first. The same seed gives the same bytes.
    pub(crate) fn reports(&self, town: usize) -> Vec<Report> {
        let mut random = Random::new(self.seed, town as u64);
        let history = History::new(&self.indicators, YEARS, &mut random);
        let town = self.towns[town];
        (0..YEARS)
            .map(|report| {
                let year = FIRST_YEAR + report as i32;
                let mut composer = Composer {
                    shapes: &self.shapes,
                    indicators: &self.indicators,
                    town,
                    history: &history,
                    report,
                    year,
                    length: 1 + random.below(LONGEST),
                    random: random.clone(),
                    text: String::with_capacity(32_000),
                    facts: Vec::new(),
                };
                composer.compose();
                random = composer.random;
                Report {
                    name: format!(
                        "{}/{}{}{}-{year}.txt",
                        town.province, town.city, town.county, town.name
                    ),
                    bytes: as_found(&composer.text, &mut random),
                    facts: composer.facts,
                }
            })
            .collect()
    }
}

/// Some reports are in GB18030, and some have the line breaks of a page.
fn as_found(text: &str, random: &mut Random) -> Vec<u8> {
    match random.below(12) {
        0 => encoding_rs::GB18030.encode(text).0.into_owned(),
        1 | 2 => broken(text, 36 + random.below(6)).into_bytes(),
        _ => text.as_bytes().to_owned(),
    }
}

/// The text with a line break after so many characters of a line.
fn broken(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 80);
    let mut column = 0;
    for c in text.chars() {
        if c == '\n' {
            column = 0;
        } else if column == width {
            out.push('\n');
            column = 0;
        }
        column += usize::from(c != '\n');
        out.push(c);
    }
    out
}

/// The facts of reports as lines of a table: document, indicator, year, status, value, growth.
pub(crate) fn table(reports: &[Report]) -> String {
    let mut lines = String::new();
    let cell = |number: Option<f64>| number.map_or(String::new(), |number| number.to_string());
    for report in reports {
        for fact in &report.facts {
            // Writing to a string cannot fail.
            let _ = writeln!(
                lines,
                "{}\t{}\t{}\t{}\t{}\t{}",
                report.name,
                fact.indicator,
                fact.year,
                fact.status.name(),
                cell(fact.value),
                cell(fact.growth)
            );
        }
    }
    lines
}
