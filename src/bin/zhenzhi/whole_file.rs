//! Files that are written whole or not at all.

use std::ffi::OsString;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

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
            sweep(&target);
            let file = fs::File::create(&beside)?;
            // Held until the file is closed, however the program ends. Some file systems have no locks.
            let _ = file.try_lock();
            (file, Some((beside, target)))
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

/// Takes away what programs that were killed have left beside a file: unfinished files of its name that nobody writes.
fn sweep(target: &Path) {
    // One that was just made may not be locked yet.
    const NEW: Duration = Duration::from_mins(1);
    let Some(name) = target.file_name() else {
        return;
    };
    let folder = match target.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let before = format!(".{}.", name.to_string_lossy());
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_unfinished = entry
            .file_name()
            .to_str()
            .and_then(|name| name.strip_prefix(&before)?.strip_suffix(".part"))
            .is_some_and(|process| process.parse::<u32>().is_ok());
        let is_left = || {
            // To open what is no file may wait for ever: a pipe waits for its writer.
            entry.file_type().ok().filter(fs::FileType::is_file)?;
            let file = fs::File::open(entry.path()).ok()?;
            let age = file.metadata().ok()?.modified().ok()?.elapsed().ok()?;
            Some(age > NEW && file.try_lock().is_ok())
        };
        if is_unfinished && is_left() == Some(true) {
            let _ = fs::remove_file(entry.path());
        }
    }
}
