use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use zhenzhi::query::Lang;

use crate::exit::Exit;
use crate::{
    ask, diff, explain, help, import, info, merge, queries, read, remove, reread, share, verify,
};

/// Reads Chinese government work reports into one SQLite file and answers questions about them.
#[derive(Debug, Parser)]
#[command(
    name = "zhenzhi",
    version,
    max_term_width = 100,
    disable_help_subcommand = true
)]
#[command(after_help = "\
Exit codes: 0 done; 1 answered with no row (only with --exit-status); 2 the question or the arguments were wrong; \
3 the store could not be opened; 4 some input could not be read.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
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
    Help(help::Args),
}

/// How an answer is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Table,
    /// For programs
    Json,
}

/// The languages of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// English
    En,
    /// 中文
    Zh,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::En => Self::En,
            Language::Zh => Self::Zh,
        }
    }
}

/// Reads the arguments and does what they say.
pub(crate) fn run() -> Exit {
    match Cli::parse().command {
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
        Command::Help(args) => help::run(&args),
    }
}

/// The program's arguments, to be explained.
pub(crate) fn command() -> clap::Command {
    Cli::command()
}
