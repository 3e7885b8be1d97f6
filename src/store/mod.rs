//! Facts ↔ the file: one SQLite file with the reports, what they say, and the vocabulary.
//!
//! The only room that names rusqlite. The shape of the file is `schema.sql`, which is a contract with everyone who
//! opens it without this program. Knows nothing of questions: it runs the SQL that it is given, and refuses what
//! would change the file.

mod answers;
mod batch;
mod catalog;
mod changes;
mod connect;
mod contents;
mod diff;
mod documents;
mod error;
mod error_zh;
mod evidence;
mod fingerprint;
mod fulltext;
mod guard;
mod heard;
mod index;
mod info;
mod merge;
mod meta;
mod migrate;
mod moment;
mod open;
mod overview;
mod passages;
mod phrases;
mod places;
mod quotes;
mod reread;
mod rows;
mod saved;
mod schema;
mod scripts;
mod select;
mod share;
mod snapshot;
mod verify;
mod vocabulary;
mod worked_out;
mod write;

use std::cell::{Cell, OnceCell, RefCell};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;

pub use batch::{Batch, Imported, SourceFile};
pub use catalog::{KnownIndicator, KnownPlace};
pub use changes::{ChangedFigure, ReportChanges, Tally, ToldFigure};
pub use diff::{Difference, ReportLine};
pub use error::StoreError;
pub use evidence::{Evidence, Reading};
pub use fingerprint::Fingerprint;
pub use fulltext::Indexer;
pub use guard::Interrupter;
pub use heard::Occurrences;
pub use info::Info;
pub use merge::{Conflict, Merged};
pub use meta::is_free_key;
pub use migrate::Migration;
pub use moment::stated_moment;
pub use overview::Overview;
pub use passages::Passages;
pub use quotes::{Quote, Quotes};
pub use reread::{Reread, RereadMode};
pub use saved::SavedQuery;
pub use schema::{APPLICATION_ID, SCHEMA, SCHEMA_VERSION};
pub use scripts::SavedScript;
pub use select::{Limits, Rows};
pub use share::{ShareTerms, Shared, Texts};
pub use verify::{Fault, Verified};

/// An open store.
///
/// While an import writes, a journal lies beside the file; dropping the store leaves the one file. An import that finds
/// nothing new does not touch it.
#[derive(Debug)]
pub struct Store {
    conn: Connection,
    path: PathBuf,
    access: Access,
    /// Whether something has been written since it was opened.
    is_writing: Cell<bool>,
    /// Whether it had no document then, and all indicators that new figures may carry.
    is_filled_first: Cell<bool>,
    /// Up while a statement of a question is prepared or run; see `select`.
    watch: Arc<guard::Watch>,
    /// How long whatever is done may take.
    time_limit: Cell<Option<Duration>>,
    /// What was done to an older file on opening it.
    migration: RefCell<Option<Migration>>,
    /// Where a text is read again to be compared; see `reread`.
    scratch: OnceCell<Box<Store>>,
}

/// What a store was opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
    Read,
    Write,
}

impl Store {
    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Breaks off the questions of this store from another thread.
    pub fn interrupter(&self) -> Interrupter {
        Interrupter::new(&self.watch)
    }
}
