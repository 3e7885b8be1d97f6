//! What SQLite asks while a question runs: whether it may do what it would do, and whether its time is up.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};

/// SQLite looks at the clock after this many steps of its virtual machine, which take well under a millisecond.
const STEPS: i32 = 10_000;

/// What the hooks of a connection know: only questions are guarded, and only some have a time limit.
#[derive(Debug)]
pub(super) struct Watch {
    opened: Instant,
    is_up: AtomicBool,
    /// Whether someone wants questions to be broken off; see [`Interrupter`].
    is_stopped: AtomicBool,
    /// Microseconds after `opened` at which a question is broken off.
    ends: AtomicU64,
}

impl Watch {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self {
            opened: Instant::now(),
            is_up: AtomicBool::new(false),
            is_stopped: AtomicBool::new(false),
            ends: AtomicU64::new(u64::MAX),
        })
    }

    /// Lets SQLite ask about each thing that a statement would do, and now and then whether to go on.
    pub(super) fn install(self: &Arc<Self>, conn: &mut Connection) -> rusqlite::Result<()> {
        let watch = Arc::clone(self);
        conn.authorizer(Some(move |context: AuthContext<'_>| {
            if !watch.is_up.load(Ordering::Relaxed) || is_reading(&context.action) {
                Authorization::Allow
            } else {
                Authorization::Deny
            }
        }))?;
        let watch = Arc::clone(self);
        conn.progress_handler(STEPS, Some(move || watch.is_over()))
    }

    /// Guards what is prepared and run until the result is dropped; breaks it off after `time`.
    pub(super) fn raise(&self, time: Option<Duration>) -> Raised<'_> {
        self.is_up.store(true, Ordering::Relaxed);
        if let Some(end) = time.and_then(|time| self.opened.elapsed().checked_add(time)) {
            let micros = u64::try_from(end.as_micros()).unwrap_or(u64::MAX);
            self.ends.store(micros, Ordering::Relaxed);
        }
        Raised(self)
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
        ends != u64::MAX && self.opened.elapsed().as_micros() >= u128::from(ends)
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

/// Holds the guard up while it lives.
pub(super) struct Raised<'a>(&'a Watch);

impl Drop for Raised<'_> {
    fn drop(&mut self) {
        self.0.is_up.store(false, Ordering::Relaxed);
        self.0.ends.store(u64::MAX, Ordering::Relaxed);
    }
}

fn is_reading(action: &AuthAction<'_>) -> bool {
    match action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => true,
        AuthAction::Function { function_name } => {
            !function_name.eq_ignore_ascii_case("load_extension")
        }
        // The full-text index asks this of itself, to see whether the file has changed.
        AuthAction::Pragma { pragma_name, .. } => pragma_name.eq_ignore_ascii_case("data_version"),
        _ => false,
    }
}
