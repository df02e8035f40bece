//! What a person said: the physio, somebody, or the runner by guess.

use super::Proposal;
use crate::ceiling::{Facts, Giver};
use crate::model::{Note, NoteId};

/// Standard deviations of a limit that was given, of the logarithm of speed and in bpm: the rounding of a prescription and
/// of a watch. Our choice.
///
/// Where nothing says who gave it, it is held to as strictly: to doubt it more would excuse more of what is over it.
const GIVEN: (f64, f64) = (0.02, 3.0);

/// The same of a guess: runners tell their first threshold by feel worse than any formula does (Nuuttila et al., Eur J Appl
/// Physiol 2025;125:2161). Our choice.
const GUESSED: (f64, f64) = (0.08, 10.0);

pub(super) fn propose(facts: &Facts, _: &mut Vec<Note>) -> Option<Proposal> {
    said(facts, Giver::Physio, GIVEN)
}

pub(super) fn as_given(facts: &Facts, _: &mut Vec<Note>) -> Option<Proposal> {
    said(facts, Giver::Unsaid, GIVEN)
}

pub(super) fn guess(facts: &Facts, notes: &mut Vec<Note>) -> Option<Proposal> {
    let beside = facts.guess.as_ref().filter(|_| facts.easy_from != Giver::Guess).map(|guess| Proposal {
        speed: guess.speed.map(|speed| (speed, GUESSED.0)),
        heart_rate: guess.heart_rate.map(|heart_rate| (heart_rate, GUESSED.1)),
        barred: None,
    });
    let is_beside = beside.is_some();
    let proposal = beside.or_else(|| said(facts, Giver::Guess, GUESSED))?;
    if is_beside {
        return Some(proposal);
    }
    notes.push(Note::new(
        NoteId::CeilingIsAGuess,
        "the ceiling is the runner's own estimate: a talk test of 20 minutes, or a physio, gives a better one",
    ));
    Some(proposal)
}

/// What was given, where this giver gave it.
fn said(facts: &Facts, by: Giver, (of_speed, of_heart_rate): (f64, f64)) -> Option<Proposal> {
    if facts.easy_from != by || facts.easy_pace.is_none() && facts.easy_heart_rate.is_none() {
        return None;
    }
    Some(Proposal {
        speed: facts.easy_pace.map(|pace| (pace.speed(), of_speed)),
        heart_rate: facts.easy_heart_rate.map(|heart_rate| (heart_rate, of_heart_rate)),
        barred: None,
    })
}
