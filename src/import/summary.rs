use std::time::Duration;

use super::{Outcome, Source, Unreadable};
use crate::reading::Reading;

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The path, or the name of what has none.
    pub name: String,
    /// Why.
    pub reason: Unreadable,
}

/// How much was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Reports.
    pub reports: usize,
    /// Figures.
    pub figures: usize,
    /// Tasks.
    pub tasks: usize,
    /// Doubts.
    pub doubts: usize,
    /// Reports of which neither text nor file names the place.
    pub placeless: usize,
}

impl Counts {
    /// What one reading has.
    #[must_use]
    pub fn of(reading: &Reading) -> Self {
        let reports = &reading.reports;
        Self {
            reports: reports.len(),
            figures: reports.iter().map(|r| r.facts.metrics.len()).sum(),
            tasks: reports.iter().map(|r| r.facts.tasks.len()).sum(),
            doubts: reports
                .iter()
                .map(|r| r.document.doubts.len() + r.facts.doubts.len())
                .sum(),
            placeless: reports
                .iter()
                .filter(|r| r.document.session.place.is_none())
                .count(),
        }
    }

    pub(super) fn add(&mut self, more: Self) {
        self.reports += more.reports;
        self.figures += more.figures;
        self.tasks += more.tasks;
        self.doubts += more.doubts;
        self.placeless += more.placeless;
    }
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// What came into the store.
    pub counts: Counts,
    /// Names whose old content was replaced.
    pub replaced: Vec<String>,
    /// Names whose content the store had already, and the names under which it has it.
    pub known: Vec<(String, String)>,
    /// Names of what has reports whose place is not known.
    pub placeless: Vec<String>,
    /// What could not be read.
    pub failures: Vec<Failure>,
    /// How many sources were left, since the import was stopped.
    pub left: usize,
    /// How long it took.
    pub took: Duration,
}

impl Summary {
    pub(super) fn add(&mut self, source: &Source, outcome: Outcome) {
        match outcome {
            Outcome::Imported { replaced, counts } => {
                self.counts.add(counts);
                if counts.placeless > 0 {
                    self.placeless.push(source.name.clone());
                }
                if replaced {
                    self.replaced.push(source.name.clone());
                }
            }
            Outcome::Known { name } => self.known.push((source.name.clone(), name)),
            Outcome::Failed { reason } => self.failures.push(Failure {
                name: source.place(),
                reason,
            }),
        }
    }
}
