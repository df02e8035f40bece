//! What a session was meant to be: from the runner's plan, else from the workout in its file.

use crate::audit::StepCeiling;
use crate::ceiling::Ceiling;
use crate::model::{Note, NoteId, WorkoutStep};
use crate::plan::{self, Alignment, Kind, PerformedBout, Plan, Prescription, Programme, Step, align};
use crate::runner::Runner;
use crate::segment::Segmentation;
use crate::units::Date;

/// The plan of one session, and how far the session followed it.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// What was asked for.
    pub prescription: Prescription,
    /// Where it comes from, such as `--plan` or `workout in the file`.
    pub source: String,
    /// How far the session followed it.
    pub alignment: Alignment,
    /// True for the workout in the file. It is what the runner asked of the watch, not what the physio allowed: it
    /// never moves a ceiling.
    is_workout: bool,
}

/// Chooses the plan of a session on a day; `None` without any.
pub(super) fn choose(runner: &Runner, workout: &[WorkoutStep], day: Date, bouts: &[PerformedBout]) -> Option<Planned> {
    let of = |prescription: Prescription, source: String, is_workout| {
        let alignment = align(&prescription, bouts);
        Planned { prescription, source, alignment, is_workout }
    };
    match &runner.plan {
        Some(Plan::Session { prescription, source }) => Some(of(prescription.clone(), source.clone(), false)),
        Some(Plan::Programme(programme)) => of_programme(programme, runner.facts.rehab_started, day, bouts),
        None => Some(of(Prescription::from_workout(workout)?, "workout in the file".to_owned(), true)),
    }
}

/// Of the sessions of the week the one that was kept to best. Where weeks do not tell, all sessions are asked.
fn of_programme(
    programme: &Programme,
    rehab_started: Option<Date>,
    day: Date,
    bouts: &[PerformedBout],
) -> Option<Planned> {
    let week =
        rehab_started.filter(|_| programme.n_weeks().is_some()).map(|first| day.days_since(first).div_euclid(7) + 1);
    let due = programme.stages.iter().filter(|stage| {
        let of_week = |week: i32| stage.week.is_some_and(|planned| usize::try_from(week) == Ok(planned));
        week.is_none_or(of_week)
    });
    let kept = due.map(|stage| (align(&stage.session, bouts), stage));
    // The first of equals: the easiest.
    let (alignment, stage) = kept.reduce(|best, next| if next.0.structure > best.0.structure { next } else { best })?;
    let source = format!("{}/{}", programme.name, stage.name);
    Some(Planned { prescription: stage.session.clone(), source, alignment, is_workout: false })
}

impl Planned {
    /// The stretches whose step has a ceiling of its own. What a built-in programme asks for was written for nobody in
    /// person: it stands beside the runner's ceiling, and is none where there is no other.
    pub(super) fn step_ceilings(&self, segmentation: &Segmentation, of_runner: &Ceiling) -> Vec<StepCeiling> {
        if self.is_workout {
            return Vec::new();
        }
        let (paces, heart_rates) =
            if self.is_built_in() { (of_runner.speed.is_some(), of_runner.heart_rate.is_some()) } else { (true, true) };
        let steps = self.alignment.steps.iter().filter_map(|result| {
            let (first, last) = (*result.bouts.first()?, *result.bouts.last()?);
            let range = segmentation.bouts.get(first)?.range.start..segmentation.bouts.get(last)?.range.end;
            let (speed, heart_rate) = match result.step.ceiling? {
                plan::StepCeiling::Pace(pace) => (Some(pace.speed()), None),
                plan::StepCeiling::HeartRate(heart_rate) => (None, Some(heart_rate)),
            };
            let (speed, heart_rate) = (speed.filter(|_| paces), heart_rate.filter(|_| heart_rates));
            (speed.is_some() || heart_rate.is_some()).then_some(StepCeiling { range, speed, heart_rate })
        });
        steps.collect()
    }

    /// True for a session of a built-in programme, whose source is its address.
    fn is_built_in(&self) -> bool {
        let name = self.source.split('/').next().unwrap_or_default();
        plan::built_in::find(name).is_some()
    }

    /// Says where the workout in the watch, `workout`, was another than the plan.
    pub fn note(&self, workout: &[WorkoutStep]) -> Option<Note> {
        let workout = Prescription::from_workout(workout).filter(|_| !self.is_workout)?;
        let differs = core(&workout.steps()) != core(&self.prescription.steps());
        let message = format!("the workout in the watch was {workout}; the plan was {}", self.prescription);
        differs.then(|| Note::new(NoteId::WorkoutDiffersFromPlan, message))
    }
}

/// The steps from the first run to the last: how runners warm up and cool down is up to them.
fn core(steps: &[Step]) -> &[Step] {
    let is_run = |step: &Step| step.kind == Kind::Run;
    match (steps.iter().position(is_run), steps.iter().rposition(is_run)) {
        (Some(first), Some(last)) => &steps[first..=last],
        _ => steps,
    }
}
