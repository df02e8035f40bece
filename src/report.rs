//! The one data model of all output, and the only place where numbers are rounded.
//!
//! Field names carry their units and are final: scripts depend on them. Fields may be added.

mod advice;
mod build;
mod chart;
mod clinic;
mod comparison;
mod compliance;
mod conclusion;
mod felt_weeks;
mod hidden;
mod measures;
mod names;
mod options;
mod plans;
mod progress;
mod records;
mod round;
mod skip;
mod splits;
mod start;
#[doc(hidden)]
pub mod stored;
mod summary;
mod symptoms;
mod visit;
mod window;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use self::advice::{Advice, AdviceId, Feeling, Felt};
#[doc(hidden)]
pub use self::build::{build_ceiling, build_ceiling_alone, judged, skipped, undetermined};
#[doc(hidden)]
pub use self::clinic::build_patient;
pub use self::clinic::{Clinic, Level, Pain, Patient, build_clinic};
pub use self::comparison::{Compared, ComparedRun, ComparedUnit, Comparison};
#[doc(hidden)]
pub use self::compliance::build_compliance;
pub use self::compliance::{Compliance, StepResult};
pub use self::conclusion::Conclusion;
#[doc(hidden)]
pub use self::felt_weeks::add_to_weeks as add_symptoms;
pub use self::options::Options;
pub use self::plans::{Plans, Programme, Stage};
#[doc(hidden)]
pub use self::plans::{build_programme, build_stage};
#[doc(hidden)]
pub use self::progress::build_progress;
pub use self::progress::{Adherence, Duplicate, Missed, OverTrend, Progress, ProgressFinding, ProgressRun, Week};
pub use self::records::{CleanRow, RawRow};
#[doc(hidden)]
pub use self::records::{clean_rows, raw_rows};
pub use self::splits::{HeartRateBand, Split};
pub use self::start::{SportName, StartTime};
pub use self::summary::Judgement;
pub use self::symptoms::{PainRise, SymptomEntry, Symptoms, add_to_file as add_symptoms_to_file};
pub use self::visit::{CeilingNow, Earlier, NextSession};
pub use self::window::Window;
#[doc(hidden)]
pub use self::window::look_at;
pub use crate::audit::{Class, Excess, MeasureUnit, RuleId, Severity, Tag};
pub use crate::ceiling::Source;
use crate::ceiling::from_runs::SeenRun;
pub use crate::history::Direction;
use crate::history::Run;
use crate::history::trace::Trace;
pub use crate::model::{Format, NoteId, Sport};
pub use crate::plan::{Outcome, Structure};
pub use crate::runner::Tissue;
pub use crate::segment::{Evidence, Gait};
pub use crate::timeline::{AltitudeSource, SpeedSource};

/// The version of the field names below.
pub const SCHEMA_VERSION: u32 = 1;

/// Name and version of the program, as reports carry it.
pub const TOOL: &str = concat!("rehabrun ", env!("CARGO_PKG_VERSION"));

/// A whole audit of one or many files.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// Name and version of the program, as `rehabrun 0.1.0`.
    pub tool: String,
    /// The files in the order they were given.
    pub files: Vec<File>,
    /// Counts over all files.
    pub summary: Summary,
}

/// Counts over all files.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Summary {
    /// Files met.
    pub n_files: usize,
    /// Files that were read and hold at least one run.
    pub n_audited: usize,
    /// Files that were read but hold no run, or hold one already seen.
    pub n_skipped: usize,
    /// Files that could not be read.
    pub n_failed: usize,
    /// Files with a session over its ceiling that no exception covers.
    pub n_breaches: usize,
    /// Files without a breach, but with a session that could not be judged.
    pub n_unclear: usize,
    /// Audited files by verdict, worst first; classes without a file are left out.
    pub verdicts: Vec<ClassCount>,
    /// Skipped files by why they were, in the order of the names.
    pub skipped: Vec<ReasonCount>,
}

/// How many files have a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ClassCount {
    /// The verdict.
    pub class: Class,
    /// How many files have it.
    pub n_files: usize,
}

/// How many files were skipped for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReasonCount {
    /// `not-a-run`, `duplicate`, `not-an-activity` or another.
    pub reason: NoteId,
    /// How many files it holds for.
    pub n_files: usize,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct File {
    /// The path as it was given; inside an archive, `archive.zip/inner.fit`.
    pub path: String,
    /// What it is; `None` when it is no activity.
    pub format: Option<Format>,
    /// How it ended.
    pub status: Status,
    /// Why it could not be read.
    pub error: Option<Error>,
    /// The watch or program that wrote it.
    pub device: Option<String>,
    /// The runner's name, where the runner's file gives it.
    pub athlete: Option<String>,
    /// The worst verdict of its sessions; `None` without a run.
    pub verdict: Option<Class>,
    /// Its sessions.
    pub sessions: Vec<Session>,
    /// Faults and repairs of the file as a whole.
    pub notes: Vec<Note>,
    /// How the day of its runs felt; `None` unless it is asked for.
    pub symptoms: Option<Vec<SymptomEntry>>,
    /// What the weeks of the runner need of its runs; only where they are kept, and never in JSON.
    #[serde(skip)]
    pub runs: Vec<Run>,
}

/// How a file ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Read, with at least one run.
    Audited,
    /// Read, without a run, or a run already seen.
    Skipped,
    /// Not readable.
    Failed,
}

/// Why a file could not be read, in the three lines that the command line prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Error {
    /// What failed.
    pub message: String,
    /// Why.
    pub cause: String,
    /// What to do about it.
    pub hint: String,
}

/// One fault, repair or remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Its stable name.
    pub id: NoteId,
    /// The same in a sentence.
    pub message: String,
    /// True for a repair that never changes how far the report can be trusted.
    #[serde(default)]
    pub is_harmless: bool,
}

/// One session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// `running`, `walking`, `wheelchair`, `unknown`, or another sport in lower case with hyphens, as `cycling`.
    pub sport: SportName,
    /// The sport as the file writes it, where that is something else.
    #[serde(default)]
    pub sport_name: Option<String>,
    /// The title that the runner gave.
    pub name: Option<String>,
    /// True when it was judged, and so has a verdict.
    pub judged: bool,
    /// Why it was skipped; `None` when it was judged.
    pub skipped_because: Option<String>,
    /// The start, with the offset where the file gives it.
    pub started_at: Option<StartTime>,
    /// From start to end with all pauses.
    pub elapsed_s: f64,
    /// Without the pauses.
    pub timer_s: f64,
    /// Time in which the runner moved.
    pub moving_s: f64,
    /// Distance covered.
    pub distance_m: f64,
    /// Time run.
    pub run_s: f64,
    /// Time walked.
    pub walk_s: f64,
    /// Time stood.
    pub stand_s: f64,
    /// Time in which the timer stood still.
    pub paused_s: f64,
    /// Time whose gait is not known.
    pub unknown_s: f64,
    /// Distance run.
    pub run_m: f64,
    /// Metres climbed, where altitude can be trusted.
    pub climb_m: Option<f64>,
    /// Which signals there are.
    pub signals: Signals,
    /// The easy ceiling it was held against.
    pub ceiling: Ceiling,
    /// The bouts, which tile the time from 0 to `elapsed_s`.
    pub bouts: Vec<Bout>,
    /// Stretches of running over the ceiling, in the order of time.
    pub efforts: Vec<Effort>,
    /// What the rules found.
    pub findings: Vec<Finding>,
    /// What it comes to; `None` when it was skipped.
    pub verdict: Option<Verdict>,
    /// How it felt, where the runner entered it on the watch.
    pub felt: Option<Felt>,
    /// What it means for the next run, where that was asked for.
    pub advice: Option<Advice>,
    /// How it compares with the runner's earlier easy runs, where those were asked for and at least five are comparable.
    pub comparison: Option<Comparison>,
    /// How far it followed the plan.
    pub plan: Option<Compliance>,
    /// Repairs and remarks.
    pub notes: Vec<Note>,
    /// What a chart needs; only where a chart was asked for, and never in JSON.
    #[serde(skip)]
    pub chart: Option<Chart>,
    /// Its course, by which the same run in another file is known; never in any output.
    #[serde(skip)]
    pub trace: Option<Trace>,
    /// What a ceiling from the runner's own runs needs of it; only where it was asked for, and never in any output.
    #[serde(skip)]
    pub seen: Option<SeenRun>,
}

/// Which signals a session has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Signals {
    /// Where speed comes from.
    pub speed: SpeedSource,
    /// True when cadence could be used.
    pub cadence: bool,
    /// True when there is heart rate.
    pub heart_rate: bool,
    /// Where altitude comes from.
    pub altitude: AltitudeSource,
    /// Median time between records.
    pub interval_s: f64,
}

/// The easy ceiling.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ceiling {
    /// The pace that must not be beaten on flat ground.
    pub pace_s_per_km: Option<f64>,
    /// Where it comes from.
    pub pace_source: Option<Source>,
    /// One standard deviation, as a share of the pace: 0.02 is 2 %.
    pub pace_uncertainty: Option<f64>,
    /// The heart rate that must not be passed.
    pub heart_rate_bpm: Option<f64>,
    /// Where it comes from.
    pub heart_rate_source: Option<Source>,
    /// One standard deviation.
    pub heart_rate_uncertainty_bpm: Option<f64>,
    /// Everything that the facts allowed, best first.
    pub alternatives: Vec<Alternative>,
    /// What to know about it, where it is shown alone; a session has it among its own notes.
    #[serde(skip_serializing_if = "Vec::is_empty", skip_deserializing)]
    pub notes: Vec<Note>,
}

/// One ceiling that the facts allowed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alternative {
    /// Where it comes from.
    pub source: Source,
    /// What it rests on, with the publication where there is one.
    pub basis: String,
    /// Its pace.
    pub pace_s_per_km: Option<f64>,
    /// One standard deviation, as a share of the pace.
    pub pace_uncertainty: Option<f64>,
    /// Its heart rate.
    pub heart_rate_bpm: Option<f64>,
    /// One standard deviation.
    pub heart_rate_uncertainty_bpm: Option<f64>,
    /// True when it was chosen for pace or heart rate.
    pub chosen: bool,
    /// Why it was or was not chosen.
    pub reason: String,
}

/// One bout.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bout {
    /// What the legs did.
    pub gait: Gait,
    /// Elapsed time of its start.
    pub start_s: f64,
    /// Elapsed time of its end.
    pub end_s: f64,
    /// Distance at its start.
    pub start_m: f64,
    /// Distance at its end.
    pub end_m: f64,
    /// Time over distance of the bout.
    pub pace_s_per_km: Option<f64>,
    /// The pace on flat ground that costs as much.
    pub graded_pace_s_per_km: Option<f64>,
    /// Steps per minute, both feet.
    pub cadence_spm: Option<f64>,
    /// Mean heart rate.
    pub heart_rate_mean_bpm: Option<f64>,
    /// Highest heart rate, of a 5 s median.
    pub heart_rate_max_bpm: Option<f64>,
    /// The heart rate at which the effort would settle if it lasted: short bouts end before the heart catches up.
    pub heart_rate_demand_bpm: Option<f64>,
    /// Graded speed over ceiling speed: 1.10 is 10 % too fast.
    pub ratio_to_ceiling: Option<f64>,
    /// Over the ceiling beyond doubt; `None` where that is unknown.
    pub over: Option<bool>,
    /// The evidence for the gait.
    pub evidence: Evidence,
    /// How sure the gait is, 0 to 1.
    pub confidence: f64,
    /// What is special about it.
    pub tags: Vec<Tag>,
    /// Where it began.
    pub position: Option<Position>,
}

/// A stretch of running over the ceiling.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Effort {
    /// Elapsed time of its start.
    pub start_s: f64,
    /// Elapsed time of its end.
    pub end_s: f64,
    /// Distance at its start.
    pub start_m: f64,
    /// Distance at its end.
    pub end_m: f64,
    /// Time over distance of the effort.
    pub pace_s_per_km: Option<f64>,
    /// The pace on flat ground that costs as much.
    pub graded_pace_s_per_km: Option<f64>,
    /// Graded speed over ceiling speed: 1.10 is 10 % too fast.
    pub ratio_to_ceiling: Option<f64>,
    /// Mean heart rate.
    pub heart_rate_mean_bpm: Option<f64>,
    /// Highest heart rate, of a 5 s median.
    pub heart_rate_max_bpm: Option<f64>,
    /// False for what the verdict leaves out: a hill, a finish kick, and too little to matter.
    pub counted: bool,
    /// The bout in which it begins, from 0.
    pub bout: usize,
}

/// A place.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

/// What a rule found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule, as `rehabrun explain` knows it.
    pub rule: RuleId,
    /// How much it matters.
    pub severity: Severity,
    /// The bout it is about, from 0.
    pub bout: Option<usize>,
    /// Elapsed time of its start.
    pub start_s: f64,
    /// Elapsed time of its end.
    pub end_s: f64,
    /// Distance at its start.
    pub start_m: f64,
    /// What was found, in a sentence.
    pub message: String,
    /// The number measured.
    pub measured: Option<f64>,
    /// The number it was held against.
    pub limit: Option<f64>,
    /// The unit of both.
    pub unit: Option<MeasureUnit>,
    /// The other numbers of the message, each under a name that ends in its unit.
    #[serde(default)]
    pub measures: BTreeMap<String, f64>,
    /// The reason of an exception that covers it.
    pub allowed: Option<String>,
}

/// What a session comes to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// The class.
    pub class: Class,
    /// The index in a word: `mild`, `moderate`, `high` or `extreme`; `None` when nothing is over by pace.
    pub severity: Option<Excess>,
    /// From 0 to 1.
    pub confidence: f64,
    /// From 0 to 100, below 25 for an easy session and from there on for one that is over.
    pub index: Option<u8>,
    /// When the run turned; `None` when it did not, or was so throughout.
    pub turned_at_s: Option<f64>,
    /// Where the run turned.
    pub turned_at_m: Option<f64>,
    /// Running that was judged by the signal that decides; at most `run_s`.
    pub judged_s: f64,
    /// Time of it over the ceiling: of all efforts by pace, and of the heart rate above its ceiling where that decides.
    pub over_s: f64,
    /// Time in which the session went on and the signal that decides is missing.
    pub unseen_s: f64,
    /// The numbers of sentence and reasons that stand nowhere else, each under a name that ends in its unit; those that
    /// were not measured are left out.
    #[serde(default)]
    pub measures: BTreeMap<String, f64>,
    /// One or two plain sentences.
    pub sentence: String,
    /// What the verdict rests on, a sentence each.
    pub reasons: Vec<String>,
    /// The reason of an exception that covers it: over the ceiling, but agreed on, and so no breach.
    pub allowed: Option<String>,
}

/// What a page shows of a session beside its numbers: a few thousand points at most.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chart {
    /// Elapsed seconds of each point.
    pub seconds: Vec<f64>,
    /// Distance of each point from the start.
    pub meters: Vec<f64>,
    /// Graded speed of each point in metres per second, smoothed.
    pub speed: Vec<Option<f64>>,
    /// Heart rate of each point in bpm.
    pub heart_rate: Vec<Option<f64>>,
    /// Altitude of each point in metres.
    pub altitude: Vec<Option<f64>>,
    /// Place of each point; empty unless a route was asked for.
    pub route: Vec<Option<Position>>,
    /// A split each kilometre.
    pub kilometers: Vec<Split>,
    /// A split each mile.
    pub miles: Vec<Split>,
    /// The watch's own laps; empty where there is only one.
    pub laps: Vec<Split>,
    /// Time run in bands around the ceiling on heart rate.
    pub heart_rate_bands: Vec<HeartRateBand>,
}

/// What a rule looks for and where it can be wrong, for pages that must explain themselves.
pub fn explained(rule: RuleId) -> Option<Explained> {
    let of_session = crate::audit::RULES.iter().find(|known| known.id == rule);
    let of_session = of_session.map(|rule| (rule.title, rule.what, rule.why, rule.limits));
    let of_weeks = || crate::history::RULES.iter().find(|known| known.id == rule);
    let words = of_session.or_else(|| of_weeks().map(|rule| (rule.title, rule.what, rule.why, rule.limits)));
    words.map(|(title, what, why, limits)| Explained { title, what, why, limits })
}

/// A rule in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explained {
    /// A headline.
    pub title: &'static str,
    /// What it looks for.
    pub what: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// Where it can be wrong.
    pub limits: &'static str,
}
