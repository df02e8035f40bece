//! What went wrong, in the three lines that are printed: what failed, why, and what to do.

use std::io;
use std::path::Path;

use rehabrun::units::is_control_or_bidi;
use rehabrun::{ingest, report};

use super::stderr;

/// Why a command could not be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    message: String,
    cause: String,
    hint: String,
    closed_pipe: bool,
}

impl Failure {
    /// A failure with its three parts; an empty one is not printed.
    pub fn new(message: impl Into<String>, cause: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), cause: cause.into(), hint: hint.into(), closed_pipe: false }
    }

    /// A failure of the file system.
    pub fn of_file(what: &str, path: &Path, error: &io::Error) -> Self {
        Self::new(format!("cannot {what} {}", path.display()), reason(error), "")
    }

    /// A file that failed, as its report says it.
    pub fn of_report(path: &str, error: &report::Error) -> Self {
        Self::new(format!("{path}: {}", error.message), error.cause.as_str(), error.hint.as_str())
    }

    /// The same as a fault of the file that was to be read.
    pub fn as_error(&self) -> ingest::Error {
        ingest::Error::new(self.message.as_str(), self.cause.as_str(), self.hint.as_str())
    }

    /// True when nobody reads the output any more, which is no fault.
    pub const fn is_closed_pipe(&self) -> bool {
        self.closed_pipe
    }

    /// Prints the three lines to standard error. Nothing in them can steer the terminal.
    pub fn print(&self) {
        for (label, text) in [("error", &self.message), ("cause", &self.cause), ("hint", &self.hint)] {
            if !text.is_empty() {
                let lines: Vec<String> = text.lines().map(rehabrun::render::sanitize).collect();
                stderr::line(&format!("{label}: {}", lines.join("\n    ")));
            }
        }
    }
}

impl From<ingest::Error> for Failure {
    fn from(error: ingest::Error) -> Self {
        Self::new(error.message, error.cause, error.hint)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let closed_pipe = error.kind() == io::ErrorKind::BrokenPipe;
        Self { closed_pipe, ..Self::new("cannot write the output", reason(&error), "") }
    }
}

/// The reason of the operating system, in our style.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

/// Ends the program for a command line that cannot be read, or that asks for help. A value that would steer the terminal
/// is not printed as it came.
pub fn exit_for(error: &clap::Error) -> ! {
    let text = error.render().to_string();
    if !text.contains(|c| is_control_or_bidi(c) && c != '\n') {
        error.exit();
    }
    for line in text.lines() {
        stderr::line(&rehabrun::render::sanitize(line));
    }
    std::process::exit(error.exit_code());
}
