use rusqlite::OptionalExtension;

use super::saved::{has_table, table_of_schema};
use super::{Store, StoreError, moment};

/// A report script that travels in the file under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedScript {
    /// Its name: a script of the store includes another by it.
    pub name: String,
    /// The whole script.
    pub text: String,
    /// When it was saved: UTC, ISO 8601 with seconds. Set by [`Store::save_script`].
    pub created_at: String,
}

impl Store {
    /// The report scripts by name. A file that was made before there were any has none.
    pub fn scripts(&self) -> Result<Vec<SavedScript>, StoreError> {
        self.run(|conn| {
            if !has_table(conn, "scripts")? {
                return Ok(Vec::new());
            }
            conn.prepare_cached("SELECT name, text, created_at FROM scripts ORDER BY name")?
                .query_map((), |row| {
                    Ok(SavedScript {
                        name: row.get(0)?,
                        text: row.get(1)?,
                        created_at: row.get(2)?,
                    })
                })?
                .collect()
        })
    }

    /// Keeps a report script under a name; whether it took the place of another.
    pub fn save_script(&self, name: &str, text: &str) -> Result<bool, StoreError> {
        self.begin_writing()?;
        self.run(|conn| {
            if !has_table(conn, "scripts")? {
                conn.execute_batch(table_of_schema("scripts"))?;
            }
            let before: Option<String> = conn
                .query_row("SELECT name FROM scripts WHERE name = ?1", [name], |row| {
                    row.get(0)
                })
                .optional()?;
            conn.execute(
                "INSERT OR REPLACE INTO scripts (name, text, created_at) VALUES (?1, ?2, ?3)",
                (name, text, moment::now()),
            )?;
            Ok(before.is_some())
        })
    }

    /// Drops the script of a name; whether there was one.
    pub fn drop_script(&self, name: &str) -> Result<bool, StoreError> {
        self.begin_writing()?;
        self.run(|conn| {
            Ok(has_table(conn, "scripts")?
                && conn.execute("DELETE FROM scripts WHERE name = ?1", [name])? > 0)
        })
    }
}
