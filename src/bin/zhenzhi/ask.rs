use std::path::PathBuf;

use zhenzhi::ask::{AskError, ask};
use zhenzhi::query::{Diagnostic, Lang};
use zhenzhi::render;
use zhenzhi::store::Store;

use crate::cli::{Format, Language};
use crate::exit::Exit;
use crate::input::question;
use crate::output::{complain, print, print_error};

/// Answer a question
///
/// Each row is shown with the sentence that says it. A question that is not understood is refused with what to write
/// instead.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The store
    store: PathBuf,
    /// The question in English or Chinese, or - to read it from standard input
    question: String,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// The language of the answer; without it, that of the question
    #[arg(long, value_enum)]
    lang: Option<Language>,
    /// Exit with 1 where the answer has no row
    #[arg(long)]
    exit_status: bool,
    /// Print the rows alone, without the reading before and the notes after them; JSON keeps its shape
    #[arg(long, short)]
    quiet: bool,
}

pub(crate) fn run(args: &Args) -> Exit {
    let question = match question(&args.question) {
        Ok(question) => question,
        Err(exit) => return exit,
    };
    let answer = Store::open_read_only(&args.store)
        .map_err(AskError::from)
        .and_then(|store| ask(&store, &question));
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) => return refuse(&error, &question, args.format, args.lang),
    };
    let lang = args.lang.map_or(answer.lang, Lang::from);
    match args.format {
        Format::Table if args.quiet => {
            let rows = render::rows(&answer, lang);
            if !rows.is_empty() {
                print(rows.trim_end());
            }
        }
        Format::Table => print(render::table(&answer, lang).trim_end()),
        Format::Json => print(format_args!("{:#}", render::json(&answer))),
    }
    if args.exit_status && answer.rows.is_empty() {
        Exit::NoRow
    } else {
        Exit::Done
    }
}

/// Says on standard error why there is no answer, in the form that the answer would have had.
pub(crate) fn refuse(
    error: &AskError,
    question: &str,
    format: Format,
    lang: Option<Language>,
) -> Exit {
    let lang = lang.map_or_else(|| Lang::of(question), Lang::from);
    match error {
        AskError::Question { diagnostics } => {
            match format {
                Format::Table => print_error(frames(diagnostics, question, lang).trim_end()),
                Format::Json => {
                    print_error(format_args!("{:#}", render::diagnostics_json(diagnostics)));
                }
            }
            Exit::Usage
        }
        AskError::Store(error) => {
            complain(error);
            Exit::Store
        }
    }
}

fn frames(diagnostics: &[Diagnostic], question: &str, lang: Lang) -> String {
    let frames: Vec<String> = diagnostics
        .iter()
        .map(|fault| render::diagnostic(fault, question, lang))
        .collect();
    frames.join("\n")
}
