//! The main path: the bytes of a file in, what the report says of it out.

mod on_foot;

use crate::audit::{self, Exception};
use crate::ceiling::{self, Facts, WatchFacts};
use crate::ingest::{self, Error};
use crate::model::{Activity, Format, Profile, Session, Sport};
use crate::report::{self, File};
use crate::segment::{self, Gait, Segmentation};
use crate::timeline::{self, Timeline};
use crate::units::{Date, UnitSystem, UtcOffset};

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
    /// How to cut sessions into bouts.
    pub segment: segment::Options,
    /// What the report leaves out.
    pub report: report::Options,
}

impl Settings {
    /// The runner's age on a day: as given, else from the year of birth.
    pub fn age_on(&self, day: Date) -> Option<f64> {
        let born = || self.birth_year.map(|year| f64::from(day.year()) - f64::from(year)).filter(|&age| age > 0.0);
        self.facts.age.or_else(born)
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
    let mut activity = match activity {
        Ok(activity) => activity,
        Err(error) => return File { athlete: settings.athlete.clone(), ..File::failed(path, &error) },
    };
    let sessions = std::mem::take(&mut activity.sessions);
    let sessions =
        sessions.into_iter().map(|session| audit_session(session, activity.format, &activity.profile, settings));
    let sessions = sessions.collect();
    File { athlete: settings.athlete.clone(), ..File::read(path, &activity, sessions) }
}

/// Less running than this in a walk is crossing a road, and no reason to judge the walk as a run. Our choice.
const RUNNING_IN_A_WALK_S: f64 = 120.0;

fn audit_session(mut session: Session, format: Format, profile: &Profile, settings: &Settings) -> report::Session {
    if session.sport == Sport::Other {
        return report::listed(&session, "Not on foot: listed, not judged.");
    }
    let timeline = match timeline::build(&session, format) {
        Ok(timeline) => timeline,
        Err(reason) if session.sport == Sport::Walking => {
            return report::listed(&session, &format!("A walk: listed, not judged ({reason})."));
        }
        Err(reason) => return report::undetermined(&session, &format!("Nothing can be said: {reason}.")),
    };
    if session.sport == Sport::Unknown && !on_foot::is_on_foot(&timeline) {
        return report::listed(
            &session,
            "The file names no sport, and the speed is that of a ride: listed, not judged.",
        );
    }
    let segmentation = segment::segment(&timeline, settings.segment);
    if session.sport == Sport::Walking && run_seconds(&timeline, &segmentation) < RUNNING_IN_A_WALK_S {
        return report::listed(&session, "A walk: listed, not judged.");
    }
    session.records = Vec::new();
    let date = timeline.start.date(session.utc_offset.unwrap_or(UtcOffset::UTC));
    let ceiling = ceiling::choose(&facts_on(date, profile, settings));
    let audit = audit::audit(
        &timeline,
        &segmentation,
        &ceiling,
        &audit::Settings {
            sport: session.sport,
            date: Some(date),
            exceptions: settings.exceptions.clone(),
            ..audit::Settings::new(settings.units)
        },
    );
    report::judged(&session, &timeline, &segmentation, &ceiling, &audit, settings.report)
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
