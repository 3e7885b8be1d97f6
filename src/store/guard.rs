//! What SQLite asks while a question runs: whether it may do what it would do, and whether its time is up.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};

use super::schema;

/// SQLite looks at the clock after this many steps of its virtual machine, which take well under a millisecond.
const STEPS: i32 = 10_000;

/// Functions that a question may call.
const FUNCTIONS: &str = include_str!("functions.txt");

/// What the hooks of a connection know: only questions are guarded, and only some have a time limit.
#[derive(Debug)]
pub(super) struct Watch {
    opened: Instant,
    is_up: AtomicBool,
    /// Whether someone wants questions to be broken off; see [`Interrupter`].
    is_stopped: AtomicBool,
    /// Microseconds after `opened` at which a question is broken off.
    ends: AtomicU64,
    /// The same for whatever is done on the connection; see [`super::Store::set_time_limit`].
    all_ends: AtomicU64,
    /// Tables and views of the file that no store has.
    strangers: OnceLock<Vec<String>>,
    /// What the last question was refused for, where that has a name.
    refused: Mutex<Option<String>>,
}

impl Watch {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self {
            opened: Instant::now(),
            is_up: AtomicBool::new(false),
            is_stopped: AtomicBool::new(false),
            ends: AtomicU64::new(u64::MAX),
            all_ends: AtomicU64::new(u64::MAX),
            strangers: OnceLock::new(),
            refused: Mutex::new(None),
        })
    }

    /// Keeps questions away from what another program has put into the file.
    pub(super) fn keep_from(&self, strangers: Vec<String>) {
        let _ = self.strangers.set(strangers);
    }

    /// Lets SQLite ask about each thing that a statement would do, and now and then whether to go on.
    pub(super) fn install(self: &Arc<Self>, conn: &mut Connection) -> rusqlite::Result<()> {
        let watch = Arc::clone(self);
        conn.authorizer(Some(move |context: AuthContext<'_>| {
            if !watch.is_up.load(Ordering::Relaxed) {
                return Authorization::Allow;
            }
            match watch.judge(&context.action) {
                Ok(()) => Authorization::Allow,
                Err(what) => {
                    *watch.refused.lock().unwrap_or_else(PoisonError::into_inner) = what;
                    Authorization::Deny
                }
            }
        }))?;
        let watch = Arc::clone(self);
        conn.progress_handler(STEPS, Some(move || watch.is_over()))
    }

    /// Guards what is prepared and run until the result is dropped; breaks it off after `time`.
    pub(super) fn raise(&self, time: Option<Duration>) -> Raised<'_> {
        Raised {
            was_up: self.is_up.swap(true, Ordering::Relaxed),
            ended: self.ends.swap(self.after(time), Ordering::Relaxed),
            watch: self,
        }
    }

    /// Does something else while a question waits, whose time then does not pass.
    pub(super) fn pause<T>(&self, meanwhile: impl FnOnce() -> T) -> T {
        let limits = [&self.ends, &self.all_ends];
        let ended = limits.map(|limit| limit.swap(u64::MAX, Ordering::Relaxed));
        let begun = Instant::now();
        let done = meanwhile();
        let took = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
        for (limit, ended) in limits.into_iter().zip(ended) {
            limit.store(ended.saturating_add(took), Ordering::Relaxed);
        }
        done
    }

    /// Breaks off whatever runs after `time` from now, until this is called again.
    pub(super) fn limit_all(&self, time: Option<Duration>) {
        self.all_ends.store(self.after(time), Ordering::Relaxed);
    }

    /// The table or function for which the last question was refused.
    pub(super) fn take_refused(&self) -> Option<String> {
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        refused.take()
    }

    fn after(&self, time: Option<Duration>) -> u64 {
        time.and_then(|time| self.opened.elapsed().checked_add(time))
            .and_then(|end| u64::try_from(end.as_micros()).ok())
            .unwrap_or(u64::MAX)
    }

    /// Whether a question was broken off because someone wanted it.
    pub(super) fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }

    fn is_over(&self) -> bool {
        if self.is_up.load(Ordering::Relaxed) && self.is_stopped() {
            return true;
        }
        let ends = self.ends.load(Ordering::Relaxed);
        let ends = ends.min(self.all_ends.load(Ordering::Relaxed));
        ends != u64::MAX && self.opened.elapsed().as_micros() >= u128::from(ends)
    }

    /// A question reads the tables of a store and calls functions that only compute. What else it would use has a name,
    /// or is no reading at all.
    fn judge(&self, action: &AuthAction<'_>) -> Result<(), Option<String>> {
        match action {
            AuthAction::Select | AuthAction::Recursive => Ok(()),
            AuthAction::Read {
                table_name,
                column_name,
            } if schema::is_known(table_name)
                // A name within the question, or a table of which no column is read.
                || (column_name.is_empty() && !self.is_stranger(table_name)) =>
            {
                Ok(())
            }
            AuthAction::Read { table_name, .. } => Err(Some(format!("the table {table_name}"))),
            AuthAction::Function { function_name } if is_harmless(function_name) => Ok(()),
            AuthAction::Function { function_name } => {
                Err(Some(format!("the function {function_name}")))
            }
            // The full-text index asks this of itself, to see whether the file has changed.
            AuthAction::Pragma { pragma_name, .. }
                if pragma_name.eq_ignore_ascii_case("data_version") =>
            {
                Ok(())
            }
            _ => Err(None),
        }
    }

    fn is_stranger(&self, table: &str) -> bool {
        let known = self.strangers.get().map_or(&[][..], Vec::as_slice);
        known.iter().any(|name| name.eq_ignore_ascii_case(table))
    }
}

/// Breaks off the questions of a store: the one that runs, and those after it until [`Interrupter::clear`].
///
/// An answer is made of several statements, and between two of them there is nothing to break off; hence it is the
/// asker, who knows where an answer begins, that clears it.
#[derive(Debug, Clone)]
pub struct Interrupter(Arc<Watch>);

impl Interrupter {
    pub(super) fn new(watch: &Arc<Watch>) -> Self {
        Self(Arc::clone(watch))
    }

    /// Breaks off: what runs fails with [`StoreError::Interrupted`](super::StoreError::Interrupted).
    pub fn interrupt(&self) {
        self.0.is_stopped.store(true, Ordering::Relaxed);
    }

    /// Lets the next question run.
    pub fn clear(&self) {
        self.0.is_stopped.store(false, Ordering::Relaxed);
    }
}

/// Holds the guard up while it lives; then it is as before, which matters where one question is asked while another
/// waits.
pub(super) struct Raised<'a> {
    watch: &'a Watch,
    was_up: bool,
    ended: u64,
}

impl Drop for Raised<'_> {
    fn drop(&mut self) {
        self.watch.is_up.store(self.was_up, Ordering::Relaxed);
        self.watch.ends.store(self.ended, Ordering::Relaxed);
    }
}

fn is_harmless(function: &str) -> bool {
    static HARMLESS: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let lines = FUNCTIONS.lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(str::split_whitespace).collect()
    });
    HARMLESS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(function))
}

#[cfg(test)]
mod tests {
    use super::is_harmless;

    #[test]
    fn functions_that_reach_outside_are_not_on_the_list() {
        for function in [
            "load_extension",
            "fts3_tokenizer",
            "readfile",
            "writefile",
            "edit",
        ] {
            assert!(!is_harmless(function), "{function}");
        }
        assert!(is_harmless("SUM") && is_harmless("json_each"));
    }
}
