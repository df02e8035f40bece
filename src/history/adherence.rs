//! How many of the plan's sessions were done, and which were missed.

use super::{Follow, Season, Week};
use crate::plan::Programme;

/// How many of the plan's sessions were done.
#[derive(Debug, Clone, PartialEq)]
pub struct Adherence {
    /// Sessions done, in each week at most as many as it has.
    pub done: usize,
    /// Sessions planned, from the week of the first run to that of the last.
    pub planned: usize,
    /// Done and planned in the week of the last run, which may not be over.
    pub this_week: (usize, usize),
    /// Done and planned in each week, with its number.
    pub weeks: Vec<(usize, usize, usize)>,
    /// Weeks with fewer sessions than planned, before that of the last run.
    pub missed: Vec<Missed>,
    /// The farthest stage that was done.
    pub stage: Option<String>,
    /// By how many weeks that stage is behind the calendar of a plan with weeks; 0 where it is not.
    pub weeks_behind: usize,
}

/// Sessions that a week fell short of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// The week, from 1.
    pub week: usize,
    /// How many.
    pub sessions: usize,
    /// The stages that they would have been, where the plan has weeks.
    pub stages: Vec<String>,
}

/// The adherence of a season; `None` without a plan that says how many sessions a week has.
pub(super) fn of(season: &Season) -> Option<Adherence> {
    let plan = season.settings.plan.as_ref()?;
    let follows = || season.outings().filter_map(|outing| Some((outing[0].week, outing[0].follow.as_ref()?)));
    let first_week = season.runs.first()?.week;
    let last = season.weeks.last()?;
    // Who began the plan earlier or later than the rehab is in another week of it.
    let shift = follows().find_map(|(week, follow)| Some((plan.stages[follow.stage?].week?, week)));
    let of_plan = |week: usize| match shift {
        Some((planned, counted)) => (week + planned).checked_sub(counted),
        None => Some(week),
    };
    let farthest = follows().filter_map(|(_, follow)| follow.stage).max();
    let is_over = farthest.is_some_and(|stage| stage + 1 == plan.stages.len());
    let planned = |week: &Week| {
        let asked = sessions(plan, of_plan(week.week), is_over);
        // Who has reached the end of a plan without weeks has no more to do.
        let is_end = is_over && plan.n_weeks().is_none() && week.week == last.week;
        if is_end { asked.min(week.outings) } else { asked }
    };
    let of_season = season.weeks.iter().filter(|week| week.week >= first_week);
    let counts: Vec<(&Week, usize)> = of_season.map(|week| (week, planned(week))).collect();
    let total: usize = counts.iter().map(|(_, planned)| planned).sum();
    let done = |week: &Week, planned: usize| week.outings.min(planned);
    let stage_week = farthest.and_then(|stage| plan.stages[stage].week).filter(|_| !is_over);
    let weeks_behind = of_plan(last.week).zip(stage_week).map_or(0, |(due, reached)| due.saturating_sub(reached));
    let followed: Vec<&Follow> = follows().map(|(_, follow)| follow).collect();
    let missed = |(week, planned): &(&Week, usize)| {
        let sessions = planned - done(week, *planned);
        let stages = of_plan(week.week).map_or(Vec::new(), |of_plan| left_out(plan, of_plan, &followed));
        (sessions > 0 && week.week < last.week).then_some(Missed { week: week.week, sessions, stages })
    };
    (total > 0).then(|| Adherence {
        done: counts.iter().map(|(week, planned)| done(week, *planned)).sum(),
        planned: total,
        this_week: (done(last, planned(last)), planned(last)),
        weeks: counts.iter().map(|(week, planned)| (week.week, done(week, *planned), *planned)).collect(),
        missed: counts.iter().filter_map(missed).collect(),
        stage: farthest.map(|stage| plan.stages[stage].name.clone()),
        weeks_behind,
    })
}

/// How many sessions a week of the plan has; 0 where it does not say, and after its end.
fn sessions(plan: &Programme, week: Option<usize>, is_over: bool) -> usize {
    let a_week = plan.days_per_week.map_or(0, |days| usize::from(days.0));
    let Some(n_weeks) = plan.n_weeks() else {
        return a_week;
    };
    match week.map(|week| (week, plan.week(week).count())) {
        Some((_, stages)) if stages > 0 => stages.max(a_week),
        // Who is behind the calendar goes on with the plan.
        Some((week, _)) if week > n_weeks && !is_over => a_week,
        _ => 0,
    }
}

/// The stages of a week of the plan that were never done, or its only one.
fn left_out(plan: &Programme, week: usize, followed: &[&Follow]) -> Vec<String> {
    let of_week: Vec<(usize, &str)> = (0..)
        .zip(&plan.stages)
        .filter(|(_, stage)| stage.week == Some(week))
        .map(|(i, s)| (i, s.name.as_str()))
        .collect();
    let was_done = |stage: usize| followed.iter().any(|follow| follow.stage == Some(stage));
    let left: Vec<&str> =
        of_week.iter().filter(|(i, _)| of_week.len() == 1 || !was_done(*i)).map(|(_, s)| *s).collect();
    left.into_iter().map(str::to_owned).collect()
}
