//! Real FIT files: what we read against what independent readers found, and every difference with its reason.

use std::fmt::Write as _;
use std::fs;

use rehabrun::ingest;
use rehabrun::model::{Activity, Record, Split, SplitKind};
use rehabrun::units::{Distance, HeartRate, Timestamp};

use crate::common;

/// The columns of the table that are compared.
const COLUMNS: [&str; 11] = [
    "sport",
    "device",
    "records",
    "first",
    "last",
    "positions",
    "hr_n",
    "hr_sum",
    "cad_n",
    "cad_sum",
    "last_distance_m",
];

/// Differences of single files, with the other reader's fault or our reason.
const EXPLAINED: &[(&str, &[&str], &str)] = &[
    ("MultiSport-2019-11-24.fit", &["hr_n", "hr_sum"], DEVELOPER_FIELD),
    ("2024-11-17-elemnt-roam.fit", &["cad_n", "cad_sum"], DEVELOPER_FIELD),
    ("mornindew-broken.fit", &["hr_n", "hr_sum"], DEVELOPER_FIELD),
    ("garmin-fr935-cr.fit", &["positions"], DEVELOPER_FIELD),
    ("biking-500-trainer.fit", &["positions"], DEVELOPER_FIELD),
    (
        "strava-android-app-201.10-b1218918.fit",
        &["records", "positions", "last_distance_m"],
        "read on behind lost bytes",
    ),
    ("Garmin830_with_Stages.fit", &["sport"], "the `sport` message adds the sub-sport"),
    (
        "ELEMNT_ROAM_Unterminated.fit",
        &["records", "positions", "hr_n", "hr_sum", "cad_n", "cad_sum", "last_distance_m"],
        "the last record is whole where it has no checksum behind it",
    ),
    ("ELEMNT_ROAM_Unterminated.fit", &["sport"], "the `sport` message names it where the session is cut off"),
    ("nick.fit", &["sport"], "the `sport` message names it where the session is cut off"),
];

const DEVELOPER_FIELD: &str = "the other reader takes a developer field for the native one of its number";

#[test]
fn real_files_read_as_other_readers_read_them() {
    let Some(corpus) = common::corpus() else {
        return;
    };
    let table = fs::read_to_string(corpus.join("expected.tsv")).expect("a readable table");
    let (mut n_files, mut n_equal, mut unexplained) = (0, 0, String::new());
    for row in table.lines().skip(1) {
        let row: Vec<&str> = row.split('\t').collect();
        if !row[1].starts_with("FIT") || row[0].ends_with("._empty.fit") {
            continue;
        }
        let expected = &row[2..13];
        let outcome = ingest::decode(&common::bytes(&corpus.join("files").join(row[0])));
        n_files += 1;
        let activity = match outcome {
            Ok(activity) => activity,
            // What is no activity has no records, or is a course: records of a plan.
            Err(error) if expected[2] == "0" || error.cause.contains("a course to follow") => continue,
            Err(error) => {
                writeln!(unexplained, "{}: {error}", row[0]).expect("a string takes all");
                continue;
            }
        };
        let found = summary(&activity);
        n_equal += usize::from(found == expected);
        for ((column, expected), found) in COLUMNS.into_iter().zip(expected).zip(&found) {
            if expected != found && reason(column, expected, found, &row, &activity).is_none() {
                writeln!(unexplained, "{} {column}: expected {expected}, found {found}", row[0])
                    .expect("a string takes all");
            }
        }
    }
    assert!(unexplained.is_empty(), "{n_equal} of {n_files} files equal, and these differ:\n{unexplained}");
}

/// Why a column differs, or `None` when it must not.
fn reason(column: &str, expected: &str, found: &str, row: &[&str], activity: &Activity) -> Option<&'static str> {
    let file = row[0].rsplit('/').next().unwrap_or_default();
    let explained = EXPLAINED.iter().find(|(name, columns, _)| *name == file && columns.contains(&column));
    if let Some((_, _, reason)) = explained {
        return Some(reason);
    }
    let has_note = |id| activity.notes.iter().any(|note| note.id.name() == id);
    let other_failed = !row[13].is_empty();
    match column {
        "sport" if matches!(expected, "?" | "None") && found.is_empty() => Some("no sport has no name here"),
        "sport" if found.starts_with(expected.strip_suffix("...")?) => Some("the table stops after six sports"),
        "device" if expected == "None/None" && found.is_empty() => Some("no device has no name here"),
        "device" if expected.strip_suffix("/None") == Some(found) => Some("no product has no name here"),
        "device" if expected.strip_prefix("development/") == Some(found) => Some("`development` is no maker"),
        "first" | "last" if expected.is_empty() && other_failed => Some("the other reader failed"),
        "first" | "last" if expected.is_empty() && has_note("clock-not-set") => Some("kept: only the date is unknown"),
        "hr_n" | "hr_sum" if has_note("stored-heart-rate") => Some("the beats that the strap stored are merged"),
        "hr_n" if row[9] == summary(activity)[7] => Some("a heart rate of 0 is none"),
        "last_distance_m" if expected.is_empty() => Some("compressed distances are counted up"),
        _ => None,
    }
}

/// What the table holds of an activity.
fn summary(activity: &Activity) -> Vec<String> {
    let records: Vec<&Record> = activity.sessions.iter().flat_map(|session| &session.records).collect();
    let times = || records.iter().filter_map(|record| record.time());
    let rfc3339 = |time: Option<Timestamp>| time.map(|time| time.to_rfc3339(None)).unwrap_or_default();
    let rates: Vec<f64> = records.iter().filter_map(|r| r.heart_rate()).map(HeartRate::as_bpm).collect();
    let cadences: Vec<f64> = records.iter().filter_map(|r| r.raw_cadence()).map(f64::trunc).collect();
    let sum = |values: &[f64]| (values.iter().fold(0.0, |sum, value| sum + value)).to_string();
    let sports: Vec<&str> = activity.sessions.iter().map(|session| session.sport_name.as_str()).collect();
    let distance = records.iter().rev().find_map(|record| record.distance()).map(Distance::as_meters);
    vec![
        sports.join(","),
        activity.device.clone().unwrap_or_default(),
        records.len().to_string(),
        rfc3339(times().min()),
        rfc3339(times().max()),
        records.iter().filter(|record| record.position().is_some()).count().to_string(),
        rates.len().to_string(),
        sum(&rates),
        cadences.len().to_string(),
        sum(&cadences),
        distance.map(|meters| format!("{meters:?}")).unwrap_or_default(),
    ]
}

#[test]
fn splits_are_what_the_accelerometer_saw() {
    let Some(corpus) = common::corpus() else {
        return;
    };
    let mut n_splits = 0;
    for path in common::files(&corpus.join("gait"), "fit") {
        let truth = fs::read_to_string(path.with_extension("fit.tsv")).expect("a truth beside every file");
        let activity = ingest::decode(&common::bytes(&path)).expect("an activity");
        let mut found: Vec<String> =
            activity.sessions.iter().flat_map(|session| &session.splits).filter_map(gait_row).collect();
        let mut expected: Vec<&str> = truth.lines().skip(1).collect();
        found.sort();
        expected.sort_unstable();
        assert_eq!(found, expected, "{}", path.display());
        n_splits += found.len();
    }
    assert!(n_splits > 0);
}

/// A split as the truth has it: first second, last second, gait.
fn gait_row(split: &Split) -> Option<String> {
    let gait = match split.kind {
        SplitKind::Run => "run",
        SplitKind::Walk => "walk",
        SplitKind::Stand => "stand",
        SplitKind::Step(_) => return None,
    };
    let (start, end) = (split.start.as_unix_seconds(), split.end.as_unix_seconds() - 1.0);
    Some(format!("{start}\t{end}\t{gait}"))
}
