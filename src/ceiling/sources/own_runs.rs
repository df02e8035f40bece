//! What the runner runs steadily and without strain.

use super::Proposal;
use crate::ceiling::Facts;
use crate::model::Note;

pub(super) fn propose(facts: &Facts, notes: &mut Vec<Note>) -> Option<Proposal> {
    let own = facts.own_runs.as_ref()?;
    notes.extend(own.notes.iter().cloned());
    let proposal = Proposal { speed: own.speed, heart_rate: own.heart_rate, barred: None };
    (proposal != Proposal::default()).then_some(proposal)
}
