//! Scripted reports as the program makes them: files, exit codes, parts, scripts in a store, watching.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn zhenzhi(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_zhenzhi"))
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn samples_in(folder: &Path) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let done = zhenzhi(folder, &["import", "reports.db", from.to_str().unwrap()]);
    assert!(done.status.success(), "{done:?}");
}

#[test]
fn a_report_that_fails_leaves_no_file_and_the_old_one_alone() {
    let folder = tempfile::tempdir().unwrap();
    samples_in(folder.path());
    let script = |body: &str| {
        fs::write(
            folder.path().join("a.md"),
            format!("---\ntitle: t\nlanguage: en\n---\n{body}"),
        )
        .unwrap();
    };
    let files = || {
        let mut names: Vec<String> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    let before = {
        script("x");
        files()
    };
    script("{{ expect(\"tax of 云塘镇 in 2023 = 1亿元\") }}");
    let done = zhenzhi(
        folder.path(),
        &["report", "reports.db", "a.md", "--output", "a.html"],
    );
    assert_eq!(done.status.code(), Some(5), "{done:?}");
    assert_eq!(files(), before);
    script("good");
    let done = zhenzhi(
        folder.path(),
        &["report", "reports.db", "a.md", "--output", "a.html"],
    );
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let good = fs::read(folder.path().join("a.html")).unwrap();
    script("{{ bad }}");
    let done = zhenzhi(
        folder.path(),
        &["report", "reports.db", "a.md", "--output", "a.html"],
    );
    assert_eq!(done.status.code(), Some(2), "{done:?}");
    assert_eq!(fs::read(folder.path().join("a.html")).unwrap(), good);
    let done = zhenzhi(
        folder.path(),
        &["report", "reports.db", "a.md", "--output", "nowhere/a.html"],
    );
    assert_eq!(done.status.code(), Some(2));
    script("good");
    for (args, code) in [
        (
            &["report", "reports.db", "a.md", "--output", "nowhere/a.html"][..],
            3,
        ),
        (&["report", "reports.db", "a.md", "--output", "a.pdf"], 2),
        (&["report", "reports.db", "a.md", "--output", "a.xlsx"], 2),
        (&["report", "reports.db", "missing.md"], 2),
        (&["report", "missing.db", "a.md"], 3),
        (&["report", "reports.db", "a.md", "--set", "town=x"], 2),
    ] {
        let done = zhenzhi(folder.path(), args);
        assert_eq!(done.status.code(), Some(code), "{args:?} {done:?}");
    }
}

#[test]
fn parts_stay_in_the_folder_of_the_script() {
    let folder = tempfile::tempdir().unwrap();
    samples_in(folder.path());
    let scripts = folder.path().join("scripts");
    fs::create_dir_all(scripts.join("parts")).unwrap();
    fs::write(folder.path().join("secret.md"), "secret").unwrap();
    fs::write(
        scripts.join("parts/tax.md"),
        "{% macro tax(town) %}{{ ask(\"tax of $town\") }}{% endmacro %}",
    )
    .unwrap();
    fs::write(scripts.join("wrong.md"), "one\n{{ nothing }}\n").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path().join("secret.md"), scripts.join("link.md")).unwrap();
    let run = |body: &str| {
        fs::write(
            scripts.join("a.md"),
            format!("---\ntitle: t\nlanguage: en\n---\n{body}"),
        )
        .unwrap();
        let done = zhenzhi(folder.path(), &["report", "reports.db", "scripts/a.md"]);
        format!(
            "{}{}",
            String::from_utf8_lossy(&done.stdout),
            String::from_utf8_lossy(&done.stderr)
        )
    };
    assert!(
        run("{% from \"parts/tax.md\" import tax %}{{ tax(\"云塘镇\") }}")
            .contains("322 million yuan")
    );
    assert!(
        run("{% include \"wrong.md\" %}").contains("wrong.md:2:4\nerror R0202"),
        "{}",
        run("{% include \"wrong.md\" %}")
    );
    let hidden = folder.path().join("secret.md");
    for name in ["../secret.md", hidden.to_str().unwrap(), "link.md"] {
        let said = run(&format!("{{% include \"{name}\" %}}"));
        assert!(
            said.contains("R0204") && !said.contains("secret\n"),
            "{name}: {said}"
        );
    }
}

#[test]
fn a_script_travels_in_the_store() {
    let folder = tempfile::tempdir().unwrap();
    samples_in(folder.path());
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write(
        "main.md",
        "---\ntitle: t\nlanguage: en\nabout: all of it\n---\n{% include \"part\" %}",
    );
    write(
        "part.md",
        "---\ntitle: p\nlanguage: en\n---\nthe part {{ ask(\"tax of 云塘镇\") }}",
    );
    for (file, name) in [("main.md", "main"), ("part.md", "part")] {
        let done = zhenzhi(
            folder.path(),
            &["report", "reports.db", file, "--save", name],
        );
        assert_eq!(done.status.code(), Some(0), "{done:?}");
    }
    fs::copy(
        folder.path().join("reports.db"),
        folder.path().join("copy.db"),
    )
    .unwrap();
    let done = zhenzhi(folder.path(), &["report", "copy.db", "main"]);
    assert!(
        String::from_utf8_lossy(&done.stdout).contains("the part 322 million yuan"),
        "{done:?}"
    );
    let done = zhenzhi(folder.path(), &["report", "copy.db", "--list"]);
    assert!(
        String::from_utf8_lossy(&done.stdout).starts_with("main  all of it\n"),
        "{done:?}"
    );
    let done = zhenzhi(folder.path(), &["report", "copy.db", "--drop", "main"]);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let done = zhenzhi(folder.path(), &["report", "copy.db", "main"]);
    assert_eq!(done.status.code(), Some(2), "{done:?}");
    // One from the store reads no file, not even beside the store.
    write(
        "trap.md",
        "---\ntitle: t\nlanguage: en\n---\n{% include \"part.md\" %}",
    );
    zhenzhi(
        folder.path(),
        &["report", "reports.db", "trap.md", "--save", "trap"],
    );
    let done = zhenzhi(folder.path(), &["report", "reports.db", "trap"]);
    assert!(
        String::from_utf8_lossy(&done.stderr).contains("R0204"),
        "{done:?}"
    );
}

#[test]
fn a_watched_report_follows_its_script() {
    let folder = tempfile::tempdir().unwrap();
    samples_in(folder.path());
    let script = folder.path().join("a.md");
    let out = folder.path().join("a.html");
    let write = |body: &str| {
        fs::write(&script, format!("---\ntitle: t\nlanguage: en\n---\n{body}")).unwrap();
    };
    write("first");
    let mut child = Command::new(env!("CARGO_BIN_EXE_zhenzhi"))
        .args([
            "report",
            "reports.db",
            "a.md",
            "--output",
            "a.html",
            "--watch",
        ])
        .current_dir(folder.path())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let has = |word: &str| {
        (0..200).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(50));
            fs::read_to_string(&out).is_ok_and(|text| text.contains(word))
        })
    };
    let first = has("first");
    write("{{ wrong }}");
    std::thread::sleep(std::time::Duration::from_millis(700));
    write("the second one");
    let second = has("the second one");
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(first, "nothing was written");
    assert!(second, "the change was not followed");
}

/// A text that doubles in a few steps is seen by no count of steps or of output.
#[test]
#[cfg(target_os = "linux")]
fn a_script_that_takes_all_memory_is_broken_off() {
    let folder = tempfile::tempdir().unwrap();
    samples_in(folder.path());
    fs::write(
        folder.path().join("grow.md"),
        "---\ntitle: x\n---\n{% set held = namespace(text=\"abcdefgh\") %}{% for turn in range(60) %}\
         {% set held.text = held.text ~ held.text %}{% endfor %}",
    )
    .unwrap();
    let done = zhenzhi(
        folder.path(),
        &["report", "reports.db", "grow.md", "--output", "grow.html"],
    );
    assert_eq!(done.status.code(), Some(2), "{done:?}");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(said.contains("more than 1 GB of memory"), "{said}");
    assert!(!folder.path().join("grow.html").exists());
}
