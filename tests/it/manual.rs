//! The manual is true: its questions are asked of a store of the sample reports, its lists come from their sources, and
//! every word of the language stands in a question of it.
//!
//! A block of `ask` holds questions, each with what it is understood as and how many rows answer it; a block of `ebnf`
//! is the grammar, one of `words` the keywords. With the environment variable `MANUAL=write` all are written anew.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use zhenzhi::ask::{AskError, Outcome, Terms, catalog, run_with, save};
use zhenzhi::query::{Lang, keywords};
use zhenzhi::store::Store;

use crate::grammar::{ebnf, word_list};
use crate::samples;

const MANUALS: [(&str, Lang); 2] = [("language.md", Lang::En), ("language.zh.md", Lang::Zh)];

fn path(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs")
        .join(name)
}

/// What a question of the manual comes to, in a line; `last` is what was asked before.
fn said(store: &Store, line: &str, lang: Lang, last: &mut Option<String>) -> String {
    let mut parts = line.split(" --set ");
    let question = parts.next().unwrap_or_default();
    let terms = Terms {
        parameters: parts.filter_map(|pair| pair.split_once('=')).collect(),
        ..Terms::default()
    };
    let mut catalog = catalog(store).unwrap();
    if let Some(last) = last {
        catalog.remember(last.clone());
    }
    match run_with(store, &catalog, question, &terms) {
        Ok(Outcome::Answer(answer)) => {
            let reading = answer.reading.in_lang(lang);
            *last = Some(reading.to_owned());
            let count = answer.rows.len();
            // How many there are of very many changes with every improvement of the reader.
            match (lang, count) {
                (Lang::En, 1) => format!("{reading} (1 row)"),
                (Lang::En, 0..=20) => format!("{reading} ({count} rows)"),
                (Lang::En, _) => format!("{reading} (more than 20 rows)"),
                (Lang::Zh, 0..=20) => format!("{reading}（{count}行）"),
                (Lang::Zh, _) => format!("{reading}（20行以上）"),
            }
        }
        Ok(Outcome::Definition(definition)) => {
            save(store.path(), &definition, None).unwrap();
            match lang {
                Lang::En => format!("saved @{}", definition.name),
                Lang::Zh => format!("已保存@{}", definition.name),
            }
        }
        Err(AskError::Question { diagnostics }) => {
            format!("{} {}", diagnostics[0].code, diagnostics[0].message(lang))
        }
        Err(AskError::Store(error)) => panic!("{line}: {error}"),
    }
}

/// The manual as it should be.
fn renewed(store: &Store, text: &str, lang: Lang) -> String {
    let mut new = String::new();
    let mut block = "";
    let mut last = None;
    for line in text.lines() {
        if let Some(kind) = line.strip_prefix("```") {
            block = if block.is_empty() { kind } else { "" };
            let _ = writeln!(new, "{line}");
            match block {
                "ebnf" => new.push_str(&ebnf()),
                "words" => new.push_str(&word_list()),
                _ => {}
            }
            continue;
        }
        match block {
            "ebnf" | "words" => {}
            "ask" if line.starts_with('→') => {}
            "ask" => {
                let _ = writeln!(new, "{line}\n→ {}", said(store, line, lang, &mut last));
            }
            _ => {
                let _ = writeln!(new, "{line}");
            }
        }
    }
    new
}

fn questions(text: &str) -> Vec<&str> {
    text.split("```ask\n")
        .skip(1)
        .flat_map(|block| block.split("```").next().unwrap_or_default().lines())
        .filter(|line| !line.starts_with('→'))
        .collect()
}

#[test]
fn its_examples_and_lists_are_true() {
    for (name, lang) in MANUALS {
        let (_folder, store) = samples::store();
        let text = fs::read_to_string(path(name)).unwrap();
        let new = renewed(&store, &text, lang);
        if std::env::var_os("MANUAL").is_some_and(|mode| mode == "write") {
            fs::write(path(name), new).unwrap();
            continue;
        }
        for (old, new) in text.lines().zip(new.lines()) {
            assert_eq!(
                old, new,
                "{name}; MANUAL=write cargo test manual writes it anew"
            );
        }
        assert_eq!(text.lines().count(), new.lines().count(), "{name}");
    }
}

/// Each token by one of its words at least; a token is what the words of a line of `keywords.tsv` mean.
#[test]
fn every_token_has_an_example() {
    for (name, lang) in MANUALS {
        let text = fs::read_to_string(path(name)).unwrap();
        let questions = questions(&text);
        let mut missing: Vec<&str> = keywords()
            .iter()
            .filter(|keyword| keyword.lang == lang)
            .map(|keyword| keyword.token)
            .filter(|token| {
                let mut words = keywords()
                    .iter()
                    .filter(|keyword| keyword.lang == lang && keyword.token == *token);
                !words.any(|keyword| questions.iter().any(|asked| holds(asked, keyword.word)))
            })
            .collect();
        missing.dedup();
        assert!(
            missing.is_empty(),
            "{name} has no example of {}",
            missing.join(", ")
        );
    }
}

/// Whether a word stands in a question, a Latin one whole.
fn holds(question: &str, word: &str) -> bool {
    let is_latin = |c: char| c.is_ascii_alphabetic();
    let question = question.to_lowercase();
    question
        .match_indices(&word.to_lowercase())
        .any(|(at, found)| {
            !word.contains(is_latin)
                || (!question[..at].ends_with(is_latin)
                    && !question[at + found.len()..].starts_with(is_latin))
        })
}

/// What is refused stands in the manual where it is meant to: in the parts on messages.
#[test]
fn few_examples_are_refused() {
    for (name, _) in MANUALS {
        let text = fs::read_to_string(path(name)).unwrap();
        let refused: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("→ Q0"))
            .collect();
        assert!(refused.len() <= 8, "{name}: {}", refused.join("\n"));
    }
}
