//! Never half-written: the program is killed at any moment; the store stays whole.
//!
//! `KILLS=N` kills N imports, each at a random moment:
//! `KILLS=500 cargo test --release --test it store_kill -- --nocapture`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use zhenzhi::store::{Store, StoreError};

use crate::workshop::{Dice, assert_same, content, faults, files, program, raw, root, rounds};

/// A folder with so many reports: the samples, each with another last line, and so many blanks behind it. Blanks are
/// stored as any text is, and take no time to be read.
pub(crate) fn reports(folder: &Path, count: usize, blanks: usize) -> PathBuf {
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
    let blanks = " ".repeat(blanks);
    for number in 0..count {
        let text = fs::read_to_string(&samples[number % samples.len()]).unwrap();
        let name = format!("{number:03}.txt");
        fs::write(into.join(name), format!("{text}\n第{number}稿。\n{blanks}")).unwrap();
    }
    into
}

pub(crate) fn import(store: &Path, from: &Path) -> Child {
    program()
        .arg("import")
        .args([store, from])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

pub(crate) fn import_all(store: &Path, from: &Path) {
    let done = import(store, from).wait_with_output().unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
}

/// Holds what is in a store after an accident against an undisturbed one; gives how many documents it has.
pub(crate) fn check_whole(path: &Path, undisturbed: &Store, what: &str) -> usize {
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

/// So many reports and blanks are written in two transactions; in three where many kills are asked for.
pub(crate) fn many(folder: &Path) -> (PathBuf, usize) {
    let (count, blanks) = if rounds("KILLS", 0) > 20 {
        (230, 38_000)
    } else {
        (24, 200_000)
    };
    (reports(folder, count, blanks), count)
}

/// How many bytes a running program has written to files, where the system counts them.
fn written(running: &Child) -> Option<u64> {
    let counts = fs::read_to_string(format!("/proc/{}/io", running.id())).ok()?;
    let count = counts
        .lines()
        .find_map(|line| line.strip_prefix("wchar: "))?;
    count.parse().ok()
}

/// How far an import is: bytes written, or microseconds where the system counts none.
fn how_far(running: &Child, start: Instant) -> u64 {
    written(running).unwrap_or_else(|| start.elapsed().as_micros() as u64)
}

/// How far an undisturbed import goes.
fn whole_way(store: &Path, from: &Path) -> u64 {
    let (mut running, start, mut far) = (import(store, from), Instant::now(), 0);
    while running.try_wait().unwrap().is_none() {
        far = far.max(how_far(&running, start));
        sleep(Duration::from_micros(200));
    }
    assert!(running.wait().unwrap().success());
    far
}

/// Where an import stood when it was killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Moment {
    /// There was no file yet, or an empty one.
    NoStore,
    /// The tables were made or being made, and no report was in.
    NoReport,
    /// Some reports were in.
    SomeReports,
    /// All were in, and the log was still there.
    AllInTheLog,
    /// All were in the one file; the import had not ended.
    AllInTheFile,
    /// It had ended.
    Ended,
}

/// Kills an import when it has gone so far, and a moment later than that.
fn kill_at(running: &mut Child, far: u64, dice: &mut Dice) -> bool {
    let start = Instant::now();
    while running.try_wait().unwrap().is_none() {
        if how_far(running, start) >= far {
            sleep(Duration::from_micros(dice.below(3000) as u64));
            break;
        }
    }
    let had_ended = running.try_wait().unwrap().is_some();
    let _ = running.kill();
    running.wait().unwrap();
    had_ended
}

/// Each character is found by the index as often as it stands in the passages.
fn assert_searchable(conn: &Connection, what: &str) {
    for c in ["镇", "税", "养", "，", "5"] {
        let count = |sql: &str, sought: String| -> i64 {
            conn.query_row(sql, [sought], |row| row.get(0)).unwrap()
        };
        let found = count(
            "SELECT count(*) FROM passages_fts WHERE passages_fts MATCH ?1",
            format!("\"{c}\""),
        );
        let there = count(
            "SELECT count(*) FROM passages WHERE instr(text, ?1)",
            c.to_owned(),
        );
        assert_eq!(found, there, "{what}: {c}");
    }
}

#[test]
fn a_killed_import_leaves_whole_reports_and_is_completed() {
    let folder = tempfile::tempdir().unwrap();
    let (from, count) = many(folder.path());
    let right = folder.path().join("right.db");
    let new = whole_way(&right, &from);
    // A store that has reports is written with a log.
    let begun = folder.path().join("begun.db");
    import_all(&begun, &from.join("000.txt"));
    let held = fs::read(&begun).unwrap();
    let logged = whole_way(&begun, &from);
    let wanted = content(&right);
    let undisturbed = Store::open_read_only(&right).unwrap();
    let (kills, mut dice) = (rounds("KILLS", 4), Dice(0x1234_5678_9abc_def1));
    let mut moments: BTreeMap<Moment, usize> = BTreeMap::new();
    for round in 0..kills {
        let path = folder.path().join("killed.db");
        for file in files(folder.path()).keys().filter(|file| **file != right) {
            fs::remove_file(file).unwrap();
        }
        let way = if round % 2 == 0 {
            new
        } else {
            fs::write(&path, &held).unwrap();
            logged
        };
        let far = way * dice.below(1000) as u64 / 990;
        let has_ended = kill_at(&mut import(&path, &from), far, &mut dice);
        let what = format!("kill {round}");
        let has_log = path.with_extension("db-wal").exists();
        let is_there = path.metadata().is_ok_and(|file| file.len() > 0);
        let moment = match check_whole(&path, &undisturbed, &what) {
            0 if !is_there => Moment::NoStore,
            0 => Moment::NoReport,
            some if some < count => Moment::SomeReports,
            _ if has_ended => Moment::Ended,
            _ if has_log => Moment::AllInTheLog,
            _ => Moment::AllInTheFile,
        };
        *moments.entry(moment).or_default() += 1;
        if moment > Moment::NoReport {
            assert_searchable(&raw(&path), &what);
        }
        import_all(&path, &from);
        assert_same(&content(&path), &wanted, &what);
        assert_eq!(faults(&path), [""; 0], "{what}");
        assert_searchable(&raw(&path), &what);
        let names = files(folder.path()).into_keys().collect::<Vec<_>>();
        assert_eq!(names, [path, right.clone()], "{what}");
    }
    println!(
        "{kills} imports killed: {moments:?}; each store opened, held whole reports, and was completed to the same content"
    );
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
            // Columns that came later stand behind those that were there.
            let is_kept = |(was, is): (&String, &String)| is.starts_with(was.as_str());
            assert_eq!(before[table].len(), after[table].len(), "round {round}");
            assert!(
                before[table].iter().zip(&after[table]).all(is_kept),
                "round {round}: {table}"
            );
        }
    }
}
