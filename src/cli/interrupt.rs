//! Ctrl-C: the first one ends a batch with what is done, any other ends the program at once.
//!
//! The signals that ask a program to end (SIGTERM, SIGHUP) are taken the same way.

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};

use super::temporaries;

/// The exit code of what was interrupted: 128 and the number of SIGINT, as shells have it.
pub const EXIT_CODE: u8 = 130;

static REQUESTED: AtomicBool = AtomicBool::new(false);

/// True while a batch is at work, which ends by itself once it sees the request.
static AT_WORK: AtomicBool = AtomicBool::new(false);

/// Listens from now on. Where that cannot be had, Ctrl-C ends the program as it ends any other.
pub fn listen() {
    let _ = ctrlc::set_handler(|| {
        if REQUESTED.swap(true, Ordering::SeqCst) || !AT_WORK.load(Ordering::SeqCst) {
            temporaries::remove_temporaries();
            process::exit(i32::from(EXIT_CODE));
        }
    });
}

/// True once somebody wants the work to end.
pub fn is_requested() -> bool {
    REQUESTED.load(Ordering::SeqCst)
}

/// Does work that looks at [`is_requested`] and ends early by itself.
pub fn ending_early<T>(work: impl FnOnce() -> T) -> T {
    marked(true, work)
}

/// Does work that may wait for ever, as for somebody to type: it is never waited for.
pub fn ending_at_once<T>(work: impl FnOnce() -> T) -> T {
    marked(false, work)
}

fn marked<T>(at_work: bool, work: impl FnOnce() -> T) -> T {
    let before = AT_WORK.swap(at_work, Ordering::SeqCst);
    let outcome = work();
    AT_WORK.store(before, Ordering::SeqCst);
    outcome
}
