//! Lays a prescription and the bouts of a session side by side, step by step, at the least cost.
//!
//! A step matched with a bout of its kind costs nothing within 10 % or 5 s, else the logarithm of how far it is off; a
//! missed step costs 1; a bout that nobody asked for up to 0.7. A stop inside a step splits it for 0.1, and a rest run
//! through costs 1. The last rest between repeats has no run to come after it: whoever ends on the run, or within that rest,
//! did all that was asked. All costs are our choice.

mod detect;
mod outcome;
mod search;

pub use detect::detect;
pub use outcome::{Alignment, Outcome, StepResult, Structure};

use super::{Kind, Length, Prescription, Step, StepCeiling};
use crate::segment::Gait;
use crate::units::{HeartRate, Speed};

/// The most bouts that are compared; what lies behind them counts as extra. Far more than a day of minutes.
const MAX_BOUTS: usize = 1000;

/// One bout, as the alignment needs it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detected {
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

impl Detected {
    /// A bout of which only its gait and its time are known.
    pub const fn new(gait: Gait, seconds: f64) -> Self {
        Self { gait, seconds, meters: None, over: None, graded_speed: None, heart_rate: None }
    }
}

/// Aligns a prescription with the bouts of a session, in the order of time.
pub fn align(plan: &Prescription, bouts: &[Detected]) -> Alignment {
    let steps = plan.steps_at([mean_speed(bouts, Gait::Run, 2.4), mean_speed(bouts, Gait::Walk, 1.5)]);
    let compared = &bouts[..bouts.len().min(MAX_BOUTS)];
    let (cost, moves) = search::cheapest(&steps, compared);
    outcome::tell(&steps, bouts, cost, &moves)
}

/// Mean speed of the bouts of a gait, which tells how many rounds a repeat up to a distance takes.
fn mean_speed(bouts: &[Detected], gait: Gait, typical: f64) -> f64 {
    let of_gait = bouts.iter().filter(|bout| bout.gait == gait).filter_map(|bout| Some((bout.meters?, bout.seconds)));
    let (meters, seconds) = of_gait.fold((0.0, 0.0), |sum, bout| (sum.0 + bout.0, sum.1 + bout.1));
    if meters > 0.0 && seconds > 0.0 { meters / seconds } else { typical }
}

/// Over the runner's ceiling, or over that of the step where it has one of its own: a plan's pace never excuses.
fn is_over(step: &Step, bout: &Detected) -> Option<bool> {
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

/// What it costs that a step came out this long; `None` where its length cannot be compared.
fn length_cost(length: Length, seconds: f64, meters: Option<f64>) -> Option<f64> {
    let (planned, done, tolerance) = match length {
        Length::Open => return Some(0.0),
        // 5 s: the errors of two boundaries.
        Length::Time(planned) => (planned, seconds, f64::max(5.0, 0.10 * planned)),
        Length::Distance(planned) => (planned.as_meters(), meters?, f64::max(15.0, 0.05 * planned.as_meters())),
    };
    if (done - planned).abs() <= tolerance {
        return Some(0.0);
    }
    Some(f64::min(1.5, (done / planned).log2().abs()))
}

#[cfg(test)]
mod tests;
