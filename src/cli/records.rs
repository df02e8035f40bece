//! `rehabrun records`: what the watch wrote, or what was made of it, a row a record.

use std::path::Path;
use std::process::ExitCode;

use rehabrun::auditor::Settings;
use rehabrun::model::{Activity, Session};
#[cfg(feature = "parquet")]
use rehabrun::render;
use rehabrun::render::{Row, rows_as_csv, rows_as_jsonl};
use rehabrun::{analysis, report};

use super::args::{Records, RecordsFormat, Runner};
use super::catch_panics::{catch_panics, silence_caught_panics};
use super::config::{self, Config};
use super::failure::Failure;
use super::output::Output;
use super::{files, open, overwrite};

/// Runs the command.
pub fn run(options: &Records) -> Result<ExitCode, Failure> {
    silence_caught_panics();
    if options.file.is_dir() {
        return Err(a_folder(&options.file));
    }
    overwrite::refuse_input(options.output.as_deref(), std::slice::from_ref(&options.file), &[])?;
    let mut activity = catch_panics(|| open::one_activity(&options.file)).flatten()?;
    let config = Config::new(config::Options {
        runner: Runner::default(),
        units: None,
        report: report::Options {
            location: !options.no_location,
            chart: false,
            route: false,
            hide_ends_m: options.hide_ends,
        },
        top: None,
        ignore_device_gait: options.ignore_device_gait,
    })?;
    // The runner's file says what is hidden and which clock is hers, here too.
    let settings = config.for_folder(files::folder_of(&options.file))?;
    for session in &mut activity.sessions {
        analysis::settle_clock(session, &settings.runner);
    }
    let shown = settings.report;
    let sessions = (1..).zip(&activity.sessions);
    let (mut failure, mut n_laid_out) = (None, 0_usize);
    let rows: Box<dyn Iterator<Item = Row>> = if options.clean {
        // A session at a time: a week in rows a second takes memory.
        let rows = sessions.filter_map(|(number, session)| {
            let rows = clean(&activity, session, number, &settings);
            n_laid_out += usize::from(rows.is_ok());
            rows.map_err(|why| failure = failure.take().or(Some(why))).ok()
        });
        Box::new(rows.flatten())
    } else {
        Box::new(sessions.flat_map(move |(number, session)| report::raw_rows(session, number, shown).map(Row::Raw)))
    };
    let mut out = Output::open(options.output.as_deref())?;
    match options.format {
        RecordsFormat::Csv => rows_as_csv(rows, &mut out)?,
        RecordsFormat::Jsonl => rows_as_jsonl(rows, &mut out)?,
        #[cfg(feature = "parquet")]
        RecordsFormat::Parquet => {
            let kind = if options.clean { render::RowKind::Clean } else { render::RowKind::Raw };
            render::rows_as_parquet(kind, rows, &mut out)?;
        }
    }
    // What could be laid out is written, whatever is wrong with the other sessions.
    match failure {
        Some(failure) if n_laid_out == 0 => Err(failure),
        failure => {
            out.finish()?;
            failure.map_or(Ok(ExitCode::SUCCESS), Err)
        }
    }
}

/// A folder has no records, but perhaps a file in it.
fn a_folder(folder: &Path) -> Failure {
    let shown = folder.display();
    let hint = match files::candidates(folder).filter(|path| files::has_activity_content(path)).min() {
        Some(first) => format!(
            "name one of its files, as `rehabrun records {}`; or audit it: `rehabrun audit {shown}`",
            first.display()
        ),
        None => format!("name a file; `rehabrun audit {shown}` looks at all that is below a folder"),
    };
    Failure::new(format!("cannot read {shown}"), "it is a folder, and records are of one activity", hint)
}

fn clean(activity: &Activity, session: &Session, number: usize, settings: &Settings) -> Result<Vec<Row>, Failure> {
    let laid_out = analysis::lay_out(session, activity.format, settings.segment).map_err(|reason| {
        let cause = format!("session {number}: {reason}");
        Failure::new("no timeline can be made", cause, "leave --clean out to see the records as they are")
    })?;
    let (timeline, segmentation) = laid_out;
    let rows = report::clean_rows(&timeline, &segmentation, session.utc_offset, number, settings.report);
    Ok(rows.map(Row::Clean).collect())
}
