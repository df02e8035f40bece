//! Writes exports as Samsung Health has them.

use std::fmt::Write as _;

use super::span;
use crate::model::{Activity, Record, Session, Sport};
use crate::units::{Distance, HeartRate, Speed};

/// Whose shape to write in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Columns without a prefix, times on the runner's clock with an offset in milliseconds.
    Legacy,
    /// Columns with a prefix, times on UTC with an offset in words, and files in folders by their first digit.
    Current,
}

/// The files of the export of some activities, by their paths in it. `cadence_factor` is 2 where the records count the
/// steps of one leg.
pub fn export(activities: &[Activity], layout: Layout, cadence_factor: f64) -> Vec<(String, String)> {
    let (kind, prefix) = match layout {
        Layout::Legacy => ("com.samsung.health.exercise", ""),
        Layout::Current => ("com.samsung.shealth.exercise", "com.samsung.health.exercise."),
    };
    let root = "samsunghealth_runner_20261101100000";
    let columns = [
        "start_time",
        "end_time",
        "time_offset",
        "exercise_type",
        "duration",
        "distance",
        "mean_heart_rate",
        "live_data",
        "location_data",
        "datauuid",
    ];
    let header: Vec<String> = columns.iter().map(|column| format!("{prefix}{column}")).collect();
    let mut table = format!("{kind},6310039,11\n{}\n", header.join(","));
    let mut files = Vec::new();
    for (at, session) in activities.iter().flat_map(|activity| &activity.sessions).enumerate() {
        let Some((start, end)) = span::of(session) else { continue };
        let id = format!("{:x}7c4f2a1-0000-4000-8000-{at:012}", at % 16);
        let (ahead_s, offset) = match layout {
            Layout::Legacy => (span::ahead_s(session), format!("{}", span::ahead_s(session) * 1000.0)),
            Layout::Current => (0.0, format!("UTC{}", span::offset(session, ""))),
        };
        let time = |time| format!("{}.000", span::local(time, ahead_s));
        let cell = |what: &str| match layout {
            Layout::Legacy => format!("{id}.{what}"),
            Layout::Current => format!("{id}.com.samsung.health.exercise.{what}.json"),
        };
        let path = |what: &str| match layout {
            Layout::Legacy => format!("{root}/jsons/{kind}/{}.json", cell(what)),
            Layout::Current => format!("{root}/jsons/{kind}/{}/{}", at % 16, cell(what)),
        };
        let number = match (session.sport, session.indoor) {
            (Sport::Running, false) => 1002,
            (Sport::Running, true) => 15_005,
            (Sport::Walking, _) => 1001,
            _ => 11_007,
        };
        let meters = session.distance.map_or(0.0, Distance::as_meters);
        writeln!(
            table,
            "{},{},{offset},{number},{},{meters},{},{},{},{id}",
            time(start),
            time(end),
            (span::timer_s(session) * 1000.0).round(),
            session.mean_heart_rate.map_or(String::new(), |rate| rate.as_bpm().to_string()),
            cell("live_data"),
            cell("location_data"),
        )
        .expect("a string takes all that is written to it");
        files.push((path("live_data"), live(session, cadence_factor)));
        files.push((path("location_data"), places(session)));
    }
    files.insert(0, (format!("{root}/{kind}.20261101100000.csv"), table));
    files
}

fn live(session: &Session, cadence_factor: f64) -> String {
    let mut before = 0.0;
    let items = session.records.iter().filter_map(|record| {
        let mut item = format!("{{\"start_time\":{}", record.time()?.as_unix_millis());
        let way = record.distance().map(Distance::as_meters);
        let values = [
            ("heart_rate", record.heart_rate().map(HeartRate::as_bpm)),
            ("cadence", record.raw_cadence().map(|cadence| cadence * cadence_factor)),
            ("speed", record.speed().map(Speed::as_meters_per_second)),
            ("distance", way.map(|way| way - before)),
        ];
        before = way.unwrap_or(before);
        for (name, value) in values.into_iter().filter_map(|(name, value)| Some((name, value?))) {
            write!(item, ",\"{name}\":{value}").expect("a string takes all that is written to it");
        }
        Some(item + "}")
    });
    format!("[{}]", items.collect::<Vec<_>>().join(","))
}

fn places(session: &Session) -> String {
    let item = |record: &Record| {
        let (time, place) = (record.time()?, record.position()?);
        let altitude = record.altitude().map_or(String::new(), |meters| format!(",\"altitude\":{meters}"));
        Some(format!(
            "{{\"start_time\":{},\"latitude\":{:.7},\"longitude\":{:.7}{altitude},\"accuracy\":4.0}}",
            time.as_unix_millis(),
            place.latitude(),
            place.longitude()
        ))
    };
    format!("[{}]", session.records.iter().filter_map(item).collect::<Vec<_>>().join(","))
}
