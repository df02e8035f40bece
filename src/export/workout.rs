//! Workouts with the runner's easy ceiling as target, so that the watch itself warns her; as TCX and as text to import.
//!
//! FIT workouts are written by `export::fit::workout`.

mod intervals;
mod tcx;

pub use intervals::text;
pub use tcx::tcx;

use crate::model::{Intensity, StepTarget, WorkoutStep};
use crate::units::{HeartRate, Speed};

/// What a run step must not go beyond.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    /// No faster than this.
    Speed(Speed),
    /// No higher than this.
    HeartRate(HeartRate),
}

/// The slow end of a range of speed, below every walk: nobody is warned for going slower.
const SLOWEST: Speed = Speed::from_meters_per_second(0.5);
/// The low end of a range of heart rate, for the same reason.
const LOWEST: HeartRate = HeartRate::from_bpm(60.0);

/// The steps with the limit as target of each run step. A step that has a stricter target of the same kind keeps it; one
/// that asks for more than the limit gets the limit. Walks and warm-ups stay as they are.
pub fn with_limit(steps: &[WorkoutStep], limit: Limit) -> Vec<WorkoutStep> {
    let is_run = |step: &WorkoutStep| matches!(step.intensity, Some(Intensity::Active | Intensity::Interval));
    let limited = |step: &WorkoutStep| WorkoutStep { target: within(step.target, limit), ..step.clone() };
    steps.iter().map(|step| if is_run(step) { limited(step) } else { step.clone() }).collect()
}

fn within(target: StepTarget, limit: Limit) -> StepTarget {
    match (target, limit) {
        (StepTarget::Speed(low, high), Limit::Speed(limit)) => {
            let high = Speed::from_meters_per_second(high.as_meters_per_second().min(limit.as_meters_per_second()));
            let low = Speed::from_meters_per_second(low.as_meters_per_second().min(SLOWEST.as_meters_per_second()));
            StepTarget::Speed(low, high)
        }
        (StepTarget::HeartRate(low, high), Limit::HeartRate(limit)) => {
            let [low, high] = [low, high].map(HeartRate::as_bpm);
            StepTarget::HeartRate(
                HeartRate::from_bpm(low.min(LOWEST.as_bpm())),
                HeartRate::from_bpm(high.min(limit.as_bpm())),
            )
        }
        (_, Limit::Speed(limit)) => StepTarget::Speed(SLOWEST, limit),
        (_, Limit::HeartRate(limit)) => StepTarget::HeartRate(LOWEST, limit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::StepDuration;

    pub(super) fn step(name: &str, seconds: f64, intensity: Intensity, target: StepTarget) -> WorkoutStep {
        WorkoutStep {
            name: Some(name.to_owned()),
            duration: StepDuration::Time(seconds),
            intensity: Some(intensity),
            target,
        }
    }

    #[test]
    fn run_steps_get_the_limit_and_keep_what_is_stricter() {
        let [slow, easy, fast] = [2.0, 2.5, 3.0].map(Speed::from_meters_per_second);
        let targets = [StepTarget::Open, StepTarget::Speed(SLOWEST, slow), StepTarget::Speed(easy, fast)];
        let mut steps: Vec<_> = targets.iter().map(|target| step("run", 60.0, Intensity::Active, *target)).collect();
        steps.push(step("walk", 60.0, Intensity::Rest, StepTarget::Open));
        let limited: Vec<_> = with_limit(&steps, Limit::Speed(easy)).into_iter().map(|step| step.target).collect();
        let [open, stricter] = [easy, slow].map(|high| StepTarget::Speed(SLOWEST, high));
        assert_eq!(limited, [open, stricter, open, StepTarget::Open]);
    }
}
