//! Missing or doubtful speed.

use super::{Rule, RuleId, finding};
use crate::audit::context::SessionContext;
use crate::audit::judge::JudgedStretch;
use crate::audit::{Finding, Severity, Tag, Verdict};
use crate::timeline::SpeedSource;
use crate::units::clock;

pub(super) const RULE: Rule = Rule {
    id: RuleId::SuspectSpeed,
    title: "Speed that cannot be trusted",
    what: "A run bout or stretch in which more than half of the speed is missing, or flagged as a jump, a freeze or \
           a gap of the receiver.",
    why: "A jump of the receiver looks like a sprint. Such stretches are left out, and where they are more than 40 % \
          of the running the session is not judged at all.",
    limits: "A real sprint above 7 m/s is taken for a jump.",
    source: "The limits are our choice.",
    find,
};

fn find(context: &SessionContext, _: &Verdict) -> Vec<Finding> {
    // A file without any speed has a note that says so.
    if context.timeline.signals.speed == SpeedSource::None {
        return Vec::new();
    }
    let found = |judged: &JudgedStretch| {
        let message = format!("{} left out: the speed is missing or doubtful", clock(judged.stretch.seconds));
        finding(context, RULE.id, Severity::Doubt, judged.stretch.range.clone(), message)
    };
    context.tagged(Tag::Suspect).map(found).collect()
}
