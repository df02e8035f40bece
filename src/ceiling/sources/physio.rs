//! What the physio said.

use super::Proposal;
use crate::ceiling::Facts;
use crate::model::Note;

pub(super) fn propose(facts: &Facts, _: &mut Vec<Note>) -> Option<Proposal> {
    if facts.easy_pace.is_none() && facts.easy_heart_rate.is_none() {
        return None;
    }
    // 2 % and 3 bpm: the rounding of a prescription and of a watch. Our choice.
    Some(Proposal {
        speed: facts.easy_pace.map(|pace| (pace.speed(), 0.02)),
        heart_rate: facts.easy_heart_rate.map(|heart_rate| (heart_rate, 3.0)),
        barred: None,
    })
}
