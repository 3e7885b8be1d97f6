use std::path::Path;

use zhenzhi::query::is_unfinished;

use super::dot;
use super::session::{Next, Session};
use crate::exit::Exit;
use crate::input::standard_input_bytes;
use crate::language::{Message, told};
use crate::output::{cannot_read, complain};

/// Runs the entries of standard input; the exit code is that of the worst.
pub(super) fn run_input(session: &mut Session) -> Exit {
    let bytes = match standard_input_bytes() {
        Ok(bytes) => bytes,
        Err(exit) => return exit,
    };
    match run(session, &bytes, &told("standard input", "标准输入")) {
        Next::On(exit) => exit,
        Next::Leave => Exit::Done,
    }
}

/// Runs the entries of a file.
pub(super) fn run_file(session: &mut Session, path: &Path) -> Next {
    match std::fs::read(path) {
        Ok(bytes) => run(session, &bytes, &path.into()),
        Err(error) => {
            cannot_read(&path.into(), &error);
            Next::On(Exit::Input)
        }
    }
}

fn run(session: &mut Session, bytes: &[u8], name: &Message) -> Next {
    let Ok(text) = std::str::from_utf8(bytes) else {
        complain(told(
            format!("{} is not UTF-8; save it as UTF-8", name.en),
            format!("{}不是UTF-8编码；请另存为UTF-8", name.zh),
        ));
        return Next::On(Exit::Input);
    };
    let text = text.trim_start_matches('\u{feff}');
    let mut worst = Exit::Done;
    for (line, entry) in entries(session, text) {
        match session.enter(&entry) {
            Next::On(exit) => {
                if exit != Exit::Done {
                    complain(told(
                        format!("{}, line {line}", name.en),
                        format!("{}第{line}行", name.zh),
                    ));
                }
                worst = worst.max(exit);
            }
            Next::Leave => break,
        }
    }
    Next::On(worst)
}

/// The entries of a text, each with the line that it begins on.
///
/// A line that begins with a dot is one by itself. A question goes on in the next line where it is not finished, or
/// where that line is indented or begins with a sign; an empty line ends it. A line that begins with # says nothing.
pub(super) fn entries(session: &Session, text: &str) -> Vec<(usize, String)> {
    let is_open = |question: &str| {
        let mut vocabulary = session.vocabulary.borrow_mut();
        vocabulary
            .names()
            .is_ok_and(|catalog| is_unfinished(question, catalog))
    };
    let mut found: Vec<(usize, String)> = Vec::new();
    // Whether the last entry may go on.
    let mut is_going = false;
    for (at, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            is_going = false;
            continue;
        }
        if line.starts_with('#') {
            continue;
        }
        let is_dot = dot::command_in(line.trim()).is_some();
        match found.last_mut() {
            Some((_, entry)) if is_going && (goes_on(line) || is_open(entry)) => {
                entry.push('\n');
                entry.push_str(line.trim_end());
            }
            _ => {
                found.push((at + 1, line.trim().to_owned()));
                is_going = !is_dot;
            }
        }
    }
    found
}

fn goes_on(line: &str) -> bool {
    line.starts_with(|c: char| {
        c.is_whitespace() || matches!(c, '|' | ',' | '，' | '、' | ';' | '；')
    })
}
