//! Sessions, laps, splits, pauses and workouts, device, runner and clock.

use expect_test::expect;

use super::super::decode;
use super::super::testing::{T0, Value, Writer, step};
use super::{check, check_bytes};
use crate::model::NoteId;
use crate::units::{HeartRate, UtcOffset};

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
    assert!(activity.notes.iter().any(|note| note.id == NoteId::WorkoutCutShort), "{:?}", activity.notes);

    let nothing_to_repeat = step(Writer::activity().records(0..2, 100), 0, (6, 0), 2, &[(4, Value::U32(9))]);
    let activity = decode(&nothing_to_repeat.finish()).expect("an activity");
    assert_eq!(activity.sessions[0].workout, []);
}

#[test]
fn the_clock_of_the_runner_must_be_one_of_earth() {
    let offset = |ahead: i64| {
        let local = (i64::from(T0) + ahead) as u32;
        let file = Writer::activity().records(0..2, 100);
        let file = file.message(34, &[(253, Value::U32(T0)), (5, Value::U32(local))]).finish();
        let activity = decode(&file).expect("an activity");
        let doubtful = activity.notes.iter().any(|note| note.id == NoteId::ClockDoubtful);
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
fn what_is_no_activity_is_refused_with_its_reason() {
    let refusal = |file: Vec<u8>| decode(&file).expect_err("no activity").cause;
    assert_eq!(refusal(Writer::new(5).finish()), "it holds a workout to be done, not one that was done");
    assert_eq!(
        refusal(step(Writer::new(14), 0, (0, 1000), 2, &[]).finish()),
        "it holds a workout to be done, not one that was done"
    );
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
