//! Files and folders into a store.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use zhenzhi::import::{
    Failure, Outcome, Settings, Source, Summary, Unreadable, find, import, import_with,
};
use zhenzhi::store::Store;

const REPORT: &str = "云溪镇人民政府工作报告\n各位代表：\n全年税收收入3.2亿元，同比增长5%。\n";

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn run(store: &Path, paths: &[PathBuf]) -> (Summary, Vec<Failure>) {
    let (sources, failures) = find(paths);
    let store = Store::open_or_create(store).unwrap();
    (import(&store, &sources, &mut |_, _| {}).unwrap(), failures)
}

fn names(store: &Path) -> Vec<String> {
    let store = Store::open_read_only(store).unwrap();
    let rows = store.select("SELECT name FROM documents ORDER BY name", &[]);
    rows.unwrap()
        .rows
        .iter()
        .map(|row| row[0].text().unwrap().to_owned())
        .collect()
}

#[test]
fn folders_are_read_to_the_bottom_and_other_files_passed_over() {
    let reports = folder(&[
        ("b.txt", format!("{REPORT}二").as_bytes()),
        ("deep/er/a.TXT", format!("{REPORT}一").as_bytes()),
        ("picture.png", b"\x89PNG\r\n\x1a\n"),
        ("notes.md", b"# notes"),
    ]);
    let out = tempfile::tempdir().unwrap();
    let db = out.path().join("r.db");
    let (summary, failures) = run(&db, &[reports.path().to_owned()]);
    assert_eq!((summary.failures, failures), (vec![], vec![]));
    assert_eq!(names(&db), ["b.txt", "deep/er/a.TXT"]);
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_go_on() {
    let reports = folder(&[
        ("a-empty.txt", b""),
        (
            "b-picture.txt",
            b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0",
        ),
        ("c.txt", REPORT.as_bytes()),
    ]);
    let out = tempfile::tempdir().unwrap();
    let db = out.path().join("r.db");
    let gone = reports.path().join("gone.txt");
    let (summary, failures) = run(&db, &[gone.clone(), reports.path().to_owned()]);
    assert_eq!(failures, []);
    let failed: Vec<_> = summary
        .failures
        .iter()
        .map(|failure| (failure.name.clone(), !failure.reason.to_string().is_empty()))
        .collect();
    let place = |name: &str| (reports.path().join(name).display().to_string(), true);
    assert_eq!(
        failed,
        [
            place("gone.txt"),
            place("a-empty.txt"),
            place("b-picture.txt")
        ]
    );
    assert_eq!(summary.failures[0].reason, Unreadable::Missing);
    for failure in &summary.failures {
        let (en, zh) = (failure.reason.to_string(), failure.reason.zh());
        assert!(en.is_ascii() && !zh.is_ascii(), "{en} {zh}");
    }
    assert_eq!(names(&db), ["c.txt"]);
}

#[test]
fn importing_again_changes_nothing_and_says_so() {
    let reports = folder(&[
        ("a.txt", REPORT.as_bytes()),
        ("b.txt", format!("{REPORT}二").as_bytes()),
        ("copy.txt", REPORT.as_bytes()),
    ]);
    let out = tempfile::tempdir().unwrap();
    let db = out.path().join("r.db");
    let (first, _) = run(&db, &[reports.path().to_owned()]);
    assert_eq!(first.known, [("copy.txt".to_owned(), "a.txt".to_owned())]);
    let before = fs::read(&db).unwrap();
    let (second, _) = run(&db, &[reports.path().to_owned()]);
    assert_eq!(second.counts, zhenzhi::import::Counts::default());
    assert_eq!(second.known.len(), 3);
    assert!(before == fs::read(&db).unwrap(), "the file was changed");
}

#[test]
fn a_changed_file_replaces_its_report() {
    let reports = folder(&[("a.txt", REPORT.as_bytes())]);
    let out = tempfile::tempdir().unwrap();
    let db = out.path().join("r.db");
    run(&db, &[reports.path().to_owned()]);
    fs::write(reports.path().join("a.txt"), format!("{REPORT}改")).unwrap();
    let (summary, _) = run(&db, &[reports.path().join("a.txt")]);
    assert_eq!(summary.replaced, ["a.txt"]);
    assert_eq!(names(&db), ["a.txt"]);
}

#[test]
fn a_content_that_was_replaced_can_come_back_in_one_run() {
    let first = folder(&[("a.txt", REPORT.as_bytes())]);
    let out = tempfile::tempdir().unwrap();
    let db = out.path().join("r.db");
    run(&db, &[first.path().to_owned()]);
    let store = Store::open(&db).unwrap();
    let sources = [
        Source::bytes("a.txt".into(), format!("{REPORT}改").into_bytes()),
        Source::bytes("b.txt".into(), REPORT.into()),
    ];
    let mut outcomes = Vec::new();
    import(&store, &sources, &mut |_, outcome| {
        outcomes.push(outcome.clone());
    })
    .unwrap();
    let replaced: Vec<_> = outcomes
        .iter()
        .map(|outcome| matches!(outcome, Outcome::Imported { replaced: true, .. }))
        .collect();
    assert_eq!(replaced, [true, false]);
    drop(store);
    assert_eq!(names(&db), ["a.txt", "b.txt"]);
}

#[test]
fn files_of_one_name_from_two_folders_are_both_kept() {
    let reports = folder(&[
        ("east/2023.txt", REPORT.as_bytes()),
        ("west/2023.txt", format!("{REPORT}西").as_bytes()),
    ]);
    let out = tempfile::tempdir().unwrap();
    let db = out.path().join("r.db");
    let paths = ["east/2023.txt", "west/2023.txt"].map(|name| reports.path().join(name));
    let (summary, _) = run(&db, &paths);
    assert_eq!(summary.replaced, Vec::<String>::new());
    let names = names(&db);
    assert_eq!(names.len(), 2);
    assert!(names[0].ends_with("east/2023.txt"), "{names:?}");
    // Two folders are each their own beginning of the path.
    let db = out.path().join("s.db");
    run(&db, &["east", "west"].map(|name| reports.path().join(name)));
    assert_eq!(self::names(&db).len(), 2);
}

/// Everything in a store but the times at which it was written.
fn content(store: &Path) -> Vec<String> {
    let store = Store::open_read_only(store).unwrap();
    let rows = |sql: &str| format!("{:?}", store.select(sql, &[]).unwrap().rows);
    let mut content = vec![rows(
        "SELECT id, name, sha256, text FROM documents ORDER BY id",
    )];
    for table in [
        "towns", "sessions", "sections", "metrics", "tasks", "doubts", "passages",
    ] {
        content.push(rows(&format!("SELECT * FROM {table} ORDER BY id")));
    }
    content.push(rows(
        "SELECT rowid FROM passages_fts WHERE passages_fts MATCH '\"税\"'",
    ));
    content
}

#[test]
fn the_store_is_the_same_whatever_the_number_of_readers() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let (sources, _) = find(&[samples]);
    let out = tempfile::tempdir().unwrap();
    let contents = [1, 2, 5].map(|jobs| {
        let path = out.path().join(format!("{jobs}.db"));
        let store = Store::create(&path).unwrap();
        let settings = Settings {
            jobs,
            ..Settings::default()
        };
        let mut order = Vec::new();
        import_with(&store, &sources, settings, &mut |source, _| {
            order.push(source.name.clone());
        })
        .unwrap();
        let names: Vec<_> = sources.iter().map(|source| source.name.clone()).collect();
        assert_eq!(order, names);
        drop(store);
        content(&path)
    });
    assert_eq!(contents[0], contents[1]);
    assert_eq!(contents[0], contents[2]);
}

#[test]
fn an_import_that_is_stopped_keeps_what_was_read() {
    let sources: Vec<_> = (0..8)
        .map(|at| Source::bytes(format!("{at}.txt"), format!("{REPORT}{at}").into_bytes()))
        .collect();
    let out = tempfile::tempdir().unwrap();
    let path = out.path().join("r.db");
    let store = Store::create(&path).unwrap();
    let asked = AtomicUsize::new(0);
    let settings = Settings {
        jobs: 1,
        should_stop: &|| asked.fetch_add(1, Ordering::Relaxed) >= 3,
    };
    let summary = import_with(&store, &sources, settings, &mut |_, _| {}).unwrap();
    drop(store);
    assert_eq!((summary.counts.reports, summary.left), (3, 5));
    assert_eq!(names(&path).len(), 3);
}

#[test]
fn a_content_that_the_same_import_replaces_is_read_again() {
    let out = tempfile::tempdir().unwrap();
    let store = Store::create(&out.path().join("r.db")).unwrap();
    let source =
        |name: &str, text: &str| Source::bytes(name.into(), format!("{REPORT}{text}").into_bytes());
    import(&store, &[source("a.txt", "旧")], &mut |_, _| {}).unwrap();
    let sources = [source("a.txt", "新"), source("b.txt", "旧")];
    let summary = import(&store, &sources, &mut |_, _| {}).unwrap();
    assert_eq!(
        (summary.counts.reports, summary.replaced),
        (2, vec!["a.txt".to_owned()])
    );
    assert_eq!(summary.known, []);
}

/// A store in which an indicator is missing cannot take a report that has it. The others come in all the same.
#[test]
fn a_report_that_cannot_be_written_costs_no_other() {
    let out = tempfile::tempdir().unwrap();
    let path = out.path().join("r.db");
    let store = Store::create(&path).unwrap();
    let conn = rusqlite::Connection::open(&path).unwrap();
    conn.execute("DELETE FROM indicators WHERE id = 'tax_revenue'", ())
        .unwrap();
    drop(conn);
    let without = |at: usize| {
        let text = format!("云溪镇人民政府工作报告\n各位代表：\n全年植树{at}00亩。\n");
        Source::bytes(format!("{at}.txt"), text.into_bytes())
    };
    let broken = Source::bytes("broken.txt".into(), crate::workshop::SMALL.into());
    let empty = Source::bytes("empty.txt".into(), Vec::new());
    let sources = [without(1), empty, without(2), broken, without(3)];
    let mut order = Vec::new();
    let summary = import(&store, &sources, &mut |source, _| {
        order.push(source.name.clone());
    })
    .unwrap();
    drop(store);
    assert_eq!(summary.counts.reports, 3);
    let failed: Vec<_> = summary.failures.iter().map(|f| f.name.as_str()).collect();
    assert_eq!(failed, ["empty.txt", "broken.txt"]);
    assert!(
        summary.failures[1]
            .reason
            .to_string()
            .contains("FOREIGN KEY")
    );
    assert_eq!(
        order,
        ["1.txt", "empty.txt", "2.txt", "broken.txt", "3.txt"]
    );
    assert_eq!(names(&path), ["1.txt", "2.txt", "3.txt"]);
}

#[test]
fn a_store_that_is_made_again_at_a_stated_time_has_the_same_bytes() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let out = tempfile::tempdir().unwrap();
    let import = |folder: &str, jobs: &str, time: &str| {
        fs::create_dir(out.path().join(folder)).unwrap();
        let done = Command::new(env!("CARGO_BIN_EXE_zhenzhi"))
            .args(["import", "r.db", samples.to_str().unwrap(), "--jobs", jobs])
            .env("SOURCE_DATE_EPOCH", time)
            .env("LC_ALL", "C")
            .current_dir(out.path().join(folder))
            .output()
            .unwrap();
        (done.status.code(), String::from_utf8(done.stderr).unwrap())
    };
    assert_eq!(import("a", "1", "1700000000").0, Some(0));
    assert_eq!(import("b", "3", "1700000000").0, Some(0));
    assert_eq!(import("c", "1", "1700000001").0, Some(0));
    let bytes = |folder: &str| fs::read(out.path().join(folder).join("r.db")).unwrap();
    assert!(bytes("a") == bytes("b"));
    assert!(bytes("a") != bytes("c"));
    let (code, said) = import("d", "1", "yesterday");
    assert_eq!(code, Some(2));
    assert!(said.contains("SOURCE_DATE_EPOCH"), "{said}");
    assert!(!out.path().join("d/r.db").exists());
}
