//! Swings between fast and slow that need no ceiling to be seen.

use super::{Rule, RuleId, finding};
use crate::audit::context::SessionContext;
use crate::audit::{Finding, Measure, MeasureUnit, Severity, Verdict, relative};

pub(super) const RULE: Rule = Rule {
    id: RuleId::IntervalLikeStructure,
    title: "It looks like intervals",
    what: "Without a ceiling on pace: a continuous run with three or more stretches of 20 s to 8 min, each at least \
           15 % faster than the running beside it.",
    why: "It is all that can be said without a ceiling; whether the fast stretches were too fast cannot.",
    limits: "Hills that the altitude does not show, or a run in company, can look the same.",
    source: "The limits are our choice.",
    find,
};

fn find(context: &SessionContext, _: &Verdict) -> Vec<Finding> {
    if context.ceiling.speed.is_some() {
        return Vec::new();
    }
    let fast = relative::alternations(context);
    let (Some(first), Some(last)) = (fast.first(), fast.last()) else { return Vec::new() };
    let message = format!("{} faster stretches with slower running between: it looks like intervals", fast.len());
    let finding = finding(context, RULE.id, Severity::Caution, first.range.start..last.range.end, message);
    let measure = Measure { measured: fast.len() as f64, limit: Some(3.0), unit: MeasureUnit::Stretches };
    vec![Finding { measure: Some(measure), ..finding }]
}
