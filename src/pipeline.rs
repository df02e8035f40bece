//! The main path: the bytes of a file in, what the report says of it out.

mod clock;
mod on_foot;
mod plan;
mod seen;

pub use crate::runner::Plan;

use crate::advice;
use crate::audit::{self, Class, Exception, Verdict};
use crate::ceiling::{self, Facts, WatchFacts};
use crate::ingest::{self, Error, limits};
use crate::model::{Activity, Note, Profile, Session, Sport};
use crate::plan::detect;
use crate::programme::{self, Order, Run};
use crate::report::{self, File};
use crate::runner::Runner;
use crate::segment::{self, Gait, Segmentation};
use crate::timeline::{self, LapsOnly, Timeline};
use crate::units::{Date, UnitSystem, UtcOffset, Zone, clock};

/// How to audit the files of one runner.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The runner's name, where it is to be shown.
    pub athlete: Option<String>,
    /// What is known about the runner. The day and what the watch knows are filled in for each session.
    pub facts: Facts,
    /// The year of birth, from which the age on the day of a session is told where it is not given as such.
    pub birth_year: Option<i16>,
    /// The units that sentences speak in.
    pub units: UnitSystem,
    /// Exceptions that were agreed on.
    pub exceptions: Vec<Exception>,
    /// What sessions are held against; without it the workout in the file, where there is one.
    pub plan: Option<Plan>,
    /// In how many weeks from the first day of rehab all running is to be easy.
    pub easy_weeks: usize,
    /// The order in which load may rise.
    pub order: Order,
    /// Where the runner lives, for the days of files that do not give the runner's clock.
    pub zone: Option<Zone>,
    /// How to cut sessions into bouts.
    pub segment: segment::Options,
    /// What the report leaves out.
    pub report: report::Options,
    /// True keeps of each run what a ceiling from the runner's own runs needs.
    pub sees_runs: bool,
    /// False leaves out what a session means for the next one.
    pub advises: bool,
}

impl From<Runner> for Settings {
    /// With everything that is not about the runner left as it is by default.
    fn from(runner: Runner) -> Self {
        Self {
            athlete: runner.name,
            facts: runner.facts,
            birth_year: runner.birth_year,
            units: runner.units,
            exceptions: runner.exceptions,
            plan: runner.plan,
            easy_weeks: runner.easy_weeks,
            order: runner.order,
            zone: runner.zone,
            segment: segment::Options { ignore_device_gait: false },
            report: report::Options { hide_ends_m: runner.hide_ends_m, ..report::Options::default() },
            sees_runs: false,
            advises: true,
        }
    }
}

impl Settings {
    /// The runner's age on a day: as given, else from the year of birth.
    pub fn age_on(&self, day: Date) -> Option<f64> {
        let born = || self.birth_year.map(|year| f64::from(day.year()) - f64::from(year)).filter(|&age| age > 0.0);
        self.facts.age.or_else(born)
    }

    /// How to look at the runner's weeks. A plan that is one session alone says nothing about weeks.
    pub fn of_weeks(&self) -> programme::Settings {
        let plan = match &self.plan {
            Some(Plan::Programme(programme)) => Some(programme.clone()),
            Some(Plan::Session { .. }) | None => None,
        };
        programme::Settings {
            rehab_started: self.facts.rehab_started,
            easy_weeks: self.easy_weeks,
            plan,
            order: self.order,
            exceptions: self.exceptions.clone(),
            units: self.units,
        }
    }
}

/// Audits one file as it lies on the disk, plain or with gzip around it. Its bytes are gone before the audit begins.
pub fn audit_bytes(path: &str, bytes: Vec<u8>, settings: &Settings) -> File {
    let activity = ingest::read(&bytes);
    drop(bytes);
    audit_activity(path, activity, settings)
}

/// Audits what was read of one file.
pub fn audit_activity(path: &str, activity: Result<Activity, Error>, settings: &Settings) -> File {
    audit_runs(path, activity, settings).0
}

/// Audits what was read of one file, and says of each run in it what the weeks of the runner need.
pub fn audit_runs(path: &str, activity: Result<Activity, Error>, settings: &Settings) -> (File, Vec<Run>) {
    let athlete = settings.athlete.clone();
    let mut activity = match activity {
        Ok(activity) => activity,
        Err(error) => return (File { athlete, ..File::failed(path, &error) }, Vec::new()),
    };
    let mut runs = Vec::new();
    let mut room = Room { seconds: limits::LAID_OUT_S, charts: limits::CHARTS };
    let sessions = std::mem::take(&mut activity.sessions);
    let sessions = sessions.into_iter().map(|session| {
        let (mut session, run) = audit_session(session, &activity, settings, &mut room);
        session.advice = advice::next(&session, settings.units).filter(|_| settings.advises);
        runs.extend(run);
        session
    });
    let sessions = sessions.collect();
    (File { athlete, ..File::read(path, &activity, sessions) }, runs)
}

/// Less running than this in a walk is crossing a road, and no reason to judge the walk as a run. Our choice.
const RUNNING_IN_A_WALK_S: f64 = 120.0;

/// What of one file may still be laid out and drawn.
struct Room {
    seconds: f64,
    charts: usize,
}

/// One session of a file for the report, and for the weeks where it is a run.
fn audit_session(
    mut session: Session,
    file: &Activity,
    settings: &Settings,
    room: &mut Room,
) -> (report::Session, Option<Run>) {
    let (utc_offset, elsewhere) = clock::of(&session, settings.zone.as_ref());
    session.utc_offset = utc_offset;
    if session.sport == Sport::Other {
        return (report::listed(&session, "Not on foot: listed, not judged."), None);
    }
    if room.seconds <= 0.0 {
        return (unjudged(&session, "the file holds too many days of sessions", file, settings), None);
    }
    let timeline = match timeline::build(&session, file.format) {
        Ok(timeline) => timeline,
        Err(reason) if session.sport == Sport::Walking => {
            return (report::listed(&session, &format!("A walk: listed, not judged ({reason}).")), None);
        }
        Err(reason) => return (unjudged(&session, &reason.to_string(), file, settings), None),
    };
    room.seconds -= timeline.elapsed_s;
    if session.sport == Sport::Unknown && !on_foot::is_on_foot(&session, &timeline) {
        let why = "The file names no sport, and the speed is that of a ride: listed, not judged.";
        return (report::listed(&session, why), None);
    }
    let segmentation = match segment::segment(&timeline, settings.segment) {
        gaits if session.sport == Sport::Wheelchair => gaits.without_gaits(),
        gaits => gaits,
    };
    if is_another_sport(&session) && !on_foot::is_plainly_run(&timeline, &segmentation) {
        let why = "The file calls the sport `Other`, and no running shows in steps and speed: listed, not judged. A run \
                   is judged when its sport in the file is Running.";
        return (report::listed(&session, why), None);
    }
    if session.sport == Sport::Walking && run_seconds(&timeline, &segmentation) < RUNNING_IN_A_WALK_S {
        return (report::listed(&session, "A walk: listed, not judged."), None);
    }
    if session.sport == Sport::Unknown && on_foot::is_plainly_walked(&timeline, &segmentation) {
        let why = "The file names no sport, and it was walked: listed, not judged.";
        return (report::listed(&session, why), None);
    }
    let laps = timeline::laps_only(&session, &mut Vec::new());
    session.records = Vec::new();
    let date = timeline.start.date(session.utc_offset.unwrap_or(UtcOffset::UTC));
    let facts = facts_on(date, &file.profile, settings);
    let seen = settings.sees_runs.then(|| seen::seen(&session, &timeline, &segmentation, date, &facts.watch)).flatten();
    let ceiling = ceiling::choose(&facts);
    let bouts = detect(&timeline, &segmentation);
    let planned = plan::choose(settings.plan.as_ref(), &session.workout, settings.facts.rehab_started, date, &bouts);
    let how = audit::Settings {
        sport: session.sport,
        damaged: file.is_damaged(),
        date: Some(date),
        exceptions: settings.exceptions.clone(),
        steps: planned.as_ref().map_or(Vec::new(), |planned| planned.step_ceilings(&bouts, &segmentation, &ceiling)),
        ..audit::Settings::new(settings.units)
    };
    let mut audit = audit::audit(&timeline, &segmentation, &ceiling, &how);
    if let Some(laps) = laps.filter(|laps| laps.may_hide_efforts() && audit.verdict.class == Class::Easy) {
        audit.verdict = not_cleared(&laps, audit.verdict);
    }
    let shown = report::Options { chart: settings.report.chart && room.charts > 0, ..settings.report };
    room.charts = room.charts.saturating_sub(1);
    let mut judged = report::judged(&session, &timeline, &segmentation, &ceiling, &audit, shown);
    if is_another_sport(&session) {
        let why = "the file calls the sport `Other`; steps and speed are those of a run, so it is judged as one";
        judged.notes.push(report::Note::from(&Note::new("sport-other", why)));
    }
    judged.notes.extend(elsewhere.as_ref().map(report::Note::from));
    if let Some(planned) = planned {
        judged.notes.extend(planned.note(&session.workout).as_ref().map(report::Note::from));
        judged.plan = Some(planned.compliance(bouts, &audit));
    }
    let run = Run {
        elsewhere: elsewhere.is_some(),
        ..Run::of((date, session.utc_offset.is_some()), &timeline, &segmentation, &ceiling, &audit, judged.climb_m)
    };
    judged.trace = Some(run.trace.clone());
    judged.seen = seen;
    (judged, Some(run))
}

/// A session that should be judged and cannot be, with the ceiling that it would have been held against.
fn unjudged(session: &Session, why: &str, file: &Activity, settings: &Settings) -> report::Session {
    let date = clock::start(session).map(|start| start.date(session.utc_offset.unwrap_or(UtcOffset::UTC)));
    let facts = date.map_or_else(|| settings.facts.clone(), |date| facts_on(date, &file.profile, settings));
    let ceiling = report::build_ceiling(&ceiling::choose(&facts));
    report::Session { ceiling, ..report::undetermined(session, &format!("Nothing can be said: {why}.")) }
}

/// The verdict of a session whose laps are easy on average, and long enough to hide efforts.
fn not_cleared(laps: &LapsOnly, easy: Verdict) -> Verdict {
    let longest = clock(laps.longest_s);
    let sentence = match laps.n_laps {
        Some(n) if n > 1 => format!(
            "Each lap was easy on average, but laps of up to {longest} can hide efforts, and the file holds no points; \
             export it with its track to tell."
        ),
        _ => format!(
            "The {longest} were easy on average, but an average can hide efforts, and the file holds no points; export \
             it with its track to tell."
        ),
    };
    Verdict {
        class: Class::Undetermined,
        severity: None,
        confidence: 0.0,
        index: None,
        turned_at: None,
        sentence,
        ..easy
    }
}

/// True where the file says only that the sport is another, as TCX does of all but running and biking, and some apps of
/// a run.
fn is_another_sport(session: &Session) -> bool {
    session.sport == Sport::Unknown && session.sport_name.eq_ignore_ascii_case("other")
}

/// What is known about the runner on a day, with what the watch knows.
fn facts_on(date: Date, profile: &Profile, settings: &Settings) -> Facts {
    Facts {
        age: settings.age_on(date),
        on: Some(date),
        watch: WatchFacts {
            age: profile.age.map(f64::from),
            max_heart_rate: profile.max_heart_rate,
            resting_heart_rate: profile.resting_heart_rate,
            threshold_heart_rate: profile.threshold_heart_rate,
        },
        ..settings.facts.clone()
    }
}

fn run_seconds(timeline: &Timeline, segmentation: &Segmentation) -> f64 {
    let runs = segmentation.bouts.iter().filter(|bout| bout.gait == Gait::Run);
    runs.map(|bout| timeline.seconds(bout.range.end) - timeline.seconds(bout.range.start)).sum()
}
