//! A run as the weeks need it, as bytes.

use serde::{Deserialize, Serialize};

use super::super::{Class, Excess};
use crate::history::Run;
use crate::history::trace::Trace;
use crate::plan::PerformedBout;
use crate::segment::Gait;
use crate::units::{Date, HeartRate, Speed, Timestamp};

/// [`Run`] in numbers and words, without its course, which is kept with its session.
#[derive(Serialize, Deserialize)]
pub struct StoredRun {
    date: String,
    own_clock: bool,
    elsewhere: bool,
    start_ms: Option<i64>,
    elapsed_s: f64,
    run_s: f64,
    walk_s: f64,
    run_m: f64,
    longest_bout_s: f64,
    climb_m: Option<f64>,
    class: Class,
    sentence: String,
    severity: Option<Excess>,
    allowed: Option<String>,
    strides: bool,
    over_s: Option<f64>,
    easy_mps: Option<f64>,
    ceiling_mps: Option<f64>,
    heart_rate_bpm: Option<f64>,
    n_signals: usize,
    bouts: Vec<StoredBout>,
}

#[derive(Serialize, Deserialize)]
struct StoredBout {
    gait: u8,
    seconds: f64,
    meters: Option<f64>,
    over: Option<bool>,
    graded_mps: Option<f64>,
    heart_rate_bpm: Option<f64>,
}

/// The gaits by their numbers.
const GAITS: [Gait; 5] = [Gait::Run, Gait::Walk, Gait::Stand, Gait::Paused, Gait::Unknown];

impl From<&Run> for StoredRun {
    fn from(run: &Run) -> Self {
        Self {
            date: run.date.to_string(),
            own_clock: run.own_clock,
            elsewhere: run.elsewhere,
            start_ms: run.start.map(Timestamp::as_unix_millis),
            elapsed_s: run.elapsed_s,
            run_s: run.run_s,
            walk_s: run.walk_s,
            run_m: run.run_m,
            longest_bout_s: run.longest_bout_s,
            climb_m: run.climb_m,
            class: run.class,
            sentence: run.sentence.clone(),
            severity: run.severity,
            allowed: run.allowed.clone(),
            strides: run.strides,
            over_s: run.over_s,
            easy_mps: run.easy_speed.map(Speed::as_meters_per_second),
            ceiling_mps: run.ceiling.map(Speed::as_meters_per_second),
            heart_rate_bpm: run.heart_rate.map(HeartRate::as_bpm),
            n_signals: run.n_signals,
            bouts: run.bouts.iter().map(StoredBout::from).collect(),
        }
    }
}

impl From<&PerformedBout> for StoredBout {
    fn from(bout: &PerformedBout) -> Self {
        Self {
            gait: GAITS.iter().position(|&gait| gait == bout.gait).unwrap_or(GAITS.len()) as u8,
            seconds: bout.seconds,
            meters: bout.meters,
            over: bout.over,
            graded_mps: bout.graded_speed.map(Speed::as_meters_per_second),
            heart_rate_bpm: bout.heart_rate.map(HeartRate::as_bpm),
        }
    }
}

impl StoredRun {
    /// The run with its course; `None` where the date is none.
    pub fn restored(self, trace: Trace) -> Option<Run> {
        Some(Run {
            date: Date::parse(&self.date)?,
            own_clock: self.own_clock,
            elsewhere: self.elsewhere,
            start: self.start_ms.map(Timestamp::from_unix_millis),
            elapsed_s: self.elapsed_s,
            run_s: self.run_s,
            walk_s: self.walk_s,
            run_m: self.run_m,
            longest_bout_s: self.longest_bout_s,
            climb_m: self.climb_m,
            class: self.class,
            sentence: self.sentence,
            severity: self.severity,
            allowed: self.allowed,
            strides: self.strides,
            over_s: self.over_s,
            easy_speed: self.easy_mps.map(Speed::from_meters_per_second),
            ceiling: self.ceiling_mps.map(Speed::from_meters_per_second),
            heart_rate: self.heart_rate_bpm.map(HeartRate::from_bpm),
            n_signals: self.n_signals,
            trace,
            bouts: self.bouts.into_iter().map(StoredBout::restored).collect(),
        })
    }
}

impl StoredBout {
    fn restored(self) -> PerformedBout {
        let gait = GAITS.get(usize::from(self.gait)).copied().unwrap_or(Gait::Unknown);
        PerformedBout {
            meters: self.meters,
            over: self.over,
            graded_speed: self.graded_mps.map(Speed::from_meters_per_second),
            heart_rate: self.heart_rate_bpm.map(HeartRate::from_bpm),
            ..PerformedBout::new(gait, self.seconds)
        }
    }
}
