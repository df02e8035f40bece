//! One hole: how far the runner came in it, and how much of it could have been over the ceiling.

use std::ops::Range;

use super::Signal;
use crate::audit::Settings;
use crate::audit::chain::HARD;
use crate::audit::judge::OVER;
use crate::audit::noise::speed_error;
use crate::audit::stretch::Speeds;
use crate::ceiling::Ceiling;
use crate::segment::{Bout, Gait};
use crate::timeline::{Flags, SpeedSource, Timeline, geodesy};

/// What is shorter than this hides no effort, in seconds: the timeline bridges as much.
const SHORTEST_S: f64 = 10.0;
/// The longest hole that the running beside it can clear, in seconds. Our choice: a tunnel or a bridge; in more than
/// that an effort and a recovery have room, whose mean is that of an easy run.
const LONGEST_CLEARED_S: f64 = 180.0;
/// The running beside a hole is looked at over so many seconds to either side.
const BESIDE: usize = 30;
/// Least of them that must be running whose speed is known.
const LEAST_BESIDE_S: f64 = 10.0;
/// By how much, on the logarithm of speed, the speed in a hole may differ from the one beside it and still be the same.
/// Our choice: twice what a runner's own pace sways.
const SAME: f64 = 0.10;
/// Slower than this between both ends and nothing bounds the hole: the distance was not counted either, or the runner
/// came back to where the hole began.
const SLOWEST_M_PER_S: f64 = 0.8;
/// In less than this nobody runs a round that ends where it began, in seconds. Our choice: a lap of a track takes more.
const SHORTEST_LOOP_S: f64 = 45.0;
/// By how many seconds the distance may have been moved.
const MOVED_S: usize = 10;
/// Places in a hole are looked at when they are at least so many seconds apart. Our choice: in that time a runner goes
/// several times as far as a receiver wanders.
const APART_S: usize = 30;
/// What a recovery in a hole is taken for, in metres a second: a walk.
const WALK_M_PER_S: f64 = 1.3;
/// Who comes no further than this in a pause may have walked all of it, in metres a second.
const BRISK_WALK_M_PER_S: f64 = 1.9;
/// The same for a fast runner, as a share of the ceiling: an effort and a walk in one pause come to more. Our choice.
const SLOW_SHARE: f64 = 0.75;
/// Faster than this nobody came on foot.
const FASTEST_M_PER_S: f64 = 7.0;
/// The longest time without heart rate that the heart rate at both ends of it bounds, in seconds: a heart takes most of
/// a minute to rise and to fall.
const LONGEST_UNHEARD_S: f64 = 60.0;

/// A stretch of a session in which the signal that decides is missing.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::audit) struct Hole {
    /// Its samples.
    pub range: Range<usize>,
    /// How long it is, in seconds.
    pub seconds: f64,
    /// Distance over time between its ends in metres a second; `None` where that is not known.
    pub speed: Option<f64>,
    /// The ceiling on speed there, in metres a second.
    pub limit: Option<f64>,
    /// True when it was crossed as the running beside it, which clears it.
    pub as_before: bool,
    /// True when the timer stood still.
    pub is_paused: bool,
}

impl Hole {
    /// True when it was crossed faster than the ceiling allows.
    pub fn is_fast(&self) -> bool {
        self.speed.zip(self.limit).is_some_and(|(speed, limit)| speed > OVER * limit)
    }

    /// How much of it could have been over the ceiling, in seconds.
    pub fn open_s(&self) -> f64 {
        if self.as_before || self.seconds < SHORTEST_S {
            return 0.0;
        }
        let Some((speed, limit)) = self.speed.zip(self.limit).filter(|_| !self.is_fast()) else { return self.seconds };
        if self.is_paused && speed <= BRISK_WALK_M_PER_S.max(SLOW_SHARE * limit) {
            return 0.0;
        }
        // The rest of a pause may have been stood, that of another hole walked.
        let rest = if self.is_paused { 0.0 } else { WALK_M_PER_S };
        let fast = HARD * limit;
        if fast <= rest { self.seconds } else { self.seconds * ((speed - rest) / (fast - rest)).clamp(0.0, 1.0) }
    }
}

/// What is known of the way through a session.
pub(in crate::audit) struct Ways<'a> {
    pub timeline: &'a Timeline,
    pub bouts: &'a [Bout],
    pub speeds: &'a Speeds,
    /// True for the seconds that are unseen.
    pub unseen: &'a [bool],
    /// True when the distance was measured and not added up from the speed, which it would miss along with it.
    counts_distance: bool,
}

impl<'a> Ways<'a> {
    pub fn new(timeline: &'a Timeline, bouts: &'a [Bout], speeds: &'a Speeds, unseen: &'a [bool]) -> Self {
        let is_added_up = |i: usize| {
            let step = timeline.distance_at(i + 1).as_meters() - timeline.distance_at(i).as_meters();
            timeline.speed.get(i).is_none_or(|speed| (step - speed * timeline.span(i)).abs() < 1e-3)
        };
        let counts_distance = !(0..timeline.len()).all(is_added_up);
        Self { timeline, bouts, speeds, unseen, counts_distance }
    }

    /// What is known of a hole.
    pub fn hole(&self, signal: Signal, range: Range<usize>, ceiling: &Ceiling, settings: &Settings) -> Hole {
        let timeline = self.timeline;
        let seconds = timeline.duration(range.clone());
        let is_paused = range.clone().all(|i| timeline.flags[i].has(Flags::PAUSED));
        if signal == Signal::HeartRate {
            let walked = is_paused && self.way(&range).is_some_and(|way| way <= BRISK_WALK_M_PER_S * seconds);
            let as_before = walked || seconds <= LONGEST_UNHEARD_S && self.kept_low(&range, ceiling, settings);
            return Hole { range, seconds, speed: None, limit: None, as_before, is_paused };
        }
        let speed = self.way(&range).map(|way| way / seconds.max(1.0));
        let limit = settings.speed_limit(ceiling, &range).map(|(limit, _)| limit.as_meters_per_second());
        let stood = |speed: f64| speed < SLOWEST_M_PER_S && (self.counts_distance || seconds <= SHORTEST_LOOP_S);
        let speed =
            speed.filter(|&speed| is_paused || (SLOWEST_M_PER_S..FASTEST_M_PER_S).contains(&speed) || stood(speed));
        // Where no watch counted, somebody may have come most of the way back: two places bound a long hole from below.
        let is_bound = seconds <= LONGEST_CLEARED_S || self.timeline.signals.speed == SpeedSource::Device;
        let speed = speed.filter(|&speed| is_bound || limit.is_some_and(|limit| speed > OVER * limit));
        let same = |speed: f64| {
            let beside = self.beside(&range)?;
            let error = speed_error(&timeline.signals).of_mean(seconds, beside);
            Some((speed / beside).ln().abs() <= SAME.max(2.0 * error))
        };
        let is_same = speed.and_then(same).unwrap_or(false);
        let mut hole = Hole { range, seconds, speed, limit, as_before: false, is_paused };
        hole.as_before = seconds <= LONGEST_CLEARED_S && is_same && !hole.is_fast();
        hole
    }

    /// Metres from place to place through a stretch, in straight lines; `None` where an end is not known. Places that
    /// follow each other more closely are left out: a receiver at rest wanders.
    fn straight(&self, range: &Range<usize>) -> Option<f64> {
        let place = |i: usize| self.timeline.position.get(i).copied().flatten();
        let first = range.start.checked_sub(1).and_then(place).or(place(range.start))?;
        let last = place(range.end)?;
        let (mut from, mut since, mut way) = (first, range.start, 0.0);
        for i in range.clone() {
            let is_apart = i >= since + APART_S && i + APART_S <= range.end;
            if let Some(to) = place(i).filter(|_| is_apart) {
                way += geodesy::geodesic(from, to).as_meters();
                (from, since) = (to, i);
            }
        }
        Some(way + geodesy::geodesic(from, last).as_meters())
    }

    /// Metres from one end of a stretch to the other: what the watch counted, and no less than straight lines. `None`
    /// where the distance is that of the speed, which is missing, and there are no positions.
    fn way(&self, range: &Range<usize>) -> Option<f64> {
        let timeline = self.timeline;
        // The distance was moved by some seconds, into step with the body, and what was covered in a hole with it.
        let (start, end) = (range.start.saturating_sub(MOVED_S), (range.end + MOVED_S).min(timeline.len()));
        let beside = self.speeds.raw.over(start..range.start).0 + self.speeds.raw.over(range.end..end).0;
        let counted = timeline.distance_at(end).as_meters() - timeline.distance_at(start).as_meters() - beside;
        let straight = self.straight(range);
        if straight.is_none() && !self.counts_distance {
            return None;
        }
        let is_spiked = timeline.flags[range.clone()].iter().any(|flags| flags.has(Flags::SPIKE));
        // What was counted over a spike is as wrong as the spike.
        let way = if is_spiked { straight.unwrap_or(counted) } else { counted.max(straight.unwrap_or(0.0)) };
        Some(way).filter(|way| way.is_finite())
    }

    /// Mean speed of the running to both sides of a stretch.
    fn beside(&self, range: &Range<usize>) -> Option<f64> {
        let sides =
            [range.start.saturating_sub(BESIDE)..range.start, range.end..(range.end + BESIDE).min(self.unseen.len())];
        let (mut sum, mut seconds) = (0.0, 0.0);
        for side in sides {
            let (of_side, known) = self.run_within(side);
            (sum, seconds) = (sum + of_side, seconds + known);
        }
        (seconds >= LEAST_BESIDE_S && sum > 0.0).then(|| sum / seconds)
    }

    /// Metres and seconds of the running in a stretch whose speed is known.
    fn run_within(&self, stretch: Range<usize>) -> (f64, f64) {
        let runs = self.bouts.iter().filter(|bout| bout.gait == Gait::Run);
        let parts = runs.map(|bout| bout.range.start.max(stretch.start)..bout.range.end.min(stretch.end));
        parts.filter(|part| part.start < part.end).fold((0.0, 0.0), |(sum, time), part| {
            let (of_part, known) = self.speeds.raw.over(part);
            (sum + of_part, time + known)
        })
    }

    /// True when heart rate was known to be under its ceiling at both ends of a stretch.
    fn kept_low(&self, range: &Range<usize>, ceiling: &Ceiling, settings: &Settings) -> bool {
        let Some((limit, _)) = settings.heart_rate_limit(ceiling, range) else { return false };
        let low =
            |i: Option<usize>| i.and_then(|i| self.timeline.heart_rate.get(i)).is_some_and(|bpm| bpm <= limit.as_bpm());
        let last = self.timeline.len() - 1;
        (range.start == 0 || low(range.start.checked_sub(1))) && (range.end > last || low(Some(range.end)))
    }
}
