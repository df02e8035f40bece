//! How the heart rate rises within one stretch, by its own samples alone.
//!
//! The model of the session knows the shortest stretches better. But real hearts come down more slowly than they go up: in
//! real repetitions of 400 m, whose heart rate rises by a time constant of 27 s, that model asks for 196 bpm where they
//! level off at 178.

use std::ops::Range;

use super::bins::{BIN_S, Bins};
use super::kinetics::DELAYS_S;

/// Time constants of the rise that are tried, in seconds.
const RISES_S: [f64; 10] = [20.0, 25.0, 30.0, 35.0, 41.0, 48.0, 56.0, 65.0, 76.0, 90.0];
/// Bins of a stretch that its own rise needs.
const LEAST_BINS: f64 = 4.0;

/// The curve by which the heart rate of a stretch rises.
pub(super) struct Rise {
    /// Where it is heading, in bpm above the mean.
    pub level: f64,
    /// What the curve leaves, as a sum of squares.
    left: f64,
}

/// Fits the curve of a time constant and a delay to the samples of a stretch.
pub(super) fn own_rise(bins: &Bins, stretch: &Range<usize>, (time_constant_s, delay_s): (f64, f64)) -> Option<Rise> {
    let (start, end) = (stretch.start as f64 + delay_s, stretch.end as f64 + delay_s);
    let first = (start / BIN_S).ceil() as usize;
    let last = ((end / BIN_S) as usize).min(bins.len());
    let kept = (-BIN_S / time_constant_s).exp();
    let mut x = (-((first as f64 + 0.5) * BIN_S - start) / time_constant_s).exp();
    let (mut n, mut x1, mut x2, mut y1, mut y2, mut xy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    for bin in first..last {
        let (known, y) = (bins.known[bin], bins.beats[bin]);
        (n, x1, x2) = (n + known, x1 + known * x, x2 + known * x * x);
        (y1, y2, xy) = (y1 + y, y2 + y * y, xy + x * y);
        x *= kept;
    }
    let spread = n * x2 - x1 * x1;
    if n < LEAST_BINS || spread <= f64::EPSILON * n {
        return None;
    }
    let (level, from) = ((x2 * y1 - x1 * xy) / spread, (n * xy - x1 * y1) / spread);
    Some(Rise { level, left: y2 - level * y1 - from * xy })
}

/// The time constant and the delay by which the heart rate rises within stretches, all stretches together.
pub(super) fn timing(bins: &Bins, stretches: &[Range<usize>]) -> (f64, f64) {
    let timings = RISES_S.iter().flat_map(|&rise_s| DELAYS_S.map(|delay_s| (rise_s, delay_s)));
    let left = |timing: (f64, f64)| {
        stretches.iter().filter_map(|stretch| own_rise(bins, stretch, timing)).map(|rise| rise.left).sum()
    };
    let with_left = timings.map(|timing| (timing, left(timing)));
    with_left.min_by(|a: &((f64, f64), f64), b| a.1.total_cmp(&b.1)).map_or((RISES_S[0], 0.0), |(timing, _)| timing)
}
