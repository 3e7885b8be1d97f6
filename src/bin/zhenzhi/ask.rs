use std::path::PathBuf;
use std::time::Duration;

use zhenzhi::ask::{AskError, Outcome, Terms, run as run_statement, save};
use zhenzhi::query::{Answer, Definition, Diagnostic, Lang};
use zhenzhi::render;
use zhenzhi::store::Store;

use crate::cli::{Format, Language};
use crate::exit::Exit;
use crate::input::{Values, question};
use crate::output::{complain, print, print_error};
use crate::upgrade;

/// Answer a question, or save one
///
/// Each row is shown with the sentence that says it. A question that is not understood is refused with what to write
/// instead. `define @name as …` saves a question in the store, `@name` asks it; `sql "SELECT …"` reads the tables.
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
    #[command(flatten)]
    values: Values,
    /// With define: what you say of the question that is saved
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// How many seconds a question may take
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    time_limit: Duration,
    /// How many rows of sql "…" are read
    #[arg(long, value_name = "ROWS", default_value_t = 10_000)]
    limit_rows: usize,
    /// Exit with 1 where the answer has no row
    #[arg(long)]
    exit_status: bool,
    /// Print the rows alone, without the reading before and the notes after them; JSON keeps its shape
    #[arg(long, short)]
    quiet: bool,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}

pub(crate) fn run(args: &Args) -> Exit {
    let question = match question(&args.question) {
        Ok(question) => question,
        Err(exit) => return exit,
    };
    let terms = Terms {
        parameters: args.values.parameters(),
        time_limit: args.time_limit,
        row_limit: args.limit_rows,
    };
    let outcome = Store::open_read_only(&args.store)
        .map_err(AskError::from)
        .and_then(|store| run_statement(&store, &question, &terms));
    let done = match outcome {
        Ok(Outcome::Answer(answer)) => Ok(show(args, &answer)),
        Ok(Outcome::Definition(definition)) => keep(args, &definition),
        Err(error) => Err(error),
    };
    done.unwrap_or_else(|error| refuse(&error, &question, args.format, args.lang))
}

fn show(args: &Args, answer: &Answer) -> Exit {
    let lang = args.lang.map_or(answer.lang, Lang::from);
    match args.format {
        Format::Table if args.quiet => {
            let rows = render::rows(answer, lang);
            if !rows.is_empty() {
                print(rows.trim_end());
            }
        }
        Format::Table => print(render::table(answer, lang).trim_end()),
        Format::Json => print(format_args!("{:#}", render::json(answer))),
    }
    if args.exit_status && answer.rows.is_empty() {
        Exit::NoRow
    } else {
        Exit::Done
    }
}

/// Only now is the store opened to write.
fn keep(args: &Args, definition: &Definition) -> Result<Exit, AskError> {
    drop(upgrade::open(&args.store)?);
    let before = save(&args.store, definition, args.note.as_deref())?;
    if args.format == Format::Json {
        let saved = serde_json::json!({
            "saved": definition.name,
            "text": definition.text,
            "parameters": definition.parameters,
            "replaced": before.map(|query| query.text),
        });
        print(format_args!("{saved:#}"));
    } else if !args.quiet {
        print(kept(
            definition,
            before.is_some(),
            args.lang.map_or(definition.lang, Lang::from),
        ));
    }
    Ok(Exit::Done)
}

/// `saved @strong, with $min to be given`.
fn kept(definition: &Definition, replaced: bool, lang: Lang) -> String {
    let name = &definition.name;
    let names: Vec<String> = definition
        .parameters
        .iter()
        .map(|parameter| format!("${parameter}"))
        .collect();
    match lang {
        Lang::En => {
            let first = if replaced { "saved anew" } else { "saved" };
            let needs = if names.is_empty() {
                String::new()
            } else {
                format!("; it asks for {}", names.join(", "))
            };
            format!("{first} @{name}: {}{needs}", definition.text)
        }
        Lang::Zh => {
            let first = if replaced {
                "已重新保存"
            } else {
                "已保存"
            };
            let needs = if names.is_empty() {
                String::new()
            } else {
                format!("；使用时须给出{}", names.join("、"))
            };
            format!("{first}@{name}：{}{needs}", definition.text)
        }
    }
}

/// Says on standard error why there is no answer, in the form that the answer would have had.
pub(crate) fn refuse(
    error: &AskError,
    question: &str,
    format: Format,
    lang: Option<Language>,
) -> Exit {
    use zhenzhi::store::StoreError;

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
        // These are about the asker's own SQL, not about the file.
        AskError::Store(
            error @ (StoreError::NotAQuestion { .. }
            | StoreError::TooSlow { .. }
            | StoreError::Sql { .. }),
        ) => {
            complain(error);
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
