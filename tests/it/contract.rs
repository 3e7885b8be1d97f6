//! The file is read by people without this program, so its shape is fixed here, column for column.

use std::path::Path;

use zhenzhi::store::{SCHEMA, Store};

/// Tables and their columns. A column may come in addition; none may go or change its name.
const CONTRACT: [(&str, &str); 16] = [
    ("meta", "key value"),
    ("README", "ordinal name kind meaning meaning_zh"),
    (
        "README_columns",
        "ordinal owner name unit meaning meaning_zh",
    ),
    ("indicators", "id name_zh name_en unit definition"),
    ("indicator_names", "name lang indicator"),
    (
        "documents",
        "id name sha256 format encoding size_bytes text imported_at text_sha256",
    ),
    ("towns", "id name kind code county city province"),
    (
        "sessions",
        "id document_id ordinal town_id start end title congress meeting held_on speaker speaker_title review_year \
         plan_year stated_year year_ground",
    ),
    (
        "sections",
        "id session_id parent_id ordinal level type heading start end",
    ),
    (
        "metrics",
        "id session_id section_id ordinal indicator label number value value_high unit bound growth growth_kind \
         status year period completion rank quote start end rule growth_to growth_bound points_against",
    ),
    (
        "tasks",
        "id session_id section_id ordinal topic text deadline deadline_on start end",
    ),
    ("doubts", "id session_id code message start end message_zh"),
    ("passages", "id session_id section_id kind text start end"),
    ("phrases", "session_id phrase passage_id"),
    (
        "saved_queries",
        "name text canonical lang language_version created_at note",
    ),
    ("scripts", "name text created_at"),
];

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(&folder.path().join("reports.db")).unwrap();
    (folder, store)
}

fn texts(store: &Store, sql: &str) -> Vec<String> {
    let rows = store.select(sql, &[]).unwrap().rows;
    rows.iter()
        .map(|row| row[0].text().unwrap().to_owned())
        .collect()
}

#[test]
fn every_column_of_the_contract_is_there() {
    let (_folder, store) = store();
    for (table, columns) in CONTRACT {
        let found = store
            .select(&format!("SELECT * FROM {table} LIMIT 0"), &[])
            .unwrap()
            .columns;
        for column in columns.split_whitespace() {
            assert!(found.iter().any(|name| name == column), "{table}.{column}");
        }
    }
}

#[test]
fn every_table_is_strict_and_in_the_contract() {
    let (_folder, store) = store();
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'passages_fts%' \
                  AND name NOT LIKE 'sqlite_%'";
    let mut names = texts(&store, tables);
    let loose = texts(&store, &format!("{tables} AND sql NOT LIKE '%STRICT%'"));
    assert_eq!(loose, Vec::<String>::new());
    names.sort();
    let mut expected = CONTRACT.map(|(table, _)| table);
    expected.sort_unstable();
    assert_eq!(names, expected);
}

#[test]
fn every_table_index_and_column_is_explained() {
    let lines: Vec<&str> = SCHEMA.lines().collect();
    let is_comment = |line: &str| line.trim_start().starts_with("--");
    for (at, line) in lines.iter().enumerate() {
        if line.starts_with("CREATE") {
            assert!(at > 0 && is_comment(lines[at - 1]), "not explained: {line}");
        }
    }
    // Ids and what refers to them explain themselves by their REFERENCES; `end` goes with `start`.
    let plain = [
        "id",
        "document_id",
        "session_id",
        "section_id",
        "name",
        "lang",
        "indicator",
        "key",
        "value",
        "meaning",
    ];
    let mut table = "";
    for (at, line) in lines.iter().enumerate() {
        if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
            table = rest.trim_end_matches(" (");
        } else if line.starts_with("CREATE") {
            table = "";
        }
        let Some(column) = line
            .strip_prefix("    ")
            .and_then(|line| line.split(' ').next())
        else {
            continue;
        };
        let column = column.trim_matches('"');
        let is_column = CONTRACT.iter().any(|(name, columns)| {
            *name == table && columns.split_whitespace().any(|c| c == column)
        });
        if is_column && !plain.contains(&column) && column != "end" {
            assert!(
                line.contains("-- ") || is_comment(lines[at - 1]) || column == "start",
                "{table}.{column} is not explained"
            );
        }
    }
}

#[test]
fn the_schema_is_the_only_ddl() {
    fn check(folder: &Path) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                check(&path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                for word in ["CREATE TABLE", "CREATE INDEX", "CREATE VIEW", "ALTER TABLE"] {
                    assert!(!text.contains(word), "{} has {word}", path.display());
                }
            }
        }
    }
    check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
}

/// Each index with a question that it is there for.
const INDEXES: [(&str, &str); 17] = [
    (
        "indicator_names_by_name",
        "SELECT indicator FROM indicator_names WHERE name = '税收'",
    ),
    (
        "towns_by_name",
        "SELECT id FROM towns WHERE name = '云溪镇' AND ifnull(county, '') = '安平县'",
    ),
    (
        "sessions_of_town",
        "SELECT id FROM sessions WHERE town_id = 1 ORDER BY review_year DESC",
    ),
    (
        "sessions_of_year",
        "SELECT min(review_year) FROM sessions WHERE review_year > 2019",
    ),
    (
        "sections_of_parent",
        "SELECT id FROM sections WHERE parent_id = 1",
    ),
    (
        "metrics_of_indicator",
        "SELECT value FROM metrics WHERE indicator = 'gdp' AND year = 2023",
    ),
    (
        "metrics_of_section",
        "SELECT value FROM metrics WHERE section_id = 1",
    ),
    (
        "metrics_planned",
        "SELECT label FROM metrics WHERE session_id = 1 AND status = 'target'",
    ),
    (
        "metrics_by_growth",
        "SELECT label FROM metrics WHERE session_id = 1 AND growth_kind = 'yoy' AND growth > 10",
    ),
    (
        "metrics_in_percent",
        "SELECT label FROM metrics WHERE session_id = 1 AND unit = '%' AND value > 100",
    ),
    (
        "metrics_not_exact",
        "SELECT label FROM metrics WHERE session_id = 1 AND bound <> 'eq'",
    ),
    (
        "metrics_by_completion",
        "SELECT label FROM metrics WHERE session_id = 1 AND completion > 100",
    ),
    (
        "metrics_of_part_year",
        "SELECT label FROM metrics WHERE session_id = 1 AND period <> 'year' AND period <> 'as-of' \
         AND period <> 'cumulative' AND status <> 'target'",
    ),
    (
        "tasks_of_section",
        "SELECT text FROM tasks WHERE section_id = 1",
    ),
    (
        "doubts_of_session",
        "SELECT message FROM doubts WHERE session_id = 1",
    ),
    (
        "passages_of_session",
        "SELECT text FROM passages WHERE session_id = 1",
    ),
    (
        "passages_of_section",
        "SELECT text FROM passages WHERE section_id = 1",
    ),
];

#[test]
fn every_index_serves_a_question() {
    let (_folder, store) = store();
    let mut indexes = texts(
        &store,
        "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL",
    );
    indexes.sort();
    let mut expected = INDEXES.map(|(index, _)| index);
    expected.sort_unstable();
    assert_eq!(indexes, expected);
    for (index, sql) in INDEXES {
        let plan = store
            .select(&format!("EXPLAIN QUERY PLAN {sql}"), &[])
            .unwrap();
        assert!(format!("{plan:?}").contains(index), "{plan:?}");
    }
}

/// A report is replaced by deleting it, and SQLite then looks for rows that refer to each row that goes: without an
/// index that would read a whole table each time.
#[test]
fn every_reference_is_indexed() {
    let (_folder, store) = store();
    for (table, columns) in CONTRACT {
        let refers = |column: &str| {
            // The passage of a phrase is no reference that SQLite looks up.
            (column.ends_with("_id") && table != "passages_fts" && column != "passage_id")
                || (table == "metrics" && column == "indicator")
        };
        for column in columns.split_whitespace().filter(|column| refers(column)) {
            let sql = format!("EXPLAIN QUERY PLAN SELECT 1 FROM {table} WHERE {column} = 1");
            let plan = format!("{:?}", store.select(&sql, &[]).unwrap());
            assert!(plan.contains("SEARCH"), "{table}.{column}: {plan}");
        }
    }
}
