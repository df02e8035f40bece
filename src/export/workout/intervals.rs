//! A workout as the text that intervals.icu reads, and from there Garmin's and other calendars.
//!
//! Its paces may be absolute, its heart rates only shares of the highest one: a limit in bpm stands in the title instead.

use crate::export::fit::workout::{Folded, fold_repeats};
use crate::model::{StepDuration, StepTarget, WorkoutStep};
use crate::units::UnitSystem;

/// The slow end of a range of pace, slower than any walk.
const SLOWEST_MIN: &str = "30:00";

/// Writes a workout: a title, then a line a step; what repeats stands under `10x`, between empty lines.
pub fn text(name: &str, steps: &[WorkoutStep], units: UnitSystem) -> String {
    let limits = steps.iter().filter_map(|step| match step.target {
        StepTarget::HeartRate(_, high) => Some(high.as_bpm()),
        StepTarget::Open | StepTarget::Speed(..) => None,
    });
    let limit = limits.reduce(f64::min).map_or(String::new(), |bpm| format!(", not above {bpm:.0} bpm"));
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    let mut lines = vec![format!("{name}{limit}"), String::new()];
    let mut starts = Vec::new();
    for folded in fold_repeats(steps) {
        starts.push(lines.len());
        match folded {
            Folded::Step(step) => lines.push(step_line(step, units)),
            Folded::Repeat { first, times } => {
                let at = starts[first];
                lines.insert(at, format!("{times}x"));
                if !lines[at - 1].is_empty() {
                    lines.insert(at, String::new());
                }
                lines.push(String::new());
            }
        }
    }
    let text = lines.join("\n");
    format!("{}\n", text.trim_end())
}

fn step_line(step: &WorkoutStep, units: UnitSystem) -> String {
    let name = step.name.as_deref().unwrap_or("step");
    let length = match step.duration {
        StepDuration::Time(seconds) => time(seconds),
        StepDuration::Distance(distance) => format!("{}mtr", distance.as_meters().round()),
        StepDuration::Open => "5m press lap".to_owned(),
    };
    let target = match step.target {
        StepTarget::Speed(_, high) => high.pace().map_or(String::new(), |pace| {
            format!(" {SLOWEST_MIN}-{}{} Pace", units.pace_number(pace), units.pace_unit())
        }),
        StepTarget::Open | StepTarget::HeartRate(..) => String::new(),
    };
    format!("- {name} {length}{target}")
}

/// A time as `1h2m30s`.
fn time(seconds: f64) -> String {
    let total = seconds.max(1.0).round() as u64;
    let parts = [(total / 3600, "h"), (total / 60 % 60, "m"), (total % 60, "s")];
    parts.iter().filter(|(n, _)| *n > 0).map(|(n, unit)| format!("{n}{unit}")).collect()
}
