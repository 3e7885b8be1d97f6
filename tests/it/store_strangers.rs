//! Files from strangers: whatever they hold, a question to them ends, in time, without a panic, and writes nothing.
//!
//! `FLIPS=N` flips N bytes of a small store, each in turn, `TRUNCATIONS=N` cuts it at N places; with a number larger than
//! the file, all of them: `FLIPS=999999 TRUNCATIONS=999999 cargo test --release --test it strangers -- --nocapture`.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use zhenzhi::ask::{AskError, Terms, run};
use zhenzhi::store::{Limits, Store, StoreError};

use crate::workshop::{Dice, files, put, raw, rounds, small};

const QUESTIONS: [&str; 7] = [
    "towns with tax growth over 30%",
    "reports",
    "sections",
    "tasks",
    "浅湾镇的指标",
    "sql \"SELECT * FROM v_metrics\"",
    "sql \"SELECT text FROM sentences WHERE id IN (SELECT rowid FROM passages_fts WHERE passages_fts MATCH '养')\"",
];

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fate {
    /// It was not opened.
    Refused,
    /// It was opened, and some question failed with a message.
    Failed,
    /// Every question was answered.
    Answered,
}

/// Asks a file all questions within a limit of time.
fn ask_all(path: &Path) -> Fate {
    let Ok(store) = Store::open_read_only(path) else {
        return Fate::Refused;
    };
    let terms = Terms {
        time_limit: Duration::from_secs(1),
        ..Terms::default()
    };
    store.set_time_limit(Some(terms.time_limit));
    let mut is_whole = store.info().is_ok() && store.saved_queries().is_ok();
    store.set_time_limit(None);
    for question in QUESTIONS {
        match run(&store, question, &terms) {
            Ok(_) | Err(AskError::Question { .. }) => {}
            Err(AskError::Store(error)) => {
                assert!(!error.to_string().is_empty());
                is_whole = false;
            }
        }
    }
    if is_whole {
        Fate::Answered
    } else {
        Fate::Failed
    }
}

/// As [`ask_all`]; what goes wrong is said with `what` before it.
fn survive(path: &Path, what: &str) -> Fate {
    let start = Instant::now();
    let fate = catch_unwind(AssertUnwindSafe(|| ask_all(path)));
    let took = start.elapsed();
    assert!(took < Duration::from_secs(30), "{what} took {took:?}");
    fate.unwrap_or_else(|_| panic!("{what}: panicked"))
}

/// As [`survive`], and nothing in the folder changes; a checker and a copier survive it too.
pub(crate) fn survive_untouched(path: &Path, what: &str) -> Fate {
    let folder = path.parent().unwrap();
    let before = files(folder);
    let fate = survive(path, what);
    let done = catch_unwind(AssertUnwindSafe(|| {
        if let Ok(store) = Store::open_read_only(path) {
            store.set_time_limit(Some(Duration::from_secs(10)));
            let _ = store.verify(&mut |_| {});
            let _ = store.diff(&store);
        }
    }));
    assert!(done.is_ok(), "{what}: the checker panicked");
    assert!(files(folder) == before, "{what}: something was written");
    let copy = tempfile::tempdir().unwrap();
    let out = copy.path().join("out.db");
    let done = catch_unwind(AssertUnwindSafe(|| {
        if let Ok(store) = Store::open_read_only(path) {
            let _ = store.share(&out, &zhenzhi::store::ShareTerms::default());
            if let Ok(into) = Store::create(&copy.path().join("into.db")) {
                let _ = into.merge(&store);
            }
        }
    }));
    assert!(done.is_ok(), "{what}: the copier panicked");
    assert!(files(folder) == before, "{what}: the copier wrote to it");
    fate
}

/// A store with one small report, changed by SQL that a stranger might write.
pub(crate) fn harmed(folder: &Path, sql: &str) -> std::path::PathBuf {
    let path = folder.join("harmed.db");
    let _ = fs::remove_file(&path);
    let store = Store::create(&path).unwrap();
    put(&store, "浅湾镇-2023.txt", crate::workshop::SMALL);
    drop(store);
    let conn = raw(&path);
    conn.execute_batch("PRAGMA writable_schema = on; PRAGMA ignore_check_constraints = on")
        .unwrap();
    conn.execute_batch(sql)
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
    path
}

#[test]
fn what_only_poses_as_a_store() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("posing.db");
    small(&path);
    let whole = fs::read(&path).unwrap();
    let mut header = whole[..100].to_vec();
    header.extend("一、工作回顾。".repeat(500).bytes());
    let mut other = whole.clone();
    other[68..72].copy_from_slice(b"GPKG");
    let mut newer = whole.clone();
    newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
    let cases: [(&str, Vec<u8>, &str); 7] = [
        (
            "a text",
            "政府工作报告".repeat(300).into_bytes(),
            "is not a store",
        ),
        ("a text behind a header", header, ""),
        ("nothing", Vec::new(), "there is no store"),
        ("a header alone", whole[..100].to_vec(), ""),
        ("another program's file", other, "is not a store"),
        (
            "a newer store",
            newer,
            "was made by a newer zhenzhi (schema 99",
        ),
        ("zeros", vec![0; 4096], "is not a store"),
    ];
    for (what, bytes, said) in cases {
        fs::write(&path, bytes).unwrap();
        assert_eq!(survive_untouched(&path, what), Fate::Refused, "{what}");
        let error = Store::open_read_only(&path).unwrap_err().to_string();
        assert!(error.contains(said), "{what}: {error}");
    }
}

#[test]
fn a_question_reads_known_tables_with_known_functions_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = harmed(
        folder.path(),
        "CREATE TABLE secrets (x); CREATE VIEW peek AS SELECT * FROM secrets",
    );
    let store = Store::open_read_only(&path).unwrap();
    let refused = |sql: &str| store.select(sql, &[]).unwrap_err().to_string();
    for (sql, said) in [
        ("SELECT x FROM secrets", "the table secrets"),
        ("SELECT count(*) FROM secrets", "the table secrets"),
        ("SELECT * FROM peek", "the table "),
        ("SELECT * FROM dbstat", "the table dbstat"),
        ("SELECT load_extension('x')", "the function load_extension"),
        (
            "SELECT fts3_tokenizer('simple')",
            "the function fts3_tokenizer",
        ),
        (
            "SELECT * FROM pragma_database_list",
            "the table pragma_database_list",
        ),
        ("ATTACH 'x.db' AS x", "must be one SELECT"),
        ("VACUUM INTO 'x.db'", "must be one SELECT"),
        ("PRAGMA query_only = off", "must be one SELECT"),
        ("DELETE FROM towns", "must be one SELECT"),
        ("CREATE TEMP TABLE t (x)", "must be one SELECT"),
    ] {
        assert!(refused(sql).contains(said), "{sql}: {}", refused(sql));
    }
    for sql in [
        "WITH n (x) AS (SELECT 1) SELECT count(*) FROM n",
        "SELECT 地方, 数值 FROM 指标",
        "SELECT name, meaning FROM README",
        "SELECT value FROM json_each('[1]')",
        "SELECT rank() OVER (ORDER BY id), upper(name) FROM towns",
        "SELECT name FROM sqlite_schema",
    ] {
        store.select(sql, &[]).unwrap();
    }
}

/// Any question, not only the asker's own SQL, is broken off in time; so is what understands it.
#[test]
fn every_question_has_a_limit_of_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = harmed(
        folder.path(),
        "WITH RECURSIVE n (x) AS (SELECT 1000 UNION ALL SELECT x + 1 FROM n WHERE x < 15000) \
         INSERT INTO metrics SELECT x, 1, 1, x, 'tax_revenue', '税收收入', '1元', x, NULL, '元', 'eq', 1.0, 'yoy', 'actual', \
         2023, 'year', NULL, NULL, '税收收入', 1, 2, 'r', 1, NULL, NULL, NULL FROM n",
    );
    let store = Store::open_read_only(&path).unwrap();
    let terms = Terms {
        time_limit: Duration::from_millis(1),
        ..Terms::default()
    };
    let late = run(&store, "towns with tax over 3亿元", &terms);
    assert!(
        matches!(late, Err(AskError::Store(StoreError::TooSlow { .. }))),
        "{late:?}"
    );
    let calm = Terms {
        time_limit: Duration::from_mins(1),
        ..Terms::default()
    };
    let start = Instant::now();
    let answered = run(&store, "towns with tax over 3亿元", &calm);
    assert!(answered.is_ok(), "{answered:?} {:?}", start.elapsed());
    let large = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT hex(zeroblob(20000000)) FROM n";
    let error = store
        .select_within(large, &[], Limits::default())
        .unwrap_err();
    assert!(matches!(error, StoreError::TooLarge { .. }), "{error}");
}

/// A file whose writer left it in the mode in which a log lies beside it.
#[test]
fn a_copy_without_its_log_is_read_and_gets_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("镇 志?#%.db");
    small(&path);
    let conn = Connection::open(&path).unwrap();
    conn.pragma_update(None, "journal_mode", "wal").unwrap();
    drop(conn);
    assert_eq!(fs::read(&path).unwrap()[18], 2);
    assert_eq!(
        survive_untouched(&path, "a file with a log"),
        Fate::Answered
    );
}

/// Each byte of a small store turned over in turn.
#[test]
fn flipped_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("flipped.db");
    small(&path);
    let whole = fs::read(&path).unwrap();
    assert_eq!(ask_all(&path), Fate::Answered);
    let count = rounds("FLIPS", 60).min(whole.len());
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut fates: BTreeMap<Fate, usize> = BTreeMap::new();
    let mut file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    let mut set = |at: usize, byte: u8| {
        file.seek(SeekFrom::Start(at as u64)).unwrap();
        file.write_all(&[byte]).unwrap();
    };
    for round in 0..count {
        let at = if count == whole.len() {
            round
        } else {
            dice.below(whole.len())
        };
        let byte = whole[at] ^ (1 + dice.below(255) as u8);
        set(at, byte);
        let fate = survive(&path, &format!("byte {at} as {byte}"));
        *fates.entry(fate).or_default() += 1;
        let mut now = fs::read(&path).unwrap();
        now[at] = whole[at];
        assert!(now == whole, "byte {at} as {byte}: something was written");
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "byte {at}: a file beside it"
        );
        set(at, whole[at]);
    }
    println!("{count} of {} bytes flipped: {fates:?}", whole.len());
}

/// A small store cut off at each place in turn.
#[test]
fn truncations() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cut.db");
    small(&path);
    let whole = fs::read(&path).unwrap();
    let count = rounds("TRUNCATIONS", 40).min(whole.len());
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let mut fates: BTreeMap<Fate, usize> = BTreeMap::new();
    fs::write(&path, &whole).unwrap();
    for round in 0..count {
        // From the end, so that the file need not be written anew.
        let at = if count == whole.len() {
            whole.len() - 1 - round
        } else {
            let at = dice.below(whole.len());
            fs::write(&path, &whole).unwrap();
            at
        };
        fs::OpenOptions::new()
            .write(true)
            .open(&path)
            .unwrap()
            .set_len(at as u64)
            .unwrap();
        let fate = survive(&path, &format!("cut at {at}"));
        *fates.entry(fate).or_default() += 1;
        assert!(
            fs::read(&path).unwrap() == whole[..at],
            "cut at {at}: something was written"
        );
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "cut at {at}: a file beside it"
        );
    }
    println!("cut at {count} of {} places: {fates:?}", whole.len());
}
