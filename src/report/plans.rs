//! Programmes and their sessions, as the report has them.

use super::round::round;
use super::{Programme, Stage};
use crate::plan::{self, Kind, Length, Prescription};

/// A programme with all its sessions.
pub fn build_programme(programme: &plan::Programme) -> Programme {
    Programme {
        name: programme.name.clone(),
        title: programme.title.clone(),
        source: programme.source.clone(),
        cautions: programme.cautions.clone(),
        days_per_week: programme.days_per_week,
        rest_between: programme.rest_between,
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
