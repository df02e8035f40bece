//! The files that took longest, for whoever watches a batch and wonders why it took so long.

use std::cmp::Reverse;
use std::time::Duration;

use rehabrun::render::sanitize;

use super::stderr;

/// What is quicker is not worth a line. An ordinary run takes a hundredth of it.
const SLOW: Duration = Duration::from_secs(1);

/// How many are shown.
const TOLD: usize = 3;

/// The slowest files so far, slowest first.
#[derive(Debug, Default)]
pub struct Slowest(Vec<(Duration, String)>);

impl Slowest {
    /// Takes in one file.
    pub fn add(&mut self, path: &str, took: Duration) {
        if took >= SLOW {
            self.0.push((took, path.to_owned()));
            self.0.sort_by_key(|&(took, _)| Reverse(took));
            self.0.truncate(TOLD);
        }
    }

    /// Prints them to standard error: times are never the same twice, and have no place in a report.
    pub fn tell(&self) {
        for (took, path) in &self.0 {
            stderr::line(&format!("slow: {:.1} s for {}", took.as_secs_f64(), sanitize(path)));
        }
    }
}
