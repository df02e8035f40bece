//! The run could not be judged.

use super::{AdviceId, Rule, the_same_again, within_ceiling};
use crate::report::{Class, Session};
use crate::units::UnitSystem;

pub(super) const RULE: Rule = Rule {
    id: AdviceId::StillOpen,
    title: "The run could not be judged: do the same again",
    what: "Speaks when there is a ceiling, a minute of running and no verdict: asks for the same session again, within the ceiling.",
    why: "Missing data is never a pass, and no reproach either: what is not known to have been easy is not the ground for a step up.",
    limits: "The run may have been easy. Whoever knows it was can say so to the physio.",
    source: "Our choice.",
    advise,
};

/// Less running than this says nothing about the next run, judged or not: our choice.
const LEAST_RUN_S: f64 = 60.0;

fn advise(session: &Session, units: UnitSystem) -> Option<String> {
    let is_run = session.run_s >= LEAST_RUN_S;
    (session.class() == Some(Class::Undetermined) && is_run).then(|| {
        let within = within_ceiling(session, units).map_or(String::new(), |within| format!(", {within}"));
        format!("this run does not tell whether to go on: {}{within}.", the_same_again(session))
    })
}
