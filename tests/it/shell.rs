//! The shell, in a pipe and at a terminal whose screen is read.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_zhenzhi");

/// No machine is so slow; what takes this long does not come.
const LIMIT: Duration = Duration::from_secs(90);

/// A folder with `samples.db`, a store of the samples.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new(PROGRAM)
        .arg("import")
        .arg(folder.path().join("samples.db"))
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples"))
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    folder
}

/// Runs the entries through a pipe.
fn piped(folder: &Path, entries: &str) -> Output {
    let mut child = Command::new(PROGRAM)
        .args(["shell", "samples.db"])
        .current_dir(folder)
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(entries.as_bytes()).unwrap();
    drop(input);
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn entries_of_a_pipe_are_answered_in_order() {
    let folder = folder();
    let done = piped(
        folder.path(),
        "# two languages\ntowns with the highest tax\n税收最高的镇\n.why 1.3\n",
    );
    let (out, errors) = (text(&done.stdout), text(&done.stderr));
    assert_eq!(done.status.code(), Some(0), "{errors}");
    let places: Vec<usize> = [
        "towns with the highest tax revenue\n",
        "736 million yuan",
        "\n\n税收收入最高的镇\n",
        "增长  性质\n",
        "▶ ",
    ]
    .iter()
    .map(|part| out.find(part).unwrap_or_else(|| panic!("{part}: {out}")))
    .collect();
    assert!(places.is_sorted(), "{out}");
    assert!(!out.contains('\x1b'), "no colours in a pipe: {out}");
}

#[test]
fn the_worst_entry_of_a_pipe_is_the_exit_code() {
    let folder = folder();
    let done = piped(
        folder.path(),
        "towns with tax growth 30%\n.wyh\n各镇的税收\n",
    );
    let (out, errors) = (text(&done.stdout), text(&done.stderr));
    assert_eq!(done.status.code(), Some(2), "{errors}");
    assert!(
        out.contains("各镇的税收收入"),
        "the rest is answered: {out}"
    );
    for part in [
        "Q0103",
        "standard input, line 1",
        "did you mean .why",
        "standard input, line 2",
    ] {
        assert!(errors.contains(part), "{part}: {errors}");
    }
}

#[test]
fn answers_go_into_a_file_in_the_form_of_its_ending() {
    let folder = folder();
    fs::write(folder.path().join("answers.json"), "old").unwrap();
    let done = piped(
        folder.path(),
        ".output answers.json\ntowns with the highest tax\n各镇的税收\n.output\n.last csv\n",
    );
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let written = fs::read(folder.path().join("answers.json")).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&written).unwrap();
    let readings: Vec<&str> = json
        .as_array()
        .unwrap()
        .iter()
        .map(|answer| answer["reading"]["en"].as_str().unwrap())
        .collect();
    assert_eq!(readings.len(), 2, "{readings:?}");
    assert_eq!(readings[0], "towns with the highest tax revenue");
    assert!(text(&done.stdout).contains("736000000"), "the screen again");

    let refused = piped(folder.path(), ".output answers.doc\n");
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains(".xlsx"));
}

#[test]
fn the_last_answer_is_shown_with_all_its_sentences() {
    let folder = folder();
    let many = "tasks\n";
    let few = piped(folder.path(), &format!("{many}.last all\n"));
    assert_eq!(few.status.code(), Some(0), "{}", text(&few.stderr));
    let out = text(&few.stdout);
    let (first, again) = out.split_at(out.len() / 3);
    assert!(
        again.matches(".txt").count() > first.matches(".txt").count(),
        "{out}"
    );
}

#[test]
fn completions_and_manual_pages_name_the_commands() {
    let folder = tempfile::tempdir().unwrap();
    let bash = Command::new(PROGRAM)
        .args(["completions", "bash"])
        .output()
        .unwrap();
    assert!(bash.status.success());
    let pages = folder.path().join("man1");
    let made = Command::new(PROGRAM)
        .arg("man")
        .arg(&pages)
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    for command in ["import", "ask", "shell", "report", "share"] {
        assert!(
            text(&bash.stdout).contains(&format!("zhenzhi__subcmd__{command}"))
                || text(&bash.stdout).contains(&format!("zhenzhi__{command}")),
            "{command}"
        );
        let page = fs::read_to_string(pages.join(format!("zhenzhi-{command}.1"))).unwrap();
        assert!(page.contains(command), "{page}");
    }
    assert!(
        fs::read_to_string(pages.join("zhenzhi.1"))
            .unwrap()
            .contains("shell")
    );
}

/// A shell at a terminal of 30 lines and 100 columns.
struct Terminal {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    bytes: Receiver<Vec<u8>>,
    /// All that came.
    came: Vec<u8>,
    screen: vt100::Parser,
}

const ROWS: u16 = 30;
const COLUMNS: u16 = 100;
const PROMPT: &str = "samples> ";

impl Terminal {
    /// Opens the store of a folder, which is also where history is kept.
    fn open(folder: &Path, variables: &[(&str, &str)]) -> Self {
        let pair = native_pty_system()
            .openpty(PtySize {
                rows: ROWS,
                cols: COLUMNS,
                pixel_width: 0,
                pixel_height: 0,
            })
            .unwrap();
        let mut command = CommandBuilder::new(PROGRAM);
        command.arg("samples.db");
        command.cwd(folder);
        command.env_remove("NO_COLOR");
        for (name, value) in [("TERM", "xterm"), ("LC_ALL", "C"), ("PAGER", "cat")] {
            command.env(name, value);
        }
        command.env("XDG_STATE_HOME", state(folder));
        for (name, value) in variables {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keys = pair.master.take_writer().unwrap();
        let (sender, bytes) = mpsc::channel();
        thread::spawn(move || {
            let mut part = [0; 4096];
            // The other end is gone when the shell has ended.
            while let Ok(count @ 1..) = reader.read(&mut part) {
                if sender.send(part[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let mut terminal = Self {
            master: pair.master,
            child,
            keys,
            bytes,
            came: Vec::new(),
            screen: vt100::Parser::new(ROWS.try_into().unwrap(), COLUMNS.try_into().unwrap(), 0),
        };
        terminal.wait_for_prompt();
        terminal
    }

    fn contents(&self) -> String {
        self.screen.screen().contents()
    }

    /// Waits until the screen is as it should be.
    fn wait(&mut self, what: &str, is_so: impl Fn(&vt100::Screen) -> bool) {
        let end = Instant::now() + LIMIT;
        while !is_so(self.screen.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            let Ok(part) = self.bytes.recv_timeout(left) else {
                panic!("no {what} on the screen:\n{}", self.contents());
            };
            self.screen.process(&part);
            self.came.extend(part);
        }
    }

    fn wait_for(&mut self, text: &str) {
        self.wait(text, |screen| screen.contents().contains(text));
    }

    /// The cursor stands behind an empty prompt, in raw mode.
    fn wait_for_prompt(&mut self) {
        self.wait("prompt", |screen| {
            let (row, column) = screen.cursor_position();
            let line = screen.rows(0, COLUMNS).nth(usize::from(row));
            column == PROMPT.len() as u16
                && line.is_some_and(|line| line.trim_end() == PROMPT.trim_end())
                && screen.bracketed_paste()
        });
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Enters a line and waits for its answer and the next prompt.
    fn ask(&mut self, entry: &str, answer: &str) {
        self.press(&format!("{entry}\r"));
        self.wait_for(answer);
        self.wait_for_prompt();
    }

    /// Presses Ctrl-C at the prompt.
    fn drop_line(&mut self) {
        self.press("\x03");
        self.wait_for_prompt();
    }

    /// Presses keys that end the shell; gives its exit code.
    fn leave(mut self, keys: &str) -> u32 {
        self.press(keys);
        let end = Instant::now() + LIMIT;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                drop(self.master);
                return status.exit_code();
            }
            assert!(Instant::now() < end, "it goes on:\n{}", self.contents());
            thread::sleep(Duration::from_millis(5));
        }
    }
}

fn state(folder: &Path) -> PathBuf {
    folder.join("state")
}

#[test]
fn a_session_at_a_terminal() {
    let folder = folder();
    let mut terminal = Terminal::open(folder.path(), &[]);
    let banner = terminal.contents();
    assert!(banner.contains("6 reports on 2018 to 2023"), "{banner}");
    let offered = banner.split("questions to try").nth(1).unwrap();
    assert_eq!(
        offered
            .lines()
            .filter(|line| line.starts_with("  "))
            .count(),
        3,
        "{banner}"
    );
    terminal.ask("towns with the highest tax", "736 million yuan");
    // Not the figure: the sentence of the first answer has it already.
    terminal.ask("税收最高的镇", "注：1个为预计数");
    // Wide characters stand in two cells each.
    let screen = terminal.screen.screen();
    let row = (0..ROWS)
        .find(|row| {
            screen
                .cell(*row, 0)
                .is_some_and(|cell| cell.contents() == "槐")
        })
        .expect("a row of 槐渡镇");
    assert!(screen.cell(row, 0).unwrap().is_wide());
    assert_eq!(screen.cell(row, 2).unwrap().contents(), "渡");
    terminal.ask(".why 1.3", "▶ ");
    terminal.ask("towns with tax 30%", "Tab puts in: ");
    terminal.press("\t");
    terminal.wait("the mended question", |screen| {
        let (row, _) = screen.cursor_position();
        let line = screen.rows(0, COLUMNS).nth(usize::from(row));
        line.is_some_and(|line| line.starts_with("samples> towns with tax 30"))
    });
    // Ctrl-C leaves the line, and the shell goes on.
    terminal.drop_line();
    terminal.ask(".wyh", "did you mean .why");
    assert_eq!(terminal.leave("\x04"), 0);
}

#[test]
fn tab_completes_a_name() {
    let folder = folder();
    let mut terminal = Terminal::open(folder.path(), &[]);
    terminal.press(".indic\t");
    terminal.wait_for("samples> .indicators ");
    terminal.drop_line();
    terminal.press("云塘\t");
    terminal.wait_for("云塘镇  2 reports");
    terminal.drop_line();
    assert_eq!(terminal.leave(".quit\r"), 0);
}

#[test]
fn keys_of_a_time_when_it_was_busy_are_not_lost() {
    let folder = folder();
    let mut terminal = Terminal::open(folder.path(), &[]);
    terminal.press("towns with the highest tax\r.timer on\r税收最高的镇\r");
    terminal.wait_for("the time of each answer is shown");
    terminal.wait_for("注：1个为预计数");
    terminal.wait_for_prompt();
    assert_eq!(terminal.leave("\x04"), 0);
}

#[test]
fn a_question_goes_on_in_the_next_line() {
    let folder = folder();
    let mut terminal = Terminal::open(folder.path(), &[]);
    terminal.press("towns with\r");
    terminal.wait_for("Enter asks it as it is");
    terminal.ask("the highest tax", "736 million yuan");
    assert_eq!(terminal.leave("\x04"), 0);
}

#[test]
fn a_slow_question_is_stopped_and_the_shell_goes_on() {
    let folder = folder();
    let mut terminal = Terminal::open(folder.path(), &[]);
    terminal.press(
        "sql \"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n\"\r",
    );
    terminal.wait_for("Ctrl-C stops it");
    terminal.press("\x03");
    terminal.wait_for("stopped");
    terminal.wait_for_prompt();
    terminal.ask("towns with the highest tax", "736 million yuan");
    assert_eq!(terminal.leave(".quit\r"), 0);
}

#[test]
fn what_was_entered_is_offered_the_next_time() {
    let folder = folder();
    let mut first = Terminal::open(folder.path(), &[]);
    first.ask("税收最高的镇", "7.36亿元");
    assert_eq!(first.leave("\x04"), 0);
    assert!(state(folder.path()).join("zhenzhi/history").is_file());
    let mut second = Terminal::open(folder.path(), &[]);
    second.press("\x1b[A");
    second.wait_for("samples> 税收最高的镇");
    second.drop_line();
    assert_eq!(second.leave("\x04"), 0);
}

#[test]
fn no_color_is_obeyed() {
    let has_colour = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        ["\x1b[1m", "\x1b[36m", "\x1b[4m"]
            .iter()
            .any(|colour| text.contains(colour))
    };
    let folder = folder();
    let mut plain = Terminal::open(folder.path(), &[("NO_COLOR", "1")]);
    plain.ask("towns with the highest tax", "736 million yuan");
    assert!(!has_colour(&plain.came));
    let mut coloured = Terminal::open(folder.path(), &[]);
    coloured.ask("towns with the highest tax", "736 million yuan");
    assert!(has_colour(&coloured.came), "the test sees colours");
    assert_eq!(plain.leave("\x04"), 0);
    assert_eq!(coloured.leave("\x04"), 0);
}

#[test]
fn what_it_offers_to_try_is_answered() {
    let folder = folder();
    for (locale, heading) in [("C", "questions to try"), ("zh_CN.UTF-8", "可以试着问")] {
        let terminal = Terminal::open(folder.path(), &[("LC_ALL", locale)]);
        let banner = terminal.contents();
        let offered = banner.split(heading).nth(1).expect(heading);
        let questions: Vec<&str> = offered
            .lines()
            .filter_map(|line| line.strip_prefix("  "))
            .collect();
        assert_eq!(questions.len(), 3, "{banner}");
        for question in questions {
            let done = Command::new(PROGRAM)
                .args(["ask", "samples.db", question.trim(), "--exit-status"])
                .current_dir(folder.path())
                .output()
                .unwrap();
            assert_eq!(done.status.code(), Some(0), "{question}: {done:?}");
        }
        assert_eq!(terminal.leave("\x04"), 0);
    }
}

#[cfg(unix)]
#[test]
fn a_long_answer_goes_to_the_pager_and_is_shown_without_one() {
    let folder = folder();
    let pager = "sed 's/^/| /'";
    let mut terminal = Terminal::open(folder.path(), &[("PAGER", pager)]);
    terminal.ask("sentences", "| ");
    terminal.ask("towns with the highest tax", "736 million yuan");
    assert!(
        !terminal.contents().lines().last().unwrap().contains('|'),
        "what fits is not paged"
    );
    assert_eq!(terminal.leave("\x04"), 0);
    // No such program; one that ends at once.
    for pager in ["no-such-pager --option", "false"] {
        let mut plain = Terminal::open(folder.path(), &[("PAGER", pager)]);
        plain.ask("sentences", "note: ");
        assert_eq!(plain.leave("\x04"), 0, "{pager}");
    }
}

#[test]
fn a_workbook_is_no_form_for_the_screen_but_for_a_file() {
    use calamine::Reader as _;

    let folder = folder();
    let mut terminal = Terminal::open(folder.path(), &[]);
    terminal.ask(".mode xlsx", ".output");
    terminal.ask("towns with the highest tax", "736 million yuan");
    terminal.ask(".last xlsx", ".output");
    terminal.ask(".output answer.xlsx", "until .output");
    terminal.ask("towns with the highest tax", "1 row written to answer.xlsx");
    assert_eq!(terminal.leave(".quit\r"), 0);
    let book = fs::read(folder.path().join("answer.xlsx")).unwrap();
    let mut book: calamine::Xlsx<_> = calamine::Xlsx::new(std::io::Cursor::new(book)).unwrap();
    let sheet = book.worksheet_range("answer").unwrap();
    assert_eq!(
        sheet.get_value((1, 0)),
        Some(&calamine::Data::String("槐渡镇".to_owned()))
    );
}

#[test]
fn a_terminal_that_can_do_nothing_is_served() {
    let folder = folder();
    let pair = native_pty_system().openpty(PtySize::default()).unwrap();
    let mut command = CommandBuilder::new(PROGRAM);
    command.arg("samples.db");
    command.cwd(folder.path());
    for (name, value) in [("TERM", "dumb"), ("LC_ALL", "C"), ("PAGER", "cat")] {
        command.env(name, value);
    }
    command.env("XDG_STATE_HOME", state(folder.path()));
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut keys = pair.master.take_writer().unwrap();
    keys.write_all("towns with the highest tax\n.quit\n".as_bytes())
        .unwrap();
    let (sender, bytes) = mpsc::channel();
    thread::spawn(move || {
        let mut part = [0; 4096];
        while let Ok(count @ 1..) = reader.read(&mut part) {
            if sender.send(part[..count].to_vec()).is_err() {
                return;
            }
        }
    });
    let mut came = Vec::new();
    let end = Instant::now() + LIMIT;
    while let Ok(part) = bytes.recv_timeout(end.saturating_duration_since(Instant::now())) {
        came.extend(part);
    }
    assert_eq!(child.wait().unwrap().exit_code(), 0);
    let said = String::from_utf8(came).unwrap();
    assert!(said.contains("736 million yuan"), "{said}");
    assert!(!said.contains('\x1b'), "{said:?}");
}

#[test]
fn pasted_questions_are_asked_one_after_the_other() {
    let folder = folder();
    let mut terminal = Terminal::open(folder.path(), &[]);
    terminal.press("\x1b[200~云塘镇的税收\n各镇的固定资产投资，\n  前2名\n杏渡镇的税收\x1b[201~\r");
    // Of the last; of the one before, its second line with it.
    terminal.wait_for("7850万元");
    terminal.wait_for_prompt();
    let said = terminal.contents();
    assert!(said.contains("3.22亿元"), "{said}");
    assert!(said.contains("苇泊镇  2021"), "{said}");
    assert!(!said.contains("云塘镇  2023     16.87"), "{said}");
    assert!(!said.contains("错误"), "{said}");
    assert_eq!(terminal.leave("\x04"), 0);
}
