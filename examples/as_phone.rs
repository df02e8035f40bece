//! Writes runs as a phone would have recorded them: a GPX with places, heights and times, and nothing else.
//!
//! ```text
//! cargo run --example as_phone FOLDER OUT
//! ```
//!
//! Every run with positions below FOLDER gets a file of the same name below OUT, so that what is scored on the watches'
//! files can be scored on positions alone. A pause is a hole in the times; speed, distance, cadence, heart rate and
//! laps are gone.
#![expect(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use rehabrun::export::gpx::{self, Dialect};
use rehabrun::ingest;
use rehabrun::model::{Record, Sport};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).map(PathBuf::from);
    let (Some(folder), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("usage: as_phone FOLDER OUT".into());
    };
    let mut files = Vec::new();
    collect(&folder, &mut files);
    let mut written = 0;
    for path in &files {
        let Some(text) = as_phone(&fs::read(path)?) else { continue };
        let to = out.join(path.strip_prefix(&folder)?);
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(to, text)?;
        written += 1;
    }
    println!("{written} of {} files", files.len());
    Ok(())
}

/// All files below a folder.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}

/// The first run of a file as a phone writes it; `None` without one, or without positions.
fn as_phone(bytes: &[u8]) -> Option<String> {
    let mut activity = ingest::read(bytes).ok()?;
    activity.sessions.retain(|session| session.sport == Sport::Running && !session.indoor);
    activity.sessions.truncate(1);
    activity.device = Some("phone".to_owned());
    for record in activity.sessions.iter_mut().flat_map(|session| &mut session.records) {
        *record = place_and_height(record);
    }
    let has_place =
        activity.sessions.iter().flat_map(|session| &session.records).any(|record| record.position().is_some());
    has_place.then(|| gpx::activity(&activity, Dialect::Strava))
}

fn place_and_height(record: &Record) -> Record {
    let mut bare = Record::default();
    if let Some(time) = record.time() {
        bare.set_time(time);
    }
    if let Some(position) = record.position() {
        bare.set_position(position);
    }
    if let Some(meters) = record.altitude() {
        bare.set_altitude(meters);
    }
    bare
}
