//! Many patients, a row each, worst first.

use std::cmp::Reverse;

use serde::Serialize;

use super::symptoms::latest;
use super::{
    Adherence, CeilingNow, Class, Earlier, Note, NoteId, OverTrend, Progress, ProgressFinding, SCHEMA_VERSION,
    Severity, TOOL,
};
use crate::units::plural;

/// The patients of a clinic.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Clinic {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// Name and version of the program, as `rehabrun 0.1.0`.
    pub tool: String,
    /// The patients, worst first: by level, then by sessions over the ceiling, then by sessions that could not be
    /// judged, then by folder.
    pub patients: Vec<Patient>,
    /// What the reader should know.
    pub notes: Vec<Note>,
}

/// One patient.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Patient {
    /// The name of the patient's folder.
    pub folder: String,
    /// The patient's name, where the runner's file gives it.
    pub athlete: Option<String>,
    /// How soon somebody should look.
    pub level: Level,
    /// First day of rehab.
    pub rehab_started: Option<String>,
    /// The programme that is followed.
    pub plan: Option<String>,
    /// The week of rehab of the last run, from 1; `None` where the first day is not known.
    pub week: Option<usize>,
    /// The stage of the programme that was done last.
    pub plan_stage: Option<String>,
    /// How many of the plan's sessions were done.
    pub adherence: Option<Adherence>,
    /// In how many weeks all running is to be easy.
    pub easy_weeks: usize,
    /// Weeks with runs of which none was over its ceiling.
    pub easy_weeks_done: Option<usize>,
    /// Sessions that count.
    pub sessions: usize,
    /// Of these, the ones over the ceiling that no exception covers.
    pub over: usize,
    /// And the ones that could not be judged.
    pub cannot_tell: usize,
    /// How much of the running was over the ceiling of late; `None` with too few judged sessions.
    pub over_trend: Option<OverTrend>,
    /// The day of the last run.
    pub last_run: Option<String>,
    /// The ceiling of that run, and where it comes from.
    pub ceiling: Option<CeilingNow>,
    /// How it felt last; `None` where nothing was said, or where it is to be left out.
    pub pain: Option<Pain>,
    /// The first day that this row is about; `None` where it is about all.
    pub since: Option<String>,
    /// What was found before it.
    pub earlier: Option<Earlier>,
    /// Warnings that no exception covers.
    pub warnings: usize,
    /// Cautions that no exception covers.
    pub cautions: usize,
    /// The finding that matters most: the latest warning that no exception covers, else the latest caution.
    pub finding: Option<ProgressFinding>,
    /// What keeps the patient from being judged.
    pub problems: Vec<Note>,
    /// Why the patient is not clear, where neither a finding nor a problem says so.
    pub reasons: Vec<Note>,
}

/// How it felt last.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pain {
    /// The last day that anything was said of.
    pub date: String,
    /// The most pain of it, 0 to 10.
    pub worst: f64,
    /// The most pain of the days that the row is about.
    pub most: f64,
    /// The highest that is acceptable; `None` without a limit.
    pub acceptable: Option<f64>,
    /// On how many of these days it was more than that.
    pub days_over: usize,
    /// After how many of these days the next morning was worse, where that is a rule.
    pub worse_mornings: usize,
}

/// How soon somebody should look at a patient, the soonest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// There is a warning.
    Warning,
    /// Nobody knows: no run, no session that could be judged, or a problem with the files.
    Unclear,
    /// There is a caution, a session over the ceiling, or one that could not be judged.
    Caution,
    /// Every session was judged, and nothing of that kind was found.
    Clear,
}

names! {
    Level {
        Warning => "warning",
        Unclear => "unclear",
        Caution => "caution",
        Clear => "clear",
    }
}

impl Patient {
    /// A patient of whom nothing could be read.
    pub fn unread(folder: &str, problem: Note) -> Self {
        Self {
            folder: folder.to_owned(),
            athlete: None,
            level: Level::Unclear,
            rehab_started: None,
            plan: None,
            plan_stage: None,
            adherence: None,
            week: None,
            easy_weeks: 0,
            easy_weeks_done: None,
            sessions: 0,
            over: 0,
            cannot_tell: 0,
            over_trend: None,
            last_run: None,
            ceiling: None,
            pain: None,
            since: None,
            earlier: None,
            warnings: 0,
            cautions: 0,
            finding: None,
            problems: vec![problem],
            reasons: Vec::new(),
        }
    }
}

/// The row of a patient. `n_without_weeks` sessions could not be cut into bouts, so that no week holds them.
pub fn build_patient(folder: &str, progress: &Progress, n_without_weeks: usize, mut problems: Vec<Note>) -> Patient {
    problems.extend(progress.notes.iter().filter(|note| note.id == NoteId::RehabStartAfterRuns).cloned());
    let counted = || progress.runs.iter().filter(|run| run.week.is_some() && progress.is_since(&run.date));
    let sessions = counted().count() + n_without_weeks;
    let over = counted().filter(|run| run.verdict.is_over() && run.allowed.is_none()).count();
    let cannot_tell = counted().filter(|run| run.verdict == Class::Undetermined).count() + n_without_weeks;
    let count = |severity| open(progress).filter(|finding| finding.severity == severity).count();
    let (warnings, cautions) = (count(Severity::Warning), count(Severity::Caution));
    let latest = |severity| {
        let found = open(progress).filter(|finding| finding.severity == severity);
        found.max_by_key(|finding| (finding.week, &finding.date))
    };
    let level = match () {
        () if warnings > 0 => Level::Warning,
        () if !problems.is_empty() || cannot_tell == sessions => Level::Unclear,
        () if cautions + over + cannot_tell > 0 => Level::Caution,
        () => Level::Clear,
    };
    Patient {
        folder: folder.to_owned(),
        athlete: progress.athlete.clone(),
        level,
        rehab_started: progress.rehab_started.clone(),
        plan: progress.plan.clone(),
        plan_stage: progress.runs.iter().rev().find_map(|run| run.plan_stage.clone()),
        adherence: progress.adherence.clone(),
        easy_weeks_done: progress.easy_weeks_done,
        week: progress.rehab_started.as_ref().and(progress.weeks.last()).map(|week| week.week),
        easy_weeks: progress.easy_weeks,
        sessions,
        over,
        cannot_tell,
        over_trend: progress.over_trend.clone(),
        last_run: progress.runs.iter().filter(|run| run.week.is_some()).map(|run| &run.date).max().cloned(),
        ceiling: progress.ceiling.clone(),
        pain: pain(progress),
        since: progress.since.clone(),
        earlier: progress.earlier.clone(),
        warnings,
        cautions,
        finding: latest(Severity::Warning).or_else(|| latest(Severity::Caution)).cloned(),
        reasons: if level == Level::Clear { Vec::new() } else { reasons(progress, n_without_weeks) },
        problems,
    }
}

fn pain(progress: &Progress) -> Option<Pain> {
    let symptoms = progress.symptoms.as_ref()?;
    let last = latest(symptoms)?;
    let of_row = || symptoms.entries.iter().filter(|entry| progress.is_since(&entry.date));
    Some(Pain {
        date: last.date.clone(),
        worst: last.worst?,
        most: of_row().filter_map(|entry| entry.worst).reduce(f64::max).or(last.worst)?,
        acceptable: symptoms.acceptable,
        days_over: of_row().filter(|entry| entry.over_limit == Some(true)).count(),
        worse_mornings: of_row().filter(|entry| entry.worse_next_day == Some(true)).count(),
    })
}

/// Sessions over the ceiling and sessions that could not be judged, with the day of the last of each.
fn reasons(progress: &Progress, n_without_weeks: usize) -> Vec<Note> {
    let counted = || progress.runs.iter().filter(|run| run.week.is_some() && progress.is_since(&run.date));
    let note = |id: NoteId, message: String| Note { id, message, is_harmless: false };
    let over: Vec<_> = counted().filter(|run| run.verdict.is_over() && run.allowed.is_none()).collect();
    let unclear: Vec<_> = counted().filter(|run| run.verdict == Class::Undetermined).collect();
    let over = over.last().map(|last| {
        let verdict = last.verdict.name().replace('-', " ");
        let n = plural(over.len(), "session", None);
        note(NoteId::OverCeiling, format!("{n} over the ceiling, the last on {} ({verdict})", last.date))
    });
    let n_unclear = unclear.len() + n_without_weeks;
    let when = unclear.last().map_or(String::new(), |last| format!(", the last on {}", last.date));
    let unclear = (n_unclear > 0)
        .then(|| note(NoteId::CannotTell, format!("{} could not be judged{when}", plural(n_unclear, "session", None))));
    let since = progress.since.as_ref().filter(|_| counted().next().is_none() && !progress.runs.is_empty());
    let none_since = since.map(|since| note(NoteId::NoRunSince, format!("no run since {since}")));
    over.into_iter().chain(unclear).chain(none_since).collect()
}

/// All patients, worst first.
pub fn build_clinic(mut patients: Vec<Patient>, notes: Vec<Note>) -> Clinic {
    patients.sort_by(|a, b| {
        let rank = |patient: &Patient| (patient.level, Reverse(patient.over), Reverse(patient.cannot_tell));
        rank(a).cmp(&rank(b)).then_with(|| a.folder.cmp(&b.folder))
    });
    Clinic { schema_version: SCHEMA_VERSION, tool: TOOL.to_owned(), patients, notes }
}

/// The findings that nobody agreed on.
fn open(progress: &Progress) -> impl Iterator<Item = &ProgressFinding> {
    progress.findings_since().filter(|finding| finding.allowed.is_none())
}
