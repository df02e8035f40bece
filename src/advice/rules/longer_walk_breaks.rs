//! The heart rate did not fall in the walk breaks.

use super::{AdviceId, Rule, this_session, within_ceiling};
use crate::report::{Class, RuleId, Session};
use crate::units::UnitSystem;

pub(super) const RULE: Rule = Rule {
    id: AdviceId::LongerWalkBreaks,
    title: "Walk longer between the runs",
    what: "Speaks when the heart rate did not fall in walk breaks, whatever the verdict: asks for slower runs and longer breaks, half as long again.",
    why: "A walk break in which the heart rate stays up is no break: the runs add up to one long effort.",
    limits: "Heat, thirst, caffeine and a sensor on the wrist hold the heart rate up as well. Half as long again is our choice.",
    source: "The finding `heart-rate-not-recovering`; the length is our choice.",
    advise,
};

fn advise(session: &Session, units: UnitSystem) -> Option<String> {
    let found =
        |finding: &crate::report::Finding| finding.rule == RuleId::HeartRateNotRecovering && finding.allowed.is_none();
    let is_over = session.verdict.class != Class::Easy && session.verdict.class != Class::Surges;
    session.findings.iter().any(found).then(|| {
        let within = within_ceiling(session, units).filter(|_| is_over);
        let within = within.map_or(String::new(), |within| format!(", {within}"));
        format!(
            "do {} again{within}, and make each walk break half as long again: your heart rate did not fall in them.",
            this_session(session)
        )
    })
}
