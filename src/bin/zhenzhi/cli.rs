use std::path::{Path, PathBuf};

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use zhenzhi::store::stated_moment;

use crate::exit::Exit;
use crate::language::told;
use crate::output::{complain, has_failed};
use crate::{
    arguments, ask, completions, diff, explain, help, import, info, man, merge, queries, read,
    remove, report, reread, share, shell, verify,
};

/// Reads Chinese government work reports into one SQLite file and answers questions about them.
#[derive(Debug, Parser)]
#[command(
    name = "zhenzhi",
    version,
    max_term_width = 100,
    disable_help_subcommand = true,
    args_conflicts_with_subcommands = true,
    arg_required_else_help = true
)]
#[command(after_help = "\
Exit codes: 0 done; 1 with --exit-status: no row, or a difference; 2 the question or the arguments were \
wrong, or --time-limit was reached; 3 the store could not be opened, read or written, or the output not written; 4 some \
input could not be read; 5 an expectation of a report script is not met; 130 stopped by Ctrl-C.")]
struct Cli {
    /// A store: opens the shell on it
    #[arg(value_hint = clap::ValueHint::FilePath)]
    store: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Import(import::Args),
    Ask(ask::Args),
    Explain(explain::Args),
    Read(read::Args),
    Queries(queries::Args),
    Info(info::Args),
    Share(share::Args),
    Merge(merge::Args),
    Diff(diff::Args),
    Verify(verify::Args),
    Remove(remove::Args),
    Reread(reread::Args),
    Report(report::Args),
    Help(help::Args),
    Shell(shell::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Columns, for reading
    Table,
    /// A line a value, for rows of many or long values
    Vertical,
    /// For a document
    #[value(alias = "md")]
    Markdown,
    /// Values parted by commas, numbers in base units
    Csv,
    /// Values parted by tabs, numbers in base units
    Tsv,
    /// For programs
    Json,
    /// For programs, a line a row
    #[value(alias = "ndjson")]
    Jsonl,
    /// One page, with charts and footnotes
    Html,
    /// A workbook, for Excel and WPS
    Xlsx,
}

impl Format {
    /// The format that the ending of a file's name stands for.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match ending.as_str() {
            "txt" => Self::Table,
            "md" | "markdown" => Self::Markdown,
            "csv" => Self::Csv,
            "tsv" | "tab" => Self::Tsv,
            "json" => Self::Json,
            "jsonl" | "ndjson" => Self::Jsonl,
            "html" | "htm" => Self::Html,
            "xlsx" => Self::Xlsx,
            _ => return None,
        })
    }

    /// Whether errors are written for programs.
    pub(crate) const fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::Jsonl)
    }
}

/// How what is no answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Listing {
    /// For people
    Table,
    /// For programs
    Json,
}

impl From<Listing> for Format {
    fn from(listing: Listing) -> Self {
        match listing {
            Listing::Table => Self::Table,
            Listing::Json => Self::Json,
        }
    }
}

/// Reads the arguments and does what they say.
pub(crate) fn run() -> Exit {
    let cli = Cli::try_parse().unwrap_or_else(|error| arguments::refuse(&error));
    if let Err(said) = stated_moment() {
        complain(told(
            format!(
                "SOURCE_DATE_EPOCH is no number of seconds: {said:?}; leave it out, or write such as 1700000000"
            ),
            format!("SOURCE_DATE_EPOCH不是秒数：{said:?}；可以不设，或写成1700000000这样的数"),
        ));
        return Exit::Usage;
    }
    match done(cli) {
        // An answer that nobody got.
        Exit::Done | Exit::NoRow if has_failed() => Exit::Store,
        exit => exit,
    }
}

fn done(cli: Cli) -> Exit {
    let Some(command) = cli.command else {
        return match cli.store {
            Some(store) => open(&store),
            // Without any argument clap has shown the help already.
            None => Exit::Usage,
        };
    };
    match command {
        Command::Import(args) => import::run(&args),
        Command::Ask(args) => ask::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Read(args) => read::run(&args),
        Command::Queries(args) => queries::run(&args),
        Command::Info(args) => info::run(&args),
        Command::Share(args) => share::run(&args),
        Command::Merge(args) => merge::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Remove(args) => remove::run(&args),
        Command::Reread(args) => reread::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Help(args) => help::run(&args),
        Command::Shell(args) => shell::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    }
}

/// A word that is no file may be a mistyped command.
fn open(store: &Path) -> Exit {
    let name = store.to_string_lossy();
    let is_word = name.chars().all(|c| c.is_ascii_lowercase()) && !store.exists();
    if is_word {
        complain(told(
            format!(
                "there is no store and no command {name}; `zhenzhi help` lists the commands, `zhenzhi import` makes a \
                 store"
            ),
            format!("没有名为{name}的库或命令；zhenzhi help列出命令，zhenzhi import建库"),
        ));
        return Exit::Usage;
    }
    shell::run(&shell::Args::of(store))
}

/// The program's arguments, to be explained.
pub(crate) fn command() -> clap::Command {
    Cli::command()
}
