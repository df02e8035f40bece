//! What a visit is about: the days since the last one, the ceiling in force and the session that comes next.

use serde::Serialize;

use super::{Ceiling, Source};

/// What was found before the days asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Earlier {
    /// Runs.
    pub runs: usize,
    /// Warnings that no exception covers.
    pub warnings: usize,
    /// Cautions that no exception covers.
    pub cautions: usize,
    /// Notes.
    pub notes: usize,
}

/// The ceiling of the last run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CeilingNow {
    /// The day of that run.
    pub date: String,
    /// The pace that must not be beaten on flat ground.
    pub pace_s_per_km: Option<f64>,
    /// Where it comes from.
    pub pace_source: Option<Source>,
    /// The heart rate that must not be passed.
    pub heart_rate_bpm: Option<f64>,
    /// Where it comes from.
    pub heart_rate_source: Option<Source>,
}

/// A session of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextSession {
    /// Its name in the plan.
    pub stage: String,
    /// What to do, in the notation of plans.
    pub session: String,
    /// Why it is this one.
    pub why: String,
}

impl CeilingNow {
    /// The ceiling of a session of a day.
    pub fn of(date: &str, ceiling: &Ceiling) -> Self {
        Self {
            date: date.to_owned(),
            pace_s_per_km: ceiling.pace_s_per_km,
            pace_source: ceiling.pace_source,
            heart_rate_bpm: ceiling.heart_rate_bpm,
            heart_rate_source: ceiling.heart_rate_source,
        }
    }
}
