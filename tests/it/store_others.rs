//! Others open the file: each tool reads the views and searches the text, where it is there; where not, that is said.
//!
//! The tools from PyPI are looked for in the folder that `OTHERS` names, by default `target/others`, a virtual environment
//! that `.ci/run` makes.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use zhenzhi::fact::Value;
use zhenzhi::store::{ShareTerms, Store};

use crate::workshop::{root, samples};

/// A shared store of the samples.
fn shared(folder: &Path) -> PathBuf {
    let store = samples(&folder.join("reports.db"));
    let path = folder.join("shared.db");
    store.share(&path, &ShareTerms::default()).unwrap();
    path
}

/// A tool of the virtual environment.
fn tool(name: &str) -> Option<PathBuf> {
    let others =
        std::env::var_os("OTHERS").map_or_else(|| root().join("target/others"), PathBuf::from);
    let path = others.join("bin").join(name);
    let is_there = path.exists();
    if !is_there {
        println!(
            "not tried: {name} is not in {} (.ci/run puts it there)",
            others.display()
        );
    }
    is_there.then_some(path)
}

/// What a command prints; it must end well.
fn printed(command: &mut Command) -> String {
    let done = command.output().unwrap();
    let (out, error) = (
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr),
    );
    assert!(done.status.success(), "{command:?}: {out}{error}");
    out.trim().to_owned()
}

/// What the store itself says: figures, figures in Chinese, hits of 养老.
fn wanted(path: &Path) -> [i64; 3] {
    let store = Store::open_read_only(path).unwrap();
    [
        "SELECT count(*) FROM metrics",
        "SELECT count(*) FROM metrics WHERE status = 'target'",
        "SELECT count(*) FROM passages WHERE instr(text, '养老') > 0",
    ]
    .map(|sql| {
        store.select(sql, &[]).unwrap().rows[0][0]
            .integer()
            .unwrap()
    })
}

const QUESTIONS: [&str; 3] = [
    "SELECT count(*) FROM v_metrics",
    "SELECT count(*) FROM 指标 WHERE 性质 = '目标'",
    "SELECT count(*) FROM passages_fts WHERE passages_fts MATCH '\"养 老\"'",
];

fn lines(numbers: &[i64]) -> String {
    numbers
        .iter()
        .map(i64::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn the_sqlite_shell() {
    let folder = tempfile::tempdir().unwrap();
    let path = shared(folder.path());
    if Command::new("sqlite3").arg("--version").output().is_err() {
        println!("not tried: sqlite3 is not there");
        return;
    }
    let said = printed(
        Command::new("sqlite3")
            .arg("-readonly")
            .arg(&path)
            .arg(QUESTIONS.join(";")),
    );
    assert_eq!(said, lines(&wanted(&path)));
    // Strings of one to six characters of the texts themselves: the index counts what a search in sentences counts.
    let store = Store::open_read_only(&path).unwrap();
    let passages = store
        .select("SELECT text FROM passages ORDER BY id", &[])
        .unwrap()
        .rows;
    let passages: Vec<Vec<char>> = passages
        .iter()
        .map(|row| row[0].text().unwrap().chars().collect())
        .collect();
    let (mut terms, mut asked) = (Vec::new(), String::new());
    for (at, passage) in passages
        .iter()
        .enumerate()
        .filter(|(_, passage)| passage.len() > 8)
    {
        let length = 1 + at % 6;
        let term: String = passage[at % (passage.len() - length)..][..length]
            .iter()
            .collect();
        if term.chars().any(char::is_whitespace) || terms.len() == 300 {
            continue;
        }
        let phrase = term.chars().map(String::from).collect::<Vec<_>>().join(" ");
        let phrase = phrase.replace('"', "\"\"").replace('\'', "''");
        let plain = term.replace('\'', "''");
        // Upper and lower case are one to the index.
        writeln!(
            asked,
            "SELECT (SELECT count(*) FROM passages_fts WHERE passages_fts MATCH '\"{phrase}\"'), \
             (SELECT count(*) FROM passages WHERE instr(lower(text), lower('{plain}')) > 0);"
        )
        .unwrap();
        terms.push(term);
    }
    let said = printed(
        Command::new("sqlite3")
            .arg("-readonly")
            .arg(&path)
            .arg(&asked),
    );
    assert_eq!(said.lines().count(), terms.len());
    for (term, line) in terms.iter().zip(said.lines()) {
        let (by_index, by_looking) = line.split_once('|').unwrap();
        assert_eq!(by_index, by_looking, "{term}");
        assert_ne!(by_index, "0", "{term}");
    }
    println!("{} terms counted alike", terms.len());
}

#[test]
fn sqlite_utils() {
    let folder = tempfile::tempdir().unwrap();
    let path = shared(folder.path());
    let Some(tool) = tool("sqlite-utils") else {
        return;
    };
    let wanted = wanted(&path);
    for (sql, wanted) in QUESTIONS.iter().zip(wanted) {
        let said = printed(
            Command::new(&tool)
                .arg("query")
                .arg(&path)
                .arg(sql)
                .arg("--raw"),
        );
        assert_eq!(said, wanted.to_string());
    }
    let views = printed(Command::new(&tool).arg("views").arg(&path).arg("--csv"));
    assert!(views.contains("v_metrics") && views.contains("指标"));
}

#[test]
fn datasette() {
    let folder = tempfile::tempdir().unwrap();
    let path = shared(folder.path());
    let Some(tool) = tool("datasette") else {
        return;
    };
    let get = |page: &str| {
        let mut command = Command::new(&tool);
        printed(command.arg("-i").arg(&path).args(["--get", page]))
    };
    assert!(get("/shared/README.json?_shape=array").contains("\"name\": \"to begin\""));
    assert!(get("/shared/v_metrics.json?_size=1&_shape=array").contains("\"growth_kind\""));
    for (sql, wanted) in QUESTIONS.iter().zip(wanted(&path)) {
        let sql = sql.bytes().fold(String::new(), |mut url, byte| {
            write!(url, "%{byte:02X}").unwrap();
            url
        });
        let found = get(&format!("/shared.json?_shape=arrayfirst&sql={sql}"));
        assert_eq!(found, format!("[{wanted}]"));
    }
}

#[test]
fn pandas() {
    let folder = tempfile::tempdir().unwrap();
    let path = shared(folder.path());
    let Some(python) = tool("python") else { return };
    let script = "import sqlite3, sys, pandas\n\
        db = sqlite3.connect('file:' + sys.argv[1] + '?mode=ro', uri=True)\n\
        figures = pandas.read_sql('SELECT * FROM v_metrics', db)\n\
        chinese = pandas.read_sql('SELECT * FROM 指标', db)\n\
        words = '\"' + ' '.join('养老') + '\"'\n\
        found = pandas.read_sql('SELECT text FROM sentences WHERE id IN (SELECT rowid FROM passages_fts \
        WHERE passages_fts MATCH ?)', db, params=[words])\n\
        print(len(figures)); print((chinese['性质'] == '目标').sum()); print(len(found))\n\
        assert all('养老' in text for text in found['text'])\n\
        assert figures['value'].dtype == float and figures['year'].dtype.kind in 'if'";
    let said = printed(Command::new(python).args(["-c", script]).arg(&path));
    assert_eq!(said, lines(&wanted(&path)));
}

#[test]
fn duckdb() {
    let folder = tempfile::tempdir().unwrap();
    let path = shared(folder.path());
    let Some(python) = tool("python") else { return };
    let script = "import sys, os, glob, duckdb\n\
        db = duckdb.connect()\n\
        db.execute('SET enable_progress_bar = false')\n\
        place = os.path.join(sys.prefix, 'lib', '*', 'site-packages', 'duckdb_ext', '**', 'sqlite_scanner.*')\n\
        found = glob.glob(place, recursive=True)\n\
        try:\n    db.execute(f\"LOAD '{found[0]}'\" if found else 'INSTALL sqlite; LOAD sqlite')\n\
        except Exception as error:\n    print('not tried:', error); sys.exit()\n\
        db.execute(f\"ATTACH '{sys.argv[1]}' AS reports (TYPE sqlite, READ_ONLY)\")\n\
        one = lambda sql: db.execute(sql).fetchone()[0]\n\
        print(one('SELECT count(*) FROM reports.v_metrics'))\n\
        print(one(\"SELECT count(*) FROM reports.指标 WHERE 性质 = '目标'\"))\n\
        print(one(\"SELECT count(*) FROM reports.passages WHERE contains(text, '养老')\"))";
    let said = printed(Command::new(python).args(["-c", script]).arg(&path));
    if said.starts_with("not tried") {
        println!("duckdb: {}", said.lines().next().unwrap_or_default());
        return;
    }
    assert_eq!(said, lines(&wanted(&path)));
}

/// The views say what the tables say.
#[test]
fn the_views_have_a_row_a_fact_and_the_sentence_that_holds_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_read_only(&shared(folder.path())).unwrap();
    let number = |sql: &str| store.select(sql, &[]).unwrap().rows[0][0].clone();
    for (view, twin, table) in [
        ("v_metrics", "指标", "metrics"),
        ("v_tasks", "任务", "tasks"),
        ("v_reports", "报告", "sessions"),
        ("v_doubts", "疑点", "doubts"),
        ("sentences", "句子", "passages"),
    ] {
        let rows = number(&format!("SELECT count(*) FROM {table}"));
        assert_eq!(
            number(&format!("SELECT count(*) FROM {view}")),
            rows,
            "{view}"
        );
        assert_eq!(
            number(&format!("SELECT count(*) FROM {twin}")),
            rows,
            "{twin}"
        );
    }
    let strays = "SELECT count(*) FROM v_metrics v WHERE NOT EXISTS (SELECT 1 FROM passages p WHERE p.session_id = \
                  v.session_id AND p.text = v.sentence AND p.start <= v.start AND p.\"end\" >= v.\"end\")";
    assert_eq!(number(strays), Value::Integer(0));
}
