//! Device speed comes later than the body: the watch smooths it. Cadence does not, and tells by how much.

use super::{Flags, stretches};

/// The longest lag that is looked for, in seconds.
const LONGEST_S: usize = 10;
/// Changes over this time are compared.
const CHANGE_S: usize = 5;
/// Below this correlation the lag cannot be told.
const LEAST_CORRELATION: f64 = 0.3;
/// So many seconds have to be comparable.
const FEWEST_S: usize = 60;

/// By how many seconds the changes of speed follow those of cadence; `None` where that cannot be told.
pub fn estimate(speed: &[f32], cadence: &[f32]) -> Option<usize> {
    let (dv, dc) = (changes(speed), changes(cadence));
    let correlations = (0..=LONGEST_S.min(dv.len())).map(|lag| correlation(&dv[lag..], &dc));
    let (lag, best) = correlations.enumerate().max_by(|a, b| a.1.total_cmp(&b.1))?;
    (best > LEAST_CORRELATION).then_some(lag)
}

fn changes(column: &[f32]) -> Vec<f32> {
    column.windows(CHANGE_S + 1).map(|w| w[CHANGE_S] - w[0]).collect()
}

/// Pearson's correlation over the pairs of which both are known; 0 with too few of them.
fn correlation(xs: &[f32], ys: &[f32]) -> f64 {
    let (mut n, mut sx, mut sy, mut sxx, mut syy, mut sxy) = (0_usize, 0.0, 0.0, 0.0, 0.0, 0.0);
    for (&x, &y) in xs.iter().zip(ys) {
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

/// Moves speed forward by `lag` seconds within each stretch that is known; the last value of a stretch holds.
pub fn take_out(speed: &mut [f32], flags: &[Flags], lag: usize) {
    for stretch in stretches(flags) {
        let speed = &mut speed[stretch];
        let moved = lag.min(speed.len() - 1);
        let last = speed[speed.len() - 1];
        speed.copy_within(moved.., 0);
        let rest = speed.len() - moved;
        speed[rest..].fill(last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lag_of_a_delayed_copy_is_found_and_taken_out() {
        let body = |i: usize| if (i / 60).is_multiple_of(2) { 1.0 } else { 2.0 };
        let cadence: Vec<f32> = (0..600).map(|i| body(i) * 80.0).collect();
        let mut speed: Vec<f32> = (0..600_usize).map(|i| body(i.saturating_sub(4)) + (i % 3) as f32 * 0.1).collect();
        assert_eq!(estimate(&speed, &cadence), Some(4));
        take_out(&mut speed, &[Flags::NONE; 600], 4);
        assert_eq!(estimate(&speed, &cadence), Some(0));
        assert_eq!(estimate(&speed, &[80.0; 600]), None);
        assert_eq!(estimate(&[], &[]), None);
    }

    #[test]
    fn a_pause_is_no_way_through() {
        let mut flags = [Flags::NONE; 6];
        flags[3] = Flags::PAUSED;
        let mut speed = [1.0, 2.0, 3.0, f32::NAN, 5.0, 6.0];
        take_out(&mut speed, &flags, 2);
        assert_eq!((&speed[..3], &speed[4..]), (&[3.0, 3.0, 3.0][..], &[6.0, 6.0][..]));
    }
}
