//! The workout that was loaded in the watch, as a prescription.

use super::{Item, Kind, Length, Prescription, Step, StepCeiling};
use crate::model::{Intensity, StepDuration, StepTarget, WorkoutStep};
use crate::units::{Distance, HeartRate, Pace, Speed};

/// The longest block that is looked for when steps are folded into repeats.
const LONGEST_BLOCK: usize = 8;

impl Prescription {
    /// The prescription of a workout; `None` when it has no step.
    ///
    /// A step's name decides between running and walking where it says so, then its intensity: rest and recovery are
    /// walked, a warm-up or a cool-down may be either, all else is run.
    pub fn from_workout(workout: &[WorkoutStep]) -> Option<Self> {
        let steps: Vec<Step> = workout.iter().take(super::MAX_STEPS).map(step).collect();
        (!steps.is_empty()).then(|| Self { items: fold(&steps) })
    }
}

impl Prescription {
    /// The steps of a workout that leads a runner through the prescription; repeats written out.
    pub fn to_workout(&self) -> Vec<WorkoutStep> {
        self.steps().iter().map(workout_step).collect()
    }
}

/// The slow end of a target range, which a watch wants besides the fast one: nobody is warned for going slower.
const SLOWEST: Speed = Speed::from_meters_per_second(0.5);
/// The low end of a target range in bpm.
const LOWEST_BPM: f64 = 60.0;

fn workout_step(step: &Step) -> WorkoutStep {
    let (name, intensity) = match step.kind {
        Kind::Run => ("run", Intensity::Active),
        Kind::Walk => ("walk", Intensity::Rest),
        Kind::Any => ("warm-up", Intensity::Warmup),
    };
    WorkoutStep {
        name: Some(name.to_owned()),
        duration: match step.length {
            Length::Time(seconds) => StepDuration::Time(seconds),
            Length::Distance(distance) => StepDuration::Distance(distance),
            Length::Open => StepDuration::Open,
        },
        intensity: Some(intensity),
        target: match step.ceiling {
            None => StepTarget::Open,
            Some(StepCeiling::Pace(pace)) => StepTarget::Speed(SLOWEST, pace.speed()),
            Some(StepCeiling::HeartRate(bpm)) => StepTarget::HeartRate(HeartRate::from_bpm(LOWEST_BPM), bpm),
        },
    }
}

fn step(step: &WorkoutStep) -> Step {
    let length = match step.duration {
        StepDuration::Time(seconds) if seconds > 0.0 => Length::Time((seconds * 1000.0).round() / 1000.0),
        StepDuration::Distance(distance) if distance.as_meters() > 0.0 => {
            Length::Distance(Distance::from_meters((distance.as_meters() * 1000.0).round() / 1000.0))
        }
        _ => Length::Open,
    };
    Step { kind: kind(step), length, ceiling: ceiling(step.target) }
}

fn kind(step: &WorkoutStep) -> Kind {
    let name = step.name.as_deref().unwrap_or("").to_lowercase();
    let says = |words: [&str; 2]| words.iter().any(|word| name.contains(word));
    match (says(["run", "jog"]), says(["walk", "rest"]), step.intensity) {
        (true, false, _) => Kind::Run,
        (false, true, _) | (_, _, Some(Intensity::Rest | Intensity::Recovery)) => Kind::Walk,
        (_, _, Some(Intensity::Warmup | Intensity::Cooldown)) => Kind::Any,
        _ => Kind::Run,
    }
}

/// The fast or high end of the target, in whole seconds or beats.
fn ceiling(target: StepTarget) -> Option<StepCeiling> {
    let faster = |a: Speed, b: Speed| a.as_meters_per_second().max(b.as_meters_per_second());
    match target {
        StepTarget::Open => None,
        StepTarget::Speed(slow, fast) => {
            let seconds = Speed::from_meters_per_second(faster(slow, fast)).pace()?.as_seconds_per_kilometer().round();
            (120.0..=1800.0).contains(&seconds).then(|| StepCeiling::Pace(Pace::from_seconds_per_kilometer(seconds)))
        }
        StepTarget::HeartRate(low, high) => {
            let bpm = low.as_bpm().max(high.as_bpm()).round();
            (30.0..=240.0).contains(&bpm).then(|| StepCeiling::HeartRate(HeartRate::from_bpm(bpm)))
        }
    }
}

/// Folds steps that repeat into repeats: at each place the block that saves most.
fn fold(steps: &[Step]) -> Vec<Item> {
    let mut items = Vec::new();
    let mut at = 0;
    while at < steps.len() {
        let rest = &steps[at..];
        let repeats = |block: usize| rest.chunks_exact(block).take_while(|chunk| *chunk == &rest[..block]).count();
        let saved = |block: usize| block * (repeats(block) - 1);
        let longest = LONGEST_BLOCK.min(rest.len());
        let block = (1..=longest).rev().max_by_key(|&block| saved(block)).unwrap_or(1);
        let times = repeats(block);
        if times > 1 {
            items.push(Item::Repeat(times, rest[..block].iter().copied().map(Item::Step).collect()));
        } else {
            items.extend(rest[..block].iter().copied().map(Item::Step).take(1));
        }
        at += if times > 1 { block * times } else { 1 };
    }
    items
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn workout_step(
        name: Option<&str>,
        duration: StepDuration,
        intensity: Intensity,
        target: StepTarget,
    ) -> WorkoutStep {
        WorkoutStep { name: name.map(str::to_owned), duration, intensity: Some(intensity), target }
    }

    #[test]
    fn a_workout_reads_as_a_prescription() {
        let mut workout = vec![workout_step(None, StepDuration::Open, Intensity::Warmup, StepTarget::Open)];
        for _ in 0..4 {
            let pace = StepTarget::Speed(Speed::from_meters_per_second(2.4), Speed::from_meters_per_second(2.565));
            workout.push(workout_step(None, StepDuration::Time(90.0), Intensity::Active, pace));
            workout.push(workout_step(None, StepDuration::Time(60.0), Intensity::Rest, StepTarget::Open));
        }
        let heart_rate = StepTarget::HeartRate(HeartRate::from_bpm(120.0), HeartRate::from_bpm(145.0));
        let mile = StepDuration::Distance(Distance::from_miles(1.0));
        workout.push(workout_step(Some("Easy run"), mile, Intensity::Recovery, heart_rate));
        workout.push(workout_step(Some("Walk home"), StepDuration::Time(0.0), Intensity::Cooldown, StepTarget::Open));
        let plan = Prescription::from_workout(&workout).expect("steps");
        assert_eq!(plan.to_string(), "any open, 4x(run 1:30 @ 6:30/km, walk 1:00), run 1mi @ 145bpm, walk open");
        assert_eq!(Prescription::from_workout(&[]), None);
    }

    proptest! {
        #[test]
        fn folding_keeps_every_step(kinds in prop::collection::vec(0_u8..3, 1..40)) {
            let steps: Vec<_> = kinds
                .iter()
                .map(|&kind| Step { kind: Kind::Run, length: Length::Time(f64::from(kind) * 30.0 + 30.0), ceiling: None })
                .collect();
            prop_assert_eq!(Prescription { items: fold(&steps) }.steps(), steps);
        }
    }
}
