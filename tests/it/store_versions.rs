//! Old files: `tests/stores/version-1.db` is a store as version 1 of the schema made it, with the words of its own figures
//! only.

use std::path::Path;

use zhenzhi::ask::ask;
use zhenzhi::store::{SCHEMA_VERSION, Store};

use crate::workshop::{content, faults, files, put, raw, root};

fn old(folder: &Path) -> std::path::PathBuf {
    let path = folder.join("old.db");
    std::fs::copy(root().join("tests/stores/version-1.db"), &path).unwrap();
    path
}

/// Tables with their columns, indexes and views with their words.
fn shape(path: &Path) -> Vec<String> {
    let conn = raw(path);
    let mut objects = conn
        .prepare("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name")
        .unwrap();
    let objects: Vec<(String, String, String)> = objects
        .query_map((), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .collect::<rusqlite::Result<_>>()
        .unwrap();
    objects
        .into_iter()
        .map(|(kind, name, sql)| {
            if kind != "table" {
                return sql;
            }
            let mut columns = conn
                .prepare("SELECT name || ' ' || type || ' ' || \"notnull\" || ' ' || pk FROM pragma_table_info(?1)")
                .unwrap();
            let columns: Vec<String> = columns
                .query_map([&name], |row| row.get(0))
                .unwrap()
                .collect::<rusqlite::Result<_>>()
                .unwrap();
            format!("{name}: {}", columns.join(", "))
        })
        .collect()
}

#[test]
fn an_old_store_is_asked_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = old(folder.path());
    let before = files(folder.path());
    let store = Store::open_read_only(&path).unwrap();
    let answer = ask(&store, "towns with tax growth over 30%").unwrap();
    assert_eq!(answer.rows.len(), 1);
    assert_eq!(store.saved_queries().unwrap().len(), 1);
    assert_eq!(store.info().unwrap().schema_version, 1);
    assert_eq!(store.verify(&mut |_| {}).unwrap().faults, []);
    drop(store);
    assert_eq!(files(folder.path()), before);
}

#[test]
fn an_old_store_is_brought_up_to_date_after_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    let path = old(folder.path());
    let before = content(&path);
    let store = Store::open(&path).unwrap();
    let done = store.migration().unwrap();
    assert_eq!((done.from, done.to), (1, SCHEMA_VERSION));
    assert_eq!(content(&done.copy), before);
    assert_eq!(
        Store::open_read_only(&done.copy)
            .unwrap()
            .info()
            .unwrap()
            .schema_version,
        1
    );
    put(&store, "浅湾镇-2023.txt", crate::workshop::SMALL);
    let checked = store.verify(&mut |_| {}).unwrap();
    assert_eq!(checked.faults, []);
    drop(store);
    let new = folder.path().join("new.db");
    drop(Store::create(&new).unwrap());
    assert_eq!(shape(&path), shape(&new));
    assert_eq!(faults(&path), [""; 0]);
    let again = Store::open(&path).unwrap();
    assert_eq!(again.migration(), None);
    let hashes = again
        .select(
            "SELECT count(*) FROM documents WHERE text_sha256 IS NULL",
            &[],
        )
        .unwrap();
    assert_eq!(hashes.rows[0][0].integer(), Some(0));
    let told = again
        .select("SELECT count(*) FROM README_columns", &[])
        .unwrap();
    assert!(told.rows[0][0].integer() > Some(100));
}

#[test]
fn an_old_copy_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = old(folder.path());
    let there = folder.path().join("old.db.version-1");
    std::fs::write(&there, "mine").unwrap();
    let done = Store::open(&path).unwrap().migration().unwrap();
    assert_eq!(done.copy, folder.path().join("old.db.version-1-2"));
    assert_eq!(std::fs::read(&there).unwrap(), b"mine");
}
