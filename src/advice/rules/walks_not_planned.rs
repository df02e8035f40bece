//! Easy, with more walking than the plan has.

use super::{AdviceId, Rule, the_same_again};
use crate::plan::built_in;
use crate::report::{Class, Compliance, Session};
use crate::units::UnitSystem;

pub(super) const RULE: Rule = Rule {
    id: AdviceId::WalksNotPlanned,
    title: "More walk breaks than planned",
    what: "Speaks when an easy run had at least two walk breaks, and two minutes of walking, that the plan did not ask for: asks for the same session until it goes without them, or for the one before.",
    why: "Walk breaks that were needed say that the runs were longer than they are easy for now.",
    limits: "Traffic lights, a shoelace and a talk are walk breaks to a watch. The plan that the run is held against is the nearest of the programme, which may be another than was meant.",
    source: "Our choice of numbers; the repeat rule of published programmes.",
    advise,
};

/// Fewer breaks or less walking is a kerb and a traffic light.
const LEAST_WALKS: usize = 2;
const LEAST_WALK_S: f64 = 120.0;

fn advise(session: &Session, _: UnitSystem) -> Option<String> {
    let plan = session.plan.as_ref().filter(|_| session.class() == Some(Class::Easy))?;
    let is_more = plan.unplanned_walks >= LEAST_WALKS && plan.unplanned_walk_s >= LEAST_WALK_S;
    let before = match place(plan) {
        Some(0) => "",
        _ => " If you needed them, the session before this one is the better one for now.",
    };
    is_more.then(|| {
        let (n_walks, again) = (plan.unplanned_walks, the_same_again(session));
        format!("it was easy, with {n_walks} walk breaks that the plan does not have: {again} until it goes without them.{before}")
    })
}

/// The place of the session among those of a built-in programme.
fn place(plan: &Compliance) -> Option<usize> {
    let (programme, name) = plan.source.split_once('/')?;
    built_in::find(programme)?.stages.iter().position(|stage| stage.name == name)
}
