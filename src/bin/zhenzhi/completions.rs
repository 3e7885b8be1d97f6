use std::io;

use clap_complete::Shell;

use crate::cli::command;
use crate::exit::Exit;

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
    match io::Write::write_all(&mut io::stdout().lock(), &script) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Exit::Store,
        _ => Exit::Done,
    }
}
