//! Writes training sessions as a Polar Flow export has them, a JSON file each.

use std::fmt::Write as _;

use super::xml::rounded;
use crate::model::{Activity, Record, Session, Sport};
use crate::units::{Distance, HeartRate, Speed, Timestamp, UtcOffset};

/// Writes an activity on the runner's clock, without an offset in its times. Cadence counts one leg, as it does in the
/// records. Pauses are holes, and a lost sensor is not a number.
pub fn activity(activity: &Activity) -> String {
    let mut out = String::from("{\"exportVersion\":\"1.6\",\"name\":\"Running\",");
    if let Some(device) = &activity.device {
        write!(out, "\"product\":{{\"modelName\":{}}},", text(device)).expect("into a string");
    }
    let start = activity.sessions.iter().find_map(|session| session.start);
    if let Some((start, session)) = start.zip(activity.sessions.first()) {
        write!(out, "\"startTime\":\"{}\",", local(start, session.utc_offset)).expect("into a string");
    }
    let exercises: Vec<String> = activity.sessions.iter().map(exercise).collect();
    write!(out, "\"exercises\":[{}]}}", exercises.join(",")).expect("into a string");
    out
}

/// A signal of a record.
type Signal = fn(&Record) -> Option<f64>;

/// A text with what JSON needs escaped.
pub(super) fn text(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        c if c.is_control() => format!("\\u{:04x}", c as u32),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

/// A moment on the runner's clock with its milliseconds.
fn local(time: Timestamp, offset: Option<UtcOffset>) -> String {
    let seconds = f64::from(offset.map_or(0, UtcOffset::as_seconds));
    super::xml::moment_in_millis(time.plus_seconds(seconds)).trim_end_matches('Z').to_owned()
}

fn exercise(session: &Session) -> String {
    let word = match (session.sport, session.indoor) {
        (Sport::Running, true) => "TREADMILL_RUNNING",
        (Sport::Running, false) => "RUNNING",
        (Sport::Walking, _) => "WALKING",
        (Sport::Wheelchair, _) => "WHEELCHAIR_RACING",
        (Sport::Other | Sport::Unknown, _) => "OTHER",
    };
    let times = || session.records.iter().filter_map(Record::time);
    let start = session.start.or_else(|| times().min()).unwrap_or(Timestamp::from_unix_seconds(0));
    let stop = session.elapsed_s.map(|s| start.plus_seconds(s)).or_else(|| times().max()).unwrap_or(start);
    let minutes = session.utc_offset.map_or(0, UtcOffset::as_seconds) / 60;
    let mut out = format!(
        "{{\"startTime\":\"{}\",\"stopTime\":\"{}\",\"timezoneOffset\":{minutes},\"sport\":\"{word}\"",
        local(start, session.utc_offset),
        local(stop, session.utc_offset)
    );
    if let Some(seconds) = session.timer_s {
        write!(out, ",\"duration\":\"PT{seconds}S\"").expect("into a string");
    }
    if let Some(way) = session.distance {
        write!(out, ",\"distance\":{}", rounded(way.as_meters())).expect("into a string");
    }
    let streams: [(&str, Signal); 5] = [
        ("heartRate", |r| r.heart_rate().map(HeartRate::as_bpm)),
        ("altitude", Record::altitude),
        ("speed", |r| r.speed().map(|v| Speed::as_meters_per_second(v) * 3.6)),
        ("cadence", Record::raw_cadence),
        ("distance", |r| r.distance().map(Distance::as_meters)),
    ];
    out.push_str(",\"samples\":{");
    for (name, get) in streams {
        let samples = session.records.iter().filter_map(|record| {
            let value = get(record).map_or("NaN".to_owned(), |value| rounded(value).to_string());
            Some(format!("{{\"dateTime\":\"{}\",\"value\":{value}}}", local(record.time()?, session.utc_offset)))
        });
        write!(out, "\"{name}\":[{}],", samples.collect::<Vec<_>>().join(",")).expect("into a string");
    }
    let route = session.records.iter().filter_map(|record| {
        let (time, place) = (record.time()?, record.position()?);
        Some(format!(
            "{{\"dateTime\":\"{}\",\"longitude\":{:.7},\"latitude\":{:.7},\"altitude\":{}}}",
            local(time, session.utc_offset),
            place.longitude(),
            place.latitude(),
            record.altitude().map_or(0.0, rounded)
        ))
    });
    write!(out, "\"recordedRoute\":[{}]}}}}", route.collect::<Vec<_>>().join(",")).expect("into a string");
    out
}
