//! Files and folders into a store.

use std::fs;
use std::path::{Path, PathBuf};

use zhenzhi::import::{Failure, Outcome, Source, Summary, find, import};
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
        .map(|failure| (failure.name.clone(), !failure.reason.is_empty()))
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
    assert_eq!(
        summary.failures[0].reason,
        "there is no such file or folder"
    );
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
