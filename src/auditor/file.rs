//! The bytes of a file in, what the report says of it out.

use super::Settings;
use crate::advice;
use crate::analysis::{self, Outcome};
use crate::history::Run;
use crate::ingest::{self, Error, Unpacked, limits};
use crate::model::{Activity, NoteId};
use crate::report::{self, File};

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
    let athlete = settings.runner.name.clone();
    let mut activity = match activity {
        Ok(activity) => activity,
        Err(error) => return (File { athlete, ..File::failed(path, &error) }, Vec::new()),
    };
    let mut runs = Vec::new();
    let (mut budget_s, mut n_charts) = (limits::LAID_OUT_S, limits::CHARTS);
    let sessions = std::mem::take(&mut activity.sessions);
    let sessions = sessions.into_iter().map(|session| {
        match analysis::analyse(session, &activity, &settings.runner, settings.segment, &mut budget_s) {
            Outcome::Skipped { session, reason } => report::skipped(&session, &reason),
            Outcome::Undetermined { session, reason, ceiling } => report::undetermined(&session, &reason, &ceiling),
            Outcome::Analysed(analysis) => {
                let chart = settings.report.chart && n_charts > 0;
                n_charts = n_charts.saturating_sub(1);
                let run = Run::of(&analysis);
                let session = report::judged(&analysis, report::Options { chart, ..settings.report });
                runs.push(run.clone());
                let seen = settings.sees_runs.then(|| analysis::seen(&analysis)).flatten();
                report::Session { trace: Some(run.trace), seen, ..session }
            }
        }
    });
    let sessions = sessions.map(|session| {
        let advice = advice::next(&session, settings.runner.units).filter(|_| settings.advises);
        report::Session { advice, ..session }
    });
    let sessions = sessions.collect();
    (File { athlete, ..File::read(path, &activity, sessions) }, runs)
}

/// Reads and audits one activity. A watch keeps much beside activities, so what is none is an error only where somebody
/// named the file.
pub fn audit_content(
    path: &str,
    content: Result<Unpacked, Error>,
    settings: &Settings,
    is_named: bool,
) -> (File, Vec<Run>) {
    match content.and_then(Unpacked::read) {
        Err(error) if error.is_other_kind && !is_named => {
            (File::skipped(path, NoteId::NotAnActivity, &error.cause), Vec::new())
        }
        activity => audit_runs(path, activity, settings),
    }
}
