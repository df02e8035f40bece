//! Lays a prescription and the bouts of a session side by side, step by step, at the least cost.
//!
//! The score is what of the planned time was run and rested as asked: `align/cost.rs` says what a second weighs. It falls
//! evenly with every second missed, added or stopped in between. Walking before, after and around the plan is free, and
//! adjacent walks are one: nobody tells a last rest from a cool-down.

mod cost;
mod detect;
mod outcome;
mod search;
mod units;

pub use detect::detect;
pub use outcome::{Alignment, Outcome, StepResult, Structure};

use super::{Kind, Prescription, Step, StepCeiling};
use crate::segment::Gait;
use crate::units::{HeartRate, Speed};

/// The most bouts that are compared; what lies behind them counts as extra. Far more than a day of minutes.
const MAX_BOUTS: usize = 1000;

/// One bout, as the alignment needs it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PerformedBout {
    /// What the runner did.
    pub gait: Gait,
    /// How long, in seconds.
    pub seconds: f64,
    /// How far, in metres; `None` where it is not known.
    pub meters: Option<f64>,
    /// Over the runner's easy ceiling; `None` where that cannot be told.
    pub over: Option<bool>,
    /// Speed on flat ground, for steps with a pace of their own.
    pub graded_speed: Option<Speed>,
    /// The heart rate that the effort asks for, for steps with a heart rate of their own.
    pub heart_rate: Option<HeartRate>,
}

impl PerformedBout {
    /// A bout of which only its gait and its time are known.
    pub const fn new(gait: Gait, seconds: f64) -> Self {
        Self { gait, seconds, meters: None, over: None, graded_speed: None, heart_rate: None }
    }
}

/// Aligns a prescription with the bouts of a session, in the order of time.
pub fn align(plan: &Prescription, bouts: &[PerformedBout]) -> Alignment {
    let speeds = [mean_speed(bouts, Gait::Run, 2.4), mean_speed(bouts, Gait::Walk, 1.5)];
    let steps = plan.steps_at(speeds);
    let asked = units::Asked::of(&steps, speeds);
    let compared = asked.compared(&bouts[..bouts.len().min(MAX_BOUTS)]);
    let (cost, moves) = search::cheapest(&asked, &bouts[compared.clone()]);
    outcome::summarize(&steps, &asked, bouts, compared, (cost, &moves))
}

/// Mean speed of the bouts of a gait, which tells how many rounds a repeat up to a distance takes.
fn mean_speed(bouts: &[PerformedBout], gait: Gait, typical: f64) -> f64 {
    let of_gait = bouts.iter().filter(|bout| bout.gait == gait).filter_map(|bout| Some((bout.meters?, bout.seconds)));
    let (meters, seconds) = of_gait.fold((0.0, 0.0), |sum, bout| (sum.0 + bout.0, sum.1 + bout.1));
    if meters > 0.0 && seconds > 0.0 { meters / seconds } else { typical }
}

/// Over the runner's ceiling, or over that of the step where it has one of its own: a plan's pace never excuses.
fn is_over(step: &Step, bout: &PerformedBout) -> Option<bool> {
    // The same margins as against the runner's own ceiling: 5 % of speed, and 4 bpm.
    match step.ceiling {
        _ if bout.over == Some(true) => Some(true),
        None => bout.over,
        Some(StepCeiling::Pace(pace)) => {
            Some(bout.graded_speed?.as_meters_per_second() > 1.05 * pace.speed().as_meters_per_second())
        }
        Some(StepCeiling::HeartRate(limit)) => Some(bout.heart_rate?.as_bpm() > limit.as_bpm() + 4.0),
    }
}

/// True when a bout of this gait can stand for the step.
fn suits(kind: Kind, gait: Gait) -> bool {
    match kind {
        Kind::Run => gait == Gait::Run,
        // A pause of the watch is how many take their walk breaks.
        Kind::Walk => matches!(gait, Gait::Walk | Gait::Stand | Gait::Paused),
        Kind::Any => true,
    }
}

#[cfg(test)]
mod tests;
