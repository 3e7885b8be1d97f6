use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use zhenzhi::render::{self, visible};

use crate::language::{Message, because, told};

/// Whether standard output could not be written to.
static HAS_FAILED: AtomicBool = AtomicBool::new(false);

/// Writes a text and a line end to standard output, all its characters shown: it may come from a stranger's file.
///
/// That the other side of a pipe has gone away (`zhenzhi … | head`) is no error; anything else is told on standard
/// error, once, and becomes the program's exit code; see [`has_failed`].
pub(crate) fn print(text: impl Display) {
    print_bytes(format!("{}\n", visible(&text.to_string())).as_bytes());
}

/// Writes JSON and a line end to standard output, what would be hidden escaped.
pub(crate) fn print_json(value: &serde_json::Value) {
    print_bytes(format!("{}\n", render::json_text(value)).as_bytes());
}

/// Whether something could not be written to standard output, which was told.
pub(crate) fn has_failed() -> bool {
    HAS_FAILED.load(Ordering::Relaxed)
}

/// Writes bytes to standard output, as they are. `false` where that failed, which was told.
pub(crate) fn print_bytes(bytes: &[u8]) -> bool {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            if !HAS_FAILED.swap(true, Ordering::Relaxed) {
                cannot_write(&told("standard output", "标准输出"), &error);
            }
            false
        }
        _ => true,
    }
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

/// Writes a text and a line end to standard error, all its characters shown.
pub(crate) fn print_error(text: impl Display) {
    // There is nowhere left to tell that standard error is closed.
    let text = text.to_string();
    let _ = writeln!(io::stderr().lock(), "{}", visible(&text));
}

/// Writes an error to standard error, after the program's name, in the language of messages.
pub(crate) fn complain(message: impl Into<Message>) {
    print_error(format_args!("zhenzhi: {}", message.into()));
}

/// Says that something could not be written, and why.
pub(crate) fn cannot_write(what: &Message, error: &io::Error) {
    let why = match error.kind() {
        io::ErrorKind::NotFound => told("its folder is not there", "所在的文件夹不存在"),
        _ => because(error),
    };
    complain(told(
        format!("{} cannot be written: {}", what.en, why.en),
        format!("无法写入{}：{}", what.zh, why.zh),
    ));
}

/// Says that something could not be read, and why.
pub(crate) fn cannot_read(what: &Message, error: &io::Error) {
    let why = because(error);
    complain(told(
        format!("{} cannot be read: {}", what.en, why.en),
        format!("无法读取{}：{}", what.zh, why.zh),
    ));
}

/// `1 report`, `2 reports`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
