//! Every export of a maker whose sessions lie scattered over several files, as their writers make them.

use std::io::{Cursor, Write as _};

use rehabrun::export::{adidas, apple, google, runkeeper, samsung};
use rehabrun::model::Activity;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The files of an export, by their paths in it.
pub type Files = Vec<(String, String)>;

/// All exports of some activities, each by a name of its own; cadence counts one leg in the records.
pub fn all(activities: &[Activity]) -> Vec<(&'static str, Files)> {
    vec![
        ("apple-health", apple::export(activities, apple::Version::Ios16, 2.0)),
        ("google-health", google::export(activities, google::Layout::Table, 2.0)),
        ("fitbit", google::export(activities, google::Layout::List, 2.0)),
        ("samsung-health", samsung::export(activities, samsung::Layout::Current, 2.0)),
        ("samsung-legacy", samsung::export(activities, samsung::Layout::Legacy, 2.0)),
        ("adidas-running", adidas::export(activities, adidas::Tracks::Json)),
        ("adidas-gpx", adidas::export(activities, adidas::Tracks::Gpx)),
        ("runkeeper", runkeeper::export(activities)),
    ]
}

/// The files as they are downloaded.
pub fn zipped(files: &[(String, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).expect("a name");
        zip.write_all(content.as_bytes()).expect("into memory");
    }
    zip.finish().expect("into memory").into_inner()
}
