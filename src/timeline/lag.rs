//! Brings speed and distance into step with the cadence.
//!
//! A watch smooths what it shows, each signal by another time. Over 100 runs of Garmin, Coros and Suunto watches the
//! speed changes 1 s after the cadence (quartiles 0 and 2 s), but distance and positions change 3 s before it: it is
//! the cadence that is late. The watch's own detection of running and walking is in step with the cadence, and bouts
//! are cut by it, so the cadence is the clock that the others are moved to.

use super::{Flags, stretches};

/// The lags that are looked for, in seconds. Negative: the signal comes before the cadence.
const LAGS_S: std::ops::RangeInclusive<i32> = -6..=10;
/// Lag of the watch's own speed behind the cadence where it cannot be measured: the median of real files.
pub const SPEED_LAG_S: i32 = 1;
/// Lag of distance and positions: they come first.
pub const DISTANCE_LAG_S: i32 = -3;
/// Lag of the watch's own speed behind the body, for files without cadence: the sum of both.
pub const SPEED_BEHIND_BODY_S: i32 = SPEED_LAG_S - DISTANCE_LAG_S;
/// Changes over this time are compared.
const CHANGE_S: usize = 5;
/// Below this correlation the lag cannot be told. Our choice.
const LEAST_CORRELATION: f64 = 0.3;
/// So many seconds have to be comparable.
const FEWEST_S: usize = 60;
/// So many comparisons are enough.
const ENOUGH: usize = 2000;

/// By how many seconds the changes of a column follow those of the cadence; `None` where that cannot be told.
pub fn estimate(column: &[f32], cadence: &[f32]) -> Option<i32> {
    let (dv, dc) = (changes(column), changes(cadence));
    let at = |lag: i32| {
        let behind = (lag.max(0) as usize).min(dv.len());
        let ahead = ((-lag).max(0) as usize).min(dc.len());
        correlation(&dv[behind..], &dc[ahead..])
    };
    let (lag, best) = LAGS_S.map(|lag| (lag, at(lag))).max_by(|a, b| a.1.total_cmp(&b.1))?;
    (best > LEAST_CORRELATION).then_some(lag)
}

fn changes(column: &[f32]) -> Vec<f32> {
    column.windows(CHANGE_S + 1).map(|w| w[CHANGE_S] - w[0]).collect()
}

/// Pearson's correlation over the pairs of which both are known; 0 with too few of them.
fn correlation(xs: &[f32], ys: &[f32]) -> f64 {
    let pairs = xs.len().min(ys.len());
    let (mut n, mut sx, mut sy, mut sxx, mut syy, mut sxy) = (0_usize, 0.0, 0.0, 0.0, 0.0, 0.0);
    for (&x, &y) in xs.iter().zip(ys).step_by((pairs / ENOUGH).max(1)) {
        if x.is_finite() && y.is_finite() {
            let (x, y) = (f64::from(x), f64::from(y));
            n += 1;
            sx += x;
            sy += y;
            sxx += x * x;
            syy += y * y;
            sxy += x * y;
        }
    }
    let count = n as f64;
    let (vx, vy) = (sxx - sx * sx / count, syy - sy * sy / count);
    if n < FEWEST_S || vx <= 1e-9 || vy <= 1e-9 { 0.0 } else { (sxy - sx * sy / count) / (vx * vy).sqrt() }
}

/// Takes a lag out of a column, within each stretch that is known; the value at the edge of a stretch holds.
pub fn take_out<T: Copy>(column: &mut [T], flags: &[Flags], lag: i32) {
    for stretch in stretches(flags) {
        let column = &mut column[stretch];
        let n = column.len();
        let by = (lag.unsigned_abs() as usize).min(n - 1);
        if lag >= 0 {
            let last = column[n - 1];
            column.copy_within(by.., 0);
            column[n - by..].fill(last);
        } else {
            let first = column[0];
            column.copy_within(..n - by, by);
            column[..by].fill(first);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lag_of_a_delayed_copy_is_found_and_taken_out() {
        let body = |i: usize| if (i / 60).is_multiple_of(2) { 1.0 } else { 2.0 };
        let cadence: Vec<f32> = (0..600).map(|i| body(i) * 80.0).collect();
        for lag in [4, 0, -3_i32] {
            let when = |i: i32| (i - lag).max(0) as usize;
            let mut speed: Vec<f32> = (0..600).map(|i| body(when(i)) + (i % 3) as f32 * 0.1).collect();
            assert_eq!(estimate(&speed, &cadence), Some(lag));
            take_out(&mut speed, &[Flags::NONE; 600], lag);
            assert_eq!(estimate(&speed, &cadence), Some(0));
            assert_eq!(estimate(&speed, &[80.0; 600]), None);
        }
        assert_eq!(estimate(&[], &[]), None);
    }

    #[test]
    fn a_pause_is_no_way_through() {
        let mut flags = [Flags::NONE; 7];
        flags[3] = Flags::PAUSED;
        let mut column = [1, 2, 3, 0, 5, 6, 7];
        take_out(&mut column, &flags, 2);
        assert_eq!(column, [3, 3, 3, 0, 7, 7, 7]);
        let mut column = [1, 2, 3, 0, 5, 6, 7];
        take_out(&mut column, &flags, -2);
        assert_eq!(column, [1, 1, 1, 0, 5, 5, 5]);
    }
}
