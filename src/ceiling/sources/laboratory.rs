//! The first threshold from a laboratory, trusted for 12 weeks.

use super::{BEFORE_LAY_OFF, Proposal, before_rehab};
use crate::ceiling::{Facts, Threshold};
use crate::model::{Note, NoteId};

/// How long a test holds, in days: our choice.
const HOLDS_DAYS: i32 = 12 * 7;

pub(super) fn recent(facts: &Facts, notes: &mut Vec<Note>) -> Option<Proposal> {
    let test = facts.first_threshold.as_ref().filter(|test| !is_old(test, facts))?;
    if test.date.is_none() {
        notes
            .push(Note::new(NoteId::LaboratoryTestWithoutDate, "the laboratory test has no date and counts as recent"));
    }
    proposal(test, facts, 0.0, 0.0)
}

pub(super) fn old(facts: &Facts, notes: &mut Vec<Note>) -> Option<Proposal> {
    let test = facts.first_threshold.as_ref().filter(|test| is_old(test, facts))?;
    notes.push(Note::new(
        NoteId::LaboratoryTestTooOld,
        "the laboratory test was more than 12 weeks away from this day: it counts less than a talk test or a race",
    ));
    proposal(test, facts, BEFORE_LAY_OFF, 3.0)
}

fn is_old(test: &Threshold, facts: &Facts) -> bool {
    matches!((test.date, facts.on), (Some(date), Some(on)) if on.days_since(date).abs() > HOLDS_DAYS)
}

/// 4 % and 4 bpm: what is left when the threshold itself was measured. Our choice, below the errors of fixed shares
/// of maxima, 0.6 to 1.0 km/h and 4.9 to 8.4 bpm (Nuuttila et al., Eur J Appl Physiol 2025;125:2161).
fn proposal(test: &Threshold, facts: &Facts, more: f64, more_bpm: f64) -> Option<Proposal> {
    let before = if before_rehab(test.date, facts) { BEFORE_LAY_OFF } else { 0.0 };
    let proposal = Proposal {
        speed: test.speed.map(|speed| (speed, 0.04 + more.max(before))),
        heart_rate: test.heart_rate.map(|heart_rate| (heart_rate, 4.0 + more_bpm)),
        barred: None,
    };
    (proposal != Proposal::default()).then_some(proposal)
}
