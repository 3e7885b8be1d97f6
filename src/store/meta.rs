//! What the file says of itself, a text a key.

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use super::{Store, StoreError};

/// Keys that the program writes, and nobody else.
const OF_THE_PROGRAM: [&str; 9] = [
    "made_by",
    "created",
    "reader",
    "vocabulary",
    "phrases",
    "texts",
    "part",
    "shared",
    "migrated",
];

/// Whether the author of a store may set this key: small ASCII letters, digits and `_`, not one of the program's.
#[must_use]
pub fn is_free_key(key: &str) -> bool {
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    !key.is_empty() && key.chars().all(is_name) && !OF_THE_PROGRAM.contains(&key)
}

impl Store {
    /// What the file says of itself: pairs of key and text, title, description, source and licence first.
    pub fn metadata(&self) -> Result<Vec<(String, String)>, StoreError> {
        self.run(|conn| {
            conn.prepare_cached(
                "SELECT key, value FROM meta ORDER BY CASE key WHEN 'title' THEN 1 WHEN 'description' THEN 2 \
                 WHEN 'source' THEN 3 WHEN 'licence' THEN 4 ELSE 5 END, key",
            )?
            .query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
        })
    }

    /// Sets what the author says of the file; an empty text takes the key away. Keys must be
    /// [free](is_free_key).
    pub fn set_metadata(&self, pairs: &[(String, String)]) -> Result<(), StoreError> {
        self.begin_writing()?;
        self.run(|conn| {
            let tx = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
            for (key, value) in pairs.iter().filter(|(key, _)| is_free_key(key)) {
                if value.is_empty() {
                    tx.execute("DELETE FROM meta WHERE key = ?1", [key])?;
                } else {
                    set(&tx, key, value)?;
                }
            }
            tx.commit()
        })
    }
}

pub(super) fn get(conn: &Connection, key: &str) -> rusqlite::Result<Option<String>> {
    conn.query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| {
        row.get(0)
    })
    .optional()
}

pub(super) fn set(conn: &Connection, key: &str, value: &str) -> rusqlite::Result<()> {
    conn.execute(
        "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )
    .map(drop)
}

#[cfg(test)]
mod tests {
    use super::is_free_key;

    #[test]
    fn keys_of_the_program_are_its_own() {
        assert!(is_free_key("title") && is_free_key("licence") && is_free_key("contact_2"));
        for key in ["reader", "created", "", "Title", "标题", "a b"] {
            assert!(!is_free_key(key), "{key}");
        }
    }
}
