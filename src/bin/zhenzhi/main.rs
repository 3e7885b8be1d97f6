//! The program: arguments, exit codes and progress around the library.

mod cli;
mod exit;
mod import;
mod output;
mod read;
mod read_json;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run().into()
}
