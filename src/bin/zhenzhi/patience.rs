//! Waiting while another program writes to the store.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::Duration;

use crate::language::told;
use crate::output::complain;

/// Between two tries. An import holds the store nearly all the time.
const STEP: Duration = Duration::from_millis(20);
/// After so many tries, a second, it is said.
const SAID_AFTER: i32 = 50;
/// After so many, an hour, whoever writes has probably forgotten that he does.
const LONGEST: i32 = 180_000;

static IS_SAID: AtomicBool = AtomicBool::new(false);
static IS_OVER: AtomicBool = AtomicBool::new(false);

/// Waits a moment, and whether to try again; `turn` counts the tries from 0.
pub(crate) fn keep_waiting(turn: i32) -> bool {
    if IS_OVER.load(Ordering::Relaxed) || turn >= LONGEST {
        return false;
    }
    if turn == SAID_AFTER && !IS_SAID.swap(true, Ordering::Relaxed) {
        complain(told(
            "another program is writing to the store; waiting until it is done (Ctrl-C gives up)",
            "另一程序正在写入该库；等待其结束（按Ctrl-C放弃）",
        ));
    }
    sleep(STEP);
    true
}

/// Nobody waits any more.
pub(crate) fn give_up() {
    IS_OVER.store(true, Ordering::Relaxed);
}
