//! Our fixtures and real FIT files: on every one that `rustyfit` or `fitparser` reads right, our records equal theirs.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;

use fitparser::profile::MesgNum;
use rehabrun::ingest;
use rehabrun::model::Record;
use rehabrun::units::{Distance, HeartRate, Position, Speed, Timestamp};
use rustyfit::profile::{mesgdef, typedef};

use crate::common;

/// A record as numbers, whoever read it: time, semicircles north and east, cm, mm/s, fifths of a metre above -500 m,
/// beats and strides a minute.
type Row = [Option<f64>; 8];

const FIELDS: [&str; 8] = ["time", "latitude", "longitude", "distance", "speed", "altitude", "heart rate", "cadence"];

#[test]
fn our_records_are_those_of_rustyfit() {
    let faults = [
        ("FIT-SDK-1.2-examples__Activity.fit", "does not unpack compressed distances"),
        ("compressed-speed-distance.fit", "does not unpack compressed distances"),
    ];
    compare(rustyfit_rows, usize::MAX, &faults);
}

#[test]
fn our_records_are_those_of_fitparser() {
    let faults = [
        ("FIT-SDK-1.2-examples__Activity.fit", "adds compressed distances where it should roll over"),
        ("compressed-speed-distance.fit", "adds compressed distances where it should roll over"),
    ];
    // It takes seconds for a large file.
    compare(fitparser_rows, 1_000_000, &faults);
}

/// Holds the records that `other` reads of every file against ours; where it fails there is nothing to compare.
#[track_caller]
fn compare(other: fn(&[u8]) -> Option<Vec<Row>>, max_bytes: usize, its_faults: &[(&str, &str)]) {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let folders = std::iter::once(fixtures).chain(common::corpus());
    let (mut n_files, mut differences) = (0, String::new());
    for path in folders.flat_map(|folder| common::files(&folder, "fit")) {
        let bytes = common::bytes(&path);
        if bytes.len() > max_bytes {
            continue;
        }
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let (Ok(activity), Some(mut theirs)) = (ingest::decode(&bytes), other(&bytes)) else {
            continue;
        };
        n_files += 1;
        let merged = activity.notes.iter().any(|note| note.id.name() == "stored-heart-rate");
        let mut ours: Vec<Row> = activity.sessions.iter().flat_map(|session| &session.records).map(row).collect();
        if merged {
            // Neither of them merges the beats that a strap stored.
            ours.iter_mut().chain(&mut theirs).for_each(|row| row[6] = None);
        }
        if activity.notes.iter().any(|note| note.id.name() == "developer-fields") {
            // Neither of them takes distance or speed from an app's fields.
            ours.iter_mut().chain(&mut theirs).for_each(|row| (row[3], row[4]) = (None, None));
        }
        if let Some(difference) = difference(&ours, &theirs)
            && !its_faults.iter().any(|(fault, _)| *fault == name)
        {
            writeln!(differences, "{name}: {difference}").expect("a string takes all");
        }
    }
    assert!(n_files >= 14, "every undamaged file of our own can be read by others, and only {n_files} were");
    assert!(differences.is_empty(), "of {n_files} files these differ:\n{differences}");
}

/// The first thing in which two readings differ.
fn difference(ours: &[Row], theirs: &[Row]) -> Option<String> {
    if ours.len() != theirs.len() {
        return Some(format!("{} records, not {}", ours.len(), theirs.len()));
    }
    for (i, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        for (field, (ours, theirs)) in FIELDS.iter().zip(ours.iter().zip(theirs)) {
            let equal = match (ours, theirs) {
                (Some(ours), Some(theirs)) => (ours - theirs).abs() < 1e-3,
                (ours, theirs) => ours == theirs,
            };
            if !equal {
                return Some(format!("{field} of record {i} is {ours:?}, not {theirs:?}"));
            }
        }
    }
    None
}

fn row(record: &Record) -> Row {
    let semicircles = record.position().map(Position::as_semicircles);
    let whole = |value: f64| value.round();
    [
        record.time().map(Timestamp::as_unix_seconds),
        semicircles.map(|(latitude, _)| f64::from(latitude)),
        semicircles.map(|(_, longitude)| f64::from(longitude)),
        record.distance().map(Distance::as_meters).map(|meters| whole(meters * 100.0)),
        record.speed().map(Speed::as_meters_per_second).map(|speed| whole(speed * 1000.0)),
        record.altitude().map(|meters| whole((meters + 500.0) * 5.0)),
        record.heart_rate().map(HeartRate::as_bpm),
        record.raw_cadence(),
    ]
}

fn rustyfit_rows(bytes: &[u8]) -> Option<Vec<Row>> {
    // Its expansion of plain into enhanced fields loses the last digit.
    let mut decoder = rustyfit::Decoder::builder().expand_components(false).build();
    let mut rest = bytes;
    let mut rows = Vec::new();
    while let Some(fit) = decoder.decode(&mut rest).ok()? {
        let records = fit.messages.iter().filter(|message| message.num == typedef::MesgNum::RECORD);
        rows.extend(records.map(|message| rustyfit_row(&mesgdef::Record::from(message))));
    }
    Some(rows)
}

fn rustyfit_row(record: &mesgdef::Record) -> Row {
    let u8 = |value: u8| (value != u8::MAX).then_some(f64::from(value));
    let u16 = |value: u16| (value != u16::MAX).then_some(f64::from(value));
    let u32 = |value: u32| (value != u32::MAX).then_some(f64::from(value));
    let i32 = |value: i32| (value != i32::MAX).then_some(f64::from(value));
    let position = i32(record.position_lat).zip(i32(record.position_long));
    [
        u32(record.timestamp.0).map(|seconds| seconds + 631_065_600.0),
        position.map(|(latitude, _)| latitude),
        position.map(|(_, longitude)| longitude),
        u32(record.distance),
        u32(record.enhanced_speed).or(u16(record.speed)),
        u32(record.enhanced_altitude).or(u16(record.altitude)),
        u8(record.heart_rate).filter(|bpm| *bpm > 0.0),
        u8(record.cadence).map(|whole| whole + u8(record.fractional_cadence).unwrap_or(0.0) / 128.0),
    ]
}

fn fitparser_rows(bytes: &[u8]) -> Option<Vec<Row>> {
    // It panics on some files.
    let records = std::panic::catch_unwind(|| fitparser::from_bytes(bytes)).ok()?.ok()?;
    Some(records.iter().filter(|record| record.kind() == MesgNum::Record).map(fitparser_row).collect())
}

fn fitparser_row(record: &fitparser::FitDataRecord) -> Row {
    let values: HashMap<&str, f64> = record
        .fields()
        .iter()
        .filter_map(|field| Some((field.name(), field.value().clone().try_into().ok()?)))
        .collect();
    let value = |name: &str| values.get(name).copied();
    let position = value("position_lat").zip(value("position_long"));
    [
        value("timestamp"),
        position.map(|(latitude, _)| latitude),
        position.map(|(_, longitude)| longitude),
        value("distance").map(|meters| (meters * 100.0).round()),
        value("enhanced_speed").or(value("speed")).map(|speed| (speed * 1000.0).round()),
        value("enhanced_altitude").or(value("altitude")).map(|meters| ((meters + 500.0) * 5.0).round()),
        value("heart_rate").filter(|bpm| *bpm > 0.0),
        value("cadence").map(|whole| whole + value("fractional_cadence").unwrap_or(0.0)),
    ]
}
