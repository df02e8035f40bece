//! Where exactly one gait gives way to the other.
//!
//! A run begins with its first running step: step rate and the watch's own detection agree on it to the second. On
//! where it ends they do not. The step rate falls within a second, contact times stop, speed is down to walking; the
//! watch, which feels every step but tells us nothing of it, goes on calling it a run for another six seconds, four
//! before a stand, and a walk for four (medians over some 300 ends on two watches). Such an end is put in between:
//! two seconds from what the watch says at most, and from what the step rate says less than the five seconds that a
//! plan allows and that a verdict leaves out at either end of a run.
//!
//! Where the step rate takes seconds to fall, it has been averaged and follows the body late. There the average is
//! undone and nothing is added: no such watch is among those whose own detection we know. With seconds between the
//! records the change lies somewhere between two of them, and half of that is taken off.

use std::ops::Range;

use super::Gait;
use super::bouts::{self, Stretch};
use crate::timeline::Timeline;

/// By how much the end of a gait follows the fall of the step rate, in seconds: before a walk, and before a stand.
const LATE_BEFORE_WALK_S: usize = 4;
const LATE_BEFORE_STAND_S: usize = 3;

/// What a stretch keeps at least when its neighbour ends late, in seconds.
const KEEPS_S: usize = 3;

/// Moves the boundaries between gaits to where the body changed its gait, as far as it shows.
pub(super) fn refine(mut stretches: Vec<Stretch>, timeline: &Timeline) -> Vec<Stretch> {
    let shape = Shape::of(&stretches, timeline);
    for k in 1..stretches.len() {
        let (left, right) = stretches.split_at_mut(k);
        let (Some(before), Some(after)) = (left.last_mut(), right.first_mut()) else { break };
        if is_change_of_steps(before.gait, after.gait) {
            let to = shape.boundary(before, after, timeline);
            before.range.end = to;
            after.range.start = to;
        }
    }
    // Averaging makes a stop at a crossing longer than it was. Where nothing is averaged the stops are known already.
    if matches!(shape, Shape::Averaged) { bouts::join_over_stops(stretches) } else { stretches }
}

/// A boundary and how far it could move without emptying a stretch or meeting a stop.
fn bounds(before: &Stretch, after: &Stretch) -> (usize, Range<usize>) {
    let earliest = before.stops.last().map_or(before.range.start, |stop| stop.end) + 1;
    let latest = after.stops.first().map_or(after.range.end, |stop| stop.start) - 1;
    (after.range.start, earliest..latest)
}

/// How a watch shows a change of the step rate.
#[derive(Debug, Clone, Copy)]
enum Shape {
    /// At once.
    Sudden,
    /// Over some seconds, as an average does.
    Averaged,
    /// Some seconds later, when it writes its next record; so many lie between two.
    Sparse { interval: usize },
    /// Not at all: there is no cadence, or it never changes.
    Unseen,
}

impl Shape {
    /// The shape of most changes of a session: a single one does not tell, for a runner may slow down gradually.
    fn of(stretches: &[Stretch], timeline: &Timeline) -> Self {
        let mut ramps: Vec<f32> = stretches
            .windows(2)
            .filter(|pair| is_change_of_steps(pair[0].gait, pair[1].gait))
            .filter_map(|pair| {
                let (at, bounds) = bounds(&pair[0], &pair[1]);
                ramp(timeline, at, &bounds).map(|ramp| ramp.seconds)
            })
            .collect();
        ramps.sort_unstable_by(f32::total_cmp);
        let interval = timeline.signals.interval_s;
        match ramps.get(ramps.len() / 2) {
            None => Self::Unseen,
            Some(_) if interval >= SPARSE_S => Self::Sparse { interval: interval.min(30.0) as usize },
            Some(&median) if median >= SUDDEN_S => Self::Averaged,
            Some(_) => Self::Sudden,
        }
    }

    /// Where one stretch really gives way to the next.
    fn boundary(self, before: &Stretch, after: &Stretch, timeline: &Timeline) -> usize {
        let (at, bounds) = bounds(before, after);
        match self {
            Self::Sudden => {
                let room = bounds.end.saturating_sub(KEEPS_S - 1).max(at);
                (at + lateness(before.gait, after.gait)).min(room)
            }
            Self::Averaged => ramp(timeline, at, &bounds).map_or(at, |ramp| ramp.onset().clamp(bounds.start, at)),
            Self::Sparse { interval } => at.saturating_sub((interval - 1) / 2).max(bounds.start),
            Self::Unseen => halt(timeline, before.gait, at, after.gait, &bounds).unwrap_or(at),
        }
    }
}

/// From this interval between records on, in seconds, the moment of a change lies somewhere between two of them.
const SPARSE_S: f64 = 2.0;

fn is_change_of_steps(before: Gait, after: Gait) -> bool {
    let is_gait = |gait| matches!(gait, Gait::Run | Gait::Walk | Gait::Stand);
    is_gait(before) && is_gait(after)
}

fn lateness(before: Gait, after: Gait) -> usize {
    match (before, after) {
        (Gait::Run, Gait::Walk) => LATE_BEFORE_WALK_S,
        (Gait::Run | Gait::Walk, Gait::Stand) => LATE_BEFORE_STAND_S,
        _ => 0,
    }
}

/// A change of the step rate from one level to another.
#[derive(Debug, Clone, Copy)]
struct Ramp {
    /// When a quarter of the way was done, in seconds from the start of the session.
    quarter: f32,
    /// How long it then took to three quarters.
    seconds: f32,
}

impl Ramp {
    /// The second in which it began: an exponential average does a quarter of the way in 0.26 of the time that it takes
    /// from a quarter to three quarters.
    fn onset(self) -> usize {
        (self.quarter - 0.26 * self.seconds).ceil().max(0.0) as usize
    }
}

/// A change quicker than this is as quick as it can be seen.
const SUDDEN_S: f32 = 2.0;
/// How far to either side of a boundary the step rate of the two gaits is looked for, in seconds.
const REACH_S: usize = 12;
/// How many seconds next to a boundary belong to neither gait.
const BLUR_S: usize = 4;
/// Steps per minute between the two gaits below which a change is not seen.
const LEAST_CHANGE_SPM: f32 = 20.0;

/// The change of the step rate at a boundary; `None` where it does not show: no cadence, or little difference.
fn ramp(timeline: &Timeline, at: usize, bounds: &Range<usize>) -> Option<Ramp> {
    if !timeline.signals.cadence {
        return None;
    }
    let cadence = timeline.cadence.as_slice();
    let from = median(cadence, bounds.start.max(at.saturating_sub(REACH_S))..at.saturating_sub(BLUR_S))?;
    let to = median(cadence, (at + BLUR_S)..bounds.end.min(at + REACH_S))?;
    if (to - from).abs() < LEAST_CHANGE_SPM {
        return None;
    }
    let progress = |i: usize| (cadence[i] - from) / (to - from);
    let mut earlier = at.saturating_sub(BLUR_S + 1).max(bounds.start)..at;
    let last_quarter = earlier.rfind(|&i| progress(i) < 0.25)?;
    let mut later = last_quarter + 1..(at + REACH_S).min(bounds.end);
    let first_most = later.find(|&i| progress(i) >= 0.75)?;
    // Where a straight line from second `i` to the next passes a level.
    let pass = |i: usize, level: f32| i as f32 + (level - progress(i)) / (progress(i + 1) - progress(i));
    let quarter = pass(last_quarter, 0.25);
    let seconds = pass(first_most - 1, 0.75) - quarter;
    seconds.is_finite().then_some(Ramp { quarter, seconds })
}

/// Where somebody comes to a halt or gets going, by speed: at half the speed of the gait. `None` where neither stands.
///
/// Speed from satellites is smoothed and takes seconds to fall to rest; half-way it is right.
fn halt(timeline: &Timeline, before: Gait, at: usize, after: Gait, bounds: &Range<usize>) -> Option<usize> {
    let speed = timeline.speed.as_slice();
    let moving = match (before, after) {
        (_, Gait::Stand) => at.saturating_sub(REACH_S + BLUR_S).max(bounds.start)..at.saturating_sub(BLUR_S),
        (Gait::Stand, _) => (at + BLUR_S)..(at + BLUR_S + REACH_S).min(bounds.end),
        _ => return None,
    };
    let half = median(speed, moving)? / 2.0;
    let is_after = |i: usize| (speed[i] < half) == (after == Gait::Stand);
    let mut near = at.saturating_sub(REACH_S).max(bounds.start)..(at + REACH_S).min(bounds.end);
    near.find(|&i| is_after(i) && !is_after(i - 1))
}

fn median(samples: &[f32], range: Range<usize>) -> Option<f32> {
    let mut window = [0.0_f32; REACH_S];
    let mut n = 0;
    for &sample in samples.get(range)?.iter().filter(|x| x.is_finite()) {
        *window.get_mut(n)? = sample;
        n += 1;
    }
    window[..n].sort_unstable_by(f32::total_cmp);
    window[..n].get(n / 2).copied()
}
