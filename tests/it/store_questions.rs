//! Questions to the store: saved in it, and limited in what they may cost.

use std::time::{Duration, Instant};

use zhenzhi::store::{Limits, SavedQuery, Store, StoreError};

fn saved(name: &str, text: &str) -> SavedQuery {
    SavedQuery {
        name: name.into(),
        text: text.into(),
        canonical: text.into(),
        lang: "en".into(),
        language_version: 1,
        created_at: String::new(),
        note: None,
    }
}

#[test]
fn saved_questions_travel_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.db");
    let store = Store::create(&path).unwrap();
    assert_eq!(store.saved_queries().unwrap(), []);
    assert_eq!(store.save_query(&saved("b", "towns")).unwrap(), None);
    store.save_query(&saved("a", "reports")).unwrap();
    let before = store.save_query(&saved("b", "cities")).unwrap();
    assert_eq!(before.unwrap().text, "towns");
    drop(store);
    let copy = folder.path().join("copy.db");
    std::fs::copy(&path, &copy).unwrap();
    let store = Store::open_read_only(&copy).unwrap();
    let found = store.saved_queries().unwrap();
    let names: Vec<(&str, &str)> = found
        .iter()
        .map(|query| (query.name.as_str(), query.text.as_str()))
        .collect();
    assert_eq!(names, [("a", "reports"), ("b", "cities")]);
    assert_eq!(found[0].created_at.len(), "2026-01-01T00:00:00Z".len());
    assert!(matches!(
        store.save_query(&saved("c", "towns")),
        Err(StoreError::ReadOnly { .. })
    ));
    drop(store);
    let store = Store::open(&copy).unwrap();
    assert!(store.drop_query("a").unwrap());
    assert!(!store.drop_query("a").unwrap());
    assert_eq!(store.saved_queries().unwrap().len(), 1);
}

/// The table came after the first stores were made.
#[test]
fn a_file_without_the_table_of_saved_questions_gets_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.db");
    drop(Store::create(&path).unwrap());
    let conn = rusqlite::Connection::open(&path).unwrap();
    conn.execute_batch("DROP TABLE saved_queries").unwrap();
    drop(conn);
    let store = Store::open_read_only(&path).unwrap();
    assert_eq!(store.saved_queries().unwrap(), []);
    drop(store);
    let store = Store::open(&path).unwrap();
    assert!(!store.drop_query("a").unwrap());
    store.save_query(&saved("a", "towns")).unwrap();
    assert_eq!(store.saved_queries().unwrap().len(), 1);
}

#[test]
fn a_question_is_limited_in_time_and_rows() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(&folder.path().join("r.db")).unwrap();
    let endless =
        "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n";
    let limits = Limits {
        time: Some(Duration::from_millis(50)),
        rows: Some(3),
    };
    let started = Instant::now();
    assert!(matches!(
        store.select_within(endless, &[], limits),
        Err(StoreError::TooSlow { .. })
    ));
    assert!(started.elapsed() < Duration::from_secs(5));
    let some = "SELECT id FROM indicators LIMIT";
    let rows = store
        .select_within(&format!("{some} 4"), &[], limits)
        .unwrap();
    assert_eq!((rows.rows.len(), rows.are_cut), (3, true));
    let rows = store
        .select_within(&format!("{some} 3"), &[], limits)
        .unwrap();
    assert_eq!((rows.rows.len(), rows.are_cut), (3, false));
    // The limit was that question's alone.
    std::thread::sleep(Duration::from_millis(60));
    let counting = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 100000) SELECT count(*) FROM n";
    let rows = store.select(counting, &[]).unwrap().rows;
    assert_eq!(rows[0][0].integer(), Some(100_000));
}
