use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use super::{Store, StoreError, passages, places};

impl Store {
    /// The names of all documents, in the order in which they came in.
    pub fn document_names(&self) -> Result<Vec<String>, StoreError> {
        self.run(|conn| {
            conn.prepare_cached("SELECT name FROM documents ORDER BY id")?
                .query_map((), |row| row.get(0))?
                .collect()
        })
    }

    /// The documents with a report of a place that one of these documents has a report of, these included.
    pub fn documents_of_same_places(
        &self,
        names: &BTreeSet<String>,
    ) -> Result<BTreeSet<String>, StoreError> {
        self.run(|conn| {
            let mut others = conn.prepare_cached(
                "SELECT DISTINCT other.name FROM documents JOIN sessions ON sessions.document_id = documents.id \
                 JOIN sessions same ON same.town_id = sessions.town_id JOIN documents other ON other.id = \
                 same.document_id WHERE documents.name = ?1",
            )?;
            let mut found = names.clone();
            for name in names {
                for other in others.query_map([name], |row| row.get(0))? {
                    found.insert(other?);
                }
            }
            Ok(found)
        })
    }

    /// Takes documents away with all that they say, all or none.
    ///
    /// Gives the names of which there is no document; then nothing is taken away.
    pub fn remove(&self, names: &[String]) -> Result<Vec<String>, StoreError> {
        self.begin_writing()?;
        self.run(|conn| {
            let tx = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
            let mut unknown = Vec::new();
            for name in names {
                if forget(&tx, name)?.is_none() {
                    unknown.push(name.clone());
                }
            }
            if unknown.is_empty() {
                places::drop_unused(&tx)?;
                tx.commit()?;
            }
            Ok(unknown)
        })
    }
}

/// Takes the document of this name away with all that it says; gives the id that it had.
pub(super) fn forget(conn: &Connection, name: &str) -> rusqlite::Result<Option<i64>> {
    let id = id_of(conn, name)?;
    if let Some(id) = id {
        passages::forget(conn, id)?;
        // The rows that refer to others go first: whoever fills a new store does not have SQLite look for them.
        for table in [
            "phrases", "passages", "doubts", "tasks", "metrics", "sections",
        ] {
            conn.prepare_cached(&format!(
                "DELETE FROM {table} WHERE session_id IN (SELECT id FROM sessions WHERE document_id = ?1)"
            ))?
            .execute([id])?;
        }
        conn.prepare_cached("DELETE FROM sessions WHERE document_id = ?1")?
            .execute([id])?;
        conn.prepare_cached("DELETE FROM documents WHERE id = ?1")?
            .execute([id])?;
    }
    Ok(id)
}

/// The id of the document of this name.
pub(super) fn id_of(conn: &Connection, name: &str) -> rusqlite::Result<Option<i64>> {
    conn.prepare_cached("SELECT id FROM documents WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()
}
