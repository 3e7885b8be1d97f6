//! Questions that people ask, mistyped: a wrong character, a missing comparing word (or, where the question has none, a
//! missing word between its parts), a wrong unit (or a unit where none belongs). What is said of each is fixed here, and it
//! is something that a clerk can act on: an offer, or what may stand in that place.
//!
//! Messages that offer nothing stand in `tests/known_bad/messages.tsv` until they are mended. With the environment
//! variable `MISTYPED=write` the codes and first offers are written anew.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use zhenzhi::ask::catalog;
use zhenzhi::query::{Catalog, compile};

use crate::samples;

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(name)
}

/// Code, first offer as it would stand in the question, and whether the message helps at all.
fn said(question: &str, catalog: &Catalog) -> (String, String, bool) {
    match compile(question, catalog) {
        Ok(compiled) => ("understood".into(), compiled.reading.en, true),
        Err(faults) => {
            let fault = &faults[0];
            let first = fault.fixes.first();
            let says_what = fault.message_en.contains("what may: ");
            let mended = first.map_or(String::new(), |fix| fix.applied(question));
            (fault.code.into(), mended, first.is_some() || says_what)
        }
    }
}

#[test]
fn mistyped_questions_get_a_message_to_act_on() {
    let (_folder, store) = samples::store();
    let catalog = catalog(&store).unwrap();
    let text = fs::read_to_string(path("it/mistyped.tsv")).unwrap();
    let (mut new, mut poor) = (String::new(), BTreeMap::new());
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), 5, "{line}");
        let (code, offer, helps) = said(cells[2], &catalog);
        *kinds.entry(cells[1]).or_default() += 1;
        if !helps {
            poor.insert(cells[2], code.clone());
        }
        let _ = writeln!(
            new,
            "{}\t{}\t{}\t{code}\t{offer}",
            cells[0], cells[1], cells[2]
        );
    }
    assert!(
        kinds
            .values()
            .all(|count| *count == text.lines().count() / 3),
        "{kinds:?}"
    );
    let known_bad: String = poor
        .iter()
        .map(|(question, code)| format!("{code}\t{question}\n"))
        .collect();
    if std::env::var_os("MISTYPED").is_some_and(|mode| mode == "write") {
        fs::write(path("it/mistyped.tsv"), new).unwrap();
        fs::write(path("known_bad/messages.tsv"), known_bad).unwrap();
        return;
    }
    for (old, new) in text.lines().zip(new.lines()) {
        assert_eq!(
            old, new,
            "MISTYPED=write cargo test mistyped writes it anew"
        );
    }
    assert_eq!(
        fs::read_to_string(path("known_bad/messages.tsv")).unwrap(),
        known_bad,
        "a message that offers nothing is new, or one that did is mended"
    );
}

/// What is offered is a question, or one with another fault further on.
#[test]
fn the_first_offer_helps() {
    let (_folder, store) = samples::store();
    let catalog = catalog(&store).unwrap();
    let mut useless = Vec::new();
    for line in include_str!("mistyped.tsv").lines() {
        let question = line.split('\t').nth(2).unwrap();
        let Err(faults) = compile(question, &catalog) else {
            continue;
        };
        let Some(fix) = faults[0].fixes.first() else {
            continue;
        };
        if let Err(again) = compile(&fix.applied(question), &catalog)
            && again[0].code == faults[0].code
            && again[0].span == faults[0].span
        {
            useless.push(format!("{question} → {}", fix.applied(question)));
        }
    }
    assert!(useless.is_empty(), "{}", useless.join("\n"));
}
