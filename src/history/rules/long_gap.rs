//! Two weeks or more without a run.

use super::{Rule, RuleId, about_run};
use crate::audit::Severity;
use crate::ceiling::detraining;
use crate::history::{Counted, Finding, Season};

pub(super) const RULE: Rule = Rule {
    id: RuleId::LongGap,
    title: "Two weeks or more without a run",
    what: "14 days or more without a run between two runs, and whether the first run after them was a step below the last: an earlier stage of the plan, or a tenth less running. A caution where it was not.",
    why: "Fitness falls from the sixth day on, and what the tissue had learned may be gone: going back a stage is the usual advice.",
    limits: "Runs that were not recorded look like a gap.",
    source: "Daniels' Running Formula, lay-off table; the 14 days are our choice.",
    find,
};

const DAYS: i32 = 14;
/// A tenth less running than the longest of the last three runs is a step back. Our choice.
const LESS: f64 = 0.9;

fn find(season: &Season) -> Vec<Finding> {
    (1..season.runs.len()).filter_map(|i| after(&season.runs[..i], &season.runs[i])).collect()
}

fn after(before: &[Counted], run: &Counted) -> Option<Finding> {
    let days = run.run.date.days_since(before.last()?.run.date);
    if days <= DAYS {
        return None;
    }
    let without = days - 1;
    let lost = 100.0 * (1.0 - detraining::fitness_left(f64::from(without), false));
    let (stepped_back, how) = step_back(before, run);
    let message =
        format!("first run after {without} days without, which by Daniels' table takes {lost:.0} % of fitness: {how}");
    let severity = if stepped_back { Severity::Note } else { Severity::Caution };
    let (measured, limit) = (Some(f64::from(without)), Some(f64::from(DAYS)));
    Some(Finding { measured, limit, ..about_run(RULE.id, severity, run, message) })
}

/// Whether the runner began a step below, by the stages of the plan, else by the minutes of running.
fn step_back(before: &[Counted], run: &Counted) -> (bool, String) {
    let stage = |run: &Counted| run.follow.as_ref().and_then(|follow| follow.stage);
    let last = before.iter().rev().find_map(stage);
    if let Some((last, now)) = last.zip(stage(run)) {
        let how = match now {
            now if now < last => "the runner began a step below, as is usual",
            now if now == last => "the runner went on at the same stage, without a step back",
            _ => "the runner went on with a later stage, without a step back",
        };
        return (now < last, how.to_owned());
    }
    let minutes = |seconds: f64| (seconds / 60.0).round();
    let last = before.iter().rev().take(3).map(|run| run.run.run_s).fold(0.0, f64::max);
    let less = run.run.run_s <= LESS * last;
    let how = if less { "the runner began with less" } else { "the runner went on without a step back" };
    (less, format!("{how}, {} min of running after {}", minutes(run.run.run_s), minutes(last)))
}
