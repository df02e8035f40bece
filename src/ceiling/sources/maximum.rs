//! A share of the highest heart rate, measured or predicted from age.

use super::{Proposal, reserve};
use crate::ceiling::{Facts, heart_rate};
use crate::model::Note;
use crate::units::HeartRate;

/// Our choice below the ventilatory threshold at 82 ± 5 % of the highest heart rate, 71 to 89 % in 22 adults, too
/// loose a relation to prescribe by (Foster), and at 85.1 ± 4.6 % of the peak in 1411 runners (Sports
/// 2026;14:29).
const SHARE: f64 = 0.79;

/// Standard deviations in bpm: 5 % of a highest heart rate of 190; with a maximum from a watch's own formula or from age,
/// whose standard error is 10.8 bpm, the square root of the sum of squares, rounded up.
const MEASURED: f64 = 10.0;
const FROM_WATCH: f64 = 12.0;
const FROM_AGE: f64 = 13.0;

pub(super) fn of_runner(facts: &Facts, _: &mut Vec<Note>) -> Option<Proposal> {
    facts.max_heart_rate.map(|max| proposal(max, MEASURED))
}

/// The highest heart rate in a watch is often its own formula, so it is worth no more than a formula.
pub(super) fn of_watch(facts: &Facts, _: &mut Vec<Note>) -> Option<Proposal> {
    facts.watch.max_heart_rate.map(|max| proposal(max, FROM_WATCH))
}

/// The zones of a watch are shares of that maximum, of the reserve or of the threshold, by the watch's own formula where
/// nobody set them: no better than those, and the last of them to be used.
pub(super) fn zone_of_watch(facts: &Facts, _: &mut Vec<Note>) -> Option<Proposal> {
    let top = facts.watch.zone_two_top?;
    Some(Proposal { heart_rate: Some((top, FROM_WATCH)), ..Proposal::default() })
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
        return proposal(max, FROM_AGE);
    };
    let easy = heart_rate::of_reserve(rest, max, reserve::SHARE);
    Proposal { heart_rate: Some((easy, reserve::FROM_FORMULA)), ..Proposal::default() }
}

fn proposal(max: HeartRate, uncertainty: f64) -> Proposal {
    Proposal { heart_rate: Some((heart_rate::share_of(max, SHARE), uncertainty)), ..Proposal::default() }
}
