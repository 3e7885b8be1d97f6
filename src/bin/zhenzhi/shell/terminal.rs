use std::path::PathBuf;

use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{ColorMode, CompletionType, Config, Editor};
use zhenzhi::render::visible_in_line;

use super::banner::banner;
use super::history;
use super::line::Line;
use super::pager::Screen;
use super::script::entries;
use super::session::{Next, Session};
use crate::exit::Exit;
use crate::language::told;
use crate::output::{complain, print};

/// Asks at a terminal until the user leaves.
pub(super) fn run(mut session: Session) -> Exit {
    let mut editor = match editor(&session) {
        Ok(editor) => editor,
        Err(error) => {
            complain(told(
                format!("the terminal cannot be used: {error}"),
                format!("无法使用终端：{error}"),
            ));
            return Exit::Input;
        }
    };
    let file = history::file();
    if let Some(file) = &file {
        // There is none yet the first time.
        let _ = editor.load_history(file);
    }
    session.stopper.listen();
    match banner(&session) {
        Ok(text) => print(text),
        Err(error) => {
            complain(error);
            return Exit::Store;
        }
    }
    ask(&mut session, &mut editor, file.as_ref())
}

fn editor(session: &Session) -> rustyline::Result<Editor<Line, FileHistory>> {
    let is_plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let config = Config::builder()
        .max_history_size(history::MOST)?
        .history_ignore_dups(true)?
        .completion_type(CompletionType::List)
        .completion_show_all_if_ambiguous(true)
        .color_mode(if is_plain {
            ColorMode::Disabled
        } else {
            ColorMode::Enabled
        })
        .build();
    let mut editor = Editor::with_config(config)?;
    editor.set_helper(Some(Line::new(session)));
    Ok(editor)
}

fn ask(
    session: &mut Session,
    editor: &mut Editor<Line, FileHistory>,
    file: Option<&PathBuf>,
) -> Exit {
    loop {
        session.screen = editor.dimensions().map(|(columns, rows)| Screen {
            columns: usize::from(columns),
            rows: usize::from(rows),
        });
        if let Some(line) = editor.helper_mut() {
            line.lang = session.lang();
        }
        match editor.readline(&prompt(session)) {
            Ok(entry) if entry.trim().is_empty() => {}
            Ok(entry) => {
                // Before it is answered: what fails, or never ends, is what one wants back.
                let _ = editor.add_history_entry(entry.trim());
                if let Some(file) = file {
                    let _ = editor.append_history(file);
                }
                // Several at once where several lines were pasted.
                for (at, (_, entry)) in entries(session, &entry).into_iter().enumerate() {
                    if at > 0 {
                        print("");
                    }
                    if session.enter(&entry) == Next::Leave {
                        return Exit::Done;
                    }
                }
            }
            // Ctrl-C leaves the line, not the shell.
            Err(ReadlineError::Interrupted) => {}
            Err(ReadlineError::Eof) => return Exit::Done,
            Err(error) => {
                complain(told(
                    format!("the terminal cannot be read: {error}"),
                    format!("无法读取终端：{error}"),
                ));
                return Exit::Input;
            }
        }
    }
}

/// The file's name: one sees which store one asks.
fn prompt(session: &Session) -> String {
    let name = session.store.path().file_stem().unwrap_or_default();
    format!("{}> ", visible_in_line(&name.to_string_lossy()))
}
