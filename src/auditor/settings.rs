//! How to audit the files of one runner.

use crate::report;
use crate::runner::Runner;
use crate::segment;

/// How to audit the files of one runner.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The runner.
    pub runner: Runner,
    /// How to cut sessions into bouts.
    pub segment: segment::Options,
    /// What the report leaves out.
    pub report: report::Options,
    /// True keeps of each run what a ceiling from the runner's own runs needs.
    pub sees_runs: bool,
    /// False leaves out what a session means for the next one.
    pub advises: bool,
}

impl Default for Settings {
    /// For a runner of whom nothing is known.
    fn default() -> Self {
        Self::from(Runner::default())
    }
}

impl From<Runner> for Settings {
    /// With everything that is not about the runner left as it is by default.
    fn from(runner: Runner) -> Self {
        let report = report::Options { hide_ends_m: runner.hide_ends_m, ..report::Options::default() };
        Self { runner, segment: segment::Options::default(), report, sees_runs: false, advises: true }
    }
}
