//! Files, folders and standard input → a store: decode, document, extract and store in one call.
//!
//! Reading a source is a function of its bytes and knows nothing of the store, so sources are read in parallel; one
//! writer takes the readings in the order of the sources, whoever was ready first. Both work on a batch of sources at
//! a time, the readers one or two batches ahead. A source that cannot be read is named with the reason, and the rest
//! go on.

mod readers;
mod source;
mod summary;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Instant;

use readers::{FileRead, Read, Readers, batches, read_source};
pub use source::{Source, find, load};
pub use summary::{Counts, Failure, Summary};

use crate::store::{Imported, Store, StoreError};

/// What became of one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is in the store now.
    Imported {
        /// Whether another content of the same name had to go.
        replaced: bool,
        /// What it says.
        counts: Counts,
    },
    /// The store has its content already.
    Known {
        /// Under which name.
        name: String,
    },
    /// It could not be read.
    Failed {
        /// Why.
        reason: String,
    },
}

/// How to import.
#[derive(Clone, Copy)]
pub struct Settings<'a> {
    /// Threads that read; 0 is one a core. The store becomes the same, whatever their number.
    pub jobs: usize,
    /// Asked before each source is read; after it has said yes, what has been read is written and the rest is left.
    pub should_stop: &'a (dyn Fn() -> bool + Sync),
}

impl Default for Settings<'_> {
    fn default() -> Self {
        Self {
            jobs: 0,
            should_stop: &|| false,
        }
    }
}

/// Imports the sources, and calls `watch` after each.
///
/// # Errors
/// Only where the store itself fails; what was imported before stays.
pub fn import(
    store: &Store,
    sources: &[Source],
    watch: &mut dyn FnMut(&Source, &Outcome),
) -> Result<Summary, StoreError> {
    import_with(store, sources, Settings::default(), watch)
}

/// As [`import`], with settings.
///
/// # Errors
/// Only where the store itself fails; what was imported before stays.
pub fn import_with(
    store: &Store,
    sources: &[Source],
    settings: Settings<'_>,
    watch: &mut dyn FnMut(&Source, &Outcome),
) -> Result<Summary, StoreError> {
    let start = Instant::now();
    let known = store.contents()?;
    let has_failed = AtomicBool::new(false);
    let should_stop = || has_failed.load(Ordering::Relaxed) || (settings.should_stop)();
    let readers = Readers::new(settings.jobs, &known, &should_stop);
    let mut summary = Summary::default();
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel(1);
        scope.spawn(move || {
            for batch in batches(sources) {
                // Nobody receives any more where the store has failed.
                if sender.send((batch, readers.read(batch))).is_err() {
                    break;
                }
            }
        });
        for (batch, readings) in receiver {
            let written = write(store, batch, &readings);
            has_failed.store(written.is_err(), Ordering::Relaxed);
            for (source, outcome) in batch.iter().zip(written?) {
                if let Some(outcome) = outcome {
                    watch(source, &outcome);
                    summary.add(source, outcome);
                } else {
                    summary.left += 1;
                }
            }
        }
        Ok(())
    })?;
    summary.took = start.elapsed();
    Ok(summary)
}

/// Writes a batch of readings and says what became of each source; nothing of one that was left.
fn write(
    store: &Store,
    batch: &[Source],
    readings: &[Read],
) -> Result<Vec<Option<Outcome>>, StoreError> {
    let files: Vec<&FileRead> = readings
        .iter()
        .filter_map(|reading| match reading {
            Read::New(file) => Some(&**file),
            _ => None,
        })
        .collect();
    let mut written = write_files(store, &files)?.into_iter();
    let outcome = |(source, reading): (&Source, &Read)| {
        Ok(match reading {
            Read::New(_) => written.next(),
            Read::Known(content) => {
                if let Some(name) = store.name_of(content)? {
                    Some(Outcome::Known { name })
                } else {
                    // This import has replaced it.
                    let again = read_source(source, &HashMap::new());
                    write(store, std::slice::from_ref(source), &[again])?
                        .pop()
                        .flatten()
                }
            }
            Read::Failed { reason } => Some(Outcome::Failed {
                reason: reason.clone(),
            }),
            Read::Left => None,
        })
    };
    batch.iter().zip(readings).map(outcome).collect()
}

/// Writes files in one transaction, or each alone where one of them cannot be written.
fn write_files(store: &Store, files: &[&FileRead]) -> Result<Vec<Outcome>, StoreError> {
    let pairs = |files: &[&FileRead]| -> Result<Vec<Imported>, StoreError> {
        let pairs: Vec<_> = files
            .iter()
            .map(|read| (&read.file, &read.reading))
            .collect();
        store.import_all(&pairs)
    };
    let outcome = |read: &FileRead, imported| match imported {
        Imported::Known { name } => Outcome::Known { name },
        Imported::Added | Imported::Replaced => Outcome::Imported {
            replaced: imported == Imported::Replaced,
            counts: Counts::of(&read.reading),
        },
    };
    match pairs(files) {
        Ok(imported) => Ok(files
            .iter()
            .zip(imported)
            .map(|(read, imported)| outcome(read, imported))
            .collect()),
        Err(error) if error.is_fatal() => Err(error),
        Err(error) if files.len() < 2 => Ok(files
            .iter()
            .map(|_| Outcome::Failed {
                reason: error.to_string(),
            })
            .collect()),
        Err(_) => {
            let alone = files.iter().map(|file| write_files(store, &[file]));
            let outcomes: Vec<Vec<_>> = alone.collect::<Result<_, _>>()?;
            Ok(outcomes.into_iter().flatten().collect())
        }
    }
}
