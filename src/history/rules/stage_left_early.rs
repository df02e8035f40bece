//! A stage done fewer times than the plan asks for.

use super::{Rule, RuleId, about_run};
use crate::audit::Severity;
use crate::history::{Counted, Finding, Season};
use crate::units::plural;

pub(super) const RULE: Rule = Rule {
    id: RuleId::StageLeftEarly,
    title: "A stage of the plan done too few times",
    what: "Going on to the next stage after fewer sessions than the plan asks for, where it says how many: two of each phase in army-trial, `times_each` in a plan of your own.",
    why: "The plan gives each load its time before the next.",
    limits: "The stage of the first session is left out, because the files may begin in the middle of it. A session that fits no stage to 70 % counts for none.",
    source: "The plan followed.",
    find,
};

/// One finding, where it began.
fn find(season: &Season) -> Vec<Finding> {
    let Some(plan) = &season.settings.plan else { return Vec::new() };
    let Some(times) = plan.times_each.map(usize::from) else { return Vec::new() };
    let outings = season.outings().map(|outing| &outing[0]);
    let done: Vec<(&Counted, usize)> = outings.filter_map(|run| Some((run, run.follow.as_ref()?.stage?))).collect();
    let Some(&(_, first_stage)) = done.first() else { return Vec::new() };
    let mut early: Vec<(&Counted, usize, usize)> = Vec::new();
    for (i, &(run, stage)) in done.iter().enumerate() {
        let before = &done[..i];
        let Some(left) = before.iter().map(|&(_, stage)| stage).max().filter(|&farthest| farthest < stage) else {
            continue;
        };
        let n = before.iter().filter(|&&(_, stage)| stage == left).count();
        if left != first_stage && n < times {
            early.push((run, left, n));
        }
    }
    let Some(&(run, left, n)) = early.first() else { return Vec::new() };
    let more = match early.len() {
        1 => String::new(),
        n => format!("; {} in all", plural(n, "stage", None)),
    };
    let message = format!(
        "{} left after {}; {} asks for {times}{more}",
        plan.stages[left].name,
        plural(n, "session", None),
        plan.name
    );
    let finding = about_run(RULE.id, Severity::Caution, run, message);
    vec![Finding { measured: Some(n as f64), limit: Some(times as f64), ..finding }]
}
