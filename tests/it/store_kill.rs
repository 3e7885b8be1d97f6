//! Never half-written: the program is killed, runs out of room, runs twice, loses its folder; the store stays whole.
//!
//! `KILLS=N` kills N imports, each at a random moment:
//! `KILLS=500 cargo test --release --test it store_kill -- --nocapture`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use zhenzhi::store::{Store, StoreError};

use crate::workshop::{Dice, SMALL, assert_same, content, faults, files, program, root, rounds};

/// A folder with so many reports: the samples, each time with another last line.
fn reports(folder: &Path, count: usize) -> PathBuf {
    let into = folder.join("reports");
    fs::create_dir(&into).unwrap();
    let samples: Vec<PathBuf> = [
        "云塘镇-2022",
        "云塘镇-2023",
        "杏渡镇-2018",
        "苇泊镇-2021",
        "青枫县-2023",
    ]
    .iter()
    .map(|name| root().join(format!("samples/{name}.txt")))
    .collect();
    for number in 0..count {
        let text = fs::read_to_string(&samples[number % samples.len()]).unwrap();
        let name = format!("{number:03}.txt");
        fs::write(into.join(name), format!("{text}\n第{number}稿。\n")).unwrap();
    }
    into
}

/// A folder with so many short reports, which are written in several transactions.
fn drafts(folder: &Path, count: usize) -> PathBuf {
    let into = folder.join("drafts");
    fs::create_dir(&into).unwrap();
    for number in 0..count {
        let name = format!("{number:04}.txt");
        fs::write(into.join(name), format!("{SMALL}第{number}稿。\n")).unwrap();
    }
    into
}

fn import(store: &Path, from: &Path) -> Child {
    program()
        .arg("import")
        .args([store, from])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn import_all(store: &Path, from: &Path) {
    let done = import(store, from).wait_with_output().unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
}

/// Holds what is in a store after an accident against an undisturbed one; gives how many documents it has.
fn check_whole(path: &Path, undisturbed: &Store, what: &str) -> usize {
    let store = match Store::open_read_only(path) {
        Ok(store) => store,
        // It had not begun.
        Err(StoreError::Missing { .. }) => return 0,
        Err(error) => panic!("{what}: {error}"),
    };
    let documents = store.document_names().unwrap().len();
    let difference = undisturbed.diff(&store).unwrap();
    assert!(
        difference.changed.is_empty(),
        "{what}: {:?}",
        difference.changed
    );
    assert!(
        difference.added.is_empty(),
        "{what}: {:?}",
        difference.added
    );
    drop(store);
    assert_eq!(faults(path), [""; 0], "{what}");
    documents
}

/// So many are written in two transactions; in three where many kills are asked for.
fn many() -> usize {
    if rounds("KILLS", 0) > 20 { 1100 } else { 530 }
}

#[test]
fn a_killed_import_leaves_whole_reports_and_is_completed() {
    let folder = tempfile::tempdir().unwrap();
    let from = drafts(folder.path(), many());
    let right = folder.path().join("right.db");
    let start = Instant::now();
    import_all(&right, &from);
    let usual = start.elapsed();
    let wanted = content(&right);
    let undisturbed = Store::open_read_only(&right).unwrap();
    let (kills, mut dice) = (rounds("KILLS", 4), Dice(0x1234_5678_9abc_def1));
    let (mut before, mut during, mut after) = (0, 0, 0);
    for round in 0..kills {
        let path = folder.path().join("killed.db");
        for file in files(folder.path()).keys().filter(|file| **file != right) {
            fs::remove_file(file).unwrap();
        }
        let mut running = import(&path, &from);
        sleep(usual.mul_f64(dice.below(1000) as f64 / 900.0));
        running.kill().unwrap();
        running.wait().unwrap();
        let what = format!("kill {round}");
        match check_whole(&path, &undisturbed, &what) {
            0 => before += 1,
            count if count == many() => after += 1,
            _ => during += 1,
        }
        import_all(&path, &from);
        assert_same(&content(&path), &wanted, &what);
        assert_eq!(faults(&path), [""; 0], "{what}");
        let names = files(folder.path()).into_keys().collect::<Vec<_>>();
        assert_eq!(names, [path, right.clone()], "{what}");
    }
    println!(
        "{kills} imports killed: {before} before the first report was in, {during} between, {after} when all were in; \
         each store opened, was whole, and was completed to the same content"
    );
}

/// A file may not grow beyond a limit, as on a full disk.
#[test]
fn a_full_disk_is_said_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let from = reports(folder.path(), 12);
    let (right, path) = (
        folder.path().join("right.db"),
        folder.path().join("full.db"),
    );
    import_all(&right, &from);
    let undisturbed = Store::open_read_only(&right).unwrap();
    let size = right.metadata().unwrap().len() / 1024;
    let mut said = Vec::new();
    for part in [10, 50, 90, 97] {
        let _ = fs::remove_file(&path);
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
        "no room",
        "no room to complete",
    ]) {
        assert!(message.contains(cause), "{message}");
    }
}

/// What was read is written, the rest is left, and the same import goes on with it.
#[test]
fn an_import_stopped_by_ctrl_c_says_where_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    let from = drafts(folder.path(), many());
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
    let told = std::process::Command::new("kill")
        .args(["-INT", &running.id().to_string()])
        .status();
    assert!(told.unwrap().success());
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
        many() - documents
    );
    assert!(out.contains(&left), "{documents}: {out}");
    import_all(&path, &from);
    assert_same(&content(&path), &content(&right), "Ctrl-C");
}

#[test]
fn two_imports_at_once_and_a_reader() {
    let folder = tempfile::tempdir().unwrap();
    let from = reports(folder.path(), 16);
    let (right, path) = (
        folder.path().join("right.db"),
        folder.path().join("both.db"),
    );
    import_all(&right, &from);
    let undisturbed = Store::open_read_only(&right).unwrap();
    drop(Store::create(&path).unwrap());
    let mut running = [import(&path, &from), import(&path, &from)];
    let mut seen = 0;
    while running
        .iter_mut()
        .any(|child| child.try_wait().unwrap().is_none())
    {
        // Whoever reads meanwhile sees whole reports, more and more of them.
        let reader = Store::open_read_only(&path).unwrap();
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

#[test]
fn a_folder_that_vanishes_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let from = reports(folder.path(), 24);
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
    let from = reports(folder.path(), 8);
    let path = folder.path().join("some.db");
    let (sources, _) = zhenzhi::import::find(std::slice::from_ref(&from));
    fs::remove_file(from.join("003.txt")).unwrap();
    let store = Store::create(&path).unwrap();
    let done = zhenzhi::import::import(&store, &sources, &mut |_, _| {}).unwrap();
    assert_eq!(done.counts.reports, 7);
    assert_eq!(done.failures[0].reason, "there is no such file or folder");
}

/// Copies and older stores: what is killed half-way leaves the store as it was, and no half-made file under the name.
#[test]
fn a_killed_copy_and_a_killed_upgrade_leave_the_store_whole() {
    let folder = tempfile::tempdir().unwrap();
    let old = root().join("tests/stores/version-1.db");
    let (path, out) = (folder.path().join("old.db"), folder.path().join("out.db"));
    let mut dice = Dice(0x0bad_cafe_0bad_cafe);
    for round in 0..rounds("KILLS", 6).min(200) {
        for file in files(folder.path()).keys() {
            fs::remove_file(file).unwrap();
        }
        fs::copy(&old, &path).unwrap();
        let before = content(&path);
        for arguments in [
            vec!["share".as_ref(), path.as_os_str(), out.as_os_str()],
            vec![
                "info".as_ref(),
                path.as_os_str(),
                "--set".as_ref(),
                "title=x".as_ref(),
            ],
        ] {
            let mut running = program()
                .args(arguments)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            sleep(Duration::from_micros(dice.below(120_000) as u64));
            running.kill().unwrap();
            running.wait().unwrap();
            if out.exists() {
                assert_eq!(faults(&out), [""; 0], "round {round}");
            }
            let store = Store::open_read_only(&path).unwrap();
            assert_eq!(store.document_names().unwrap().len(), 3);
            drop(store);
            assert_eq!(faults(&path), [""; 0], "round {round}");
        }
        let after = content(&path);
        for table in ["towns", "sessions", "metrics", "tasks", "saved_queries"] {
            assert_eq!(before[table], after[table], "round {round}");
        }
    }
}
