//! A workout as TCX, as Garmin's `TrainingCenterDatabasev2` has it.

use crate::export::fit::workout::{Folded, fold_repeats};
use crate::export::xml::{self, element, line, rounded};
use crate::model::{Intensity, StepDuration, StepTarget, WorkoutStep};

/// Letters of a name of a workout or a step.
const LONGEST_NAME: usize = 15;

/// Repetitions of a repeat, and the seconds or metres of a step.
const MOST_TIMES: usize = 99;
const MOST: f64 = 65_535.0;

/// Writes a running workout.
pub fn tcx(name: &str, steps: &[WorkoutStep]) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TrainingCenterDatabase\n  \
                   xmlns=\"http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2\"\n  \
                   xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n  <Workouts>\n    \
                   <Workout Sport=\"Running\">\n"
        .to_owned();
    element(&mut out, 3, "Name", short(name));
    let (mut ids, mut blocks) = (0_usize, Vec::new());
    for (at, folded) in fold_repeats(steps).into_iter().enumerate() {
        match folded {
            Folded::Step(step) => blocks.push((at, step)),
            Folded::Repeat { first, times } => {
                let begins = blocks.iter().position(|(at, _)| *at >= first).unwrap_or(blocks.len());
                let block = blocks.split_off(begins);
                write_all(&mut out, &mut ids, &blocks);
                blocks.clear();
                write_repeat(&mut out, &mut ids, &block, times);
            }
        }
    }
    write_all(&mut out, &mut ids, &blocks);
    out.push_str("    </Workout>\n  </Workouts>\n</TrainingCenterDatabase>\n");
    out
}

fn write_all(out: &mut String, ids: &mut usize, steps: &[(usize, &WorkoutStep)]) {
    for (_, step) in steps {
        line(out, 3, "<Step xsi:type=\"Step_t\">");
        write_step(out, 4, ids, step);
        line(out, 3, "</Step>");
    }
}

/// A repeat, in parts where it has more rounds than one may have.
fn write_repeat(out: &mut String, ids: &mut usize, steps: &[(usize, &WorkoutStep)], times: usize) {
    let mut left = times;
    while left > 0 {
        let now = match left {
            // One round left alone would be no repeat.
            left if left == MOST_TIMES + 1 => MOST_TIMES - 1,
            left => left.min(MOST_TIMES),
        };
        left -= now;
        line(out, 3, "<Step xsi:type=\"Repeat_t\">");
        *ids += 1;
        element(out, 4, "StepId", *ids);
        element(out, 4, "Repetitions", now);
        for (_, step) in steps {
            line(out, 4, "<Child xsi:type=\"Step_t\">");
            write_step(out, 5, ids, step);
            line(out, 4, "</Child>");
        }
        line(out, 3, "</Step>");
    }
}

fn write_step(out: &mut String, depth: usize, ids: &mut usize, step: &WorkoutStep) {
    *ids += 1;
    element(out, depth, "StepId", *ids);
    element(out, depth, "Name", short(step.name.as_deref().unwrap_or("step")));
    let (kind, length) = match step.duration {
        StepDuration::Time(seconds) => ("Time_t", Some(("Seconds", seconds))),
        StepDuration::Distance(distance) => ("Distance_t", Some(("Meters", distance.as_meters()))),
        StepDuration::Open => ("UserInitiated_t", None),
    };
    match length {
        Some((unit, length)) => {
            let length = length.round().clamp(1.0, MOST);
            line(out, depth, &format!("<Duration xsi:type=\"{kind}\"><{unit}>{length}</{unit}></Duration>"));
        }
        None => line(out, depth, &format!("<Duration xsi:type=\"{kind}\"/>")),
    }
    let rests = matches!(step.intensity, Some(Intensity::Rest | Intensity::Recovery));
    element(out, depth, "Intensity", if rests { "Resting" } else { "Active" });
    write_target(out, depth, step.target);
}

fn write_target(out: &mut String, depth: usize, target: StepTarget) {
    match target {
        StepTarget::Open => line(out, depth, "<Target xsi:type=\"None_t\"/>"),
        StepTarget::Speed(low, high) => {
            line(out, depth, "<Target xsi:type=\"Speed_t\">");
            line(out, depth + 1, "<SpeedZone xsi:type=\"CustomSpeedZone_t\">");
            element(out, depth + 2, "ViewAs", "Pace");
            element(out, depth + 2, "LowInMetersPerSecond", rounded(low.as_meters_per_second()));
            element(out, depth + 2, "HighInMetersPerSecond", rounded(high.as_meters_per_second()));
            line(out, depth + 1, "</SpeedZone>");
            line(out, depth, "</Target>");
        }
        StepTarget::HeartRate(low, high) => {
            line(out, depth, "<Target xsi:type=\"HeartRate_t\">");
            line(out, depth + 1, "<HeartRateZone xsi:type=\"CustomHeartRateZone_t\">");
            for (name, rate) in [("Low", low), ("High", high)] {
                let value = rate.as_bpm().round().clamp(1.0, 255.0);
                let text = format!("<{name} xsi:type=\"HeartRateInBeatsPerMinute_t\"><Value>{value}</Value></{name}>");
                line(out, depth + 2, &text);
            }
            line(out, depth + 1, "</HeartRateZone>");
            line(out, depth, "</Target>");
        }
    }
}

/// A name as short as it must be. Of `kinetic-revolution/week-1` the end says more than the beginning.
fn short(name: &str) -> String {
    let is_long = name.chars().count() > LONGEST_NAME;
    let name = name.rsplit_once('/').filter(|_| is_long).map_or(name, |(_, stage)| stage);
    xml::text(&name.chars().take(LONGEST_NAME).collect::<String>())
}
