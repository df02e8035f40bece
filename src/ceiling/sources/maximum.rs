//! A share of the highest heart rate, measured or predicted from age.

use super::{Proposal, reserve};
use crate::ceiling::{Facts, heart_rate};
use crate::model::Note;
use crate::units::HeartRate;

/// Our choice below the ventilatory threshold at 82 ± 5 % of the highest heart rate, 71 to 89 % (Foster).
const SHARE: f64 = 0.79;

pub(super) fn of_runner(facts: &Facts, _: &mut Vec<Note>) -> Option<Proposal> {
    facts.max_heart_rate.map(|max| proposal(max, 8.0))
}

/// The highest heart rate in a watch is often its own formula, so it is worth no more than a formula.
pub(super) fn of_watch(facts: &Facts, _: &mut Vec<Note>) -> Option<Proposal> {
    facts.watch.max_heart_rate.map(|max| proposal(max, 11.0))
}

pub(super) fn by_age(facts: &Facts, _: &mut Vec<Note>) -> Option<Proposal> {
    Some(predicted(facts.age?, facts.resting_heart_rate))
}

pub(super) fn by_watch_age(facts: &Facts, _: &mut Vec<Note>) -> Option<Proposal> {
    Some(predicted(facts.watch.age?, facts.resting_heart_rate.or(facts.watch.resting_heart_rate)))
}

/// A share of the reserve where the resting heart rate is known, else of the maximum.
fn predicted(age: f64, rest: Option<HeartRate>) -> Proposal {
    let max = heart_rate::max_by_age(age);
    let Some(rest) = rest else {
        return proposal(max, 11.0);
    };
    let easy = heart_rate::of_reserve(rest, max, reserve::SHARE);
    Proposal { heart_rate: Some((easy, 10.0)), ..Proposal::default() }
}

fn proposal(max: HeartRate, uncertainty: f64) -> Proposal {
    Proposal { heart_rate: Some((heart_rate::share_of(max, SHARE), uncertainty)), ..Proposal::default() }
}
