use std::env;
use std::fs;
use std::path::PathBuf;

/// So many entries are kept.
pub(super) const MOST: usize = 10_000;

/// The file of the history, whose folder is there: in the user's state folder, which on Unix is `$XDG_STATE_HOME` or
/// `~/.local/state`. `None` where there is no such place; then the history lasts as long as the program.
pub(super) fn file() -> Option<PathBuf> {
    let folder = state_folder()?.join("zhenzhi");
    fs::create_dir_all(&folder).ok()?;
    Some(folder.join("history"))
}

fn state_folder() -> Option<PathBuf> {
    let named = |name: &str| {
        env::var_os(name)
            .map(PathBuf::from)
            // A path that is not absolute is to be ignored, says the specification of the folders.
            .filter(|path| path.is_absolute())
    };
    if cfg!(windows) {
        return named("LOCALAPPDATA");
    }
    named("XDG_STATE_HOME").or_else(|| named("HOME").map(|home| home.join(".local/state")))
}
