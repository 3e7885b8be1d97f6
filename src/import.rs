//! Files, folders and standard input → a store: decode, document, extract and store in one call.
//!
//! Reading a source is a function of its bytes and knows nothing of the store; one writer takes the readings in the
//! order of the sources. A source that cannot be read is named with the reason, and the rest go on.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use walkdir::WalkDir;

use crate::reading::{Reading, read};
use crate::store::{Fingerprint, Imported, SourceFile, Store, StoreError};

/// Endings of the files that are taken from a folder. A file that is named itself is read whatever its ending.
const READABLE: [&str; 1] = ["txt"];

/// Something to import.
#[derive(Debug, Clone)]
pub struct Source {
    /// The name under which it is kept.
    pub name: String,
    origin: Origin,
}

#[derive(Debug, Clone)]
enum Origin {
    File(PathBuf),
    Bytes(Vec<u8>),
}

impl Source {
    /// Bytes that are here already, as from standard input.
    #[must_use]
    pub fn bytes(name: String, bytes: Vec<u8>) -> Self {
        Self {
            name,
            origin: Origin::Bytes(bytes),
        }
    }
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The path, or the name of what has none.
    pub name: String,
    /// Why.
    pub reason: String,
}

/// The files at these paths; of a folder all reports below it, in the order of their names.
///
/// A file is named by its file name, one from a folder by its path from there. Where two would have one name, both
/// are named by the path as given, so that the second does not take the place of the first.
#[must_use]
pub fn find(paths: &[PathBuf]) -> (Vec<Source>, Vec<Failure>) {
    let (mut sources, mut failures) = (Vec::new(), Vec::new());
    for path in paths {
        if path.is_dir() {
            find_below(path, &mut sources, &mut failures);
        } else {
            sources.push(Source {
                name: portable(path.file_name().map_or(path, Path::new)),
                origin: Origin::File(path.clone()),
            });
        }
    }
    tell_apart(&mut sources);
    (sources, failures)
}

fn find_below(folder: &Path, sources: &mut Vec<Source>, failures: &mut Vec<Failure>) {
    for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name() {
        match entry {
            Ok(entry) if entry.file_type().is_file() && is_readable(entry.path()) => {
                let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
                sources.push(Source {
                    name: portable(below),
                    origin: Origin::File(entry.into_path()),
                });
            }
            Ok(_) => {}
            Err(error) => failures.push(Failure {
                name: error
                    .path()
                    .map_or_else(|| portable(folder), |path| path.display().to_string()),
                reason: error
                    .io_error()
                    .map_or_else(|| error.to_string(), plain_reason),
            }),
        }
    }
}

fn is_readable(path: &Path) -> bool {
    path.extension().is_some_and(|ending| {
        READABLE
            .iter()
            .any(|readable| ending.eq_ignore_ascii_case(readable))
    })
}

fn tell_apart(sources: &mut [Source]) {
    let mut uses: HashMap<String, usize> = HashMap::new();
    for source in &*sources {
        *uses.entry(source.name.clone()).or_default() += 1;
    }
    for source in sources {
        if let Origin::File(path) = &source.origin
            && uses[&source.name] > 1
        {
            source.name = portable(path);
        }
    }
}

/// A path with `/` between its parts on every system.
fn portable(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/").replace("//", "/")
}

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
        }
    }

    fn add(&mut self, more: Self) {
        self.reports += more.reports;
        self.figures += more.figures;
        self.tasks += more.tasks;
        self.doubts += more.doubts;
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
    /// What could not be read.
    pub failures: Vec<Failure>,
    /// How long it took.
    pub took: Duration,
}

impl Summary {
    fn add(&mut self, source: &Source, outcome: Outcome) {
        match outcome {
            Outcome::Imported { replaced, counts } => {
                self.counts.add(counts);
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

impl Source {
    /// How a message names it: the path, or the name of what has none.
    #[must_use]
    pub fn place(&self) -> String {
        match &self.origin {
            Origin::File(path) => path.display().to_string(),
            Origin::Bytes(_) => self.name.clone(),
        }
    }
}

/// Reads one source; `known` are the contents that need no reading.
fn read_source(source: &Source, known: &HashMap<Fingerprint, String>) -> Read {
    let loaded;
    let bytes: &[u8] = match &source.origin {
        Origin::Bytes(bytes) => bytes,
        Origin::File(path) => match std::fs::read(path) {
            Ok(bytes) => {
                loaded = bytes;
                &loaded
            }
            Err(error) => {
                return Read::Failed {
                    reason: plain_reason(&error),
                };
            }
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

/// The usual reasons in plain words, without the number of the system's error.
fn plain_reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder".into(),
        ErrorKind::PermissionDenied => "you may not read it".into(),
        _ => error.to_string(),
    }
}
