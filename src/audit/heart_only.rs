//! The class of a session by heart rate, where there is no pace or no ceiling on it.
//!
//! What is over comes from the time over the ceiling and from efforts that are clearly faster than the pace which the
//! ceiling allows today. What is easy needs more: hardly any time that is not clearly under the ceiling, bouts long
//! enough for the heart to show them, no fast efforts among slower running, and a sensor that saw the fast parts. What is
//! neither is undetermined. Each of these rises with every heart rate and falls with the ceiling, so that a higher heart
//! rate or a lower ceiling never moves a session towards easy; only a change that turns a reading into a fault of the
//! sensor, or a fault into a reading, can.

use std::ops::RangeInclusive;

use super::Class;
use super::context::SessionContext;
use super::heart::over_time::is_rough_bpm;
use super::heart::pace_witness::Effort;
use super::heart::sensor_faults::Fault;
use super::judge::JudgedStretch;
use crate::ceiling::Limit;
use crate::units::HeartRate;

/// Share of the running whose heart rate must be known. Our choice.
const LEAST_KNOWN: f64 = 0.6;
/// Least trust in the sensor. Our choice.
const LEAST_TRUST: f64 = 0.5;
/// Share of the running over the ceiling that makes the session so, and that of its last third. Our choice.
const STEADY_SHARE: f64 = 0.5;
/// Share over the ceiling, heat allowed for, from which a session is over: as much as efforts by pace need.
const OVER_SHARE: f64 = 0.15;
/// Share over the ceiling, or time on end in seconds, from which a session is never easy.
pub(super) const SOME_SHARE: f64 = 0.15;
const SOME_ON_END_S: f64 = 120.0;
/// Time on end, in seconds, that is over the ceiling for sure where it is far over it. Our choice.
const FAR_ON_END_S: f64 = 240.0;
/// Efforts that make intervals, and their share of the running. Our choice.
const INTERVALS: usize = 4;
const INTERVALS_SHARE: f64 = 0.1;
/// The same where only the heart shows them: bpm over the ceiling, length of a bout in samples, and share of the running.
/// Our choice: stops at road crossings cut long runs into a few bouts, intervals are short and most of the running.
const INTERVALS_BPM: f64 = 8.0;
const EFFORT: RangeInclusive<usize> = 20..=300;
const MOST_OF_IT: f64 = 0.7;
/// Share of the running, or seconds, in which a fault of the sensor stands in the way. Our choice.
const FAULT_SHARE: f64 = 0.15;
const FAULT_S: f64 = 120.0;
/// Share of the running in bouts too short for the heart that stands in the way. Our choice.
const HIDDEN_SHARE: f64 = 0.2;
/// Heart rate alone is never trusted further, and less without a pace beside it. Our choice.
const MOST_CONFIDENCE: f64 = 0.6;
const WITHOUT_PACE: f64 = 0.75;

/// What heart rate says of a session.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Outcome {
    /// The class.
    pub class: Class,
    /// Why it is undetermined, where it is.
    pub open: Option<Open>,
}

/// Why heart rate does not clear a session that it does not accuse.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Open {
    /// It was over the ceiling for some time, which its error or the heat can explain.
    SomeTime,
    /// A fault of the sensor covers the parts that matter.
    Sensor(Fault),
    /// Pace and cadence show efforts that heart rate does not.
    FastEfforts,
    /// The bouts are too short for the heart.
    ShortBouts,
    /// The ceiling is too uncertain for a heart rate so near to it.
    RoughCeiling,
}

/// What heart rate says of a session, or `None` where there is none to say anything.
pub(super) fn outcome(context: &SessionContext) -> Option<Outcome> {
    let time = &context.over_time;
    let trusted = context.timeline.heart_rate_quality.trust >= LEAST_TRUST && context.timeline.signals.heart_rate;
    if !trusted || time.known_s < LEAST_KNOWN * context.tally.run_s || time.known_s <= 0.0 {
        return None;
    }
    if let Some(class) = over(context) {
        return Some(Outcome { class, open: None });
    }
    let open = open(context);
    let class = if open.is_some() { Class::Undetermined } else { Class::Easy };
    Some(Outcome { class, open })
}

/// The class of a session that is over its ceiling.
fn over(context: &SessionContext) -> Option<Class> {
    let time = &context.over_time;
    let by_pace = context.witness.n_faster() >= INTERVALS;
    let by_time = time.over_share() >= OVER_SHARE || time.far.longest_s >= FAR_ON_END_S;
    if !by_time && !by_pace {
        return None;
    }
    Some(if alternates(context) {
        Class::DisguisedIntervals
    } else if time.above_share() >= STEADY_SHARE {
        Class::AboveEasy
    } else if time.last_third >= STEADY_SHARE {
        Class::DriftedOver
    } else {
        Class::Surges
    })
}

/// True when the series shows the alternation of intervals: in pace, or in short bouts far over the ceiling.
fn alternates(context: &SessionContext) -> bool {
    let time = &context.over_time;
    let is_over = |effort: &&Effort| effort.faster || time.shows_in(&effort.range);
    let efforts = || context.witness.chain().iter().filter(is_over);
    let effort_s: f64 = efforts().map(|effort| effort.seconds).sum();
    let bouts = || time.bouts.iter().filter(|(bout, peak)| *peak >= INTERVALS_BPM && EFFORT.contains(&bout.len()));
    let bout_s: f64 = bouts().map(|(bout, _)| context.seconds(bout)).sum();
    efforts().count() >= INTERVALS && effort_s >= INTERVALS_SHARE * time.run_s
        || bouts().count() >= INTERVALS && bout_s >= MOST_OF_IT * time.run_s
}

/// What stands in the way of easy.
fn open(context: &SessionContext) -> Option<Open> {
    let time = &context.over_time;
    let some =
        time.unclear.seconds - time.hidden_s >= SOME_SHARE * time.run_s || time.unclear.longest_s >= SOME_ON_END_S;
    // Half of a run above its ceiling is not easy, whatever drift there is.
    if some || time.above_share() >= STEADY_SHARE {
        let rough = context.ceiling.heart_rate.as_ref().is_some_and(is_rough)
            && time.above.seconds < time.unclear.seconds / 2.0;
        return Some(if rough { Open::RoughCeiling } else { Open::SomeTime });
    }
    if context.witness.has_structure() {
        return Some(Open::FastEfforts);
    }
    let hides = |fault: &&Fault| fault.hidden_s >= FAULT_S.min(FAULT_SHARE * time.run_s);
    if let Some(fault) = context.faults.iter().find(hides) {
        return Some(Open::Sensor(fault.clone()));
    }
    (time.unclear.seconds >= HIDDEN_SHARE * time.run_s).then_some(Open::ShortBouts)
}

/// How far a verdict by heart rate can be trusted.
pub(super) fn confidence(context: &SessionContext) -> f64 {
    let beside = if context.witness.base > 0.0 { 1.0 } else { WITHOUT_PACE };
    MOST_CONFIDENCE * beside * context.timeline.heart_rate_quality.trust
}

/// True when a stretch asks the heart for so much more than the ceiling that its error does not explain it.
pub(super) fn is_over(context: &SessionContext, judged: &JudgedStretch) -> bool {
    let margin = context.ceiling.heart_rate.filter(is_rough).map_or(0.0, |limit| limit.uncertainty);
    judged.heart_over == Some(true) && judged.heart_excess.is_some_and(|excess| excess >= margin)
}

/// True when a ceiling is so uncertain that only what is far from it is believed.
pub(super) fn is_rough(limit: &Limit<HeartRate>) -> bool {
    is_rough_bpm(limit.uncertainty)
}
