//! Brings speed and distance into step with the cadence.
//!
//! A watch smooths what it shows, each signal by another time. Over 100 runs of Garmin, Coros and Suunto watches the
//! speed changes 1 s after the cadence (quartiles 0 and 2 s), but distance and positions change 3 s before it: it is
//! the cadence that is late. The watch's own detection of running and walking is in step with the cadence, and bouts
//! are cut by it, so the cadence is the clock that the others are moved to.

use super::resample::part_way;
use super::smooth::dot;
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
const LEAST_CORRELATION: f32 = 0.3;
/// So many seconds have to hold a change of both.
const FEWEST_S: usize = 20;

/// By how many seconds the changes of a column follow those of the cadence; `None` where that cannot be told.
pub fn estimate(column: &[f32], cadence: &[f32]) -> Option<i32> {
    let (of_column, of_cadence) = (changes(column), changes(cadence));
    let n = of_column.len();
    let comparable = of_column.iter().zip(&of_cadence).filter(|&(&x, &y)| x != 0.0 && y != 0.0).count();
    let scale = (dot(&of_column, &of_column) * dot(&of_cadence, &of_cadence)).sqrt();
    if comparable < FEWEST_S || scale <= 0.0 {
        return None;
    }
    let correlation = |lag: i32| {
        let behind = (lag.max(0) as usize).min(n);
        let ahead = (lag.min(0).unsigned_abs() as usize).min(n);
        dot(&of_column[behind..n - ahead], &of_cadence[ahead..n - behind]) / scale
    };
    let (lag, best) = LAGS_S.map(|lag| (lag, correlation(lag))).max_by(|a, b| a.1.total_cmp(&b.1))?;
    (best > LEAST_CORRELATION).then_some(lag)
}

/// Changes over [`CHANGE_S`]; none where one of the two values is missing. Their mean is nothing, so that sums of
/// products are correlations.
fn changes(column: &[f32]) -> Vec<f32> {
    let change = |w: &[f32]| w[CHANGE_S] - w[0];
    column.windows(CHANGE_S + 1).map(|w| if change(w).is_finite() { change(w) } else { 0.0 }).collect()
}

/// Takes a lag out of a column, within each stretch that is known; the value at the edge of a stretch holds.
pub fn take_out<T: Copy>(column: &mut [T], flags: &[Flags], lag: i32) {
    for stretch in stretches(flags) {
        shift(&mut column[stretch], lag);
    }
}

fn shift<T: Copy>(column: &mut [T], lag: i32) {
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

/// Takes a lag out of the way covered, `total` at its end. Each stretch keeps its way as a whole: what the shift pushes
/// over one of its ends is spread over [`settles_in`] seconds there.
pub fn take_out_of_way(way: &mut [f64], total: f64, flags: &[Flags], lag: i32) {
    if lag == 0 {
        return;
    }
    for stretch in stretches(flags) {
        let (start, end) = (way[stretch.start], way.get(stretch.end).copied().unwrap_or(total));
        let way = &mut way[stretch];
        shift(way, lag);
        let n = way.len();
        let ramp = settles_in(lag).min(n);
        if lag > 0 {
            let to = way.get(ramp).copied().unwrap_or(end);
            for (i, meters) in way[..ramp].iter_mut().enumerate() {
                *meters = part_way(start, to, i as f64 / ramp as f64);
            }
        } else {
            let from = way[n - ramp];
            for (i, meters) in way[n - ramp..].iter_mut().enumerate() {
                *meters = part_way(from, end, i as f64 / ramp as f64);
            }
        }
    }
}

/// Over how many seconds the way catches up that a lag had pushed over the edge of a stretch: with the lag itself three
/// times the lag, so that nobody seems to run at twice the speed.
pub fn settles_in(lag: i32) -> usize {
    2 * lag.unsigned_abs() as usize
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

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
    fn each_stretch_keeps_its_way() {
        let mut flags = [Flags::NONE; 41];
        flags[20] = Flags::PAUSED;
        let way = |i: usize| if i <= 20 { 2.0 * i as f64 } else { 2.0 * (i - 1) as f64 };
        for lag in [3, -3, 0, 60, -60] {
            let mut column: Vec<f64> = (0..41).map(way).collect();
            take_out_of_way(&mut column, 80.0, &flags, lag);
            assert_eq!((column[0], column[20], column[21]), (0.0, 40.0, 40.0), "{lag}");
            assert!(column.windows(2).all(|w| w[0] <= w[1]) && column[40] <= 80.0, "{lag}: {column:?}");
            if lag.abs() == 3 {
                assert!((column[10] - (20.0 + 2.0 * f64::from(lag))).abs() < 1e-9, "{column:?}");
            }
        }
    }

    proptest! {
        /// Not by the last digit of a number either, or an end of a bout lies before its start once both are rounded.
        #[test]
        fn the_way_only_grows(steps in vec((-3.0..3.0_f64, prop::bool::weighted(0.1)), 1..60), lag in LAGS_S) {
            let mut total = 0.0;
            let mut way = Vec::new();
            for (step, paused) in &steps {
                way.push(total);
                total += if *paused { 0.0 } else { 10_f64.powf(*step) };
            }
            let flag = |&(_, paused): &_| if paused { Flags::PAUSED } else { Flags::NONE };
            let flags: Vec<_> = steps.iter().map(flag).collect();
            take_out_of_way(&mut way, total, &flags, lag);
            prop_assert!(way.is_sorted() && way.last().is_none_or(|&last| last <= total), "{:?} of {}", way, total);
        }
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
