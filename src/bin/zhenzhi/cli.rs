use std::path::Path;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use zhenzhi::query::Lang;

use crate::exit::Exit;
use crate::{ask, explain, help, import, queries, read, report};

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
3 the store could not be opened; 4 some input could not be read, or the output not written; 5 an \
expectation of a report script is not met.")]
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
    Report(report::Args),
    Help(help::Args),
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
        Command::Report(args) => report::run(&args),
        Command::Help(args) => help::run(&args),
    }
}

/// The program's arguments, to be explained.
pub(crate) fn command() -> clap::Command {
    Cli::command()
}
