//! What questions cost: how SQLite would answer ten typical ones, and their time beside statements written by hand.

#[path = "../../examples/zhenzhi-corpus/by_hand.rs"]
mod by_hand;

use std::fmt::Write;
use std::path::Path;

use by_hand::{beside, questions, table};
use zhenzhi::ask::{ask, compile, names};
use zhenzhi::fact::Value;
use zhenzhi::query::{Catalog, Sql, answer};
use zhenzhi::store::Store;

use crate::samples::store;

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
    for question in questions() {
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

/// What few figures have is found by the index of those figures, as a screen asks and with all quotes.
#[test]
fn what_few_figures_have_has_an_index() {
    let (_folder, store) = store();
    for (question, index) in [
        ("targets", "metrics_planned"),
        ("没有目标的镇", "metrics_planned"),
        ("figures with growth over 10%", "metrics_by_growth"),
        ("增速等于36.3%的数字", "metrics_by_growth"),
        ("增速最高的数字", "metrics_by_growth"),
        ("已实现的指标，按增速降序，前5名", "metrics_by_growth"),
        ("数值超过100%的数字", "metrics_in_percent"),
        ("数值介于10%到20%的数字", "metrics_in_percent"),
        ("只给出下限的数字", "metrics_not_exact"),
        ("完成率不低于100%的指标", "metrics_by_completion"),
        ("非全年的数字", "metrics_of_part_year"),
    ] {
        let compiled = compile(&store, question).unwrap();
        for sql in [&compiled.sql, &compiled.numbered] {
            let plan = query_plan(&store, &sql.text, &sql.params);
            let through = |index: &str| plan.contains(&format!("INDEX {index} "));
            assert!(through(index), "{question}\n{plan}");
            assert!(!through("sqlite_autoindex_metrics_1"), "{question}\n{plan}");
        }
    }
}

/// Where all places were looked at and none is found the statement says why itself; what it says is what a second one, which
/// looks at all of them again, would.
#[test]
fn no_row_is_explained_by_the_same_statement() {
    let (_folder, store) = store();
    for question in [
        "税收超过9万亿元的镇",
        "税收增长超过900%的镇",
        "税收超过0元且固定资产投资超过9万亿元的镇",
        "税收目标低于税收收入的镇，显示税收、税收目标、税收目标较税收",
        "towns with tax over 9 trillion yuan, show tax and GDP",
        "2019年税收超过9万亿元的镇",
    ] {
        let compiled = compile(&store, question).unwrap();
        let select = |sql: &Sql| store.select(&sql.text, &sql.params).unwrap().rows;
        let one = select(&compiled.numbered);
        assert!(compiled.says_why(&one), "{question}: {one:?}");
        assert!(select(&compiled.sql).is_empty(), "{question}");
        let reason = select(compiled.if_empty.as_ref().unwrap()).pop();
        let two = answer(&compiled, Vec::new(), reason.as_deref());
        assert!(
            two.rows.is_empty() && !two.notes.is_empty(),
            "{question}: {two:?}"
        );
        let one = answer(&compiled, one, None);
        assert_eq!(one.notes, two.notes, "{question}");
        let asked = ask(&store, question).unwrap();
        assert_eq!(asked.notes, two.notes, "{question}");
        assert!(one.rows.is_empty() && asked.rows.is_empty(), "{question}");
    }
    // What names its places is asked twice, and shorter.
    let compiled = compile(&store, "云塘镇2023年的税收").unwrap();
    assert!(!compiled.numbered.text.contains("(SELECT 1) LEFT JOIN"));
}

/// The table of all latest reports is not made for the few records that words lead to.
#[test]
fn records_with_words_ask_for_their_latest_report() {
    let (_folder, store) = store();
    for question in [
        "提到“养老”的句子",
        "提到“养老”或提到“食堂”的句子",
        "提到“就业”的问题",
    ] {
        let compiled = compile(&store, question).unwrap();
        let reason = compiled.if_empty.as_ref().unwrap();
        for sql in [&compiled.sql, &compiled.numbered, reason] {
            let plan = query_plan(&store, &sql.text, &sql.params);
            assert!(!plan.contains("MATERIALIZE report"), "{question}\n{plan}");
        }
    }
}

/// As many times the samples, so that reading a statement weighs little beside running it.
const TIMES: i64 = 100;

/// The phrases of reports are read where the store says them, and looked for where it does not.
#[test]
fn phrases_are_read_and_not_looked_for() {
    let (_folder, store) = store();
    let plan = |catalog: &Catalog| {
        let compiled = zhenzhi::query::compile("政策用语", catalog).unwrap();
        [compiled.sql, compiled.numbered].map(|sql| query_plan(&store, &sql.text, &sql.params))
    };
    for plan in plan(&names(&store).unwrap()) {
        assert!(
            plan.contains("SEARCH q USING PRIMARY KEY (session_id=?)"),
            "{plan}"
        );
        assert!(!plan.contains("passages_fts"), "{plan}");
    }
    for plan in plan(&names(&store).unwrap().without_phrases()) {
        assert!(plan.contains("passages_fts VIRTUAL TABLE"), "{plan}");
        assert!(!plan.contains("PRIMARY KEY (session_id=?)"), "{plan}");
    }
}

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

/// Prints the ratios and decides nothing but that the rows are the same: a test is not alone on its machine.
#[test]
fn time_beside_statements_by_hand() {
    let (_folder, store) = store();
    beside(&store, 1).unwrap();
    multiply(store.path());
    print!("{}", table(&beside(&store, 5).unwrap()));
}
