//! Heart rate that is really cadence.

use super::{Rule, RuleId, finding};
use crate::audit::context::SessionContext;
use crate::audit::{Finding, Measure, MeasureUnit, Severity, Verdict};
use crate::timeline::Flags;
use crate::units::{clock, percent};

pub(super) const RULE: Rule = Rule {
    id: RuleId::CadenceLock,
    title: "Heart rate copies the cadence",
    what: "A minute or more in which heart rate equals the cadence and gives itself away: it jumps there without a \
           change of speed, or falls within seconds when a run becomes a walk.",
    why: "Optical sensors can mistake the rhythm of the arm for the pulse. Such heart rate looks like hard work and \
          is left out. Where it covers running that is faster than the rest, or whose speed is unknown, heart rate does not \
          clear the run; a chest strap would help.",
    limits: "A heart can truly beat in step with the legs; so equality alone is not called a lock.",
    source: "Running Writings 2021 on cadence lock; Med Sci Sports Exerc 2018 on beating in step with the gait; the \
             limits are our choice.",
    find,
};

fn find(context: &SessionContext, _: &Verdict) -> Vec<Finding> {
    let share = context.timeline.heart_rate_quality.locked_share;
    if share <= 0.0 {
        return Vec::new();
    }
    // What was left out at the start for another reason has no value.
    let timeline = context.timeline;
    let locked = |&i: &usize| timeline.flags[i].has(Flags::DOUBTFUL_HEART_RATE) && timeline.heart_rate.get(i).is_some();
    let first = (0..timeline.len()).find(locked).unwrap_or(0);
    let last = (0..timeline.len()).rfind(locked).map_or(timeline.len(), |last| last + 1);
    let message = format!(
        "Heart rate copies the cadence in {} of the moving time, from {} to {}; left out there",
        percent(share),
        clock(context.timeline.seconds(first)),
        clock(context.timeline.seconds(last)),
    );
    let finding = finding(context, RULE.id, Severity::Doubt, first..last, message);
    let measure = Measure { measured: share, limit: None, unit: MeasureUnit::ShareOfMovingTime };
    vec![Finding { measure: Some(measure), ..finding }]
}
