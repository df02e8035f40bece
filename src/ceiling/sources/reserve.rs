//! A share of the reserve between resting and highest heart rate.

use super::Proposal;
use crate::ceiling::{Facts, heart_rate};
use crate::model::Note;
use crate::units::HeartRate;

/// Our choice between two: 70 % of 373 adults reached the ventilatory threshold below 60 % of the reserve (a thesis at Ball
/// State University), where this is about 13 bpm above it, while 70 % of VDOT stands at 66 to 68 % of it.
pub(super) const SHARE: f64 = 0.65;

/// Standard deviations in bpm, wide enough that the threshold of that thesis lies within one and a half: with both
/// heart rates measured, with the highest one measured alone, and with the highest one from a formula.
pub(super) const MEASURED: f64 = 9.0;
const REST_FROM_WATCH: f64 = 10.0;
pub(super) const FROM_FORMULA: f64 = 12.0;

pub(super) fn of_runner(facts: &Facts, _: &mut Vec<Note>) -> Option<Proposal> {
    Some(proposal(facts.resting_heart_rate?, facts.max_heart_rate?, MEASURED))
}

/// Fills in from the watch what the runner did not say. The highest heart rate in a watch is often its own formula,
/// so it is worth no more than a formula.
pub(super) fn of_watch(facts: &Facts, _: &mut Vec<Note>) -> Option<Proposal> {
    if facts.resting_heart_rate.is_some() && facts.max_heart_rate.is_some() {
        return None;
    }
    let rest = facts.resting_heart_rate.or(facts.watch.resting_heart_rate)?;
    let uncertainty = if facts.max_heart_rate.is_some() { REST_FROM_WATCH } else { FROM_FORMULA };
    Some(proposal(rest, facts.max_heart_rate.or(facts.watch.max_heart_rate)?, uncertainty))
}

fn proposal(rest: HeartRate, max: HeartRate, uncertainty: f64) -> Proposal {
    Proposal { heart_rate: Some((heart_rate::of_reserve(rest, max, SHARE), uncertainty)), ..Proposal::default() }
}
