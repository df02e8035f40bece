//! Rests that the timer hides.

use super::{Rule, RuleId, finding};
use crate::audit::context::SessionContext;
use crate::audit::{Finding, Measure, MeasureUnit, Severity, Verdict};
use crate::segment::{Bout, Gait};

/// Stops that make a pattern, and the length of one in seconds. Our choice.
const LEAST: usize = 3;
const LENGTH_S: std::ops::RangeInclusive<f64> = 15.0..=180.0;

pub(super) const RULE: Rule = Rule {
    id: RuleId::RestsWithTimerStopped,
    title: "The watch was stopped for the rests",
    what: "Three or more timer stops of 15 s to 3 min, each right between two runs.",
    why: "With the rests cut out, ten minutes of run and walk look like ten minutes of running. They are put back \
          here as time that passed.",
    limits: "Waiting at traffic lights with automatic pause looks the same.",
    source: "The limits are our choice.",
    find,
};

fn find(context: &SessionContext, _: &Verdict) -> Vec<Finding> {
    let is_rest = |three: &&[Bout]| {
        let gaits = [three[0].gait, three[1].gait, three[2].gait];
        gaits == [Gait::Run, Gait::Paused, Gait::Run] && LENGTH_S.contains(&context.seconds(&three[1].range))
    };
    let rests: Vec<&[Bout]> = context.bouts().windows(3).filter(is_rest).collect();
    let (Some(first), Some(last)) = (rests.first(), rests.last()) else { return Vec::new() };
    if rests.len() < LEAST {
        return Vec::new();
    }
    let message = format!("{} rests were taken with the timer stopped; they count as rests here", rests.len());
    let finding = finding(context, RULE.id, Severity::Note, first[1].range.start..last[1].range.end, message);
    let measure = Measure { measured: rests.len() as f64, limit: Some(LEAST as f64), unit: MeasureUnit::Rests };
    vec![Finding { measure: Some(measure), ..finding }]
}
