//! Whether more or less of the running is over the ceiling than a month ago.

use super::{Run, Season};

/// The share of the running over the ceiling in the last four weeks up to the last run, and in the four before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OverTrend {
    /// The share in the four weeks before, 0 to 1.
    pub before: f64,
    /// The share in the last four weeks.
    pub now: f64,
}

/// Where the share goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// More over the ceiling than before.
    Worse,
    /// As before, as far as such numbers tell.
    Steady,
    /// Less over the ceiling than before.
    Better,
}

const DAYS: i32 = 28;
/// Fewer judged sessions on either side say nothing. Our choice.
const LEAST_RUNS: usize = 3;
/// Shares that differ by less are the same: a session more or less under the ceiling moves them as far. Our choice.
const LEAST_CHANGE: f64 = 0.10;

impl OverTrend {
    /// Where the share goes; from ten points on it moves.
    pub fn direction(self) -> Direction {
        match self.now - self.before {
            change if change >= LEAST_CHANGE => Direction::Worse,
            change if change <= -LEAST_CHANGE => Direction::Better,
            _ => Direction::Steady,
        }
    }
}

names! {
    Direction {
        Worse => "worse",
        Steady => "steady",
        Better => "better",
    }
}

/// The trend of a season; `None` with fewer than three judged sessions on either side.
pub(super) fn of(season: &Season) -> Option<OverTrend> {
    let last = season.runs.last()?.run.date;
    let share = |from: i32| {
        let in_time = |run: &Run| (from..from + DAYS).contains(&last.days_since(run.date));
        let runs = season.runs.iter().map(|counted| counted.run).filter(|run| in_time(run));
        let judged: Vec<(f64, f64)> = runs.filter_map(|run| Some((run.over_s?, run.run_s))).collect();
        let (over, of) = judged.iter().fold((0.0, 0.0), |sum, run| (sum.0 + run.0, sum.1 + run.1));
        (judged.len() >= LEAST_RUNS && of > 0.0).then(|| over / of)
    };
    Some(OverTrend { before: share(DAYS)?, now: share(0)? })
}
