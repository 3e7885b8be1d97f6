//! The program: arguments, exit codes and progress around the library.

mod cli;
mod exit;
mod import;
mod output;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run().into()
}
