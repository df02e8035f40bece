//! Standard error, which may be closed, full or a broken pipe: nothing written to it can stop the work.

use std::io::{self, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};

/// True when only what stops the work may be said.
static QUIET: AtomicBool = AtomicBool::new(false);

/// Leaves notes out from here on.
pub fn be_quiet() {
    QUIET.store(true, Ordering::Relaxed);
}

/// Writes a line that helps and that nothing depends on, unless all is to be quiet.
pub fn note(text: &str) {
    if !QUIET.load(Ordering::Relaxed) {
        line(&rehabrun::render::sanitize(text));
    }
}

/// Writes a line to standard error. A line that cannot be written is dropped: the report and the exit code still stand.
pub fn line(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
