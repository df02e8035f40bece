//! Walking breaks in which the heart does not come down.

use super::{Rule, RuleId, finding};
use crate::audit::context::SessionContext;
use crate::audit::heart::over_time::usable;
use crate::audit::words::bpm;
use crate::audit::{Finding, Measure, MeasureUnit, Severity, Verdict};
use crate::segment::Gait;
use crate::units::plural;

/// Shortest break that can bring the heart down, in samples. Our choice: one time constant brings it two thirds down.
const SHORTEST_BREAK: usize = 30;
/// Samples before the next run over which heart rate is taken.
const LAST: usize = 5;
/// Breaks that make it worth telling: so many, and this share of all. Our choice.
const LEAST_BREAKS: usize = 2;
const LEAST_SHARE: f64 = 0.5;

pub(super) const RULE: Rule = Rule {
    id: RuleId::HeartRateNotRecovering,
    title: "The heart did not come down in the walking breaks",
    what: "Half of the walking or standing breaks of 30 s or more, and two at least, that end with a heart rate above the \
           ceiling and its uncertainty.",
    why: "A break is there for the heart to come down. Where it does not, the next run begins where the last one ended: \
          the runs were too hard, the breaks too short, or the day too hot.",
    limits: "It needs a ceiling on heart rate. A sensor that lags shows the run in the break. It never decides a verdict \
             by itself.",
    source: "Athletes who walk after maximal effort come down by 26 bpm in a minute, 10 to 63 bpm in nine of ten; the \
             limits are our choice.",
    find,
};

fn find(context: &SessionContext, _: &Verdict) -> Vec<Finding> {
    let is_break = |gait: Gait| matches!(gait, Gait::Walk | Gait::Stand);
    let mut ends: Vec<(usize, f64, f64)> = Vec::new();
    let mut n_breaks = 0;
    let mut start: Option<usize> = None;
    let mut after_run = false;
    for bout in context.bouts() {
        if is_break(bout.gait) {
            start = start.or(Some(bout.range.start).filter(|_| after_run));
            continue;
        }
        let long = start.take().is_some_and(|start| bout.range.start - start >= SHORTEST_BREAK);
        if long && bout.gait == Gait::Run {
            n_breaks += 1;
            let last: Vec<f64> =
                (bout.range.start - LAST..bout.range.start).filter_map(|i| usable(context.timeline, i)).collect();
            let limit = context.settings.heart_rate_limit(context.ceiling, &bout.range);
            if let Some((limit, uncertainty)) = limit.filter(|_| !last.is_empty()) {
                let heart = last.iter().sum::<f64>() / last.len() as f64;
                if heart > limit.as_bpm() + uncertainty {
                    ends.push((bout.range.start, heart, limit.as_bpm()));
                }
            }
        }
        after_run = bout.gait == Gait::Run;
    }
    if ends.len() < LEAST_BREAKS || (ends.len() as f64) < LEAST_SHARE * f64::from(n_breaks) {
        return Vec::new();
    }
    let highest = ends.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1));
    let Some((at, heart, limit)) = highest else { return Vec::new() };
    let message = format!(
        "Your heart was still at {} when you started running again after a break, above the ceiling of {}; so it was in {} \
         of {}",
        bpm(heart),
        bpm(limit),
        ends.len(),
        plural(n_breaks as usize, "break", None),
    );
    let finding = finding(context, RULE.id, Severity::Caution, at - LAST..at, message);
    let measures = vec![("n_high", ends.len() as f64), ("n_breaks", f64::from(n_breaks))];
    let measure = Measure { measured: heart, limit: Some(limit), unit: MeasureUnit::Bpm };
    vec![Finding { measure: Some(measure), measures, ..finding }]
}
