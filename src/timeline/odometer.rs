//! Distance that only grows.

use super::clock::Clock;
use super::resample::{KNOWN_S, Knot, knots, part_way, seconds};
use super::{Flags, track::Freeze};
use crate::model::{Note, NoteId};
use crate::units::plural;

/// Distance may jump by this much more than the fastest runner covers: watches count in steps. Our choice.
const SLACK_M: f64 = 20.0;
/// A distance that stood still this long before a jump was frozen. Our choice.
const FROZEN_S: f64 = 5.0;
/// Who covered the jump at this speed or less, over the whole time, ran it.
const FROZEN_M_PER_S: f64 = 7.0;

/// The distance that the watch counted, made to grow only.
#[derive(Debug, Default)]
pub struct Odometer {
    /// Distance from the start by time.
    pub knots: Vec<Knot>,
    /// When the distance stood still while the runner went on.
    pub freezes: Vec<Freeze>,
    /// Times of impossible jumps, which do not count.
    pub jumps: Vec<f64>,
}

/// Reads the distance that the file states, for a body that comes no further than `fastest` m/s.
pub fn read(clock: &Clock, fastest: f64, notes: &mut Vec<Note>) -> Odometer {
    let mut odometer = Odometer { knots: knots(clock, |r| Some(r.distance()?.as_meters())), ..Odometer::default() };
    let Some(&first) = odometer.knots.first() else { return odometer };
    // What was covered up to the first record; a session late in its file goes on counting from the one before.
    let at_start = if first.value.abs() <= FROZEN_M_PER_S * first.t + 1.0 { first.value.max(0.0) } else { 0.0 };
    let (mut total, mut last, mut grown) = (at_start, first, 0_usize);
    let mut fell = 0;
    let mut left_out = 0.0;
    odometer.knots[0].value = 0.0;
    if first.t > 0.0 {
        odometer.knots[0].value = total;
        odometer.knots.insert(0, Knot { t: 0.0, value: 0.0, record: first.record });
        grown = 1;
    }
    for i in grown + 1..odometer.knots.len() {
        let knot = odometer.knots[i];
        let step = knot.value - last.value;
        if step < 0.0 {
            fell += 1;
        } else if is_jump(step, knot.t - last.t, fastest) {
            let standstill = last.t - odometer.knots[grown].t;
            if standstill >= FROZEN_S && step <= FROZEN_M_PER_S * (knot.t - odometer.knots[grown].t) {
                odometer.freezes.push(Freeze { from: odometer.knots[grown].t, to: knot.t });
                spread(&mut odometer.knots[grown..=i], step);
                total += step;
            } else {
                odometer.jumps.push(knot.t);
                left_out += step;
            }
        } else {
            total += step;
        }
        odometer.knots[i].value = total;
        if step != 0.0 {
            grown = i;
        }
        last = knot;
    }
    report(fell, left_out, &odometer, notes);
    odometer
}

/// True when nobody covers so many metres in so many seconds.
pub fn is_jump(step: f64, dt: f64, fastest: f64) -> bool {
    step > fastest * dt + SLACK_M
}

/// Spreads a jump at the end of a standstill over its time.
fn spread(knots: &mut [Knot], step: f64) {
    let (start, end) = (knots[0], knots[knots.len() - 1].t);
    for knot in knots {
        knot.value = part_way(start.value, start.value + step, (knot.t - start.t) / (end - start.t));
    }
}

fn report(fell: usize, left_out: f64, odometer: &Odometer, notes: &mut Vec<Note>) {
    if fell > 0 {
        let message = format!("the distance fell {}; it was taken to stand still there", plural(fell, "time", None));
        notes.push(Note::new(NoteId::DistanceFell, message));
    }
    if !odometer.jumps.is_empty() {
        let jumps = plural(odometer.jumps.len(), "impossible jump", None);
        notes.push(Note::new(NoteId::DistanceJumps, format!("left out {jumps} of distance, {left_out:.0} m in all")));
    }
    if !odometer.freezes.is_empty() {
        let times = plural(odometer.freezes.len(), "time", None);
        let message = format!("the distance stood still {times} and caught up later; it was spread over that time");
        notes.push(Note::new(NoteId::DistanceFrozen, message));
    }
}

/// Distance at the start of each second. It stands still in pauses, and up to the other side of a gap.
pub fn fill(knots: &[Knot], flags: &[Flags]) -> Vec<f64> {
    let mut column = Vec::with_capacity(flags.len());
    for pair in knots.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let next = column.len();
        // Nearly all records are a second after the one before, on whole seconds.
        if a.t >= next as f64 && b.t <= (next + 1) as f64 && flags.get(next).is_some_and(|f| !f.has(Flags::PAUSED)) {
            column.push(a.value);
            continue;
        }
        let range = seconds(a.t, b.t, flags.len());
        column.resize(range.start.max(column.len()), a.value);
        let active = flags[range.clone()].iter().filter(|f| !f.has(Flags::PAUSED)).count();
        if active as f64 > KNOWN_S {
            column.resize(range.end, a.value);
        } else if active == range.len() {
            column.extend(range.map(|i| part_way(a.value, b.value, (i as f64 - a.t) / (b.t - a.t))));
        } else {
            let mut done = 0;
            for i in range {
                column.push(part_way(a.value, b.value, f64::from(done) / active.max(1) as f64));
                done += i32::from(!flags[i].has(Flags::PAUSED));
            }
        }
    }
    column.resize(flags.len(), knots.last().map_or(0.0, |k| k.value));
    column
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Not by the last digit of a number either, or an end of a bout lies before its start once both are rounded.
        #[test]
        fn what_only_grows_never_falls(
            steps in vec((1..40_u8, -3.0..3.0_f64), 2..30),
            paused in vec(prop::bool::weighted(0.2), 1..1200),
        ) {
            let (mut t, mut value) = (0.0, 0.0);
            let knots = steps.into_iter().enumerate().map(|(record, (dt, step))| {
                (t, value) = (t + f64::from(dt), value + 10_f64.powf(step));
                Knot { t, value, record }
            });
            let knots: Vec<_> = knots.collect();
            let flags: Vec<_> = paused.into_iter().map(|p| if p { Flags::PAUSED } else { Flags::NONE }).collect();
            let way = fill(&knots, &flags);
            prop_assert!(way.is_sorted() && way.last().is_none_or(|&last| last <= value), "{:?}", way);
        }
    }
}
