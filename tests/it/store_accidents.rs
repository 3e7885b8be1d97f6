//! Accidents while a store is written: no room, Ctrl-C, two at once, a folder that goes away. Nothing is lost, and what
//! happened is said.

use std::fs;
use std::io::Read;
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use zhenzhi::import::Unreadable;
use zhenzhi::store::{Store, StoreError};

use crate::store_kill::{check_whole, import, import_all, many, reports};
use crate::workshop::{assert_same, content, faults, program, raw, small};

/// A file may not grow beyond a limit, as on a full disk.
#[test]
fn a_full_disk_is_said_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let from = reports(folder.path(), 12, 0);
    let (right, path) = (
        folder.path().join("right.db"),
        folder.path().join("full.db"),
    );
    import_all(&right, &from);
    let undisturbed = Store::open_read_only(&right).unwrap();
    let size = right.metadata().unwrap().len() / 1024;
    let mut said = Vec::new();
    for (part, has_reports) in [(10, false), (50, false), (97, false), (97, true)] {
        let _ = fs::remove_file(&path);
        if has_reports {
            // What comes into such a store goes through a log.
            import_all(&path, &from.join("000.txt"));
        }
        let limited = format!(
            "ulimit -f {}; trap '' XFSZ; exec \"$0\" import \"$1\" \"$2\"",
            size * part / 100
        );
        let done = std::process::Command::new("bash")
            .args(["-c", &limited])
            .arg(env!("CARGO_BIN_EXE_zhenzhi"))
            .args([&path, &from])
            .output()
            .unwrap();
        let message = String::from_utf8_lossy(&done.stderr).into_owned();
        let documents = check_whole(&path, &undisturbed, &format!("{part} %"));
        assert_eq!(done.status.code(), Some(3), "{part}: {message}");
        // What is in the log beside the file is in the store, though there was no room to put it into the file.
        if message.contains("full.db-wal") {
            assert_eq!(documents, 12, "{part}: {message}");
        }
        // Where there was not even room for the tables, nothing was begun.
        let counted = format!("of 12 files {documents} are in the store");
        assert!(
            documents == 0 || message.contains(&counted),
            "{part}: {message}"
        );
        said.push(message);
        import_all(&path, &from);
        assert_same(&content(&path), &content(&right), &format!("{part} %"));
    }
    for (message, cause) in said.iter().zip([
        "no room for",
        "no room for",
        "no room for",
        "no room to complete",
    ]) {
        assert!(message.contains(cause), "{message}");
    }
}

/// What was read is written, the rest is left, and the same import goes on with it.
#[test]
fn an_import_stopped_by_ctrl_c_says_where_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    let (from, count) = many(folder.path());
    let (right, path) = (
        folder.path().join("right.db"),
        folder.path().join("stopped.db"),
    );
    import_all(&right, &from);
    let undisturbed = Store::open_read_only(&right).unwrap();
    let mut running = program();
    running.arg("import").args([&path, &from]);
    let running = running
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while !path.exists() {
        sleep(Duration::from_millis(1));
    }
    interrupt(&running);
    let done = running.wait_with_output().unwrap();
    let (out, said) = (
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr),
    );
    assert_eq!(done.status.code(), Some(130), "{out}{said}");
    assert!(
        said.contains("stopping when what was read is written"),
        "{said}"
    );
    let documents = check_whole(&path, &undisturbed, "Ctrl-C");
    let left = format!(
        "stopped: {} files left; the same import goes on with the rest",
        count - documents
    );
    assert!(out.contains(&left), "{documents}: {out}");
    import_all(&path, &from);
    assert_same(&content(&path), &content(&right), "Ctrl-C");
}

#[test]
fn two_imports_at_once_and_a_reader() {
    let folder = tempfile::tempdir().unwrap();
    let from = reports(folder.path(), 16, 0);
    let (right, path) = (
        folder.path().join("right.db"),
        folder.path().join("both.db"),
    );
    import_all(&right, &from);
    let undisturbed = Store::open_read_only(&right).unwrap();
    // Neither finds a store; one of them makes it.
    let mut running = [import(&path, &from), import(&path, &from)];
    let mut seen = 0;
    while running
        .iter_mut()
        .any(|child| child.try_wait().unwrap().is_none())
    {
        // Whoever reads meanwhile sees whole reports, more and more of them.
        let reader = match Store::open_read_only(&path) {
            Err(StoreError::Missing { .. }) if seen == 0 => continue,
            opened => opened.unwrap(),
        };
        let names = reader.document_names().unwrap().len();
        assert!(names >= seen, "{names} after {seen}");
        seen = names;
        let difference = undisturbed.diff(&reader).unwrap();
        assert!(difference.changed.is_empty() && difference.added.is_empty());
        sleep(Duration::from_millis(20));
    }
    for child in running {
        let done = child.wait_with_output().unwrap();
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
    }
    assert!(
        undisturbed
            .diff(&Store::open_read_only(&path).unwrap())
            .unwrap()
            .is_nothing()
    );
    assert_eq!(faults(&path), [""; 0]);
}

/// However long another program writes: an import says that it waits, and goes on when the other is done.
#[test]
fn an_import_waits_for_another_program() {
    let folder = tempfile::tempdir().unwrap();
    let from = reports(folder.path(), 2, 0);
    let path = folder.path().join("held.db");
    drop(Store::create(&path).unwrap());
    let other = raw(&path);
    let waits = || {
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let mut waiting = import(&path, &from);
        let mut said = [0; 30];
        let heard = waiting.stderr.as_mut().unwrap().read_exact(&mut said);
        heard.unwrap();
        let said = String::from_utf8_lossy(&said).into_owned();
        assert!(said.contains("another program"), "{said}");
        waiting
    };
    let stopped = waits();
    interrupt(&stopped);
    let done = stopped.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(130));
    other.execute_batch("ROLLBACK").unwrap();
    let waiting = waits();
    other.execute_batch("ROLLBACK").unwrap();
    let done = waiting.wait_with_output().unwrap();
    assert!(done.status.success(), "{done:?}");
    let store = Store::open_read_only(&path).unwrap();
    assert_eq!(store.document_names().unwrap().len(), 2);
}

/// Ctrl-C.
fn interrupt(running: &Child) {
    let told = std::process::Command::new("kill")
        .args(["-INT", &running.id().to_string()])
        .status();
    assert!(told.unwrap().success());
}

#[test]
fn a_folder_that_vanishes_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let from = reports(folder.path(), 24, 0);
    let into = folder.path().join("into");
    fs::create_dir(&into).unwrap();
    let path = into.join("gone.db");
    let running = import(&path, &from);
    let start = Instant::now();
    while !path.exists() && start.elapsed() < Duration::from_secs(20) {
        sleep(Duration::from_millis(5));
    }
    fs::remove_dir_all(&into).unwrap();
    let done = running.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(!said.contains("panicked"), "{said}");
    // It may end well where it was done already; else it says which file cannot be used.
    assert!(
        done.status.success() || (done.status.code() == Some(3) && said.contains("gone.db")),
        "{said}"
    );
}

/// A folder of reports that goes away while it is read costs the reports that are gone, each with the reason.
#[test]
fn reports_that_vanish_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let from = reports(folder.path(), 8, 0);
    let path = folder.path().join("some.db");
    let (sources, _) = zhenzhi::import::find(std::slice::from_ref(&from));
    fs::remove_file(from.join("003.txt")).unwrap();
    let store = Store::create(&path).unwrap();
    let done = zhenzhi::import::import(&store, &sources, &mut |_, _| {}).unwrap();
    assert_eq!(done.counts.reports, 7);
    assert_eq!(done.failures[0].reason, Unreadable::Missing);
}

/// A copy for which there is no room leaves nothing behind.
#[test]
fn a_copy_without_room_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("whole.db");
    import_all(&path, &reports(folder.path(), 4, 0));
    let out = folder.path().join("copies");
    fs::create_dir(&out).unwrap();
    let size = path.metadata().unwrap().len() / 1024;
    for part in [1, 30, 60, 90] {
        let limited = format!(
            "ulimit -f {}; trap '' XFSZ; exec \"$0\" share \"$1\" \"$2\"",
            size * part / 100
        );
        let done = std::process::Command::new("bash")
            .args(["-c", &limited])
            .arg(env!("CARGO_BIN_EXE_zhenzhi"))
            .args([&path, &out.join("copy.db")])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(3), "{part}: {said}");
        assert!(said.contains("no room for"), "{part}: {said}");
        assert_eq!(fs::read_dir(&out).unwrap().count(), 0, "{part}");
    }
}

/// What a killed program left beside an answer's file goes with the next answer; what another is writing stays.
#[test]
fn an_answers_file_sweeps_what_was_left_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.db");
    small(&path);
    let beside = |name: &str| {
        let file = fs::File::create(folder.path().join(name)).unwrap();
        let hour_ago = std::time::SystemTime::now() - Duration::from_hours(1);
        file.set_modified(hour_ago).unwrap();
        file
    };
    drop(beside(".tax.csv.4242.part"));
    drop(beside(".tax.csv.notes.part"));
    drop(beside(".other.csv.4242.part"));
    // Whoever opened a pipe would wait for its writer.
    let pipe = std::process::Command::new("mkfifo")
        .args(["-m", "600", ".tax.csv.4245.part"])
        .current_dir(folder.path())
        .status();
    assert!(pipe.unwrap().success());
    let writing = beside(".tax.csv.4243.part");
    writing.lock().unwrap();
    let fresh = folder.path().join(".tax.csv.4244.part");
    fs::write(&fresh, "").unwrap();
    let done = program()
        .args(["ask", "one.db", "各镇的税收", "--output", "tax.csv"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    let mut left: Vec<String> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    left.sort();
    assert_eq!(
        left,
        [
            ".other.csv.4242.part",
            ".tax.csv.4243.part",
            ".tax.csv.4244.part",
            ".tax.csv.4245.part",
            ".tax.csv.notes.part",
            "one.db",
            "tax.csv"
        ]
    );
}
