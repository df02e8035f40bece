//! The weeks of one runner: load, the 12-week clock, and what the rules say about the progression.
//!
//! Weeks have seven days and count from the first day of rehab, or from the first run where that is not known. What a
//! followed plan itself prescribes is never a fault.

pub mod rules;
pub mod spike;
pub mod trace;

mod adherence;
mod duplicates;
mod easy_weeks;
mod follow;
#[cfg(test)]
mod matrix;
mod outing;
mod over_trend;
mod path;
mod summary;
#[cfg(test)]
mod tests;
mod trend;
mod weeks;

pub use adherence::{Adherence, Missed};
pub use duplicates::{Duplicate, is_same_run, replaces};
pub use follow::Follow;
pub use over_trend::{Direction, OverTrend};
pub use rules::{RULES, Rule};
pub use weeks::Week;

use trace::Trace;

use crate::audit::{Class, Exception, Excess, RuleId, Severity};
use crate::model::Note;
use crate::plan::{Order, PerformedBout, Plan, Programme};
use crate::runner::Runner;
use crate::units::{Date, HeartRate, Speed, Timestamp, UnitSystem};

/// One session of running, as far as the weeks need it.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The day on the runner's calendar.
    pub date: Date,
    /// True when the day is by the runner's clock, false when it is by UTC.
    pub own_clock: bool,
    /// True when it was far from the runner's time zone, without a clock in the file: the day is that of the place.
    pub elsewhere: bool,
    /// When it began; without it the same run in another file cannot be told.
    pub start: Option<Timestamp>,
    /// From start to end with all pauses, in seconds.
    pub elapsed_s: f64,
    /// Time run, in seconds.
    pub run_s: f64,
    /// Time walked, in seconds.
    pub walk_s: f64,
    /// Distance run, in metres.
    pub run_m: f64,
    /// Longest run bout, in seconds.
    pub longest_bout_s: f64,
    /// Metres climbed, where altitude can be trusted.
    pub climb_m: Option<f64>,
    /// The verdict.
    pub class: Class,
    /// The verdict in a sentence.
    pub sentence: String,
    /// How fast the running over the ceiling was; `None` when nothing is over.
    pub severity: Option<Excess>,
    /// The reason of an exception that covers the verdict: agreed on, and so no breach.
    pub allowed: Option<String>,
    /// True when the surges were strides.
    pub strides: bool,
    /// Time over the ceiling, in seconds; `None` where it cannot be told.
    pub over_s: Option<f64>,
    /// Median graded speed of the running.
    pub easy_speed: Option<Speed>,
    /// The ceiling of that day.
    pub ceiling: Option<Speed>,
    /// Mean heart rate of the running.
    pub heart_rate: Option<HeartRate>,
    /// How much the file knows, for choosing between two files of one run: the number of its signals.
    pub n_signals: usize,
    /// Its course, by which the same run in another file is known.
    pub trace: Trace,
    /// The bouts, for comparison with the plan.
    pub bouts: Vec<PerformedBout>,
}

/// How to look at the weeks.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// First day of rehab, day 1 of week 1.
    pub rehab_started: Option<Date>,
    /// How many weeks all running is to be easy.
    pub easy_weeks: usize,
    /// The programme that is followed.
    pub plan: Option<Programme>,
    /// The order in which load may rise.
    pub order: Order,
    /// Exceptions that were agreed on.
    pub exceptions: Vec<Exception>,
    /// The units that sentences speak in.
    pub units: UnitSystem,
}

impl From<&Runner> for Settings {
    /// A plan that is one session alone says nothing about weeks.
    fn from(runner: &Runner) -> Self {
        let plan = match &runner.plan {
            Some(Plan::Programme(programme)) => Some(programme.clone()),
            Some(Plan::Session { .. }) | None => None,
        };
        Self {
            rehab_started: runner.facts.rehab_started,
            easy_weeks: runner.easy_weeks,
            plan,
            order: runner.order,
            exceptions: runner.exceptions.clone(),
            units: runner.units,
        }
    }
}

/// What the runs of one runner come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// Every week from the first to the one of the last run, weeks without a run included.
    pub weeks: Vec<Week>,
    /// What the rules found, in the order of time.
    pub findings: Vec<Finding>,
    /// The week of each run, from 1; `None` before the rehab and for a run that is counted from another file.
    pub week_of: Vec<Option<usize>>,
    /// What each run did of the plan; `None` without a plan and for runs that are not counted.
    pub followed: Vec<Option<Follow>>,
    /// Runs that are in two files.
    pub duplicates: Vec<Duplicate>,
    /// How many of the plan's sessions were done; `None` without a plan that says how many there are a week.
    pub adherence: Option<Adherence>,
    /// Weeks with runs of which none was over its ceiling; `None` without a first day of rehab.
    pub easy_weeks_done: Option<usize>,
    /// True for each run that follows the one before it within half an hour: against the plan they are one.
    pub joined: Vec<bool>,
    /// How much of the running was over the ceiling of late, and before; `None` with too few judged sessions.
    pub over_trend: Option<OverTrend>,
    /// What the reader should know.
    pub notes: Vec<Note>,
}

/// What a rule found in the weeks.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule.
    pub rule: RuleId,
    /// How much it matters.
    pub severity: Severity,
    /// The week, from 1.
    pub week: usize,
    /// The day, where it is about one.
    pub date: Option<Date>,
    /// The run, where it is about one.
    pub run: Option<usize>,
    /// What was found, in a sentence.
    pub message: String,
    /// The number measured.
    pub measured: Option<f64>,
    /// The number it was held against.
    pub limit: Option<f64>,
    /// The reason of an exception that covers it.
    pub allowed: Option<String>,
}

/// Puts runs, in any order, into weeks and holds them against the rules.
pub fn progress(runs: &[Run], settings: &Settings) -> Progress {
    let duplicates = duplicates::find(runs);
    let mut notes = Vec::new();
    let season = weeks::season(runs, &duplicates, settings, &mut notes);
    let mut findings: Vec<Finding> = RULES.iter().flat_map(|rule| rule.find(&season)).collect();
    findings.sort_by_key(|finding| (finding.week, finding.date));
    for finding in &mut findings {
        finding.allowed = allowed(finding, &season).or(finding.allowed.take());
    }
    notes.extend(rules::spike_is_silent(&season));
    let over_trend = over_trend::of(&season);
    let adherence = adherence::of(&season);
    let easy_weeks_done = settings.rehab_started.map(|_| easy_weeks::done(&season, None));
    let mut week_of = vec![None; runs.len()];
    let mut followed = vec![None; runs.len()];
    let mut joined = vec![false; runs.len()];
    for counted in season.runs {
        week_of[counted.index] = Some(counted.week);
        joined[counted.index] = counted.joined;
        followed[counted.index] = counted.follow;
    }
    Progress {
        weeks: season.weeks,
        findings,
        week_of,
        followed,
        duplicates,
        adherence,
        easy_weeks_done,
        joined,
        over_trend,
        notes,
    }
}

/// The reason of the exception that covers a finding on its day, or on the first day of its week.
fn allowed(finding: &Finding, season: &Season) -> Option<String> {
    let day = finding.date.or_else(|| season.weeks.get(finding.week.checked_sub(1)?).map(|week| week.from));
    let covers = |exception: &&Exception| {
        let since = exception.from.is_none_or(|from| day.is_some_and(|day| day >= from));
        let until = exception.to.is_none_or(|to| day.is_some_and(|day| day <= to));
        exception.rule == finding.rule && since && until
    };
    season.settings.exceptions.iter().find(covers).map(|exception| exception.reason.clone())
}

/// A quarter of an hour without a break: the shortest races and tempo runs. Our choice.
const RACE_S: f64 = 900.0;

/// The runs that count, in the order of time, with their weeks: what the rules look at.
#[derive(Debug)]
pub(crate) struct Season<'a> {
    pub runs: Vec<Counted<'a>>,
    pub weeks: Vec<Week>,
    pub settings: &'a Settings,
}

/// A run that counts.
#[derive(Debug, Clone)]
pub(crate) struct Counted<'a> {
    /// Its place among the runs given.
    pub index: usize,
    pub run: &'a Run,
    /// From 1.
    pub week: usize,
    /// What the outing did of the plan.
    pub follow: Option<Follow>,
    /// True when it follows the run before within half an hour: both are one outing.
    pub joined: bool,
}

impl Season<'_> {
    /// Runs that follow each other within half an hour, together.
    fn outings(&self) -> impl Iterator<Item = &[Counted<'_>]> {
        self.runs.chunk_by(|_, next| next.joined)
    }

    /// The runs of a week, from 1.
    fn of_week(&self, week: usize) -> impl Iterator<Item = &Counted<'_>> {
        self.runs.iter().filter(move |counted| counted.week == week)
    }

    /// True when the week did what the plan asked for: every run as planned, and no more of them.
    fn is_as_planned(&self, week: &Week) -> bool {
        let most = self.settings.plan.as_ref().map(|plan| plan.days_per_week.map_or(7, |days| days.1));
        most.is_some_and(|most| week.outings <= usize::from(most))
            && self.of_week(week.week).all(Counted::is_as_planned)
    }

    /// True when a stage of the plan was left out in this week.
    fn leaves_out_a_stage(&self, week: &Week) -> bool {
        self.of_week(week.week).any(|run| run.follow.as_ref().is_some_and(|follow| follow.skipped.is_some()))
    }

    /// True while all running is to be easy; never without a first day of rehab.
    fn is_easy_time(&self, week: usize) -> bool {
        self.settings.rehab_started.is_some() && week <= self.settings.easy_weeks
    }
}

impl Counted<'_> {
    /// True when the run did what the plan asked for.
    fn is_as_planned(&self) -> bool {
        self.follow.as_ref().is_some_and(|follow| follow.as_planned)
    }

    /// True when the run held speed work: intervals, strides, a race, or far too fast throughout.
    fn has_speed(&self) -> bool {
        match self.run.class {
            Class::DisguisedIntervals => true,
            Class::Surges => self.run.strides,
            Class::AboveEasy => matches!(self.run.severity, Some(Excess::High | Excess::Extreme)) || self.is_race(),
            _ => false,
        }
    }

    /// True for a race or a tempo run: a tenth over the ceiling or more, for long without a break.
    fn is_race(&self) -> bool {
        let over = matches!(self.run.severity, Some(Excess::Moderate | Excess::High | Excess::Extreme));
        self.run.class == Class::AboveEasy && over && self.run.longest_bout_s >= RACE_S
    }

    /// True when the run as a whole was over its ceiling, and that was not agreed on.
    fn is_over(&self) -> bool {
        matches!(self.run.class, Class::DisguisedIntervals | Class::AboveEasy) && self.run.allowed.is_none()
    }
}
