//! What questions cost: how SQLite would answer ten typical ones, and their time beside statements written by hand.

use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use zhenzhi::ask::compile;
use zhenzhi::fact::Value;
use zhenzhi::store::Store;

use crate::samples::store;

const TYPICAL: [&str; 10] = [
    "towns with tax growth over 30%",
    "towns with the highest tax",
    "云塘镇2023年税收收入是多少",
    "tax of 云塘镇 by year",
    "total investment by province",
    "towns with tax below target in 2023",
    "towns with tax growth above average",
    "tasks of 云塘镇 in 2024 mentioning \"幼儿园\"",
    "frequency of \"养老\" by town",
    "towns missing tax in 2022",
];

/// The steps of SQLite's plan, indented by their depth.
fn query_plan(store: &Store, sql: &str, params: &[Value]) -> String {
    let plan = store
        .select(&format!("EXPLAIN QUERY PLAN {sql}"), params)
        .unwrap();
    let mut depths: Vec<(i64, usize)> = vec![(0, 0)];
    let mut text = String::new();
    for row in &plan.rows {
        let (id, parent) = (row[0].integer().unwrap(), row[1].integer().unwrap());
        let depth = depths
            .iter()
            .rev()
            .find(|(known, _)| *known == parent)
            .map_or(0, |(_, depth)| *depth);
        depths.push((id, depth + 1));
        let _ = writeln!(text, "  {}{}", "  ".repeat(depth), row[3].text().unwrap());
    }
    text
}

#[test]
fn query_plans() {
    let (_folder, store) = store();
    let mut text = String::new();
    for question in TYPICAL {
        let compiled = compile(&store, question).unwrap();
        let plan = query_plan(&store, &compiled.sql.text, &compiled.sql.params);
        let _ = writeln!(text, "{question}\n{plan}");
        for line in plan.lines().map(str::trim) {
            // The figures are by far the largest table, and an index leads to those of an indicator or a report.
            let reads_all = line.starts_with("SCAN metrics") || line.starts_with("SCAN m ");
            assert!(!reads_all || line.contains("USING"), "{question}: {line}");
        }
    }
    insta::assert_snapshot!(text);
}

/// Questions and what a good hand would write for the same rows: one figure a place and year, the whole year's before a
/// part of it, with the place where it is said.
const BY_HAND: [(&str, &str); 3] = [
    (
        "towns with tax growth over 30%",
        "WITH latest AS (SELECT *, row_number() OVER (PARTITION BY town_id ORDER BY review_year DESC, id DESC) AS turn \
         FROM sessions WHERE town_id IS NOT NULL), \
         figures AS (SELECT m.*, s.town_id, s.document_id, row_number() OVER (PARTITION BY s.town_id ORDER BY \
         m.value IS NULL, m.period <> 'year', m.ordinal) AS best FROM metrics AS m JOIN latest AS s ON s.id = m.session_id \
         WHERE s.turn = 1 AND m.indicator = 'tax_revenue' AND m.status <> 'target' AND m.year = s.review_year) \
         SELECT towns.name, m.year, m.value, m.growth, m.status, d.name, m.quote, m.start, m.\"end\" \
         FROM figures AS m JOIN towns ON towns.id = m.town_id JOIN documents AS d ON d.id = m.document_id \
         WHERE m.best = 1 AND m.growth > 30 AND m.growth_kind = 'yoy' \
         AND towns.kind IN ('town', 'township', 'subdistrict') ORDER BY m.growth DESC",
    ),
    (
        "towns with the highest tax",
        "WITH latest AS (SELECT *, row_number() OVER (PARTITION BY town_id ORDER BY review_year DESC, id DESC) AS turn \
         FROM sessions WHERE town_id IS NOT NULL), \
         figures AS (SELECT m.*, s.town_id, s.document_id, row_number() OVER (PARTITION BY s.town_id ORDER BY \
         m.value IS NULL, m.period <> 'year', m.ordinal) AS best FROM metrics AS m JOIN latest AS s ON s.id = m.session_id \
         WHERE s.turn = 1 AND m.indicator = 'tax_revenue' AND m.status <> 'target' AND m.year = s.review_year), \
         one AS (SELECT m.*, towns.name FROM figures AS m JOIN towns ON towns.id = m.town_id \
         WHERE m.best = 1 AND towns.kind IN ('town', 'township', 'subdistrict')) \
         SELECT one.name, one.year, value, growth, status, d.name, quote, start, \"end\" FROM one \
         JOIN documents AS d ON d.id = document_id WHERE value = (SELECT max(value) FROM one)",
    ),
    (
        "tasks mentioning \"幼儿园\"",
        "WITH latest AS (SELECT *, row_number() OVER (PARTITION BY town_id ORDER BY review_year DESC, id DESC) AS turn \
         FROM sessions WHERE town_id IS NOT NULL) \
         SELECT towns.name, s.plan_year, t.text, t.deadline, d.name, substr(d.text, t.start + 1, t.\"end\" - t.start), t.start, \
         t.\"end\" FROM latest AS s JOIN tasks AS t ON t.session_id = s.id JOIN towns ON towns.id = s.town_id \
         JOIN documents AS d ON d.id = s.document_id WHERE s.turn = 1 AND instr(t.text, '幼儿园') \
         ORDER BY towns.name, s.plan_year, t.start",
    ),
];

/// As many times the samples, so that reading a statement weighs little beside running it.
const TIMES: i64 = 100;

/// The sample reports over again under other ids and names.
fn multiply(path: &Path) {
    let conn = rusqlite::Connection::open(path).unwrap();
    let columns = |table: &str| -> Vec<String> {
        let statement = conn.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let names = statement.column_names();
        names.map(|name| format!("\"{name}\"")).collect()
    };
    for (table, shifted, renamed) in [
        ("towns", "id", "code"),
        ("documents", "id", "name sha256"),
        ("sessions", "id document_id town_id", ""),
        ("sections", "id session_id parent_id", ""),
        ("metrics", "id session_id section_id", ""),
        ("tasks", "id session_id section_id", ""),
        ("passages", "id session_id section_id", ""),
    ] {
        let columns = columns(table);
        let copied = columns.iter().map(|column| {
            let bare = column.trim_matches('"');
            if shifted.split(' ').any(|name| name == bare) {
                format!("{column} + 100000 * n")
            } else if renamed.split(' ').any(|name| name == bare) {
                format!("{column} || '-' || n")
            } else if table == "towns" && bare == "name" {
                format!("{column} || n")
            } else {
                column.clone()
            }
        });
        let copied: Vec<String> = copied.collect();
        let sql = format!(
            "WITH RECURSIVE turn (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM turn WHERE n < {TIMES}) \
             INSERT INTO {table} ({}) SELECT {} FROM {table}, turn ORDER BY n",
            columns.join(", "),
            copied.join(", ")
        );
        conn.execute_batch(&sql).unwrap();
    }
    // The index is of characters, as the store makes it.
    conn.execute_batch("BEGIN").unwrap();
    let mut passages = conn
        .prepare("SELECT id, text FROM passages WHERE id > 100000")
        .unwrap();
    let mut rows = passages.query(()).unwrap();
    let mut index = conn
        .prepare("INSERT INTO passages_fts (rowid, text) VALUES (?1, ?2)")
        .unwrap();
    while let Some(row) = rows.next().unwrap() {
        let (id, text): (i64, String) = (row.get(0).unwrap(), row.get(1).unwrap());
        let spaced: String = text.chars().flat_map(|c| [c, ' ']).collect();
        index.execute((id, spaced)).unwrap();
    }
    conn.execute_batch("COMMIT").unwrap();
}

/// Prints the ratios and decides nothing but that the rows are as many: a test is not alone on its machine.
#[test]
fn time_beside_statements_by_hand() {
    let (_folder, store) = store();
    multiply(store.path());
    for (question, by_hand) in BY_HAND {
        let compiled = compile(&store, question).unwrap();
        let by_hand_rows = store.select(by_hand, &[]).unwrap().rows.len();
        let rows = store
            .select(&compiled.sql.text, &compiled.sql.params)
            .unwrap();
        assert_eq!(rows.rows.len(), by_hand_rows, "{question}");
        let ours = fastest(|| drop(store.select(&compiled.sql.text, &compiled.sql.params)));
        let theirs = fastest(|| drop(store.select(by_hand, &[])));
        println!(
            "{question}: {by_hand_rows} rows, {ours:?}, by hand {theirs:?}, ratio {:.2}",
            ours.as_secs_f64() / theirs.as_secs_f64()
        );
    }
}

fn fastest(mut run: impl FnMut()) -> Duration {
    let times = (0..5).map(|_| {
        let started = Instant::now();
        run();
        started.elapsed()
    });
    times.min().unwrap_or_default()
}
