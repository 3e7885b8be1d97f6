//! Texts of a stranger's store that a terminal would take for commands, or that show a figure turned about.

use std::process::Command;

use crate::workshop::{program, raw, samples};

/// Sets the title of a terminal, clears it, begins a line of its own, and turns what follows.
const EVIL: &str =
    "=x\u{1b}]0;t\u{7}\u{1b}[2J\u{9b}31m\u{202e}\u{2067}\u{200f}\nnote: all is well\r";

/// A folder with a store whose names, labels and title are so.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("evil.db");
    samples(&path);
    let db = raw(&path);
    for statement in [
        "UPDATE documents SET name = name || ?1",
        "UPDATE towns SET name = name || ?1 WHERE name = '云塘镇'",
        "UPDATE metrics SET label = label || ?1, number = number || ?1",
        "UPDATE tasks SET text = text || ?1",
        "UPDATE doubts SET message = message || ?1",
        "INSERT OR REPLACE INTO meta VALUES ('title', ?1)",
    ] {
        db.execute(statement, [EVIL]).unwrap();
    }
    folder
}

/// The exit code of a call, and all that it writes.
fn output(command: &mut Command) -> (Option<i32>, String) {
    let done = command.env("LC_ALL", "C").output().unwrap();
    let out = String::from_utf8(done.stdout).unwrap();
    (
        done.status.code(),
        out + &String::from_utf8(done.stderr).unwrap(),
    )
}

fn is_hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || "\u{200e}\u{200f}\u{61c}\u{2028}\u{2029}".contains(c)
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn no_command_writes_a_command_of_a_terminal() {
    let folder = folder();
    let calls: &[&[&str]] = &[
        &["ask", "evil.db", "各镇的税收，附来源"],
        &[
            "ask",
            "evil.db",
            "各镇的税收",
            "--format",
            "vertical",
            "--source",
        ],
        &[
            "ask",
            "evil.db",
            "各镇的税收",
            "--format",
            "markdown",
            "--source",
        ],
        &[
            "ask",
            "evil.db",
            "各镇的税收",
            "--format",
            "html",
            "--source",
        ],
        &[
            "ask",
            "evil.db",
            "各镇的税收，作图条形图",
            "--numbers",
            "written",
        ],
        &["ask", "evil.db", "tasks of all towns in 2023 with result"],
        &["ask", "evil.db", "reports of all towns"],
        &["ask", "evil.db", "各镇的税收", "--format", "json"],
        &["ask", "evil.db", "各镇的税收", "--format", "jsonl"],
        &[
            "ask",
            "evil.db",
            "各镇的税收",
            "--format",
            "csv",
            "--source",
        ],
        &[
            "ask",
            "evil.db",
            "各镇的税收",
            "--format",
            "tsv",
            "--source",
        ],
        &["info", "evil.db"],
        &["verify", "evil.db"],
        &["report", "evil.db", "county", "--set", "area=浙江省"],
        &["reread", "evil.db", "--dry-run"],
        &["diff", "evil.db", "evil.db"],
        &["merge", "all.db", "evil.db"],
        &["remove", "evil.db", "no\u{1b}[2Jne"],
        &["read", "no\u{1b}[2Jne"],
    ];
    for call in calls {
        let (done, out) = output(program().args(*call).current_dir(folder.path()));
        let expected = match call[0] {
            "remove" => 2,
            "read" => 4,
            _ => 0,
        };
        assert_eq!(done, Some(expected), "{call:?}\n{out}");
        // JSON escapes them; the two compare and count, and name nothing.
        let names_none =
            matches!(call[0], "diff" | "merge") || call.iter().any(|word| word.starts_with("json"));
        assert_eq!(out.contains('␛'), !names_none, "{call:?}\n{out}");
        let found: Vec<char> = out.chars().filter(|c| is_hidden(*c)).collect();
        assert!(found.is_empty(), "{call:?}: {found:?}\n{out}");
        assert!(
            !out.lines()
                .any(|line| line.starts_with("note: all is well")),
            "{call:?}: a name began a line\n{out}"
        );
    }
}

#[test]
fn json_has_the_characters_themselves() {
    let folder = folder();
    let question = ["ask", "evil.db", "各镇的税收", "--format", "json"];
    let (_, json) = output(program().args(question).current_dir(folder.path()));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let named = json["rows"][0]["sources"][0]["document"].as_str().unwrap();
    assert!(named.ends_with(EVIL), "{named:?}");
}
