//! The program: arguments, exit codes and progress around the library.

mod answers;
mod ask;
mod cli;
mod completions;
mod exit;
mod explain;
mod help;
mod import;
mod input;
mod man;
mod output;
mod queries;
mod read;
mod read_json;
mod report;
mod shell;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run().into()
}
