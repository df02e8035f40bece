//! Fast moments too short to judge.

use super::{Rule, finding};
use crate::audit::case::Case;
use crate::audit::{Finding, Severity, Verdict};
use crate::units::clock;

pub(super) const RULE: Rule = Rule {
    id: "burst",
    title: "A few fast seconds",
    what: "A moment of a long run bout that is clearly faster than the running before and after it, and shorter than \
           16 s (20 s where speed comes from positions).",
    why: "A sprint over a crossing or away from a dog is no training; it is noted and never counted.",
    limits: "Very short strides look the same.",
    source: "The limits are our choice.",
    find,
};

fn find(case: &Case, _: &Verdict) -> Vec<Finding> {
    let found = |burst: &std::ops::Range<usize>| {
        let message = format!("Burst of {}; noted, not counted", clock(case.seconds(burst)));
        finding(case, RULE.id, Severity::Note, burst.clone(), message)
    };
    case.bursts.iter().map(found).collect()
}
