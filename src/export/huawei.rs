//! Writes motion paths as a Huawei Health export has them, faults in its JSON included.

use std::fmt::Write as _;

use super::polar::text;
use crate::model::{Activity, Record, Session, Sport};
use crate::units::{Distance, HeartRate, Speed, Timestamp, UtcOffset};

/// Writes activities as a flat list. `cadence_factor` is 2 where the records count the steps of one leg.
pub fn activities(activities: &[Activity], cadence_factor: f64) -> String {
    let paths = activities.iter().flat_map(|activity| &activity.sessions).map(|session| path(session, cadence_factor));
    format!("[{}]", paths.collect::<Vec<_>>().join(","))
}

fn path(session: &Session, cadence_factor: f64) -> String {
    let sport = match (session.sport, session.indoor) {
        (Sport::Running, false) => 4,
        (Sport::Running, true) => 101,
        (Sport::Walking, _) => 5,
        _ => 3,
    };
    let times = || session.records.iter().filter_map(Record::time);
    let start = session.start.or_else(|| times().min()).unwrap_or(Timestamp::from_unix_seconds(0));
    let end = session.elapsed_s.map(|s| start.plus_seconds(s)).or_else(|| times().max()).unwrap_or(start);
    let minutes = session.utc_offset.map_or(0, UtcOffset::as_seconds) / 60;
    let zone = format!("{}{:02}{:02}", if minutes < 0 { '-' } else { '+' }, minutes.abs() / 60, minutes.abs() % 60);
    let millis = session.timer_s.map_or(0.0, |s| s * 1000.0).round();
    let meters = session.distance.map_or(0.0, Distance::as_meters).round();
    let track = format!("HW_EXT_TRACK_DETAIL@is{}&&HW_EXT_TRACK_SIMPLIFY@is{{}}", lines(session, cadence_factor));
    format!(
        "{{\"partTimeMap\":{{1.0:324.5,2.0:650.1}},\"sportType\":{sport},\"startTime\":{},\"endTime\":{},\"timeZone\":\"{zone}\",\
         \"totalDistance\":{meters},\"totalTime\":{millis},\"attribute\":{}}}",
        start.as_unix_millis(),
        end.as_unix_millis(),
        text(&track)
    )
}

/// The track, its lines sorted by kind; the place at which nobody runs stands where the timer stopped.
fn lines(session: &Session, cadence_factor: f64) -> String {
    let mut places: Vec<(Timestamp, String)> = Vec::new();
    for record in &session.records {
        if let (Some(time), Some(place)) = (record.time(), record.position()) {
            let altitude = record.altitude().unwrap_or(0.0);
            places.push((time, format!("lat={:.7};lon={:.7};alt={altitude:.2}", place.latitude(), place.longitude())));
        }
    }
    places.extend(session.pauses.iter().map(|pause| (pause.start, "lat=90.0;lon=-80.0;alt=0.0".to_owned())));
    places.sort_by_key(|place| place.0);
    let mut out = String::new();
    for (k, (time, place)) in places.iter().enumerate() {
        writeln!(out, "tp=lbs;k={k};{place};t={}E3;", time.as_unix_millis() as f64 / 1000.0).expect("into a string");
    }
    for kind in ["h-r", "s-r", "rs"] {
        for record in &session.records {
            let value = match kind {
                "h-r" => record.heart_rate().map(HeartRate::as_bpm),
                "s-r" => record.raw_cadence().map(|cadence| (cadence * cadence_factor).round()),
                _ => record.speed().map(|v| (Speed::as_meters_per_second(v) * 10.0).round()),
            };
            if let (Some(time), Some(value)) = (record.time(), value) {
                writeln!(out, "tp={kind};k={};v={value};", time.as_unix_millis()).expect("into a string");
            }
        }
    }
    out
}
