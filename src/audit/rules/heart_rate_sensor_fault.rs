//! A heart-rate sensor that was off, low, stuck or restless.

use super::{Rule, RuleId, finding};
use crate::audit::context::SessionContext;
use crate::audit::heart::sensor_faults::{Fault, FaultKind};
use crate::audit::heart_sentence::{fault_help, fault_words};
use crate::audit::{Finding, Measure, MeasureUnit, Severity, Verdict};

/// Running without a heart rate that is worth telling, in seconds. Our choice.
const LEAST_S: f64 = 60.0;

pub(super) const RULE: Rule = Rule {
    id: RuleId::HeartRateSensorFault,
    title: "The heart-rate sensor cannot be believed",
    what: "A minute or more of running in which heart rate is missing, is below 65 % of the session's own high level, or \
           does not change for three minutes; or a heart rate that goes up and down by 8 bpm at an even pace.",
    why: "A run is not easy because its sensor was off. Where the fault covers the fast parts, or running whose speed is \
          unknown, heart rate does not clear it. A tight, moist chest strap helps.",
    limits: "A heart that truly wanders, as in an irregular rhythm, looks the same; ask a doctor where a strap shows it \
             too. Heart rate in cadence has a rule of its own, and so has a heart rate that comes late.",
    source: "Navalta et al., PLoS ONE 2020;15:e0238569: wrist sensors off by 13 % on trail runs, a strap by 2 %; the limits \
             are our choice.",
    find,
};

fn find(context: &SessionContext, _: &Verdict) -> Vec<Finding> {
    if context.ceiling.heart_rate.is_none() {
        return Vec::new();
    }
    // The two that are left out have a rule of their own.
    let told = |fault: &&Fault| fault.seconds >= LEAST_S && !matches!(fault.kind, FaultKind::Locked | FaultKind::Late);
    let found = |fault: &Fault| {
        let message = format!("The heart rate cannot be believed: {}; {}", fault_words(fault), fault_help(fault.kind));
        let finding = finding(context, RULE.id, Severity::Doubt, fault.range.clone(), message);
        let measure = match fault.bpm {
            Some(bpm) => Measure { measured: bpm, limit: None, unit: MeasureUnit::Bpm },
            None => Measure { measured: fault.seconds, limit: None, unit: MeasureUnit::Seconds },
        };
        Finding { measure: Some(measure), measures: vec![("duration_s", fault.seconds)], ..finding }
    };
    context.faults.iter().filter(told).map(found).collect()
}
