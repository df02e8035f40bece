//! Runs in weeks of seven days.

use super::follow::{self, Follow};
use super::{Counted, Duplicate, Run, Season, Settings, outing};
use crate::audit::Class;
use crate::model::{Note, NoteId};
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
    /// The same, with sessions that follow each other within half an hour as one.
    pub outings: usize,
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
    /// Share of the plan's run steps that were done under their ceiling, 0 to 100; `None` where none can be judged.
    pub intensity: Option<f64>,
    /// Running that the stages done ask for, in seconds; `None` without a plan.
    pub planned_run_s: Option<f64>,
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
            NoteId::RehabStartUnknown,
            "the first day of rehab is not known: weeks count from the first run, and the easy weeks are not checked",
        ));
    }
    let week = |run: &Run| usize::try_from(run.date.days_since(first_day)).ok().map(|days| days / 7 + 1);
    let in_weeks: Vec<(usize, usize, &Run)> =
        counted.iter().filter_map(|&(i, run)| Some((i, week(run).filter(|week| *week <= MOST_WEEKS)?, run))).collect();
    let n_left_out = counted.len() - in_weeks.len();
    if n_left_out > 0 && !in_weeks.is_empty() {
        let message =
            format!("{} before the rehab or more than ten years after it not counted", plural(n_left_out, "run", None));
        notes.push(Note::new(NoteId::RunsOutsideTheWeeks, message));
    }
    let n_elsewhere = in_weeks.iter().filter(|(_, _, run)| run.elsewhere).count();
    if n_elsewhere > 0 {
        let message = format!(
            "{} far from the runner's time zone, in files without a clock, dated by the sun there",
            plural(n_elsewhere, "run", None)
        );
        notes.push(Note::new(NoteId::ClockOfThePlace, message));
    }
    let n_in_utc = in_weeks.iter().filter(|(_, _, run)| !run.own_clock).count();
    if n_in_utc > 0 {
        let message = format!(
            "the dates of {} are by UTC, as the files do not give the runner's clock: a run near midnight may count on \
             the day beside; `timezone` in athlete.toml helps",
            plural(n_in_utc, "run", None)
        );
        notes.push(Note::new(NoteId::ClockUnknown, message));
    }
    if in_weeks.is_empty() && n_left_out > 0 {
        let message = format!(
            "no run is in the weeks: the first day of rehab, {first_day}, is after the last run; `started` in athlete.toml \
             sets it"
        );
        notes.push(Note::new(NoteId::RehabStartAfterRuns, message));
    }
    let runs = follow_plan(in_weeks, settings);
    if settings.plan.is_some() {
        notes.extend(joined_note(&runs));
    }
    let last = runs.last().map_or(0, |counted| counted.week);
    let firsts = (0..).map(|week| first_day.plus_days(7 * week));
    let weeks = (1..=last).zip(firsts).map(|(number, from)| sum(number, from, &runs, settings)).collect();
    Season { runs, weeks, settings }
}

/// The runs with what each outing did of the plan.
fn follow_plan<'a>(in_weeks: Vec<(usize, usize, &'a Run)>, settings: &Settings) -> Vec<Counted<'a>> {
    let mut runs: Vec<Counted> = Vec::with_capacity(in_weeks.len());
    for (index, week, run) in in_weeks {
        let joined = runs.last().is_some_and(|last| outing::follows(last.run, run));
        runs.push(Counted { index, run, week, follow: None, joined });
    }
    let Some(plan) = &settings.plan else {
        return runs;
    };
    let outings: Vec<_> = runs
        .chunk_by(|_, next| next.joined)
        .map(|outing| (outing[0].week, outing::bouts(&outing.iter().map(|counted| counted.run).collect::<Vec<_>>())))
        .collect();
    let mut follows = follow::follow(plan, &outings).into_iter();
    for outing in runs.chunk_by_mut(|_, next| next.joined) {
        let follow = follows.next();
        for counted in outing {
            counted.follow.clone_from(&follow);
        }
    }
    runs
}

/// Says which sessions are one against the plan.
fn joined_note(runs: &[Counted]) -> Option<Note> {
    let joined = runs.chunk_by(|_, next| next.joined).filter(|outing| outing.len() > 1);
    let days: Vec<String> = joined.map(|outing| outing[0].run.date.to_string()).collect();
    let (first, rest) = days.split_first()?;
    let more = match rest {
        [] => String::new(),
        rest if rest.len() <= 2 => format!(" and of {}", rest.join(", ")),
        rest => format!(" and of {} more days", rest.len()),
    };
    let message = format!(
        "the sessions of {first}{more} follow each other within half an hour: against the plan they are one session"
    );
    Some(Note::new(NoteId::SessionsJoined, message))
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
    let first_of_outings = || runs.iter().filter(|counted| !counted.joined);
    let follows: Vec<&Follow> = first_of_outings().filter_map(|counted| counted.follow.as_ref()).collect();
    let mean = |values: Vec<f64>| (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64);
    let stage = follows.iter().filter_map(|follow| follow.stage).max();
    Week {
        week,
        from,
        to: from.plus_days(6),
        sessions: runs.len(),
        outings: first_of_outings().count(),
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
        compliance: mean(follows.iter().map(|follow| follow.structure).collect()),
        intensity: mean(follows.iter().filter_map(|follow| follow.intensity).collect()),
        planned_run_s: (!follows.is_empty())
            .then(|| follows.iter().fold(0.0, |sum, follow| sum + follow.planned_run_s)),
    }
}
