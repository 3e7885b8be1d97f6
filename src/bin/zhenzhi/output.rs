use std::ffi::OsString;
use std::fmt::Display;
use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
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

/// Writes a file, whole or not at all: what stood there before stays until all is written.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = Unfinished::create(path)?;
    file.write_all(bytes)?;
    file.finish()
}

/// A file that is being written: it takes its place when it is finished, and is nowhere when it is dropped before.
pub(crate) struct Unfinished {
    // Closed before the file is removed or renamed, which some systems want.
    file: BufWriter<fs::File>,
    place: Place,
}

/// Where an unfinished file is and where it will be; `None` for what is no file (a pipe, a terminal), which nothing can
/// replace.
struct Place(Option<(PathBuf, PathBuf)>);

impl Unfinished {
    pub(crate) fn create(path: &Path) -> io::Result<Self> {
        // A link stays a link.
        let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let is_no_file = |found: fs::Metadata| !found.is_file() && !found.is_dir();
        let (file, place) = if fs::metadata(&target).is_ok_and(is_no_file) {
            (fs::OpenOptions::new().write(true).open(&target)?, None)
        } else {
            let beside = beside(&target)?;
            (fs::File::create(&beside)?, Some((beside, target)))
        };
        Ok(Self {
            file: BufWriter::new(file),
            place: Place(place),
        })
    }

    pub(crate) fn finish(self) -> io::Result<()> {
        let Self { file, mut place } = self;
        let file = file.into_inner()?;
        if let Some((beside, target)) = &place.0 {
            file.sync_all()?;
            drop(file);
            fs::rename(beside, target)?;
            place.0 = None;
        }
        Ok(())
    }
}

impl Write for Unfinished {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some((beside, _)) = &self.0 {
            let _ = fs::remove_file(beside);
        }
    }
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
