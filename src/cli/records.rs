//! `rehabrun records`: what the watch wrote, or what was made of it, a row a record.

use std::process::ExitCode;

use rehabrun::model::{Activity, Session};
use rehabrun::render::{Row, rows_as_csv, rows_as_jsonl};
use rehabrun::{report, segment, timeline};

use super::args::{Records, RecordsFormat, Runner};
use super::config::{self, Config};
use super::failure::Failure;
use super::fence::{fenced, silence_fenced_panics};
use super::output::Output;
use super::{files, open, overwrite};

/// Runs the command.
pub fn run(options: &Records) -> Result<ExitCode, Failure> {
    silence_fenced_panics();
    overwrite::refuse_input(options.output.as_deref(), std::slice::from_ref(&options.file), &[])?;
    let activity = fenced(|| open::one_activity(&options.file)).flatten()?;
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
    // The runner's file says what is hidden, here too.
    let shown = config.for_folder(files::folder_of(&options.file))?.report;
    let cut = segment::Options { ignore_device_gait: options.ignore_device_gait };
    let sessions = (1..).zip(&activity.sessions);
    let (mut failure, mut n_laid_out) = (None, 0_usize);
    let rows: Box<dyn Iterator<Item = Row>> = if options.clean {
        // A session at a time: a week in rows a second takes memory.
        let rows = sessions.filter_map(|(number, session)| {
            let rows = clean(&activity, session, number, cut, shown);
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

fn clean(
    activity: &Activity,
    session: &Session,
    number: usize,
    cut: segment::Options,
    shown: report::Options,
) -> Result<Vec<Row>, Failure> {
    let timeline = timeline::build(session, activity.format).map_err(|reason| {
        let cause = format!("session {number}: {reason}");
        Failure::new("no timeline can be made", cause, "leave --clean out to see the records as they are")
    })?;
    let segmentation = segment::segment(&timeline, cut);
    Ok(report::clean_rows(&timeline, &segmentation, session.utc_offset, number, shown).map(Row::Clean).collect())
}
