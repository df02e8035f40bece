//! Writes exports as adidas Running has them. They hold no steps.

use super::gpx::{self, Dialect};
use super::span;
use crate::model::{Activity, Record, Session, Sport};
use crate::units::{Distance, HeartRate, Timestamp};

/// How tracks are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tracks {
    /// As a list in JSON.
    Json,
    /// In GPX.
    Gpx,
}

/// The files of the export of some activities, by their paths in it.
pub fn export(activities: &[Activity], tracks: Tracks) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for (at, activity) in activities.iter().enumerate() {
        for session in &activity.sessions {
            let Some((start, end)) = span::of(session) else { continue };
            let stamp = span::local(start, 0.0).replace(' ', "_").replace(':', "-");
            let stem = format!("{stamp}-UTC_{at:08}");
            let path = |folder: &str, ending: &str| format!("Sport-sessions/{folder}{stem}.{ending}");
            files.push((path("", "json"), described(session, start, end)));
            match tracks {
                Tracks::Json => files.push((path("GPS-data/", "json"), track(session))),
                Tracks::Gpx => {
                    // On UTC.
                    let session = Session { utc_offset: None, ..session.clone() };
                    let one = Activity { sessions: vec![session], ..activity.clone() };
                    files.push((path("GPS-data/", "gpx"), gpx::activity(&one, Dialect::Phone)));
                }
            }
            files.push((path("Heart-rate-data/", "json"), heart_rates(session)));
        }
    }
    files
}

fn described(session: &Session, start: Timestamp, end: Timestamp) -> String {
    let number = match (session.sport, session.indoor) {
        (Sport::Running, false) => 1,
        (Sport::Running, true) => 14,
        (Sport::Walking, _) => 19,
        (Sport::Wheelchair, _) => 85,
        _ => 3,
    };
    let active_ms = (span::timer_s(session) * 1000.0).round();
    let pause_ms = (end.seconds_since(start) * 1000.0 - active_ms).max(0.0);
    let meters = session.distance.map_or(0.0, Distance::as_meters);
    let ahead_ms = span::ahead_s(session) * 1000.0;
    format!(
        "{{\"version\":1,\"sport_type_id\":\"{number}\",\"start_time\":{},\"end_time\":{},\"start_time_timezone_offset\":{ahead_ms},\
         \"end_time_timezone_offset\":{ahead_ms},\"duration\":{active_ms},\"pause\":{pause_ms},\"features\":[{{\"type\":\"track_metrics\",\
         \"attributes\":{{\"distance\":{meters}}}}}]}}",
        start.as_unix_millis(),
        end.as_unix_millis(),
    )
}

/// `2026-06-15 06:30:00 +0200`.
fn date(time: Timestamp, session: &Session) -> String {
    format!("{} {}", span::local(time, span::ahead_s(session)), span::offset(session, ""))
}

fn track(session: &Session) -> String {
    let item = |record: &Record| {
        let (time, place) = (record.time()?, record.position()?);
        Some(format!(
            "{{\"version\":1,\"timestamp\":\"{}\",\"longitude\":{:.7},\"latitude\":{:.7},\"altitude\":{}}}",
            date(time, session),
            place.longitude(),
            place.latitude(),
            record.altitude().unwrap_or(0.0),
        ))
    };
    format!("[{}]", session.records.iter().filter_map(item).collect::<Vec<_>>().join(","))
}

fn heart_rates(session: &Session) -> String {
    let item = |record: &Record| {
        let (time, bpm) = (record.time()?, record.heart_rate().map(HeartRate::as_bpm)?);
        Some(format!("{{\"version\":1,\"timestamp\":\"{}\",\"heart_rate\":{bpm}}}", date(time, session)))
    };
    format!("[{}]", session.records.iter().filter_map(item).collect::<Vec<_>>().join(","))
}
