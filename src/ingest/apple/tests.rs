use std::io::{self, Read};

use expect_test::{Expect, expect};

use super::*;
use crate::ingest::xml::tests::told;

/// A workout of a minute with a heart rate before it in the file, and what is added.
fn document(inside: &str, beside: &str) -> String {
    let workout = "<Workout workoutActivityType=\"HKWorkoutActivityTypeRunning\" duration=\"1\" durationUnit=\"min\" \
                   sourceName=\"Ana’s Watch\" device=\"&lt;&lt;HKDevice: 0x1&gt;, name:Apple Watch, model:Watch&gt;\" \
                   startDate=\"2026-01-01 01:00:00 +0100\" endDate=\"2026-01-01 01:01:00 +0100\">";
    let beat = record("HeartRate", "count/min", "Ana’s Watch", "00", "00", "120");
    format!(
        "<?xml version=\"1.0\"?><!DOCTYPE HealthData [<!ELEMENT HealthData (Record*)>]><HealthData locale=\"de_DE\">{beat}{beside}{workout}{inside}</Workout></HealthData>"
    )
}

/// A measurement by its seconds behind the start of the workout.
fn record(kind: &str, unit: &str, source: &str, start: &str, end: &str, value: &str) -> String {
    format!(
        "<Record value=\"{value}\" endDate=\"2026-01-01 01:00:{end} +0100\" unit=\"{unit}\" \
         type=\"HKQuantityTypeIdentifier{kind}\" startDate=\"2026-01-01 01:00:{start} +0100\" sourceName=\"{source}\"/>"
    )
}

fn check(inside: &str, beside: &str, expected: &Expect) {
    expected.assert_eq(&told(decode(document(inside, beside).as_bytes())));
}

#[test]
fn attributes_may_stand_in_any_order_and_the_heart_is_joined_by_time() {
    check(
        "",
        "",
        &expect![[r#"
        from Apple Watch
        Running `running`, start 00:00:00Z, offset 3600 s, timer 60 s
          00:00:00Z, 120 bpm"#]],
    );
    let after = format!("{}</HealthData>", record("HeartRate", "count/min", "Strap", "30", "30", "150"));
    let document = document("", "").replace("</HealthData>", &after);
    assert!(told(decode(document.as_bytes())).contains("150 bpm"), "behind the workouts too");
}

#[test]
fn totals_stand_in_attributes_or_in_elements() {
    let statistics =
        "<WorkoutStatistics type=\"HKQuantityTypeIdentifierDistanceWalkingRunning\" sum=\"0.1\" unit=\"mi\"/>";
    check(
        statistics,
        "",
        &expect![[r#"
        from Apple Watch
        Running `running`, start 00:00:00Z, offset 3600 s, timer 60 s, 160.9344 m
          00:00:00Z, 120 bpm"#]],
    );
}

#[test]
fn the_steps_of_the_watch_count_and_those_of_the_phone_where_there_are_none() {
    let steps = [
        record("StepCount", "count", "Ana’s iPhone", "00", "09", "99"),
        record("StepCount", "count", "Ana’s Watch", "00", "05", "10"),
        record("StepCount", "count", "Ana’s iPhone", "05", "10", "15"),
    ];
    let read = decode(document("", &steps.concat()).as_bytes()).expect("an activity");
    let cadence = |at: usize| read.sessions[0].records[at].raw_cadence().map(f64::round);
    // An average over some seconds on its way from 120 to the 180 of the phone.
    assert_eq!((cadence(0), cadence(4), cadence(9)), (Some(120.0), Some(120.0), Some(169.0)));
}

#[test]
fn pauses_and_laps_come_from_events() {
    let event = |kind: &str, second: &str, rest: &str| {
        format!("<WorkoutEvent type=\"HKWorkoutEventType{kind}\" date=\"2026-01-01 01:00:{second} +0100\"{rest}/>")
    };
    let twenty = " duration=\"20\" durationUnit=\"s\"";
    let inside = [
        event("Pause", "10", ""),
        event("Resume", "20", ""),
        event("MotionPaused", "50", ""),
        event("Lap", "00", twenty),
        event("Lap", "20", twenty),
        "<MetadataEntry key=\"HKTimeZone\" value=\"Pacific/Auckland\"/><MetadataEntry key=\"HKIndoorWorkout\" value=\"1\"/>".to_owned(),
    ];
    check(
        &inside.concat(),
        "",
        &expect![[r#"
        from Apple Watch
        Running `running/indoor`, start 00:00:00Z, offset 46800 s, timer 60 s, indoor
          lap 00:00:00Z [Some(20.0), None, None] None Some(Manual)
          lap 00:00:20Z [Some(20.0), None, None] None Some(Manual)
          pause 00:00:10Z to 00:00:20Z
          pause 00:00:50Z to 00:01:00Z
          00:00:00Z, 120 bpm"#]],
    );
    let segments = [("00", "20"), ("00", "30"), ("20", "20"), ("30", "30")]
        .map(|(second, length)| event("Segment", second, &format!(" duration=\"{length}\" durationUnit=\"s\"")));
    let laps = decode(document(&segments.concat(), "").as_bytes()).expect("an activity").sessions[0].laps.len();
    assert_eq!(laps, 2, "the kilometres, not the miles over them");
}

#[test]
fn effort_is_that_of_the_workout() {
    let effort = |start, end| record("WorkoutEffortScore", "appleEffortScore", "Ana’s iPhone", start, end, "4");
    let rpe = |beside: &str| decode(document("", beside).as_bytes()).expect("an activity").sessions[0].rpe;
    assert_eq!(rpe(&effort("00", "59")), Some(4.0));
    assert_eq!(rpe(""), None);
}

#[test]
fn what_is_not_on_foot_is_no_workout() {
    let ride = document("", "").replace("TypeRunning", "TypeCycling");
    expect!["nothing to judge: Apple Health export: 1 workout, none of them running, walking or hiking ()"]
        .assert_eq(&told(decode(ride.as_bytes())));
    assert!(decode(b"<HealthData><Record type=\"HKQuantityTypeIdentifierHeartRate\"").is_err());
}

/// Hands over a byte at a time, and fails where there is no more.
struct Cut<'a>(&'a [u8]);

impl Read for Cut<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let Some((first, rest)) = self.0.split_first() else { return Err(io::ErrorKind::UnexpectedEof.into()) };
        (bytes[0], self.0) = (*first, rest);
        Ok(1)
    }
}

#[test]
fn a_cut_export_has_what_was_in_front() {
    let text = document("<WorkoutEvent type=\"HKWorkoutEventTypePause\" date=\"2026-01-01 01:00:10 +0100\"/>", "");
    for end in 0..text.len() {
        let read = read(&mut Cut(&text.as_bytes()[..end]), &mut 0);
        let n_workouts = read.as_ref().map_or(0, Export::len);
        assert_eq!(n_workouts, usize::from(end >= text.find("</Workout>").unwrap() + 10), "{end}");
    }
}

#[test]
fn a_document_longer_than_a_piece_loses_nothing_between_two() {
    let n_records = 30_000;
    let beats: String = (0..n_records)
        .map(|n| {
            record("HeartRate", "count/min", "Ana’s Watch", &format!("{:02}", n % 60), &format!("{:02}", n % 60), "130")
        })
        .collect();
    let text = document("", &beats);
    assert!(text.len() > 4 << 20);
    let export = read(&mut text.as_bytes(), &mut 0).expect("an export");
    assert_eq!(export.columns.within(Kind::HeartRate, 0, u32::MAX).count(), n_records + 1);
}

#[test]
fn no_more_is_kept_than_anyone_runs() {
    let workout = |at: usize| {
        format!(
            "<Workout workoutActivityType=\"HKWorkoutActivityTypeRunning\" startDate=\"2026-01-01 00:00:{:02} +0000\" \
             endDate=\"2026-03-01 00:00:00 +0000\"/>",
            at % 60
        )
    };
    let many: String = (0..60).map(workout).collect();
    let export = read(&mut format!("<HealthData>{many}</HealthData>").as_bytes(), &mut 0).expect("an export");
    assert_eq!(export.len(), limits::EXPORT_AT_ONCE);
    assert_eq!(export.notes, [limits::left_out()]);
}
