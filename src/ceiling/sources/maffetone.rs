//! 180 less the age.

use super::Proposal;
use crate::ceiling::{Facts, heart_rate};
use crate::model::Note;
use crate::units::HeartRate;

/// The formula is for ages above 16, with 165 bpm below (Maffetone); up to 10 bpm more over 65 are for those without any
/// trouble, whom no one audits here.
const YOUNGEST: f64 = 16.0;
const YOUNG_BPM: f64 = 165.0;

/// How long a rehab lasts, in days: our choice, the 12 easy weeks.
const REHAB_DAYS: i32 = 12 * 7;

pub(super) fn of_runner(facts: &Facts, _: &mut Vec<Note>) -> Option<Proposal> {
    facts.age.map(|age| proposal(age, facts))
}

pub(super) fn of_watch(facts: &Facts, _: &mut Vec<Note>) -> Option<Proposal> {
    facts.watch.age.map(|age| proposal(age, facts))
}

/// Whoever is in rehabilitation, or on regular medication, takes 10 off; whoever is coming back, 5. Everyone here is in
/// rehabilitation until the runner's file says that 12 weeks of it have passed.
fn proposal(age: f64, facts: &Facts) -> Proposal {
    let weeks_passed =
        matches!((facts.rehab_started, facts.on), (Some(started), Some(on)) if on.days_since(started) >= REHAB_DAYS);
    let well = weeks_passed && !facts.after_surgery && !facts.rate_limiting_medication;
    let allowance = if well { -5.0 } else { -10.0 };
    let easy = if age <= YOUNGEST { HeartRate::from_bpm(YOUNG_BPM) } else { heart_rate::maffetone(age, allowance) };
    Proposal { heart_rate: Some((easy, 10.0)), ..Proposal::default() }
}
