use std::fmt::Display;
use std::io::{self, Write};

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
