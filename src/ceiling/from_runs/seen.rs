//! One run as far as a ceiling needs it.

use crate::ceiling::WatchFacts;
use crate::units::{Date, HeartRate, Speed};

/// One run of at least ten minutes, as it was run.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenRun {
    /// Its day.
    pub date: Date,
    /// Mean speed of its running.
    pub speed: Speed,
    /// Time of its running, in seconds.
    pub run_s: f64,
    /// True where its laps are those of repetitions: fast and slow by turns, or marked as recovery.
    pub has_repetitions: bool,
    /// Standard deviation of the speed from minute to minute, as a share of the speed, steep minutes left out.
    pub spread: f64,
    /// Median heart rate of its running after the first five minutes; `None` where it cannot be trusted.
    pub heart_rate: Option<HeartRate>,
    /// The heart rate that was passed for ten seconds in all.
    pub heart_rate_max: Option<HeartRate>,
    /// What the watch knew.
    pub watch: WatchFacts,
}
