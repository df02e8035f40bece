//! Over the ceiling for most of the run.

use super::{Rule, RuleId, over};
use crate::audit::context::SessionContext;
use crate::audit::{Class, Finding, Severity, Verdict};

pub(super) const RULE: Rule = Rule {
    id: RuleId::AboveEasy,
    title: "Steadily faster than easy",
    what: "Half of the running or more is over the ceiling, without the efforts and recoveries of intervals.",
    why: "A run that is steadily a little too fast is the most common way to miss an easy prescription, and it feels \
          normal.",
    limits: "Within 5 % of the ceiling nothing is called over, nor where noise could explain it. If heart rate stays \
             low, the ceiling may be set too low.",
    source: "Daniels' Running Formula: 5 % over a ceiling at 70 % of the highest oxygen uptake is the upper end of \
             the easy zone; 70 % itself is above the first threshold of many.",
    find,
};

fn find(context: &SessionContext, verdict: &Verdict) -> Vec<Finding> {
    if verdict.class != Class::AboveEasy {
        return Vec::new();
    }
    over::findings(context, RULE.id, Severity::Warning)
}
