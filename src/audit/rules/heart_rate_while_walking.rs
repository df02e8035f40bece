//! A walk that is as hard as a run should be.

use super::{Rule, RuleId, finding};
use crate::audit::context::SessionContext;
use crate::audit::heart::over_time::usable;
use crate::audit::words::bpm;
use crate::audit::{Finding, Measure, MeasureUnit, Severity, Verdict};
use crate::segment::Gait;
use crate::units::clock;

/// Walking that has to be over the ceiling, in seconds, and after a run the time that the heart needs to come down, in
/// samples. Our choice: two time constants.
const LEAST_S: f64 = 120.0;
const COMES_DOWN: usize = 120;

pub(super) const RULE: Rule = Rule {
    id: RuleId::HeartRateWhileWalking,
    title: "A high heart rate while walking",
    what: "Two minutes or more of walking whose heart rate is above the ceiling and its uncertainty, the two minutes after \
           a run left out.",
    why: "Walking that takes the heart over its ceiling is no recovery: a steep hill, heat, illness, or a sensor that \
          counts steps. Nothing of it counts as running.",
    limits: "It needs a ceiling on heart rate. Slow running without cadence can be taken for walking.",
    source: "The limits are our choice.",
    find,
};

fn find(context: &SessionContext, _: &Verdict) -> Vec<Finding> {
    let timeline = context.timeline;
    let (mut seconds, mut sum, mut first, mut last) = (0.0, 0.0, None, 0);
    let mut lowest = f64::INFINITY;
    let mut run_ended = None;
    for bout in context.bouts() {
        if bout.gait == Gait::Run {
            run_ended = Some(bout.range.end);
        }
        if bout.gait != Gait::Walk {
            continue;
        }
        let from = run_ended.map_or(bout.range.start, |end| bout.range.start.max(end + COMES_DOWN));
        for i in from..bout.range.end {
            let limit = context.settings.heart_rate_limit(context.ceiling, &(i..i + 1));
            let Some((heart, (limit, uncertainty))) = usable(timeline, i).zip(limit) else { continue };
            if heart > limit.as_bpm() + uncertainty {
                (seconds, sum, last) = (seconds + timeline.span(i), sum + heart * timeline.span(i), i + 1);
                first = first.or(Some(i));
                lowest = lowest.min(limit.as_bpm());
            }
        }
    }
    let Some(first) = first.filter(|_| seconds >= LEAST_S) else { return Vec::new() };
    let heart = sum / seconds;
    let message = format!(
        "The heart was at about {} for {} of walking (ceiling {}): a hill, heat, illness or the sensor can do that",
        bpm(heart),
        clock(seconds),
        bpm(lowest),
    );
    let finding = finding(context, RULE.id, Severity::Caution, first..last, message);
    let measure = Measure { measured: heart, limit: Some(lowest), unit: MeasureUnit::Bpm };
    vec![Finding { measure: Some(measure), measures: vec![("duration_s", seconds)], ..finding }]
}
