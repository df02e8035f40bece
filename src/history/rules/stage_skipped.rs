//! A stage of the plan left out.

use super::{Rule, RuleId, about_run};
use crate::audit::Severity;
use crate::history::{Counted, Finding, Season};

pub(super) const RULE: Rule = Rule {
    id: RuleId::StageSkipped,
    title: "A stage of the plan left out",
    what: "The first session that is two or more stages beyond the farthest one done before: what lies between was left out, or not done as prescribed.",
    why: "Each stage is the ground for the next.",
    limits: "The stage is told from the bouts of all sessions together, for of two stages alike the next is meant; a session that fits no stage to 70 % counts for none. One session missed of a week of several is a note. The first session of the files may be any stage.",
    source: "The plan followed.",
    find,
};

fn find(season: &Season) -> Vec<Finding> {
    season.outings().filter_map(|outing| skipped(&outing[0], season)).collect()
}

fn skipped(run: &Counted, season: &Season) -> Option<Finding> {
    let stages = &season.settings.plan.as_ref()?.stages;
    let follow = run.follow.as_ref()?;
    let (stage, skipped) = (follow.stage?, follow.skipped?);
    let between = &stages[skipped..stage];
    let which = match between {
        [only] => format!("{} was", only.name),
        [first, .., last] => format!("{} to {} were", first.name, last.name),
        [] => return None,
    };
    let message = format!("{} done although {which} not", stages[stage].name);
    // A single session of a week of several was missed; that is no week left out.
    let week = stages[stage].week.filter(|_| between.len() == 1);
    let within_a_week = week.is_some() && between[0].week == week
        || between[0].week.is_some_and(|week| between.len() == 1 && stages[skipped - 1].week == Some(week));
    let severity = if within_a_week { Severity::Note } else { Severity::Caution };
    let (measured, limit) = (Some(stage as f64 + 1.0), Some(skipped as f64 + 1.0));
    Some(Finding { measured, limit, ..about_run(RULE.id, severity, run, message) })
}
