//! Old files: `tests/stores/version-1.db` to `version-4.db` are a store as these versions of the schema made it, with the
//! words of its own figures only.

use std::path::Path;

use zhenzhi::ask::{ask, names};
use zhenzhi::query::{Sql, compile};
use zhenzhi::store::{SCHEMA_VERSION, Store};

use crate::workshop::{content, faults, files, put, raw, root};

/// A copy of the kept store of a version.
fn old(folder: &Path, version: i32) -> std::path::PathBuf {
    let path = folder.join("old.db");
    let kept = format!("tests/stores/version-{version}.db");
    std::fs::copy(root().join(kept), &path).unwrap();
    path
}

/// All versions but this program's.
fn old_versions() -> std::ops::Range<i32> {
    1..SCHEMA_VERSION
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
    old_versions().for_each(is_asked_as_it_is);
}

fn is_asked_as_it_is(version: i32) {
    let folder = tempfile::tempdir().unwrap();
    let path = old(folder.path(), version);
    let before = files(folder.path());
    let store = Store::open_read_only(&path).unwrap();
    let answer = ask(&store, "towns with tax growth over 30%").unwrap();
    assert_eq!(answer.rows.len(), 1);
    assert_eq!(store.saved_queries().unwrap().len(), 1);
    let tasks = ask(&store, "tasks with a number, with source").unwrap();
    assert!(!tasks.rows.is_empty());
    assert_eq!(ask(&store, "reports, by length").unwrap().rows.len(), 3);
    assert_eq!(store.info().unwrap().schema_version, version);
    assert_eq!(store.verify(&mut |_| {}).unwrap().faults, []);
    drop(store);
    assert_eq!(files(folder.path()), before);
}

#[test]
fn an_old_store_is_brought_up_to_date_after_a_copy() {
    old_versions().for_each(is_brought_up_to_date);
}

fn is_brought_up_to_date(version: i32) {
    let folder = tempfile::tempdir().unwrap();
    let path = old(folder.path(), version);
    let before = content(&path);
    let store = Store::open(&path).unwrap();
    let done = store.migration().unwrap();
    assert_eq!((done.from, done.to), (version, SCHEMA_VERSION));
    assert_eq!(content(&done.copy), before);
    assert_eq!(
        Store::open_read_only(&done.copy)
            .unwrap()
            .info()
            .unwrap()
            .schema_version,
        version
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
    let path = old(folder.path(), 1);
    let there = folder.path().join("old.db.version-1");
    std::fs::write(&there, "mine").unwrap();
    let done = Store::open(&path).unwrap().migration().unwrap();
    assert_eq!(done.copy, folder.path().join("old.db.version-1-2"));
    assert_eq!(std::fs::read(&there).unwrap(), b"mine");
}

/// What a store has worked out of its reports answers as the statements do that choose among all that reports say: over each
/// version of the samples' store, brought up to date, and as the reader writes them.
#[test]
fn what_is_worked_out_is_what_would_be_chosen() {
    let folder = tempfile::tempdir().unwrap();
    for version in old_versions() {
        chosen_alike(&Store::open(&old(folder.path(), version)).unwrap());
    }
    let (_folder, store) = crate::samples::store();
    chosen_alike(&store);
}

/// Asks every indicator of all kinds of places, and what else is worked out, in both ways.
pub(crate) fn chosen_alike(store: &Store) {
    let kept = names(store).unwrap();
    let chosen = names(store).unwrap().without_what_is_worked_out();
    let of_indicators = kept.indicators().iter().flat_map(|indicator| {
        ["各镇", "各县", "各市", "各省"].map(|places| {
            let name = &indicator.name_zh;
            format!("{places}的{name}、{name}增速、{name}目标、{name}目标增速")
        })
    });
    let others = [
        "政策用语",
        "在2022年，政策用语，附来源",
        "有量化要求的任务",
        "报告，按字数降序",
        "报告，按每千字数字数降序",
    ];
    let mut answered = 0;
    for question in of_indicators.chain(others.map(str::to_owned)) {
        let (Ok(kept), Ok(chosen)) = (compile(&question, &kept), compile(&question, &chosen))
        else {
            continue;
        };
        assert_ne!(kept.sql.text, chosen.sql.text, "{question}");
        let rows = |sql: &Sql| store.select(&sql.text, &sql.params).unwrap().rows;
        let found = rows(&kept.sql);
        assert_eq!(found, rows(&chosen.sql), "{question}");
        answered += found.len();
    }
    assert!(answered > 20, "{answered} rows");
}
