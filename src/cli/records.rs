//! `rehabrun records`: what the watch wrote, or what was made of it, a row a record.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use rehabrun::ingest;
use rehabrun::model::{Activity, Session};
use rehabrun::render::{Row, rows_as_csv, rows_as_jsonl};
use rehabrun::{report, segment, timeline};

use super::args::{Records, RecordsFormat};
use super::batch;
use super::failure::Failure;
use super::output::Output;

/// Runs the command.
pub fn run(options: &Records) -> Result<ExitCode, Failure> {
    let activity = read(&options.file)?;
    let shown = report::Options { location: !options.no_location, chart: false, route: false };
    let sessions = (1..).zip(&activity.sessions);
    let rows: Box<dyn Iterator<Item = Row>> = if options.clean {
        let cut = segment::Options { ignore_device_gait: options.ignore_device_gait };
        let rows = sessions.map(|(number, session)| clean(&activity, session, number, cut, shown));
        Box::new(rows.collect::<Result<Vec<_>, _>>()?.into_iter().flatten())
    } else {
        Box::new(sessions.flat_map(move |(number, session)| report::raw_rows(session, number, shown).map(Row::Raw)))
    };
    let mut out = Output::open(options.output.as_deref())?;
    match options.format {
        RecordsFormat::Csv => rows_as_csv(rows, &mut out)?,
        RecordsFormat::Jsonl => rows_as_jsonl(rows, &mut out)?,
    }
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}

fn clean(
    activity: &Activity,
    session: &Session,
    number: usize,
    cut: segment::Options,
    shown: report::Options,
) -> Result<Vec<Row>, Failure> {
    let timeline = timeline::build(session, activity.format).map_err(|reason| {
        Failure::new("no timeline can be made", reason.to_string(), "leave --clean out to see the records as they are")
    })?;
    let segmentation = segment::segment(&timeline, cut);
    Ok(report::clean_rows(&timeline, &segmentation, session.utc_offset, number, shown).map(Row::Clean).collect())
}

/// Reads the one activity of a file; an archive must hold one alone.
fn read(path: &Path) -> Result<Activity, Failure> {
    let bytes = batch::read_one(path)?;
    if !ingest::is_archive(&bytes) {
        return Ok(ingest::read(&bytes)?);
    }
    let mut members = ingest::members(io::Cursor::new(bytes))?;
    let first = members.next().ok_or_else(|| Failure::new("nothing to read", "the archive holds no activity", ""))?;
    if members.next().is_some() {
        return Err(Failure::new(
            "more than one activity",
            "the archive holds several",
            "unpack it and name one of them",
        ));
    }
    Ok(first.read()?)
}
