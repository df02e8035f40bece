//! The run began easy and drifted over the ceiling.

use super::{AdviceId, Rule, the_same_again, within_ceiling};
use crate::report::{Class, Session};
use crate::units::{UnitSystem, clock};

pub(super) const RULE: Rule = Rule {
    id: AdviceId::StartSlower,
    title: "Begin slower, or walk where it turned",
    what: "Speaks when a run drifted over its ceiling: asks for the same session, begun slower, with a walk where it turned.",
    why: "What is easy at the start and not at the end was a little too fast or a little too long.",
    limits: "Heat and hills late in a run do the same.",
    source: "Our choice.",
    advise,
};

fn advise(session: &Session, units: UnitSystem) -> Option<String> {
    if session.class() != Some(Class::DriftedOver) {
        return None;
    }
    let within = within_ceiling(session, units).map_or(String::new(), |within| format!(", {within}"));
    let walk = session.verdict.as_ref()?.turned_at_s.filter(|at| *at >= 60.0);
    let walk = walk.map_or(String::new(), |at| {
        format!(" It was easy until {}: take a walk break there.", clock((at / 60.0).floor() * 60.0))
    });
    Some(format!("{} and begin slower{within}.{walk}", the_same_again(session)))
}
