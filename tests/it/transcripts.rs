//! Transcripts: the commands of README.md and of `tests/transcripts/*.md` are run and what they print is compared.
//!
//! A block that begins with three backticks and `console` holds commands after `$ ` and what they print. Each file
//! runs in a folder of its own that has a copy of `samples/`; `[..]` stands for anything in a line. A block of `sql` is
//! asked of `reports.db`, which the commands made, and has an answer. A block of four backticks, `markdown` and a name is
//! a file of that name. With the environment variable `TRANSCRIPTS=write` the files are rewritten with what the commands print now.

use std::fmt::Write;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use zhenzhi::store::Store;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The part of a command that can be run here: the project is built already, and these are its tests.
fn without_the_build(command: &str) -> Option<String> {
    let command = command
        .strip_prefix("cargo build --release && ")
        .unwrap_or(command);
    (!command.starts_with("cargo ")).then(|| command.replace("target/release/zhenzhi", "zhenzhi"))
}

fn check(file: &Path) {
    let folder = tempfile::tempdir().unwrap();
    copy_samples(folder.path());
    let text = fs::read_to_string(file).unwrap();
    let (mut rewritten, mut faults, mut commands) = (String::new(), String::new(), 0);
    let mut lines = text.lines().peekable();
    let mut in_block = false;
    while let Some(line) = lines.next() {
        let _ = writeln!(rewritten, "{line}");
        // A file that the commands read, with fences of its own.
        if let Some(name) = line.strip_prefix("````markdown ") {
            let mut content = String::new();
            for line in lines.by_ref() {
                let _ = writeln!(rewritten, "{line}");
                if line == "````" {
                    break;
                }
                let _ = writeln!(content, "{line}");
            }
            fs::write(folder.path().join(name), content).unwrap();
            continue;
        }
        if line.starts_with("```") {
            in_block = !in_block && line == "```console";
        }
        let Some(command) = line.strip_prefix("$ ").filter(|_| in_block) else {
            continue;
        };
        let mut expected = Vec::new();
        while let Some(output) = lines.next_if(|l| !l.starts_with("$ ") && !l.starts_with("```")) {
            expected.push(output);
        }
        let printed = if let Some(command) = without_the_build(command) {
            commands += 1;
            run(&command, folder.path())
        } else {
            expected.join("\n")
        };
        let printed: Vec<&str> = printed.lines().collect();
        let is_same = same(&expected, &printed);
        for line in if is_same { &expected } else { &printed } {
            let _ = writeln!(rewritten, "{line}");
        }
        if !is_same {
            let _ = writeln!(
                faults,
                "$ {command}\n--- expected\n{}\n--- printed\n{}\n",
                expected.join("\n"),
                printed.join("\n")
            );
        }
    }
    assert!(commands > 0, "{} has no command", file.display());
    check_sql(&text, &folder.path().join("reports.db"));
    if std::env::var_os("TRANSCRIPTS").is_some_and(|mode| mode == "write") {
        fs::write(file, rewritten).unwrap();
    } else {
        assert!(faults.is_empty(), "{}:\n{faults}", file.display());
    }
}

/// Blocks of SQL are questions to the store that the commands made; each has an answer.
fn check_sql(text: &str, store: &Path) {
    for block in text.split("```sql\n").skip(1) {
        let sql = block.split("```").next().unwrap();
        let rows = Store::open_read_only(store).and_then(|store| store.select(sql, &[]));
        assert!(!rows.unwrap().rows.is_empty(), "no row for\n{sql}");
    }
}

/// Runs a command line in a shell that finds the program; gives what it prints, errors included.
fn run(command: &str, folder: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_zhenzhi"));
    let mut path = vec![program.parent().unwrap().to_owned()];
    path.extend(std::env::split_paths(
        &std::env::var_os("PATH").unwrap_or_default(),
    ));
    // Both outputs go into one pipe, so that they stand in the order in which they were written.
    let (mut reader, writer) = std::io::pipe().unwrap();
    let mut shell = Command::new("sh");
    shell
        .args(["-c", command])
        .current_dir(folder)
        // The locale decides the language of what has none.
        .env("LC_ALL", "C")
        .env("PATH", std::env::join_paths(path).unwrap())
        .stdout(writer.try_clone().unwrap())
        .stderr(writer);
    let mut child = shell.spawn().unwrap();
    // The command still holds the other end of the pipe, which would never close.
    drop(shell);
    let mut printed = String::new();
    reader.read_to_string(&mut printed).unwrap();
    child.wait().unwrap();
    printed
}

/// Blank lines at the end do not count.
fn same(expected: &[&str], printed: &[&str]) -> bool {
    let trimmed = |lines: &[&str]| {
        lines
            .iter()
            .rposition(|line| !line.is_empty())
            .map_or(0, |at| at + 1)
    };
    let (expected, printed) = (&expected[..trimmed(expected)], &printed[..trimmed(printed)]);
    expected.len() == printed.len()
        && expected
            .iter()
            .zip(printed)
            .all(|(expected, printed)| is_like(expected, printed))
}

/// Whether a line is as expected, where `[..]` stands for anything.
fn is_like(expected: &str, printed: &str) -> bool {
    let mut parts = expected.split("[..]");
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = printed.strip_prefix(first) else {
        return false;
    };
    let mut last = None;
    for part in parts {
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
        last = Some(part);
    }
    last.map_or(rest.is_empty(), |part| {
        part.is_empty() || rest.is_empty() || printed.ends_with(part)
    })
}

fn copy_samples(to: &Path) {
    let from = root().join("samples");
    fs::create_dir(to.join("samples")).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join("samples").join(path.file_name().unwrap())).unwrap();
    }
}

#[test]
fn manual_of_reports() {
    check(&root().join("docs/reports.md"));
}

#[test]
fn readme() {
    check(&root().join("README.md"));
}

#[test]
fn transcripts() {
    let mut files: Vec<PathBuf> = fs::read_dir(root().join("tests/transcripts"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    for file in &files {
        check(file);
    }
}

#[test]
fn anything_is_told_apart_from_something() {
    assert!(is_like("in [..] seconds", "in 0.3 seconds"));
    assert!(is_like("[..]", ""));
    assert!(!is_like("in [..] seconds", "in 0.3 minutes"));
    assert!(!is_like("a", "ab"));
    assert!(!same(&["a"], &["a", "b"]));
}
