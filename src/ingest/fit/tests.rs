//! Files made by hand, and what is read of them.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::decode;
use super::testing::{T0, Value, Writer};
use super::value::timestamp;
use crate::model::{Activity, Record};
use crate::units::{Distance, HeartRate, Timestamp, UtcOffset};

#[test]
fn enhanced_fields_win_over_plain_ones() {
    let plain = [(2, Value::U16(2600)), (6, Value::U16(2500))];
    let enhanced = [(78, Value::U32(2605)), (73, Value::U32(2555))];
    let invalid = [(78, Value::U32(u32::MAX)), (73, Value::U32(u32::MAX))];
    check(
        Writer::activity()
            .record(0, &plain)
            .record(1, &[enhanced, plain].concat())
            .record(2, &[plain, enhanced].concat())
            .record(3, &[plain, invalid].concat()),
        &expect![[r#"
            Unknown "", from 0, None s
              0 alt=20 speed=2.5
              1 alt=21 speed=2.555
              2 alt=21 speed=2.555
              3 alt=20 speed=2.5
            note no-session-message: the file has no summary of its session, as when it was cut off
        "#]],
    );
}

#[test]
fn cadence_has_its_fraction() {
    check(
        Writer::activity()
            .record(0, &[(4, Value::U8(79))])
            .record(1, &[(4, Value::U8(79)), (53, Value::U8(64))])
            .record(2, &[(53, Value::U8(64))])
            .record(3, &[(4, Value::U8(0))])
            .record(4, &[(52, Value::U16(20_288))]),
        &expect![[r#"
            Unknown "", from 0, None s
              0 cad=79
              1 cad=79.5
              2
              3 cad=0
              4 cad=79.25
            note no-session-message: the file has no summary of its session, as when it was cut off
        "#]],
    );
}

#[test]
fn invalid_values_are_missing() {
    let place = [(0, Value::I32(614_507_218)), (1, Value::I32(-1_234_567))];
    let body = [(3, Value::U8(140)), (41, Value::U16(2703)), (42, Value::Enum(6)), (31, Value::U8(3))];
    check(
        Writer::activity()
            .record(0, &[&place[..], &body, &[(5, Value::U32(123_456))]].concat())
            .record(1, &[(0, Value::I32(i32::MAX)), (1, Value::I32(5)), (5, Value::U32(u32::MAX))])
            .record(2, &[(3, Value::U8(0)), (42, Value::Enum(200)), (31, Value::U8(255))]),
        &expect![[r#"
            Unknown "", from 0, None s
              0 lat=51.5074 lon=-0.10348 gps=3 dist=1234.56 hr=140 stance=270.3 Walking
              1
              2
            note no-session-message: the file has no summary of its session, as when it was cut off
        "#]],
    );
}

#[test]
fn the_base_type_of_the_file_counts() {
    check(
        Writer::activity()
            .record(0, &[(3, Value::U16(150))])
            .record(1, &[(78, Value::F32(3117.5))])
            .record(2, &[(3, Value::Raw(0xFF, &[150]))])
            .record(3, &[(3, Value::Raw(0x84, &[150]))])
            .record(4, &[(3, Value::Raw(0x02, &[]))])
            .record(5, &[(3, Value::Raw(0x02, &[150, 160, 170]))])
            .record(6, &[(3, Value::Text("150"))]),
        &expect![[r#"
            Unknown "", from 0, None s
              0 hr=150
              1 alt=123.5
              2 hr=150
              3
              4
              5 hr=150
              6
            note no-session-message: the file has no summary of its session, as when it was cut off
        "#]],
    );
}

#[test]
fn a_time_may_have_any_width_and_none_may_be_there() {
    let wide = u64::from(T0).to_le_bytes();
    check(
        Writer::activity()
            .message(20, &[(253, Value::Raw(0x8F, &wide)), (3, Value::U8(100))])
            .message(20, &[(253, Value::Raw(0x8F, &[0xFE; 8])), (3, Value::U8(101))])
            .message(20, &[(3, Value::U8(102))]),
        &expect![[r#"
            Unknown "", from 0, None s
              0 hr=100
              ? hr=101
              ? hr=102
            note time-missing: found no time that can be right in 2 records
            note no-session-message: the file has no summary of its session, as when it was cut off
        "#]],
    );
}

#[test]
fn the_highest_byte_may_come_first() {
    let place = [(0, Value::I32(614_507_218)), (1, Value::I32(-1_234_567))];
    let rest = [(5, Value::U32(123_456)), (2, Value::U16(2600)), (3, Value::U8(150))];
    check(
        Writer::activity().big_endian().record(0, &[&place[..], &rest].concat()),
        &expect![[r#"
        Unknown "", from 0, None s
          0 lat=51.5074 lon=-0.10348 dist=1234.56 alt=20 hr=150
        note no-session-message: the file has no summary of its session, as when it was cut off
    "#]],
    );
}

#[test]
fn developer_fields_are_passed_over_whatever_their_number_and_size() {
    // Developer fields 3 and 253, of 3 and 1 bytes, behind a native time and heart rate.
    let definition = [0x61, 0, 0, 20, 0, 2, 253, 4, 0x86, 3, 1, 2, 2, 3, 3, 0, 253, 1, 7];
    let record = |second: u32, bpm| [&[1][..], &(T0 + second).to_le_bytes(), &[bpm, 7, 7, 7, 9]].concat();
    check(
        Writer::activity().raw(&definition).raw(&record(0, 100)).raw(&record(1, 101)),
        &expect![[r#"
        Unknown "", from 0, None s
          0 hr=100
          1 hr=101
        note no-session-message: the file has no summary of its session, as when it was cut off
    "#]],
    );
}

#[test]
fn compressed_times_count_on_and_roll_over() {
    let compressed = |file: Writer, second: u32| file.raw(&[0x80 | 1 << 5 | ((T0 + second) & 0x1F) as u8, 120]);
    let mut file = Writer::activity().record(0, &[(3, Value::U8(119))]).define(1, 20, &[[3, 1, 2]]);
    for second in [1, 20, 40, 71] {
        file = compressed(file, second);
    }
    check(
        file,
        &expect![[r#"
        Unknown "", from 0, None s
          0 hr=119
          1 hr=120
          20 hr=120
          40 hr=120
          71 hr=120
        note no-session-message: the file has no summary of its session, as when it was cut off
    "#]],
    );
}

#[test]
fn compressed_speed_and_distance_are_unpacked() {
    let packed = |speed: u32, distance: u32| ((distance & 0xFFF) << 12 | speed).to_le_bytes();
    let record = |file: Writer, second, speed, distance| {
        file.record(second, &[(8, Value::Raw(0x0D, &packed(speed, distance)[..3]))])
    };
    let file = record(Writer::activity(), 0, 250, 4000);
    let file = record(file, 1, 260, 4200);
    let file = file.record(2, &[(8, Value::Raw(0x0D, &[0xFF; 3]))]);
    check(
        record(file, 3, 0, 4240),
        &expect![[r#"
        Unknown "", from 0, None s
          0 dist=250 speed=2.5
          1 dist=262.5 speed=2.6
          2
          3 dist=265 speed=0
        note no-session-message: the file has no summary of its session, as when it was cut off
    "#]],
    );
}

#[test]
fn a_local_type_may_be_defined_anew_and_at_the_end() {
    let file = Writer::activity().records(0..1, 100).define(1, 20, &[[4, 1, 2], [253, 4, 0x86]]);
    let file = file.raw(&[1, 80]).raw(&(T0 + 1).to_le_bytes()).define(1, 20, &[[253, 4, 0x86]]);
    check(
        file,
        &expect![[r#"
        Unknown "", from 0, None s
          0 hr=100
          1 cad=80
        note no-session-message: the file has no summary of its session, as when it was cut off
    "#]],
    );
}

#[test]
fn messages_and_fields_without_a_use_are_passed_over() {
    let unknown = [(253, Value::U32(T0)), (1, Value::U16(7)), (9, Value::Text("x"))];
    check(
        Writer::activity().message(0xFE42, &unknown).record(0, &[(200, Value::U32(5)), (3, Value::U8(90))]),
        &expect![[r#"
            Unknown "", from 0, None s
              0 hr=90
            note no-session-message: the file has no summary of its session, as when it was cut off
        "#]],
    );
}

#[test]
fn records_go_to_the_session_in_which_they_were_made() {
    let file = Writer::activity().records(0..4, 100).timer(4, 4).timer(6, 0).records(6..9, 150);
    let lap = |file: Writer, second, kind| {
        let fields = [(2, Value::U32(T0 + second)), (7, Value::U32(2500)), (23, Value::Enum(kind))];
        file.message(19, &[&fields[..], &[(24, Value::Enum(1)), (9, Value::U32(650)), (71, Value::U16(0))]].concat())
    };
    let file = lap(lap(lap(file, 0, 2), 2, 0), 6, 3);
    check(
        file.session(6, 3, 1, 3).session(0, 4, 2, 0),
        &expect![[r#"
        Other "cycling", from 0, Some(4.0) s
          lap 0 Some(2.5) s Warmup by Some(Time) Some(0)
          lap 2 Some(2.5) s Active by Some(Time) Some(0)
          0 hr=100
          1 hr=100
          2 hr=100
          3 hr=100
        Running "running/trail", from 6, Some(3.0) s
          lap 6 Some(2.5) s Cooldown by Some(Time) Some(0)
          6 hr=150
          7 hr=150
          8 hr=150
    "#]],
    );
}

#[test]
fn the_last_word_on_a_session_counts() {
    check(
        Writer::activity().records(0..3, 100).session(0, 2, 0, 0).session(0, 3, 1, 1),
        &expect![[r#"
        Running "running/treadmill", indoor, from 0, Some(3.0) s
          0 hr=100
          1 hr=100
          2 hr=100
    "#]],
    );
}

#[test]
fn a_file_without_a_session_message_is_one_session() {
    let sport = [(0, Value::Enum(1)), (1, Value::Enum(3)), (3, Value::Text("Trail Run"))];
    check(
        Writer::activity().message(12, &sport).records(0..2, 100),
        &expect![[r#"
        Running "running/trail", from 0, None s
          named "Trail Run"
          0 hr=100
          1 hr=100
        note no-session-message: the file has no summary of its session, as when it was cut off
    "#]],
    );
}

#[test]
fn the_sport_message_names_only_its_own_sport() {
    let sport = [(0, Value::Enum(1)), (3, Value::Text("Run"))];
    check(
        Writer::activity().message(12, &sport).records(0..4, 100).session(0, 2, 1, 0).session(2, 2, 3, 0),
        &expect![[r#"
            Running "running", from 0, Some(2.0) s
              named "Run"
              0 hr=100
              1 hr=100
            Other "transition", from 2, Some(2.0) s
              2 hr=100
              3 hr=100
        "#]],
    );
}

#[test]
fn stops_and_starts_of_the_timer_are_pauses() {
    let file = Writer::activity().timer(0, 0).records(0..5, 100);
    let file = file.timer(5, 4).timer(6, 1).timer(30, 0).timer(31, 0).records(30..33, 100);
    check(
        file.timer(33, 4).session(0, 33, 1, 0),
        &expect![[r#"
        Running "running", from 0, Some(33.0) s
          pause 5..30
          0 hr=100
          1 hr=100
          2 hr=100
          3 hr=100
          4 hr=100
          30 hr=100
          31 hr=100
          32 hr=100
    "#]],
    );
}

#[test]
fn splits_end_behind_their_last_second() {
    let split = |file: Writer, kind, start, end: Option<u32>, millis| {
        let end = end.map_or(u32::MAX, |end| T0 + end);
        let times = [(9, Value::U32(T0 + start)), (27, Value::U32(end)), (1, Value::U32(millis))];
        file.message(312, &[&[(0, Value::Enum(kind))], &times[..]].concat())
    };
    let file = split(Writer::activity().records(0..9, 100), 17, 0, Some(2), 3000);
    let file = split(split(file, 18, 3, None, 2000), 22, 5, Some(5), 1000);
    // A negative time gone round, a split of another kind, and a step of a workout.
    let file = split(split(split(file, 17, 6, None, 4_294_967_000), 23, 0, Some(9), 9000), 4, 6, Some(8), 3000);
    check(
        file.session(0, 9, 1, 0),
        &expect![[r#"
        Running "running", from 0, Some(9.0) s
          split Run 0..3
          split Walk 3..5
          split Stand 5..6
          split Step(Rest) 6..9
          0 hr=100
          1 hr=100
          2 hr=100
          3 hr=100
          4 hr=100
          5 hr=100
          6 hr=100
          7 hr=100
          8 hr=100
    "#]],
    );
}

#[test]
fn repeats_of_a_workout_are_written_out() {
    let file = Writer::activity().records(0..2, 100).message(26, &[(8, Value::Text("Week 3"))]);
    let file = step(file, 0, (0, 300_000), 2, &[(7, Value::Enum(2)), (0, Value::Text("warm up"))]);
    let file = step(file, 1, (0, 60_000), 0, &[(5, Value::U32(2200)), (6, Value::U32(2600)), (7, Value::Enum(0))]);
    let file = step(file, 2, (1, 20_000), 1, &[(5, Value::U32(220)), (6, Value::U32(245)), (7, Value::Enum(1))]);
    let file = step(file, 3, (6, 1), 2, &[(4, Value::U32(2))]);
    let file = step(file, 4, (5, 0), 1, &[(5, Value::U32(60)), (6, Value::U32(75)), (7, Value::Enum(3))]);
    let file = step(file, 5, (6, 3), 2, &[(4, Value::U32(2))]);
    check(
        file.message(7, &[(1, Value::U8(180))]).session(0, 2, 1, 0),
        &expect![[r#"
        Running "running", from 0, Some(2.0) s
          named "Week 3"
          step Some("warm up") Time(300.0) Some(Warmup) Open
          step None Time(60.0) Some(Active) Speed(Speed(2.2), Speed(2.6))
          step None Distance(Distance(200.0)) Some(Rest) HeartRate(HeartRate(120.0), HeartRate(145.0))
          step None Time(60.0) Some(Active) Speed(Speed(2.2), Speed(2.6))
          step None Distance(Distance(200.0)) Some(Rest) HeartRate(HeartRate(120.0), HeartRate(145.0))
          step None Open Some(Cooldown) HeartRate(HeartRate(108.0), HeartRate(135.0))
          step None Time(60.0) Some(Active) Speed(Speed(2.2), Speed(2.6))
          step None Distance(Distance(200.0)) Some(Rest) HeartRate(HeartRate(120.0), HeartRate(145.0))
          step None Open Some(Cooldown) HeartRate(HeartRate(108.0), HeartRate(135.0))
          0 hr=100
          1 hr=100
    "#]],
    );
}

#[test]
fn endless_repeats_end() {
    let mut file = step(Writer::activity().records(0..2, 100), 0, (0, 1000), 2, &[]);
    for index in 1..60 {
        file = step(file, index, (6, 0), 2, &[(4, Value::U32(u32::MAX - 1))]);
    }
    let activity = decode(&file.finish()).expect("an activity");
    assert_eq!(activity.sessions[0].workout.len(), 1000);
    assert!(activity.notes.iter().any(|note| note.id == "workout-cut-short"), "{:?}", activity.notes);

    let nothing_to_repeat = step(Writer::activity().records(0..2, 100), 0, (6, 0), 2, &[(4, Value::U32(9))]);
    let activity = decode(&nothing_to_repeat.finish()).expect("an activity");
    assert_eq!(activity.sessions[0].workout, []);
}

fn step(file: Writer, index: u16, duration: (u8, u32), target: u8, rest: &[(u8, Value<'_>)]) -> Writer {
    let kind = [(1, Value::Enum(duration.0)), (2, Value::U32(duration.1)), (3, Value::Enum(target))];
    file.message(27, &[&[(254, Value::U16(index))], &kind[..], rest].concat())
}

#[test]
fn the_clock_of_the_runner_must_be_one_of_earth() {
    let offset = |ahead: i64| {
        let local = (i64::from(T0) + ahead) as u32;
        let file = Writer::activity().records(0..2, 100);
        let file = file.message(34, &[(253, Value::U32(T0)), (5, Value::U32(local))]).finish();
        let activity = decode(&file).expect("an activity");
        let doubtful = activity.notes.iter().any(|note| note.id == "clock-doubtful");
        (activity.sessions[0].utc_offset.map(UtcOffset::as_seconds), doubtful)
    };
    assert_eq!(offset(0), (Some(0), false));
    assert_eq!(offset(-5 * 3600), (Some(-18_000), false));
    assert_eq!(offset(20_700), (Some(20_700), false), "Kathmandu");
    assert_eq!(offset(13 * 3600 - 47), (Some(46_800), false), "Auckland, 47 s late");
    assert_eq!(offset(1080), (None, true));
    assert_eq!(offset(15 * 3600), (None, true));
    assert_eq!(offset(-i64::from(T0)), (None, true));
}

#[test]
fn device_and_runner_are_known() {
    let device = |fields: &[(u8, Value<'_>)]| {
        let file = Writer::empty().message(0, fields).records(0..1, 100).finish();
        decode(&file).expect("an activity").device
    };
    assert_eq!(device(&[(1, Value::U16(1)), (2, Value::U16(3992))]).as_deref(), Some("garmin/fr255"));
    assert_eq!(device(&[(1, Value::U16(1)), (2, Value::U16(1932))]).as_deref(), Some("garmin/1932"));
    assert_eq!(
        device(&[(1, Value::U16(294)), (8, Value::Text("COROS PACE 2"))]).as_deref(),
        Some("coros/COROS PACE 2")
    );
    assert_eq!(device(&[(1, Value::U16(9999)), (2, Value::U16(7))]).as_deref(), Some("9999/7"));
    assert_eq!(device(&[(1, Value::U16(1))]).as_deref(), Some("garmin"));
    assert_eq!(device(&[]), None);

    let runner = [(2, Value::U8(38)), (8, Value::U8(52)), (9, Value::U8(188)), (11, Value::U8(180))];
    let file = Writer::activity().message(3, &runner).message(7, &[(1, Value::U8(185)), (2, Value::U8(168))]);
    let profile = decode(&file.records(0..1, 100).finish()).expect("an activity").profile;
    let bpm = |rate: Option<HeartRate>| rate.map(HeartRate::as_bpm);
    assert_eq!(profile.age, Some(38));
    assert_eq!(bpm(profile.resting_heart_rate), Some(52.0));
    assert_eq!(bpm(profile.max_heart_rate), Some(188.0), "the one for running");
    assert_eq!(bpm(profile.threshold_heart_rate), Some(168.0));
}

#[test]
fn the_watch_lists_its_sensors() {
    let sensors = |listed: &[(u8, u8)]| {
        let with = |file: Writer, &(source, kind): &_| {
            file.message(23, &[(0, Value::U8(1)), (1, Value::U8(kind)), (25, Value::Enum(source))])
        };
        let file = listed.iter().fold(Writer::activity().records(0..2, 100), with).finish();
        let sensors = decode(&file).expect("an activity").sessions[0].sensors;
        (sensors.barometer, sensors.heart_rate_strap)
    };
    assert_eq!(sensors(&[]), (None, None));
    assert_eq!(sensors(&[(5, 0), (5, 10), (5, 4)]), (Some(true), Some(false)));
    assert_eq!(sensors(&[(5, 0), (5, 10)]), (Some(false), Some(false)));
    assert_eq!(sensors(&[(1, 120), (5, 10), (1, 124)]), (Some(false), Some(true)));
    assert_eq!(sensors(&[(1, 120)]), (None, Some(true)));
}

#[test]
fn chained_files_are_read_one_by_one() {
    let first = Writer::activity().records(0..2, 100).session(0, 2, 1, 0).finish();
    let second = Writer::activity().records(0..1, 150).session(0, 1, 11, 0).finish();
    let settings = Writer::new(2).finish();
    check_bytes(
        &[first, settings, second].concat(),
        &expect![[r#"
        Running "running", from 0, Some(2.0) s
          0 hr=100
          1 hr=100
        Walking "walking", from 0, Some(1.0) s
          0 hr=150
    "#]],
    );
}

#[test]
fn beats_that_the_strap_stored_fill_the_gaps() {
    let file = Writer::activity().records(0..2, 150).records(2..9, 255).session(0, 9, 1, 0).finish();
    // The strap's clock shows 5000 at second 2; beats at 5000 and, by their lowest twelve bits, 6024 and 7050.
    let anchor = [(253, Value::U32(T0 + 2)), (0, Value::U16(0)), (9, Value::U32(5000)), (6, Value::U8(120))];
    let rates = [(6, Value::Raw(0x02, &[121, 122])), (10, Value::Raw(0x0D, &[0x88, 0xA7, 0xB8]))];
    let strap = Writer::new(4).message(132, &anchor).message(132, &rates).finish();
    check_bytes(
        &[file, strap].concat(),
        &expect![[r#"
            Running "running", from 0, Some(9.0) s
              0 hr=150
              1 hr=150
              2 hr=120
              3 hr=121
              4 hr=121
              5 hr=122
              6 hr=122
              7 hr=122
              8 hr=122
            note stored-heart-rate: took the heart rate of 7 records from the beats that the strap had stored
        "#]],
    );
}

#[test]
fn times_before_the_clock_was_set_are_no_times() {
    let early = [(253, Value::U32(500)), (3, Value::U8(90))];
    check(
        Writer::activity().message(20, &early).records(0..2, 100),
        &expect![[r#"
            Unknown "", from 0, None s
              ? hr=90
              0 hr=100
              1 hr=100
            note clock-not-set: took no time from 1 record in which the watch did not know the date yet
            note no-session-message: the file has no summary of its session, as when it was cut off
        "#]],
    );
    check(
        Writer::activity().message(20, &early).message(20, &early),
        &expect![[r#"
        Unknown "", from -999999500, None s
          -999999500 hr=90
          -999999500 hr=90
        note clock-not-set: the watch did not know the date: times count from when it was switched on
        note no-session-message: the file has no summary of its session, as when it was cut off
    "#]],
    );
}

#[test]
fn damage_costs_what_it_hit() {
    // The sixth record, the one of second 5, is at bytes 77 to 82.
    check_damage(
        |file| drop(file.drain(80..83)),
        &expect![[r#"
        Running "running", from 0, Some(12.0) s
          0 1 2 3 4 6 7 8 9 10 11 hr=100
        note file-cut-short: the file is shorter than it says by 3 bytes; what is there was read
        note damaged-bytes: passed over 3 damaged bytes within the file
    "#]],
    );
    check_damage(
        |file| file.insert(80, 7),
        &expect![[r#"
            Running "running", from 0, Some(12.0) s
              0 1 2 3 4 6 7 8 9 10 11 hr=100
            note length-wrong: the file holds more data than it says; all were read
            note damaged-bytes: passed over 7 damaged bytes within the file
        "#]],
    );
    check_damage(
        |file| file[82] ^= 0x10,
        &expect![[r#"
        Running "running", from 0, Some(12.0) s
          0 1 2 3 4 5 hr=116
          6 7 8 9 10 11 hr=100
        note crc-mismatch: the checksum of the file is wrong: some of its data may be damaged
    "#]],
    );
    check_damage(
        |file| file[81] = 0xFF,
        &expect![[r#"
            Running "running", from 0, Some(12.0) s
              0 1 2 3 4 ? 6 7 8 9 10 11 hr=100
            note crc-mismatch: the checksum of the file is wrong: some of its data may be damaged
            note time-missing: found no time that can be right in 1 record
        "#]],
    );
    check_damage(
        |file| file[77] = 0x0A,
        &expect![[r#"
        Running "running", from 0, Some(12.0) s
          0 1 2 3 4 6 7 8 9 10 11 hr=100
        note crc-mismatch: the checksum of the file is wrong: some of its data may be damaged
        note damaged-bytes: passed over 6 damaged bytes within the file
    "#]],
    );
}

#[test]
fn a_wrong_length_hides_nothing() {
    check_damage(
        |file| file.truncate(100),
        &expect![[r#"
        Unknown "", from 0, None s
          0 1 2 3 4 5 6 7 hr=100
        note file-cut-short: the file is shorter than it says by 57 bytes; what is there was read
        note no-session-message: the file has no summary of its session, as when it was cut off
    "#]],
    );
    check_damage(
        |file| file[4..8].fill(0),
        &expect![[r#"
        Running "running", from 0, Some(12.0) s
          0 1 2 3 4 5 6 7 8 9 10 11 hr=100
        note file-not-closed: the watch did not finish this file, as when its battery ran out; what it wrote was read
    "#]],
    );
    check_damage(
        |file| file[4] = 60,
        &expect![[r#"
        Running "running", from 0, Some(12.0) s
          0 1 2 3 4 5 6 7 8 9 10 11 hr=100
        note length-wrong: the file holds more data than it says; all were read
    "#]],
    );
    check_damage(
        |file| file.extend([0; 40]),
        &expect![[r#"
        Running "running", from 0, Some(12.0) s
          0 1 2 3 4 5 6 7 8 9 10 11 hr=100
        note trailing-bytes: left out 40 bytes behind the end of the file
    "#]],
    );
}

/// The seconds of the records, each with a heart rate of 100, that are left of twelve after some damage.
#[track_caller]
fn check_damage(change: fn(&mut Vec<u8>), expected: &Expect) {
    let mut file = Writer::activity().records(0..12, 100).session(0, 12, 1, 0).finish();
    assert_eq!(file[77..82], [&[1][..], &(T0 + 5).to_le_bytes()].concat());
    change(&mut file);
    let text = describe(&decode(&file).expect("an activity"));
    expected.assert_eq(&text.replace(" hr=100\n ", ""));
}

#[test]
fn what_is_no_activity_is_refused_with_its_reason() {
    let refusal = |file: Vec<u8>| decode(&file).expect_err("no activity").cause;
    assert_eq!(refusal(Writer::new(5).finish()), "it holds a workout to be done, not one that was done");
    assert_eq!(
        refusal(Writer::new(6).records(0..5, 100).finish()),
        "it holds a course to follow, not an activity that was done"
    );
    assert_eq!(refusal(Writer::activity().finish()), "it holds neither a session nor a record");
    assert_eq!(
        refusal(Writer::empty().records(0..0, 100).finish()),
        "it does not say that it is an activity and holds no session"
    );
    assert_eq!(refusal(b"\x0E\x10\0\0\0\0\0\0.FIT".to_vec()), "it holds a header and nothing behind it");
}

#[test]
fn memory_stays_in_proportion() {
    // Records of one byte: a compressed header and no field at all.
    let file = Writer::activity().define(1, 20, &[]).raw(&vec![0xA0; 3_000_000]).finish();
    let activity = decode(&file).expect("an activity");
    assert_eq!(activity.sessions[0].records.len(), 2_000_000);
    assert!(activity.notes.iter().any(|note| note.id == "too-much-data"));

    let lap = Writer::activity().records(0..1, 100).define(1, 19, &[[2, 4, 0x86]]);
    let activity = decode(&lap.raw(&[1, 1, 1, 1, 1].repeat(100_000)).finish()).expect("an activity");
    assert_eq!(activity.sessions[0].laps.len(), 4096);
}

#[test]
fn a_file_cut_anywhere_gives_a_prefix_of_its_records() {
    let file = rich_file();
    let whole = records(&decode(&file).expect("an activity"));
    for end in 0..file.len() {
        if let Ok(activity) = decode(&file[..end]) {
            let cut = records(&activity);
            assert_eq!(cut, whole[..cut.len()], "cut at {end}");
            assert!(!activity.notes.is_empty(), "cut at {end} and not told");
        }
    }
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = decode(&bytes);
        let _ = decode(&Writer::activity().raw(&bytes).finish());
    }

    #[test]
    fn lost_bytes_cost_few_records_and_make_none_up(at in 60_usize..2900, n_lost in 1_usize..40) {
        let mut file = steady_file();
        let whole = records(&decode(&file).expect("an activity"));
        file.drain(at..at + n_lost);
        let left = records(&decode(&file).expect("an activity"));
        let n_true = left.iter().filter(|record| whole.contains(record)).count();
        prop_assert!(left.len() - n_true <= 1, "{} made up", left.len() - n_true);
        prop_assert!(n_true + 8 >= whole.len(), "{} of {} left", n_true, whole.len());
    }

    #[test]
    fn no_damage_panics(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        (from, to) in any::<(prop::sample::Index, prop::sample::Index)>(),
    ) {
        let mut file = rich_file();
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        let _ = decode(&file);
        let (from, to) = (from.index(file.len()), to.index(file.len()));
        file.extend_from_within(from.min(to)..from.max(to));
        let _ = decode(&file);
        file.drain(from.min(to)..from.max(to));
        let _ = decode(&file);
    }
}

/// A file of 200 records that all differ, of 15 bytes each, from byte 56 on.
fn steady_file() -> Vec<u8> {
    let fields = [[253, 4, 0x86], [5, 4, 0x86], [78, 4, 0x86], [3, 1, 2], [4, 1, 2]];
    let file = (0..200).fold(Writer::activity().define(0, 20, &fields), |file, second| {
        let words = [T0 + second, second * 260, 2600 + second % 7].map(u32::to_le_bytes).concat();
        file.raw(&[0]).raw(&words).raw(&[120 + (second % 40) as u8, 80])
    });
    file.session(0, 200, 1, 0).finish()
}

/// A file with something of everything in it.
fn rich_file() -> Vec<u8> {
    let file = Writer::activity().records(0..20, 120).timer(20, 4).timer(40, 0).records(40..50, 130);
    let file = file.define(1, 20, &[[3, 1, 2]]).raw(&[0xA0, 130, 0xA5, 131]);
    let file = file.message(19, &[(2, Value::U32(T0)), (7, Value::U32(20_000)), (71, Value::U16(0))]);
    let file = file.message(312, &[(0, Value::Enum(17)), (9, Value::U32(T0)), (27, Value::U32(T0 + 19))]);
    let file = step(file.message(26, &[(8, Value::Text("easy"))]), 0, (0, 1000), 2, &[]);
    let file = step(file, 1, (6, 0), 2, &[(4, Value::U32(3))]);
    let beat = [(253, Value::U32(T0)), (9, Value::U32(77)), (6, Value::U8(99))];
    let file = file.message(132, &beat).message(132, &[(6, Value::Raw(2, &[98, 97])), (10, Value::Raw(13, &[1; 3]))]);
    let file = file.message(34, &[(253, Value::U32(T0)), (5, Value::U32(T0 + 7200))]);
    file.session(0, 30, 1, 1).session(30, 40, 11, 0).finish()
}

fn records(activity: &Activity) -> Vec<Record> {
    activity.sessions.iter().flat_map(|session| session.records.clone()).collect()
}

#[track_caller]
fn check(file: Writer, expected: &Expect) {
    check_bytes(&file.finish(), expected);
}

#[track_caller]
fn check_bytes(bytes: &[u8], expected: &Expect) {
    expected.assert_eq(&describe(&decode(bytes).expect("an activity")));
}

/// An activity in words, with times in seconds since [`T0`].
fn describe(activity: &Activity) -> String {
    let mut text = String::new();
    for session in &activity.sessions {
        let start = session.start.map(second).unwrap_or_default();
        let indoor = if session.indoor { ", indoor" } else { "" };
        writeln!(text, "{:?} {:?}{indoor}, from {start}, {:?} s", session.sport, session.sport_name, session.elapsed_s)
            .expect("a string takes all");
        let mut line = |words: String| writeln!(text, "  {words}").expect("a string takes all");
        session.name.iter().for_each(|name| line(format!("named {name:?}")));
        for lap in &session.laps {
            let kind = lap.intensity.map_or("?".to_owned(), |kind| format!("{kind:?}"));
            line(format!(
                "lap {} {:?} s {kind} by {:?} {:?}",
                second(lap.start),
                lap.elapsed_s,
                lap.trigger,
                lap.workout_step
            ));
        }
        for split in &session.splits {
            line(format!("split {:?} {}..{}", split.kind, second(split.start), second(split.end)));
        }
        for pause in &session.pauses {
            line(format!("pause {}..{}", second(pause.start), second(pause.end)));
        }
        for step in &session.workout {
            line(format!("step {:?} {:?} {:?} {:?}", step.name, step.duration, step.intensity, step.target));
        }
        session.records.iter().for_each(|record| line(words(record)));
    }
    for note in &activity.notes {
        writeln!(text, "note {}: {}", note.id, note.message).expect("a string takes all");
    }
    text
}

fn words(record: &Record) -> String {
    let mut words = record.time().map_or("?".to_owned(), second);
    let mut add = |name: &str, value: Option<f64>| {
        if let Some(value) = value {
            write!(words, " {name}={value}").expect("a string takes all");
        }
    };
    add("lat", record.position().map(|p| (p.latitude() * 1e5).round() / 1e5));
    add("lon", record.position().map(|p| (p.longitude() * 1e5).round() / 1e5));
    add("gps", record.gps_accuracy());
    add("dist", record.distance().map(Distance::as_meters));
    add("alt", record.altitude());
    add("speed", record.speed().map(|v| (v.as_meters_per_second() * 1e3).round() / 1e3));
    add("hr", record.heart_rate().map(HeartRate::as_bpm));
    add("cad", record.raw_cadence());
    add("stance", record.stance_time_ms().map(|ms| (ms * 10.0).round() / 10.0));
    if let Some(motion) = record.motion() {
        write!(words, " {motion:?}").expect("a string takes all");
    }
    words
}

fn second(time: Timestamp) -> String {
    time.seconds_since(timestamp(T0)).to_string()
}
