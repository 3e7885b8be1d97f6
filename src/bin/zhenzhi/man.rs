use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap_mangen::Man;

use crate::cli::command;
use crate::exit::Exit;
use crate::output::{cannot_write, print_bytes};

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
    let Some(folder) = &args.folder else {
        print_bytes(&page());
        return Exit::Done;
    };
    match pages(folder) {
        Ok(()) => Exit::Done,
        Err(error) => {
            cannot_write(&folder.as_path().into(), &error);
            Exit::Store
        }
    }
}

fn pages(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    clap_mangen::generate_to(command(), folder)
}

fn page() -> Vec<u8> {
    let mut page = Vec::new();
    // Writing to memory cannot fail.
    let _ = Man::new(command()).render(&mut page);
    page
}
