//! Runs in weeks of seven days.

use super::{Counted, Duplicate, Run, Season, Settings, follow};
use crate::audit::Class;
use crate::model::Note;
use crate::units::{Date, plural};

/// One week.
#[derive(Debug, Clone, PartialEq)]
pub struct Week {
    /// Its number, from 1.
    pub week: usize,
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// How many sessions.
    pub sessions: usize,
    /// On how many days.
    pub run_days: usize,
    /// Time run, in seconds.
    pub run_s: f64,
    /// Time walked, in seconds.
    pub walk_s: f64,
    /// Distance run, in metres.
    pub run_m: f64,
    /// Metres climbed in the runs whose altitude can be trusted; `None` without one.
    pub climb_m: Option<f64>,
    /// Longest run bout, in seconds.
    pub longest_bout_s: f64,
    /// Longest distance run in one session, in metres.
    pub longest_run_m: f64,
    /// Share of the running over the ceiling; `None` where none could be judged.
    pub over_share: Option<f64>,
    /// How many sessions have each verdict, worst first; classes without one are left out.
    pub verdicts: Vec<(Class, usize)>,
    /// The farthest stage of the plan that was done.
    pub stage: Option<String>,
    /// Mean structure against the plan, 0 to 100.
    pub compliance: Option<f64>,
}

/// Less running than this is a walk and no run. Our choice.
const LEAST_RUNNING_S: f64 = 60.0;
/// Weeks beyond are left out: a watch with a wrong date is no reason for a century of empty rows.
const MOST_WEEKS: usize = 520;

/// The runs that count, with their weeks and what they did of the plan.
pub(super) fn season<'a>(
    runs: &'a [Run],
    duplicates: &[Duplicate],
    settings: &'a Settings,
    notes: &mut Vec<Note>,
) -> Season<'a> {
    let mut counted: Vec<(usize, &Run)> = runs
        .iter()
        .enumerate()
        .filter(|(i, run)| run.run_s >= LEAST_RUNNING_S && duplicates.iter().all(|duplicate| duplicate.dropped != *i))
        .collect();
    counted.sort_by_key(|(i, run)| (run.date, run.start, *i));
    let Some(first_day) = settings.rehab_started.or_else(|| counted.first().map(|(_, run)| run.date)) else {
        return Season { runs: Vec::new(), weeks: Vec::new(), settings };
    };
    if settings.rehab_started.is_none() {
        notes.push(Note::new(
            "rehab-start-unknown",
            "the first day of rehab is not known: weeks count from the first run, and the easy weeks are not checked",
        ));
    }
    let week = |run: &Run| usize::try_from(run.date.days_since(first_day)).ok().map(|days| days / 7 + 1);
    let in_weeks: Vec<(usize, usize, &Run)> =
        counted.iter().filter_map(|&(i, run)| Some((i, week(run).filter(|week| *week <= MOST_WEEKS)?, run))).collect();
    let n_left_out = counted.len() - in_weeks.len();
    if n_left_out > 0 {
        let message =
            format!("{} before the rehab or more than ten years after it not counted", plural(n_left_out, "run", None));
        notes.push(Note::new("runs-outside-the-weeks", message));
    }
    let n_in_utc = in_weeks.iter().filter(|(_, _, run)| !run.own_clock).count();
    if n_in_utc > 0 {
        let message = format!(
            "the dates of {} are by UTC, as the files do not give the runner's clock: a run near midnight may count on \
             the day beside; `timezone` in athlete.toml helps",
            plural(n_in_utc, "run", None)
        );
        notes.push(Note::new("clock-unknown", message));
    }
    let follows = settings
        .plan
        .as_ref()
        .map(|plan| follow::follow(plan, &in_weeks.iter().map(|&(_, week, run)| (week, run)).collect::<Vec<_>>()));
    let mut follows = follows.map(Vec::into_iter);
    let runs: Vec<Counted> = in_weeks
        .into_iter()
        .map(|(index, week, run)| Counted { index, run, week, follow: follows.as_mut().and_then(Iterator::next) })
        .collect();
    let last = runs.last().map_or(0, |counted| counted.week);
    let firsts = (0..).map(|week| first_day.plus_days(7 * week));
    let weeks = (1..=last).zip(firsts).map(|(number, from)| sum(number, from, &runs, settings)).collect();
    Season { runs, weeks, settings }
}

fn sum(week: usize, from: Date, runs: &[Counted], settings: &Settings) -> Week {
    let start = runs.partition_point(|counted| counted.week < week);
    let end = runs.partition_point(|counted| counted.week <= week);
    let runs = &runs[start..end];
    let total = |of: fn(&Run) -> f64| runs.iter().fold(0.0, |sum, counted| sum + of(counted.run));
    let longest = |of: fn(&Run) -> f64| runs.iter().map(|counted| of(counted.run)).fold(0.0, f64::max);
    let judged = runs.iter().filter_map(|counted| Some((counted.run.over_s?, counted.run.run_s)));
    let (over, of) = judged.fold((0.0, 0.0), |sum, run| (sum.0 + run.0, sum.1 + run.1));
    let climbs: Vec<f64> = runs.iter().filter_map(|counted| counted.run.climb_m).collect();
    let mut days: Vec<Date> = runs.iter().map(|counted| counted.run.date).collect();
    days.dedup();
    let count = |class| (class, runs.iter().filter(|counted| counted.run.class == class).count());
    let follows: Vec<_> = runs.iter().filter_map(|counted| counted.follow.as_ref()).collect();
    let structure: f64 = follows.iter().map(|follow| follow.structure).sum();
    let stage = follows.iter().filter_map(|follow| follow.stage).max();
    Week {
        week,
        from,
        to: from.plus_days(6),
        sessions: runs.len(),
        run_days: days.len(),
        run_s: total(|run| run.run_s),
        walk_s: total(|run| run.walk_s),
        run_m: total(|run| run.run_m),
        climb_m: (!climbs.is_empty()).then(|| climbs.iter().sum()),
        longest_bout_s: longest(|run| run.longest_bout_s),
        longest_run_m: longest(|run| run.run_m),
        over_share: (of > 0.0).then(|| over / of),
        verdicts: Class::ALL.into_iter().map(count).filter(|(_, n)| *n > 0).collect(),
        stage: stage.and_then(|i| Some(settings.plan.as_ref()?.stages.get(i)?.name.clone())),
        compliance: (!follows.is_empty()).then(|| structure / follows.len() as f64),
    }
}
