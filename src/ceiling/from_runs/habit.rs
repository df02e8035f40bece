//! Which of a runner's runs are her easy ones, and how fast those are.

use super::{LEAST_RUNS, SeenRun};
use crate::units::{HeartRate, Speed};

/// What makes a run steady and easy, and which of the easy runs is the limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Habit {
    /// The spread of a steady run, from minute to minute as a share of its speed: most runs of repetitions have more.
    pub steady: f64,
    /// A run whose median heart rate is above this share of the highest that was seen is not easy, whatever its pace. Above
    /// the first threshold of nearly everybody, at 85 ± 5 % of the peak (Sports 2026;14:29).
    pub hard: f64,
    /// The share of the easy runs that were slower than the proposal.
    pub slower: f64,
}

/// The settings in use, close to the best of a grid on four runners and on any three of them. What is too fast counts twice:
/// a ceiling that is too fast excuses, one that is too slow only holds back.
pub const HABIT: Habit = Habit { steady: 0.12, hard: 0.92, slower: 0.70 };

/// The steady runs, and those of them that were easy.
pub(super) struct Kept<'a> {
    pub steady: Vec<&'a SeenRun>,
    pub easy: Vec<&'a SeenRun>,
}

/// Sorts the runs.
pub(super) fn keep(runs: &[SeenRun], habit: Habit) -> Kept<'_> {
    let highest = highest(runs);
    let is_steady = |run: &&SeenRun| run.spread <= habit.steady && !run.has_repetitions;
    let steady: Vec<&SeenRun> = runs.iter().filter(is_steady).collect();
    let is_hard = |run: &SeenRun| {
        run.heart_rate.zip(highest).is_some_and(|(rate, highest)| rate.as_bpm() > habit.hard * highest.as_bpm())
    };
    let easy = steady.iter().copied().filter(|run| !is_hard(run)).collect();
    Kept { steady, easy }
}

impl Habit {
    /// The limit of the easy runs by these settings, the number of easy runs, and whether heart rate told the hard ones;
    /// `None` with too few.
    pub fn limit(self, runs: &[SeenRun]) -> Option<(Speed, usize, bool)> {
        let Kept { easy, .. } = keep(runs, self);
        let speeds: Vec<f64> = easy.iter().map(|run| run.speed.as_meters_per_second()).collect();
        let n_with_heart_rate = easy.iter().filter(|run| run.heart_rate.is_some()).count();
        let tells_hard = n_with_heart_rate >= LEAST_RUNS && highest(runs).is_some();
        let speed = quantile(&speeds, self.slower).filter(|_| speeds.len() >= LEAST_RUNS)?;
        Some((Speed::from_meters_per_second(speed), speeds.len(), tells_hard))
    }
}

/// The second-highest of the runs' highest heart rates: the highest of all is often a fault of the sensor. `None` with
/// fewer runs than five, of which the highest may well be an easy one.
pub(super) fn highest(runs: &[SeenRun]) -> Option<HeartRate> {
    let mut rates: Vec<f64> = runs.iter().filter_map(|run| Some(run.heart_rate_max?.as_bpm())).collect();
    rates.sort_by(f64::total_cmp);
    (rates.len() >= LEAST_RUNS).then(|| HeartRate::from_bpm(rates[rates.len() - 2]))
}

/// The value below which a share of the values lies, between neighbours by a straight line.
pub(super) fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = share * (sorted.len().checked_sub(1)?) as f64;
    let (low, high) = (sorted[at as usize], sorted[(at as usize + 1).min(sorted.len() - 1)]);
    Some(low + (high - low) * at.fract())
}
