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
    /// Microseconds after `opened` at which a question is broken off.
    ends: AtomicU64,
}

impl Watch {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self {
            opened: Instant::now(),
            is_up: AtomicBool::new(false),
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

    fn is_over(&self) -> bool {
        let ends = self.ends.load(Ordering::Relaxed);
        ends != u64::MAX && self.opened.elapsed().as_micros() >= u128::from(ends)
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
