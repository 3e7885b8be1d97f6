//! Colours of what is typed, by what each word is.

use zhenzhi::query::{Catalog, Role, roles};

const PLAIN: &str = "\x1b[0m";
const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";

/// What a role looks like: names by hue, so that one sees a name that is taken for a word of the language.
const fn of(role: Role) -> &'static str {
    match role {
        Role::Keyword => "\x1b[1m",
        Role::Figure => "\x1b[36m",
        Role::Place => "\x1b[35m",
        Role::Number => "\x1b[33m",
        Role::Text => "\x1b[32m",
        Role::Saved | Role::Parameter => "\x1b[34m",
        Role::Sign => "",
        Role::Unknown => "\x1b[4m",
    }
}

/// A dot command in colours.
pub(super) fn command(entry: &str) -> String {
    let name = entry.find(char::is_whitespace).unwrap_or(entry.len());
    format!("{BOLD}{}{PLAIN}{}", &entry[..name], &entry[name..])
}

/// A question in colours.
pub(super) fn question(entry: &str, catalog: &Catalog) -> String {
    let chars: Vec<char> = entry.chars().collect();
    let text = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
    let mut coloured = String::with_capacity(2 * entry.len());
    let mut done = 0;
    for (span, role) in roles(entry, catalog) {
        if span.start < done || span.end > chars.len() {
            continue;
        }
        coloured += &text(done, span.start);
        let colour = of(role);
        let word = text(span.start, span.end);
        if colour.is_empty() {
            coloured += &word;
        } else {
            // Each line by itself: the editor moves the cursor between them.
            coloured += &format!("{colour}{word}{PLAIN}");
        }
        done = span.end;
    }
    coloured + &text(done, chars.len())
}

pub(super) fn prompt(prompt: &str) -> String {
    format!("{BOLD}{prompt}{PLAIN}")
}

pub(super) fn remark(remark: &str) -> String {
    format!("{DIM}{remark}{PLAIN}")
}

/// What is behind the name in a list of candidates steps back.
pub(super) fn candidate(candidate: &str) -> String {
    candidate.split_once("  ").map_or_else(
        || candidate.to_owned(),
        |(name, note)| format!("{name}{DIM}  {note}{PLAIN}"),
    )
}
