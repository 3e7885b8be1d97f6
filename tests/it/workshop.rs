//! Stores for the tests of sharing and of harm: small ones, and SQLite without the program.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OpenFlags};
use zhenzhi::import::{Source, find, import};
use zhenzhi::store::Store;

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The program.
pub(crate) fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_zhenzhi"))
}

/// A store of the samples.
pub(crate) fn samples(path: &Path) -> Store {
    let store = Store::create(path).unwrap();
    let (sources, _) = find(&[root().join("samples")]);
    import(&store, &sources, &mut |_, _| {}).unwrap();
    store
}

/// Puts a text into a store.
pub(crate) fn put(store: &Store, name: &str, text: &str) {
    let source = Source::bytes(name.to_owned(), text.as_bytes().to_vec());
    let done = import(store, &[source], &mut |_, _| {}).unwrap();
    assert_eq!(done.failures, []);
}

/// SQLite itself, with nothing forbidden.
pub(crate) fn raw(path: &Path) -> Connection {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
    conn.pragma_update(None, "foreign_keys", false).unwrap();
    conn
}

/// A made-up report of a few lines.
pub(crate) const SMALL: &str = "浅湾镇政府工作报告\n——2024年1月9日在浅湾镇第十八届人民代表大会第三次会议上\n\n\
各位代表：\n现在，我代表镇人民政府作工作报告。\n一、2023年工作回顾\n\
2023年，完成税收收入3.1亿元，同比增长32%。新建养老服务站4个。\n二、2024年工作安排\n\
2024年，税收收入增长8%。6月底前建成东堤公园。\n";

/// A store of one small report with the words of its own figures only, in pages of 512 bytes.
pub(crate) fn small(path: &Path) {
    let store = Store::create(path).unwrap();
    put(&store, "浅湾镇-2023.txt", SMALL);
    drop(store);
    let conn = raw(path);
    conn.execute_batch(
        "DELETE FROM indicator_names WHERE indicator <> 'tax_revenue'; \
         DELETE FROM indicators WHERE id <> 'tax_revenue'; DELETE FROM README; DELETE FROM README_columns; \
         PRAGMA page_size = 512; VACUUM",
    )
    .unwrap();
}

/// All rows of a store, but for when they were written and for its title.
pub(crate) fn content(path: &Path) -> BTreeMap<String, Vec<String>> {
    let conn = raw(path);
    let tables: Vec<String> = conn
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'passages_fts%' \
             AND name NOT LIKE 'sqlite_%'",
        )
        .unwrap()
        .query_map((), |row| row.get(0))
        .unwrap()
        .collect::<rusqlite::Result<_>>()
        .unwrap();
    tables
        .into_iter()
        .map(|table| {
            let mut statement = conn.prepare(&format!("SELECT * FROM {table}")).unwrap();
            let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
            let mut rows = statement.query(()).unwrap();
            let mut lines = Vec::new();
            while let Some(row) = rows.next().unwrap() {
                let cells: Vec<String> = names
                    .iter()
                    .enumerate()
                    .filter(|(_, name)| *name != "imported_at")
                    .map(|(at, _)| format!("{:?}", row.get::<_, Cell>(at).unwrap()))
                    .collect();
                let line = cells.join("\t");
                let is_moment =
                    table == "meta" && (line.contains("\"created\"") || line.contains("\"title\""));
                if !is_moment {
                    lines.push(line);
                }
            }
            lines.sort();
            (table, lines)
        })
        .collect()
}

/// Whether two stores have the same rows; else the first that differs.
#[track_caller]
pub(crate) fn assert_same(
    found: &BTreeMap<String, Vec<String>>,
    wanted: &BTreeMap<String, Vec<String>>,
    what: &str,
) {
    for (table, rows) in wanted {
        let held = found.get(table).map_or(&[][..], Vec::as_slice);
        if held == rows.as_slice() {
            continue;
        }
        let missing = rows.iter().find(|row| !held.contains(row));
        let more = held.iter().find(|row| !rows.contains(row));
        assert!(
            held.len() == rows.len() && missing.is_none() && more.is_none(),
            "{what}: {table} has {} rows, wanted {}; missing {missing:?}, more {more:?}",
            held.len(),
            rows.len()
        );
    }
}

/// What SQLite itself finds wrong.
pub(crate) fn faults(path: &Path) -> Vec<String> {
    let conn = raw(path);
    let mut found: Vec<String> = conn
        .prepare("PRAGMA integrity_check")
        .unwrap()
        .query_map((), |row| row.get(0))
        .unwrap()
        .collect::<rusqlite::Result<_>>()
        .unwrap();
    found.retain(|said| said != "ok");
    let mut orphans = conn.prepare("PRAGMA foreign_key_check").unwrap();
    let orphans = orphans
        .query_map((), |row| row.get::<_, String>(0))
        .unwrap();
    found.extend(orphans.map(|table| format!("orphan in {}", table.unwrap())));
    found
}

/// What lies in a folder, with its bytes.
pub(crate) fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| (path.clone(), std::fs::read(&path).unwrap()))
        .collect()
}

/// How many rounds: a few as a rule, all with the variable set to a number.
pub(crate) fn rounds(variable: &str, usual: usize) -> usize {
    std::env::var(variable)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(usual)
}

/// Numbers that look random and come back.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most as u64) as usize
    }
}
