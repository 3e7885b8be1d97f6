//! A script: its text, its head, and where the parts that it includes are looked for.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::examples;
use super::fault::Fault;
use super::head::{Head, head};
use super::sheet::TITLE;
use crate::store::Store;

/// A script that can be run.
#[derive(Debug, Clone)]
pub struct Script {
    /// Its path, or its name in the store or among the examples.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// What its head says.
    pub head: Head,
    /// Where its parts are.
    pub(super) shelf: Shelf,
}

/// Where scripts stand. A script reaches the parts of its own shelf and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shelf {
    Folder(PathBuf),
    Store,
    Examples,
}

/// Why a script could not be had.
#[derive(Debug, thiserror::Error)]
pub enum ScriptError {
    /// Its text was read, and is wrong.
    #[error(transparent)]
    Fault(Box<Fault>),
    /// The file could not be read.
    #[error("{} cannot be read: {reason}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: std::io::Error,
    },
    /// There is no such file, and no such script in the store or among the examples.
    #[error(
        "there is no script {name}: no such file, and none of that name in the store; there are {known}"
    )]
    Unknown {
        /// What was asked for.
        name: String,
        /// The names that there are.
        known: String,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
}

/// No script and no part of one is longer than this, in bytes.
const LONGEST: u64 = 1 << 20;

impl Script {
    /// From a text, with the name that messages use.
    pub fn of_text(name: &str, text: &str) -> Result<Self, Box<Fault>> {
        Self::new(name, text, Shelf::Examples).map_err(Box::new)
    }

    fn new(name: &str, text: &str, shelf: Shelf) -> Result<Self, Fault> {
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let (head, _) = head(name, &text)?;
        Ok(Self {
            name: name.to_owned(),
            head,
            text,
            shelf,
        })
    }

    /// The script of a file, or of a name in the store or among the examples, in this order.
    pub fn find(named: &str, store: &Store) -> Result<Self, ScriptError> {
        let path = Path::new(named);
        let is_hidden = path
            .metadata()
            .is_err_and(|error| error.kind() == std::io::ErrorKind::PermissionDenied);
        if path.is_file() || is_hidden {
            return Self::of_file(path);
        }
        if let Some(saved) = store
            .scripts()?
            .into_iter()
            .find(|saved| saved.name == named)
        {
            return Self::new(named, &saved.text, Shelf::Store)
                .map_err(|fault| ScriptError::Fault(Box::new(fault)));
        }
        if let Some(example) = examples::find(named) {
            return Self::new(named, example.text, Shelf::Examples)
                .map_err(|fault| ScriptError::Fault(Box::new(fault)));
        }
        let saved = store.scripts()?.into_iter().map(|saved| saved.name);
        let known: Vec<String> = saved
            .chain(
                examples::examples()
                    .iter()
                    .map(|example| example.name.to_owned()),
            )
            .collect();
        Err(ScriptError::Unknown {
            name: named.to_owned(),
            known: known.join(", "),
        })
    }

    /// The script of a file.
    pub fn of_file(path: &Path) -> Result<Self, ScriptError> {
        let unreadable = |reason| ScriptError::Unreadable {
            path: path.to_owned(),
            reason,
        };
        let text = read(path).map_err(unreadable)?;
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder
            .unwrap_or(Path::new("."))
            .canonicalize()
            .map_err(unreadable)?;
        Self::new(&path.display().to_string(), &text, Shelf::Folder(folder))
            .map_err(|fault| ScriptError::Fault(Box::new(fault)))
    }

    /// The text of a part of it, `None` where there is none of that name on its shelf.
    pub(super) fn part(&self, name: &str, store: &Store) -> Result<Option<String>, String> {
        let text = match &self.shelf {
            Shelf::Examples => examples::find(name).map(|example| example.text.to_owned()),
            Shelf::Store => {
                let saved = store.scripts().map_err(|error| error.to_string())?;
                saved
                    .into_iter()
                    .find(|saved| saved.name == name)
                    .map(|saved| saved.text)
            }
            Shelf::Folder(folder) => {
                // Links are followed first: what they lead to must lie in the folder too.
                let Ok(path) = folder.join(name).canonicalize() else {
                    return Ok(None);
                };
                if !path.starts_with(folder) {
                    return Ok(None);
                }
                Some(read(&path).map_err(|error| error.to_string())?)
            }
        };
        Ok(text.map(|text| text.trim_start_matches('\u{feff}').replace("\r\n", "\n")))
    }
}

fn read(path: &Path) -> std::io::Result<String> {
    let size = std::fs::metadata(path)?.len();
    if size > LONGEST {
        return Err(std::io::Error::other(format!(
            "a script has at most {LONGEST} bytes, and this has {size}"
        )));
    }
    std::fs::read_to_string(path)
}

/// The kinds of fenced blocks that ask the store, with their Chinese names.
pub(super) const BLOCKS: [(&str, &str); 4] = [
    ("table", "表"),
    ("chart", "图"),
    ("quotes", "原文"),
    ("expect", "预期"),
];

/// Whether a line without its `%}` is an `include` that says nothing of blanks.
fn is_include(tag: &str) -> bool {
    tag.trim_start()
        .strip_prefix("{%")
        .map(str::trim_start)
        .is_some_and(|tag| {
            tag.starts_with("include") && !tag.contains("{%") && !tag.ends_with(['-', '+'])
        })
}

/// The text as the template engine gets it: the head blank, and each block that asks the store turned into a call of the
/// filter `block`. Every line stays where it was, so that places in the one are places in the other.
pub(super) fn prepared(text: &str) -> String {
    let body = head("", text).map_or(0, |(_, body)| body);
    let mut prepared = "\n".repeat(text[..body].matches('\n').count());
    // Inside a block: one that asks, or another one, which is left as it is; with its fence.
    let mut inside: Option<(bool, String)> = None;
    for line in text[body..].split_inclusive('\n') {
        let bare = line.trim_end();
        let end = &line[bare.len()..];
        match &inside {
            Some((asks, fence))
                if bare.starts_with(fence.as_str()) && bare.trim_start_matches('`').is_empty() =>
            {
                if *asks {
                    prepared.push_str("{% endfilter %}");
                    prepared.push_str(end);
                } else {
                    prepared.push_str(line);
                }
                inside = None;
            }
            Some(_) => prepared.push_str(line),
            None => {
                let info = bare.trim_start_matches('`');
                let fence = &bare[..bare.len() - info.len()];
                if fence.len() < 3 {
                    // A part that has a line of its own ends with one: the next line is not part of its last.
                    match bare.strip_suffix("%}").filter(|tag| is_include(tag)) {
                        Some(include) => prepared.extend([include, "+%}", end]),
                        None => prepared.push_str(line),
                    }
                    continue;
                }
                let (word, title) = info
                    .trim()
                    .split_once(char::is_whitespace)
                    .unwrap_or((info.trim(), ""));
                let kind = BLOCKS.iter().find(|(en, zh)| word == *en || word == *zh);
                if let Some((kind, _)) = kind {
                    let _ = write!(
                        prepared,
                        "{{% filter block(\"{kind}\") %}}{TITLE}{}{end}",
                        title.trim()
                    );
                } else {
                    prepared.push_str(line);
                }
                inside = Some((kind.is_some(), fence.to_owned()));
            }
        }
    }
    prepared
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_where_they_were() {
        let text = "---\ntitle: x\nlanguage: en\n---\na\n```table Towns\ntowns\n```\n```console\n$ x\n```\nb\n";
        let prepared = prepared(text);
        assert_eq!(
            prepared,
            "\n\n\n\na\n{% filter block(\"table\") %}\u{fdd2}Towns\ntowns\n{% endfilter %}\n```console\n$ x\n```\nb\n"
        );
        assert_eq!(prepared.lines().count(), text.lines().count());
    }

    #[test]
    fn a_part_on_a_line_of_its_own_ends_with_that_line() {
        for (line, wanted) in [
            ("{% include \"a.md\" %}\n", "{% include \"a.md\" +%}\n"),
            ("{% include \"a.md\" -%}\n", "{% include \"a.md\" -%}\n"),
            ("x {% include \"a.md\" %}\n", "x {% include \"a.md\" %}\n"),
            ("{% if x %}\n", "{% if x %}\n"),
        ] {
            assert_eq!(prepared(line), wanted);
        }
    }
}
