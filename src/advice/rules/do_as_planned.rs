//! Easy, but not what the plan asks for.

use super::{AdviceId, Rule, the_same_again};
use crate::report::{Class, Session, Structure};
use crate::units::{UnitSystem, clock};

pub(super) const RULE: Rule = Rule {
    id: AdviceId::DoAsPlanned,
    title: "Easy, but not as planned",
    what: "Speaks when an easy run held more running than the plan, or not its runs and walk breaks: asks for the session as planned.",
    why: "The step after this one counts on this one having been done as written.",
    limits: "The plan that the run is held against is the nearest of the programme, which may be another than was meant.",
    source: "Our choice: more than 10 % and a minute of running beyond the plan, or a structure that is `off`.",
    advise,
};

fn advise(session: &Session, _: UnitSystem) -> Option<String> {
    let plan = session.plan.as_ref().filter(|_| session.class() == Some(Class::Easy))?;
    let planned_s = plan.run_time_ratio.filter(|ratio| *ratio > 0.0).map(|ratio| session.run_s / ratio);
    let more_s = planned_s.map_or(plan.extra_run_s, |planned| session.run_s - planned);
    let is_more = more_s > 60.0 && plan.run_time_ratio.is_none_or(|ratio| ratio > 1.1);
    if is_more {
        return Some(format!(
            "it was easy, but {} more running than planned: keep to the plan next time, the running adds up too.",
            clock(more_s)
        ));
    }
    (plan.structure_label == Structure::Off)
        .then(|| format!("it was easy, but not the plan: {} before you go on.", the_same_again(session)))
}
