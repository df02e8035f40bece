//! Two weeks or more without a run.

use super::{Rule, about_run};
use crate::audit::Severity;
use crate::ceiling::lay_off;
use crate::programme::{Finding, Season};

pub(super) const RULE: Rule = Rule {
    id: "long-gap",
    title: "Two weeks or more without a run",
    what: "14 days or more without a run between two runs.",
    why: "Fitness falls from the sixth day on, and what the tissue had learned may be gone: going back a stage is the usual advice.",
    limits: "Runs that were not recorded look like a gap.",
    source: "Daniels' Running Formula, lay-off table; the 14 days are our choice.",
    find,
};

const DAYS: i32 = 14;

fn find(season: &Season) -> Vec<Finding> {
    let days = |pair: &[crate::programme::Counted]| pair[1].run.date.days_since(pair[0].run.date);
    let gaps = season.runs.windows(2).filter(|pair| days(pair) > DAYS);
    gaps.map(|pair| {
        let without = days(pair) - 1;
        let lost = 100.0 * (1.0 - lay_off::fitness_left(f64::from(without), false));
        let message = format!("first run after {without} days without; by Daniels' table that takes {lost:.0} % of fitness: begin a step below");
        let (measured, limit) = (Some(f64::from(without)), Some(f64::from(DAYS)));
        Finding { measured, limit, ..about_run(RULE.id, Severity::Note, &pair[1], message) }
    })
    .collect()
}
