//! What may not be read or written is said, with its cause, by every command, and the exit code tells which it was.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use crate::workshop::{SMALL, program, samples};

/// The program run by somebody without rights of their own; as it is where that somebody is us.
fn stranger() -> Command {
    let is_root = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|said| said.stdout == b"0\n");
    if !is_root {
        return program();
    }
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid", "65534", "--regid", "65534", "--clear-groups"])
        .arg(env!("CARGO_BIN_EXE_zhenzhi"));
    command
}

fn allow(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn what_may_not_be_used_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    allow(root, 0o755);
    let path = |name: &str| root.join(name);
    for name in ["fixed", "hidden", "free"] {
        fs::create_dir(path(name)).unwrap();
    }
    drop(samples(&path("fixed/open.db")));
    fs::copy(path("fixed/open.db"), path("secret.db")).unwrap();
    fs::copy(path("fixed/open.db"), path("hidden/open.db")).unwrap();
    fs::write(path("secret.txt"), SMALL).unwrap();
    fs::write(path("report.txt"), SMALL).unwrap();
    allow(&path("secret.db"), 0o000);
    allow(&path("secret.txt"), 0o000);
    allow(&path("fixed/open.db"), 0o444);
    allow(&path("fixed"), 0o555);
    allow(&path("hidden"), 0o000);
    allow(&path("free"), 0o777);
    let can_run = stranger()
        .arg("--version")
        .output()
        .is_ok_and(|done| done.status.success());
    if !can_run {
        println!("not tried: nobody else can run the program here");
        return;
    }
    let forbidden = "may not be opened by you";
    let unwritable = "cannot be written: you have no permission";
    let cases: [(&str, i32, &str); 13] = [
        ("ask secret.db towns", 3, forbidden),
        ("ask hidden/open.db towns", 3, forbidden),
        ("import secret.db report.txt", 3, forbidden),
        ("import fixed/new.db report.txt", 3, forbidden),
        ("import fixed/open.db report.txt", 3, "cannot be written to"),
        (
            "info fixed/open.db --set title=x",
            3,
            "cannot be written to",
        ),
        (
            "share fixed/open.db fixed/copy.db",
            3,
            "fixed/copy.db may not be opened",
        ),
        ("merge free/merged.db secret.db", 3, forbidden),
        (
            "ask fixed/open.db towns --output fixed/a.csv",
            3,
            unwritable,
        ),
        (
            "report fixed/open.db panel --output fixed/a.md",
            3,
            unwritable,
        ),
        ("import free/new.db secret.txt", 4, "you may not read it"),
        ("read secret.txt", 4, "you may not read it"),
        (
            "ask fixed/open.db --file secret.txt",
            4,
            "cannot be read: you have no permission",
        ),
    ];
    for (line, code, cause) in cases {
        let done = stranger()
            .current_dir(root)
            .args(line.split(' '))
            .output()
            .unwrap();
        assert_eq!(done.status.code(), Some(code), "{line}: {}", said(&done));
        assert!(said(&done).contains(cause), "{line}: {}", said(&done));
    }
    // What may be read is read, wherever it lies.
    let done = stranger()
        .current_dir(root)
        .args(["ask", "fixed/open.db", "towns"])
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", said(&done));
    for name in ["fixed", "hidden"] {
        allow(&path(name), 0o755);
    }
}

#[test]
fn what_is_no_file_is_said() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("report.txt"), SMALL).unwrap();
    for (line, cause) in [
        ("ask . towns", "is a folder, and a store is one file"),
        ("import nowhere/a.db report.txt", "there is no folder for"),
        ("ask a.db towns", "there is no store at"),
    ] {
        let done = program()
            .current_dir(folder.path())
            .args(line.split(' '))
            .output()
            .unwrap();
        assert_eq!(done.status.code(), Some(3), "{line}");
        assert!(said(&done).contains(cause), "{line}: {}", said(&done));
    }
}

/// The disk behind standard output is full.
#[test]
fn an_answer_that_cannot_be_written_is_no_success() {
    if !Path::new("/dev/full").exists() {
        println!("not tried: there is no /dev/full");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    drop(samples(&path));
    let store = path.to_str().unwrap();
    for arguments in [
        vec!["ask", store, "towns"],
        vec!["ask", store, "towns", "--format", "csv"],
        vec!["explain", store, "towns"],
        vec!["info", store],
        vec!["verify", store],
        vec!["diff", store, store],
        vec!["reread", store],
        vec!["queries", store, "--format", "json"],
        vec!["report", store, "panel"],
        vec!["report", "--list"],
        vec!["help"],
        vec!["completions", "bash"],
        vec!["man"],
    ] {
        let full = fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let done = program().args(&arguments).stdout(full).output().unwrap();
        assert_eq!(done.status.code(), Some(3), "{arguments:?}");
        assert_eq!(
            said(&done),
            "zhenzhi: standard output cannot be written: the disk is full; free some space\n",
            "{arguments:?}"
        );
    }
}
