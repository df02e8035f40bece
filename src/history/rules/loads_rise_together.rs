//! Volume, frequency and intensity rising in the same week.

use super::{Rule, RuleId, about_week, frequency, frequency_rises, pairs, volume_rises};
use crate::audit::Severity;
use crate::history::{Finding, Season, Week};

pub(super) const RULE: Rule = Rule {
    id: RuleId::LoadsRiseTogether,
    title: "More than one load rises in a week",
    what: "A week in which two of these rise over the week before: minutes of running by more than 10 %, days of running, share of the running over the ceiling by 10 points to at least 15 %. A caution where two days or sessions more come with half as much running again.",
    why: "One change at a time shows what the body makes of it.",
    limits: "Expert opinion. Silent where the plan asks for the step.",
    source: "J. Dunne, Successful Return From Running Injury, kinetic-revolution.com; the shares are our choice.",
    find,
};

/// With this many times the minutes, and two days more, it is no small step. Our choice.
const MUCH_MORE: f64 = 1.5;

fn find(season: &Season) -> Vec<Finding> {
    pairs(season).filter(|(_, week)| !season.is_as_planned(week)).filter_map(|(a, b)| together(a, b)).collect()
}

fn together(before: &Week, week: &Week) -> Option<Finding> {
    let share = |week: &Week| week.over_share.unwrap_or(0.0);
    let intensity = share(week) >= 0.15 && share(week) >= share(before) + 0.10;
    let minutes = |week: &Week| (week.run_s / 60.0).round();
    let loads = [
        volume_rises(before, week).then(|| format!("running from {} to {} min", minutes(before), minutes(week))),
        frequency_rises(before, week).then(|| frequency(before, week)),
        intensity.then(|| {
            format!("time over the ceiling from {:.0} to {:.0} %", 100.0 * share(before), 100.0 * share(week))
        }),
    ];
    let rising: Vec<String> = loads.into_iter().flatten().collect();
    let message = format!("several loads rose together: {}", rising.join(", "));
    let days = week.run_days >= before.run_days + 2 || week.outings >= before.outings + 2;
    let by_much = days && week.run_s >= MUCH_MORE * before.run_s;
    let severity = if by_much { Severity::Caution } else { Severity::Note };
    (rising.len() >= 2).then(|| about_week(RULE.id, severity, week, message))
}
