//! What each second looks like by itself: cadence where there is one, speed where there is none.

use super::{Evidence, Gait};
use crate::timeline::{Flags, Timeline};

/// Steps per minute from which a step is a running step.
///
/// Walkers go over to running at 141 spm (Hansen et al., Sci Rep 2017); as a classifier 135 to 140 spm does best
/// (Hum Mov Sci 2023;90:103117). On files of four runners with the watch's own detection, a median of five seconds
/// against this threshold agrees with the watch in 98 % of the seconds.
const RUN_SPM: f64 = 140.0;

/// Steps per minute below which somebody who hardly moves stands.
const STAND_SPM: f64 = 40.0;

/// Speed in m/s below which somebody without a cadence stands.
const STAND_SPEED: f64 = 0.35;

/// Speed in m/s from which somebody without a cadence runs: the preferred transition, Froude number 0.5 for a leg of
/// 0.9 m.
const RUN_SPEED: f64 = 2.1;

/// Gait and evidence of each sample.
pub(super) fn label(timeline: &Timeline) -> Vec<(Gait, Evidence)> {
    let speed = median5(timeline.speed.as_slice());
    let cadence = median5(timeline.cadence.as_slice());
    (0..timeline.len())
        .map(|i| {
            if timeline.flags[i].has(Flags::PAUSED) {
                return (Gait::Paused, Evidence::Timer);
            }
            let cadence = cadence[i].filter(|_| timeline.signals.cadence);
            match (cadence, speed[i]) {
                (Some(cadence), _) if cadence >= RUN_SPM => (Gait::Run, Evidence::Cadence),
                (Some(cadence), speed) if cadence < STAND_SPM && speed.is_none_or(|v| v < STAND_SPEED) => {
                    (Gait::Stand, Evidence::Cadence)
                }
                (Some(_), _) => (Gait::Walk, Evidence::Cadence),
                (None, Some(speed)) if speed >= RUN_SPEED => (Gait::Run, Evidence::Speed),
                (None, Some(speed)) if speed < STAND_SPEED => (Gait::Stand, Evidence::Speed),
                (None, Some(_)) => (Gait::Walk, Evidence::Speed),
                (None, None) => (Gait::Unknown, Evidence::Nothing),
            }
        })
        .collect()
}

/// Median of the samples present within two seconds; missing where the sample itself is.
fn median5(samples: &[f32]) -> Vec<Option<f64>> {
    (0..samples.len())
        .map(|i| {
            if !samples[i].is_finite() {
                return None;
            }
            let mut window = [f32::INFINITY; 5];
            let mut n = 0;
            for &sample in &samples[i.saturating_sub(2)..(i + 3).min(samples.len())] {
                if sample.is_finite() {
                    window[n] = sample;
                    n += 1;
                }
            }
            window[..n].sort_unstable_by(f32::total_cmp);
            Some(f64::from(window[n / 2]))
        })
        .collect()
}
