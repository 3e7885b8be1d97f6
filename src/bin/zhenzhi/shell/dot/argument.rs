use std::path::Path;

use clap::ValueEnum;
use rustyline::completion::Pair;
use zhenzhi::query::{Lang, keywords};
use zhenzhi::store::SCHEMA;

use super::super::completer::{pair, question};
use super::super::line::Line;
use super::store::tables;
use super::table::COMMANDS;
use super::{find, is_mark};
use crate::cli::Format;
use crate::language::in_lang;

/// What stands behind a dot command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Argument {
    Nothing,
    /// A file.
    Path,
    /// What `.help` speaks of.
    Topic,
    Place,
    Indicator,
    Table,
    Format,
    OnOff,
    Lang,
    /// Any of formats, languages and `all`, several.
    Look,
    Question,
}

/// So many names are listed.
const MOST: usize = 24;

/// What may follow an entry that is a dot command, and the byte from which it is replaced.
pub(in super::super) fn complete(line: &Line, entry: &str) -> (usize, Vec<Pair>) {
    let Some(blank) = entry.find(char::is_whitespace) else {
        return (0, names(entry, line.lang));
    };
    let name = entry[..blank].trim_start_matches(is_mark);
    let Some(command) = find(name) else {
        return (entry.len(), Vec::new());
    };
    let start = blank + entry[blank..].len() - entry[blank..].trim_start().len();
    let given = &entry[start..];
    if command.argument == Argument::Question {
        return question(line, entry, start);
    }
    if command.argument == Argument::Path {
        return (start, paths(given));
    }
    // The last word of several.
    let start = match command.argument {
        Argument::Look => given
            .rfind(char::is_whitespace)
            .map_or(start, |at| start + at + 1),
        _ => start,
    };
    (start, words(line, command.argument, &entry[start..]))
}

/// The commands that begin so, with what they do.
fn names(entry: &str, lang: Lang) -> Vec<Pair> {
    let begun = entry.trim_start_matches(is_mark).to_lowercase();
    COMMANDS
        .iter()
        .filter(|command| command.name.starts_with(&begun) || command.zh.starts_with(&begun))
        .map(|command| {
            let is_whole = command.takes.is_empty();
            let name = if command.name.starts_with(&begun) {
                command.name
            } else {
                command.zh
            };
            let blank = if is_whole { "" } else { " " };
            pair(
                &format!(".{name}"),
                in_lang(lang, command.does[0], command.does[1]),
                &format!(".{name}{blank}"),
            )
        })
        .collect()
}

fn words(line: &Line, argument: Argument, given: &str) -> Vec<Pair> {
    let begun = given.to_lowercase();
    let fitting = |words: &[String]| {
        words
            .iter()
            .filter(|word| word.to_lowercase().starts_with(&begun))
            .take(MOST)
            .map(|word| pair(word, "", word))
            .collect::<Vec<Pair>>()
    };
    let owned = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
    match argument {
        Argument::Nothing | Argument::Path | Argument::Question => Vec::new(),
        Argument::OnOff => fitting(&owned(&["on", "off"])),
        Argument::Lang => fitting(&owned(&["en", "zh", "auto"])),
        Argument::Format => fitting(&formats()),
        Argument::Look => fitting(&[formats(), owned(&["en", "zh", "all"])].concat()),
        Argument::Table => fitting(&tables(SCHEMA)),
        Argument::Topic => {
            let commands = COMMANDS.iter().map(|command| command.name.to_owned());
            let words = keywords().iter().map(|keyword| keyword.word.to_owned());
            fitting(&commands.chain(words).collect::<Vec<_>>())
        }
        Argument::Place | Argument::Indicator => from_store(line, argument, &begun),
    }
}

/// The names of formats.
pub(super) fn formats() -> Vec<String> {
    Format::value_variants()
        .iter()
        .filter_map(|format| Some(format.to_possible_value()?.get_name().to_owned()))
        .collect()
}

fn from_store(line: &Line, argument: Argument, begun: &str) -> Vec<Pair> {
    let mut vocabulary = line.vocabulary.borrow_mut();
    let Ok(catalog) = vocabulary.counted() else {
        return Vec::new();
    };
    let counted = |count: u32, noun: &str, zh: &str| match line.lang {
        Lang::En => crate::output::counted(count as usize, noun),
        Lang::Zh => format!("{count}{zh}"),
    };
    let mut found: Vec<(u32, &str, String)> = if argument == Argument::Place {
        let places = catalog.places().iter();
        places
            .map(|known| (known.reports, known.place.name.as_str()))
            .map(|(count, name)| (count, name, counted(count, "report", "份报告")))
            .collect()
    } else {
        let indicators = catalog.indicators().iter();
        indicators
            .map(|indicator| {
                let own = in_lang(line.lang, &indicator.name_en, &indicator.name_zh);
                let name = if begun.is_empty() || own.to_lowercase().starts_with(begun) {
                    own
                } else if indicator.name_zh.starts_with(begun) {
                    &indicator.name_zh
                } else {
                    &indicator.name_en
                };
                let count = catalog.places_reporting(&indicator.id);
                (count, name, counted(count, "place", "个地方"))
            })
            .collect()
    };
    found.retain(|(_, name, _)| name.to_lowercase().starts_with(begun));
    if found.iter().any(|(count, ..)| *count > 0) {
        found.retain(|(count, ..)| *count > 0);
    }
    found.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
    found
        .into_iter()
        .take(MOST)
        .map(|(_, name, note)| pair(name, &note, name))
        .collect()
}

/// Files and folders that begin so.
fn paths(given: &str) -> Vec<Pair> {
    let (folder, begun) = given
        .rfind(['/', std::path::MAIN_SEPARATOR])
        .map_or(("", given), |at| given.split_at(at + 1));
    let listed = std::fs::read_dir(if folder.is_empty() {
        Path::new(".")
    } else {
        Path::new(folder)
    });
    let mut found: Vec<String> = listed
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            // A hidden file is offered only to who asks for one.
            let is_asked =
                name.starts_with(begun) && (begun.starts_with('.') || !name.starts_with('.'));
            let is_folder = entry.path().is_dir();
            is_asked.then(|| format!("{name}{}", if is_folder { "/" } else { "" }))
        })
        .collect();
    found.sort();
    found
        .into_iter()
        .map(|name| pair(&name, "", &format!("{folder}{name}")))
        .collect()
}
