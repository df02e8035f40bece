//! A sensor that is too slow for short bouts.

use super::{Rule, RuleId, finding};
use crate::audit::context::SessionContext;
use crate::audit::heart::Method;
use crate::audit::{Finding, Severity, Verdict};

pub(super) const RULE: Rule = Rule {
    id: RuleId::HeartRateLags,
    title: "Heart rate comes too late",
    what: "A session that is explained best by a heart rate that begins to follow 15 s or more after the legs.",
    why: "Some optical sensors average over a long time. Then no single bout has a heart rate of its own, and none \
          is given.",
    limits: "A very fit heart that is slow to start looks the same. Runs of three minutes and more outlast the delay and \
             are still judged.",
    source: "The limit is our choice; optical sensors err most when heart rate changes quickly.",
    find,
};

fn find(context: &SessionContext, _: &Verdict) -> Vec<Finding> {
    if context.heart.method != Method::Late {
        return Vec::new();
    }
    let message = "Heart rate comes 15 s or more after the legs; single bouts were not judged by it".to_owned();
    vec![finding(context, RULE.id, Severity::Doubt, 0..context.timeline.len(), message)]
}
