//! Writes TCX files.

use super::xml::{self, element, line, rounded};
use crate::model::{Activity, Intensity, Lap, LapTrigger, Record, Session, Sport};
use crate::units::{HeartRate, Speed, Timestamp};

/// Writes an activity as a TCX file. Records without a time are left out, as TCX has no place for them.
pub fn activity(activity: &Activity) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TrainingCenterDatabase\n  \
                   xmlns=\"http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2\"\n  \
                   xmlns:ns3=\"http://www.garmin.com/xmlschemas/ActivityExtension/v2\"\n  \
                   xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n  <Activities>\n"
        .to_owned();
    for session in &activity.sessions {
        write_session(&mut out, session, activity.device.as_deref());
    }
    out.push_str("  </Activities>\n</TrainingCenterDatabase>\n");
    out
}

fn write_session(out: &mut String, session: &Session, device: Option<&str>) {
    let sport = match session.sport {
        Sport::Running => "Running",
        Sport::Walking | Sport::Wheelchair | Sport::Other | Sport::Unknown => "Other",
    };
    line(out, 2, &format!("<Activity Sport=\"{sport}\">"));
    if let Some(start) = start_of(session) {
        element(out, 3, "Id", xml::moment_in_millis(start));
    }
    for (lap, records) in laps(session) {
        write_lap(out, &lap, records, session);
    }
    if let Some(name) = &session.name {
        element(out, 3, "Notes", xml::text(name));
    }
    if let Some(device) = device {
        line(out, 3, "<Creator xsi:type=\"Device_t\">");
        element(out, 4, "Name", xml::text(device));
        element(out, 4, "UnitId", 0);
        element(out, 4, "ProductID", 0);
        line(out, 3, "</Creator>");
    }
    line(out, 2, "</Activity>");
}

fn start_of(session: &Session) -> Option<Timestamp> {
    session.start.or_else(|| session.records.iter().find_map(Record::time))
}

/// The laps with their records; one lap around all of them where the session has none.
fn laps(session: &Session) -> Vec<(Lap, &[Record])> {
    let mut laps = session.laps.clone();
    laps.sort_by_key(|lap| lap.start);
    if laps.is_empty() {
        let Some(start) = start_of(session) else { return Vec::new() };
        let (elapsed_s, timer_s, distance) = (session.elapsed_s, session.timer_s, session.distance);
        laps.push(Lap {
            start,
            elapsed_s,
            timer_s,
            distance,
            mean_heart_rate: None,
            intensity: None,
            trigger: None,
            workout_step: None,
        });
    }
    let mut rest = session.records.as_slice();
    let next_starts: Vec<Option<Timestamp>> =
        laps.iter().skip(1).map(|lap| Some(lap.start)).chain(std::iter::once(None)).collect();
    laps.into_iter()
        .zip(next_starts)
        .map(|(lap, next)| {
            let is_next = |record: &Record| record.time().zip(next).is_some_and(|(time, next)| time >= next);
            let end = rest.iter().position(is_next).unwrap_or(rest.len());
            let (records, behind) = rest.split_at(end);
            rest = behind;
            (lap, records)
        })
        .collect()
}

fn write_lap(out: &mut String, lap: &Lap, records: &[Record], session: &Session) {
    line(out, 3, &format!("<Lap StartTime=\"{}\">", xml::moment_in_millis(lap.start)));
    if let Some(seconds) = lap.timer_s {
        element(out, 4, "TotalTimeSeconds", rounded(seconds));
    }
    if let Some(distance) = lap.distance {
        element(out, 4, "DistanceMeters", rounded(distance.as_meters()));
    }
    let top = records.iter().filter_map(Record::speed).map(Speed::as_meters_per_second).reduce(f64::max);
    if let Some(top) = top {
        element(out, 4, "MaximumSpeed", rounded(top));
    }
    // The schema wants the energy, which nobody measured.
    element(out, 4, "Calories", 0);
    let beats: Vec<f64> = records.iter().filter_map(Record::heart_rate).map(HeartRate::as_bpm).collect();
    if let Some(top) = beats.iter().copied().reduce(f64::max) {
        let mean = beats.iter().sum::<f64>() / beats.len() as f64;
        heart_rate(out, 4, "AverageHeartRateBpm", mean);
        heart_rate(out, 4, "MaximumHeartRateBpm", top);
    } else if let Some(mean) = lap.mean_heart_rate {
        heart_rate(out, 4, "AverageHeartRateBpm", mean.as_bpm());
    }
    element(
        out,
        4,
        "Intensity",
        match lap.intensity {
            Some(Intensity::Rest | Intensity::Recovery) => "Resting",
            _ => "Active",
        },
    );
    element(
        out,
        4,
        "TriggerMethod",
        match lap.trigger {
            Some(LapTrigger::Time) => "Time",
            Some(LapTrigger::Distance) => "Distance",
            Some(LapTrigger::Other) => "Location",
            Some(LapTrigger::Manual | LapTrigger::SessionEnd) | None => "Manual",
        },
    );
    for part in xml::parts(records, &session.pauses) {
        line(out, 4, "<Track>");
        for record in part {
            point(out, record);
        }
        line(out, 4, "</Track>");
    }
    line(out, 3, "</Lap>");
}

fn point(out: &mut String, record: &Record) {
    let Some(time) = record.time() else { return };
    line(out, 5, "<Trackpoint>");
    element(out, 6, "Time", xml::moment_in_millis(time));
    if let Some(position) = record.position() {
        line(out, 6, "<Position>");
        element(out, 7, "LatitudeDegrees", position.latitude());
        element(out, 7, "LongitudeDegrees", position.longitude());
        line(out, 6, "</Position>");
    }
    if let Some(meters) = record.altitude() {
        element(out, 6, "AltitudeMeters", rounded(meters));
    }
    if let Some(distance) = record.distance() {
        element(out, 6, "DistanceMeters", rounded(distance.as_meters()));
    }
    if let Some(rate) = record.heart_rate() {
        heart_rate(out, 6, "HeartRateBpm", rate.as_bpm());
    }
    let speed = record.speed().map(Speed::as_meters_per_second);
    if speed.is_some() || record.raw_cadence().is_some() {
        line(out, 6, "<Extensions>");
        line(out, 7, "<ns3:TPX>");
        if let Some(speed) = speed {
            element(out, 8, "ns3:Speed", rounded(speed));
        }
        if let Some(cadence) = record.raw_cadence() {
            element(out, 8, "ns3:RunCadence", cadence.round());
        }
        line(out, 7, "</ns3:TPX>");
        line(out, 6, "</Extensions>");
    }
    line(out, 5, "</Trackpoint>");
}

fn heart_rate(out: &mut String, depth: usize, name: &str, bpm: f64) {
    line(out, depth, &format!("<{name}>"));
    element(out, depth + 1, "Value", bpm.round());
    line(out, depth, &format!("</{name}>"));
}
