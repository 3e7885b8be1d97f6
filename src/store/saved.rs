use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior};

use super::{SCHEMA, Store, StoreError, moment};

/// A question that travels in the file under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedQuery {
    /// Its name, without `@`.
    pub name: String,
    /// What was asked to be saved, as it was written, without `define @name as`.
    pub text: String,
    /// The same as it was understood, said back in the language of `lang`.
    pub canonical: String,
    /// The language it was written in: `en` or `zh`.
    pub lang: String,
    /// The version of the query language that understood it.
    pub language_version: u32,
    /// When it was saved: UTC, ISO 8601 with seconds. Where it is empty, [`Store::save_query`] puts this moment.
    pub created_at: String,
    /// What its author says of it.
    pub note: Option<String>,
}

const COLUMNS: &str = "name, text, canonical, lang, language_version, created_at, note";

impl Store {
    /// The saved questions by name. A file that was made before there were any has none.
    pub fn saved_queries(&self) -> Result<Vec<SavedQuery>, StoreError> {
        self.run(|conn| {
            if !has_table(conn, "saved_queries")? {
                return Ok(Vec::new());
            }
            conn.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM saved_queries ORDER BY name"
            ))?
            .query_map((), saved)?
            .collect()
        })
    }

    /// Saves a question under its name; gives what stood under that name before.
    pub fn save_query(&self, query: &SavedQuery) -> Result<Option<SavedQuery>, StoreError> {
        self.begin_writing()?;
        self.run(|conn| {
            let tx = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
            if !has_table(&tx, "saved_queries")? {
                tx.execute_batch(table_of_schema("saved_queries"))?;
            }
            let before = find(&tx, &query.name)?;
            let created_at = match query.created_at.as_str() {
                "" => moment::now(),
                known => known.to_owned(),
            };
            tx.execute(
                &format!(
                    "INSERT OR REPLACE INTO saved_queries ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                ),
                (
                    &query.name,
                    &query.text,
                    &query.canonical,
                    &query.lang,
                    query.language_version,
                    created_at,
                    &query.note,
                ),
            )?;
            tx.commit()?;
            Ok(before)
        })
    }

    /// Drops the saved question of a name; whether there was one.
    pub fn drop_query(&self, name: &str) -> Result<bool, StoreError> {
        self.begin_writing()?;
        self.run(|conn| {
            Ok(has_table(conn, "saved_queries")?
                && conn.execute("DELETE FROM saved_queries WHERE name = ?1", [name])? > 0)
        })
    }
}

pub(super) fn has_table(conn: &Connection, name: &str) -> rusqlite::Result<bool> {
    conn.prepare_cached("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1")?
        .exists([name])
}

/// The statement of `schema.sql`, the only DDL, for files that were made before it had this table.
pub(super) fn table_of_schema(name: &str) -> &'static str {
    let from_table = SCHEMA
        .find(&format!("TABLE {name} ("))
        .and_then(|table| Some(&SCHEMA[SCHEMA[..table].rfind('\n')?..]))
        .unwrap_or_default();
    from_table.split_inclusive(";\n").next().unwrap_or_default()
}

fn find(conn: &Connection, name: &str) -> rusqlite::Result<Option<SavedQuery>> {
    conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM saved_queries WHERE name = ?1"
    ))?
    .query_row([name], saved)
    .optional()
}

fn saved(row: &Row<'_>) -> rusqlite::Result<SavedQuery> {
    Ok(SavedQuery {
        name: row.get(0)?,
        text: row.get(1)?,
        canonical: row.get(2)?,
        lang: row.get(3)?,
        language_version: row.get(4)?,
        created_at: row.get(5)?,
        note: row.get(6)?,
    })
}
