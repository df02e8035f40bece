//! Weeks with much more running than the plan's.

use super::{Rule, RuleId, about_week};
use crate::audit::Severity;
use crate::history::{Finding, Season, Week};

pub(super) const RULE: Rule = Rule {
    id: RuleId::VolumeOverPlan,
    title: "Much more running than planned",
    what: "A week with 40 % more minutes of running than the stages done ask for, at the plan's most sessions a week. A warning from three quarters more on.",
    why: "The plan's steps are sized for the load that it asks for.",
    limits: "Only with a plan that says how many sessions a week has. The shares are our choice.",
    source: "The plan followed.",
    find,
};

/// A session more in a week of three is named as such.
const MORE: f64 = 1.40;
const MUCH_MORE: f64 = 1.75;

/// One finding for weeks that follow on each other.
fn find(season: &Season) -> Vec<Finding> {
    let more: Vec<(&Week, f64)> = season
        .weeks
        .iter()
        .filter_map(|week| Some((week, share(season, week)?)))
        .filter(|(_, share)| *share > MORE)
        .collect();
    more.chunk_by(|a, b| b.0.week == a.0.week + 1).map(finding).collect()
}

/// True for a week that the rule names: its rises have this cause.
pub(super) fn names(season: &Season, week: &Week) -> bool {
    share(season, week).is_some_and(|share| share > MORE)
}

/// The running of a week over what the plan would have asked for.
fn share(season: &Season, week: &Week) -> Option<f64> {
    let most = usize::from(season.settings.plan.as_ref()?.days_per_week?.1);
    let planned = week.planned_run_s? / week.outings.max(1) as f64 * week.outings.min(most) as f64;
    (planned > 0.0).then(|| week.run_s / planned)
}

fn finding(weeks: &[(&Week, f64)]) -> Finding {
    let (first, _) = weeks[0];
    let most = weeks.iter().map(|(_, share)| *share).fold(0.0, f64::max);
    let when =
        if weeks.len() > 1 { format!("in {} weeks, from week {} on", weeks.len(), first.week) } else { String::new() };
    let message = format!("{:.0} % of the plan's minutes of running {when}", 100.0 * most);
    let severity = if most > MUCH_MORE { Severity::Warning } else { Severity::Caution };
    Finding {
        measured: Some(most),
        limit: Some(MORE),
        ..about_week(RULE.id, severity, first, message.trim_end().to_owned())
    }
}
