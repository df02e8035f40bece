//! A ride before or after the run in the same file: fast for minutes and no steps, or far too fast for this runner.

use std::ops::Range;

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

/// Without steps to count, only so long a stretch at such a speed before or after the run is taken for a ride: 5 m/s is
/// 3:20/km. Our choice: repetitions last less, and lie within a run.
const UNCOUNTED_M_PER_S: f64 = 5.0;
const UNCOUNTED_LASTS_S: usize = 300;
/// It is also so much faster than all other running. Our choice: a race of 5 km and easy running differ by 1.5.
const TIMES_OTHER_RUNNING: f64 = 1.8;
/// Slower than this is no running, in metres a second; less of it than this, in seconds, is none to compare with.
const RUNNING_M_PER_S: f32 = 1.9;
const LEAST_OTHER_S: usize = 120;
/// A heart rate takes so long to follow, in seconds.
const HEART_FOLLOWS_S: usize = 90;

/// Takes the gait away from what was ridden.
pub(super) fn mark_ambiguous(odds: &mut [Odds], timeline: &Timeline) {
    let ridden = if timeline.signals.cadence { without_steps(timeline) } else { beside_the_run(timeline) };
    for range in ridden.into_iter().map(|ride| with_ends(ride, timeline)) {
        for second in odds[range].iter_mut().filter(|second| second.evidence != Evidence::Timer) {
            *second = Odds { run: 0.0, stand: 0.0, evidence: Evidence::Nothing };
        }
    }
}

/// A ride with its first and last moments, in which it gathers speed and loses it, as far as nobody steps in them.
fn with_ends(ride: Range<usize>, timeline: &Timeline) -> Range<usize> {
    let (speed, cadence) = (timeline.speed.as_slice(), timeline.cadence.as_slice());
    let is_slower = |i: usize, inner: usize| {
        speed[i] > RUNNING_M_PER_S && speed[i] < speed[inner] && (cadence[i].is_nan() || cadence[i] < NO_STEPS_SPM)
    };
    let ends = |&i: &usize| is_slower(i, i - 1);
    let last = (ride.end..timeline.len().min(ride.end + INTERRUPTED_S)).take_while(ends).last();
    let begins = |&i: &usize| is_slower(i, i + 1);
    let first = (ride.start.saturating_sub(INTERRUPTED_S)..ride.start).rev().take_while(begins).last();
    first.unwrap_or(ride.start)..last.map_or(ride.end, |last| last + 1)
}

/// What was fast for long without a step.
fn without_steps(timeline: &Timeline) -> Vec<Range<usize>> {
    let (speed, cadence) = (timeline.speed.as_slice(), timeline.cadence.as_slice());
    let is_ridden = |i: usize| speed[i] > FAST_M_PER_S && (cadence[i].is_nan() || cadence[i] < NO_STEPS_SPM);
    lasting(timeline.len(), is_ridden, LASTS_S)
}

/// What was fast before or after the run where nobody counted steps, unless the heart was up.
fn beside_the_run(timeline: &Timeline) -> Vec<Range<usize>> {
    let speed = timeline.speed.as_slice();
    let fast = lasting(timeline.len(), |i| speed[i] > FAST_M_PER_S, UNCOUNTED_LASTS_S);
    let running = |seconds: Range<usize>| seconds.filter(|&i| speed[i] > RUNNING_M_PER_S);
    fast.into_iter()
        .filter(|ride| {
            let (before, after) = (0..ride.start, ride.end..timeline.len());
            let (n_before, n_after) = (running(before.clone()).count(), running(after.clone()).count());
            if n_before.min(n_after) >= LEAST_OTHER_S || n_before.max(n_after) < LEAST_OTHER_S {
                return false;
            }
            let others = || running(before.clone()).chain(running(after.clone()));
            let (mean, usual) = (mean(ride.clone(), speed), mean(others(), speed));
            let hearts = timeline.heart_rate.as_slice();
            let heart = self::mean((ride.start + HEART_FOLLOWS_S).min(ride.end)..ride.end, hearts);
            let is_up = heart >= self::mean(others(), hearts);
            mean >= UNCOUNTED_M_PER_S.max(TIMES_OTHER_RUNNING * usual) && !is_up
        })
        .collect()
}

/// The mean of what is known; not a number where nothing is.
fn mean(seconds: impl Iterator<Item = usize>, values: &[f32]) -> f64 {
    let known = seconds.map(|i| f64::from(values[i])).filter(|value| !value.is_nan());
    let (sum, n) = known.fold((0.0, 0.0), |(sum, n), value| (sum + value, n + 1.0));
    sum / n
}

/// The stretches of at least so many seconds, most of which are as asked, with slower moments between.
fn lasting(len: usize, is: impl Fn(usize) -> bool, at_least: usize) -> Vec<Range<usize>> {
    let (mut found, mut start) = (Vec::new(), 0);
    while let Some(first) = (start..len).find(|&i| is(i)) {
        let (mut end, mut n) = (first + 1, 1);
        while let Some(next) = (end..len.min(end + INTERRUPTED_S)).find(|&i| is(i)) {
            (end, n) = (next + 1, n + 1);
        }
        if n >= at_least && 4 * n >= 3 * (end - first) {
            found.push(first..end);
        }
        start = end;
    }
    found
}
