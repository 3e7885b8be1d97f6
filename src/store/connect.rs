//! A connection to a file that may come from anyone: what SQLite is told before it looks into it.

use std::fmt::Write;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::guard::Watch;

/// How long to wait for another program that is writing.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// No text or number of a file that is only read is longer than this many bytes.
const LONGEST_VALUE: i32 = 256 << 20;

/// SQLite's own memory stays below this many bytes where files are only read.
const MOST_MEMORY: i64 = 2 << 30;

/// Memory for pages while questions are asked, in KiB as SQLite has it. A question about all places comes back to the
/// same pages from several sides, and a page that is read anew is checked anew.
const READING_CACHE: i64 = -128_000;

/// The last bytes of a journal that names another file, which SQLite would take away.
const NAMES_ANOTHER: [u8; 8] = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];

/// Opens a file to read. Nothing is written, not even beside it, unless another program writes to it or broke off.
pub(super) fn to_read(path: &Path, watch: &Arc<Watch>) -> rusqlite::Result<Connection> {
    if has_journal_to_roll_back(path) {
        roll_back(path)?;
    }
    let conn = match immutable_uri(path) {
        Some(uri) if is_alone(path) => {
            let conn = open(Path::new(&uri), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            // A log that has come meanwhile is another program's, which writes now.
            if is_alone(path) {
                conn
            } else {
                open(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?
            }
        }
        _ => open(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?,
    };
    let mut conn = guarded(conn)?;
    conn.pragma_update(None, "query_only", true)?;
    conn.pragma_update(None, "mmap_size", 0)?;
    conn.pragma_update(None, "cache_size", READING_CACHE)?;
    conn.query_row(
        &format!("PRAGMA hard_heap_limit = {MOST_MEMORY}"),
        (),
        |_| Ok(()),
    )?;
    conn.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST_VALUE)?;
    conn.set_limit(Limit::SQLITE_LIMIT_SQL_LENGTH, 1 << 20)?;
    conn.set_limit(Limit::SQLITE_LIMIT_EXPR_DEPTH, 1_000)?;
    conn.set_limit(Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1_000)?;
    conn.set_limit(Limit::SQLITE_LIMIT_WORKER_THREADS, 0)?;
    watch.install(&mut conn)?;
    Ok(conn)
}

/// Opens a file to write, or makes it.
pub(super) fn to_write(path: &Path, watch: &Arc<Watch>) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let mut conn = guarded(open(path, flags)?)?;
    watch.install(&mut conn)?;
    Ok(conn)
}

fn open(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    Connection::open_with_flags(path, flags)
}

/// Nothing that the file holds is run: no trigger, no function that does more than compute. SQLite's own tables cannot
/// be written to, and damaged pages are told.
fn guarded(conn: Connection) -> rusqlite::Result<Connection> {
    conn.busy_timeout(PATIENCE)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    // Else SQLite reads each statement a second time, for plans that fit the values bound to it.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.pragma_update(None, "cell_size_check", true)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.set_prepared_statement_cache_capacity(64);
    Ok(conn)
}

/// Whether the file was written with a log beside it that is not there any more: a copy, or one that was shut well.
/// Reading it in the usual way would put a new log beside it, which fails in a folder that is only to be read.
fn is_alone(path: &Path) -> bool {
    // Where the header says how the file was written, and the byte that says that it was with a log.
    const AT: usize = 18;
    const LOG: u8 = 2;
    let mut header = [0_u8; 20];
    let is_logged = File::open(path)
        .and_then(|mut file| file.read_exact(&mut header))
        .is_ok_and(|()| header[AT] == LOG);
    is_logged && !has_log(path)
}

/// Whether a log lies beside the file.
pub(super) fn has_log(path: &Path) -> bool {
    beside(path, "-wal").exists()
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The file as an address that says that nobody writes to it.
fn immutable_uri(path: &Path) -> Option<String> {
    let path = std::path::absolute(path).ok()?;
    let mut uri = String::from("file:");
    for byte in path.to_str()?.bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
                uri.push(char::from(byte));
            }
            _ => {
                // Writing to a string cannot fail.
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    Some(uri + "?immutable=1")
}

/// Whether a program that wrote to the file was broken off in the moment in which it could not be read. A journal that
/// names other files is nobody's of ours, and is left alone.
fn has_journal_to_roll_back(path: &Path) -> bool {
    let Ok(mut journal) = File::open(beside(path, "-journal")) else {
        return false;
    };
    let mut last = [0_u8; 8];
    journal.seek(SeekFrom::End(-8)).is_ok()
        && journal.read_exact(&mut last).is_ok()
        && last != NAMES_ANOTHER
}

/// SQLite puts back what a broken-off program had begun to change, if nobody is at it now.
fn roll_back(path: &Path) -> rusqlite::Result<()> {
    let conn = match open(path, OpenFlags::SQLITE_OPEN_READ_WRITE) {
        Ok(conn) => conn,
        // It may not be written to; reading it will say so.
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::CannotOpen) => return Ok(()),
        Err(error) => return Err(error),
    };
    let conn = guarded(conn)?;
    let read = conn.query_row("SELECT count(*) FROM sqlite_schema", (), |_| Ok(()));
    match read
        .as_ref()
        .err()
        .and_then(rusqlite::Error::sqlite_error_code)
    {
        Some(ErrorCode::ReadOnly | ErrorCode::DatabaseBusy) => Ok(()),
        _ => read,
    }
}
