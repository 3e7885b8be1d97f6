use std::env;
use std::io::Write;
use std::process::{Command, Stdio};

use zhenzhi::render;

use crate::output::print;

/// The terminal's size in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Screen {
    pub(super) columns: usize,
    pub(super) rows: usize,
}

/// Prints a text, by pages where it is longer than the screen and there is a pager.
pub(super) fn page(text: &str, screen: &Screen) {
    // The prompt takes a line.
    let fits = lines_of(text, screen.columns) < screen.rows;
    if fits || !pager().is_some_and(|command| show(text, command)) {
        print(text);
    }
}

/// How many lines of the screen a text takes.
fn lines_of(text: &str, columns: usize) -> usize {
    text.lines()
        .map(|line| render::width(line).div_ceil(columns.max(1)).max(1))
        .sum()
}

/// The pager as `$PAGER` says, through the system's shell; `less` without it; none where it is empty or `cat`.
fn pager() -> Option<Command> {
    let mut command = match env::var("PAGER") {
        Ok(chosen) if matches!(chosen.trim(), "" | "cat") => return None,
        Ok(chosen) => {
            let mut command = Command::new("sh");
            command.args(["-c", &chosen]);
            command
        }
        Err(_) => Command::new("less"),
    };
    // Colours as they are, no paging of what fits, the text stays on the screen, and how to leave is said (not every
    // version of it can say so in Chinese); Chinese whatever the locale.
    let less = "FRXPsSpace = next page, q = back to the questions$";
    for (name, value) in [("LESS", less), ("LESSCHARSET", "utf-8")] {
        if env::var_os(name).is_none() {
            command.env(name, value);
        }
    }
    Some(command)
}

/// Whether the pager could be started.
fn show(text: &str, mut pager: Command) -> bool {
    let Ok(mut child) = pager.stdin(Stdio::piped()).spawn() else {
        return false;
    };
    if let Some(mut input) = child.stdin.take() {
        // It may be left before the end of the text.
        let _ = writeln!(input, "{}", render::visible(text));
    }
    !child
        .wait()
        .is_ok_and(|status| has_shown_nothing(status.code()))
}

/// Codes that a pager ends with that could not begin, after which the text is still to be shown: 1 of its own accord, as
/// for an option that it does not know; 126 and 127 the shell, that it found no such program.
const fn has_shown_nothing(code: Option<i32>) -> bool {
    matches!(code, Some(1 | 126 | 127))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(lines_of("税收税收税\n\nab", 10), 3);
        assert_eq!(lines_of("税收税收税收", 10), 2);
    }
}
