use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap_mangen::Man;

use crate::cli::command;
use crate::exit::Exit;
use crate::output::complain;

/// Write the manual pages: all into a folder, or the program's own to standard output
///
/// For example: `zhenzhi man /usr/local/share/man/man1`, or `zhenzhi man | man -l -`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder that gets zhenzhi.1 and a page for each command
    #[arg(value_hint = clap::ValueHint::DirPath)]
    folder: Option<PathBuf>,
}

pub(crate) fn run(args: &Args) -> Exit {
    let (written, place) = match &args.folder {
        Some(folder) => (pages(folder), folder.display().to_string()),
        None => (page(), "standard output".to_owned()),
    };
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            complain(format_args!("{place} cannot be written: {error}"));
            Exit::Store
        }
        _ => Exit::Done,
    }
}

fn pages(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    clap_mangen::generate_to(command(), folder)
}

fn page() -> io::Result<()> {
    let mut page = Vec::new();
    Man::new(command()).render(&mut page)?;
    io::stdout().lock().write_all(&page)
}
