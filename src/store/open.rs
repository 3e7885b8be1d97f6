use std::cell::{Cell, OnceCell, RefCell};
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};

use super::batch::Unchecked;
use super::guard::Watch;
use super::schema::{self, APPLICATION_ID, Kind, SCHEMA, SCHEMA_VERSION};
use super::{
    Access, Migration, Store, StoreError, connect, meta, migrate, moment, phrases, vocabulary,
};

/// Memory for pages while an import writes, in KiB as SQLite has it; the indexes over figures are filled in no order.
const WRITING_CACHE: i64 = -32_000;

/// Fewer and larger pages than SQLite's own measure: less to write for an import.
const PAGE_SIZE: i64 = 8192;

impl Store {
    /// Makes a store where there is no file yet, with its schema and vocabulary.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        if path.metadata().is_ok_and(|file| file.len() > 0) {
            return Err(StoreError::Exists {
                path: path.to_owned(),
            });
        }
        let store = Self::connect(path, Access::Write)?;
        let is_made = store.run(|conn| {
            // Once a transaction writes, the size of pages is settled.
            conn.pragma_update(None, "page_size", PAGE_SIZE)?;
            // Another program may have begun to make it in the same moment, and be done with that by now.
            let is_taken = || {
                let id =
                    conn.pragma_query_value(None, "application_id", |row| row.get::<_, i32>(0));
                id.map(|id| id != 0)
            };
            if is_taken()? {
                return Ok(false);
            }
            let _unchecked = Unchecked::begin(conn)?;
            let tx = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
            if is_taken()? {
                return Ok(false);
            }
            tx.execute_batch(SCHEMA)?;
            let title = path.file_stem().unwrap_or_default().to_string_lossy();
            let program = concat!("zhenzhi ", env!("CARGO_PKG_VERSION"));
            meta::set(&tx, "title", &title)?;
            meta::set(&tx, "made_by", program)?;
            meta::set(&tx, "created", &moment::now())?;
            vocabulary::put(&tx)?;
            phrases::note_filled(&tx)?;
            tx.commit().map(|()| true)
        })?;
        if is_made {
            Ok(store)
        } else {
            Err(StoreError::Exists {
                path: path.to_owned(),
            })
        }
    }

    /// Opens a store to import into. The vocabulary and the phrases of reports are brought up to this program's, and the schema of an older store
    /// after a copy of it was made; see [`Store::migration`].
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let (store, version) = Self::connect_existing(path, Access::Write)?;
        if version < SCHEMA_VERSION {
            let done = store.run(|conn| migrate::upgrade(conn, path, version))?;
            *store.migration.borrow_mut() = Some(done);
        }
        store.run(vocabulary::refresh)?;
        store.run(phrases::refresh)?;
        Ok(store)
    }

    /// Opens a store to import into, or makes it where there is no file or an empty one.
    pub fn open_or_create(path: &Path) -> Result<Self, StoreError> {
        let is_empty = || path.metadata().map_or(true, |file| file.len() == 0);
        if is_empty() {
            match Self::create(path) {
                // Another program has made it in the same moment.
                Err(StoreError::Exists { .. }) => {}
                made => return made,
            }
        }
        match Self::open(path) {
            // A program was broken off while it made the file, which is empty again now.
            Err(StoreError::Missing { .. }) if is_empty() => Self::create(path),
            opened => opened,
        }
    }

    /// Opens a store to ask. Whoever made the file: nothing in it is run, and nothing is written.
    pub fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        let (store, version) = Self::connect_existing(path, Access::Read)?;
        store.run(|conn| migrate::as_of_today(conn, version))?;
        Ok(store)
    }

    /// Whenever another program is found writing, `keep_waiting` is asked, with how often it was asked already, and is to
    /// wait a moment itself; false gives up, with [`StoreError::Locked`]. Without this a store waits some seconds.
    pub fn wait_while(&mut self, keep_waiting: fn(i32) -> bool) -> Result<(), StoreError> {
        let set = self.conn.busy_handler(Some(keep_waiting));
        set.map_err(|error| self.failed(&error, None))
    }

    /// What was done to a store of an older schema when it was opened to write.
    pub fn migration(&self) -> Option<Migration> {
        self.migration.borrow().clone()
    }

    /// Whatever is done with the store from now on is broken off after this time, until the next call.
    pub fn set_time_limit(&self, time: Option<Duration>) {
        self.time_limit.set(time);
        self.watch.limit_all(time);
    }

    /// The store and the version of its schema.
    fn connect_existing(path: &Path, access: Access) -> Result<(Self, i32), StoreError> {
        let file = path.metadata().map_err(|error| {
            let path = path.to_owned();
            match error.kind() {
                std::io::ErrorKind::PermissionDenied => StoreError::NotAllowed { path },
                _ => StoreError::Missing { path },
            }
        })?;
        if file.is_dir() {
            return Err(StoreError::not_opened(path.to_owned()));
        }
        // Nobody has imported anything yet.
        if file.len() == 0 {
            return Err(StoreError::Missing {
                path: path.to_owned(),
            });
        }
        let store = Self::connect(path, access)?;
        let pragma = |name: &str| {
            store.run(|conn| conn.pragma_query_value(None, name, |row| row.get::<_, i32>(0)))
        };
        let mark = pragma("application_id")?;
        // A program was broken off while it made the file, and what it had begun has just been put back.
        if mark == 0 && path.metadata().is_ok_and(|file| file.len() == 0) {
            return Err(StoreError::Missing {
                path: path.to_owned(),
            });
        }
        if mark != APPLICATION_ID {
            return Err(StoreError::NotAStore {
                path: path.to_owned(),
            });
        }
        let found = pragma("user_version")?;
        if found > SCHEMA_VERSION {
            return Err(StoreError::Newer {
                path: path.to_owned(),
                found,
                known: SCHEMA_VERSION,
            });
        }
        let altered = store.run(|conn| what_is_altered(conn, found))?;
        if let Some(what) = altered.or(store.run(what_is_too_long)?) {
            return Err(StoreError::Altered {
                path: path.to_owned(),
                what,
            });
        }
        store.watch.keep_from(store.run(strangers)?);
        Ok((store, found))
    }

    pub(super) fn connect(path: &Path, access: Access) -> Result<Self, StoreError> {
        let watch = Watch::new();
        let conn = match access {
            Access::Read => connect::to_read(path, &watch),
            Access::Write => connect::to_write(path, &watch),
        };
        match conn {
            Ok(conn) => Ok(Self {
                conn,
                path: path.to_owned(),
                access,
                watch,
                is_writing: Cell::new(false),
                is_filled_first: Cell::new(false),
                time_limit: Cell::new(None),
                migration: RefCell::new(None),
                scratch: OnceCell::new(),
            }),
            Err(error) => Err(StoreError::new(path, &error)),
        }
    }

    /// A store of this program's schema and vocabulary that is gone when it is dropped.
    pub(super) fn in_memory() -> Result<Self, StoreError> {
        let store = Self::connect(Path::new(":memory:"), Access::Write)?;
        store.run(|conn| {
            conn.execute_batch(SCHEMA)?;
            vocabulary::put(conn)
        })?;
        Ok(store)
    }

    /// A write-ahead log makes an import of many small transactions fast and lets others read meanwhile; it is taken
    /// away again when the store is dropped.
    ///
    /// A store without a document does without: almost all of its pages are new, and need no journal where a log has
    /// each written twice. Who asks it meanwhile waits until a transaction is at its end.
    pub(super) fn begin_writing(&self) -> Result<(), StoreError> {
        if self.is_writing.get() {
            return Ok(());
        }
        self.run(|conn| {
            conn.pragma_update(None, "cache_size", WRITING_CACHE)?;
            if is_empty(conn)? {
                self.is_filled_first.set(vocabulary::is_whole(conn)?);
                return Ok(());
            }
            while let Err(error) = conn.pragma_update(None, "journal_mode", "wal") {
                if error.sqlite_error_code() != Some(ErrorCode::DatabaseBusy) {
                    return Err(error);
                }
                // Changing the mode waits for nobody; a transaction that nobody else may be in does.
                Transaction::new_unchecked(conn, TransactionBehavior::Exclusive)?.rollback()?;
            }
            conn.pragma_update(None, "synchronous", "normal")
        })?;
        self.is_writing.set(true);
        Ok(())
    }

    /// Puts what was written from the log into the one file. Dropping the store does so too, but says nothing where there
    /// is no room for it; what was written then stays in the log beside the file, as a part of the store.
    pub fn finish(self) -> Result<(), StoreError> {
        // An import that had no room leaves its log to the next one.
        if !self.is_writing.get() && !connect::has_log(&self.path) {
            return Ok(());
        }
        // Somebody who reads or writes meanwhile needs the log; whoever is the last takes it away.
        self.run(|conn| conn.busy_timeout(connect::PATIENCE))?;
        let moved = self
            .conn
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()));
        moved.map_err(|error| match StoreError::new(&self.path, &error) {
            StoreError::DiskFull { path } => StoreError::LogStays { path },
            other => other,
        })
    }

    /// Runs `work` on the connection and says what its error means.
    pub(super) fn run<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        work(&self.conn).map_err(|error| self.failed(&error, None))
    }

    /// What an error means, where a statement might run for as long as `limit`.
    pub(super) fn failed(&self, error: &rusqlite::Error, limit: Option<Duration>) -> StoreError {
        let limit = [limit, self.time_limit.get()].into_iter().flatten().min();
        match (error.sqlite_error_code(), limit) {
            (Some(ErrorCode::OperationInterrupted), _) if self.watch.is_stopped() => {
                StoreError::Interrupted
            }
            (Some(ErrorCode::OperationInterrupted), Some(limit)) => StoreError::TooSlow { limit },
            _ => StoreError::new(&self.path, error),
        }
    }
}

/// Something else that stands where a table of a store should: a view would show what is nowhere in the file.
fn what_is_altered(conn: &Connection, version: i32) -> rusqlite::Result<Option<String>> {
    let mut names = conn.prepare(
        "SELECT CAST(name || '.' || tbl_name || '.' || ifnull(sql, '') AS BLOB) FROM sqlite_schema",
    )?;
    let mut names = names.query(())?;
    while let Some(row) = names.next()? {
        if std::str::from_utf8(row.get_ref(0)?.as_bytes()?).is_err() {
            return Ok(Some("the name of a table or column is no text".into()));
        }
    }
    let mut find =
        conn.prepare("SELECT type, ifnull(sql, '') FROM sqlite_schema WHERE name = ?1")?;
    for (name, kind) in schema::needed(version) {
        let found = find.query_row([name], |row| {
            let (found, sql): (String, String) = (row.get(0)?, row.get(1)?);
            let sql = sql.to_ascii_uppercase();
            let is_virtual = sql.trim_start().starts_with("CREATE VIRTUAL");
            Ok(match kind {
                Kind::Index => is_virtual && sql.contains("USING FTS5"),
                _ => found == "table" && !is_virtual && !sql.contains("GENERATED ALWAYS"),
            })
        });
        match found {
            Ok(true) => {}
            Ok(false) => return Ok(Some(format!("{name} is not the table that it should be"))),
            Err(rusqlite::Error::QueryReturnedNoRows) => {
                return Ok(Some(format!("the table {name} is missing")));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

fn is_empty(conn: &Connection) -> rusqlite::Result<bool> {
    conn.query_row("SELECT NOT EXISTS (SELECT 1 FROM documents)", (), |row| {
        row.get(0)
    })
}

/// A name that nobody has: every question holds its words against all names.
fn what_is_too_long(conn: &Connection) -> rusqlite::Result<Option<String>> {
    const LONGEST: i64 = 1000;
    const NAMES: [(&str, &[&str]); 3] = [
        ("indicators", &["id", "name_zh", "name_en", "unit"]),
        ("indicator_names", &["name"]),
        ("towns", &["name", "kind", "county", "city", "province"]),
    ];
    for (table, names) in NAMES {
        let is_longer: Vec<String> = names
            .iter()
            .map(|name| format!("octet_length({name}) > ?1"))
            .collect();
        let is_longer = is_longer.join(" OR ");
        let is_too_long: bool = conn.query_row(
            &format!("SELECT EXISTS (SELECT 1 FROM {table} WHERE {is_longer})"),
            [LONGEST],
            |row| row.get(0),
        )?;
        if is_too_long {
            return Ok(Some(format!(
                "{table} has a name of more than {LONGEST} bytes"
            )));
        }
    }
    Ok(None)
}

/// Tables and views that no store has, but for SQLite's own.
pub(super) fn strangers(conn: &Connection) -> rusqlite::Result<Vec<String>> {
    let names = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")?
        .query_map((), |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<String>>>()?;
    Ok(names
        .into_iter()
        .filter(|name| !schema::is_known(name) && !name.starts_with("sqlite_"))
        .collect())
}

impl Drop for Store {
    fn drop(&mut self) {
        if self.access == Access::Write {
            // Where another program has the store open, the log stays until the last one closes it; nothing is lost by
            // that, and there is no use in waiting.
            let _ = self.conn.busy_timeout(Duration::ZERO);
            let _ = self.conn.pragma_update(None, "journal_mode", "delete");
        }
    }
}
