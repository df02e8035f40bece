//! One second of a script that is acted out.

use super::script::{Gait, Trouble};

/// What really happened in one second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Second {
    /// What the runner did.
    pub gait: Gait,
    /// The part of the script, from 0.
    pub part: usize,
    /// True speed in metres per second.
    pub speed: f64,
    /// Slope as rise over run.
    pub grade: f64,
    /// True steps per minute.
    pub cadence: f64,
    /// True heart rate in beats per minute.
    pub heart_rate: f64,
    /// What goes wrong with the recording.
    pub trouble: Option<Trouble>,
}

/// How far second `i` is into a part of `seconds`, from 0 in its first to 1 in its last.
pub fn share(i: u32, seconds: u32) -> f64 {
    if seconds < 2 { 0.0 } else { f64::from(i) / f64::from(seconds - 1) }
}

/// The value on the way from the first to the second of a pair.
pub fn between([start, end]: [f64; 2], share: f64) -> f64 {
    start + (end - start) * share
}
