//! Some stretches over the ceiling.

use super::{Rule, RuleId, over};
use crate::audit::context::SessionContext;
use crate::audit::{Class, Finding, Severity, Verdict};

pub(super) const RULE: Rule = Rule {
    id: RuleId::Surges,
    title: "Faster stretches in an easy run",
    what: "Stretches over the ceiling that are too few or too short to be intervals: a minute in all and 2.5 % of the \
           running, or 5 % for a single one. Time that flat cadence, flat heart rate and lack of contrast speak against \
           counts less. In a session that is easy as a whole they are a note.",
    why: "Strides and short races with other runners are speed work too.",
    limits: "Of 158 runs that three runners called easy, one in nine has surges: in a town with tall buildings, where \
             speed itself errs, a quarter; elsewhere mostly a faster end or part. Stretches under 16 s are not judged. \
             A short climb that is over the ceiling by effort alone, and not over the ground, adds to the time over it \
             but not to the number of stretches.",
    source: "The limits are our choice.",
    find,
};

fn find(context: &SessionContext, verdict: &Verdict) -> Vec<Finding> {
    match verdict.class {
        Class::Surges => over::findings(context, RULE.id, Severity::Caution),
        Class::Easy => over::findings(context, RULE.id, Severity::Note),
        _ => Vec::new(),
    }
}
