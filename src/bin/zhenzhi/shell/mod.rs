//! The shell: questions and dot commands, one after the other, over one store.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `terminal` | the loop at a terminal: prompt, line, history |
//! | `script` | the same entries from a file or from standard input |
//! | `session` | what an entry does: a question is asked, a dot command run, an answer shown |
//! | `dot` | the dot commands: one table for help, completion and dispatch |
//! | `vocabulary` | what questions may speak of, fetched while the banner is read |
//! | `banner`, `trial` | what the file is, and three questions that it can answer |
//! | `line`, `completer`, `colour` | the line while it is typed |
//! | `history`, `pager`, `interrupt` | around it |

mod banner;
mod colour;
mod completer;
mod dot;
mod history;
mod interrupt;
mod line;
mod pager;
mod script;
mod session;
mod terminal;
mod trial;
mod vocabulary;

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use zhenzhi::query::Lang;

use crate::cli::Format;
use crate::exit::Exit;
use crate::language::{Language, speak, told};
use crate::output::complain;
use session::Session;

/// Ask questions one after the other: `zhenzhi STORE` does the same
///
/// At a terminal with completion (Tab), history (Ctrl-R) and commands that begin with a dot (.help). Where standard
/// input is no terminal, its entries are answered as a script, and the exit code is that of the worst.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The store
    #[arg(value_hint = clap::ValueHint::FilePath)]
    store: PathBuf,
    /// How to print answers
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// The language of answers and messages; without it, that of the question and of the system
    #[arg(long, value_enum)]
    lang: Option<Language>,
}

impl Args {
    /// As if nothing but the store had been given.
    pub(crate) fn of(store: &Path) -> Self {
        Self {
            store: store.to_owned(),
            format: Format::Table,
            lang: None,
        }
    }
}

pub(crate) fn run(args: &Args) -> Exit {
    speak(args.lang.map(Lang::from));
    if args.format == Format::Xlsx {
        complain(told(
            "a workbook is not for the screen; zhenzhi ask STORE QUESTION --output answer.xlsx writes one",
            "工作簿不能显示在屏幕上；请用zhenzhi ask 库 问句 --output 答案.xlsx",
        ));
        return Exit::Usage;
    }
    let mut session = match Session::open(&args.store) {
        Ok(session) => session,
        Err(error) => {
            complain(error);
            return Exit::Store;
        }
    };
    session.settings.format = args.format;
    session.speak(args.lang.map(Lang::from));
    if io::stdin().is_terminal() {
        terminal::run(session)
    } else {
        script::run_input(&mut session)
    }
}
