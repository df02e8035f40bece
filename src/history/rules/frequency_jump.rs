//! Many more run days than the week before, or than the plan has.

use super::{Rule, RuleId, about_week, pairs};
use crate::audit::Severity;
use crate::history::{Finding, Season, Week};

pub(super) const RULE: Rule = Rule {
    id: RuleId::FrequencyJump,
    title: "Many more run days",
    what: "Two or more run days more than the week before, or more days than the plan has.",
    why: "A day more at a time leaves room to see how the body takes it.",
    limits: "The first week after one without a run is not compared.",
    source: "Our choice.",
    find,
};

fn find(season: &Season) -> Vec<Finding> {
    let most = season.settings.plan.as_ref().and_then(|plan| Some((plan, usize::from(plan.days_per_week?.1))));
    let over_plan = season.weeks.iter().filter_map(|week| {
        let (plan, most) = most.filter(|(_, most)| week.run_days > *most)?;
        Some(finding(week, most, format!("{} run days; {} has at most {most}", week.run_days, plan.name)))
    });
    let within_plan = |week: &Week| most.is_none_or(|(_, most)| week.run_days <= most);
    let jumps = pairs(season)
        .filter(|(before, week)| {
            week.run_days > before.run_days + 1 && within_plan(week) && !season.is_as_planned(week)
        })
        .map(|(before, week)| {
            let message = format!("{} run days after {} the week before", week.run_days, before.run_days);
            finding(week, before.run_days + 1, message)
        });
    over_plan.chain(jumps).collect()
}

fn finding(week: &Week, most: usize, message: String) -> Finding {
    let (measured, limit) = (Some(week.run_days as f64), Some(most as f64));
    Finding { measured, limit, ..about_week(RULE.id, Severity::Note, week, message) }
}
