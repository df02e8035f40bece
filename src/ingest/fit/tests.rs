//! Files made by hand, and what is read of them.

mod damage;
mod parts;
mod records;

use std::fmt::Write as _;

use expect_test::Expect;

use super::decode;
use super::testing::{T0, Writer};
use super::value::timestamp;
use crate::model::{Activity, Record};
use crate::units::{Distance, HeartRate, Timestamp};

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
