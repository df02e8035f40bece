//! How well two records follow one another: by the way between them.

use super::Timed;
use crate::timeline::clock;
use crate::units::Distance;

/// Nobody runs faster, in metres a second.
const FASTEST: f64 = 12.5;
/// What a receiver may be off between two positions, in metres.
const RECEIVER_M: f64 = 40.0;
/// A distance that falls by more than this is of an earlier moment, in metres.
const FALL_M: f64 = 3.0;
/// Records that follow one another are no further apart than so many usual steps, or these seconds.
const CLOSE_STEPS: i64 = 5;
const CLOSE_MS: i64 = 15_000;

/// Two records that follow one another in some order.
#[derive(Debug, Clone, Copy)]
pub struct Seam<'a> {
    from: Timed<'a>,
    to: Timed<'a>,
    dt_ms: i64,
}

/// How well two records follow one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// Within the usual time, and the way between them can be run in it.
    Tight,
    /// After a while in which the way between them can be run.
    Loose,
    /// Nothing shows the way between them.
    Unknown,
    /// Nobody gets from one to the other in the time between them.
    Broken,
}

impl<'a> Seam<'a> {
    /// Two records by their own clock.
    pub const fn new(from: Timed<'a>, to: Timed<'a>) -> Self {
        Self { from, to, dt_ms: to.ms.saturating_sub(from.ms) }
    }

    /// Two records of which the second came within some usual steps, whatever its clock says.
    pub fn running_on(from: Timed<'a>, to: Timed<'a>, usual_ms: i64) -> Self {
        Self { from, to, dt_ms: usual_ms.saturating_mul(CLOSE_STEPS).max(usual_ms) }
    }

    /// Two records of which the second came after some time.
    pub const fn after(from: Timed<'a>, to: Timed<'a>, dt_ms: i64) -> Self {
        Self { from, to, dt_ms }
    }

    /// How well they follow one another.
    pub fn fit(self, usual_ms: i64) -> Fit {
        let seconds = self.dt_ms.max(0) as f64 / 1000.0;
        let (a, b) = (self.from.record, self.to.record);
        let by_distance = a.distance().zip(b.distance()).map(|(a, b)| b.as_meters() - a.as_meters());
        let Some(way) = by_distance.or_else(|| clock::way(a, b)) else { return Fit::Unknown };
        let slack = if by_distance.is_some() { FALL_M } else { RECEIVER_M };
        if way < -FALL_M || way > FASTEST * seconds + slack {
            return Fit::Broken;
        }
        let close_ms = CLOSE_MS.max(usual_ms.saturating_mul(CLOSE_STEPS));
        if self.dt_ms <= close_ms { Fit::Tight } else { Fit::Loose }
    }
}

/// Who is slower than this may have stopped, in metres a second.
const MOVING: f64 = 1.5;
/// The speed beside a seam is that over so many records.
const BESIDE: usize = 5;
/// The way over a seam is that of a usual step within this factor, where the receiver is no further off.
const ALIKE: f64 = 3.0;
const ROUGH_M: f64 = 8.0;

/// True when the runner moved up to the end of `before` and from the start of `after`, and got on between them by about
/// as much as from one record to the next.
pub fn runs_on(before: &[Timed], after: &[Timed], usual_ms: i64) -> bool {
    let ends = (before.get(before.len().saturating_sub(BESIDE)..), after.get(..BESIDE.min(after.len())));
    let (Some(before), Some(after)) = ends else { return false };
    let (Some(speed), Some(next)) = (speed(before), speed(after)) else { return false };
    let (Some(a), Some(b)) = (before.last(), after.first()) else { return false };
    let fallen =
        a.record.distance().zip(b.record.distance()).is_some_and(|(a, b)| Distance::as_meters(b) < a.as_meters());
    let Some(way) = clock::way(a.record, b.record).filter(|_| !fallen) else { return false };
    let step = speed.max(next) * usual_ms as f64 / 1000.0;
    speed.min(next) >= MOVING && way <= ALIKE * step + ROUGH_M && way + ROUGH_M >= step / ALIKE
}

/// How long the step from one record to the next took, by the way and the speed beside it where it was more than a few
/// usual steps, else as long as usual; in milliseconds.
pub fn step_ms(before: &[Timed], after: &[Timed], usual_ms: i64) -> i64 {
    let step = || {
        let speeds =
            (speed(before.get(before.len().saturating_sub(BESIDE)..)?)?, speed(after.get(..BESIDE.min(after.len()))?)?);
        let way = clock::way(before.last()?.record, after.first()?.record)?;
        (speeds.0.min(speeds.1) >= MOVING).then(|| way / (speeds.0 + speeds.1) * 2000.0)
    };
    let longest = usual_ms.saturating_mul(CLOSE_STEPS);
    match step() {
        Some(step) if step > ALIKE * usual_ms as f64 => (step as i64).min(longest),
        _ => usual_ms,
    }
}

/// True when the runner stood, or nearly, at both ends of a hole: whoever goes on from there may have rested.
pub fn rests(before: &[Timed], after: &[Timed]) -> bool {
    let slow = |records: Option<&[Timed]>| records.and_then(speed).is_some_and(|speed| speed < RESTING);
    slow(before.get(before.len().saturating_sub(BESIDE)..)) && slow(after.get(..BESIDE.min(after.len())))
}

/// Slower than this is no walk, in metres a second.
const RESTING: f64 = 0.8;

/// Speed over some records, in metres a second.
fn speed(records: &[Timed]) -> Option<f64> {
    let (first, last) = (records.first()?, records.last()?);
    let seconds = (last.ms.checked_sub(first.ms)?) as f64 / 1000.0;
    let way = clock::way(first.record, last.record)?;
    (seconds > 0.0).then(|| way / seconds)
}
