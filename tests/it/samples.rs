//! The way of the data from end to end: the sample reports against what a careful reader takes from them.
//!
//! What the reader is known to miss stands in `tests/known_bad/`; a line there that it no longer misses fails too, so
//! that the list stays true.

use std::fs;
use std::path::Path;

use zhenzhi::import::{find, import};
use zhenzhi::store::Store;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}

pub(crate) fn store() -> (tempfile::TempDir, Store) {
    let out = tempfile::tempdir().unwrap();
    let store = Store::create(&out.path().join("reports.db")).unwrap();
    let (sources, _) = find(&[folder()]);
    assert_eq!(
        import(&store, &sources, &mut |_, _| {}).unwrap().failures,
        []
    );
    (out, store)
}

/// Cells as a line of text, a number with at most six digits after the point and none where they are nought.
fn lines(store: &Store, sql: &str) -> Vec<String> {
    let rows = store.select(sql, &[]).unwrap().rows;
    rows.iter()
        .map(|row| {
            let cells = row.iter().map(|cell| match (cell.number(), cell.text()) {
                (Some(number), _) => number_text(number),
                (None, text) => text.unwrap_or_default().to_owned(),
            });
            cells.collect::<Vec<_>>().join("\t")
        })
        .collect()
}

fn number_text(number: f64) -> String {
    let text = format!("{number:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[test]
fn every_figure_of_the_hand_reading_is_found() {
    let (_folder, store) = store();
    let found = lines(
        &store,
        "SELECT documents.name, indicator, year, status, value, growth FROM metrics JOIN sessions ON \
         sessions.id = session_id JOIN documents ON documents.id = document_id WHERE indicator IS NOT NULL",
    );
    let expected = fs::read_to_string(folder().join("expected.tsv")).unwrap();
    let expected: Vec<&str> = expected.lines().skip(1).collect();
    assert!(expected.len() > 100);
    check(&expected, &found, "figures.tsv");
}

/// Every expected line is found, but for those that are known to be missed.
fn check(expected: &[&str], found: &[String], known_bad: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/known_bad")
        .join(known_bad);
    let known = fs::read_to_string(&path).unwrap();
    let known: Vec<&str> = known.lines().collect();
    let is_missing = |line: &&str| !found.iter().any(|found| found == *line);
    let missing: Vec<&str> = expected.iter().copied().filter(is_missing).collect();
    let (new, mended): (Vec<&str>, Vec<&str>) = (
        missing
            .iter()
            .copied()
            .filter(|line| !known.contains(line))
            .collect(),
        known
            .iter()
            .copied()
            .filter(|line| !missing.contains(line))
            .collect(),
    );
    assert!(new.is_empty(), "{} missing:\n{}", new.len(), new.join("\n"));
    assert!(
        mended.is_empty(),
        "mended; take out of {}:\n{}",
        path.display(),
        mended.join("\n")
    );
}

#[test]
fn places_and_years_are_those_of_the_texts() {
    let (_folder, store) = store();
    let found = lines(
        &store,
        "SELECT towns.name, towns.kind, county, city, province, review_year, plan_year FROM sessions \
         JOIN towns ON towns.id = town_id JOIN documents ON documents.id = document_id ORDER BY documents.name",
    );
    let expected = [
        "云塘镇\ttown\t德清县\t湖州市\t浙江省\t2022\t2023",
        "云塘镇\ttown\t德清县\t湖州市\t浙江省\t2023\t2024",
        "杏渡镇\ttown\t\t\t\t2018\t2019",
        "槐渡镇\ttown\t锦岸区\t成都市\t四川省\t2023\t2024",
        "苇泊镇\ttown\t武清区\t天津市\t天津市\t2021\t2022",
        "青枫县\tcounty\t\t铜仁市\t贵州省\t2020\t2021",
    ];
    check(&expected, &found, "places.tsv");
    let doubts = lines(
        &store,
        "SELECT documents.name FROM doubts JOIN sessions ON sessions.id = session_id JOIN documents ON \
         documents.id = document_id WHERE code = 'year-conflict'",
    );
    assert_eq!(doubts, ["青枫县-2023.txt"]);
}

#[test]
fn every_span_holds_its_quote() {
    let (_folder, store) = store();
    let wrong = lines(
        &store,
        "SELECT metrics.id FROM metrics JOIN sessions ON sessions.id = session_id JOIN documents ON documents.id = \
         document_id WHERE substr(text, metrics.start + 1, metrics.\"end\" - metrics.start) <> quote",
    );
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn words_broken_over_lines_are_found() {
    let (_folder, store) = store();
    for (document, text) in lines(
        &store,
        "SELECT document, text FROM sentences WHERE kind = 'sentence'",
    )
    .iter()
    .filter_map(|line| line.split_once('\t'))
    {
        assert!(!text.contains('\n'), "{document}: {text}");
    }
}
