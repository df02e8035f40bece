//! Fast moments too short to judge.

use super::{Rule, RuleId, finding};
use crate::audit::context::SessionContext;
use crate::audit::{Finding, Severity, Verdict};
use crate::units::clock;

pub(super) const RULE: Rule = Rule {
    id: RuleId::Burst,
    title: "A few fast seconds",
    what: "A moment of a long run bout that is clearly faster than the running before and after it, and shorter than \
           16 s (20 s where speed comes from positions).",
    why: "A sprint over a crossing or away from a dog is no training; it is noted and never counted.",
    limits: "Very short strides look the same.",
    source: "The limits are our choice.",
    find,
};

/// So many bursts are listed one by one; more are one line. Our choice: nobody reads a page of them.
const LISTED: usize = 3;

fn find(context: &SessionContext, _: &Verdict) -> Vec<Finding> {
    let note =
        |range: std::ops::Range<usize>, message: String| finding(context, RULE.id, Severity::Note, range, message);
    if let [first, .., last] = context.bursts.as_slice()
        && context.bursts.len() > LISTED
    {
        let seconds = || context.bursts.iter().map(|burst| context.seconds(burst));
        let (shortest, longest) = (seconds().fold(f64::INFINITY, f64::min), seconds().fold(0.0, f64::max));
        let n = context.bursts.len();
        let message = format!("{n} bursts of {} to {}; noted, not counted", clock(shortest), clock(longest));
        let finding = note(first.start..last.end, message);
        let measures = vec![("n_bursts", n as f64), ("shortest_s", shortest), ("longest_s", longest)];
        return vec![Finding { measures, ..finding }];
    }
    let one = |burst: &std::ops::Range<usize>| {
        note(burst.clone(), format!("Burst of {}; noted, not counted", clock(context.seconds(burst))))
    };
    context.bursts.iter().map(one).collect()
}
