use rusqlite::Connection;

use super::rows::Rows;
use super::{Fingerprint, contents, meta, schema};
use crate::extract::lexicon::{INDICATORS_TABLE, indicators};
use crate::fact::Indicator;

/// Writes this program's vocabulary into the store, unless the store has it already or a newer program's; with it the
/// words in which the file tells of its tables.
///
/// Indicators that the program no longer has stay, since figures may carry them; their names go.
pub(super) fn refresh(conn: &Connection) -> rusqlite::Result<()> {
    let ours = env!("CARGO_PKG_VERSION");
    let written_by = meta::get(conn, "reader")?;
    if written_by.is_some_and(|theirs| version(&theirs) > version(ours))
        || meta::get(conn, "vocabulary")?.as_deref() == Some(digest().as_str())
    {
        return Ok(());
    }
    let tx = conn.unchecked_transaction()?;
    put(&tx)?;
    tx.commit()
}

/// Whether the store has all indicators that this program's figures may carry.
pub(super) fn is_whole(conn: &Connection) -> rusqlite::Result<bool> {
    let mut find = conn.prepare("SELECT 1 FROM indicators WHERE id = ?1")?;
    for indicator in indicators() {
        if !find.exists([&indicator.id])? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Writes it without asking what is there.
pub(super) fn put(conn: &Connection) -> rusqlite::Result<()> {
    write(conn, indicators())?;
    contents::write(conn)?;
    meta::set(conn, "reader", env!("CARGO_PKG_VERSION"))?;
    meta::set(conn, "vocabulary", digest().as_str())
}

fn write(tx: &Connection, indicators: &[Indicator]) -> rusqlite::Result<()> {
    let mut entry = tx.prepare(
        "INSERT INTO indicators (id, name_zh, name_en, unit, definition) VALUES (?1, ?2, ?3, ?4, ?5) \
         ON CONFLICT (id) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en, \
         unit = excluded.unit, definition = excluded.definition",
    )?;
    tx.execute("DELETE FROM indicator_names", ())?;
    for indicator in indicators {
        entry.execute((
            &indicator.id,
            &indicator.name_zh,
            &indicator.name_en,
            &indicator.unit,
            &indicator.definition,
        ))?;
    }
    // In the order in which the table keeps them: few names at a time are sorted.
    let mut by_id: Vec<_> = indicators.iter().collect();
    by_id.sort_unstable_by_key(|indicator| &indicator.id);
    let mut all_names = Vec::new();
    for indicator in by_id {
        for (lang, names) in [("en", &indicator.names_en), ("zh", &indicator.names_zh)] {
            let begin = all_names.len();
            all_names.extend(names.iter().map(|name| (&indicator.id, lang, name)));
            all_names[begin..].sort_unstable_by_key(|(_, _, name)| *name);
        }
    }
    without_index(tx, "indicator_names_by_name", || {
        NAMES.insert(tx, &all_names, |_, (indicator, lang, name), row| {
            row.put(indicator)?;
            row.put(lang)?;
            row.put(name)
        })
    })
}

const NAMES: Rows = Rows {
    table: "indicator_names",
    columns: &["indicator", "lang", "name"],
};

/// Makes an index anew after `fill` has filled its table: in one go that is a third of the work.
fn without_index(
    tx: &Connection,
    index: &str,
    fill: impl FnOnce() -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    tx.execute_batch(&format!("DROP INDEX IF EXISTS {index}"))?;
    fill()?;
    tx.execute_batch(schema::index(index))
}

/// Of the vocabulary, and of what is said of the tables.
fn digest() -> Fingerprint {
    Fingerprint::of([INDICATORS_TABLE, contents::CONTENTS].concat().as_bytes())
}

/// `0.10.2` as numbers, so that 0.10 is newer than 0.9.
fn version(text: &str) -> Vec<u64> {
    text.split(['.', '-', '+'])
        .map_while(|part| part.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::SCHEMA;

    fn store_written_by(reader: &str) -> Connection {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch(SCHEMA).unwrap();
        conn.execute("INSERT INTO meta VALUES ('reader', ?1)", [reader])
            .unwrap();
        conn
    }

    fn count(conn: &Connection, table: &str) -> i64 {
        conn.query_row(&format!("SELECT count(*) FROM {table}"), (), |row| {
            row.get(0)
        })
        .unwrap()
    }

    #[test]
    fn an_older_vocabulary_is_brought_up_to_date() {
        let conn = store_written_by("0.0.9");
        conn.execute_batch(
            "INSERT INTO indicators VALUES ('gdp', 'old', 'old', 'old', 'old'), ('gone', 'a', 'b', 'c', 'd');
             INSERT INTO indicator_names VALUES ('old name', 'en', 'gone')",
        )
        .unwrap();
        refresh(&conn).unwrap();
        assert_eq!(count(&conn, "indicators"), indicators().len() as i64 + 1);
        let unit: String = conn
            .query_row("SELECT unit FROM indicators WHERE id = 'gdp'", (), |row| {
                row.get(0)
            })
            .unwrap();
        assert_eq!(unit, "元");
        assert_eq!(count(&conn, "indicator_names WHERE indicator = 'gone'"), 0);
        assert_eq!(
            meta::get(&conn, "reader").unwrap().as_deref(),
            Some(env!("CARGO_PKG_VERSION"))
        );
    }

    #[test]
    fn a_newer_vocabulary_is_left_alone() {
        let conn = store_written_by("999.0.0");
        refresh(&conn).unwrap();
        assert_eq!(count(&conn, "indicators"), 0);
    }

    #[test]
    fn versions_compare_as_numbers() {
        assert!(version("0.10.0") > version("0.9.3"));
        assert!(version("1.0.0-rc.1") >= version("1.0.0"));
    }
}
