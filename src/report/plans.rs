//! Programmes and their sessions, as the report has them.

use serde::Serialize;

use super::round::round;
use crate::plan::{self, Kind, Length, Prescription};

/// What was asked for of the plans.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Plans {
    /// Every built-in programme.
    All(Vec<Programme>),
    /// One programme.
    Programme(Programme),
    /// One session.
    Session(Stage),
}

/// A programme of many weeks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Programme {
    /// The name that it is called by.
    pub name: String,
    /// The name that a reader knows it by.
    pub title: String,
    /// Where it comes from.
    pub source: String,
    /// What to know before following it.
    pub cautions: Vec<String>,
    /// When to stop or go back, by the source.
    pub stop_rule: Option<String>,
    /// Sessions a week, least and most.
    pub days_per_week: Option<(u8, u8)>,
    /// True when a day of rest must lie between two sessions.
    pub rest_between: bool,
    /// How many times each session must be done before the next, where the source says so.
    pub times_each: Option<u8>,
    /// Its sessions in their order.
    pub stages: Vec<Stage>,
}

/// One session of a programme.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stage {
    /// Its name within the programme.
    pub name: String,
    /// The week it belongs to.
    pub week: Option<usize>,
    /// What to do, in the notation of plans.
    pub session: String,
    /// Time to run, as far as it is planned by time.
    pub run_s: f64,
    /// Time to walk, as far as it is planned by time.
    pub walk_s: f64,
}

/// A programme with all its sessions.
pub fn build_programme(programme: &plan::Programme) -> Programme {
    Programme {
        name: programme.name.clone(),
        title: programme.title.clone(),
        source: programme.source.clone(),
        cautions: programme.cautions.clone(),
        stop_rule: programme.stop_rule.clone(),
        days_per_week: programme.days_per_week,
        rest_between: programme.rest_between,
        times_each: programme.times_each,
        stages: programme.stages.iter().map(|stage| build_stage(&stage.name, stage.week, &stage.session)).collect(),
    }
}

/// One session with the time it plans.
pub fn build_stage(name: &str, week: Option<usize>, session: &Prescription) -> Stage {
    let steps = session.steps();
    let planned = |kind: Kind| {
        let seconds = steps.iter().filter(|step| step.kind == kind).map(|step| match step.length {
            Length::Time(seconds) => seconds,
            Length::Distance(_) | Length::Open => 0.0,
        });
        round(1, seconds.fold(0.0, |sum, seconds| sum + seconds))
    };
    Stage {
        name: name.to_owned(),
        week,
        session: session.to_string(),
        run_s: planned(Kind::Run),
        walk_s: planned(Kind::Walk),
    }
}
