use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use zhenzhi::query::Lang;
use zhenzhi::store::Interrupter;

use crate::language::in_lang;

/// Ctrl-C stops the question that runs, and only that.
pub(super) struct Stopper(Arc<Mutex<Interrupter>>);

impl Stopper {
    pub(super) fn new(interrupter: Interrupter) -> Self {
        Self(Arc::new(Mutex::new(interrupter)))
    }

    /// Takes over Ctrl-C. While a line is typed the terminal hands it to the editor instead.
    pub(super) fn listen(&self) {
        let stop = Arc::clone(&self.0);
        // Without a handler Ctrl-C ends the program, which is all that is lost.
        let _ = ctrlc::set_handler(move || {
            stop.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .interrupt();
        });
    }

    /// Stops the questions of another store from now on.
    pub(super) fn watch(&self, interrupter: Interrupter) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = interrupter;
    }

    /// Forgets what was stopped before.
    pub(super) fn clear(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}

/// A question that takes less is answered before one has read that it runs.
const QUICK: Duration = Duration::from_millis(500);

/// Says that a question is running, until it is dropped.
pub(super) struct Waiting {
    done: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Waiting {
    pub(super) fn begin(lang: Lang) -> Self {
        let (done, is_done) = mpsc::channel();
        let thread = thread::spawn(move || {
            if is_done.recv_timeout(QUICK) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let bar = ProgressBar::new_spinner().with_elapsed(QUICK);
            let template = in_lang(
                lang,
                "{spinner} running, {elapsed} (Ctrl-C stops it)",
                "{spinner} 正在查询，{elapsed}（按Ctrl-C停止）",
            );
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(150));
            let _ = is_done.recv();
            bar.finish_and_clear();
        });
        Self {
            done: Some(done),
            thread: Some(thread),
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.done = None;
        if let Some(thread) = self.thread.take() {
            // The line must be gone before the answer is written.
            let _ = thread.join();
        }
    }
}
