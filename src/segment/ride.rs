//! A ride before or after the run in the same file: fast for minutes, and no steps.

use super::Evidence;
use super::evidence::Odds;
use crate::timeline::Timeline;

/// Fewer steps a minute than this are none.
const NO_STEPS_SPM: f32 = 40.0;
/// Faster than this for so long without a step is no run of somebody whose steps the watch counts elsewhere: 4 m/s is
/// 4:10/km. Our choice: a step sensor that loses a runner does so for a minute at most, as real files show.
const FAST_M_PER_S: f32 = 4.0;
const LASTS_S: usize = 90;
/// Slower moments of a ride, as at a light, and the seconds of a stray step between.
const INTERRUPTED_S: usize = 20;

/// Takes the gait away from what was ridden.
pub(super) fn mark_ambiguous(odds: &mut [Odds], timeline: &Timeline) {
    if !timeline.signals.cadence {
        return;
    }
    let (speed, cadence) = (timeline.speed.as_slice(), timeline.cadence.as_slice());
    let is_ridden = |i: usize| speed[i] > FAST_M_PER_S && (cadence[i].is_nan() || cadence[i] < NO_STEPS_SPM);
    let mut start = 0;
    while let Some(first) = (start..odds.len()).find(|&i| is_ridden(i)) {
        let (mut end, mut n) = (first + 1, 1);
        while let Some(next) = (end..odds.len().min(end + INTERRUPTED_S)).find(|&i| is_ridden(i)) {
            (end, n) = (next + 1, n + 1);
        }
        if n >= LASTS_S && 4 * n >= 3 * (end - first) {
            for second in odds[first..end].iter_mut().filter(|second| second.evidence != Evidence::Timer) {
                *second = Odds { run: 0.0, stand: 0.0, evidence: Evidence::Nothing };
            }
        }
        start = end;
    }
}
