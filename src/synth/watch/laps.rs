//! Where laps end, what they are for, and the workout that would lead to them.

use super::Laps;
use crate::model::{Intensity, Lap, LapTrigger, Record, StepDuration, StepTarget, WorkoutStep};
use crate::synth::script::{Gait, Part, Script};
use crate::synth::{Setup, Truth};
use crate::units::Distance;

/// The laps, each with what it is for where the script's parts end them.
pub fn laps(truth: &Truth, script: &Script, records: &[Record], setup: &Setup) -> Vec<Lap> {
    let ends = lap_ends(truth, records, setup);
    let mut start = 0;
    ends.into_iter()
        .map(|(end, trigger)| {
            let part = truth.seconds[start].part;
            let paused = truth.seconds[start..end].iter().filter(|second| second.gait == Gait::Pause).count();
            let by_parts = setup.watch.laps == Laps::Parts;
            let lap = Lap {
                start: setup.start.plus_seconds(start as f64),
                elapsed_s: Some((end - start) as f64),
                timer_s: Some((end - start - paused) as f64),
                distance: Some(Distance::from_meters(
                    distance_at(records, setup, end) - distance_at(records, setup, start),
                )),
                mean_heart_rate: None,
                intensity: Some(if by_parts { intensity(script, part) } else { Intensity::Active }),
                trigger: Some(trigger),
                workout_step: (by_parts && !setup.watch.workout.is_empty()).then_some(part as u16),
            };
            start = end;
            lap
        })
        .collect()
}

/// Where each lap ends, in seconds from the start, and why.
fn lap_ends(truth: &Truth, records: &[Record], setup: &Setup) -> Vec<(usize, LapTrigger)> {
    let mut ends: Vec<(usize, LapTrigger)> = match setup.watch.laps {
        Laps::End => Vec::new(),
        Laps::Parts => {
            let changes = truth.seconds.windows(2).enumerate().filter(|(_, pair)| pair[0].part != pair[1].part);
            changes.map(|(i, _)| (i + 1, LapTrigger::Time)).collect()
        }
        Laps::Every(length) => {
            let length = length.as_meters().max(1.0);
            let mut count = 0.0;
            let mut ends = Vec::new();
            for record in records {
                let (Some(time), Some(at)) = (record.time(), record.distance()) else { continue };
                if at.as_meters() >= (count + 1.0) * length {
                    count = (at.as_meters() / length).floor();
                    ends.push((time.seconds_since(setup.start) as usize, LapTrigger::Distance));
                }
            }
            ends
        }
    };
    ends.retain(|&(end, _)| end < truth.len());
    if !truth.is_empty() {
        ends.push((truth.len(), LapTrigger::SessionEnd));
    }
    ends
}

fn distance_at(records: &[Record], setup: &Setup, second: usize) -> f64 {
    let moment = setup.start.plus_seconds(second as f64);
    let behind = records.partition_point(|record| record.time().is_some_and(|time| time <= moment));
    behind.checked_sub(1).and_then(|i| records[i].distance()).map_or(0.0, Distance::as_meters)
}

/// The workout that leads through a script by the lengths of its parts.
pub fn workout(script: &Script) -> Vec<WorkoutStep> {
    let step = |(idx, part): (usize, &Part)| WorkoutStep {
        name: None,
        duration: StepDuration::Time(f64::from(part.seconds)),
        intensity: Some(intensity(script, idx)),
        target: StepTarget::Open,
    };
    script.parts.iter().enumerate().map(step).collect()
}

/// What the parts of a workout are for: the first walk warms up, the last cools down, those between are rests.
fn intensity(script: &Script, part: usize) -> Intensity {
    match script.parts[part].gait {
        Gait::Run => Intensity::Active,
        _ if part == 0 => Intensity::Warmup,
        _ if part + 1 == script.parts.len() => Intensity::Cooldown,
        _ => Intensity::Rest,
    }
}
