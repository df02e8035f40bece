//! A run against the runner's own earlier easy runs: pace at the same heart rate, heart rate at the same pace, walk breaks.
//!
//! It compares like with like and fits no model: earlier runs within 5 bpm for the pace, within 3 % for the heart rate, and
//! says nothing below five of them. It tells what differs and how much these runs differ among themselves, not why: heat,
//! hills, shoes and the sensor move pace and heart rate as fitness does.

mod by_runner;
mod point;

pub use by_runner::EarlierByRunner;

use crate::report::{Class, Compared, ComparedRun, ComparedUnit, Comparison, Session};
use point::Point;

/// Fewer comparable runs than this show no habit.
pub const LEAST_RUNS: usize = 5;

/// The latest runs count: what was usual a year ago is not what is usual now. Our choice.
const MOST_RUNS: usize = 30;

/// Heart rates within so many bpm are the same: what two optical sensors or two equal days differ by. Our choice.
const SAME_HEART_RATE_BPM: f64 = 5.0;

/// Paces within this share are the same: two standard deviations of the mean speed by a receiver over some minutes.
const SAME_PACE: f64 = 0.03;

/// Walk breaks are compared over runs whose time of running differs by no more than this factor. Our choice.
const SAME_LENGTH: f64 = 1.5;

/// The share of the session that is running: sessions of run and walk differ in their heart rate from steady runs. Our choice.
const SAME_STRUCTURE: f64 = 0.15;

/// The earlier runs of one runner.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EarlierRuns {
    easy: Vec<Point>,
}

impl EarlierRuns {
    /// Adds a session where it is an easy run.
    pub fn add(&mut self, session: &Session) {
        if session.class() == Some(Class::Easy) {
            self.easy.extend(Point::of(session));
        }
    }

    /// The number of easy runs.
    pub fn len(&self) -> usize {
        self.easy.len()
    }

    /// True when there is no easy run.
    pub fn is_empty(&self) -> bool {
        self.easy.is_empty()
    }

    /// Holds a session against the easy runs of earlier days; `None` where fewer than five are comparable in anything.
    pub fn compare(&self, session: &Session) -> Option<Comparison> {
        let this = Point::of(session)?;
        let mut earlier: Vec<&Point> =
            self.easy.iter().filter(|run| run.date < this.date && run.is_indoors == this.is_indoors).collect();
        earlier.sort_by(|a, b| a.date.cmp(&b.date));
        let earlier = &earlier[earlier.len().saturating_sub(MOST_RUNS)..];
        let is_alike = |run: &&&Point| (run.run_share - this.run_share).abs() <= SAME_STRUCTURE;
        let alike: Vec<&Point> = earlier.iter().filter(is_alike).copied().collect();

        let pace = this.pace_s_per_km.zip(this.heart_rate_bpm).and_then(|(pace, bpm)| {
            let same = |run: &&&Point| run.heart_rate_bpm.is_some_and(|b| (b - bpm).abs() <= SAME_HEART_RATE_BPM);
            compared(
                pace,
                alike.iter().filter(same).filter_map(|run| run.pace_s_per_km),
                ComparedUnit::SecondsPerKilometer,
            )
        });
        let heart_rate = this.pace_s_per_km.zip(this.heart_rate_bpm).and_then(|(pace, bpm)| {
            let same = |run: &&&Point| run.pace_s_per_km.is_some_and(|p| (p / pace - 1.0).abs() <= SAME_PACE);
            compared(bpm, alike.iter().filter(same).filter_map(|run| run.heart_rate_bpm), ComparedUnit::BeatsPerMinute)
        });
        let long_enough = |run: &&&Point| (1.0 / SAME_LENGTH..=SAME_LENGTH).contains(&(run.run_s / this.run_s));
        let breaks = earlier.iter().filter(long_enough).filter_map(|run| run.walk_breaks);
        let breaks = this.walk_breaks.and_then(|value| compared(value, breaks, ComparedUnit::BreaksPerHalfHour));
        // Of none where none is usual nothing is said.
        let breaks = breaks.filter(|compared| compared.value >= 0.5 || compared.usual >= 0.5);
        if pace.is_none() && heart_rate.is_none() && breaks.is_none() {
            return None;
        }
        Some(Comparison {
            this: this.compared(),
            runs: earlier.iter().map(|run| run.compared()).collect(),
            pace_at_same_heart_rate: pace,
            heart_rate_at_same_pace: heart_rate,
            walk_breaks: breaks,
        })
    }
}

/// A value against at least five others.
fn compared(value: f64, others: impl Iterator<Item = f64>, unit: ComparedUnit) -> Option<Compared> {
    let others: Vec<f64> = others.collect();
    (others.len() >= LEAST_RUNS).then(|| Compared::against(value, others, unit)).flatten()
}

impl Point {
    fn compared(&self) -> ComparedRun {
        ComparedRun::new(&self.date, [self.pace_s_per_km, self.heart_rate_bpm, self.walk_breaks])
    }
}
