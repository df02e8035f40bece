//! Running or walking: the signals cannot tell.

use super::{Rule, RuleId, finding};
use crate::audit::context::SessionContext;
use crate::audit::{Finding, Severity, Verdict};
use crate::model::Sport;
use crate::segment::{Bout, Gait};
use crate::units::clock;

pub(super) const RULE: Rule = Rule {
    id: RuleId::GaitUnknown,
    title: "Running or walking cannot be told",
    what: "Stretches in which neither cadence nor speed tells running from walking.",
    why: "They cannot be held against the ceiling, and must not pass as easy. Where they are more than 40 % of the \
          running the session is not judged.",
    limits: "Slow running without cadence looks like fast walking.",
    source: "Walk-to-run transition: Hum Mov Sci 2023;90:103117; the limit is our choice.",
    find,
};

/// What is faster is no walk, in metres a second: 4:10/km, near the world's best race walks over an hour.
const FASTER_THAN_A_WALK_M_PER_S: f64 = 4.0;

fn find(context: &SessionContext, _: &Verdict) -> Vec<Finding> {
    if context.settings.sport == Sport::Wheelchair {
        return Vec::new();
    }
    let found = |bout: &Bout| {
        let seconds = context.seconds(&bout.range);
        let way = |i: usize| context.timeline.distance_at(i).as_meters();
        let is_fast = way(bout.range.end) - way(bout.range.start) > FASTER_THAN_A_WALK_M_PER_S * seconds;
        let other = if is_fast { "a ride" } else { "walking" };
        let message = format!("{} that may be running or {other}; not judged", clock(seconds));
        finding(context, RULE.id, Severity::Doubt, bout.range.clone(), message)
    };
    context.bouts().iter().filter(|bout| bout.gait == Gait::Unknown).map(found).collect()
}
