//! Faster and faster, and over the ceiling at the end.

use super::{Rule, RuleId, over};
use crate::audit::context::SessionContext;
use crate::audit::{Class, Finding, Severity, Verdict};

pub(super) const RULE: Rule = Rule {
    id: RuleId::DriftedOver,
    title: "Began easy and ended over the ceiling",
    what: "A fifth of the running or more is over the ceiling, and the last third is at least 5 % faster than the \
           first.",
    why: "Pace creeps up as the legs warm, and the second half of an easy run becomes a tempo run.",
    limits: "A warm-up planned before a faster part looks the same.",
    source: "The limits are our choice.",
    find,
};

fn find(context: &SessionContext, verdict: &Verdict) -> Vec<Finding> {
    if verdict.class != Class::DriftedOver {
        return Vec::new();
    }
    over::findings(context, RULE.id, Severity::Warning)
}
