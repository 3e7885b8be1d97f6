//! Dot commands: what the shell itself is told. `table` is the one list of them.

mod answer;
mod argument;
mod help;
mod manual;
mod setting;
mod store;
mod table;

use super::session::{Next, Session};
pub(super) use argument::complete;
use table::{COMMANDS, Command};

/// The mark that a dot command begins with; also as Chinese input methods write it.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '.' | '。' | '．')
}

/// The name and the rest of an entry that is a dot command. A few words that everyone tries are taken for one.
pub(super) fn command_in(entry: &str) -> Option<(&str, &str)> {
    const WORDS: [(&str, &str); 9] = [
        ("help", "help"),
        ("?", "help"),
        ("？", "help"),
        ("帮助", "help"),
        ("quit", "quit"),
        ("exit", "quit"),
        ("bye", "quit"),
        ("退出", "quit"),
        ("再见", "quit"),
    ];
    if let Some((_, name)) = WORDS
        .iter()
        .find(|(word, _)| entry.eq_ignore_ascii_case(word))
    {
        return Some((name, ""));
    }
    let rest = entry.strip_prefix(is_mark)?;
    // .5 is no command, nor is a lone dot.
    rest.starts_with(char::is_alphabetic).then(|| {
        rest.split_once(char::is_whitespace)
            .map_or((rest, ""), |(name, rest)| (name, rest.trim()))
    })
}

/// Does what a dot command says.
pub(super) fn run(session: &mut Session, name: &str, rest: &str) -> Next {
    if let Some(command) = find(name) {
        return (command.run)(session, rest);
    }
    let near: Vec<String> = nearest(name)
        .map(|command| format!(".{}", command.name))
        .collect();
    if near.is_empty() {
        session.complain(
            format!("there is no .{name}; .help lists what there is"),
            format!("没有“.{name}”这个命令；输入.help查看全部命令"),
        )
    } else {
        session.complain(
            format!("there is no .{name}; did you mean {}?", near.join(" or ")),
            format!("没有“.{name}”这个命令；是不是{}？", near.join("或")),
        )
    }
}

/// The command of a name: whole, Chinese, or a beginning that only one has.
fn find(name: &str) -> Option<&'static Command> {
    let name = name.to_lowercase();
    let whole = COMMANDS
        .iter()
        .find(|command| command.name == name || command.zh == name);
    let mut begun = COMMANDS
        .iter()
        .filter(|command| command.name.starts_with(&name));
    whole.or_else(|| begun.next().filter(|_| begun.next().is_none()))
}

/// Commands that a mistyped name may have meant.
fn nearest(name: &str) -> impl Iterator<Item = &'static Command> {
    let name = name.to_lowercase();
    let mut near: Vec<(usize, &Command)> = COMMANDS
        .iter()
        .filter_map(|command| {
            let begins = command.name.starts_with(&name) || command.zh.starts_with(&name);
            let edits = if begins {
                0
            } else {
                edits(&name, command.name)
            };
            (edits <= 1 + command.name.len() / 4).then_some((edits, command))
        })
        .collect();
    near.sort_by_key(|(edits, _)| *edits);
    near.into_iter().take(3).map(|(_, command)| command)
}

/// Letters to put in, leave out, change, or swap with their neighbour.
fn edits(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = changed.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_that_are_commands() {
        assert_eq!(command_in(".why 3.2"), Some(("why", "3.2")));
        assert_eq!(command_in("。出处 3"), Some(("出处", "3")));
        assert_eq!(command_in("退出"), Some(("quit", "")));
        assert_eq!(command_in(".5"), None);
        assert_eq!(command_in("towns"), None);
    }

    #[test]
    fn mistyped_names() {
        let near = |name| {
            nearest(name)
                .map(|command| command.name)
                .collect::<Vec<_>>()
        };
        assert_eq!(near("wyh"), ["why"]);
        assert_eq!(near("indicaters"), ["indicators"]);
        assert!(near("xyzzy").is_empty());
    }

    #[test]
    fn beginnings_that_only_one_has() {
        assert_eq!(find("ind").map(|command| command.name), Some("indicators"));
        assert!(find("o").is_none(), ".open or .output");
    }

    #[test]
    fn no_two_commands_have_one_name() {
        let mut names: Vec<&str> = COMMANDS
            .iter()
            .flat_map(|command| [command.name, command.zh])
            .collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
