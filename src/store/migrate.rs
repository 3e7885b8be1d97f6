//! Older files: a store of an older schema is brought up to this program's when it is opened to write.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::{Fingerprint, SCHEMA, SCHEMA_VERSION, contents, meta, moment, phrases, worked_out};

/// What tables get in addition, by the version that they become.
const STEPS: [(i32, &str); 3] = [
    (2, include_str!("migrations/2.sql")),
    (3, include_str!("migrations/3.sql")),
    (5, include_str!("migrations/5.sql")),
];

/// How a growth bounds the truth in a file that has one bound for value and growth: it is the growth's where there is no
/// value, and in the words' own direction.
const GROWTH_BOUND: &str = "CASE WHEN value IS NOT NULL OR growth IS NULL OR bound = 'eq' THEN NULL WHEN growth >= 0 THEN bound \
    ELSE CASE bound WHEN 'gt' THEN 'lt' WHEN 'ge' THEN 'le' WHEN 'lt' THEN 'gt' WHEN 'le' THEN 'ge' ELSE bound END END";

/// What was done to an older file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    /// The version of its schema before.
    pub from: i32,
    /// The version that it has now.
    pub to: i32,
    /// Where it lies as it was before.
    pub copy: PathBuf,
}

/// Brings a store of version `from` up to date, after a copy of it was made beside it.
pub(super) fn upgrade(conn: &Connection, path: &Path, from: i32) -> rusqlite::Result<Migration> {
    let copy = copy_beside(conn, path, from)?;
    let tx = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
    bring_up(&tx)?;
    let done = format!(
        "from version {from} to {SCHEMA_VERSION}, {}; the file as it was: {}",
        moment::now(),
        copy.file_name().unwrap_or_default().to_string_lossy()
    );
    meta::set(&tx, "migrated", &done)?;
    tx.commit()?;
    Ok(Migration {
        from,
        to: SCHEMA_VERSION,
        copy,
    })
}

/// Shows the figures and doubts of an older file, which is only read, with the columns that they have now.
pub(super) fn as_of_today(conn: &Connection, found: i32) -> rusqlite::Result<()> {
    if found >= 5 {
        return Ok(());
    }
    conn.pragma_update(None, "query_only", false)?;
    conn.execute_batch(&format!(
        "CREATE TEMP VIEW metrics AS SELECT *, NULL AS growth_to, {GROWTH_BOUND} AS growth_bound, NULL AS points_against FROM main.metrics; \
         CREATE TEMP VIEW doubts AS SELECT *, NULL AS message_zh FROM main.doubts"
    ))?;
    conn.pragma_update(None, "query_only", true)
}

/// Brings a file to the schema of this program, within a transaction; nothing where it has it.
pub(super) fn bring_up(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    let found: i32 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found >= SCHEMA_VERSION {
        return Ok(());
    }
    for (_, step) in STEPS.iter().filter(|(version, _)| *version > found) {
        tx.execute_batch(step)?;
    }
    if found < 5 {
        let set = format!("UPDATE metrics SET growth_bound = {GROWTH_BOUND} WHERE value IS NULL");
        tx.execute(&set, ())?;
    }
    if found < 3 {
        // Before the index that holds it is made.
        worked_out::fill_in(tx)?;
    }
    make_what_is_missing(tx)?;
    if found < 4 {
        phrases::fill_in(tx)?;
    }
    hash_texts(tx)?;
    contents::write(tx)?;
    tx.pragma_update(None, "user_version", SCHEMA_VERSION)
}

/// `reports.db.version-1`, or with a number behind where there is one; whole or not there.
fn copy_beside(conn: &Connection, path: &Path, version: i32) -> rusqlite::Result<PathBuf> {
    let beside = |ending: String| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let mut copy = beside(format!(".version-{version}"));
    let mut number = 2;
    while copy.exists() {
        copy = beside(format!(".version-{version}-{number}"));
        number += 1;
    }
    let unfinished = beside(format!(".version-{version}.unfinished"));
    let failed = |error: std::io::Error| rusqlite::Error::ToSqlConversionFailure(Box::new(error));
    if unfinished.exists() {
        std::fs::remove_file(&unfinished).map_err(failed)?;
    }
    conn.execute("VACUUM INTO ?1", [unfinished.to_string_lossy()])?;
    std::fs::rename(&unfinished, &copy).map_err(failed)?;
    Ok(copy)
}

/// Makes the tables, indexes and views that the schema has and the file has not. Views and indexes that are defined
/// otherwise are made anew; they hold no data of their own.
fn make_what_is_missing(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    let model = Connection::open_in_memory()?;
    model.execute_batch(SCHEMA)?;
    let held: HashMap<String, String> = definitions(tx)?
        .into_iter()
        .map(|object| (object.name, object.sql))
        .collect();
    for object in definitions(&model)? {
        match held.get(&object.name) {
            Some(sql) if *sql == object.sql || object.kind == "table" => continue,
            Some(_) => {
                tx.execute_batch(&format!("DROP {} \"{}\"", object.kind, object.name))?;
            }
            None => {}
        }
        tx.execute_batch(&object.sql)?;
    }
    Ok(())
}

struct Definition {
    kind: String,
    name: String,
    sql: String,
}

/// What a file has, without what SQLite makes by itself: indexes of keys, tables behind the full-text index.
fn definitions(conn: &Connection) -> rusqlite::Result<Vec<Definition>> {
    conn.prepare(
        "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' \
         AND name NOT LIKE 'passages_fts_%' ORDER BY rowid",
    )?
    .query_map((), |row| {
        Ok(Definition {
            kind: row.get(0)?,
            name: row.get(1)?,
            sql: row.get(2)?,
        })
    })?
    .collect()
}

/// Gives each text its hash, where it has none.
fn hash_texts(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    let ids: Vec<i64> = tx
        .prepare("SELECT id FROM documents WHERE text_sha256 IS NULL AND text <> ''")?
        .query_map((), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for id in ids {
        let text: String =
            tx.query_row("SELECT text FROM documents WHERE id = ?1", [id], |row| {
                row.get(0)
            })?;
        tx.execute(
            "UPDATE documents SET text_sha256 = ?2 WHERE id = ?1",
            (id, Fingerprint::of(text.as_bytes()).as_str()),
        )?;
    }
    Ok(())
}
