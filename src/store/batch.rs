use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use super::fulltext::{self, Pending};
use super::{Fingerprint, Indexer, Passages, Store, StoreError, documents, places, write};
use crate::reading::Reading;

/// A file as it stands outside.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The name under which it is kept; the same name with new content replaces the old report.
    pub name: String,
    /// The identity of its bytes.
    pub fingerprint: Fingerprint,
    /// How many bytes it has.
    pub size_bytes: u64,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Imported {
    /// It is new in the store.
    Added,
    /// The store had another content under this name, which is gone.
    Replaced,
    /// The store has this content already; nothing was changed.
    Known {
        /// The name under which the store has it.
        name: String,
    },
}

/// Files that come into a store together: once the batch is committed all of them are in it, and if it is dropped before,
/// none.
#[derive(Debug)]
pub struct Batch<'a> {
    store: &'a Store,
    /// None as long as nothing is to be written.
    transaction: Option<Transaction<'a>>,
    /// Ends after it.
    unchecked: Option<Unchecked<'a>>,
    has_replaced: bool,
    /// What the full-text index lacks of what was written.
    pending: Pending,
}

impl Batch<'_> {
    /// Writes a file and all it says. After an error the batch is of no more use.
    ///
    /// Once a content is in the store, importing it again changes nothing, under whatever name.
    pub fn add(
        &mut self,
        file: &SourceFile,
        reading: &Reading,
        passages: Passages,
    ) -> Result<Imported, StoreError> {
        if let Some(name) = self.store.name_of(&file.fingerprint)? {
            return Ok(Imported::Known { name });
        }
        let store = self.store;
        if self.transaction.is_none() {
            store.begin_writing()?;
            if store.is_filled_first.get() {
                self.unchecked = Some(store.run(|_| Unchecked::begin(&store.conn))?);
            }
            let begun = begin(&store.conn).map_err(|error| store.failed(&error, None));
            self.transaction = Some(begun?);
        }
        let imported =
            store.run(|conn| write_file(conn, file, reading, passages, &mut self.pending))?;
        self.has_replaced |= imported == Imported::Replaced;
        Ok(imported)
    }

    /// Makes everything that was added part of the store.
    pub fn commit(mut self) -> Result<(), StoreError> {
        let Some(transaction) = self.transaction else {
            return Ok(());
        };
        self.store.run(|conn| {
            self.pending.write(conn)?;
            if self.has_replaced {
                places::drop_unused(conn)?;
            }
            transaction.commit()
        })
    }
}

impl Store {
    /// Begins to write files that shall come into the store together.
    pub fn batch(&self) -> Batch<'_> {
        Batch {
            store: self,
            transaction: None,
            unchecked: None,
            has_replaced: false,
            pending: Pending::default(),
        }
    }

    /// Writes one file and all it says; see [`Batch::add`].
    pub fn import(&self, file: &SourceFile, reading: &Reading) -> Result<Imported, StoreError> {
        let mut batch = self.batch();
        let passages = Passages::of(reading, &mut Indexer::default());
        let imported = batch.add(file, reading, passages)?;
        batch.commit()?;
        Ok(imported)
    }

    /// The name under which the store has a content.
    pub fn name_of(&self, content: &Fingerprint) -> Result<Option<String>, StoreError> {
        self.run(|conn| name_of(conn, content))
    }

    /// The contents that the store has, with the names under which it has them.
    pub fn contents(&self) -> Result<HashMap<Fingerprint, String>, StoreError> {
        self.run(|conn| {
            conn.prepare_cached("SELECT sha256, name FROM documents")?
                .query_map((), |row| {
                    Ok((Fingerprint::from_stored(row.get(0)?), row.get(1)?))
                })?
                .collect()
        })
    }
}

/// As long as it is there, SQLite does not look up what a row refers to, which is a tenth of the writer's work. What
/// new rows refer to are reports and their parts, by the ids that they just got, and indicators, of which a new store is
/// looked through once ([`Store::begin_writing`]).
#[derive(Debug)]
pub(super) struct Unchecked<'a>(&'a Connection);

impl<'a> Unchecked<'a> {
    /// Outside of a transaction; within one it has no effect.
    pub(super) fn begin(conn: &'a Connection) -> rusqlite::Result<Self> {
        conn.pragma_update(None, "foreign_keys", false)?;
        Ok(Self(conn))
    }
}

impl Drop for Unchecked<'_> {
    fn drop(&mut self) {
        // It can only fail within a transaction, and that has ended.
        let _ = self.0.pragma_update(None, "foreign_keys", true);
    }
}

/// Another program may have added the same file before this one could begin; nobody else writes from now on.
fn begin(conn: &Connection) -> rusqlite::Result<Transaction<'_>> {
    let transaction = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
    fulltext::set_merging(&transaction)?;
    Ok(transaction)
}

fn name_of(conn: &Connection, content: &Fingerprint) -> rusqlite::Result<Option<String>> {
    conn.prepare_cached("SELECT name FROM documents WHERE sha256 = ?1")?
        .query_row([content.as_str()], |row| row.get(0))
        .optional()
}

fn write_file(
    conn: &Connection,
    file: &SourceFile,
    reading: &Reading,
    mut passages: Passages,
    pending: &mut Pending,
) -> rusqlite::Result<Imported> {
    if let Some(name) = name_of(conn, &file.fingerprint)? {
        return Ok(Imported::Known { name });
    }
    let before = forget(conn, &file.name, pending)?;
    let text = passages.fingerprint(reading);
    let document = write::insert_document(conn, before, file, reading, &text)?;
    write::insert_reports(conn, document, reading, passages, pending)?;
    Ok(if before.is_some() {
        Imported::Replaced
    } else {
        Imported::Added
    })
}

/// Takes the document of this name away. What its passages were indexed with can only be taken out of the index once it
/// is in it.
fn forget(conn: &Connection, name: &str, pending: &mut Pending) -> rusqlite::Result<Option<i64>> {
    if documents::id_of(conn, name)?.is_some() {
        pending.write(conn)?;
    }
    documents::forget(conn, name)
}
