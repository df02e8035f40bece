//! How to audit the files of one runner.

use crate::report;
use crate::runner::Runner;
use crate::segment;

/// How to audit the files of one runner.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The runner.
    pub runner: Runner,
    /// How to cut sessions into bouts.
    pub segment: segment::Options,
    /// What the report leaves out.
    pub report: report::Options,
}

impl From<Runner> for Settings {
    /// With everything that is not about the runner left as it is by default.
    fn from(runner: Runner) -> Self {
        let report = report::Options { hide_ends_m: runner.hide_ends_m, ..report::Options::default() };
        Self { runner, segment: segment::Options::default(), report }
    }
}
