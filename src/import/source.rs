use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::{Failure, Unreadable};

/// Endings of the files that are taken from a folder. A file that is named itself is read whatever its ending.
pub const READABLE: [&str; 9] = [
    "txt", "html", "htm", "shtml", "xhtml", "mht", "mhtml", "docx", "pdf",
];

/// Something to import.
#[derive(Debug, Clone)]
pub struct Source {
    /// The name under which it is kept.
    pub name: String,
    pub(super) origin: Origin,
}

#[derive(Debug, Clone)]
pub(super) enum Origin {
    File(PathBuf),
    Bytes(Vec<u8>),
}

impl Source {
    /// Bytes that are here already, as from standard input.
    #[must_use]
    pub fn bytes(name: String, bytes: Vec<u8>) -> Self {
        Self {
            name,
            origin: Origin::Bytes(bytes),
        }
    }

    /// How a message names it: the path, or the name of what has none.
    #[must_use]
    pub fn place(&self) -> String {
        match &self.origin {
            Origin::File(path) => path.display().to_string(),
            Origin::Bytes(_) => self.name.clone(),
        }
    }
}

/// The files at these paths; of a folder all reports below it, in the order of their names.
///
/// A file is named by its file name, one from a folder by its path from there. Where two would have one name, both
/// are named by the path as given, so that the second does not take the place of the first.
#[must_use]
pub fn find(paths: &[PathBuf]) -> (Vec<Source>, Vec<Failure>) {
    find_telling(paths, &mut |_| {})
}

/// As [`find`]; `pass_over` is told each file in a folder that is none of those taken.
#[must_use]
pub fn find_telling(
    paths: &[PathBuf],
    pass_over: &mut dyn FnMut(&Path),
) -> (Vec<Source>, Vec<Failure>) {
    let (mut sources, mut failures) = (Vec::new(), Vec::new());
    for path in paths {
        if path.is_dir() {
            find_below(path, &mut sources, &mut failures, pass_over);
        } else {
            sources.push(Source {
                name: portable(path.file_name().map_or(path, Path::new)),
                origin: Origin::File(path.clone()),
            });
        }
    }
    tell_apart(&mut sources);
    (sources, failures)
}

fn find_below(
    folder: &Path,
    sources: &mut Vec<Source>,
    failures: &mut Vec<Failure>,
    pass_over: &mut dyn FnMut(&Path),
) {
    let before = (sources.len(), failures.len());
    // As where a link leads back into the folder.
    let other = |reason| Unreadable::System { reason };
    let entries = WalkDir::new(folder).follow_links(true).sort_by_file_name();
    let entries = entries.into_iter();
    for entry in entries.filter_entry(|entry| !is_part_of_page(entry.path())) {
        match entry {
            Ok(entry)
                if entry.file_type().is_file() && is_readable(below(folder, entry.path())) =>
            {
                let below = below(folder, entry.path());
                sources.push(Source {
                    name: portable(below),
                    origin: Origin::File(entry.into_path()),
                });
            }
            Ok(entry) if entry.file_type().is_file() => pass_over(entry.path()),
            Ok(_) => {}
            Err(error) => failures.push(Failure {
                name: error
                    .path()
                    .map_or_else(|| portable(folder), |path| path.display().to_string()),
                reason: error
                    .io_error()
                    .map_or_else(|| other(error.to_string()), Unreadable::from),
            }),
        }
    }
    if before == (sources.len(), failures.len()) {
        failures.push(Failure {
            name: folder.display().to_string(),
            reason: Unreadable::NoReport,
        });
    }
}

fn below<'a>(folder: &Path, path: &'a Path) -> &'a Path {
    path.strip_prefix(folder).unwrap_or(path)
}

/// Whether a file is taken from a folder, by its path from there. Texts are wherever they lie; documents not where they, or
/// a folder on the way, are hidden, nor where they only say that another is open (`~$report.docx`).
fn is_readable(path: &Path) -> bool {
    let Some(ending) = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase())
    else {
        return false;
    };
    let is_in_silence = |name: &OsStr| {
        let name = name.to_string_lossy();
        name.starts_with('.') || name.starts_with("~$")
    };
    READABLE.contains(&&*ending) && (ending == "txt" || !path.iter().any(is_in_silence))
}

/// Whether a folder has what a browser saved with the page beside it: frames and advertisements are no reports.
fn is_part_of_page(folder: &Path) -> bool {
    let Some(name) = folder.file_name().map(|name| name.to_string_lossy()) else {
        return false;
    };
    let page = ["_files", ".files"]
        .iter()
        .find_map(|end| name.strip_suffix(end));
    page.is_some_and(|page| {
        let is_beside = |ending| folder.with_file_name(format!("{page}.{ending}")).is_file();
        ["html", "htm"].into_iter().any(is_beside)
    })
}

fn tell_apart(sources: &mut [Source]) {
    let mut uses: HashMap<String, usize> = HashMap::new();
    for source in &*sources {
        *uses.entry(source.name.clone()).or_default() += 1;
    }
    for source in sources {
        if let Origin::File(path) = &source.origin
            && uses[&source.name] > 1
        {
            source.name = portable(path);
        }
    }
}

/// A path with `/` between its parts on every system.
fn portable(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/").replace("//", "/")
}

/// A file's bytes, or in plain words why it cannot be read.
pub fn load(path: &Path) -> Result<Vec<u8>, Unreadable> {
    fs::read(path).map_err(|error| Unreadable::from(&error))
}
