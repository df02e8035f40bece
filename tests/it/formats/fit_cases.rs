//! Small FIT files, each odd in one way: which are read and how, and which are refused and why.

use std::fmt::Write as _;

use expect_test::expect;
use rehabrun::ingest;
use rehabrun::model::{Activity, Record};
use rehabrun::units::{Distance, HeartRate, Speed};

use crate::common;

#[test]
fn every_oddity_is_read_or_refused_with_its_reason() {
    let Some(folder) = common::cases() else {
        return;
    };
    let mut table = String::new();
    for path in common::files(&folder.join("fit"), "fit") {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let outcome = match ingest::decode(&common::bytes(&path)) {
            Ok(activity) => describe(&activity),
            Err(error) => format!("refused: {}", error.cause),
        };
        writeln!(table, "{name}: {outcome}").expect("a string takes all");
    }
    expect![[r#"
        00_ok: 2, last t=1 hr=101
        01_header_size_255: refused: it holds a header and nothing behind it
        02_header_size_200_nocrc: refused: it holds a header and nothing behind it
        03_ts_uint64_huge: 1, last hr=100 time-missing
        04_ts_sint64_huge: 1, last hr=100 time-missing
        04b_ts_sint64_moderate: 1, last hr=100 time-missing
        05_dev_size3_uint16: 3, last t=2 hr=102
        06_dev_size1_uint32: 3, last t=2 hr=102
        07_dev_size255_uint16: 3, last t=2 hr=102
        08_dev_before_description: 3, last t=2 hr=102
        09_dev_name_collision: 3, last t=2 hr=102
        10_header_crc_zero: 2, last t=1 hr=101
        11_definition_last: 2, last t=1 hr=101
        12_compressed_speed_distance_10m_per_s: 60, last t=59 dist=600 speed=10
        13_compressed_timestamp: 70, last t=69 hr=169
        14_chained: 2 in 2 sessions, last t=100 hr=110
        15_trailing_garbage: 1, last t=0 hr=100 trailing-bytes
        16_truncated: 43, last t=42 hr=100 file-cut-short
        17_bad_crc: 50, last t=49 hr=100 crc-mismatch
        18_datasize_zero: 1, last t=0 hr=100 file-not-closed
        19_altitude_both: 1, last t=0 speed=3.000999927520752 alt=21
        20_altitude_invalid_enhanced_ok: 1, last t=0 alt=21
        21_activity_local_timestamp: refused: it holds neither a session nor a record
        22_profile_type_mismatch_alt_float: 1, last t=0 alt=-475.3
        23_hr_uint16: 1, last t=0 hr=150
        24_unknown_msg_and_fields: 1, last t=0 hr=150
        25_field_size0: 1, last t=0 cad=90
        26_many_defs_amplify: 15, last hr=1 cad=1.0078125 dist=0.01 speed=0.0010000000474974513 alt=-499.8 time-missing
        27_big_endian: 1, last t=0 hr=150 dist=123.45
        28_left_right_balance: 1, last t=0
        29_time_backwards: 2, last t=0 hr=101
        30_altitude_rounding: 2000, last t=1999 alt=399.8
        31_timestamp_small_relative: 2, last t=-999999899 hr=101 clock-not-set
        32_cycles_accumulate: 200, last t=199
        33_base_type_ff: 1, last t=0 hr=150
        34_string_invalid_utf8: refused: it holds neither a session nor a record
        35_altitude_raw_0_2500: 2500, last t=2499 alt=-0.2
    "#]]
    .assert_eq(&table);
}

/// The number of records, the last one, and the notes but for the one that all of these files have.
fn describe(activity: &Activity) -> String {
    let records: Vec<&Record> = activity.sessions.iter().flat_map(|session| &session.records).collect();
    let sessions =
        if activity.sessions.len() > 1 { format!(" in {} sessions", activity.sessions.len()) } else { String::new() };
    let notes: Vec<&str> =
        activity.notes.iter().map(|note| note.id.name()).filter(|id| *id != "no-session-message").collect();
    let last = records.last().map(|record| words(record)).unwrap_or_default();
    format!("{}{sessions}, last{last} {}", records.len(), notes.join(" ")).trim_end().to_owned()
}

fn words(record: &Record) -> String {
    let mut words = String::new();
    let mut add = |name: &str, value: Option<f64>| {
        if let Some(value) = value {
            write!(words, " {name}={value}").expect("a string takes all");
        }
    };
    add("t", record.time().map(|time| time.as_unix_seconds() - 1_631_065_600.0));
    add("hr", record.heart_rate().map(HeartRate::as_bpm));
    add("cad", record.raw_cadence());
    add("dist", record.distance().map(Distance::as_meters));
    add("speed", record.speed().map(Speed::as_meters_per_second));
    add("alt", record.altitude().map(|meters| (meters * 10.0).round() / 10.0));
    words
}
