//! 180 less the age.

use super::Proposal;
use crate::ceiling::{Facts, heart_rate};
use crate::model::Note;

pub(super) fn of_runner(facts: &Facts, _: &mut Vec<Note>) -> Option<Proposal> {
    facts.age.map(|age| proposal(age, facts))
}

pub(super) fn of_watch(facts: &Facts, _: &mut Vec<Note>) -> Option<Proposal> {
    facts.watch.age.map(|age| proposal(age, facts))
}

/// Whoever is in rehab is coming back: −5 at least.
fn proposal(age: f64, facts: &Facts) -> Proposal {
    let allowance = if facts.after_surgery { -10.0 } else { -5.0 };
    Proposal { heart_rate: Some((heart_rate::maffetone(age, allowance), 10.0)), ..Proposal::default() }
}
