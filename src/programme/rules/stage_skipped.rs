//! A stage of the plan left out.

use super::{Rule, about_run};
use crate::audit::Severity;
use crate::programme::{Counted, Finding, Season};

pub(super) const RULE: Rule = Rule {
    id: "stage-skipped",
    title: "A stage of the plan left out",
    what: "A session that is two or more stages beyond the farthest one done before: the one between was left out, or not done as prescribed.",
    why: "Each stage is the ground for the next.",
    limits: "The stage is told from the bouts; a session that fits no stage to 70 % counts for none. The first session of the files may be any stage.",
    source: "The plan followed.",
    find,
};

fn find(season: &Season) -> Vec<Finding> {
    season.runs.iter().filter_map(|run| skipped(run, season)).collect()
}

fn skipped(run: &Counted, season: &Season) -> Option<Finding> {
    let stages = &season.settings.plan.as_ref()?.stages;
    let follow = run.follow.as_ref()?;
    let (stage, skipped) = (follow.stage?, follow.skipped?);
    let message = format!("{} done although {} was not", stages[stage].name, stages[skipped].name);
    let (measured, limit) = (Some(stage as f64 + 1.0), Some(skipped as f64 + 1.0));
    Some(Finding { measured, limit, ..about_run(RULE.id, Severity::Caution, run, message) })
}
