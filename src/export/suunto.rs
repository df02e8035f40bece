//! Writes logs as Suunto watches did before FIT, in JSON.

use std::fmt::Write as _;

use super::polar::text;
use super::xml::moment;
use crate::model::{Activity, LapTrigger, Record, Session, Sport};
use crate::units::{Distance, HeartRate, Speed, Timestamp};

/// Writes the first session of an activity. Cadence counts one leg, as it does in the records.
pub fn activity(activity: &Activity) -> String {
    let empty = Session::new(Sport::Unknown);
    let session = activity.sessions.first().unwrap_or(&empty);
    let mut out = String::from("{\"DeviceLog\":{\"Header\":{");
    let sport = if session.sport == Sport::Running { 3 } else { 1 };
    write!(out, "\"ActivityType\":{sport}").expect("into a string");
    if let Some(seconds) = session.timer_s {
        write!(out, ",\"Duration\":{seconds}").expect("into a string");
    }
    if let Some(way) = session.distance {
        write!(out, ",\"Distance\":{}", way.as_meters()).expect("into a string");
    }
    if let Some(start) = session.start {
        write!(out, ",\"DateTime\":\"{}\"", moment(start, session.utc_offset)).expect("into a string");
    }
    let device = activity.device.as_deref().unwrap_or("Ambit");
    write!(out, "}},\"Device\":{{\"Name\":{}}},\"Samples\":[", text(device)).expect("into a string");
    let mut samples: Vec<(Timestamp, String)> = Vec::new();
    for record in &session.records {
        let Some(time) = record.time() else { continue };
        // Positions stand in samples of their own.
        let place = record.position().map(|place| {
            format!("\"Latitude\":{},\"Longitude\":{}", place.latitude().to_radians(), place.longitude().to_radians())
        });
        samples.extend([Some(values(record)), place].into_iter().flatten().map(|values| (time, values)));
    }
    let paused = |is: bool| format!("\"Events\":[{{\"Pause\":{{\"State\":{is}}}}}]");
    for pause in &session.pauses {
        samples.extend([(pause.start, paused(true)), (pause.end, paused(false))]);
    }
    for lap in session.laps.iter().skip(1).filter(|lap| lap.trigger != Some(LapTrigger::Distance)) {
        samples.push((lap.start, "\"Events\":[{\"Lap\":{\"Type\":\"Manual\"}}]".to_owned()));
    }
    samples.sort_by_key(|sample| sample.0);
    let lines = samples
        .into_iter()
        .map(|(time, values)| format!("{{\"TimeISO8601\":\"{}\",{values}}}", moment(time, session.utc_offset)));
    out + &lines.collect::<Vec<_>>().join(",") + "]}}"
}

fn values(record: &Record) -> String {
    let hertz = |per_minute: f64| per_minute / 60.0;
    let values = [
        ("Speed", record.speed().map(Speed::as_meters_per_second)),
        ("Cadence", record.raw_cadence().map(hertz)),
        ("HR", record.heart_rate().map(HeartRate::as_bpm).map(hertz)),
        ("Altitude", record.altitude()),
        ("Distance", record.distance().map(Distance::as_meters)),
    ];
    let word = |value: Option<f64>| value.map_or("null".to_owned(), |value| value.to_string());
    values.map(|(name, value)| format!("\"{name}\":{}", word(value))).join(",")
}
