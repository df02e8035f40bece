//! The run was over the ceiling.

use super::{AdviceId, Rule, the_same_again, too_fast_by, within_ceiling};
use crate::report::{Class, Session};
use crate::units::UnitSystem;

pub(super) const RULE: Rule = Rule {
    id: AdviceId::RepeatSlower,
    title: "The same again, slower",
    what: "Speaks when a run was above easy or a disguised interval session: asks for the same session before the next step, and says by how much the stretches over the ceiling were too fast.",
    why: "Programmes for the way back go on after a session was done as meant; one that was run faster was another session.",
    limits: "It knows the ceiling only as well as the ceiling is known. One fast run is no harm that anybody could measure, and nothing here says that it is.",
    source: "The repeat rule of published programmes (Army trial: each phase at least twice; Moen et al., SMARTT 2012;4:12). How much slower is the mean of the counted efforts, by their time.",
    advise,
};

/// Less than this is within what a watch shows from moment to moment: our choice.
const WORTH_SAYING_S: f64 = 5.0;

fn advise(session: &Session, units: UnitSystem) -> Option<String> {
    if !matches!(session.class(), Some(Class::AboveEasy | Class::DisguisedIntervals)) {
        return None;
    }
    let by = too_fast_by(session, units).map(|by| (by / 5.0).round() * 5.0).filter(|by| *by >= WORTH_SAYING_S);
    let slower = by.map_or(String::new(), |by| {
        format!(", about {by:.0} s{} slower than in your fast stretches", units.pace_unit())
    });
    let within = within_ceiling(session, units).map_or(String::new(), |within| format!(": {within}"));
    let before = if session.plan.is_some() { " before you go on" } else { ", easy this time" };
    Some(format!("{}{before}{slower}{within}.", the_same_again(session)))
}
