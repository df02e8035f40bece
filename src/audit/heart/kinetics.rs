//! Fits a model of the heart to a whole session, and reads the demand of each stretch off it.
//!
//! Heart rate is a walking level, what is left of the start, a trend, and the first-order response to each stretch of
//! running, with a gain of its own. Time constant and delay are found first, with one gain for all stretches; then the
//! gains are solved for at that timing alone. So an hour takes a quarter of a millisecond.

use std::ops::Range;
use std::{array, iter};

use super::bins::{BIN_S, Bins, trend};
use super::linear::{dot, solved};
use super::rise::{self, DELAYS_S};

/// Delay from which a sensor is too late for single bouts, in seconds. Our choice, for optical sensors.
pub(super) const LATE_S: f64 = DELAYS_S[3];
/// Time constants that are tried, in seconds; the best time constant is refined by the step.
const TIME_CONSTANTS_S: [f64; 5] = [30.0, 42.0, 55.0, 70.0, 85.0];
const REFINE_S: f64 = 5.0;
const ROUNDS: usize = 2;
/// How strongly the gains of single stretches are held together, and a trace that keeps every sum solvable.
const RIDGE: f64 = 2.0 / BIN_S;
const TRACE: f64 = 1e-3;
/// Stretches that are needed, the least length of one in seconds, and how many are too many to solve for.
const LEAST_UNITS: usize = 4;
const LEAST_UNIT_S: usize = 20;
const MOST_UNITS: usize = 100;
/// What the model may leave, as a standard deviation in bpm. Our choice.
const MOST_RESIDUAL_SD: f64 = 6.0;
/// Lengths in seconds between which a stretch goes over from the model of the session to its own rise.
const ALONE_S: (f64, f64) = (15.0, 60.0);
/// Share of a session and of a stretch whose heart rate must be known.
const LEAST_KNOWN: f64 = 0.5;

/// What the model says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fit {
    /// For each stretch: the heart rate in bpm at which it would settle at that time.
    pub demand: Vec<Option<f64>>,
    /// Rise in bpm in ten minutes at unchanged effort.
    pub drift: f64,
    /// How fast the heart follows, in seconds.
    pub time_constant_s: f64,
    /// How long it takes to begin to follow, in seconds.
    pub delay_s: f64,
    /// Standard deviation of what the model leaves, in bpm.
    pub residual_sd: f64,
}

/// Fits the model, or `None` where there are too few stretches or it does not describe the session.
///
/// `beats` is heart rate a second, NaN where it is missing.
pub(super) fn fit(beats: &[f32], stretches: &[Range<usize>]) -> Option<Fit> {
    let n_long = stretches.iter().filter(|stretch| stretch.len() >= LEAST_UNIT_S).count();
    if n_long < LEAST_UNITS || stretches.len() > MOST_UNITS {
        return None;
    }
    let bins = Bins::new(beats);
    if (bins.n_known as f64) < LEAST_KNOWN * bins.beats.len() as f64 {
        return None;
    }
    // The timing is found with equal gains first, and again with the gains that came of it.
    let mut weights = vec![1.0; stretches.len()];
    let mut starts = Starts::of(&bins);
    let (mut time_constant_s, mut delay_s) = timing(&bins, stretches, &weights, None, &mut starts);
    let mut solution = gains(&bins, stretches, time_constant_s, delay_s)?;
    for _ in 0..ROUNDS {
        let (of_all, own) = (solution.0[RUNNING], &solution.0[N_COMMON..]);
        weights = own.iter().map(|own| (of_all + own).max(0.0)).collect();
        let next = timing(&bins, stretches, &weights, Some((time_constant_s, delay_s)), &mut starts);
        // The gains rest on the timing alone: the same timing has the same gains, and they the same timing again.
        if next == (time_constant_s, delay_s) {
            break;
        }
        (time_constant_s, delay_s) = next;
        solution = gains(&bins, stretches, time_constant_s, delay_s)?;
    }
    let (gains, residual_sd) = solution;
    if residual_sd > MOST_RESIDUAL_SD {
        return None;
    }
    let timing_of_rise = rise::timing(&bins, stretches);
    let of_stretch = |(stretch, own): (&Range<usize>, &f64)| {
        let known = beats[stretch.clone()].iter().filter(|bpm| bpm.is_finite()).count();
        let enough = stretch.len() >= LEAST_UNIT_S && known as f64 >= LEAST_KNOWN * stretch.len() as f64;
        let trend = gains[TREND] * trend(stretch.start.midpoint(stretch.end) as f64, bins.len());
        let of_session = bins.mean + gains[LEVEL] + trend + gains[RUNNING] + own;
        let of_itself =
            rise::own_rise(&bins, stretch, timing_of_rise).map_or(of_session, |rise| bins.mean + rise.level);
        let weight = ((stretch.len() as f64 - ALONE_S.0) / (ALONE_S.1 - ALONE_S.0)).clamp(0.0, 1.0);
        enough.then_some(of_session + weight * (of_itself - of_session))
    };
    let demand = stretches.iter().zip(&gains[N_COMMON..]).map(of_stretch).collect();
    Some(Fit { demand, drift: gains[TREND], time_constant_s, delay_s, residual_sd })
}

/// The columns that all stretches share, what is left of the start being the one without a name.
const LEVEL: usize = 0;
const TREND: usize = 2;
const RUNNING: usize = 3;
const N_COMMON: usize = 4;

/// The timing around another that explains the session best, with gains in the proportion of the weights.
///
/// Without one to begin with, the whole grid is tried first.
fn timing(
    bins: &Bins,
    stretches: &[Range<usize>],
    weights: &[f64],
    near: Option<(f64, f64)>,
    starts: &mut Starts,
) -> (f64, f64) {
    let mut best = (f64::INFINITY, near.unwrap_or_default());
    let (coarse, delay_s) = near.unwrap_or_else(|| {
        let of_grid = TIME_CONSTANTS_S.map(|time_constant_s| starts.at(bins, time_constant_s));
        for delay_s in DELAYS_S {
            let shares = shares_of_all(stretches, weights, delay_s, bins.len());
            attempt(bins, &shares, (starts, &of_grid), delay_s, &mut best);
        }
        best.1
    });
    let around = [coarse - REFINE_S, coarse, coarse + REFINE_S];
    let around = around.map(|time_constant_s| starts.at(bins, time_constant_s));
    let is_next = |other: &f64| (f64::EPSILON..=REFINE_S).contains(&(other - delay_s).abs());
    let others = DELAYS_S.into_iter().filter(|other| near.is_some() && is_next(other));
    for delay_s in iter::once(delay_s).chain(others) {
        let shares = shares_of_all(stretches, weights, delay_s, bins.len());
        attempt(bins, &shares, (starts, &around), delay_s, &mut best);
    }
    best.1
}

/// Keeps the best of several time constants at one delay where it is better than the best so far.
fn attempt<const N: usize>(
    bins: &Bins,
    shares: &[f64],
    (starts, of): (&Starts, &[Start; N]),
    delay_s: f64,
    best: &mut (f64, (f64, f64)),
) {
    for (left, start) in left_with_one_gain(bins, shares, starts, of).into_iter().zip(of) {
        if left < best.0 {
            *best = (left, (start.time_constant_s, delay_s));
        }
    }
}

/// What is the same whatever the delay: all sums of products without the running.
struct Starts {
    /// The products of the trend with the level, itself and the heart rate.
    trend_sums: [f64; 3],
    /// The product of the level with the heart rate.
    level_sum: f64,
    /// The time constants that were asked for.
    asked: Vec<Start>,
}

/// What is left of the start at one time constant.
#[derive(Debug, Clone, Copy)]
struct Start {
    time_constant_s: f64,
    /// Its products with the level, itself, the trend and the heart rate.
    sums: [f64; 4],
}

impl Starts {
    fn of(bins: &Bins) -> Self {
        let (mut trend_sums, mut level_sum) = ([0.0; 3], 0.0);
        for ((&known, &trend), &beats) in bins.known.iter().zip(&bins.trend).zip(&bins.beats) {
            for (sum, other) in trend_sums.iter_mut().zip([known, trend, beats]) {
                *sum += trend * other;
            }
            level_sum += known * beats;
        }
        Self { trend_sums, level_sum, asked: Vec::new() }
    }

    fn at(&mut self, bins: &Bins, time_constant_s: f64) -> Start {
        let is_asked = |start: &&Start| start.time_constant_s.to_bits() == time_constant_s.to_bits();
        if let Some(start) = self.asked.iter().find(is_asked) {
            return *start;
        }
        let mut sums = [0.0; 4];
        let columns = bins.start(time_constant_s).zip(&bins.known).zip(&bins.trend).zip(&bins.beats);
        for (((start, &known), &trend), &beats) in columns {
            for (sum, other) in sums.iter_mut().zip([known, start, trend, beats]) {
                *sum += start * other;
            }
        }
        let start = Start { time_constant_s, sums };
        self.asked.push(start);
        start
    }
}

/// What each of several time constants leaves with one gain for all stretches, as a sum of squares less a constant.
///
/// One pass without a column in memory, because it is asked for dozens of times; several side by side, because the
/// processor works out two or more at once.
fn left_with_one_gain<const N: usize>(bins: &Bins, shares: &[f64], starts: &Starts, of: &[Start; N]) -> [f64; N] {
    let kept: [f64; N] = of.map(|start| (-BIN_S / start.time_constant_s).exp());
    let kept_on_average: [f64; N] = array::from_fn(|k| of[k].time_constant_s / BIN_S * (1.0 - kept[k]));
    let mut start: [f64; N] = of.map(|start| Bins::first_start(start.time_constant_s));
    let mut state = [0.0; N];
    // Products with level, start, trend, itself and the heart rate.
    let mut sums = [[0.0; N]; 5];
    let columns = bins.known.iter().zip(&bins.trend).zip(&bins.beats).zip(shares);
    for (((&known, &trend), &beats), &running) in columns {
        for k in 0..N {
            let away = state[k] - running;
            let response = known * (running + away * kept_on_average[k]);
            state[k] = running + away * kept[k];
            sums[0][k] += response * known;
            sums[1][k] += response * (known * start[k]);
            sums[2][k] += response * trend;
            sums[3][k] += response * response;
            sums[4][k] += response * beats;
            start[k] *= kept[k];
        }
    }
    array::from_fn(|k| {
        let Start { sums: of_start, .. } = of[k];
        let (n, trend) = (bins.n_known as f64, starts.trend_sums);
        #[rustfmt::skip]
        let squares = vec![
            n + TRACE, 0.0, 0.0, 0.0,
            of_start[0], of_start[1] + TRACE, 0.0, 0.0,
            trend[0], of_start[2], trend[1] + TRACE, 0.0,
            sums[0][k], sums[1][k], sums[2][k], sums[3][k] + TRACE,
        ];
        let products = [starts.level_sum, of_start[3], trend[2], sums[4][k]];
        let Some(gains) = solved(squares, products.to_vec()) else { return f64::INFINITY };
        -dot(&gains, &products) - TRACE * dot(&gains, &gains)
    })
}

/// Gains of the common columns and of each stretch, and the standard deviation of what is left.
fn gains(bins: &Bins, stretches: &[Range<usize>], time_constant_s: f64, delay_s: f64) -> Option<(Vec<f64>, f64)> {
    // After seven time constants a thousandth is left.
    let tail = (7.0 * time_constant_s / BIN_S) as usize;
    let own: Vec<Column> = stretches
        .iter()
        .map(|stretch| {
            let (first, mut shares) = shares(stretch, delay_s, bins.len());
            shares.resize((shares.len() + tail).min(bins.len() - first), 0.0);
            Column { first, values: responses(&shares, &bins.known[first..], time_constant_s) }
        })
        .collect();
    let all = shares_of_all(stretches, &vec![1.0; stretches.len()], delay_s, bins.len());
    let start: Vec<f64> = bins.start(time_constant_s).collect();
    let running = responses(&all, &bins.known, time_constant_s);
    let common = [&bins.known, &start, &bins.trend, &running];
    solve(&common.map(Vec::as_slice), &own, bins)
}

/// A column that is zero but for a stretch.
struct Column {
    first: usize,
    values: Vec<f64>,
}

impl Column {
    fn dot(&self, whole: &[f64]) -> f64 {
        dot(&self.values, &whole[self.first.min(whole.len())..])
    }

    /// The product with a column that does not begin later.
    fn dot_earlier(&self, earlier: &Self) -> f64 {
        earlier.values.get(self.first - earlier.first..).map_or(0.0, |values| dot(&self.values, values))
    }
}

/// Solves for the gains of all columns: least squares with a ridge on the stretches' own.
fn solve(common: &[&[f64]; N_COMMON], own: &[Column], bins: &Bins) -> Option<(Vec<f64>, f64)> {
    let n = N_COMMON + own.len();
    let mut squares = vec![0.0; n * n];
    let mut products = vec![0.0; n];
    for (i, column) in common.iter().enumerate() {
        for (j, other) in common[..=i].iter().enumerate() {
            squares[i * n + j] = dot(column, other);
        }
        squares[i * n + i] += TRACE;
        products[i] = dot(column, &bins.beats);
    }
    for (i, column) in own.iter().enumerate() {
        let row = (N_COMMON + i) * n;
        for (j, other) in common.iter().enumerate() {
            squares[row + j] = column.dot(other);
        }
        for (j, other) in own[..=i].iter().enumerate() {
            squares[row + N_COMMON + j] = column.dot_earlier(other);
        }
        squares[row + N_COMMON + i] += RIDGE;
        products[N_COMMON + i] = column.dot(&bins.beats);
    }
    let gains = solved(squares, products.clone())?;
    let held =
        TRACE * dot(&gains[..N_COMMON], &gains[..N_COMMON]) + RIDGE * dot(&gains[N_COMMON..], &gains[N_COMMON..]);
    let left = dot(&bins.beats, &bins.beats) - dot(&gains, &products) - held;
    Some((gains, (left.max(0.0) / bins.n_known.max(1) as f64).sqrt()))
}

/// The mean in each bin of a first-order response to running, given as the share of each bin; zero where heart rate is
/// missing.
fn responses(shares: &[f64], known: &[f64], time_constant_s: f64) -> Vec<f64> {
    let kept = (-BIN_S / time_constant_s).exp();
    let kept_on_average = time_constant_s / BIN_S * (1.0 - kept);
    let mut state = 0.0;
    let mut all = Vec::with_capacity(shares.len());
    all.extend(shares.iter().zip(known).map(|(&running, known)| {
        let away = state - running;
        state = running + away * kept;
        (running + away * kept_on_average) * known
    }));
    all
}

/// Share of each bin that is running, all stretches together, each with its weight.
fn shares_of_all(stretches: &[Range<usize>], weights: &[f64], delay_s: f64, n_bins: usize) -> Vec<f64> {
    let mut all = vec![0.0; n_bins];
    for (stretch, weight) in stretches.iter().zip(weights) {
        let (first, shares) = shares(stretch, delay_s, n_bins);
        for (sum, share) in all[first..].iter_mut().zip(shares) {
            *sum += weight * share;
        }
    }
    all
}

/// The first bin of a stretch that begins and ends after a delay, and its share of each bin.
fn shares(stretch: &Range<usize>, delay_s: f64, n_bins: usize) -> (usize, Vec<f64>) {
    let (start, end) = ((stretch.start as f64 + delay_s) / BIN_S, (stretch.end as f64 + delay_s) / BIN_S);
    let first = (start as usize).min(n_bins);
    let last = (end.ceil() as usize).clamp(first, n_bins);
    let share = |bin: usize| (end.min(bin as f64 + 1.0) - start.max(bin as f64)).clamp(0.0, 1.0);
    (first, (first..last).map(share).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A heart with a time constant and a delay that follows stretches of running with their own levels.
    fn beats(n: usize, stretches: &[(Range<usize>, f64)], time_constant_s: f64, delay: usize, drift: f64) -> Vec<f32> {
        let mut now = 95.0;
        (0..n)
            .map(|i| {
                let level = stretches
                    .iter()
                    .find(|(stretch, _)| stretch.contains(&i.saturating_sub(delay)))
                    .map_or(95.0, |u| u.1);
                let goal = level + drift * i as f64 / 600.0;
                now += (goal - now) / time_constant_s;
                (now + 1.5 * (i as f64 * 0.7).sin()) as f32
            })
            .collect()
    }

    fn ten(on: usize, off: usize, level: impl Fn(usize) -> f64) -> Vec<(Range<usize>, f64)> {
        (0..10).map(|k| (180 + k * (on + off)..180 + k * (on + off) + on, level(k))).collect()
    }

    fn check(stretches: &[(Range<usize>, f64)], time_constant_s: f64, delay: usize, drift: f64) -> Fit {
        let n = stretches.last().map_or(0, |stretch| stretch.0.end + 120);
        let ranges: Vec<Range<usize>> = stretches.iter().map(|stretch| stretch.0.clone()).collect();
        fit(&beats(n, stretches, time_constant_s, delay, drift), &ranges).expect("a fit")
    }

    #[test]
    fn short_bouts_show_what_they_ask_for() {
        for (on, off) in [(60, 60), (30, 30), (90, 60)] {
            for time_constant_s in [32.0, 50.0, 75.0] {
                let stretches = ten(on, off, |_| 165.0);
                let fit = check(&stretches, time_constant_s, 5, 0.0);
                for demand in fit.demand.iter().flatten() {
                    assert!((demand - 165.0).abs() < 4.0, "{on}:{off} {time_constant_s} {fit:?}");
                }
                assert!((fit.time_constant_s - time_constant_s).abs() <= 10.0, "{on}:{off} {time_constant_s} {fit:?}");
            }
        }
    }

    #[test]
    fn hard_bouts_stand_out_from_easy_ones() {
        let fit = check(&ten(60, 60, |k| if k < 5 { 140.0 } else { 170.0 }), 50.0, 5, 0.0);
        let of = |range: Range<usize>| fit.demand[range].iter().flatten().sum::<f64>() / 5.0;
        assert!((of(0..5) - 140.0).abs() < 5.0 && (of(5..10) - 170.0).abs() < 5.0, "{fit:?}");
    }

    #[test]
    fn a_hot_day_is_a_drift() {
        let fit = check(&ten(60, 60, |_| 140.0), 50.0, 5, 12.0);
        assert!((fit.drift - 12.0).abs() < 3.0, "{fit:?}");
    }

    #[test]
    fn too_few_or_too_many_units_are_not_fitted() {
        let beats = vec![120.0; 4000];
        assert_eq!(fit(&beats, &[100..200, 300..400]), None);
        let many: Vec<Range<usize>> = (0..101).map(|k| k * 30..k * 30 + 25).collect();
        assert_eq!(fit(&beats, &many), None);
        assert_eq!(fit(&[f32::NAN; 900], &[0..60, 120..180, 240..300, 360..420]), None);
    }
}
