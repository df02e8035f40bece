//! Easy as planned.

use super::{AdviceId, Rule};
use crate::report::{Class, Session};
use crate::units::UnitSystem;

pub(super) const RULE: Rule = Rule {
    id: AdviceId::GoOn,
    title: "Go on with the plan",
    what: "Speaks when a run was easy: the plan can go on, if nothing hurt more than your physio allows.",
    why: "The session was what it was meant to be. What the body says the next morning decides more than any watch.",
    limits: "A watch feels no pain: an easy run is no clearance.",
    source: "Pain during, after and on the next morning as the measure: Silbernagel et al., Am J Sports Med 2007;35:897. For bone: no pain at all (George, Sheerin and Reid, Sports Med 2024).",
    advise,
};

fn advise(session: &Session, _: UnitSystem) -> Option<String> {
    (session.verdict.class == Class::Easy).then(|| {
        let what = if session.plan.is_some() { "go on with the plan" } else { "keep this pace for the next run" };
        format!("{what}, if nothing hurts more than your physio allows, now and tomorrow morning.")
    })
}
