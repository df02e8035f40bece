//! From what a report comes to, to the exit code.

use std::process::ExitCode;

use rehabrun::report::Conclusion;

/// The exit code of a report. With `--exit-zero` only what could not be read counts.
pub fn code(conclusion: Conclusion, exit_zero: bool) -> ExitCode {
    ExitCode::from(match conclusion {
        Conclusion::Unreadable => 2,
        _ if exit_zero => 0,
        Conclusion::Over => 1,
        Conclusion::Unclear => 3,
        Conclusion::Easy => 0,
    })
}
