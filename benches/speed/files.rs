//! The files that are read: real ones of a folder, or made-up ones.

use std::fs;
use std::path::Path;

use rehabrun::auditor::audit_activity;
use rehabrun::ingest;
use rehabrun::model::Format;

use super::common;

/// One activity file, unpacked.
pub struct File {
    pub format: Format,
    pub bytes: Vec<u8>,
    /// How long its runs are, in seconds; `None` without a run that can be audited.
    pub judged_s: Option<f64>,
}

/// A quarter of an hour, an hour and two hours in every format.
pub fn made_up() -> Vec<File> {
    let activities = [14, 60, 120].map(common::activity);
    let formats = [Format::Fit, Format::Gpx, Format::Tcx];
    let bytes = activities.iter().flat_map(|activity| formats.map(|format| common::file(activity, format)));
    bytes.filter_map(known).collect()
}

/// All activity files below a folder, or the one file that it is.
pub fn below(path: &Path) -> Vec<File> {
    if !path.is_dir() {
        return fs::read(path).ok().and_then(known).into_iter().collect();
    }
    let mut paths: Vec<_> =
        fs::read_dir(path).expect("a readable folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths.iter().flat_map(|path| below(path)).collect()
}

/// A file that can be read, and what is known of it.
fn known(stored: Vec<u8>) -> Option<File> {
    let bytes = match ingest::gunzip(&stored) {
        Ok(unpacked) => unpacked.bytes,
        Err(_) => stored,
    };
    let activity = ingest::read(&bytes).ok()?;
    let format = activity.format;
    let audited = audit_activity("run", Ok(activity), &common::settings(false));
    let judged = audited.sessions.iter().filter(|session| !session.bouts.is_empty());
    let judged_s = judged.map(|session| session.elapsed_s).reduce(|a, b| a + b);
    Some(File { format, bytes, judged_s })
}
