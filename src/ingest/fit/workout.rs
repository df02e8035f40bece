//! The steps of a workout, with its repeats written out.

use crate::model::{Intensity, StepDuration, StepTarget, WorkoutStep};
use crate::units::{Distance, HeartRate, Speed};

/// A `workout_step` as the file has it.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its place in the workout, from 0; `None` for the next one.
    pub index: Option<u16>,
    /// The name that the runner or coach gave it.
    pub name: Option<String>,
    /// What kind of end it has, and whether it is a repeat.
    pub duration_type: Option<u16>,
    /// Milliseconds, centimetres, or the index of the first step to repeat.
    pub duration: Option<f64>,
    /// What kind of goal it has.
    pub target_type: Option<u16>,
    /// The zone of the goal, or how often a repeat is run in all.
    pub target: Option<f64>,
    /// The ends of the goal where it is no zone.
    pub range: Option<(f64, f64)>,
    /// What it is for.
    pub intensity: Option<Intensity>,
}

/// A workout longer than this is cut off: repeats within repeats could write out billions of steps.
const MAX_STEPS: usize = 1000;

/// The steps in the order in which they are run, and whether there were more than are kept.
pub fn written_out(mut steps: Vec<Step>, max_heart_rate: Option<HeartRate>) -> (Vec<WorkoutStep>, bool) {
    steps.sort_by_key(|step| step.index);
    let mut rounds_done = vec![0u32; steps.len()];
    let mut out = Vec::new();
    let mut at = 0;
    // Every pass runs a step or closes a round; an honest workout closes fewer rounds than it runs steps.
    for _ in 0..4 * MAX_STEPS {
        let Some(step) = steps.get(at) else {
            return (out, false);
        };
        match repeat(&steps, at) {
            Some((first, rounds)) if rounds_done[at] + 1 < rounds => {
                rounds_done[first..at].fill(0);
                rounds_done[at] += 1;
                at = first;
                continue;
            }
            Some(_) => rounds_done[at] = 0,
            None if step.is_repeat() => {}
            None if out.len() == MAX_STEPS => return (out, true),
            None => out.push(step.resolved(max_heart_rate)),
        }
        at += 1;
    }
    (out, true)
}

/// The first step that the repeat at `at` goes back to and how often it is run in all; `None` when it is no repeat.
fn repeat(steps: &[Step], at: usize) -> Option<(usize, u32)> {
    const REPEAT_UNTIL_STEPS_COMPLETE: u16 = 6;
    let step = &steps[at];
    if step.duration_type != Some(REPEAT_UNTIL_STEPS_COMPLETE) {
        return None;
    }
    let first = step.duration? as usize;
    let rounds = step.target? as u32;
    (first < at).then_some((first, rounds))
}

impl Step {
    /// True for every kind of repeat, also those whose rounds are not counted.
    fn is_repeat(&self) -> bool {
        matches!(self.duration_type, Some(6..=13 | 17 | 18 | 27))
    }

    fn resolved(&self, max_heart_rate: Option<HeartRate>) -> WorkoutStep {
        WorkoutStep {
            name: self.name.clone(),
            duration: self.resolved_duration(),
            intensity: self.intensity,
            target: self.resolved_target(max_heart_rate).unwrap_or(StepTarget::Open),
        }
    }

    fn resolved_duration(&self) -> StepDuration {
        match (self.duration_type, self.duration) {
            (Some(0 | 28 | 31), Some(millis)) => StepDuration::Time(millis / 1000.0),
            (Some(1), Some(centimeters)) => StepDuration::Distance(Distance::from_meters(centimeters / 100.0)),
            _ => StepDuration::Open,
        }
    }

    /// A goal given as a range. A zone's number alone says nothing without the watch's settings.
    fn resolved_target(&self, max_heart_rate: Option<HeartRate>) -> Option<StepTarget> {
        let (low, high) = self.range.filter(|(low, high)| *high > 0.0 && low <= high)?;
        match self.target_type? {
            0 | 12 => {
                let speed = |millimeters| Speed::from_meters_per_second(millimeters / 1000.0);
                Some(StepTarget::Speed(speed(low), speed(high)))
            }
            1 | 13 => {
                // Up to 100 they are per cent of the highest heart rate, above it beats plus 100.
                let bpm = |value: f64| match max_heart_rate {
                    _ if value > 100.0 => Some(HeartRate::from_bpm(value - 100.0)),
                    Some(max) => Some(HeartRate::from_bpm(max.as_bpm() * value / 100.0)),
                    None => None,
                };
                Some(StepTarget::HeartRate(bpm(low)?, bpm(high)?))
            }
            _ => None,
        }
    }
}
