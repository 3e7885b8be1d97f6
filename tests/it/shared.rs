//! Extra checks on real reports, where a folder of them lies beside the project; otherwise they say that it does not.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use zhenzhi::fact::Value;
use zhenzhi::import::{find, import};
use zhenzhi::store::Store;

/// A folder beside the project, or `None` with a message.
fn beside(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared")
        .join(name);
    if !path.is_dir() {
        // Not by eprintln, which the test runner keeps to itself where a test passes.
        let _ = writeln!(
            std::io::stderr(),
            "not checked: there is no folder ../shared/{name}"
        );
        return None;
    }
    Some(path)
}

/// A store of the reports in a folder; of many, an optimised build takes all and another a few.
fn imported(folder: PathBuf) -> (tempfile::TempDir, Store) {
    let out = tempfile::tempdir().unwrap();
    let store = Store::create(&out.path().join("reports.db")).unwrap();
    let (mut sources, failures) = find(&[folder]);
    assert_eq!(failures, []);
    if cfg!(debug_assertions) && sources.len() > 40 {
        sources = sources.into_iter().step_by(10).collect();
    }
    let summary = import(&store, &sources, &mut |_, _| {}).unwrap();
    assert_eq!(summary.failures, [], "named above with the reason");
    (out, store)
}

fn number(store: &Store, sql: &str, params: &[Value]) -> i64 {
    store.select(sql, params).unwrap().rows[0][0]
        .integer()
        .unwrap()
}

#[test]
fn every_span_holds_its_quote() {
    for folder in ["reports", "corpus"].into_iter().filter_map(beside) {
        let (_folder, store) = imported(folder);
        let wrong = number(
            &store,
            "SELECT count(*) FROM metrics JOIN sessions ON sessions.id = session_id JOIN documents ON \
             documents.id = document_id WHERE substr(text, metrics.start + 1, metrics.end - metrics.start) <> quote",
            &[],
        );
        assert_eq!(wrong, 0);
        let outside = number(
            &store,
            "SELECT count(*) FROM metrics JOIN sessions ON sessions.id = session_id WHERE metrics.start < \
             sessions.start OR metrics.\"end\" > sessions.\"end\"",
            &[],
        );
        assert_eq!(outside, 0);
        let faults = store.select("SELECT * FROM pragma_foreign_key_check", &[]);
        assert!(faults.is_err(), "the guard lets pragmas through");
    }
}

#[test]
fn the_index_finds_what_the_text_holds() {
    let Some(folder) = beside("reports") else {
        return;
    };
    let (_folder, store) = imported(folder);
    for string in ["养老", "税", "疫情", "老旧小区", "12345", "PM2.5", "%，"] {
        let spaced: Vec<String> = string.chars().map(String::from).collect();
        let by_index = number(
            &store,
            "SELECT count(*) FROM passages_fts WHERE passages_fts MATCH ?1",
            &[Value::Text(format!("\"{}\"", spaced.join(" ")))],
        );
        let by_text = number(
            &store,
            "SELECT count(*) FROM passages WHERE instr(replace(text, ' ', ''), ?1) > 0",
            &[Value::Text(string.into())],
        );
        assert_eq!(by_index, by_text, "{string}");
    }
}

#[test]
fn reading_is_the_same_however_often() {
    let Some(folder) = beside("reports") else {
        return;
    };
    for entry in fs::read_dir(folder).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        let twice =
            [(); 2].map(|()| format!("{:?}", zhenzhi::reading::read(&bytes).unwrap().reports));
        assert_eq!(twice[0], twice[1]);
    }
}
