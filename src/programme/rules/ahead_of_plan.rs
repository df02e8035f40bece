//! The plan run through faster than its weeks.

use super::{Rule, about_run};
use crate::audit::Severity;
use crate::programme::{Finding, Season};

pub(super) const RULE: Rule = Rule {
    id: "ahead-of-plan",
    title: "The plan goes faster than its weeks",
    what: "A stage two weeks or more before its week, though no stage was left out.",
    why: "A plan of weeks gives bone and tendon these weeks.",
    limits: "Only for plans with weeks. Who begins in the middle of a plan is ahead from the first day on, and is not named; a stage left out is named as such.",
    source: "The plan followed.",
    find,
};

fn find(season: &Season) -> Vec<Finding> {
    let Some(plan) = &season.settings.plan else {
        return Vec::new();
    };
    let firsts = season.outings().map(|outing| &outing[0]);
    let ahead = firsts.filter_map(|run| {
        let follow = run.follow.as_ref()?;
        let (stage, weeks) = (follow.stage?, follow.ahead?);
        let message = format!("{} {weeks} weeks before its time", plan.stages[stage].name);
        let measured = Some(weeks as f64);
        Some(Finding { measured, limit: Some(1.0), ..about_run(RULE.id, Severity::Caution, run, message) })
    });
    ahead.collect()
}
