//! Two stores side by side.

use std::collections::HashMap;

use super::changes::{Strictness, compare};
use super::snapshot::Snapshot;
use super::{ReportChanges, Store, StoreError};

/// What one store has and another has not.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Difference {
    /// Reports that only the other has.
    pub added: Vec<ReportLine>,
    /// Reports that only this one has.
    pub gone: Vec<ReportLine>,
    /// Reports that both have and that say different things.
    pub changed: Vec<ReportChanges>,
    /// How many reports say the same.
    pub same: usize,
    /// Saved questions that only the other has.
    pub queries_added: Vec<String>,
    /// Saved questions that only this one has.
    pub queries_gone: Vec<String>,
    /// Saved questions of one name and different words.
    pub queries_changed: Vec<String>,
}

/// A report, as it is told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportLine {
    /// The place, where the report names one.
    pub place: Option<String>,
    /// The year that it looks back on.
    pub review_year: Option<i64>,
    /// The document's name.
    pub document: String,
    /// How many figures it has.
    pub figures: usize,
    /// How many tasks it has.
    pub tasks: usize,
}

impl Difference {
    /// Whether both say the same.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.added.is_empty()
            && self.gone.is_empty()
            && self.changed.is_empty()
            && self.queries_added.is_empty()
            && self.queries_gone.is_empty()
            && self.queries_changed.is_empty()
    }
}

/// A report, and by what it is known.
struct Known {
    document: i64,
    ordinal: usize,
    sha256: String,
    identity: String,
}

impl Store {
    /// What changes from this store to the other: first reports of the same content are held side by side, then those
    /// of one place and year, in the order of their documents.
    pub fn diff(&self, other: &Self) -> Result<Difference, StoreError> {
        let (ours, theirs) = (self.reports()?, other.reports()?);
        let mut partner: Vec<Option<usize>> = vec![None; ours.len()];
        let mut is_taken = vec![false; theirs.len()];
        let keys: [fn(&Known) -> String; 2] = [
            |report| format!("{} {}", report.sha256, report.ordinal),
            |report| report.identity.clone(),
        ];
        for key in keys {
            let mut free: HashMap<String, Vec<usize>> = HashMap::new();
            for (at, report) in theirs
                .iter()
                .enumerate()
                .rev()
                .filter(|(at, _)| !is_taken[*at])
            {
                free.entry(key(report)).or_default().push(at);
            }
            for (at, report) in ours.iter().enumerate() {
                if partner[at].is_none()
                    && let Some(found) = free.get_mut(&key(report)).and_then(Vec::pop)
                {
                    partner[at] = Some(found);
                    is_taken[found] = true;
                }
            }
        }
        let mut difference = Difference::default();
        for (report, partner) in ours.iter().zip(&partner) {
            let before = self.snapshot(report)?;
            let Some(partner) = partner.map(|at| &theirs[at]) else {
                difference.gone.extend(before.as_ref().map(line));
                continue;
            };
            let (Some(before), Some(after)) = (before, other.snapshot(partner)?) else {
                continue;
            };
            let changes = compare(&before, &after, Strictness::Facts);
            if changes.is_nothing() {
                difference.same += 1;
            } else {
                difference.changed.push(changes);
            }
        }
        for (report, _) in theirs.iter().zip(&is_taken).filter(|(_, taken)| !**taken) {
            difference
                .added
                .extend(other.snapshot(report)?.as_ref().map(line));
        }
        self.diff_queries(other, &mut difference)?;
        Ok(difference)
    }

    fn diff_queries(&self, other: &Self, difference: &mut Difference) -> Result<(), StoreError> {
        let texts = |store: &Self| {
            let saved = store.saved_queries()?.into_iter();
            Ok::<_, StoreError>(
                saved
                    .map(|query| (query.name, query.text))
                    .collect::<HashMap<_, _>>(),
            )
        };
        let (ours, theirs) = (texts(self)?, texts(other)?);
        for (name, text) in &ours {
            match theirs.get(name) {
                None => difference.queries_gone.push(name.clone()),
                Some(other) if other != text => difference.queries_changed.push(name.clone()),
                Some(_) => {}
            }
        }
        let new = theirs.keys().filter(|name| !ours.contains_key(*name));
        difference.queries_added.extend(new.cloned());
        for names in [
            &mut difference.queries_added,
            &mut difference.queries_gone,
            &mut difference.queries_changed,
        ] {
            names.sort_unstable();
        }
        Ok(())
    }

    fn reports(&self) -> Result<Vec<Known>, StoreError> {
        self.run(|conn| {
            let documents: Vec<i64> = conn
                .prepare("SELECT id FROM documents ORDER BY name")?
                .query_map((), |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let mut reports = Vec::new();
            for document in documents {
                for (ordinal, report) in Snapshot::of_document(conn, document)?.iter().enumerate() {
                    reports.push(Known {
                        document,
                        ordinal,
                        sha256: report.sha256.clone(),
                        identity: report.identity(),
                    });
                }
            }
            Ok(reports)
        })
    }

    fn snapshot(&self, report: &Known) -> Result<Option<Snapshot>, StoreError> {
        let found = self.run(|conn| Snapshot::of_document(conn, report.document))?;
        Ok(found.into_iter().nth(report.ordinal))
    }
}

fn line(report: &Snapshot) -> ReportLine {
    ReportLine {
        place: report.place().map(str::to_owned),
        review_year: report.review_year(),
        document: report.document.clone(),
        figures: report.figures.len(),
        tasks: report.tasks.len(),
    }
}
