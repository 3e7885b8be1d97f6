use clap_complete::Shell;

use crate::cli::command;
use crate::exit::Exit;
use crate::output::print_bytes;

/// Write the completion of this program's arguments for a shell of the system
///
/// For example: `zhenzhi completions fish > ~/.config/fish/completions/zhenzhi.fish`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(crate) fn run(args: &Args) -> Exit {
    let mut program = command();
    // Into memory first: the generator panics where a pipe is closed before its end.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut program, "zhenzhi", &mut script);
    print_bytes(&script);
    Exit::Done
}
