//! Lays what the records say out on whole seconds.

use super::Flags;
use super::clock::{Clock, Point};
use crate::model::Record;

/// Up to this long between two values, what lies between is a straight line.
pub const LINEAR_S: f64 = 10.0;
/// Up to this long between two records, the runner did the same throughout: watches that save memory write a record
/// only when something changes. After that nothing is known.
pub const KNOWN_S: f64 = 30.0;
/// Below this interval records are averaged over each second.
const DENSE_S: f64 = 0.5;

/// A value at a time.
#[derive(Debug, Clone, Copy)]
pub struct Knot {
    /// Seconds from the start; rising strictly from knot to knot.
    pub t: f64,
    /// The value.
    pub value: f64,
    /// Which record it is from.
    pub record: usize,
}

/// The value at a share of the way from `a` up to `b`. Rounding would have it a hair beyond `b` at times, and what only
/// grows would then fall by as much.
pub fn part_way(a: f64, b: f64, share: f64) -> f64 {
    (a + (b - a) * share).min(b)
}

/// What holds between two knots further apart than a dropout of [`LINEAR_S`], over which all signals are bridged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Between {
    /// A straight line from one record to the next, up to [`KNOWN_S`], and further where the runner stood still.
    Line,
    /// The earlier value up to the next record, up to [`KNOWN_S`]; not where the runner stood still, for a watch that
    /// falls silent in a stand keeps the step rate of the run before.
    Hold,
    /// Nothing: a heart goes on by itself, whatever the runner does.
    Nothing,
}

/// The values of one signal. Of several in one second of a dense recording (5 to 10 a second) the mean.
pub fn knots(clock: &Clock, get: impl Fn(&Record) -> Option<f64>) -> Vec<Knot> {
    let mut knots: Vec<Knot> = Vec::with_capacity(clock.points.len());
    let dense = clock.interval_s < DENSE_S;
    let mut in_second = 1.0;
    for (record, Point { t, record: source }) in clock.points.iter().enumerate() {
        let (t, Some(value)) = (*t, get(source)) else { continue };
        match knots.last_mut() {
            Some(last) if dense && last.t as u64 == t as u64 => {
                in_second += 1.0;
                last.value += (value - last.value) / in_second;
                last.t += (t - last.t) / in_second;
                last.record = record;
            }
            _ => {
                in_second = 1.0;
                knots.push(Knot { t, value, record });
            }
        }
    }
    knots
}

/// A column of seconds of one signal, NaN where nothing is known.
pub fn column(clock: &Clock, between: Between, get: impl Fn(&Record) -> Option<f64>) -> Vec<f32> {
    if clock.interval_s < DENSE_S {
        return fill(knots(clock, get), clock, between);
    }
    let points = clock.points.iter().enumerate();
    let knots = points.filter_map(|(record, point)| Some(Knot { t: point.t, value: get(point.record)?, record }));
    fill(knots, clock, between)
}

/// A column of seconds through the knots, NaN where nothing is known.
pub fn fill(knots: impl IntoIterator<Item = Knot>, clock: &Clock, between: Between) -> Vec<f32> {
    let mut knots = knots.into_iter();
    let len = clock.n_seconds();
    let mut column = vec![f32::NAN; len];
    let Some(first) = knots.next() else { return column };
    column[seconds(first.t - LINEAR_S, first.t, len)].fill(first.value as f32);
    let mut i = seconds(0.0, first.t, len).end;
    let mut a = first;
    for b in knots {
        // Nearly all records are a second after the one before, on whole seconds.
        if a.t >= i as f64
            && b.t <= (i + 1) as f64
            && let Some(x) = column.get_mut(i)
        {
            *x = a.value as f32;
            i += 1;
        } else {
            i = draw(&mut column, i, a, b, clock, between);
        }
        a = b;
    }
    column[seconds(a.t, a.t + LINEAR_S, len)].fill(a.value as f32);
    column
}

/// Fills the seconds from `i` up to a knot by the knot before it and returns the first one behind them.
fn draw(column: &mut [f32], mut i: usize, a: Knot, b: Knot, clock: &Clock, between: Between) -> usize {
    let dt = b.t - a.t;
    let known = dt <= LINEAR_S || is_known(a, b, clock, between);
    let slope = if between == Between::Hold { 0.0 } else { (b.value - a.value) / dt };
    // Where nothing is known in between, each value stands for its own second at least.
    let end = if known { b.t } else { a.t + 1.0 };
    while i < column.len() && (i as f64) < b.t {
        if (i as f64) < end {
            column[i] = (a.value + if known { slope * (i as f64 - a.t) } else { 0.0 }) as f32;
        }
        i += 1;
    }
    i
}

/// True when a signal is known between two knots that are more than [`LINEAR_S`] apart.
fn is_known(a: Knot, b: Knot, clock: &Clock, between: Between) -> bool {
    let are_neighbours = b.record <= a.record + 1;
    let stood_still = || clock.stood_still(a.record, b.record);
    are_neighbours
        && match between {
            Between::Line => b.t - a.t <= KNOWN_S || stood_still(),
            Between::Hold => b.t - a.t <= KNOWN_S && !stood_still(),
            Between::Nothing => false,
        }
}

/// Takes out the seconds in which the timer stood still or nothing was recorded.
pub fn clear_unrecorded(column: &mut [f32], flags: &[Flags]) {
    for (x, flag) in column.iter_mut().zip(flags) {
        if flag.has(Flags::PAUSED) || flag.has(Flags::GAP) {
            *x = f32::NAN;
        }
    }
}

/// The whole seconds in `[from, to)`.
pub fn seconds(from: f64, to: f64, len: usize) -> std::ops::Range<usize> {
    let end = ceil(to).min(len);
    ceil(from).min(end)..end
}

/// The whole second at or after `t`, and no less than zero. Without a call, as `f64::ceil` is one on most processors.
fn ceil(t: f64) -> usize {
    let second = t as usize;
    second + usize::from((second as f64) < t)
}
