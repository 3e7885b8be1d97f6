use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::ErrorCode;

/// Why the store could not do what was asked. Each message says what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no file at the path.
    #[error("there is no store at {}; import a report to make one", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A store was to be made where there is a file already.
    #[error("{} exists already; open it, or choose another name", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The file is not a SQLite file, or one that another program made.
    #[error("{} is not a store; name a file that zhenzhi made", path.display())]
    NotAStore {
        /// The file.
        path: PathBuf,
    },
    /// A newer program made the store.
    #[error(
        "{} was made by a newer zhenzhi (schema {found}, this one knows up to {known}); use that version, or import \
         the reports anew",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The schema version in the file.
        found: i32,
        /// The newest version that this program knows.
        known: i32,
    },
    /// The file has the mark of a store, and not its tables.
    #[error("{} has been altered by another program: {what}; use an unaltered copy", path.display())]
    Altered {
        /// The file.
        path: PathBuf,
        /// What is not as it should be.
        what: String,
    },
    /// A folder stands where the file should.
    #[error("{} is a folder, and a store is one file: {}", path.display(), path.join("reports.db").display())]
    Folder {
        /// The folder.
        path: PathBuf,
    },
    /// The folder in which the file should stand is not there.
    #[error("there is no folder for {}; make it first, or correct the path", path.display())]
    NoFolder {
        /// The file.
        path: PathBuf,
    },
    /// The system forbids to read the file, or to make one in its folder.
    #[error("{} may not be opened by you: the rights of the file or of its folder forbid it", path.display())]
    NotAllowed {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be opened or made, for a reason that the system does not give.
    #[error("{} cannot be opened; check that its folder exists and that you may use it", path.display())]
    CannotOpen {
        /// The file.
        path: PathBuf,
    },
    /// Another program is writing to the store.
    #[error("{} is in use by another program; try again when it is done", path.display())]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// The file, its folder or its disk does not allow writing.
    #[error(
        "{} cannot be written to; check its permissions and those of its folder, or work on a copy",
        path.display()
    )]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// The disk is full, or the file may not grow.
    #[error(
        "there is no room for {}: the disk is full, or a file may not grow so large; free some space and try again, \
         what was written before is kept",
        path.display()
    )]
    DiskFull {
        /// The file.
        path: PathBuf,
    },
    /// All is written, but there is no room to put it from the log into the one file.
    #[error(
        "there is no room to complete {}: the disk is full, or a file may not grow so large; all is kept beside it in \
         {}-wal, which belongs to it; free some space and import again to have one file",
        path.display(), path.display()
    )]
    LogStays {
        /// The file.
        path: PathBuf,
    },
    /// The file is damaged.
    #[error("{} is damaged; use a backup, or import the reports anew", path.display())]
    Corrupt {
        /// The file.
        path: PathBuf,
    },
    /// The disk failed while the file was read or written.
    #[error("{} could not be read or written ({reason}); check the disk", path.display())]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// A statement that would change the store, or reach outside it, was given as a question.
    #[error("a question must be one SELECT that only reads this store: {sql}")]
    NotAQuestion {
        /// The statement.
        sql: String,
    },
    /// A question uses something that no store has.
    #[error("a question may not use {what}; README in the store has the tables that it may read")]
    NotOfAStore {
        /// The table or function.
        what: String,
    },
    /// The rows of a question are more than memory should hold.
    #[error("the answer has more than {most} million bytes; ask for fewer rows or columns")]
    TooLarge {
        /// How many million bytes it may have.
        most: usize,
    },
    /// A statement took longer than it may.
    #[error(
        "the question took longer than {} seconds and was broken off; ask for less, or allow more time",
        limit.as_secs_f64()
    )]
    TooSlow {
        /// How long it was allowed to take.
        limit: Duration,
    },
    /// A statement was broken off by its asker; see [`Interrupter`](super::Interrupter).
    #[error("the question was stopped; nothing was changed")]
    Interrupted,
    /// SQLite refused a statement.
    #[error("SQLite refuses the statement: {reason}")]
    Sql {
        /// What SQLite said.
        reason: String,
    },
    /// What the reader handed over breaks the schema: an error of this program.
    #[error("this is an error in zhenzhi, please report it: {reason}")]
    Defect {
        /// What SQLite said.
        reason: String,
    },
}

impl StoreError {
    /// What an error of rusqlite on the store at `path` means to its user.
    pub(super) fn new(path: &Path, error: &rusqlite::Error) -> Self {
        let path = path.to_owned();
        let reason = match error {
            // Its text repeats the whole statement.
            rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
            _ => error.to_string(),
        };
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotAStore { path },
            Some(ErrorCode::CannotOpen) => Self::not_opened(path),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked { path },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly { path },
            Some(ErrorCode::DiskFull) => Self::DiskFull { path },
            _ if is_of_writing(error) => Self::DiskFull { path },
            Some(ErrorCode::DatabaseCorrupt) => Self::Corrupt { path },
            Some(ErrorCode::SystemIoFailure) => Self::Disk { path, reason },
            Some(ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch) => {
                Self::Defect { reason }
            }
            None if is_of_a_cell(error) => Self::Altered { path, what: reason },
            Some(ErrorCode::OutOfMemory) => Self::TooLarge { most: 2048 },
            _ => Self::Sql { reason },
        }
    }

    /// Why a file cannot be opened, as far as the system says it.
    pub(super) fn not_opened(path: PathBuf) -> Self {
        let is_forbidden = |error: &io::Error| error.kind() == ErrorKind::PermissionDenied;
        if path.is_dir() {
            return Self::Folder { path };
        }
        match File::open(&path) {
            // It can be read, so it is the journal beside it that cannot be made.
            Ok(_) => Self::ReadOnly { path },
            Err(error) if is_forbidden(&error) => Self::NotAllowed { path },
            Err(_) => {
                let folder = path.parent().filter(|folder| *folder != Path::new(""));
                match folder.map(Path::metadata) {
                    Some(Ok(found)) if found.is_dir() => Self::NotAllowed { path },
                    Some(Err(error)) if is_forbidden(&error) => Self::NotAllowed { path },
                    Some(_) => Self::NoFolder { path },
                    None => Self::NotAllowed { path },
                }
            }
        }
    }

    /// Whether the store as a whole can no longer be used, so that there is no point in going on with the next file.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        !matches!(
            self,
            Self::Defect { .. }
                | Self::NotAQuestion { .. }
                | Self::NotOfAStore { .. }
                | Self::TooLarge { .. }
                | Self::TooSlow { .. }
                | Self::Interrupted
                | Self::Sql { .. }
        )
    }
}

/// Whether the system refused a write without a word on why, as it does where a file may not grow.
fn is_of_writing(error: &rusqlite::Error) -> bool {
    error
        .sqlite_error()
        .is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_IOERR_WRITE)
}

/// Whether a cell holds what no program of ours puts there: another type, bytes that are no text, a number too large.
fn is_of_a_cell(error: &rusqlite::Error) -> bool {
    use rusqlite::Error;
    matches!(
        error,
        Error::InvalidColumnType(..)
            | Error::FromSqlConversionFailure(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::Utf8Error(..)
    )
}
