//! How pace and heart rate go together over many runs.

use super::SeenRun;
use crate::model::{Note, NoteId};
use crate::units::{HeartRate, Speed, UnitSystem};

/// Speed against heart rate over the runs, by least squares.
pub(super) struct Relation {
    /// Metres per second for one bpm.
    slope: f64,
    /// The middle of the runs.
    speed: f64,
    bpm: f64,
    /// Pearson's correlation.
    correlation: f64,
    n_runs: usize,
}

/// Weaker than this, or wrong way round, heart rate and pace say nothing about each other: our choice. With ten runs a
/// correlation of 0.5 comes by chance once in fifteen.
const TELLS: f64 = 0.5;
const LEAST_RUNS: usize = 8;

impl Relation {
    /// The line through the runs with heart rate; `None` with fewer than eight of them, or without a spread.
    pub(super) fn of(runs: &[&SeenRun]) -> Option<Self> {
        let points: Vec<(f64, f64)> =
            runs.iter().filter_map(|run| Some((run.heart_rate?.as_bpm(), run.speed.as_meters_per_second()))).collect();
        let n = points.len() as f64;
        let (bpm, speed) = (points.iter().map(|p| p.0).sum::<f64>() / n, points.iter().map(|p| p.1).sum::<f64>() / n);
        let sum = |of: fn(f64, f64) -> f64| points.iter().map(|(x, y)| of(x - bpm, y - speed)).sum::<f64>();
        let (xx, xy, yy) = (sum(|x, _| x * x), sum(|x, y| x * y), sum(|_, y| y * y));
        let is_spread = points.len() >= LEAST_RUNS && xx > 0.0 && yy > 0.0;
        is_spread.then(|| Self { slope: xy / xx, speed, bpm, correlation: xy / (xx * yy).sqrt(), n_runs: points.len() })
    }

    /// What it says to a reader.
    pub(super) fn note(&self, units: UnitSystem) -> Note {
        let Self { slope, speed, bpm, correlation, n_runs } = *self;
        let message = if correlation < TELLS {
            format!(
                "over {n_runs} steady runs pace and heart rate hardly go together (correlation {correlation:.2}): heat, \
                 hills or the sensor hide it, so a heart rate cannot stand in for a pace here"
            )
        } else {
            let at = |bpm: f64| units.pace(Speed::from_meters_per_second(speed + slope * (bpm - self.bpm)));
            let (low, high) = ((bpm - 5.0).round(), (bpm + 5.0).round());
            format!(
                "over {n_runs} steady runs {} went with {} and {} with {} (correlation {correlation:.2})",
                HeartRate::from_bpm(low),
                at(low),
                HeartRate::from_bpm(high),
                at(high),
            )
        };
        Note::new(NoteId::OwnRunsRelation, message)
    }
}
