//! A plan whose own pace is faster than the runner's ceiling.

use super::{Rule, RuleId, finding};
use crate::audit::context::SessionContext;
use crate::audit::words::bpm;
use crate::audit::{Finding, Measure, MeasureUnit, Severity, StepCeiling, Verdict};
use crate::units::{HeartRate, Speed, plural};

pub(super) const RULE: Rule = Rule {
    id: RuleId::PlanFasterThanCeiling,
    title: "The plan asks for more than the ceiling allows",
    what: "Steps of the plan with a pace or a heart rate of their own that is more than 1 % above the runner's ceiling.",
    why: "A step's own pace is the plan's target. The ceiling is the runner's limit, and stands: a run over it is over it, \
          whatever the plan asks for.",
    limits: "Which of the two is right, only the person who set them knows. An exception for the rule of the verdict, with \
             its reason, clears the session.",
    source: "Our choice: of two limits, the stricter one holds. 1 % is the rounding of a pace.",
    find,
};

/// How much faster a step must be than the ceiling to be more than rounding.
const ROUNDING: f64 = 1.01;

fn find(context: &SessionContext, _: &Verdict) -> Vec<Finding> {
    let units = context.settings.units;
    let by_pace = context.ceiling.speed.and_then(|limit| {
        let limit = limit.value.as_meters_per_second();
        laxer(
            context,
            |step| step.speed.map(Speed::as_meters_per_second),
            limit,
            MeasureUnit::MetersPerSecond,
            |speed| units.pace(Speed::from_meters_per_second(speed)),
        )
    });
    let by_heart = context.ceiling.heart_rate.and_then(|limit| {
        laxer(context, |step| step.heart_rate.map(HeartRate::as_bpm), limit.value.as_bpm(), MeasureUnit::Bpm, bpm)
    });
    by_pace.into_iter().chain(by_heart).collect()
}

/// The steps whose own limit is above the runner's, in one finding.
fn laxer(
    context: &SessionContext,
    own: impl Fn(&StepCeiling) -> Option<f64>,
    limit: f64,
    unit: MeasureUnit,
    word: impl Fn(f64) -> String,
) -> Option<Finding> {
    let steps = context.settings.steps.iter().filter_map(|step| Some((step, own(step)?)));
    let laxer: Vec<_> = steps.filter(|(_, own)| *own > ROUNDING * limit).collect();
    let ((first, _), (last, _)) = (laxer.first()?, laxer.last()?);
    let most = laxer.iter().map(|(_, own)| *own).fold(0.0, f64::max);
    let message = format!(
        "The plan asks for {} in {}, the easy ceiling is {}: the ceiling stands",
        word(most),
        plural(laxer.len(), "step", None),
        word(limit)
    );
    let finding = finding(context, RULE.id, Severity::Warning, first.range.start..last.range.end, message);
    let measures = vec![("n_steps", laxer.len() as f64)];
    Some(Finding { measure: Some(Measure { measured: most, limit: Some(limit), unit }), measures, ..finding })
}
