//! What heart rate says about a session: time over its ceiling, the effort of each stretch, pace beside it, sensor faults.
//!
//! Heart rate follows a change of effort with a time constant of about a minute (57.6 ± 23.6 s; Hunt, Fankhauser and
//! Saengsuwan, Biomed Eng Online 2015;14:112) after a delay. A bout of 60 s between walks ends when it has done
//! 60 to 65 % of its way, so its peak says 6 to 29 bpm too little. So there are two numbers, and reports show both: the
//! measured time over the ceiling (`over_time`) and the modelled effort of each stretch (`Heart::demand`).
//!
//! One rule holds for heart rate with and without a ceiling on pace. The numbers in it are our choice, but for those that
//! cite a source where they stand.
//!
//! | ceilings | accuses | clears | neither |
//! | --- | --- | --- | --- |
//! | pace and heart rate | pace | pace | heart rate adds words and changes trust, never the class |
//! | pace only | pace | pace | |
//! | heart rate only | measured time over the ceiling, heat allowed for; efforts faster than the pace of the ceiling today | heart rate that stays under in bouts it can show, with no fast efforts in the pace and no fault over the fast parts | undetermined, with what would decide it |
//!
//! Where both ceilings are there and disagree:
//! - Fast and low: pace decides. In a bout of less than two minutes the heart has not caught up and says nothing; in a
//!   longer one the ceilings do not fit together, and the verdict is less sure (`low-heart-rate-at-fast-pace`).
//! - Slow and high: the session stays easy and is called harder for the heart than planned, with heat and drift as words
//!   (`heart-rate-over-ceiling`, `heart-rate-drift`). Heart rate alone never makes intervals of it.
//! - Heart rate alone makes intervals only where the series shows the alternation: efforts in the pace, or a row of short
//!   bouts far over the ceiling that is most of the running.
//!
//! Drift is bounded. An ordinary 5 to 15 bpm over an hour at even pace (Wingo, Ganio and Cureton, Exerc Sport Sci Rev
//! 2012;40:88) is not held against the runner; heat can explain more, which is then neither over nor easy.
//!
//! Sensors: a fault is no evidence, so that it neither accuses nor clears. Wrist sensors were off by 13 % on trail runs and
//! straps by 2 % (Navalta et al., `PLoS` ONE 2020;15:e0238569), and err most when the heart rate changes.

mod bins;
mod kinetics;
mod linear;
pub(super) mod over_time;
pub(super) mod pace_witness;
mod rise;
pub(super) mod sensor_faults;
mod slope;

use std::ops::Range;

use super::stretch::Stretch;
use crate::timeline::{Flags, Timeline};

/// Least trust in the sensor for a heart rate of single bouts. Our choice.
const LEAST_TRUST: f64 = 0.5;
/// Time before drift sets in, in seconds. Our choice: later than any warming up of the heart.
const DRIFT_BEGINS_S: f64 = 300.0;
/// The most that counts as drift, in bpm: the upper end of what studies found over an hour at even pace.
const MOST_DRIFT_BPM: f64 = 15.0;
/// Rise of the runner's own speed, as a share in ten minutes, from which a rise of heart rate is effort. Our choice.
const RISING_SPEED: f64 = 0.02;

/// What the heart rate of a session says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::audit) struct Heart {
    /// For each stretch: the heart rate in bpm at which its effort would settle at that time.
    pub demand: Vec<Option<f64>>,
    /// For each stretch: how much of that is drift and no effort, in bpm.
    pub drifted: Vec<f64>,
    /// How it was determined.
    pub method: Method,
    /// Rise at unchanged speed, in bpm in ten minutes, where it can be told.
    pub drift: Option<f64>,
}

/// How the demand of stretches was determined.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::audit) enum Method {
    /// It could not be told.
    #[default]
    None,
    /// The sensor lags so far behind that single bouts cannot be told.
    Late,
    /// From level and slope within each stretch: rough.
    Slope,
    /// From a model of the whole session.
    Fit,
}

/// What the heart rate of a session says about its stretches.
pub(in crate::audit) fn heart(timeline: &Timeline, stretches: &[Stretch]) -> Heart {
    let nothing =
        Heart { demand: vec![None; stretches.len()], drifted: vec![0.0; stretches.len()], ..Heart::default() };
    if timeline.heart_rate_quality.trust < LEAST_TRUST || !timeline.signals.heart_rate || stretches.is_empty() {
        return nothing;
    }
    let ranges: Vec<Range<usize>> = stretches.iter().map(|stretch| stretch.range.clone()).collect();
    let usable = |(&bpm, flags): (&f32, &Flags)| {
        if bpm.is_finite() && !flags.has(Flags::DOUBTFUL_HEART_RATE) { bpm } else { f32::NAN }
    };
    let beats: Vec<f32> = timeline.heart_rate.as_slice().iter().zip(&timeline.flags).map(usable).collect();
    match kinetics::fit(&beats, &ranges) {
        Some(fit) if fit.delay_s >= kinetics::LATE_S => Heart { method: Method::Late, ..nothing },
        Some(fit) => {
            let drift = if speed_rises(stretches) { 0.0 } else { fit.drift.max(0.0) };
            let late =
                |range: &Range<usize>| (range.start.midpoint(range.end) as f64 - DRIFT_BEGINS_S).max(0.0) / 600.0;
            let drifted = ranges.iter().map(|range| (drift * late(range)).min(MOST_DRIFT_BPM)).collect();
            Heart { demand: fit.demand, drifted, method: Method::Fit, drift: Some(fit.drift) }
        }
        None => {
            let demand = slope::demand(&beats, &ranges);
            let method = if demand.iter().any(Option::is_some) { Method::Slope } else { Method::None };
            Heart { demand, method, ..nothing }
        }
    }
}

/// Peak and trough in bpm of a heart rate that swings between a walk and a run for ever.
///
/// `levels` are the heart rates at which walk and run would settle, `seconds` the lengths of run and walk, and
/// `time_constant_s` how fast the heart follows.
pub fn periodic_peak_trough(levels: (f64, f64), seconds: (f64, f64), time_constant_s: f64) -> (f64, f64) {
    let ((walk, run), (on, off)) = (levels, seconds);
    let left = |t: f64| (-t / time_constant_s).exp();
    let peak = walk + (run - walk) * (1.0 - left(on)) / (1.0 - left(on + off));
    (peak, walk + (peak - walk) * left(off))
}

/// True when the runner's own speed rises over the session: then a rising heart rate is effort, not drift.
fn speed_rises(stretches: &[Stretch]) -> bool {
    let points = || {
        stretches.iter().filter_map(|stretch| {
            let at = stretch.range.start.midpoint(stretch.range.end) as f64 / 600.0;
            Some((at, stretch.speed?.graded.ln(), stretch.seconds))
        })
    };
    let (time, speed, weight) =
        points().fold((0.0, 0.0, 0.0), |(t, v, sum), (at, ln, w)| (t + at * w, v + ln * w, sum + w));
    let (time, speed) = (time / weight, speed / weight);
    let (rise, spread) = points().fold((0.0, 0.0), |(rise, spread), (at, ln, w)| {
        (rise + w * (at - time) * (ln - speed), spread + w * (at - time).powi(2))
    });
    spread > 0.0 && rise / spread > RISING_SPEED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swinging_heart_never_reaches_its_levels() {
        let (peak, trough) = periodic_peak_trough((90.0, 170.0), (30.0, 30.0), 45.0);
        assert!((peak - 142.861).abs() < 1e-3 && (trough - 117.139).abs() < 1e-3);
        let (peak, trough) = periodic_peak_trough((90.0, 150.0), (60.0, 60.0), 57.6);
        assert!((peak - 134.350).abs() < 1e-3 && (trough - 105.650).abs() < 1e-3);
    }
}
