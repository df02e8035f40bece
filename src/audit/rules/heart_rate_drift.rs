//! A heart rate that rises while the speed does not.

use super::{Rule, RuleId, finding};
use crate::audit::context::SessionContext;
use crate::audit::{Finding, Measure, MeasureUnit, Severity, Verdict};

/// Rise in bpm in ten minutes that is worth telling. Our choice.
const DRIFT_BPM: f64 = 5.0;

pub(super) const RULE: Rule = Rule {
    id: RuleId::HeartRateDrift,
    title: "Heart rate rose at unchanged speed",
    what: "A rise of heart rate of 5 bpm in ten minutes or more that the speed does not explain.",
    why: "Heat, dehydration and tiring do that. Up to 15 bpm over an hour are ordinary and are not held against the \
          runner where the pace is even or falls, from the sixth minute of running on. More than that does not count \
          as easy: heat keeps a run from being called over, and leaves it undetermined.",
    limits: "It needs enough bouts to tell it from effort. Where the pace rises, or is unknown, a rising heart rate is \
             not cleared as drift. The allowance goes by time and pace and not by the rise, which in a race is the race.",
    source: "Wingo, Ganio and Cureton, Exerc Sport Sci Rev 2012;40:88; Adams et al., J Strength Cond Res \
             2014;28:2380: about 3 bpm for each per cent of body mass lost, in studies above 26.5 °C.",
    find,
};

fn find(context: &SessionContext, _: &Verdict) -> Vec<Finding> {
    let Some(drift) = context.heart.drift.filter(|&drift| drift >= DRIFT_BPM) else { return Vec::new() };
    let message = format!(
        "Heart rate rose {drift:.0} bpm in 10 minutes at unchanged effort: heat, dehydration or tiring can do that; up to 15 bpm over an hour are not counted"
    );
    let finding = finding(context, RULE.id, Severity::Note, 0..context.timeline.len(), message);
    let measure = Measure { measured: drift, limit: Some(DRIFT_BPM), unit: MeasureUnit::BpmPerTenMinutes };
    vec![Finding { measure: Some(measure), ..finding }]
}
