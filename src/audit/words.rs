//! Numbers of a session in words, for sentences and findings.

use super::chain::Effort;
use super::context::SessionContext;
use super::judge::JudgedStretch;
use super::noise::median;
use crate::units::{Distance, HeartRate, Speed, clock, percent};

/// A speed as a pace, as `5:06/km`.
pub(super) fn pace(context: &SessionContext, meters_per_second: f64) -> String {
    context.settings.units.pace(Speed::from_meters_per_second(meters_per_second))
}

/// The ceiling on pace, as `the easy ceiling of 6:07/km`; from slow to fast where steps of the plan have their own.
pub(super) fn ceiling(context: &SessionContext) -> String {
    let limits =
        context.judged().filter_map(|(judged, _)| context.settings.speed_limit(context.ceiling, &judged.stretch.range));
    let limits: Vec<f64> = limits.map(|(limit, _)| limit.as_meters_per_second()).collect();
    named(&limits, |limit| pace(context, limit))
}

/// The same for heart rate, as `the easy ceiling of 145 bpm`.
pub(super) fn heart_ceiling(context: &SessionContext) -> String {
    named(&context.stretches.iter().filter_map(|judged| judged.heart_limit).collect::<Vec<_>>(), bpm)
}

fn named(limits: &[f64], word: impl Fn(f64) -> String) -> String {
    let (least, most) = limits.iter().fold((f64::INFINITY, 0.0), |(least, most), &x| (x.min(least), x.max(most)));
    match (word(least), word(most)) {
        _ if limits.is_empty() => "the easy ceiling".to_owned(),
        (least, most) if least == most => format!("the easy ceiling of {least}"),
        (least, most) => format!("the easy ceilings of {least} to {most}"),
    }
}

/// What is earlier than this is at the start, in seconds: the watch is started a moment before the run.
const AT_THE_START_S: f64 = 5.0;

/// A heart rate, as `148 bpm`.
pub(super) fn bpm(bpm: f64) -> String {
    HeartRate::from_bpm(bpm).to_string()
}

/// As `5:06/km, 20 % faster`.
pub(super) fn compared(context: &SessionContext, speed: f64, ratio: f64) -> String {
    format!("{}, {} faster", pace(context, speed), percent(ratio - 1.0))
}

/// How much a slope must change the pace to be told beside it. Our choice: ten seconds in a kilometre or so.
const TOLD_SLOPE: f64 = 0.03;

/// An effort, as `1:02 at 5:06/km, 20 % faster`; where slopes count, with the pace that the watch showed.
pub(super) fn effort(context: &SessionContext, effort: &Effort) -> String {
    let (seconds, compared) = (clock(effort.seconds), compared(context, effort.graded, effort.ratio));
    if (effort.graded / effort.raw).ln().abs() < TOLD_SLOPE {
        return format!("{seconds} at {compared}");
    }
    let (faster, raw) = (percent(effort.ratio - 1.0), pace(context, effort.raw));
    format!(
        "{seconds} at {raw} over the ground, as hard as {} on the flat, {faster} faster",
        pace(context, effort.graded)
    )
}

/// A stretch with its graded speed, as `1:02 at 5:06/km`.
pub(super) fn stretch(context: &SessionContext, judged: &JudgedStretch) -> String {
    let at = judged.stretch.speed.map(|speed| format!(" at {}", pace(context, speed.graded)));
    format!("{}{}", clock(judged.stretch.seconds), at.unwrap_or_default())
}

/// A stretch with its speed over the ground, as `1:02 at 5:06/km`.
pub(super) fn unit_on_ground(context: &SessionContext, judged: &JudgedStretch) -> String {
    let at = judged.stretch.speed.map(|speed| format!(" at {}", pace(context, speed.raw)));
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

/// Lengths, as `0:58 to 1:03`, or `about 1:00` where they are alike.
pub(super) fn lengths(seconds: impl Iterator<Item = f64> + Clone) -> String {
    let (shortest, longest) = (seconds.clone().fold(f64::INFINITY, f64::min), seconds.clone().fold(0.0, f64::max));
    if longest - shortest > (0.1 * longest).max(3.0) {
        return format!("{} to {}", clock(shortest), clock(longest));
    }
    let middle = median(&mut seconds.collect::<Vec<_>>()).unwrap_or(0.0);
    // Four seconds or so are the runner's and the watch's; a round number reads as what was meant.
    let round = (middle / 5.0).round() * 5.0;
    format!("about {}", clock(if middle >= 30.0 { round } else { middle }))
}

/// The time over the ceiling, as `9 of 10 minutes of running`, or a percentage where that is too coarse.
pub(super) fn share(context: &SessionContext) -> String {
    let minutes = (context.tally.unit_s - context.tally.suspect_s) / 60.0;
    let over = context.tally.over_share() * minutes;
    match minutes {
        _ if minutes < 4.0 || over < 1.5 => format!("{} of the running", percent(context.tally.over_share())),
        _ if over >= minutes - 0.5 => format!("all {minutes:.0} minutes of running"),
        _ if over.round() >= minutes.round() => format!("nearly all {minutes:.0} minutes of running"),
        _ => format!("{over:.0} of {minutes:.0} minutes of running"),
    }
}

/// The same words with a capital at the start.
pub(super) fn capitalize(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
