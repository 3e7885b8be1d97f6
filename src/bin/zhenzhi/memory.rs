//! A bound on the program's memory while it carries out what somebody else wrote.

use std::fs;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use crate::exit::Exit;
use crate::language::told;
use crate::output::complain;

/// What no report for people comes near.
const MOST: u64 = 1 << 30;
/// A text that doubles again and again grows by less than this system has in such a time.
const PAUSE: Duration = Duration::from_millis(3);

/// Ends the program, with a message, where it takes more memory than it may, until this is dropped.
///
/// Steps and output of a template are counted as it runs. A text that it doubles in a few steps is not seen by either,
/// and the template engine has nothing that could stop it. Where the system does not tell how much memory is taken,
/// there is no bound.
pub(crate) struct Bound {
    /// Closed when the bound is dropped.
    _until: Sender<()>,
}

impl Bound {
    pub(crate) fn set() -> Self {
        let (until, is_over) = mpsc::channel();
        thread::spawn(move || {
            while is_over.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
                if taken().is_some_and(|bytes| bytes > MOST) {
                    complain(told(
                        "the script takes more than 1 GB of memory and was broken off, nothing was written; a text in \
                         it may grow with every turn (~, +, *, a filter)",
                        "脚本占用内存超过1GB，已中断，没有写入任何内容；其中可能有文字在循环中不断变长（~、+、*或过滤器）",
                    ));
                    std::process::exit(Exit::Usage as i32);
                }
            }
        });
        Self { _until: until }
    }
}

/// Bytes of memory that the program holds, where the system tells.
fn taken() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes << 10)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::taken;

    #[test]
    fn memory_is_told() {
        let before = taken().unwrap();
        let held = vec![1_u8; 64 << 20];
        assert!(taken().unwrap() > before + (32 << 20), "{}", held.len());
    }
}
