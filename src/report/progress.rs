//! The weeks of one runner, for the report.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::build::notes;
use super::round::{known, round};
use super::{CeilingNow, Class, Direction, Earlier, NextSession, Note, RuleId, SCHEMA_VERSION, Severity, Symptoms};
use crate::history::{self, Run, Settings};
use crate::units::Date;

/// The weeks of one runner.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Progress {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// Name and version of the program, as `rehabrun 0.1.0`.
    pub tool: String,
    /// The runner's name.
    pub athlete: Option<String>,
    /// First day of rehab.
    pub rehab_started: Option<String>,
    /// The programme that is followed.
    pub plan: Option<String>,
    /// In how many weeks all running is to be easy.
    pub easy_weeks: usize,
    /// Weeks with runs of which none was over its ceiling; `None` where the first day of rehab is not known.
    pub easy_weeks_done: Option<usize>,
    /// How many of the plan's sessions were done; `None` without a plan that says how many there are a week.
    pub adherence: Option<Adherence>,
    /// The ceiling of the last run.
    pub ceiling: Option<CeilingNow>,
    /// The session of the plan that comes next.
    pub next_session: Option<NextSession>,
    /// The first day whose findings are listed; `None` lists all.
    pub since: Option<String>,
    /// What was found before it.
    pub earlier: Option<Earlier>,
    /// Every week from the first to the one of the last run.
    pub weeks: Vec<Week>,
    /// How much of the running was over the ceiling of late; `None` with fewer than three judged sessions in the last
    /// four weeks or in the four before.
    pub over_trend: Option<OverTrend>,
    /// What the rules found, in the order of time.
    pub findings: Vec<ProgressFinding>,
    /// The runs in the order of their dates.
    pub runs: Vec<ProgressRun>,
    /// How it felt; `None` where nothing was said, or where it is to be left out.
    pub symptoms: Option<Symptoms>,
    /// Runs that are in two files; they count once.
    pub duplicates: Vec<Duplicate>,
    /// What the reader should know.
    pub notes: Vec<Note>,
}

/// One week.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Week {
    /// Its number, from 1.
    pub week: usize,
    /// Its first day.
    pub from: String,
    /// Its last day.
    pub to: String,
    /// How many sessions.
    pub sessions: usize,
    /// The same, with sessions that follow each other within half an hour as one.
    pub outings: usize,
    /// How many the plan asks for; `None` where it does not say.
    pub planned_sessions: Option<usize>,
    /// On how many days.
    pub run_days: usize,
    /// Time run.
    pub run_s: f64,
    /// Time walked.
    pub walk_s: f64,
    /// Distance run.
    pub run_m: f64,
    /// Metres climbed, where altitude can be trusted.
    pub climb_m: Option<f64>,
    /// Longest run bout.
    pub longest_bout_s: f64,
    /// Longest distance run in one session.
    pub longest_run_m: f64,
    /// Share of the running over the ceiling; `None` where none could be judged.
    pub over_share: Option<f64>,
    /// How many sessions have each verdict; classes without one are left out.
    #[serde(serialize_with = "by_name")]
    pub verdicts: BTreeMap<Class, usize>,
    /// The farthest stage of the plan that was done.
    pub plan_stage: Option<String>,
    /// Mean structure against the plan, 0 to 100.
    pub compliance: Option<f64>,
    /// Mean share of the plan's run steps that were done under their ceiling, 0 to 100; `None` where none can be judged.
    pub intensity: Option<f64>,
    /// Running that the plan asks for in the sessions done.
    pub planned_run_s: Option<f64>,
    /// The most pain that was said of a day of it, 0 to 10.
    pub pain: Option<f64>,
}

/// How many of the plan's sessions were done.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Adherence {
    /// Sessions done, in each week at most as many as it has.
    pub done: usize,
    /// Sessions planned, from the week of the first run to that of the last.
    pub planned: usize,
    /// Sessions done in the week of the last run.
    pub this_week_done: usize,
    /// Sessions planned in that week, which may not be over.
    pub this_week_planned: usize,
    /// Weeks before it with fewer sessions than planned.
    pub missed: Vec<Missed>,
    /// The farthest stage that was done.
    pub stage: Option<String>,
    /// By how many weeks that stage is behind the calendar of a plan with weeks; 0 where it is not.
    pub weeks_behind: usize,
}

/// Sessions that a week fell short of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Missed {
    /// The week, from 1.
    pub week: usize,
    /// How many.
    pub sessions: usize,
    /// The stages that they would have been, where the plan has weeks.
    pub stages: Vec<String>,
}

/// The share of the running over the ceiling in the last four weeks up to the last run, and in the four before.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OverTrend {
    /// The share in the four weeks before, 0 to 1.
    pub before: f64,
    /// The share in the last four weeks.
    pub now: f64,
    /// Where the share goes.
    pub direction: Direction,
}

/// What a rule found in the weeks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProgressFinding {
    /// The rule, as `rehabrun explain` knows it.
    pub rule: RuleId,
    /// How much it matters.
    pub severity: Severity,
    /// The week, from 1.
    pub week: usize,
    /// The day, where it is about one.
    pub date: Option<String>,
    /// The file, where it is about one run.
    pub path: Option<String>,
    /// What was found, in a sentence.
    pub message: String,
    /// The number measured.
    pub measured: Option<f64>,
    /// The number it was held against.
    pub limit: Option<f64>,
    /// The reason of an exception that covers it.
    pub allowed: Option<String>,
    /// True when it is from before that day.
    pub is_earlier: bool,
}

/// One run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProgressRun {
    /// The file.
    pub path: String,
    /// The day on the runner's calendar.
    pub date: String,
    /// Its week, from 1; `None` where it is not counted.
    pub week: Option<usize>,
    /// The verdict.
    pub verdict: Class,
    /// The verdict in a sentence.
    pub sentence: String,
    /// The reason of an exception that covers the verdict: over the ceiling, but agreed on.
    pub allowed: Option<String>,
    /// Time run.
    pub run_s: f64,
    /// Distance run.
    pub run_m: f64,
    /// The stage of the plan that it was.
    pub plan_stage: Option<String>,
    /// Structure against that stage, or against the one that was due, 0 to 100.
    pub compliance: Option<f64>,
    /// Share of the run steps under their ceiling, 0 to 100; `None` where none can be judged.
    pub intensity: Option<f64>,
    /// Running that the stage asks for.
    pub planned_run_s: Option<f64>,
    /// True when it follows the session before it within half an hour: against the plan they are one.
    pub joined: bool,
}

/// A run that is in two files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Duplicate {
    /// The file that counts: it knows more.
    pub kept: String,
    /// The file that does not.
    pub dropped: String,
}

/// Puts the runs of one runner into weeks. Each comes with the path of its file.
pub fn build_progress(athlete: Option<&str>, runs: Vec<(String, Run)>, settings: &Settings) -> Progress {
    let (paths, runs): (Vec<String>, Vec<Run>) = runs.into_iter().unzip();
    let history::Progress {
        weeks,
        findings,
        week_of,
        followed,
        duplicates,
        adherence,
        easy_weeks_done,
        joined,
        over_trend,
        notes: remarks,
    } = history::progress(&runs, settings);
    let stage_name = |i: usize| Some(settings.plan.as_ref()?.stages.get(i)?.name.clone());
    let mut listed: Vec<(Date, ProgressRun)> = runs
        .iter()
        .enumerate()
        .map(|(i, run)| {
            let plan_stage = followed[i].as_ref().and_then(|follow| stage_name(follow.stage?));
            let row = ProgressRun {
                path: paths[i].clone(),
                date: run.date.to_string(),
                week: week_of[i],
                verdict: run.class,
                sentence: run.sentence.clone(),
                allowed: run.allowed.clone(),
                run_s: round(1, run.run_s),
                run_m: round(1, run.run_m),
                plan_stage,
                compliance: followed[i].as_ref().and_then(|follow| known(1, follow.structure)),
                intensity: followed[i].as_ref().and_then(|follow| known(1, follow.intensity?)),
                planned_run_s: followed[i].as_ref().and_then(|follow| known(1, follow.planned_run_s)),
                joined: joined[i],
            };
            (run.date, row)
        })
        .collect();
    listed.sort_by_key(|(date, _)| *date);
    Progress {
        schema_version: SCHEMA_VERSION,
        tool: concat!("rehabrun ", env!("CARGO_PKG_VERSION")).to_owned(),
        athlete: athlete.map(str::to_owned),
        rehab_started: settings.rehab_started.map(|day| day.to_string()),
        plan: settings.plan.as_ref().map(|plan| plan.name.clone()),
        easy_weeks: settings.easy_weeks,
        easy_weeks_done,
        ceiling: None,
        next_session: None,
        since: None,
        earlier: None,
        symptoms: None,
        weeks: weeks.into_iter().map(|week| build_week(week, adherence.as_ref())).collect(),
        adherence: adherence.map(build_adherence),
        over_trend: over_trend.map(|trend| OverTrend {
            before: round(3, trend.before),
            now: round(3, trend.now),
            direction: trend.direction(),
        }),
        findings: findings.into_iter().map(|finding| build_finding(finding, &paths)).collect(),
        runs: listed.into_iter().map(|(_, run)| run).collect(),
        duplicates: duplicates
            .into_iter()
            .map(|pair| Duplicate { kept: paths[pair.kept].clone(), dropped: paths[pair.dropped].clone() })
            .collect(),
        notes: notes(&remarks),
    }
}

fn build_week(week: history::Week, adherence: Option<&history::Adherence>) -> Week {
    let of_week = adherence.and_then(|adherence| adherence.weeks.iter().find(|(number, ..)| *number == week.week));
    Week {
        outings: week.outings,
        planned_sessions: of_week.map(|(_, _, planned)| *planned).filter(|planned| *planned > 0),
        intensity: week.intensity.and_then(|share| known(1, share)),
        planned_run_s: week.planned_run_s.and_then(|seconds| known(1, seconds)),
        pain: None,
        week: week.week,
        from: week.from.to_string(),
        to: week.to.to_string(),
        sessions: week.sessions,
        run_days: week.run_days,
        run_s: round(1, week.run_s),
        walk_s: round(1, week.walk_s),
        run_m: round(1, week.run_m),
        climb_m: week.climb_m.and_then(|climb| known(0, climb)),
        longest_bout_s: round(1, week.longest_bout_s),
        longest_run_m: round(1, week.longest_run_m),
        over_share: week.over_share.and_then(|share| known(3, share)),
        verdicts: week.verdicts.into_iter().collect(),
        plan_stage: week.stage,
        compliance: week.compliance.and_then(|structure| known(1, structure)),
    }
}

fn build_adherence(adherence: history::Adherence) -> Adherence {
    let missed = |missed: history::Missed| {
        let history::Missed { week, sessions, stages } = missed;
        Missed { week, sessions, stages }
    };
    Adherence {
        done: adherence.done,
        planned: adherence.planned,
        this_week_done: adherence.this_week.0,
        this_week_planned: adherence.this_week.1,
        missed: adherence.missed.into_iter().map(missed).collect(),
        stage: adherence.stage,
        weeks_behind: adherence.weeks_behind,
    }
}

fn build_finding(finding: history::Finding, paths: &[String]) -> ProgressFinding {
    ProgressFinding {
        rule: finding.rule,
        severity: finding.severity,
        week: finding.week,
        date: finding.date.map(|day| day.to_string()),
        path: finding.run.map(|run| paths[run].clone()),
        message: finding.message,
        measured: finding.measured.and_then(|number| known(3, number)),
        limit: finding.limit.and_then(|number| known(3, number)),
        allowed: finding.allowed,
        is_earlier: false,
    }
}

/// Counts of verdicts as an object, in the order of the names.
fn by_name<S: Serializer>(counts: &BTreeMap<Class, usize>, serializer: S) -> Result<S::Ok, S::Error> {
    let counts: BTreeMap<&str, usize> = counts.iter().map(|(class, n)| (class.name(), *n)).collect();
    counts.serialize(serializer)
}
