use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use super::documents::forget;
use super::{Fingerprint, Store, StoreError, passages, places, write};
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
    has_replaced: bool,
}

impl Batch<'_> {
    /// Writes a file and all it says. After an error the batch is of no more use.
    ///
    /// Once a content is in the store, importing it again changes nothing, under whatever name.
    pub fn add(&mut self, file: &SourceFile, reading: &Reading) -> Result<Imported, StoreError> {
        if let Some(name) = self.store.name_of(&file.fingerprint)? {
            return Ok(Imported::Known { name });
        }
        let store = self.store;
        if self.transaction.is_none() {
            store.begin_writing()?;
            let begun = begin(&store.conn).map_err(|error| store.failed(&error, None));
            self.transaction = Some(begun?);
        }
        let imported = store.run(|conn| write_file(conn, file, reading))?;
        self.has_replaced |= imported == Imported::Replaced;
        Ok(imported)
    }

    /// Makes everything that was added part of the store.
    pub fn commit(self) -> Result<(), StoreError> {
        let Some(transaction) = self.transaction else {
            return Ok(());
        };
        self.store.run(|conn| {
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
            has_replaced: false,
        }
    }

    /// Writes one file and all it says; see [`Batch::add`].
    pub fn import(&self, file: &SourceFile, reading: &Reading) -> Result<Imported, StoreError> {
        let mut batch = self.batch();
        let imported = batch.add(file, reading)?;
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

/// Another program may have added the same file before this one could begin; nobody else writes from now on.
fn begin(conn: &Connection) -> rusqlite::Result<Transaction<'_>> {
    let transaction = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
    passages::make_room(&transaction)?;
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
) -> rusqlite::Result<Imported> {
    if let Some(name) = name_of(conn, &file.fingerprint)? {
        return Ok(Imported::Known { name });
    }
    let before = forget(conn, &file.name)?;
    let document = write::insert_document(conn, before, file, reading)?;
    for report in &reading.reports {
        write::insert_report(conn, document, reading, report)?;
    }
    Ok(if before.is_some() {
        Imported::Replaced
    } else {
        Imported::Added
    })
}
