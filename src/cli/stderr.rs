//! Standard error, which may be closed, full or a broken pipe: nothing written to it can stop the work.

use std::io::{self, Write as _};

/// Writes a line to standard error. A line that cannot be written is dropped: the report and the exit code still stand.
pub fn line(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
