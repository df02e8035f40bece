//! How the heart rate rises within one stretch, by its own samples alone.
//!
//! The model of the session knows the shortest stretches better. But real hearts come down more slowly than they go up: in
//! real repetitions of 400 m, whose heart rate rises by a time constant of 27 s, that model asks for 196 bpm where they
//! level off at 178.

use std::ops::Range;

use super::bins::{BIN_S, Bins};

/// Time constants of the rise that are tried, in seconds.
const RISES_S: [f64; 10] = [20.0, 25.0, 30.0, 35.0, 41.0, 48.0, 56.0, 65.0, 76.0, 90.0];
/// So many at once, which divides their number: the sums of more would not stay in registers.
const AT_ONCE: usize = 2;
/// Delays of the sensor that are tried, in seconds.
pub(super) const DELAYS_S: [f64; 4] = [0.0, 5.0, 10.0, 15.0];
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
    let [rise] = own_rises(bins, stretch, &Constants::of([time_constant_s]), delay_s);
    rise
}

/// Time constants that are tried side by side.
struct Constants<const N: usize> {
    seconds: [f64; N],
    /// What each keeps of a difference in a bin.
    kept: [f64; N],
}

impl<const N: usize> Constants<N> {
    fn of(seconds: [f64; N]) -> Self {
        Self { seconds, kept: seconds.map(|seconds| (-BIN_S / seconds).exp()) }
    }
}

/// The same for several time constants at once: as many as the processor keeps the sums of.
fn own_rises<const N: usize>(
    bins: &Bins,
    stretch: &Range<usize>,
    constants: &Constants<N>,
    delay_s: f64,
) -> [Option<Rise>; N] {
    let (start, end) = (stretch.start as f64 + delay_s, stretch.end as f64 + delay_s);
    let first = (start / BIN_S).ceil() as usize;
    let last = ((end / BIN_S) as usize).min(bins.len());
    let mut x = constants.seconds.map(|seconds| (-((first as f64 + 0.5) * BIN_S - start) / seconds).exp());
    let kept = constants.kept;
    let (mut n, mut y1, mut y2) = (0.0, 0.0, 0.0);
    let (mut x1, mut x2, mut xy) = ([0.0; N], [0.0; N], [0.0; N]);
    let within = first.min(last)..last;
    for (&known, &y) in bins.known[within.clone()].iter().zip(&bins.beats[within]) {
        (n, y1, y2) = (n + known, y1 + y, y2 + y * y);
        for k in 0..N {
            let now = known * x[k];
            x1[k] += now;
            x2[k] += now * x[k];
            xy[k] += x[k] * y;
            x[k] *= kept[k];
        }
    }
    std::array::from_fn(|k| {
        let (x1, x2, xy) = (x1[k], x2[k], xy[k]);
        let spread = n * x2 - x1 * x1;
        if n < LEAST_BINS || spread <= f64::EPSILON * n {
            return None;
        }
        let (level, from) = ((x2 * y1 - x1 * xy) / spread, (n * xy - x1 * y1) / spread);
        Some(Rise { level, left: y2 - level * y1 - from * xy })
    })
}

/// The time constant and the delay by which the heart rate rises within stretches, all stretches together.
pub(super) fn timing(bins: &Bins, stretches: &[Range<usize>]) -> (f64, f64) {
    let mut left = [[-0.0; DELAYS_S.len()]; RISES_S.len()];
    for (some, left) in RISES_S.as_chunks::<AT_ONCE>().0.iter().zip(left.chunks_mut(AT_ONCE)) {
        let constants = Constants::of(*some);
        for (at, delay_s) in DELAYS_S.into_iter().enumerate() {
            for stretch in stretches {
                for (left, rise) in left.iter_mut().zip(own_rises(bins, stretch, &constants, delay_s)) {
                    left[at] += rise.map_or(-0.0, |rise| rise.left);
                }
            }
        }
    }
    let timings = RISES_S.into_iter().zip(left);
    let timings = timings.flat_map(|(rise_s, left)| {
        DELAYS_S.into_iter().zip(left).map(move |(delay_s, left)| ((rise_s, delay_s), left))
    });
    timings.min_by(|a, b| a.1.total_cmp(&b.1)).map_or((RISES_S[0], 0.0), |(timing, _)| timing)
}
