//! Writes workouts: the steps that a watch leads its runner through.

use super::bytes::{File, Value};
use super::{file_id, intensity_number, scaled};
use crate::model::{StepDuration, StepTarget, WorkoutStep};
use crate::units::Timestamp;

/// Writes a running workout as a FIT file that can be copied onto a watch. What repeats is written as a repeat.
pub fn workout(name: &str, steps: &[WorkoutStep], created: Timestamp) -> Vec<u8> {
    let mut file = File::new();
    file_id(&mut file, 5, Some(created), "rehabrun");
    messages(&mut file, name, steps);
    file.finish()
}

/// Writes the messages of a workout.
pub fn messages(file: &mut File, name: &str, steps: &[WorkoutStep]) {
    let folded = fold_repeats(steps);
    file.message(
        26,
        &[(4, Value::Enum(Some(1))), (6, Value::U16(u16::try_from(folded.len()).ok())), (8, Value::Text(name))],
    );
    for (idx, step) in folded.iter().enumerate() {
        let idx = u16::try_from(idx).ok();
        match step {
            Folded::Step(step) => write_step(file, idx, step),
            Folded::Repeat { first, times } => file.message(
                27,
                &[
                    (254, Value::U16(idx)),
                    (1, Value::Enum(Some(6))),
                    (2, Value::U32(u32::try_from(*first).ok())),
                    (4, Value::U32(u32::try_from(*times).ok())),
                ],
            ),
        }
    }
}

fn write_step(file: &mut File, idx: Option<u16>, step: &WorkoutStep) {
    let (duration_type, duration) = match step.duration {
        StepDuration::Time(seconds) => (0, scaled(Some(seconds), 1000.0)),
        StepDuration::Distance(distance) => (1, scaled(Some(distance.as_meters()), 100.0)),
        StepDuration::Open => (5, None),
    };
    let (target_type, range) = match step.target {
        StepTarget::Open => (2, None),
        StepTarget::Speed(slow, fast) => {
            (0, Some([slow, fast].map(|speed| scaled(Some(speed.as_meters_per_second()), 1000.0))))
        }
        // A number up to 100 would be percent of the highest heart rate; above, it is bpm + 100.
        StepTarget::HeartRate(low, high) => (1, Some([low, high].map(|rate| scaled(Some(rate.as_bpm() + 100.0), 1.0)))),
    };
    let [low, high] = range.unwrap_or([None, None]);
    file.message(
        27,
        &[
            (254, Value::U16(idx)),
            (0, Value::Text(step.name.as_deref().unwrap_or_default())),
            (1, Value::Enum(Some(duration_type))),
            (2, Value::U32(duration)),
            (3, Value::Enum(Some(target_type))),
            (4, Value::U32(range.is_some().then_some(0))),
            (5, Value::U32(low)),
            (6, Value::U32(high)),
            (7, Value::Enum(step.intensity.map(intensity_number))),
        ],
    );
}

/// A step, or an order to go back.
pub(in crate::export) enum Folded<'a> {
    /// A step.
    Step(&'a WorkoutStep),
    /// Goes back to the step of number `first` until it has been done `times` times.
    Repeat { first: usize, times: usize },
}

/// Finds what repeats from the front: of the blocks that return at once, the one that saves most steps.
pub(in crate::export) fn fold_repeats(steps: &[WorkoutStep]) -> Vec<Folded<'_>> {
    /// Steps of a repeated block; what coaches write has two or three.
    const LONGEST_BLOCK: usize = 16;
    let mut folded = Vec::new();
    let mut rest = steps;
    while !rest.is_empty() {
        // A repeat is a step of its own, so saving one step saves nothing.
        let (mut saved, mut length, mut times) = (1, 1, 1);
        for block in 1..=LONGEST_BLOCK.min(rest.len() / 2) {
            let returns = rest.chunks_exact(block).take_while(|chunk| *chunk == &rest[..block]).count();
            if block * (returns - 1) > saved {
                (saved, length, times) = (block * (returns - 1), block, returns);
            }
        }
        let first = folded.len();
        folded.extend(rest[..length].iter().map(Folded::Step));
        if times > 1 {
            folded.push(Folded::Repeat { first, times });
        }
        rest = &rest[length * times..];
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(seconds: &[f64], expected: &str) {
        let step =
            |&s| WorkoutStep { name: None, duration: StepDuration::Time(s), intensity: None, target: StepTarget::Open };
        let steps: Vec<WorkoutStep> = seconds.iter().map(step).collect();
        let words: Vec<String> = fold_repeats(&steps)
            .iter()
            .map(|folded| match folded {
                Folded::Step(WorkoutStep { duration: StepDuration::Time(s), .. }) => format!("{s}"),
                Folded::Step(_) => unreachable!("only times are made here"),
                Folded::Repeat { first, times } => format!("from {first} x{times}"),
            })
            .collect();
        assert_eq!(words.join(", "), expected);
    }

    #[test]
    fn what_repeats_is_folded() {
        check(&[300.0, 60.0, 90.0, 60.0, 90.0, 60.0, 90.0, 300.0], "300, 60, 90, from 1 x3, 300");
        check(&[60.0, 60.0, 60.0, 60.0], "60, from 0 x4");
        check(&[60.0, 90.0, 60.0], "60, 90, 60");
        check(&[60.0, 60.0], "60, 60");
        check(&[], "");
    }
}
