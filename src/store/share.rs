//! A copy to be handed on: whole or in part, in one file that any SQLite opens anywhere.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::documents::forget;
use super::{Access, Store, StoreError, meta, migrate, moment, open, passages, places};

/// What goes into the copy.
#[derive(Debug, Clone, Default)]
pub struct ShareTerms {
    /// The names of the documents that go with it, and the question that chose them; all where there is none.
    pub part: Option<(BTreeSet<String>, String)>,
    /// Whether the texts go with it.
    pub texts: Texts,
}

/// Whether texts and sentences go with a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Texts {
    /// They do.
    #[default]
    Kept,
    /// Figures keep their quotes and tasks their sentences; the full texts, the other sentences and their index stay
    /// behind.
    LeftOut,
}

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// Documents in the copy.
    pub documents: u64,
    /// Reports in the copy.
    pub reports: u64,
    /// Figures in the copy.
    pub figures: u64,
    /// Its size.
    pub bytes: u64,
    /// Tables, views and triggers of others that stayed behind.
    pub left_behind: Vec<String>,
}

impl Store {
    /// Makes a copy at `out`, which must not be there. It appears when it is whole and checked.
    pub fn share(&self, out: &Path, terms: &ShareTerms) -> Result<Shared, StoreError> {
        if out.exists() {
            return Err(StoreError::Exists {
                path: out.to_owned(),
            });
        }
        let unfinished = beside(out, ".unfinished");
        let made = self
            .share_unfinished(&unfinished, terms)
            .map_err(|error| match error {
                StoreError::NotAllowed { .. } | StoreError::NoFolder { .. } => {
                    StoreError::not_opened(out.to_owned())
                }
                StoreError::DiskFull { .. } => StoreError::DiskFull {
                    path: out.to_owned(),
                },
                other => other,
            });
        let made = made.and_then(|made| {
            std::fs::rename(&unfinished, out)
                .map(|()| made)
                .map_err(|error| StoreError::Disk {
                    path: out.to_owned(),
                    reason: error.to_string(),
                })
        });
        if made.is_err() {
            // Nothing half-made stays; that it could not be made is said already.
            for ending in ["", "-journal", "-wal", "-shm"] {
                let _ = std::fs::remove_file(beside(&unfinished, ending));
            }
        }
        made
    }

    fn share_unfinished(&self, path: &Path, terms: &ShareTerms) -> Result<Shared, StoreError> {
        let failed = |error: &rusqlite::Error| StoreError::new(path, error);
        if path.exists() {
            std::fs::remove_file(path).map_err(|error| StoreError::Disk {
                path: path.to_owned(),
                reason: error.to_string(),
            })?;
        }
        self.copy_into(path).map_err(|error| failed(&error))?;
        let copy = Self::connect(path, Access::Write)?;
        let left_behind = copy.run(|conn| {
            let tx = conn.unchecked_transaction()?;
            let left_behind = drop_strangers(&tx)?;
            migrate::bring_up(&tx)?;
            if let Some((documents, question)) = &terms.part {
                keep_only(&tx, documents)?;
                meta::set(&tx, "part", question)?;
            }
            if terms.texts == Texts::LeftOut {
                leave_out_texts(&tx)?;
            }
            passages::index_anew(&tx)?;
            meta::set(&tx, "shared", &moment::now())?;
            tx.execute("DELETE FROM meta WHERE key = 'migrated'", ())?;
            tx.commit()?;
            conn.execute_batch("VACUUM; PRAGMA optimize")?;
            Ok(left_behind)
        })?;
        if let Some(fault) = copy.run(first_fault)? {
            return Err(StoreError::Altered {
                path: self.path.clone(),
                what: fault,
            });
        }
        let count = |table: &str| {
            copy.run(|conn| {
                conn.query_row(&format!("SELECT count(*) FROM {table}"), (), |row| {
                    row.get::<_, i64>(0)
                })
            })
            .map(i64::unsigned_abs)
        };
        Ok(Shared {
            documents: count("documents")?,
            reports: count("sessions")?,
            figures: count("metrics")?,
            bytes: path.metadata().map_or(0, |file| file.len()),
            left_behind,
        })
    }

    /// `VACUUM INTO` attaches the new file, which a connection that only reads may not write to.
    fn copy_into(&self, path: &Path) -> rusqlite::Result<()> {
        let reads_only: bool = self
            .conn
            .pragma_query_value(None, "query_only", |row| row.get(0))?;
        self.conn.pragma_update(None, "query_only", false)?;
        let done = self
            .conn
            .execute("VACUUM INTO ?1", [path.to_string_lossy()]);
        self.conn.pragma_update(None, "query_only", reads_only)?;
        done.map(drop)
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Takes away what no store has; gives the names.
fn drop_strangers(conn: &Connection) -> rusqlite::Result<Vec<String>> {
    let known = open::strangers(conn)?;
    let found: Vec<(String, String)> = conn
        .prepare("SELECT type, name FROM sqlite_schema WHERE type IN ('trigger', 'view', 'table') ORDER BY type DESC")?
        .query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut dropped = Vec::new();
    for (kind, name) in found {
        let is_ours = kind != "trigger" && !known.contains(&name);
        if is_ours || name.starts_with("sqlite_") {
            continue;
        }
        conn.execute_batch(&format!(
            "DROP {kind} IF EXISTS \"{}\"",
            name.replace('"', "\"\"")
        ))?;
        dropped.push(name);
    }
    Ok(dropped)
}

fn keep_only(conn: &Connection, documents: &BTreeSet<String>) -> rusqlite::Result<()> {
    let names: Vec<String> = conn
        .prepare("SELECT name FROM documents")?
        .query_map((), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for name in names.iter().filter(|name| !documents.contains(*name)) {
        forget(conn, name)?;
    }
    places::drop_unused(conn)
}

impl Store {
    /// How many files are without their text, which a copy may be made without, and how many there are; nothing where
    /// all have theirs. A store into which such a copy was merged has some of both.
    pub fn texts_left_out(&self) -> Result<Option<(u32, u32)>, StoreError> {
        self.run(|conn| {
            if meta::get(conn, TEXTS)?.as_deref() != Some(LEFT_OUT) {
                return Ok(None);
            }
            // The length stands before the text, which is not read for it.
            let counted =
                "SELECT COUNT(*) FILTER (WHERE octet_length(text) = 0), COUNT(*) FROM documents";
            let (without, all) =
                conn.query_row(counted, (), |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(Some((without, all)).filter(|(without, _)| *without > 0))
        })
    }

    /// Says of a store that files came into it from a copy without texts.
    pub(super) fn note_texts_left_out(&self) -> Result<(), StoreError> {
        self.run(|conn| meta::set(conn, TEXTS, LEFT_OUT))
    }
}

/// The entry of `meta` that says so of a copy without them.
const TEXTS: &str = "texts";
const LEFT_OUT: &str = "left out";

fn leave_out_texts(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch("UPDATE documents SET text = '', text_sha256 = NULL; DELETE FROM passages; DELETE FROM phrases")?;
    meta::set(conn, TEXTS, LEFT_OUT)
}

/// What SQLite itself finds wrong with a file, where it finds anything.
fn first_fault(conn: &Connection) -> rusqlite::Result<Option<String>> {
    let said: String = conn.query_row("PRAGMA integrity_check(1)", (), |row| row.get(0))?;
    if said != "ok" {
        return Ok(Some(said));
    }
    let orphan = conn.query_row("PRAGMA foreign_key_check", (), |row| {
        row.get::<_, String>(0)
    });
    match orphan {
        Ok(table) => Ok(Some(format!(
            "a row of {table} refers to one that is not there"
        ))),
        Err(rusqlite::Error::QueryReturnedNoRows) => Ok(None),
        Err(error) => Err(error),
    }
}
