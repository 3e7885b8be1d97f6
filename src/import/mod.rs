//! Files, folders and standard input → a store: decode, document, extract and store in one call.
//!
//! Reading a source is a function of its bytes and knows nothing of the store; one writer takes the readings in the
//! order of the sources. A source that cannot be read is named with the reason, and the rest go on.

mod source;
mod summary;

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use source::Origin;
pub use source::{Source, find, load};
pub use summary::{Counts, Failure, Summary};

use crate::reading::{Reading, read};
use crate::store::{Fingerprint, Imported, SourceFile, Store, StoreError};

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

/// Imports the sources, and calls `watch` after each.
///
/// # Errors
/// Only where the store itself fails; what was imported before stays.
pub fn import(
    store: &Store,
    sources: &[Source],
    watch: &mut dyn FnMut(&Source, &Outcome),
) -> Result<Summary, StoreError> {
    let start = Instant::now();
    let mut known = store.contents()?;
    let mut summary = Summary::default();
    for source in sources {
        let outcome = match read_source(source, &known) {
            Read::Known { name } => Outcome::Known { name },
            Read::Failed { reason } => Outcome::Failed { reason },
            Read::New { file, reading } => write(store, &file, &reading)?,
        };
        if let Outcome::Imported { replaced: true, .. } = outcome {
            known = store.contents()?;
        }
        watch(source, &outcome);
        summary.add(source, outcome);
    }
    summary.took = start.elapsed();
    Ok(summary)
}

/// What reading a source gives.
enum Read {
    New {
        file: SourceFile,
        reading: Box<Reading>,
    },
    Known {
        name: String,
    },
    Failed {
        reason: String,
    },
}

/// Reads one source; `known` are the contents that need no reading.
fn read_source(source: &Source, known: &HashMap<Fingerprint, String>) -> Read {
    let loaded;
    let bytes: &[u8] = match &source.origin {
        Origin::Bytes(bytes) => bytes,
        Origin::File(path) => match load(path) {
            Ok(bytes) => {
                loaded = bytes;
                &loaded
            }
            Err(reason) => return Read::Failed { reason },
        },
    };
    let fingerprint = Fingerprint::of(bytes);
    if let Some(name) = known.get(&fingerprint) {
        return Read::Known { name: name.clone() };
    }
    // One text on which the reader breaks must not cost the others.
    match catch_unwind(AssertUnwindSafe(|| read(bytes))) {
        Ok(Ok(reading)) => Read::New {
            file: SourceFile {
                name: source.name.clone(),
                fingerprint,
                size_bytes: bytes.len() as u64,
            },
            reading: Box::new(reading),
        },
        Ok(Err(error)) => Read::Failed {
            reason: error.to_string(),
        },
        Err(_) => Read::Failed {
            reason: "the reader broke on it; this is an error in zhenzhi, please report it".into(),
        },
    }
}

fn write(store: &Store, file: &SourceFile, reading: &Reading) -> Result<Outcome, StoreError> {
    let imported = |replaced| Outcome::Imported {
        replaced,
        counts: Counts::of(reading),
    };
    match store.import(file, reading) {
        Ok(Imported::Added) => Ok(imported(false)),
        Ok(Imported::Replaced) => Ok(imported(true)),
        Ok(Imported::Known { name }) => Ok(Outcome::Known { name }),
        Err(error) if error.is_fatal() => Err(error),
        Err(error) => Ok(Outcome::Failed {
            reason: error.to_string(),
        }),
    }
}
