//! The rules: what each looks for, why, its limits and its source. A new rule is one file and one row.

mod above_critical_speed;
mod above_easy;
mod burst;
mod cadence_lock;
mod disguised_intervals;
mod drifted_over;
mod fast_downhill;
mod finish_kick;
mod gait_unknown;
mod heart_rate_drift;
mod heart_rate_lags;
mod heart_rate_not_recovering;
mod heart_rate_over_ceiling;
mod heart_rate_sensor_fault;
mod heart_rate_while_walking;
mod hill_effort;
mod interval_like_structure;
mod low_heart_rate_at_fast_pace;
mod over;
mod plan_faster_than_ceiling;
mod rests_with_timer_stopped;
mod surges;
mod suspect_speed;

use std::ops::Range;

use super::chain::Effort;
use super::context::SessionContext;
use super::judge::JudgedStretch;
use super::{Finding, Measure, MeasureUnit, RuleId, Severity, Verdict};

/// One rule, with the words that explain it.
pub struct Rule {
    /// Its name: the pattern found, in words joined by hyphens.
    pub id: RuleId,
    /// The same as a headline.
    pub title: &'static str,
    /// What it looks for.
    pub what: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// Where it can be wrong.
    pub limits: &'static str,
    /// Where its numbers come from.
    pub source: &'static str,
    find: fn(&SessionContext, &Verdict) -> Vec<Finding>,
}

/// All rules of a session, those behind a verdict first.
pub const RULES: &[Rule] = &[
    disguised_intervals::RULE,
    above_easy::RULE,
    drifted_over::RULE,
    surges::RULE,
    plan_faster_than_ceiling::RULE,
    above_critical_speed::RULE,
    finish_kick::RULE,
    burst::RULE,
    hill_effort::RULE,
    fast_downhill::RULE,
    interval_like_structure::RULE,
    rests_with_timer_stopped::RULE,
    heart_rate_over_ceiling::RULE,
    heart_rate_not_recovering::RULE,
    heart_rate_while_walking::RULE,
    heart_rate_drift::RULE,
    low_heart_rate_at_fast_pace::RULE,
    heart_rate_lags::RULE,
    heart_rate_sensor_fault::RULE,
    cadence_lock::RULE,
    suspect_speed::RULE,
    gait_unknown::RULE,
];

/// What all rules find in a session, in the order of time, with the exceptions that were agreed on.
pub(super) fn findings(context: &SessionContext, verdict: &Verdict) -> Vec<Finding> {
    let mut findings: Vec<Finding> = RULES.iter().flat_map(|rule| (rule.find)(context, verdict)).collect();
    for finding in &mut findings {
        finding.allowed = context.settings.exception(finding.rule).map(str::to_owned);
    }
    findings.sort_by_key(|finding| finding.range.start);
    findings
}

/// A finding about a stretch, with nothing measured yet.
fn finding(
    context: &SessionContext,
    rule: RuleId,
    severity: Severity,
    range: Range<usize>,
    message: String,
) -> Finding {
    let bouts = context.bouts();
    let index = bouts.partition_point(|bout| bout.range.end <= range.start);
    let bout = bouts.get(index).filter(|bout| bout.range.end >= range.end).map(|_| index);
    Finding { rule, severity, bout, range, message, measure: None, measures: Vec::new(), allowed: None }
}

/// The numbers of a text about an effort.
fn of_effort(effort: &Effort) -> Vec<(&'static str, f64)> {
    vec![
        ("duration_s", effort.seconds),
        ("pace_s_per_km", 1000.0 / effort.raw),
        ("graded_pace_s_per_km", 1000.0 / effort.graded),
        ("ratio_to_ceiling", effort.ratio),
    ]
}

/// The numbers of a text about a stretch.
fn of_stretch(context: &SessionContext, judged: &JudgedStretch) -> Vec<(&'static str, f64)> {
    let (raw, graded) = context.speeds_of(&judged.stretch);
    let pace = |name, speed: Option<f64>| speed.map(|speed| (name, 1000.0 / speed));
    let paces = [pace("pace_s_per_km", raw), pace("graded_pace_s_per_km", graded)];
    [Some(("duration_s", judged.stretch.seconds))].into_iter().chain(paces).flatten().collect()
}

/// A ratio to the ceiling held against one limit.
fn ratio(measured: f64, limit: f64) -> Measure {
    Measure { measured, limit: Some(limit), unit: MeasureUnit::RatioToCeiling }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_explains_itself() {
        for rule in RULES {
            let texts = [rule.title, rule.what, rule.why, rule.limits, rule.source];
            assert!(texts.iter().all(|text| text.ends_with('.') || *text == rule.title), "{}", rule.id);
            assert!(rule.id.name().chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", rule.id);
            assert_eq!(RULES.iter().filter(|other| other.id == rule.id).count(), 1, "{}", rule.id);
        }
    }
}
