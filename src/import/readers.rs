use std::collections::HashMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::source::{Origin, Source, load};
use crate::reading::{Reading, read};
use crate::store::{Fingerprint, SourceFile};

/// Sources are read, and written, so many bytes at a time: enough that the store's work on a transaction is small
/// beside that on its rows, and few enough that three such batches fit into memory with all that is read from them.
const BATCH_BYTES: u64 = 4 << 20;
/// And not more than so many sources.
const BATCH_SOURCES: usize = 512;

/// What reading a source gives.
pub(super) enum Read {
    /// A content that the store did not have when the import began.
    New(Box<FileRead>),
    /// One that it had.
    Known(Fingerprint),
    /// It cannot be read.
    Failed { reason: String },
    /// It was not looked at, since the import is to stop.
    Left,
}

/// A file and what it says.
pub(super) struct FileRead {
    pub(super) file: SourceFile,
    pub(super) reading: Reading,
}

/// Threads that read.
pub(super) struct Readers<'a> {
    pool: Option<ThreadPool>,
    known: &'a HashMap<Fingerprint, String>,
    should_stop: &'a (dyn Fn() -> bool + Sync),
}

impl<'a> Readers<'a> {
    /// As many threads as `jobs`; 0 is one a core. `known` are the contents that need no reading.
    pub(super) fn new(
        jobs: usize,
        known: &'a HashMap<Fingerprint, String>,
        should_stop: &'a (dyn Fn() -> bool + Sync),
    ) -> Self {
        // Where the system gives no threads, the one that there is reads.
        let pool = ThreadPoolBuilder::new()
            .num_threads(jobs)
            .thread_name(|at| format!("reader {at}"))
            .build()
            .ok();
        Self {
            pool,
            known,
            should_stop,
        }
    }

    /// Reads all sources of a batch; the readings stand in the order of the sources.
    pub(super) fn read(&self, batch: &[Source]) -> Vec<Read> {
        let read_one = |source: &Source| {
            if (self.should_stop)() {
                Read::Left
            } else {
                read_source(source, self.known)
            }
        };
        match &self.pool {
            Some(pool) => pool.install(|| batch.par_iter().map(read_one).collect()),
            None => batch.iter().map(read_one).collect(),
        }
    }
}

/// The sources in the batches in which they are read and written.
pub(super) fn batches(sources: &[Source]) -> impl Iterator<Item = &[Source]> {
    let mut rest = sources;
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let mut count = 0;
        while count < rest.len() && count < BATCH_SOURCES && bytes < BATCH_BYTES {
            bytes += size(&rest[count]);
            count += 1;
        }
        let (batch, after) = rest.split_at(count);
        rest = after;
        (count > 0).then_some(batch)
    })
}

/// Bytes of a source; what cannot be looked at has none.
fn size(source: &Source) -> u64 {
    match &source.origin {
        Origin::Bytes(bytes) => bytes.len() as u64,
        Origin::File(path) => fs::metadata(path).map_or(0, |file| file.len()),
    }
}

/// Reads one source, unless its content is known.
pub(super) fn read_source(source: &Source, known: &HashMap<Fingerprint, String>) -> Read {
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
    if known.contains_key(&fingerprint) {
        return Read::Known(fingerprint);
    }
    // One text on which the reader breaks must not cost the others.
    match catch_unwind(AssertUnwindSafe(|| read(bytes))) {
        Ok(Ok(reading)) => Read::New(Box::new(FileRead {
            file: SourceFile {
                name: source.name.clone(),
                fingerprint,
                size_bytes: bytes.len() as u64,
            },
            reading,
        })),
        Ok(Err(error)) => Read::Failed {
            reason: error.to_string(),
        },
        Err(_) => Read::Failed {
            reason: "the reader broke on it; this is an error in zhenzhi, please report it".into(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(bytes: usize) -> Source {
        Source::bytes("一份报告".into(), vec![b'a'; bytes])
    }

    #[test]
    fn batches_hold_every_source_once_in_order() {
        let sizes = [BATCH_BYTES as usize + 1, 1, 2, BATCH_BYTES as usize, 3];
        let sources: Vec<_> = sizes.into_iter().map(source).collect();
        let counts: Vec<_> = batches(&sources).map(<[Source]>::len).collect();
        assert_eq!(counts, [1, 3, 1]);
        assert_eq!(batches(&[]).count(), 0);
        let many = vec![source(1); BATCH_SOURCES + 1];
        let counts: Vec<_> = batches(&many).map(<[Source]>::len).collect();
        assert_eq!(counts, [BATCH_SOURCES, 1]);
    }
}
