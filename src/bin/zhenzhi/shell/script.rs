use std::io::{self, Read};
use std::path::Path;

use zhenzhi::query::is_unfinished;

use super::dot;
use super::session::{Next, Session};
use crate::exit::Exit;
use crate::output::complain;

/// Runs the entries of standard input; the exit code is that of the worst.
pub(super) fn run_input(session: &mut Session) -> Exit {
    let mut bytes = Vec::new();
    if let Err(error) = io::stdin().lock().read_to_end(&mut bytes) {
        complain(format_args!("standard input cannot be read: {error}"));
        return Exit::Input;
    }
    match run(session, &bytes, "standard input") {
        Next::On(exit) => exit,
        Next::Leave => Exit::Done,
    }
}

/// Runs the entries of a file.
pub(super) fn run_file(session: &mut Session, path: &Path) -> Next {
    match std::fs::read(path) {
        Ok(bytes) => run(session, &bytes, &path.display().to_string()),
        Err(error) => {
            complain(format_args!("{} cannot be read: {error}", path.display()));
            Next::On(Exit::Input)
        }
    }
}

fn run(session: &mut Session, bytes: &[u8], name: &str) -> Next {
    let Ok(text) = std::str::from_utf8(bytes) else {
        complain(format_args!("{name} is not UTF-8"));
        return Next::On(Exit::Input);
    };
    let text = text.trim_start_matches('\u{feff}');
    let mut worst = Exit::Done;
    for (line, entry) in entries(session, text) {
        match session.enter(&entry) {
            Next::On(exit) => {
                if exit != Exit::Done {
                    complain(format_args!("{name}, line {line}"));
                }
                worst = worst.max(exit);
            }
            Next::Leave => break,
        }
    }
    Next::On(worst)
}
