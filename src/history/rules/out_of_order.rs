//! Load rising in another order than agreed.

use super::{Rule, RuleId, about_run, about_week, frequency_rises, pairs, volume_rises};
use crate::audit::Severity;
use crate::history::{Finding, Season, Week};
use crate::plan::Order;

pub(super) const RULE: Rule = Rule {
    id: RuleId::OutOfOrder,
    title: "Load rises out of order",
    what: "Run days that rise before the minutes of running ever did (or the other way round, if so set), and speed after the easy weeks before either rose.",
    why: "Volume, then frequency, then speed: each step is the ground for the next.",
    limits: "Sources differ on the order, so it is a setting; both volume and frequency may rise within the easy weeks. Silent where the plan asks for the step.",
    source: "J. Dunne, Successful Return From Running Injury, kinetic-revolution.com; others put frequency before intensity (running-wiki.com).",
    find,
};

/// Tells whether a load rose over the week before.
type Rises = fn(&Week, &Week) -> bool;

fn find(season: &Season) -> Vec<Finding> {
    let (first, second): (Rises, Rises) = match season.settings.order {
        Order::Any => return Vec::new(),
        Order::VolumeFirst => (volume_rises, frequency_rises),
        Order::FrequencyFirst => (frequency_rises, volume_rises),
    };
    let week_of = |rises: Rises| pairs(season).find(|(a, b)| rises(a, b)).map(|(_, b)| b);
    let (first, second) = (week_of(first), week_of(second));
    let early = second.filter(|second| first.is_none_or(|first| second.week < first.week));
    let message = match season.settings.order {
        Order::FrequencyFirst => "the minutes of running rose before the run days did",
        _ => "the run days rose before the minutes of running did",
    };
    let early = early.filter(|week| !season.is_as_planned(week));
    let early = early.map(|week| about_week(RULE.id, Severity::Note, week, message.to_owned()));
    early.into_iter().chain(early_speed(season, first, second)).collect()
}

/// The first speed after the easy weeks, where volume has never risen. A plan sets its own days.
fn early_speed(season: &Season, first: Option<&Week>, second: Option<&Week>) -> Option<Finding> {
    let run = season.runs.iter().find(|run| run.has_speed() && !season.is_easy_time(run.week))?;
    let risen = |week: Option<&Week>| week.is_some_and(|week| week.week <= run.week);
    let ready =
        if season.settings.plan.is_some() { risen(first) || risen(second) } else { risen(first) && risen(second) };
    let message = "speed came before volume and frequency had risen".to_owned();
    (!ready).then(|| about_run(RULE.id, Severity::Note, run, message))
}
