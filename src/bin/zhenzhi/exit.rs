use std::process::ExitCode;

use zhenzhi::store::StoreError;

use crate::output::complain;

/// What the program's exit code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// The question was answered, the files imported.
    Done = 0,
    /// The question was answered with no row, and `--exit-status` asked to be told so.
    NoRow = 1,
    /// The question or the arguments were wrong. (clap exits with the same code.)
    Usage = 2,
    /// The store could not be opened, read or written, or the output not be written.
    Store = 3,
    /// Some input could not be read.
    Input = 4,
    /// What a report script expects of the store is not so.
    Expectation = 5,
    /// Ctrl-C ended an import before its end. (Shells know this code as that of Ctrl-C.)
    Stopped = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// How a command ends that fails where the store does, which is told.
pub(crate) fn end(done: Result<Exit, StoreError>) -> Exit {
    done.unwrap_or_else(|error| {
        complain(error);
        Exit::Store
    })
}
