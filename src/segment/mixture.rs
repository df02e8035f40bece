//! Tells from speed alone whether a session holds two gaits: two peaks of ln(speed) with a gap between.
//!
//! People who may run and walk as they like leave a gap between the speeds of the two (Baker, Long and Srinivasan,
//! arXiv 2501.00720). Where there is no gap, speed cannot tell where walking ends, and we do not pretend that it can.

use crate::timeline::{AltitudeSource, Timeline};

/// Slower than this is not on the move, in m/s.
pub(super) const MOVING: f32 = 0.6;
/// Every fifth second is enough, and neighbours are not independent.
const EVERY: usize = 5;
/// Seconds to either side that make up the speed of a sample.
const AROUND: usize = 7;
/// Slope from which a speed says as much of the slope as of the gait.
const STEEP: f64 = 0.05;
/// A peak is at least this wide, as a standard deviation of ln(speed).
const NARROWEST: f64 = 0.03;

/// Some walk as fast as this for long, in m/s. Our choice.
const BRISK_WALK: f64 = 1.9;

/// Walking and running speed in m/s, where the session shows both.
///
/// All must hold: two peaks explain the speeds better than one (BIC by more than 10), they are apart (Ashman's D of at
/// least 2.5) and a third or more in speed, each holds 8 % of the time, the slower is below 1.8 m/s, for who jogs between
/// faster efforts shows two speeds, too, and the faster above 1.7 m/s. Below [`BRISK_WALK`] each holds 20 %: who walks
/// at 1.75 m/s and dawdles now and then is no runner.
pub(super) fn two_speeds(timeline: &Timeline) -> Option<(f64, f64)> {
    // Satellite altitude knows the longest hills only: leaving them out leaves the rest no flatter.
    let by_satellite = timeline.signals.altitude == AltitudeSource::Gps;
    let mut logs: Vec<f64> = (0..timeline.len())
        .step_by(EVERY)
        .filter(|&i| by_satellite || timeline.grade.get(i).is_none_or(|grade| grade.abs() < STEEP))
        .filter_map(|i| median_around(timeline.speed.as_slice(), i))
        .filter(|&v| v > MOVING)
        .map(|v| f64::from(v).ln())
        .collect();
    if logs.len() < 20 {
        return None;
    }
    logs.sort_unstable_by(f64::total_cmp);
    let one = Peak::of(&logs);
    let (slow, fast) = fit(&logs);
    let likelihood = |x: f64| (slow.density(x) + fast.density(x)).max(1e-300).ln();
    let gain: f64 = logs.iter().map(|&x| likelihood(x) - one.density(x).max(1e-300).ln()).sum();
    let better = 2.0 * gain - 3.0 * (logs.len() as f64).ln();
    let apart = (fast.mean - slow.mean) / f64::midpoint(slow.sd.powi(2), fast.sd.powi(2)).sqrt();
    let (walk, run) = (slow.mean.exp(), fast.mean.exp());
    let is_two = better > 10.0
        && apart >= 2.5
        && run >= 1.3 * walk
        && slow.weight.min(fast.weight) >= if run < BRISK_WALK { 0.2 } else { 0.08 }
        && walk < 1.8
        && run > 1.7;
    is_two.then_some((walk, run))
}

/// Median of the speeds within [`AROUND`] seconds: the errors of a receiver last for seconds, bouts for longer.
fn median_around(speed: &[f32], i: usize) -> Option<f32> {
    let mut window = [0.0; 2 * AROUND + 1];
    let mut n = 0;
    for &v in speed[i.saturating_sub(AROUND)..(i + AROUND + 1).min(speed.len())].iter().filter(|v| v.is_finite()) {
        window[n] = v;
        n += 1;
    }
    window[..n].sort_unstable_by(f32::total_cmp);
    window[..n].get(n / 2).copied()
}

#[derive(Debug, Clone, Copy)]
struct Peak {
    weight: f64,
    mean: f64,
    sd: f64,
}

impl Peak {
    fn of(logs: &[f64]) -> Self {
        let n = logs.len() as f64;
        let mean = logs.iter().sum::<f64>() / n;
        let variance = logs.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n;
        Self { weight: 1.0, mean, sd: variance.sqrt().max(NARROWEST) }
    }

    fn density(&self, x: f64) -> f64 {
        let z = (x - self.mean) / self.sd;
        self.weight * (-0.5 * z * z).exp() / (self.sd * (2.0 * std::f64::consts::PI).sqrt())
    }
}

/// Two normal peaks by expectation and maximisation, from the threshold of Otsu (IEEE Trans SMC 1979;9:62): a start
/// from percentiles collapses when one gait is short.
fn fit(sorted: &[f64]) -> (Peak, Peak) {
    let n = sorted.len() as f64;
    let cut = otsu(sorted);
    let part = |logs: &[f64]| Peak { weight: logs.len() as f64 / n, ..Peak::of(logs) };
    let (mut slow, mut fast) = (part(&sorted[..cut]), part(&sorted[cut..]));
    for _ in 0..100 {
        let before = (slow.mean, fast.mean);
        let mut sums = [[0.0; 3]; 2];
        for &x in sorted {
            let (s, f) = (slow.density(x), fast.density(x));
            let share = if s + f > 0.0 { s / (s + f) } else { 0.5 };
            for (sum, share) in sums.iter_mut().zip([share, 1.0 - share]) {
                sum[0] += share;
                sum[1] += share * x;
                sum[2] += share * x * x;
            }
        }
        let peak = |[w, x, xx]: [f64; 3]| {
            let w = w.max(1e-9);
            let mean = x / w;
            Peak { weight: w / n, mean, sd: (xx / w - mean * mean).max(0.0).sqrt().max(NARROWEST) }
        };
        (slow, fast) = (peak(sums[0]), peak(sums[1]));
        if (slow.mean - before.0).abs() + (fast.mean - before.1).abs() < 1e-6 {
            break;
        }
    }
    if slow.mean <= fast.mean { (slow, fast) } else { (fast, slow) }
}

/// Where to cut sorted samples so that the two parts differ most; at least one sample on either side.
fn otsu(sorted: &[f64]) -> usize {
    let total: f64 = sorted.iter().sum();
    let mut below = 0.0;
    let mut best = (f64::NEG_INFINITY, 1);
    for (i, x) in sorted.iter().enumerate().take(sorted.len() - 1) {
        below += x;
        let (n_below, n_above) = ((i + 1) as f64, (sorted.len() - i - 1) as f64);
        let between = n_below * n_above * (below / n_below - (total - below) / n_above).powi(2);
        if between > best.0 {
            best = (between, i + 1);
        }
    }
    best.1
}
