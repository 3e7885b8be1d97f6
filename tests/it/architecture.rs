//! The walls of the house: which room may look into which, and the one place where a foreign crate is named.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in the order of the way of the data, and what each may use. The last four join rooms.
const ROOMS: [(&str, &[&str]); 11] = [
    ("fact", &[]),
    ("decode", &["fact"]),
    ("document", &["fact", "decode"]),
    ("extract", &["fact", "decode", "document"]),
    (
        "store",
        &["fact", "decode", "document", "extract", "reading"],
    ),
    ("query", &["fact", "decode"]),
    (
        "render",
        &["fact", "decode", "document", "extract", "reading", "query"],
    ),
    ("reading", &["fact", "decode", "document", "extract"]),
    ("import", &["fact", "reading", "store"]),
    ("ask", &["fact", "extract", "store", "query"]),
    ("report", &["fact", "store", "query", "render", "ask"]),
];

/// Foreign crates, and the only place of `src` that names each.
const ONLY_IN: [(&str, &str); 29] = [
    ("encoding_rs", "decode"),
    ("chardetng", "decode"),
    ("html5gum", "decode"),
    ("zip", "decode"),
    ("quick_xml", "decode"),
    ("hayro_syntax", "decode"),
    ("hayro_cmap", "decode"),
    ("flate2", "decode"),
    ("jieba_rs", "extract"),
    ("rusqlite", "store"),
    ("sha2", "store"),
    ("lalrpop_util", "query"),
    ("lalrpop_mod", "query"),
    ("pinyin", "query"),
    ("comfy_table", "render"),
    ("unicode_width", "render"),
    ("walkdir", "import"),
    ("csv", "render"),
    ("rust_xlsxwriter", "render"),
    ("minijinja", "report"),
    ("pulldown_cmark", "report"),
    ("clap", "bin"),
    ("clap_complete", "bin"),
    ("clap_mangen", "bin"),
    ("rustyline", "bin"),
    ("ctrlc", "bin"),
    ("indicatif", "bin"),
    ("console", "bin"),
    ("zhenzhi", "bin"),
];

/// No file of more lines than this.
const LONGEST_FILE: usize = 600;

struct Source {
    path: PathBuf,
    /// The first part of its path below `src`, without `.rs`.
    room: String,
    /// Its text without comments.
    code: String,
    lines: usize,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    let sources: Vec<Source> = rust_files(&src)
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let below = path.strip_prefix(&src).unwrap().to_owned();
            let first = below.iter().next().unwrap().to_string_lossy();
            Source {
                room: first.trim_end_matches(".rs").to_owned(),
                lines: text.lines().count(),
                code: without_comments(&text),
                path: below,
            }
        })
        .collect();
    assert!(sources.len() > 20, "the sources were not found");
    sources
}

fn without_comments(text: &str) -> String {
    text.lines()
        .map(|line| line.split_once("//").map_or(line, |(code, _)| code))
        .flat_map(|code| [code, "\n"])
        .collect()
}

/// The places where `word` stands as a whole identifier.
fn has_word(code: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(at, _)| {
        !code[..at].ends_with(is_part) && !code[at + word.len()..].starts_with(is_part)
    })
}

/// The rooms that a text names: `crate::room`, also inside `use crate::{…}`.
fn rooms_named(code: &str) -> Vec<&'static str> {
    let uses_of_many: Vec<&str> = code
        .split("crate::{")
        .skip(1)
        .filter_map(|rest| rest.split_once(';').map(|(list, _)| list))
        .collect();
    ROOMS
        .iter()
        .map(|(room, _)| *room)
        .filter(|room| {
            has_word(code, &format!("crate::{room}"))
                || uses_of_many.iter().any(|list| has_word(list, room))
        })
        .collect()
}

#[test]
fn each_room_looks_only_into_rooms_before_it() {
    for source in sources() {
        let Some((room, allowed)) = ROOMS.iter().find(|(room, _)| *room == source.room) else {
            assert!(
                source.room == "lib" || source.room == "bin",
                "{} stands in no known room; give it a place in this test and in ARCHITECTURE.md",
                source.path.display()
            );
            continue;
        };
        for named in rooms_named(&source.code) {
            assert!(
                named == *room || allowed.contains(&named),
                "{} names the room {named}, which {room} must not know",
                source.path.display()
            );
        }
    }
}

#[test]
fn foreign_crates_are_named_in_one_place() {
    for source in sources() {
        for (krate, place) in ONLY_IN {
            let named = has_word(&source.code, &format!("{krate}::"))
                || has_word(&source.code, &format!("use {krate}"));
            assert!(
                !named || source.room == place,
                "{} names {krate}, which only {place} may",
                source.path.display()
            );
        }
    }
}

#[test]
fn the_library_does_not_print() {
    for source in sources().iter().filter(|source| source.room != "bin") {
        for word in [
            "println!",
            "print!",
            "eprintln!",
            "eprint!",
            "stdout(",
            "stderr(",
        ] {
            assert!(
                !source.code.contains(word),
                "{} prints with {word}",
                source.path.display()
            );
        }
    }
}

#[test]
fn nothing_is_left_undone() {
    for source in sources() {
        for word in ["todo!", "unimplemented!", "dbg!", "#[ignore"] {
            assert!(
                !source.code.contains(word),
                "{} has {word}",
                source.path.display()
            );
        }
        let text = fs::read_to_string(root().join("src").join(&source.path)).unwrap();
        for word in ["TODO", "FIXME", "XXX"] {
            assert!(
                !has_word(&text, word),
                "{} has {word}",
                source.path.display()
            );
        }
    }
}

#[test]
fn files_are_short_and_named_for_what_they_hold() {
    for source in sources() {
        assert!(
            source.lines <= LONGEST_FILE,
            "{} has {} lines",
            source.path.display(),
            source.lines
        );
        for part in &source.path {
            let name = part.to_string_lossy();
            let name = name.trim_end_matches(".rs").trim_end_matches('s');
            assert!(
                !["util", "helper", "common", "misc", "manager"].contains(&name),
                "{} says nothing of what it holds",
                source.path.display()
            );
        }
    }
}

#[test]
fn each_room_says_what_it_is_for() {
    for (room, _) in ROOMS {
        let src = root().join("src");
        let file = [
            src.join(room).join("mod.rs"),
            src.join(format!("{room}.rs")),
        ]
        .into_iter()
        .find(|file| file.exists())
        .unwrap_or_else(|| panic!("there is no room {room}"));
        let text = fs::read_to_string(&file).unwrap();
        assert!(
            text.starts_with("//! "),
            "{} has no opening word",
            file.display()
        );
    }
}

#[test]
fn the_test_itself_finds_what_it_looks_for() {
    assert_eq!(
        rooms_named("use crate::{fact::Span, store};\nfn f(x: crate::query::Sql) {}"),
        ["fact", "store", "query"]
    );
    assert_eq!(rooms_named("use crate::facts::Span;"), Vec::<&str>::new());
    assert!(has_word("use rusqlite;", "use rusqlite"));
    assert!(!has_word("use rusqlite_x;", "use rusqlite"));
    assert_eq!(without_comments("a // crate::store\nb"), "a \nb\n");
}
