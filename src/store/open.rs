use std::cell::Cell;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::guard::Watch;
use super::schema::{APPLICATION_ID, SCHEMA, SCHEMA_VERSION};
use super::{Access, Store, StoreError, vocabulary};

/// How long to wait for another program that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

impl Store {
    /// Makes a store where there is no file yet, with its schema and vocabulary.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        if path.metadata().is_ok_and(|file| file.len() > 0) {
            return Err(StoreError::Exists {
                path: path.to_owned(),
            });
        }
        let store = Self::connect(path, Access::Write)?;
        store.run(|conn| {
            let tx = conn.unchecked_transaction()?;
            tx.execute_batch(SCHEMA)?;
            let title = path.file_stem().unwrap_or_default().to_string_lossy();
            let program = concat!("zhenzhi ", env!("CARGO_PKG_VERSION"));
            let mut insert = tx.prepare("INSERT INTO meta (key, value) VALUES (?1, ?2)")?;
            insert.execute(("title", &*title))?;
            insert.execute(("made_by", program))?;
            insert.execute(("created", now()))?;
            drop(insert);
            tx.commit()
        })?;
        store.run(vocabulary::refresh)?;
        Ok(store)
    }

    /// Opens a store to import into. The vocabulary is brought up to this program's.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let store = Self::connect_existing(path, Access::Write)?;
        store.run(vocabulary::refresh)?;
        Ok(store)
    }

    /// Opens a store to import into, or makes it where there is no file or an empty one.
    pub fn open_or_create(path: &Path) -> Result<Self, StoreError> {
        if path.metadata().is_ok_and(|file| file.len() > 0) {
            Self::open(path)
        } else {
            Self::create(path)
        }
    }

    /// Opens a store to ask.
    pub fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        Self::connect_existing(path, Access::Read)
    }

    fn connect_existing(path: &Path, access: Access) -> Result<Self, StoreError> {
        if !path.exists() {
            return Err(StoreError::Missing {
                path: path.to_owned(),
            });
        }
        if path.is_dir() {
            return Err(StoreError::CannotOpen {
                path: path.to_owned(),
            });
        }
        let store = Self::connect(path, access)?;
        let pragma = |name: &str| {
            store.run(|conn| conn.pragma_query_value(None, name, |row| row.get::<_, i32>(0)))
        };
        if pragma("application_id")? != APPLICATION_ID {
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
        Ok(store)
    }

    fn connect(path: &Path, access: Access) -> Result<Self, StoreError> {
        let mode = match access {
            Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
            Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        };
        let watch = Watch::new();
        let open = || {
            let mut conn =
                Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
            conn.busy_timeout(PATIENCE)?;
            conn.pragma_update(None, "foreign_keys", true)?;
            conn.set_prepared_statement_cache_capacity(64);
            watch.install(&mut conn)?;
            Ok(conn)
        };
        match open() {
            Ok(conn) => Ok(Self {
                conn,
                path: path.to_owned(),
                access,
                watch,
                has_journal: Cell::new(false),
            }),
            Err(error) => Err(StoreError::new(path, &error)),
        }
    }

    /// A write-ahead log makes an import of many small transactions fast and lets others read meanwhile; it is taken
    /// away again when the store is dropped.
    pub(super) fn begin_writing(&self) -> Result<(), StoreError> {
        if self.has_journal.get() {
            return Ok(());
        }
        self.run(|conn| {
            conn.pragma_update(None, "journal_mode", "wal")?;
            conn.pragma_update(None, "synchronous", "normal")
        })?;
        self.has_journal.set(true);
        Ok(())
    }

    /// Runs `work` on the connection and says what its error means.
    pub(super) fn run<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        work(&self.conn).map_err(|error| StoreError::new(&self.path, &error))
    }
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

/// This moment in UTC, to the second.
pub(super) fn now() -> String {
    jiff::Timestamp::now().strftime("%FT%TZ").to_string()
}
