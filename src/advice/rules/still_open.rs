//! The run could not be judged.

use super::{AdviceId, Rule, this_session, within_ceiling};
use crate::report::{Class, Session};
use crate::units::UnitSystem;

pub(super) const RULE: Rule = Rule {
    id: AdviceId::StillOpen,
    title: "The run could not be judged: do the same again",
    what: "Speaks when there is a ceiling and no verdict: asks for the same session again, within the ceiling.",
    why: "Missing data is never a pass, and no reproach either: what is not known to have been easy is not the ground for a step up.",
    limits: "The run may have been easy. Whoever knows it was can say so to the physio.",
    source: "Our choice.",
    advise,
};

fn advise(session: &Session, units: UnitSystem) -> Option<String> {
    (session.verdict.class == Class::Undetermined).then(|| {
        let within = within_ceiling(session, units).map_or(String::new(), |within| format!(", {within}"));
        format!("this run does not tell whether to go on: do {} again{within}.", this_session(session))
    })
}
