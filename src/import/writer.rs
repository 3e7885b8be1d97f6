use std::collections::HashMap;
use std::mem;
use std::ops::RangeInclusive;

use super::readers::{FileRead, Read, read_source};
use super::{Counts, Outcome, Source};
use crate::store::{Batch, Imported, Indexer, Store, StoreError};

/// So many bytes of sources come into the store at once, the more the longer the import is: what the store does for
/// each transaction is to be small beside what it does for the rows, and what is left to do when the last source is read
/// small beside the whole.
const BATCH_BYTES: RangeInclusive<u64> = 4 << 20..=16 << 20;

/// Takes readings in the order of their sources into the store. The number of readings that come into it together does
/// not depend on who read them, so the store is the same whatever the number of readers.
pub(super) struct Writer<'a, 'b> {
    store: &'a Store,
    batch: Batch<'a>,
    /// What becomes of the sources of the batch when it is committed; nothing of one that was left.
    waiting: Vec<(&'a Source, Option<Outcome>)>,
    /// Bytes of sources in the batch, and in those before it.
    bytes: u64,
    bytes_before: u64,
    /// Told what became of each source once that is sure.
    tell: &'b mut dyn FnMut(&Source, Option<Outcome>),
}

impl<'a, 'b> Writer<'a, 'b> {
    pub(super) fn new(store: &'a Store, tell: &'b mut dyn FnMut(&Source, Option<Outcome>)) -> Self {
        Self {
            store,
            batch: store.batch(),
            waiting: Vec::new(),
            bytes: 0,
            bytes_before: 0,
            tell,
        }
    }

    /// Writes what was read of a source.
    ///
    /// # Errors
    /// Only where the store itself fails; what was committed before stays.
    pub(super) fn write(&mut self, source: &'a Source, read: Read) -> Result<(), StoreError> {
        match self.outcome(source, read) {
            Ok(outcome) => {
                self.waiting.push((source, outcome));
                let most = (self.bytes_before / 4).clamp(*BATCH_BYTES.start(), *BATCH_BYTES.end());
                if self.bytes >= most {
                    self.finish()?;
                }
                Ok(())
            }
            Err(error) if error.is_fatal() => Err(error),
            Err(_) => self.write_each_alone(Some(source)),
        }
    }

    /// Commits what is written, and tells of it.
    ///
    /// # Errors
    /// Only where the store itself fails.
    pub(super) fn finish(&mut self) -> Result<(), StoreError> {
        match self.next_batch().commit() {
            Ok(()) => {
                for (source, outcome) in mem::take(&mut self.waiting) {
                    (self.tell)(source, outcome);
                }
                Ok(())
            }
            Err(error) if error.is_fatal() => Err(error),
            Err(_) => self.write_each_alone(None),
        }
    }

    /// Begins a new batch and gives the one so far.
    fn next_batch(&mut self) -> Batch<'a> {
        self.bytes_before += mem::take(&mut self.bytes);
        mem::replace(&mut self.batch, self.store.batch())
    }

    fn outcome(&mut self, source: &Source, read: Read) -> Result<Option<Outcome>, StoreError> {
        match read {
            Read::New(file) => self.add(*file).map(Some),
            Read::Known(content) => match self.store.name_of(&content)? {
                Some(name) => Ok(Some(Outcome::Known { name })),
                // This import has replaced it.
                None => self.outcome(source, read_again(source)),
            },
            Read::Failed { reason } => Ok(Some(Outcome::Failed { reason })),
            Read::Left => Ok(None),
        }
    }

    fn add(&mut self, read: FileRead) -> Result<Outcome, StoreError> {
        self.bytes += read.file.size_bytes;
        Ok(
            match self.batch.add(&read.file, &read.reading, read.passages)? {
                Imported::Known { name } => Outcome::Known { name },
                imported => Outcome::Imported {
                    replaced: imported == Imported::Replaced,
                    counts: Counts::of(&read.reading),
                },
            },
        )
    }

    /// A source cannot be written, the given one or one that only the commit found out. Nothing of the batch is in the
    /// store; its sources are read once more and each is written in a batch of its own, so that only the one is lost.
    fn write_each_alone(&mut self, last: Option<&'a Source>) -> Result<(), StoreError> {
        drop(self.next_batch());
        for (source, outcome) in mem::take(&mut self.waiting) {
            let outcome = match outcome {
                Some(Outcome::Imported { .. } | Outcome::Known { .. }) => {
                    self.write_alone(source)?
                }
                other => other,
            };
            (self.tell)(source, outcome);
        }
        if let Some(source) = last {
            let outcome = self.write_alone(source)?;
            (self.tell)(source, outcome);
        }
        Ok(())
    }

    fn write_alone(&mut self, source: &Source) -> Result<Option<Outcome>, StoreError> {
        let written = self
            .outcome(source, read_again(source))
            .and_then(|outcome| self.next_batch().commit().map(|()| outcome));
        match written {
            Err(error) if !error.is_fatal() => {
                drop(self.next_batch());
                Ok(Some(Outcome::Failed {
                    reason: (&error).into(),
                }))
            }
            written => written,
        }
    }
}

fn read_again(source: &Source) -> Read {
    read_source(source, &HashMap::new(), &mut Indexer::default())
}
