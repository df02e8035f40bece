//! Writes exports as Google Takeout has them of Google Health, once Fitbit.

use std::collections::BTreeMap;

use super::polar::text;
use super::xml::{moment, rounded};
use super::{span, steps};
use crate::model::{Activity, Record, Session, Sport};
use crate::units::{Distance, HeartRate, Timestamp};

/// Where the sessions are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// In a table, on UTC with the offset of the runner's clock.
    Table,
    /// In JSON, on a clock without an offset.
    List,
}

/// Seconds between heart rates, and those that the steps of the band are counted over.
const BEAT_S: usize = 5;
const PACE_S: i64 = 5;

const ROOT: &str = "Takeout/Google Health";

/// The files of the export of some activities, by their paths in it. `cadence_factor` is 2 where the records count the
/// steps of one leg.
pub fn export(activities: &[Activity], layout: Layout, cadence_factor: f64) -> Vec<(String, String)> {
    let sessions = || activities.iter().flat_map(|activity| &activity.sessions);
    let mut tables = Tables::default();
    for session in sessions() {
        tables.add(session, cadence_factor);
    }
    let list = match layout {
        Layout::Table => {
            (format!("{ROOT}/Health Fitness Data_GoogleData/UserExercises_2026-01-01.csv"), table(sessions()))
        }
        Layout::List => (format!("{ROOT}/Global Export Data/exercise-0.json"), list(sessions())),
    };
    std::iter::once(list).chain(tables.files()).collect()
}

fn name(session: &Session) -> &'static str {
    match (session.sport, session.indoor) {
        (Sport::Running, true) => "Treadmill",
        (Sport::Running, false) => "Outdoor Run",
        (Sport::Walking, _) => "Outdoor Walk",
        _ => "Sport",
    }
}

fn table<'a>(sessions: impl Iterator<Item = &'a Session>) -> String {
    let header = "exercise_id,exercise_start,exercise_end,utc_offset,activity_name,log_type,active_duration_ms,\
                  tracker_total_distance_mm,tracker_avg_heart_rate\n";
    let rows = sessions.enumerate().filter_map(|(at, session)| {
        let (start, end) = span::of(session)?;
        let time = |time: Timestamp| format!("{}+0000", span::local(time, 0.0));
        let (start, end, offset) = (time(start), time(end), span::offset(session, ":"));
        let ms = (span::timer_s(session) * 1000.0).round();
        let mm = session.distance.map_or(0.0, |way| (way.as_meters() * 1000.0).round());
        let bpm = mean_heart_rate(session).unwrap_or(0.0);
        Some(format!("{},{start},{end},{offset},{},TRACKER,{ms},{mm},{bpm}\n", at + 1, name(session)))
    });
    std::iter::once(header.to_owned()).chain(rows).collect()
}

fn list<'a>(sessions: impl Iterator<Item = &'a Session>) -> String {
    let items = sessions.enumerate().filter_map(|(at, session)| {
        let (start, end) = span::of(session)?;
        let (elapsed, active) = (end.seconds_since(start) * 1000.0, (span::timer_s(session) * 1000.0).round());
        let km = session.distance.map_or(0.0, Distance::as_kilometers);
        Some(format!(
            "{{\"logId\":{},\"activityName\":{},\"activityTypeId\":90009,\"activityLevel\":[{{\"minutes\":1,\"name\":\"very\"}}],\
             \"averageHeartRate\":{:.0},\"startTime\":\"{}\",\"duration\":{elapsed},\"activeDuration\":{active},\"distance\":{km},\
             \"distanceUnit\":\"Kilometer\",\"hasGps\":true}}",
            at + 1,
            text(name(session)),
            mean_heart_rate(session).unwrap_or(0.0),
            american(start, span::ahead_s(session)),
        ))
    });
    format!("[{}]", items.collect::<Vec<_>>().join(","))
}

/// `06/15/26 06:30:00` on a clock.
fn american(time: Timestamp, ahead_s: f64) -> String {
    let local = span::local(time, ahead_s);
    let part = |from: usize, to: usize| local.get(from..to).unwrap_or_default();
    format!("{}/{}/{} {}", part(5, 7), part(8, 10), part(2, 4), part(11, 19))
}

fn mean_heart_rate(session: &Session) -> Option<f64> {
    let (mut sum, mut n) = (0.0, 0.0);
    for bpm in session.records.iter().filter_map(Record::heart_rate) {
        (sum, n) = (sum + bpm.as_bpm(), n + 1.0);
    }
    (n > 0.0).then(|| rounded(sum / n))
}

/// The tables of what was measured, a file for each day.
#[derive(Default)]
struct Tables(BTreeMap<String, String>);

impl Tables {
    fn row(&mut self, kind: (&str, &str, &str), time: Timestamp, values: &str) {
        let (folder, stem, columns) = kind;
        let at = moment(time, None);
        let path =
            format!("{ROOT}/Physical Activity_GoogleData/{folder}{stem}_{}.csv", at.get(..10).unwrap_or_default());
        let file = self.0.entry(path).or_insert_with(|| format!("timestamp,{columns},data source\n"));
        file.push_str(&format!("{at},{values}\n"));
    }

    fn add(&mut self, session: &Session, cadence_factor: f64) {
        const PLACES: (&str, &str, &str) = ("", "gps_location", "latitude,longitude,altitude");
        const BEATS: (&str, &str, &str) = ("Heart Rate/", "heart_rate", "beats per minute");
        const PACES: (&str, &str, &str) =
            ("Live Pace/", "live_pace", "steps,distance millimeters,altitude gain millimeters");
        for (at, record) in session.records.iter().enumerate() {
            let Some(time) = record.time() else { continue };
            if let Some(place) = record.position() {
                let altitude = record.altitude().map_or(String::new(), |meters| rounded(meters).to_string());
                let (latitude, longitude) = (place.latitude(), place.longitude());
                self.row(PLACES, time, &format!("{latitude:.7},{longitude:.7},{altitude},Band"));
                // The phone in the pocket records the same way, some metres beside it and less often.
                if at.is_multiple_of(3) {
                    self.row(PLACES, time, &format!("{:.7},{longitude:.7},{altitude},Phone", latitude + 0.000_05));
                }
            }
            if let Some(bpm) = record.heart_rate().map(HeartRate::as_bpm).filter(|_| at.is_multiple_of(BEAT_S)) {
                self.row(BEATS, time, &format!("{bpm:.1},Band"));
            }
        }
        let mut way =
            session.records.iter().filter_map(|record| Some((record.time()?, record.distance()?.as_meters())));
        let mut last = 0.0;
        let counted = steps::counted(session, cadence_factor, PACE_S);
        if let Some(first) = counted.keys().next() {
            self.row(PACES, Timestamp::from_unix_seconds(first * PACE_S), "0,0,0,Band");
        }
        for (slot, count) in counted {
            let end = Timestamp::from_unix_seconds((slot + 1) * PACE_S);
            let so_far = way.by_ref().take_while(|(time, _)| *time < end).last().map_or(last, |(_, meters)| meters);
            let mm = ((so_far - last) * 1000.0).round().max(0.0);
            last = so_far.max(last);
            self.row(PACES, end, &format!("{count},{mm},0,Band"));
        }
    }

    fn files(self) -> impl Iterator<Item = (String, String)> {
        self.0.into_iter()
    }
}
