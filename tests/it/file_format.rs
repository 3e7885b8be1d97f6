//! `docs/file-format.md` has every table, view and column with what `README` in the file says of it, its unit and an
//! example from the samples. With the environment variable `FORMAT=write` that part is written anew.

use std::fmt::Write;
use std::fs;
use std::process::Command;

use zhenzhi::fact::Value;
use zhenzhi::store::{SCHEMA_VERSION, Store};

use crate::workshop::{root, samples};

const MARK: &str =
    "<!-- From here on written by the test: FORMAT=write cargo test file_format -->\n";

fn rows(store: &Store, sql: &str, params: &[&str]) -> Vec<Vec<Value>> {
    let params: Vec<Value> = params
        .iter()
        .map(|text| Value::Text((*text).to_owned()))
        .collect();
    store.select(sql, &params).unwrap().rows
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => text.clone(),
    }
}

/// The first value of a column that says something, as it stands in a table of Markdown.
fn example(store: &Store, owner: &str, column: &str) -> String {
    // What changes from day to day, or from one version of the program to the next, is told by its shape.
    match (owner, column) {
        ("meta", "key") => return "title".into(),
        ("meta", "value") => return "Towns of Tianjin".into(),
        ("documents", "imported_at") | ("saved_queries" | "scripts", "created_at") => {
            return "2024-02-01T09:30:00Z".into();
        }
        ("saved_queries", "name") => return "strong".into(),
        ("saved_queries", "text" | "canonical") => return "towns with tax growth over 30%".into(),
        ("saved_queries", "lang") => return "en".into(),
        ("saved_queries", "language_version") => return "1".into(),
        ("saved_queries", "note") => return "for the spring comparison".into(),
        ("scripts", "name") => return "spring".into(),
        ("scripts", "text") => return "# {{ title }}".into(),
        ("passages_fts", _) => return String::new(),
        ("indicators", "id") => return "gdp".into(),
        // Numbers of rows shift with every figure that the reader finds more.
        (
            _,
            "id" | "session_id" | "section_id" | "parent_id" | "编号" | "报告编号" | "章节编号",
        ) => {
            return "12".into();
        }
        _ => {}
    }
    let sql = format!(
        "SELECT \"{column}\" FROM \"{owner}\" WHERE \"{column}\" IS NOT NULL AND \"{column}\" <> '' LIMIT 1"
    );
    let found = rows(store, &sql, &[]);
    let cell: String = found.first().map_or(String::new(), |row| text(&row[0]));
    let line: String = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut short: String = line.chars().take(24).collect();
    if line.chars().count() > 24 {
        short.push('…');
    }
    short.replace('|', "\\|")
}

fn described(store: &Store) -> String {
    let mut out = String::new();
    let objects =
        "SELECT name, kind, meaning, meaning_zh FROM README WHERE kind <> 'note' ORDER BY ordinal";
    for object in rows(store, objects, &[]) {
        let [name, kind, meaning, in_chinese] = [0, 1, 2, 3].map(|at| text(&object[at]));
        let _ = writeln!(out, "\n### {name}\n\nA {kind}. {meaning}. {in_chinese}。\n");
        let _ = writeln!(
            out,
            "| column | meaning | 含义 | unit | example |\n| --- | --- | --- | --- | --- |"
        );
        let columns = "SELECT name, meaning, meaning_zh, unit FROM README_columns WHERE owner = ?1 ORDER BY ordinal";
        for column in rows(store, columns, &[&name]) {
            let [column, meaning, in_chinese, unit] = [0, 1, 2, 3].map(|at| text(&column[at]));
            let example = example(store, &name, &column);
            let _ = writeln!(
                out,
                "| `{column}` | {meaning} | {in_chinese} | {unit} | {example} |"
            );
        }
    }
    out
}

#[test]
fn file_format() {
    let folder = tempfile::tempdir().unwrap();
    let store = samples(&folder.path().join("reports.db"));
    let path = root().join("docs/file-format.md");
    let document = fs::read_to_string(&path).unwrap();
    let (written, listed) = document.split_once(MARK).unwrap();
    let now = described(&store);
    if std::env::var_os("FORMAT").is_some_and(|mode| mode == "write") {
        fs::write(&path, format!("{written}{MARK}{now}")).unwrap();
        return;
    }
    // Examples change with the reader; names, meanings and units are the contract.
    let without_examples = |text: &str| -> Vec<String> {
        text.lines()
            .map(|line| match line.strip_prefix("| `") {
                Some(_) => line.rsplitn(3, " | ").nth(2).unwrap_or(line).to_owned(),
                None => line.to_owned(),
            })
            .collect()
    };
    assert_eq!(
        without_examples(listed),
        without_examples(&now),
        "FORMAT=write writes it anew"
    );
}

#[test]
fn the_sql_of_the_document_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let store = samples(&folder.path().join("reports.db"));
    let document = fs::read_to_string(root().join("docs/file-format.md")).unwrap();
    let mut count = 0;
    for block in document.split("```sql\n").skip(1) {
        let block = block.split("```").next().unwrap();
        for sql in block.split_inclusive(";\n") {
            assert!(!store.select(sql, &[]).unwrap().rows.is_empty(), "{sql}");
            count += 1;
        }
    }
    assert_eq!(count, 3);
}

#[test]
fn file_knows_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("reports.db");
    drop(Store::create(&path).unwrap());
    let magic = root().join("docs/zhenzhi.magic");
    match Command::new("file")
        .arg("-m")
        .arg(magic)
        .arg(&path)
        .output()
    {
        Ok(done) => {
            let said = String::from_utf8_lossy(&done.stdout).into_owned();
            assert!(
                said.contains("zhenzhi store of government work reports")
                    && said.contains(&format!("version {SCHEMA_VERSION}")),
                "{said}"
            );
        }
        Err(error) => println!("not tried: file: {error}"),
    }
}
