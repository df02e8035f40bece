//! Runs on consecutive days where the plan asks for rest between.

use super::{Rule, RuleId, about_run};
use crate::audit::Severity;
use crate::history::{Counted, Finding, Season};

pub(super) const RULE: Rule = Rule {
    id: RuleId::ConsecutiveDays,
    title: "Runs on consecutive days",
    what: "A run on the day after a run, where the plan asks for a day of rest between.",
    why: "Bone and tendon answer to load over days, not hours.",
    limits: "Only with a plan that asks for it; other plans run four to six days a week.",
    source: "The plan followed.",
    find,
};

/// One finding for each row of days.
fn find(season: &Season) -> Vec<Finding> {
    let Some(plan) = season.settings.plan.as_ref().filter(|plan| plan.rest_between) else {
        return Vec::new();
    };
    let mut firsts: Vec<&Counted> = season.runs.iter().collect();
    firsts.dedup_by_key(|run| run.run.date);
    let chains = firsts.chunk_by(|a, b| b.run.date.days_since(a.run.date) == 1).filter(|chain| chain.len() > 1);
    let finding = |chain: &[&Counted]| {
        let how = match chain.len() {
            2 => "a run on the day after a run".to_owned(),
            n => format!("runs on {n} days in a row, from {} on", chain[0].run.date),
        };
        let message = format!("{how}; {} asks for a day of rest between", plan.name);
        about_run(RULE.id, Severity::Caution, chain[chain.len() - 1], message)
    };
    chains.map(finding).collect()
}
