//! The fastest pace at which talking was comfortable.

use super::{BEFORE_LAY_OFF, Proposal, before_rehab};
use crate::ceiling::Facts;
use crate::model::{Note, NoteId};

pub(super) fn propose(facts: &Facts, notes: &mut Vec<Note>) -> Option<Proposal> {
    let test = facts.talk_test.as_ref()?;
    let before = before_rehab(test.date, facts);
    if before {
        notes.push(Note::new(
            NoteId::TalkTestBeforeRehab,
            "the talk test is from before the rehab: repeat it, the lay-off may have taken more than it shows",
        ));
    }
    let proposal = Proposal {
        speed: test.speed.map(|speed| (speed, 0.05 + if before { BEFORE_LAY_OFF } else { 0.0 })),
        heart_rate: test.heart_rate.map(|heart_rate| (heart_rate, 5.0)),
        barred: None,
    };
    (proposal != Proposal::default()).then_some(proposal)
}
