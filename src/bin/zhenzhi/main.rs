//! The program: arguments, exit codes and progress around the library.

mod answers;
mod arguments;
mod ask;
mod changes;
mod cli;
mod completions;
mod diff;
mod exit;
mod explain;
mod help;
mod import;
mod info;
mod input;
mod language;
mod man;
mod memory;
mod merge;
mod output;
mod patience;
mod queries;
mod read;
mod read_json;
mod remove;
mod report;
mod reread;
mod rows;
mod share;
mod shell;
mod upgrade;
mod verify;
mod whole_file;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run().into()
}
