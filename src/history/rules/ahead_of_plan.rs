//! The plan run through faster than its weeks.

use super::{Rule, RuleId, about_run};
use crate::audit::Severity;
use crate::history::{Counted, Finding, Season};

pub(super) const RULE: Rule = Rule {
    id: RuleId::AheadOfPlan,
    title: "The plan goes faster than its weeks",
    what: "A stage two weeks or more before its week, though no stage was left out.",
    why: "A plan of weeks gives bone and tendon these weeks.",
    limits: "Only for plans with weeks. Who begins in the middle of a plan is ahead from the first day on, and is not named; a stage left out is named as such.",
    source: "The plan followed.",
    find,
};

/// One finding, where it began.
fn find(season: &Season) -> Vec<Finding> {
    let Some(plan) = &season.settings.plan else {
        return Vec::new();
    };
    let firsts = season.outings().map(|outing| &outing[0]);
    let stage = |run: &Counted| run.follow.as_ref().and_then(|follow| follow.ahead.and(follow.stage));
    let ahead: Vec<(&Counted, usize)> = firsts.filter_map(|run| Some((run, stage(run)?))).collect();
    let Some(&(first, stage)) = ahead.first() else {
        return Vec::new();
    };
    let name = |stage: usize| &plan.stages[stage].name;
    let also = match ahead.last() {
        Some(&(last, farthest)) if ahead.len() > 1 => {
            format!(", and on at that pace up to {} in week {}", name(farthest), last.week)
        }
        _ => String::new(),
    };
    let message = format!("{} in week {}: the plan goes faster than its weeks{also}", name(stage), first.week);
    let measured = first.follow.as_ref().and_then(|follow| Some(follow.ahead? as f64));
    vec![Finding { measured, limit: Some(1.0), ..about_run(RULE.id, Severity::Caution, first, message) }]
}
