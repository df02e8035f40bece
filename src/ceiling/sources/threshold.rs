//! A share of the heart rate at the lactate threshold: the mean of the last 20 min of a 30 min time trial alone.

use super::Proposal;
use crate::ceiling::{Facts, heart_rate};
use crate::model::Note;
use crate::units::HeartRate;

/// Top of Friel's zone 2.
const SHARE: f64 = 0.89;

pub(super) fn of_runner(facts: &Facts, _: &mut Vec<Note>) -> Option<Proposal> {
    facts.threshold_heart_rate.map(|threshold| proposal(threshold, 5.0))
}

/// Watches guess the threshold from training, or hold a number set once: 2 bpm more. Our choice.
pub(super) fn of_watch(facts: &Facts, _: &mut Vec<Note>) -> Option<Proposal> {
    facts.watch.threshold_heart_rate.map(|threshold| proposal(threshold, 7.0))
}

fn proposal(threshold: HeartRate, uncertainty: f64) -> Proposal {
    Proposal { heart_rate: Some((heart_rate::share_of(threshold, SHARE), uncertainty)), ..Proposal::default() }
}
