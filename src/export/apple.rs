//! Writes Apple Health exports in the shape that phones give them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{steps, xml};
use crate::model::{Activity, LapTrigger, Record, Session, Sport};
use crate::units::{HeartRate, Speed, Timestamp, UtcOffset};

/// Whose shape to write in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// Totals are attributes of the workout, and there is no running speed.
    BeforeIos16,
    /// Totals are elements of their own.
    Ios16,
}

/// The clock that dates are written in.
const ZONE: i64 = 7200;
/// Seconds between heart rates, and those that steps and speed are counted over.
const BEAT_S: usize = 5;
const STEPS_S: i64 = 5;
const SPEED_S: usize = 3;
/// Seconds that the phone counts steps over, in the runner's pocket.
const PHONE_S: i64 = 300;

const WATCH: &str = "sourceName=\"Ana’s Apple&#160;Watch\" sourceVersion=\"11.1\" device=\"&lt;&lt;HKDevice: 0x3000&gt;, \
                     name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch6,7, software:11.1&gt;\"";
const PHONE: &str = "sourceName=\"Ana’s iPhone\" sourceVersion=\"18.1\" device=\"&lt;&lt;HKDevice: 0x3001&gt;, name:iPhone, \
                     manufacturer:Apple Inc., model:iPhone, hardware:iPhone14,5, software:18.1&gt;\"";

/// The files of the export of some activities, by their paths in it. `cadence_factor` is 2 where the records count the
/// steps of one leg.
pub fn export(activities: &[Activity], version: Version, cadence_factor: f64) -> Vec<(String, String)> {
    let mut records = String::new();
    let (mut workouts, mut files) = (String::new(), Vec::new());
    for session in activities.iter().flat_map(|activity| &activity.sessions) {
        write_measurements(&mut records, session, version, cadence_factor);
        let route = route(session).map(|gpx| {
            let path = format!("workout-routes/route_{}.gpx", files.len());
            files.push((format!("apple_health_export/{path}"), gpx));
            path
        });
        write_workout(&mut workouts, session, version, route.as_deref());
    }
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE HealthData [\n<!ELEMENT HealthData (ExportDate,Me,(Record|Workout)*)>\n\
         <!ATTLIST HealthData\n  locale CDATA #REQUIRED\n>\n]>\n<HealthData locale=\"en_DE\">\n <ExportDate value=\"2026-11-01 \
         10:00:00 +0200\"/>\n <Me HKCharacteristicTypeIdentifierBiologicalSex=\"HKBiologicalSexNotSet\"/>\n{records}{workouts}\
         </HealthData>\n"
    );
    files.insert(0, ("apple_health_export/export.xml".to_owned(), document));
    files
}

/// A date as the export has it, without its fraction.
fn date(time: Timestamp) -> String {
    let whole = Timestamp::from_unix_seconds(time.as_unix_millis().div_euclid(1000));
    let text = whole.to_rfc3339(UtcOffset::from_seconds(ZONE));
    let (date, rest) = text.split_once('T').unwrap_or((&text, ""));
    format!("{date} {} {}", &rest[..rest.len().min(8)], "+0200")
}

/// One measurement.
fn measurement(out: &mut String, kind: &str, unit: &str, source: &str, span: (Timestamp, Timestamp), value: f64) {
    let (start, end) = (date(span.0), date(span.1));
    writeln!(
        out,
        " <Record type=\"HKQuantityTypeIdentifier{kind}\" {source} unit=\"{unit}\" creationDate=\"{end}\" startDate=\"{start}\" \
         endDate=\"{end}\" value=\"{value}\"/>"
    )
    .expect("a string takes all that is written to it");
}

fn write_measurements(out: &mut String, session: &Session, version: Version, cadence_factor: f64) {
    let timed: Vec<(Timestamp, &Record)> = session.records.iter().filter_map(|r| Some((r.time()?, r))).collect();
    for (time, record) in timed.iter().step_by(BEAT_S) {
        if let Some(bpm) = record.heart_rate().map(HeartRate::as_bpm) {
            measurement(out, "HeartRate", "count/min", WATCH, (*time, *time), bpm);
        }
    }
    let steps = steps::counted(session, cadence_factor, STEPS_S);
    let at = |slot: i64| Timestamp::from_unix_seconds(slot * STEPS_S);
    for (&slot, &count) in &steps {
        measurement(out, "StepCount", "count", WATCH, (at(slot), at(slot + 1)), count);
    }
    let mut of_phone: BTreeMap<i64, f64> = BTreeMap::new();
    for (slot, count) in &steps {
        *of_phone.entry(slot * STEPS_S / PHONE_S).or_default() += count;
    }
    for (slot, count) in of_phone {
        let at = |slot: i64| Timestamp::from_unix_seconds(slot * PHONE_S);
        measurement(out, "StepCount", "count", PHONE, (at(slot), at(slot + 1)), (count * 0.97).round());
    }
    for chunk in timed.chunks(SPEED_S) {
        let speeds: Vec<f64> = chunk.iter().filter_map(|(_, r)| Some(r.speed()?.as_meters_per_second())).collect();
        let span = (chunk[0].0, chunk[0].0.plus_seconds(SPEED_S as f64));
        if speeds.is_empty() || steps::is_paused(span.0, &session.pauses) {
            continue;
        }
        let mean = speeds.iter().sum::<f64>() / speeds.len() as f64;
        match version {
            Version::Ios16 => measurement(out, "RunningSpeed", "km/hr", WATCH, span, mean * 3.6),
            Version::BeforeIos16 => {
                let way = mean * SPEED_S as f64 / 1000.0;
                measurement(out, "DistanceWalkingRunning", "km", WATCH, span, way);
            }
        }
    }
    if let Some((effort, span)) = session.rpe.zip(span(session)) {
        measurement(out, "WorkoutEffortScore", "appleEffortScore", PHONE, span, effort);
    }
}

/// When a session began and ended.
fn span(session: &Session) -> Option<(Timestamp, Timestamp)> {
    let times = || session.records.iter().filter_map(Record::time);
    let start = session.start.or_else(|| times().min())?;
    Some((start, session.elapsed_s.map(|s| start.plus_seconds(s)).or_else(|| times().max())?))
}

fn write_workout(out: &mut String, session: &Session, version: Version, route: Option<&str>) {
    let Some((start, end)) = span(session) else { return };
    let kind = match session.sport {
        Sport::Running => "Running",
        Sport::Walking => "Walking",
        Sport::Wheelchair => "WheelchairRunPace",
        Sport::Other | Sport::Unknown => "Other",
    };
    let paused: f64 = session.pauses.iter().map(|pause| pause.end.seconds_since(pause.start)).sum();
    let minutes = session.timer_s.unwrap_or(end.seconds_since(start) - paused) / 60.0;
    let km = session.distance.map(|way| way.as_meters() / 1000.0);
    let totals = km.filter(|_| version == Version::BeforeIos16);
    let totals = totals.map_or(String::new(), |km| format!(" totalDistance=\"{km}\" totalDistanceUnit=\"km\""));
    let (start, end) = (date(start), date(end));
    let mut line = |text: String| writeln!(out, "{text}").expect("a string takes all that is written to it");
    line(format!(
        " <Workout workoutActivityType=\"HKWorkoutActivityType{kind}\" duration=\"{minutes}\" durationUnit=\"min\"{totals} {WATCH} \
         creationDate=\"{end}\" startDate=\"{start}\" endDate=\"{end}\">"
    ));
    let indoor = u8::from(session.indoor || route.is_none());
    line(format!("  <MetadataEntry key=\"HKIndoorWorkout\" value=\"{indoor}\"/>"));
    line("  <MetadataEntry key=\"HKTimeZone\" value=\"Europe/Berlin\"/>".to_owned());
    for pause in &session.pauses {
        for (name, time) in [("Pause", pause.start), ("Resume", pause.end)] {
            line(format!("  <WorkoutEvent type=\"HKWorkoutEventType{name}\" date=\"{}\"/>", date(time)));
        }
    }
    for lap in session.laps.iter().filter(|_| session.laps.len() > 1) {
        let name = if lap.trigger == Some(LapTrigger::Distance) { "Segment" } else { "Lap" };
        let minutes = lap.elapsed_s.or(lap.timer_s).unwrap_or(0.0) / 60.0;
        line(format!(
            "  <WorkoutEvent type=\"HKWorkoutEventType{name}\" date=\"{}\" duration=\"{minutes}\" durationUnit=\"min\"/>",
            date(lap.start)
        ));
    }
    if let (Version::Ios16, Some(km)) = (version, km) {
        line(format!(
            "  <WorkoutStatistics type=\"HKQuantityTypeIdentifierDistanceWalkingRunning\" startDate=\"{start}\" endDate=\"{end}\" \
             sum=\"{km}\" unit=\"km\"/>"
        ));
    }
    if let Some(path) = route {
        line(format!("  <WorkoutRoute {WATCH} creationDate=\"{end}\" startDate=\"{start}\" endDate=\"{end}\">"));
        line(format!("   <FileReference path=\"/{path}\"/>\n  </WorkoutRoute>"));
    }
    line(" </Workout>".to_owned());
}

/// The route of a session; `None` where it has no positions.
fn route(session: &Session) -> Option<String> {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"Apple Health Export\" \
                   xmlns=\"http://www.topografix.com/GPX/1/1\">\n  <trk>\n    <name>Route</name>\n    <trkseg>\n"
        .to_owned();
    let mut n_points = 0;
    for record in &session.records {
        let (Some(time), Some(place)) = (record.time(), record.position()) else { continue };
        n_points += 1;
        let time = xml::moment(time, None);
        let high = record.altitude().map_or(String::new(), |m| format!("<ele>{m:.6}</ele>"));
        let speed = record.speed().map(Speed::as_meters_per_second);
        let speed = speed.map_or(String::new(), |v| format!("<speed>{v:.6}</speed>"));
        writeln!(
            out,
            "      <trkpt lon=\"{:.6}\" lat=\"{:.6}\">{high}<time>{time}</time><extensions>{speed}<course>0</course><hAcc>3.5</hAcc>\
             <vAcc>2.5</vAcc></extensions></trkpt>",
            place.longitude(),
            place.latitude(),
        )
        .expect("a string takes all that is written to it");
    }
    out.push_str("    </trkseg>\n  </trk>\n</gpx>\n");
    (n_points > 0).then_some(out)
}
