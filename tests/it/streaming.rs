//! Answers of many rows: they come in parts, and as files and through pipes without being held in memory.

use std::fs;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use zhenzhi::ask::{Cited, Outcome, Terms, run, run_in_parts};
use zhenzhi::query::{Answer, Lang};
use zhenzhi::render::{
    JsonParts, Options, Separator, Sources, json, separated, separated_head, separated_rows,
};
use zhenzhi::store::Store;

use crate::workshop::{program, raw, small};

/// More than one part has.
const TOWNS: usize = 6_000;

/// A store of as many towns, each with a report that gives its tax; the last ten have the names of the first ten, in
/// another county.
fn store_of_many(path: &Path) -> Store {
    small(path);
    let conn = raw(path);
    conn.execute_batch(&format!(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {TOWNS})
         INSERT INTO towns (id, name, kind, county)
             SELECT 1000 + i, '小' || (i % ({TOWNS} - 10)) || '镇', 'town', iif(i <= {TOWNS} - 10, '东县', '西县') FROM n;
         INSERT INTO sessions (id, document_id, ordinal, town_id, start, \"end\", review_year, stated_year)
             SELECT id, 1, id, id, 0, 9, 2023, iif(id % 5000 = 0, 2022, NULL) FROM towns WHERE id > 1000;
         INSERT INTO metrics (session_id, ordinal, indicator, label, number, value, unit, bound, status, year, period,
                 quote, start, \"end\", rule, answers)
             SELECT id, 1, 'tax_revenue', '税收收入', '1万元', 10000 * (id - 1000), '元', iif(id % 7 = 0, 'ge', 'eq'),
                 iif(id % 3 = 0, 'estimate', 'actual'), 2023, iif(id % 100 = 0, 'to-month-10', 'year'), '税收收入1万元', 1, 8,
                 'value', 1
             FROM sessions WHERE id > 1000;"
    ))
    .unwrap();
    drop(conn);
    Store::open_read_only(path).unwrap()
}

fn whole(store: &Store, question: &str, terms: &Terms) -> Answer {
    match run(store, question, terms).unwrap() {
        Outcome::Answer(answer) => *answer,
        Outcome::Definition(definition) => panic!("{definition:?}"),
    }
}

fn in_parts(store: &Store, question: &str, terms: &Terms) -> Vec<Answer> {
    let mut parts = Vec::new();
    let last = run_in_parts(store, question, terms, &mut |part| {
        parts.push(part.clone());
        ControlFlow::Continue(())
    });
    match last.unwrap() {
        Outcome::Answer(answer) => parts.push(*answer),
        Outcome::Definition(definition) => panic!("{definition:?}"),
    }
    parts
}

/// csv and JSON of an answer in parts, as the program writes them.
fn written(parts: &[Answer], options: &Options) -> (String, String) {
    let mut csv = Vec::new();
    let mut rows = JsonParts::new(false);
    let mut text = rows.head(&parts[0]);
    let comma = Separator::Comma;
    separated_head(&parts[0], Lang::Zh, options, comma, &mut csv).unwrap();
    for part in parts {
        separated_rows(part, Lang::Zh, options, comma, &mut csv).unwrap();
        text += &rows.rows(part);
    }
    text += &rows.tail(parts.last().unwrap());
    (String::from_utf8(csv).unwrap(), text)
}

#[test]
fn parts_are_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_of_many(&folder.path().join("many.db"));
    let terms = Terms {
        row_limit: 5_500,
        time_limit: Duration::from_secs(100),
        ..Terms::default()
    };
    let options = Options {
        sources: Sources::Shown,
        for_spreadsheet: true,
        ..Options::default()
    };
    for (question, are_parted) in [
        ("各镇的税收收入", true),
        ("各镇的税收收入，折合万元", true),
        ("figures with source", true),
        ("sql \"SELECT name, name, county FROM towns\"", true),
        // These need all rows before the first can be told.
        ("各镇的税收收入，占比", false),
        ("镇，按税收降序，前5名其余合并", false),
        ("towns with tax over 10000亿元", false),
        ("how many towns", false),
    ] {
        let expected = whole(&store, question, &terms);
        let parts = in_parts(&store, question, &terms);
        assert_eq!(parts.len() > 1, are_parted, "{question}");
        let rows: Vec<_> = parts.iter().flat_map(|part| part.rows.clone()).collect();
        assert!(rows == expected.rows, "{question}: other rows");
        let last = parts.last().unwrap();
        assert_eq!(last.notes, expected.notes, "{question}");
        assert_eq!(last.columns, expected.columns, "{question}");
        let (csv, text) = written(&parts, &options);
        assert!(
            csv == separated(&expected, Lang::Zh, &options, Separator::Comma),
            "{question}: other csv"
        );
        assert!(
            text == format!("{:#}", json(&expected)),
            "{question}: other JSON"
        );
    }
    // The first rows are told apart from the last, which come in another part.
    let parts = in_parts(&store, "各镇的税收收入", &terms);
    let labels = |of: &Answer| -> Vec<String> {
        let first = of.rows.iter().filter_map(|row| row.cells[0].value.text());
        first.map(str::to_owned).collect()
    };
    let told: Vec<usize> = parts
        .iter()
        .map(|part| {
            labels(part)
                .iter()
                .filter(|label| label.contains("县"))
                .count()
        })
        .collect();
    assert_eq!(told.iter().sum::<usize>(), 20, "{told:?}");
    assert!(told[0] > 0 && *told.last().unwrap() > 0, "{told:?}");
}

#[test]
fn of_many_sources_the_first_are_read_and_the_others_counted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("many.db");
    drop(store_of_many(&path));
    // Each figure has a sentence of its own.
    raw(&path)
        .execute_batch(
            "UPDATE metrics SET start = id, \"end\" = id + 7, quote = '税收收入' || id || '元'",
        )
        .unwrap();
    let store = Store::open_read_only(&path).unwrap();
    let screen = Terms {
        cited: Cited::OfFew(20),
        ..Terms::default()
    };
    let total = "各镇的税收收入合计";
    let all = whole(&store, total, &Terms::default());
    let first = whole(&store, total, &screen);
    let (all, few) = (&all.rows[0], &first.rows[0]);
    assert_eq!(all.cells, few.cells);
    assert_eq!(all.unread, 0);
    assert!(all.sources.starts_with(&few.sources));
    assert!(few.sources.len() < 1_000 && all.sources.len() > TOWNS);
    assert_eq!(few.sources.len() + few.unread, all.sources.len());
    let shown = zhenzhi::render::table(&first, Lang::Zh, &Options::default());
    let more = format!("……另有{}处", all.sources.len() - 6);
    assert!(shown.contains(&more), "{shown}");
    // Where the question asks for the sentences, all are there.
    let asked = whole(&store, &format!("{total}，附来源"), &screen);
    assert_eq!(asked.rows[0].sources, all.sources);
}

#[test]
fn nothing_more_is_read_once_it_is_not_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_of_many(&folder.path().join("many.db"));
    let mut count = 0;
    let endless =
        "sql \"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n\"";
    let terms = Terms {
        row_limit: usize::MAX,
        time_limit: Duration::from_secs(100),
        ..Terms::default()
    };
    run_in_parts(&store, endless, &terms, &mut |part| {
        count += part.rows.len();
        ControlFlow::Break(())
    })
    .unwrap();
    assert!((1..10_000).contains(&count), "{count}");
}

#[test]
fn time_spent_with_a_part_is_not_the_questions() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_of_many(&folder.path().join("many.db"));
    let terms = Terms {
        row_limit: usize::MAX,
        time_limit: Duration::from_secs(20),
        ..Terms::default()
    };
    let begun = Instant::now();
    let mut parts = 0;
    let read = run_in_parts(
        &store,
        "sql \"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n LIMIT 12000\"",
        &Terms {
            time_limit: Duration::from_secs(2),
            ..terms
        },
        &mut |_| {
            parts += 1;
            std::thread::sleep(Duration::from_millis(1_500));
            ControlFlow::Continue(())
        },
    );
    assert!(read.is_ok(), "{read:?}");
    assert!(parts == 2 && begun.elapsed() > Duration::from_secs(2));
}

/// A folder with `small.db`.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    small(&folder.path().join("small.db"));
    folder
}

/// What lies in the folder beside the store, sorted.
fn files(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| !name.starts_with("small.db")).collect();
    names.sort();
    names
}

const ENDLESS: &str =
    "sql \"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n\"";

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = folder();
    fs::write(folder.path().join("rows.csv"), "old").unwrap();
    let done = program()
        .args(["ask", "small.db", ENDLESS, "--output", "rows.csv"])
        .args(["--limit-rows", "1000000000", "--time-limit", "1"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(2), "{done:?}");
    assert_eq!(files(&folder), ["rows.csv"]);
    assert_eq!(fs::read(folder.path().join("rows.csv")).unwrap(), b"old");

    let done = program()
        .args(["ask", "small.db", ENDLESS, "--output", "rows.csv"])
        .args(["--limit-rows", "20000"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let note = String::from_utf8(done.stderr).unwrap();
    assert!(note.contains("only the first 20000 rows"), "{note}");
    let rows = fs::read_to_string(folder.path().join("rows.csv")).unwrap();
    assert_eq!(rows.lines().count(), 20_001);
    assert!(rows.ends_with("\n20000\n"));
    assert_eq!(files(&folder), ["rows.csv"]);
}

#[test]
fn several_answers_stand_in_one_file() {
    let folder = folder();
    let questions = "sql \"SELECT 1 AS a\"\nsql \"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i \
                     < 7000) SELECT i FROM n\"\nsql \"SELECT 2 AS b WHERE 0\"\n";
    fs::write(folder.path().join("questions.txt"), questions).unwrap();
    let ask = |format: &str| {
        let done = program()
            .args(["ask", "small.db", "-f", "questions.txt", "--format", format])
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert_eq!(done.status.code(), Some(0), "{done:?}");
        String::from_utf8(done.stdout).unwrap()
    };
    let all: serde_json::Value = serde_json::from_str(&ask("json")).unwrap();
    let counts: Vec<usize> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|answer| answer["rows"].as_array().unwrap().len())
        .collect();
    assert_eq!(counts, [1, 7000, 0]);
    assert_eq!(format!("{all:#}\n"), ask("json"));
    let csv = ask("csv");
    assert!(csv.starts_with("a\n1\n\ni\n1\n2\n"), "{}", &csv[..20]);
    assert!(csv.ends_with("\n7000\n\nb\n"));
    let lines = ask("jsonl");
    assert_eq!(lines.lines().count(), 7001);
    assert!(lines.ends_with("{\"i\":7000,\"sources\":[],\"question\":2}\n"));
}

#[test]
fn the_first_rows_come_before_the_last_are_read() {
    let folder = folder();
    let mut child = program()
        .args(["ask", "small.db", ENDLESS, "--format", "csv"])
        .args(["--limit-rows", "1000000000", "--time-limit", "100"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 6];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    assert_eq!(&first, b"i\n1\n2\n");
    // The other side has gone away, which is no error.
    let begun = Instant::now();
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    assert!(done.stderr.is_empty(), "{done:?}");
    assert!(begun.elapsed() < Duration::from_mins(1));
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_no_unfinished_file() {
    let folder = folder();
    fs::write(folder.path().join("rows.jsonl"), "old").unwrap();
    let child = program()
        .args(["ask", "small.db", ENDLESS, "--output", "rows.jsonl"])
        .args(["--limit-rows", "1000000000", "--time-limit", "100"])
        .current_dir(folder.path())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while files(&folder).len() < 2 {
        assert!(
            begun.elapsed() < Duration::from_mins(1),
            "nothing is written"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
    let pid = child.id().to_string();
    let sent = Command::new("kill").args(["-INT", &pid]).status().unwrap();
    assert!(sent.success());
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(130), "{done:?}");
    assert_eq!(files(&folder), ["rows.jsonl"]);
    assert_eq!(fs::read(folder.path().join("rows.jsonl")).unwrap(), b"old");
}

/// What the program has at most, of all memory that it asks for: some threads' stacks and SQLite's pages are in it.
#[cfg(target_os = "linux")]
const MOST_KILOBYTES: usize = 300_000;

/// Rows that take more than twice as much where they are held.
#[cfg(target_os = "linux")]
#[test]
fn many_rows_need_no_memory_for_many_rows() {
    let folder = folder();
    let question = "sql \"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, i + 1, i + 2, \
                    printf('%03000d', i) FROM n LIMIT 1000000\"";
    let ask = |format: &str, rows: &str| {
        let done = Command::new("sh")
            .arg("-c")
            .arg(format!(
                "ulimit -v {MOST_KILOBYTES}; exec \"$0\" ask small.db \"$1\" --format {format} --limit-rows {rows} \
                 --time-limit 500 --output rows.{format}"
            ))
            .args([env!("CARGO_BIN_EXE_zhenzhi"), question])
            .current_dir(folder.path())
            .output()
            .unwrap();
        (
            done.status.success(),
            fs::metadata(folder.path().join(format!("rows.{format}"))).map_or(0, |file| file.len()),
        )
    };
    // A form that holds its rows shows that the bound is one.
    assert!(!ask("markdown", "60000").0, "the bound does not hold");
    for format in ["csv", "tsv", "jsonl", "json"] {
        let (is_done, bytes) = ask(format, "60000");
        assert!(is_done && bytes > 180_000_000, "{format}: {bytes}");
        fs::remove_file(folder.path().join(format!("rows.{format}"))).unwrap();
    }
}
