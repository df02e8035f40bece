//! How fast files are read and audited, beside the other readers there are, in one run on one core.
//!
//! ```text
//! cargo bench --bench speed -- FOLDER     real files, with everything below the folder
//! cargo bench --bench speed               made-up files
//! ```
//!
//! Each line states a ratio of times, ours over the other's, so that 0.1 is ten times as fast:
//!
//! ```text
//! audit/decode ratio = 0.93
//! ```
//!
//! The two take turns on each file, ours, theirs, ours, theirs, and for each file the shortest time of each counts:
//! whatever else the machine does can only make a turn longer. The times are summed over the files, so that large ones
//! weigh more. Files that the other refuses or panics on are left out of its line; what `fitparser` prints to standard
//! error is its own. Absolute figures belong to one
//! machine; ratios hardly do.
//!
//! What is compared is the reading of bytes in memory. Ours always is the whole [`rehabrun::model::Activity`], with
//! laps, splits, pauses and notes.

#![expect(clippy::print_stdout, reason = "its figures are what a bench is for")]

#[path = "../common/mod.rs"]
mod common;
mod crafted;
mod files;
mod peers;
mod race;
mod scaling;

use std::hint::black_box;

use files::File;
use rehabrun::ingest;
use rehabrun::model::Format;

/// One line of the table.
struct Row {
    /// Ours and the other's, as in `audit/decode`.
    name: &'static str,
    /// Which files it is about.
    takes: fn(&File) -> bool,
    /// What we do with the bytes.
    ours: fn(&[u8]),
    /// What the other does with them; false where it fails.
    theirs: fn(&[u8]) -> bool,
}

/// FIT files up to this size are small: a quarter of an hour, a workout, a course.
const SMALL_BYTES: usize = 32 << 10;

/// How long "1 h" may be on real files.
const AN_HOUR_S: std::ops::Range<f64> = 2400.0..5400.0;

const ROWS: &[Row] = &[
    Row { name: "fit/fitparser", takes: is_fit, ours: decode, theirs: peers::fitparser },
    Row { name: "fit/rustyfit", takes: is_fit, ours: decode, theirs: peers::rustyfit },
    Row { name: "fit/crc16", takes: is_fit, ours: decode, theirs: peers::crc16 },
    Row { name: "small-fit/rustyfit", takes: is_small_fit, ours: decode, theirs: peers::rustyfit },
    Row { name: "gpx/gpx-crate", takes: is_gpx, ours: decode, theirs: peers::gpx },
    Row { name: "gpx/roxmltree", takes: is_gpx, ours: decode, theirs: peers::roxmltree },
    Row { name: "gpx/quick-xml-events", takes: is_gpx, ours: decode, theirs: peers::quick_xml },
    Row { name: "tcx/tcx-crate", takes: is_tcx, ours: decode, theirs: peers::tcx },
    Row { name: "tcx/roxmltree", takes: is_tcx, ours: decode, theirs: peers::roxmltree },
    Row { name: "tcx/quick-xml-events", takes: is_tcx, ours: decode, theirs: peers::quick_xml },
    Row { name: "audit/decode", takes: is_hour_of_fit, ours: audit, theirs: peers::rustyfit },
    Row { name: "audit-gpx/gpx-crate", takes: is_hour_of_gpx, ours: audit, theirs: peers::gpx },
    Row { name: "audit/our-decode", takes: is_hour_of_fit, ours: audit, theirs: ours_again },
    Row { name: "audit-gpx/our-decode", takes: is_hour_of_gpx, ours: audit, theirs: ours_again },
];

fn main() {
    // Cargo itself passes `--bench`.
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let files = folder.map_or_else(files::made_up, |folder| files::below(folder.as_ref()));
    race::silence_panics();
    for row in ROWS {
        let bytes = files.iter().filter(|file| (row.takes)(file)).map(|file| &file.bytes[..]);
        println!("{}", race::race(row.name, bytes, row.ours, row.theirs));
    }
    scaling::print();
    crafted::print();
}

fn decode(bytes: &[u8]) {
    let _ = black_box(ingest::read(black_box(bytes)));
}

fn ours_again(bytes: &[u8]) -> bool {
    black_box(ingest::read(black_box(bytes))).is_ok()
}

fn audit(bytes: &[u8]) {
    black_box(common::json_of(ingest::read(black_box(bytes)), &common::settings(false)));
}

fn is_fit(file: &File) -> bool {
    file.format == Format::Fit
}

fn is_gpx(file: &File) -> bool {
    file.format == Format::Gpx
}

fn is_tcx(file: &File) -> bool {
    file.format == Format::Tcx
}

fn is_small_fit(file: &File) -> bool {
    is_fit(file) && file.bytes.len() <= SMALL_BYTES
}

fn is_hour_of_fit(file: &File) -> bool {
    is_fit(file) && file.judged_s.is_some_and(|s| AN_HOUR_S.contains(&s))
}

fn is_hour_of_gpx(file: &File) -> bool {
    is_gpx(file) && file.judged_s.is_some_and(|s| AN_HOUR_S.contains(&s))
}
