use std::process::ExitCode;

/// What the program's exit code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// The question was answered, the files imported.
    Done = 0,
    /// The question was answered with no row, and `--exit-status` asked to be told so.
    NoRow = 1,
    /// The question or the arguments were wrong. (clap exits with the same code.)
    Usage = 2,
    /// The store could not be opened, read or written.
    Store = 3,
    /// Some input could not be read, or the output not written.
    Input = 4,
    /// What a report script expects of the store is not so.
    Expectation = 5,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
