//! Runs on consecutive days where the plan asks for rest between.

use super::{Rule, about_run};
use crate::audit::Severity;
use crate::programme::{Finding, Season};

pub(super) const RULE: Rule = Rule {
    id: "consecutive-days",
    title: "Runs on consecutive days",
    what: "A run on the day after a run, where the plan asks for a day of rest between.",
    why: "Bone and tendon answer to load over days, not hours.",
    limits: "Only with a plan that asks for it; other plans run four to six days a week.",
    source: "The plan followed.",
    find,
};

fn find(season: &Season) -> Vec<Finding> {
    let Some(plan) = season.settings.plan.as_ref().filter(|plan| plan.rest_between) else {
        return Vec::new();
    };
    let follow_on = season.runs.windows(2).filter(|pair| pair[1].run.date.days_since(pair[0].run.date) == 1);
    let message = || format!("a run on the day after a run; {} asks for a day of rest between", plan.name);
    follow_on.map(|pair| about_run(RULE.id, Severity::Caution, &pair[1], message())).collect()
}
