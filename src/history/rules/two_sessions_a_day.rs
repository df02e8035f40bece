//! The plan's session twice a day.

use super::{Rule, RuleId, about_run};
use crate::audit::Severity;
use crate::history::{Counted, Finding, Season};

pub(super) const RULE: Rule = Rule {
    id: RuleId::TwoSessionsADay,
    title: "Two sessions a day",
    what: "Two sessions or more on a day, more than half an hour apart, with a plan to follow.",
    why: "A plan's session is a day's load; the second one finds tissue that has not recovered from the first.",
    limits: "Two files of one run, or a watch restarted within half an hour, are one session.",
    source: "The plan followed.",
    find,
};

/// One finding for all such days, from the first on.
fn find(season: &Season) -> Vec<Finding> {
    let Some(plan) = &season.settings.plan else {
        return Vec::new();
    };
    let firsts: Vec<&Counted> = season.outings().map(|outing| &outing[0]).collect();
    let days = firsts.chunk_by(|a, b| a.run.date == b.run.date).filter(|day| day.len() > 1);
    let days: Vec<&[&Counted]> = days.collect();
    let Some(first) = days.first() else {
        return Vec::new();
    };
    let most = days.iter().map(|day| day.len()).max().unwrap_or_default();
    let message = match days.len() {
        1 => format!("{most} sessions on one day; {} has one", plan.name),
        n => format!("{most} sessions a day on {n} days, from {} on; {} has one", first[0].run.date, plan.name),
    };
    let finding = about_run(RULE.id, Severity::Caution, first[first.len() - 1], message);
    vec![Finding { measured: Some(most as f64), limit: Some(1.0), ..finding }]
}
