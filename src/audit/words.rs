//! Numbers of a session in words, for sentences and findings.

use super::chain::Effort;
use super::context::SessionContext;
use super::judge::JudgedStretch;
use super::measures::{Bounds, Compared, Lengths, Measures};
use crate::units::{Distance, HeartRate, Speed, clock, percent_over};

/// A speed as a pace, as `5:06/km`.
pub(super) fn pace(context: &SessionContext, meters_per_second: f64) -> String {
    context.settings.units.pace(Speed::from_meters_per_second(meters_per_second))
}

/// The ceiling on pace, as `the easy ceiling of 6:07/km`; from slow to fast where steps of the plan have their own.
pub(super) fn ceiling(context: &SessionContext, measures: &Measures) -> String {
    named(measures.ceiling, |limit| pace(context, limit))
}

/// The same for heart rate, as `the easy ceiling of 145 bpm`.
pub(super) fn heart_ceiling(measures: &Measures) -> String {
    named(measures.heart_ceiling, bpm)
}

fn named(limits: Option<Bounds>, word: impl Fn(f64) -> String) -> String {
    let Some(Bounds { low, high }) = limits else { return "the easy ceiling".to_owned() };
    match (word(low), word(high)) {
        (low, high) if low == high => format!("the easy ceiling of {low}"),
        (low, high) => format!("the easy ceilings of {low} to {high}"),
    }
}

/// What is earlier than this is at the start, in seconds: the watch is started a moment before the run.
const AT_THE_START_S: f64 = 5.0;

/// A heart rate, as `148 bpm`.
pub(super) fn bpm(bpm: f64) -> String {
    HeartRate::from_bpm(bpm).to_string()
}

/// As `5:06/km, 20 % faster`.
pub(super) fn compared(context: &SessionContext, Compared { speed, ratio }: Compared) -> String {
    format!("{}, {}", pace(context, speed), faster(ratio))
}

/// How much faster a ratio to the ceiling is, as `20 % faster`.
pub(super) fn faster(ratio: f64) -> String {
    percent_over(ratio).map_or("no faster".to_owned(), |percent| format!("{percent} faster"))
}

/// How much a slope must change the pace to be told beside it. Our choice: ten seconds in a kilometre or so.
const TOLD_SLOPE: f64 = 0.03;

/// An effort, as `1:02 at 5:06/km, 20 % faster`; where slopes count, with the pace that the watch showed.
pub(super) fn effort(context: &SessionContext, effort: &Effort) -> String {
    let compared = compared(context, Compared { speed: effort.graded, ratio: effort.ratio });
    let seconds = clock(effort.seconds);
    if (effort.graded / effort.raw).ln().abs() < TOLD_SLOPE {
        return format!("{seconds} at {compared}");
    }
    let (faster, raw) = (faster(effort.ratio), pace(context, effort.raw));
    format!("{seconds} at {raw} over the ground, as hard as {} on the flat, {faster}", pace(context, effort.graded))
}

/// A stretch with its graded speed, as `1:02 at 5:06/km`: its own distance over its own time, as in the table of bouts.
pub(super) fn stretch(context: &SessionContext, judged: &JudgedStretch) -> String {
    at_pace(context, judged, context.speeds_of(&judged.stretch).1)
}

/// A stretch with its speed over the ground, as `1:02 at 5:06/km`.
pub(super) fn stretch_on_ground(context: &SessionContext, judged: &JudgedStretch) -> String {
    at_pace(context, judged, context.speeds_of(&judged.stretch).0)
}

fn at_pace(context: &SessionContext, judged: &JudgedStretch, speed: Option<f64>) -> String {
    let at = speed.map(|speed| format!(" at {}", pace(context, speed)));
    format!("{}{}", clock(judged.stretch.seconds), at.unwrap_or_default())
}

/// A moment of the session, as `14:20 (2.1 km)` or `the start`.
pub(super) fn place(context: &SessionContext, at: usize) -> String {
    if context.timeline.seconds(at) < AT_THE_START_S {
        return "the start".to_owned();
    }
    let time = clock(context.timeline.seconds(at));
    let start = context.timeline.distance.first().copied().unwrap_or(0.0);
    let meters = context.timeline.distance_at(at).as_meters() - start;
    if meters <= 0.0 {
        return time;
    }
    format!("{time} ({})", context.settings.units.distance_mark(Distance::from_meters(meters)))
}

/// Lengths, as `0:58 to 1:03`, or `1:00` where they are all alike.
pub(super) fn lengths(lengths: Lengths) -> String {
    match (clock(lengths.shortest_s), clock(lengths.longest_s)) {
        (shortest, longest) if shortest == longest => shortest,
        (shortest, longest) => format!("{shortest} to {longest}"),
    }
}

/// The time over the ceiling, as `21:03 of 25:10 of running`.
pub(super) fn share(measures: &Measures) -> String {
    let (over, judged) = (clock(measures.over_s), clock(measures.judged_s));
    let running = running(measures, measures.judged_s);
    if over == judged { format!("all {judged} of {running}") } else { format!("{over} of {judged} of {running}") }
}

/// Running as it is named beside a time of it: not all of it can always be judged.
pub(super) fn running(measures: &Measures, judged_s: f64) -> &'static str {
    if clock(judged_s) == clock(measures.run_s) { "running" } else { "judged running" }
}

/// The same words with a capital at the start.
pub(super) fn capitalize(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
