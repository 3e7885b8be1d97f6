//! Files, folders and standard input → a store: decode, document, extract and store in one call.
//!
//! Reading a source is a function of its bytes and knows nothing of the store, so sources are read in parallel; one
//! writer takes the readings in the order of the sources, whoever was ready first, and writes each while the next are
//! read. A source that cannot be read is named with the reason, and the rest go on.

mod readers;
mod ready;
mod source;
mod summary;
mod unreadable;
mod writer;

use std::thread;
use std::time::Instant;

use readers::Readers;
pub use ready::get_ready;
pub use source::{READABLE, Source, find, find_telling, load};
pub use summary::{Counts, Failure, Summary};
pub use unreadable::Unreadable;
use writer::Writer;

use crate::store::{Store, StoreError};

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
        reason: Unreadable,
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
    let readers = Readers::new(sources, &known, settings.jobs, settings.should_stop);
    let mut summary = Summary::default();
    thread::scope(|scope| {
        let mut readings = readers.start(scope);
        let mut tell = |source: &Source, outcome: Option<Outcome>| {
            if let Some(outcome) = outcome {
                watch(source, &outcome);
                summary.add(source, outcome);
            } else {
                summary.left += 1;
            }
        };
        let mut writer = Writer::new(store, &mut tell);
        sources
            .iter()
            .zip(&mut readings)
            .try_for_each(|(source, read)| writer.write(source, read))?;
        writer.finish()
    })?;
    summary.took = start.elapsed();
    Ok(summary)
}
