use std::collections::{HashMap, VecDeque};
use std::fs;
use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, Scope};

use super::Unreadable;
use super::source::{Origin, Source, load};
use crate::reading::{self, DecodeError, Reading};
use crate::store::{Fingerprint, Indexer, Passages, SourceFile};

/// The readers are ahead of the writer by so many bytes of sources at most, the more the longer the import is: enough that
/// they need not wait while it commits, and few enough that all that is read from them fits into memory and that little
/// is left to write when the last source is read.
const AHEAD_BYTES: RangeInclusive<u64> = 3 << 20..=5 << 20;
/// And not by more than so many sources.
const AHEAD_SOURCES: usize = 1024;
/// With so much of that to do, the writer needs a core to itself, and one reader rests: were all of them to read until
/// there is no room, all would wait while the writer commits, and a core with them.
const ENOUGH: u64 = 3;

/// What reading a source gives.
pub(super) enum Read {
    /// A content that the store did not have when the import began.
    New(Box<FileRead>),
    /// One that it had.
    Known(Fingerprint),
    /// It cannot be read.
    Failed { reason: Unreadable },
    /// It was not looked at, since the import is to stop.
    Left,
}

/// A file and what it says.
pub(super) struct FileRead {
    pub(super) file: SourceFile,
    pub(super) reading: Reading,
    pub(super) passages: Passages,
}

/// Reads sources on several threads, each the next that nobody has begun, and hands the readings over in their order.
pub(super) struct Readers<'a> {
    sources: &'a [Source],
    known: &'a HashMap<Fingerprint, String>,
    should_stop: &'a (dyn Fn() -> bool + Sync),
    /// How many threads read at most.
    jobs: usize,
    shelf: Mutex<Shelf>,
    /// Something was put on the shelf.
    is_read: Condvar,
    /// Something was taken from it.
    has_room: Condvar,
}

/// Where readings wait until the writer takes them.
#[derive(Default)]
struct Shelf {
    /// How many sources have been taken by the writer.
    taken: usize,
    /// And how many bytes.
    taken_bytes: u64,
    /// Those begun since: how many bytes each has, and what was read of it once that is done.
    begun: VecDeque<(u64, Option<Read>)>,
    /// How many bytes these have together.
    bytes: u64,
    /// How many readers are at work.
    reading: usize,
    /// Nobody takes any more.
    is_shut: bool,
}

impl Shelf {
    /// The number of the source that is begun next.
    fn next(&self) -> usize {
        self.taken + self.begun.len()
    }

    /// Whether there is room for another source, in such a part of the shelf.
    fn has_room(&self, part: u64) -> bool {
        let most = (self.taken_bytes / 8).clamp(*AHEAD_BYTES.start(), *AHEAD_BYTES.end());
        self.bytes < most / part && self.begun.len() < AHEAD_SOURCES
    }

    /// Makes room for the next of the sources, and gives its number.
    fn claim(&mut self, sources: &[Source]) -> usize {
        let at = self.next();
        let bytes = size(&sources[at]);
        self.begun.push_back((bytes, None));
        self.bytes += bytes;
        at
    }
}

impl<'a> Readers<'a> {
    /// Readers of these sources, as many as `jobs`; 0 is one a core. `known` are the contents that need no reading.
    pub(super) fn new(
        sources: &'a [Source],
        known: &'a HashMap<Fingerprint, String>,
        jobs: usize,
        should_stop: &'a (dyn Fn() -> bool + Sync),
    ) -> Self {
        let cores = || thread::available_parallelism().map_or(1, usize::from);
        let jobs = if jobs == 0 { cores() } else { jobs };
        Self {
            sources,
            known,
            should_stop,
            jobs: jobs.min(sources.len()),
            shelf: Mutex::default(),
            is_read: Condvar::new(),
            has_room: Condvar::new(),
        }
    }

    /// Starts the threads. They end when all is read, or when what they have read is dropped.
    pub(super) fn start<'scope>(
        &'scope self,
        scope: &'scope Scope<'scope, '_>,
    ) -> Readings<'scope> {
        let started = (0..self.jobs)
            .filter(|number| {
                let thread = thread::Builder::new().name(format!("reader {number}"));
                let started = thread.spawn_scoped(scope, || {
                    let mut indexer = Indexer::default();
                    while self.read_next(&mut indexer) {}
                });
                started.is_ok()
            })
            .count();
        Readings {
            readers: self,
            alone: (started == 0).then(Indexer::default),
        }
    }

    /// The reading of the next source, once it is read; `None` after the last.
    fn take(&self) -> Option<Read> {
        let mut held = self.lock();
        while held.taken < self.sources.len() {
            if let Some((_, Some(_))) = held.begun.front() {
                let (bytes, read) = held.begun.pop_front()?;
                held.bytes -= bytes;
                held.taken_bytes += bytes;
                held.taken += 1;
                drop(held);
                self.has_room.notify_all();
                return read;
            }
            let ready = self.is_read.wait(held);
            held = ready.unwrap_or_else(PoisonError::into_inner);
        }
        None
    }

    /// Reads the next source that nobody has begun; false where there is none.
    fn read_next(&self, indexer: &mut Indexer) -> bool {
        let Some(at) = self.claim() else {
            return false;
        };
        let read = if (self.should_stop)() {
            Read::Left
        } else {
            read_source(&self.sources[at], self.known, indexer)
        };
        let mut held = self.lock();
        let place = at - held.taken;
        held.begun[place].1 = Some(read);
        held.reading -= 1;
        drop(held);
        self.is_read.notify_all();
        true
    }

    /// Waits until there is room, and gives the number of the next source that nobody has begun.
    fn claim(&self) -> Option<usize> {
        let mut held = self.lock();
        loop {
            if held.is_shut || held.next() == self.sources.len() {
                return None;
            }
            let is_last_at_rest = self.jobs > 1 && held.reading + 1 == self.jobs;
            if held.has_room(if is_last_at_rest { ENOUGH } else { 1 }) {
                held.reading += 1;
                return Some(held.claim(self.sources));
            }
            let room = self.has_room.wait(held);
            held = room.unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A thread that broke left the shelf as it should be: nothing is done to it that could break.
    fn lock(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is read, one reading a source, in the order of the sources.
pub(super) struct Readings<'a> {
    readers: &'a Readers<'a>,
    /// Where the system gives no thread, whoever asks for a reading reads.
    alone: Option<Indexer>,
}

impl Iterator for Readings<'_> {
    type Item = Read;

    fn next(&mut self) -> Option<Read> {
        if let Some(indexer) = &mut self.alone {
            self.readers.read_next(indexer);
        }
        self.readers.take()
    }
}

impl Drop for Readings<'_> {
    fn drop(&mut self) {
        self.readers.lock().is_shut = true;
        self.readers.has_room.notify_all();
    }
}

/// Bytes of a source; what cannot be looked at has none.
fn size(source: &Source) -> u64 {
    match &source.origin {
        Origin::Bytes(bytes) => bytes.len() as u64,
        Origin::File(path) => fs::metadata(path).map_or(0, |file| file.len()),
    }
}

/// Reads one source, unless its content is known.
pub(super) fn read_source(
    source: &Source,
    known: &HashMap<Fingerprint, String>,
    indexer: &mut Indexer,
) -> Read {
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
    let read = unbroken(|| {
        let reading = reading::read_named(bytes, &source.name)?;
        let passages = Passages::of(&reading, indexer);
        let passages = passages.fingerprinted(&reading, bytes, &fingerprint);
        Ok::<_, DecodeError>((passages, reading))
    });
    match read {
        Ok(Ok((passages, reading))) => Read::New(Box::new(FileRead {
            file: SourceFile {
                name: source.name.clone(),
                fingerprint,
                size_bytes: bytes.len() as u64,
            },
            reading,
            passages,
        })),
        Ok(Err(error)) => Read::Failed {
            reason: error.into(),
        },
        Err(reason) => Read::Failed { reason },
    }
}

/// One text on which the reader breaks must not cost the others.
fn unbroken<T>(read: impl FnOnce() -> T) -> Result<T, Unreadable> {
    catch_unwind(AssertUnwindSafe(read)).map_err(|_| Unreadable::ReaderBroke)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(readings: Readings<'_>) -> Vec<u64> {
        readings
            .map(|read| match read {
                Read::New(file) => file.file.size_bytes,
                _ => 0,
            })
            .collect()
    }

    #[test]
    fn every_source_is_handed_over_once_in_order() {
        let sources: Vec<_> = (1..=AHEAD_SOURCES + 100)
            .map(|bytes| Source::bytes("一份报告".into(), vec![b'a'; bytes % 700 + 1]))
            .collect();
        let wanted: Vec<_> = sources.iter().map(size).collect();
        let known = HashMap::new();
        for jobs in [1, 2, 7] {
            let readers = Readers::new(&sources, &known, jobs, &|| false);
            let sizes = thread::scope(|scope| sizes(readers.start(scope)));
            assert_eq!(sizes, wanted, "{jobs}");
        }
        let readers = Readers::new(&sources, &known, 1, &|| false);
        let alone = Readings {
            readers: &readers,
            alone: Some(Indexer::default()),
        };
        assert_eq!(sizes(alone), wanted);
    }

    #[test]
    fn readers_go_no_further_than_there_is_room_and_home_when_they_are_sent() {
        let long = Source::bytes("一份报告".into(), vec![b'a'; 1000]);
        let sources = vec![long; AHEAD_SOURCES * 2];
        let known = HashMap::new();
        let readers = Readers::new(&sources, &known, 2, &|| false);
        thread::scope(|scope| {
            assert!(readers.start(scope).next().is_some());
        });
        let begun = readers.lock().begun.len();
        assert!(begun <= AHEAD_SOURCES, "{begun}");
    }
}
