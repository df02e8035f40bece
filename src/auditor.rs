//! The front door for another program: one runner's files in, reports and weeks out.

mod duplicates;
mod file;
mod fingerprint;
mod history;
mod next;
mod selection;
mod settings;

pub use duplicates::{CacheKey, Seen};
#[doc(hidden)]
pub use file::{audit_activity, audit_bytes, audit_content, audit_runs};
pub use history::History;
pub use next::{Next, next_by_calendar, next_by_runs};
pub use selection::Selection;
pub use settings::Settings;

use crate::history::Run;
use crate::ingest::{Error, Unpacked};
use crate::report::{self, File};
use crate::runner::Runner;

/// Audits the files of one runner.
///
/// ```
/// use rehabrun::{Auditor, Runner};
///
/// let auditor = Auditor::new(Runner::default().easy_pace("6:30/km".parse()?));
/// let file = auditor.audit("notes.fit", b"no activity".to_vec());
/// let error = file.error.expect("a file that cannot be read is a value, too");
/// assert_eq!(error.message, "not an activity file");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Auditor {
    settings: Settings,
}

impl Auditor {
    /// With everything that is known about the runner.
    pub fn new(runner: Runner) -> Self {
        Self { settings: Settings::from(runner) }
    }

    /// Leaves out of reports, or adds to them, what the options say. `hide_ends_m` of the runner stays where they have
    /// none.
    #[must_use]
    pub fn with(mut self, options: report::Options) -> Self {
        let hide_ends_m = options.hide_ends_m.or(self.settings.report.hide_ends_m);
        self.settings.report = report::Options { hide_ends_m, ..options };
        self
    }

    /// Keeps of each run what a ceiling from the runner's own runs needs.
    #[must_use]
    pub const fn seeing_runs(mut self) -> Self {
        self.settings.sees_runs = true;
        self
    }

    /// The settings of the stages behind it.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Audits one activity: FIT, GPX or TCX, plain or with gzip around it. The name is shown in the report, and nothing
    /// depends on it.
    pub fn audit(&self, name: &str, bytes: Vec<u8>) -> File {
        let content = Ok(Unpacked { bytes, note: None });
        with_runs(audit_content(name, content, &self.settings, true))
    }

    /// The same for a file that nobody named, as one in a folder: what is no activity is skipped and no error.
    pub fn audit_found(&self, name: &str, content: Result<Unpacked, Error>) -> File {
        with_runs(audit_content(name, content, &self.settings, false))
    }

    /// Puts files that this auditor made into the weeks of the runner.
    ///
    /// ```
    /// # use rehabrun::{Auditor, Runner};
    /// let auditor = Auditor::new(Runner::default());
    /// let progress = auditor.history([]).progress();
    /// assert!(progress.weeks.is_empty());
    /// ```
    pub fn history(&self, files: impl IntoIterator<Item = File>) -> History {
        let mut history = History::new(&self.settings);
        files.into_iter().for_each(|mut file| {
            let runs = std::mem::take(&mut file.runs);
            history.add(&file, runs);
        });
        history
    }
}

fn with_runs((file, runs): (File, Vec<Run>)) -> File {
    File { runs, ..file }
}

#[cfg(test)]
#[cfg(feature = "stored")]
mod tests {
    use super::*;
    use crate::report::stored::{with_runs_from_bytes, with_runs_to_bytes};
    use crate::synth::{DEMO_ATHLETE, demo};

    #[test]
    fn a_file_keeps_its_runs_as_bytes() {
        let auditor = Auditor::new(Runner::from_toml(DEMO_ATHLETE).expect("a good file"));
        for (name, bytes) in demo().iter().flat_map(crate::synth::Demo::files) {
            let file = auditor.audit(&name, bytes);
            assert_eq!(file.runs.len(), 1, "{name}");
            let bytes = with_runs_to_bytes(&file).expect("bytes");
            assert_eq!(with_runs_from_bytes(&bytes).as_ref(), Some(&file));
        }
    }
}
