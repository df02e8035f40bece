//! A run beside the runner's earlier easy runs, for the report.

use serde::{Deserialize, Serialize};

use super::round::{known, round};

/// How a run compares with the runner's own earlier easy runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// This run.
    pub this: ComparedRun,
    /// The earlier easy runs, oldest first.
    pub runs: Vec<ComparedRun>,
    /// The pace of earlier runs at the heart rate of this one.
    pub pace_at_same_heart_rate: Option<Compared>,
    /// The heart rate of earlier runs at the pace of this one.
    pub heart_rate_at_same_pace: Option<Compared>,
    /// Walk breaks in half an hour of running.
    pub walk_breaks: Option<Compared>,
}

/// One run as a point among others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ComparedRun {
    /// Its day.
    pub date: String,
    /// Pace of its running on flat ground.
    pub pace_s_per_km: Option<f64>,
    /// Mean heart rate of its running after the first five minutes.
    pub heart_rate_bpm: Option<f64>,
    /// Breaks from running in half an hour of running.
    pub walk_breaks: Option<f64>,
}

/// One value against those of at least five earlier runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// How many earlier runs it was held against.
    pub n_runs: usize,
    /// The value of this run.
    pub value: f64,
    /// The median of the earlier runs.
    pub usual: f64,
    /// A tenth of the earlier runs lie below.
    pub low: f64,
    /// A tenth of the earlier runs lie above.
    pub high: f64,
    /// The unit of all four.
    pub unit: ComparedUnit,
}

impl ComparedRun {
    /// A run, rounded as all reports are.
    pub fn new(date: &str, [pace_s_per_km, heart_rate_bpm, walk_breaks]: [Option<f64>; 3]) -> Self {
        let tenth = |value: Option<f64>| value.and_then(|value| known(1, value));
        Self {
            date: date.to_owned(),
            pace_s_per_km: tenth(pace_s_per_km),
            heart_rate_bpm: tenth(heart_rate_bpm),
            walk_breaks: tenth(walk_breaks),
        }
    }
}

/// The share of the earlier runs outside the spread, on either side. Our choice: with five runs it is close to the lowest and
/// the highest, and with thirty a few odd days do not stretch it.
const OUTSIDE: f64 = 0.1;

impl Compared {
    /// A value against those of earlier runs; `None` without any.
    pub fn against(value: f64, mut others: Vec<f64>, unit: ComparedUnit) -> Option<Self> {
        others.sort_by(f64::total_cmp);
        let last = others.len().checked_sub(1)?;
        let at = |share: f64| {
            let at = share * last as f64;
            let (low, high) = (others[at as usize], others[(at as usize + 1).min(last)]);
            round(1, low + (high - low) * at.fract())
        };
        let (usual, low, high) = (at(0.5), at(OUTSIDE), at(1.0 - OUTSIDE));
        Some(Self { n_runs: others.len(), value: round(1, value), usual, low, high, unit })
    }

    /// True when the value lies outside the spread of the earlier runs.
    pub fn is_beyond_spread(&self) -> bool {
        self.value < self.low || self.value > self.high
    }
}

/// What is compared is counted in one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ComparedUnit {
    /// Seconds a kilometre.
    SecondsPerKilometer,
    /// Beats a minute.
    BeatsPerMinute,
    /// Breaks in half an hour of running.
    BreaksPerHalfHour,
}

names! {
    ComparedUnit {
        SecondsPerKilometer => "s/km",
        BeatsPerMinute => "bpm",
        BreaksPerHalfHour => "breaks/30min",
    }
}
