use std::ffi::OsString;
use std::fmt::Display;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Writes a text and a line end to standard output.
///
/// That the other side of a pipe has gone away (`zhenzhi … | head`) is no error; anything else is told on standard
/// error.
pub(crate) fn print(text: impl Display) {
    if let Err(error) = writeln!(io::stdout().lock(), "{text}")
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        complain(format_args!("cannot write the answer: {error}"));
    }
}

/// Writes bytes to standard output, as they are. `false` where that failed, which was told.
pub(crate) fn print_bytes(bytes: &[u8]) -> bool {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            complain(format_args!("cannot write the answer: {error}"));
            false
        }
        _ => true,
    }
}

/// Writes a file, whole or not at all: what stood there before stays until all is written.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A link stays a link. What is no file (a pipe, a terminal) cannot be replaced by one.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if fs::metadata(&target).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        return fs::OpenOptions::new()
            .write(true)
            .open(&target)?
            .write_all(bytes);
    }
    let beside = beside(&target)?;
    let written = fs::File::create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let done = written.and_then(|()| fs::rename(&beside, &target));
    if done.is_err() {
        // Where it was not even made there is nothing to remove.
        let _ = fs::remove_file(&beside);
    }
    done
}

/// A name for the unfinished file, in the same folder, so that it can take the other's place in one step.
fn beside(target: &Path) -> io::Result<PathBuf> {
    let name = target
        .file_name()
        .filter(|_| !target.is_dir())
        .ok_or_else(|| io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"))?;
    let mut hidden = OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}.part", std::process::id()));
    Ok(target.with_file_name(hidden))
}

/// Whether standard output is a terminal.
pub(crate) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// How many columns a line of the terminal has, where standard output is one.
pub(crate) fn terminal_width() -> Option<usize> {
    if !is_terminal() {
        return None;
    }
    let (_, columns) = console::Term::stdout().size_checked()?;
    Some(usize::from(columns)).filter(|columns| *columns > 0)
}

/// Writes a text and a line end to standard error.
pub(crate) fn print_error(text: impl Display) {
    // There is nowhere left to tell that standard error is closed.
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Writes an error to standard error, after the program's name.
pub(crate) fn complain(message: impl Display) {
    print_error(format_args!("zhenzhi: {message}"));
}

/// `1 report`, `2 reports`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
