//! The export of Samsung Health: a table of exercises, and for each of them its measurements and its places in JSON.
//!
//! There are two layouts. In the older one columns have no prefix and times are the runner's, with an offset in
//! milliseconds beside them; in the newer one times are UTC, and the offset is a text.

use std::collections::HashMap;

use super::table::{Row, each_row};
use super::{Found, Maker, ReadFile, is_list_of};
use crate::ingest::json::{Event, Scanner, Value};
use crate::ingest::seconds::Seconds;
use crate::ingest::{clock, container, limits, pauses, xml};
use crate::model::{NoteId, Session, Sport};
use crate::units::{Distance, HeartRate, Position, Speed, Timestamp, UtcOffset};

/// What is left unread.
pub const UNREAD: &str = "other sports, steps of the day, sleep and all that is no exercise";

/// The numbers of the sports on foot, with their names; those under a roof are marked.
const SPORTS: &[(i64, Sport, &str, bool)] = &[
    (1001, Sport::Walking, "walking", false),
    (1002, Sport::Running, "running", false),
    (13_001, Sport::Walking, "hiking", false),
    (15_005, Sport::Running, "running/treadmill", true),
];

/// What stands before the name of each column.
const PREFIXES: [&str; 2] = ["com.samsung.health.exercise.", "com.samsung.shealth.exercise."];

/// True for the name of the table, and not for those beside it such as that of the weather.
pub fn is_list(file: &str) -> bool {
    let Some(rest) = PREFIXES.iter().find_map(|prefix| file.strip_prefix(prefix)) else { return false };
    let stamp = rest.strip_suffix(".csv").unwrap_or(if rest == "csv" { "" } else { "?" });
    stamp.bytes().all(|byte| byte.is_ascii_digit())
}

/// True for the table of exercises: its first line names it.
pub fn sniff(bytes: &[u8]) -> bool {
    let head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let names: [&[u8]; 2] = [b"com.samsung.shealth.exercise,", b"com.samsung.health.exercise,"];
    names.iter().any(|name| head.starts_with(name))
}

/// True for the table and the files of its exercises.
pub fn is_part(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("com.samsung.") || name.starts_with("jsons/")
}

/// The exercises on foot.
pub struct Lists {
    sessions: std::vec::IntoIter<Exercise>,
    /// The files in JSON, by their names without a folder.
    files: HashMap<String, String>,
    /// Exercises that are no sport on foot.
    pub n_others: usize,
}

/// One exercise, and the files of it as far as the table names them.
struct Exercise {
    session: Session,
    live: Vec<String>,
    places: Vec<String>,
}

impl Lists {
    /// Reads the tables.
    pub fn read(names: &[&str], read: &mut ReadFile) -> Self {
        let (mut all, mut n_others) = (Vec::new(), 0);
        for name in names.iter().filter(|name| is_list_of(Maker::Samsung, name)) {
            let Some(bytes) = read(name) else { continue };
            // The first line is none of the table.
            let from = bytes.iter().position(|&byte| byte == b'\n').map_or(0, |at| at + 1);
            let table = if sniff(&bytes) { &bytes[from..] } else { &bytes[..] };
            each_row(table, short, |row| {
                match exercise(row) {
                    Some(exercise) => all.push(exercise),
                    None => n_others += usize::from(row.bytes("start_time").is_some()),
                }
                all.len() < limits::EXPORT_WORKOUTS
            });
        }
        all.sort_by_key(|exercise| exercise.session.start);
        let is_json = |name: &&&str| name.to_ascii_lowercase().ends_with(".json") && name.contains("exercise");
        let file = |name: &&str| Some((name.rsplit('/').next()?.to_owned(), (*name).to_owned()));
        let files = names.iter().filter(is_json).filter_map(file).collect();
        Self { sessions: all.into_iter(), files, n_others }
    }

    /// How many are to come.
    pub fn n_ahead(&self) -> usize {
        self.sessions.len()
    }

    /// The next exercise with what was measured.
    pub fn next_session(&mut self, read: &mut ReadFile) -> Option<Found> {
        let Exercise { mut session, live, places } = self.sessions.next()?;
        let mut content = |names: &[String]| {
            let path = names.iter().find_map(|name| self.files.get(name))?;
            let bytes = read(path)?;
            // Some are packed, under names that do not say so.
            Some(if container::is_gzip(&bytes) { container::gunzip(&bytes).ok()?.bytes } else { bytes })
        };
        let mut seconds = Seconds::default();
        let live = content(&live).map_or_else(Vec::new, |bytes| samples(&bytes));
        let places = content(&places).map_or_else(Vec::new, |bytes| samples(&bytes));
        let offset_s = f64::from(session.utc_offset.map_or(0, UtcOffset::as_seconds));
        put(&mut seconds, &live, offset_s, &session);
        put(&mut seconds, &places, offset_s, &session);
        session.records = seconds.into_records();
        session.pauses = pauses::in_holes(&session);
        let mut found = Found::new(session);
        if !live.is_empty() && live.iter().all(|sample| sample.values[..4].iter().all(Option::is_none)) {
            found.note(
                NoteId::MeasurementsMissing,
                "the export has the times of the measurements and not the measurements themselves",
            );
        }
        Some(found)
    }
}

fn short(header: &str) -> &str {
    PREFIXES.iter().find_map(|prefix| header.strip_prefix(prefix)).unwrap_or(header)
}

/// The exercise of a row, where it is one on foot.
fn exercise(row: &Row) -> Option<Exercise> {
    let number = row.number("exercise_type")? as i64;
    let (_, sport, name, indoor) = SPORTS.iter().find(|sport| sport.0 == number)?;
    let written = row.text("time_offset").unwrap_or_default();
    let millis = written.parse::<i64>().ok();
    let offset = clock::offset(&written).or_else(|| UtcOffset::from_seconds(millis? / 1000));
    let is_utc = written.starts_with("UTC") || millis.is_none();
    let offset = if written == "UTC" { Some(UtcOffset::UTC) } else { offset };
    let behind_s = if is_utc { 0.0 } else { f64::from(offset.map_or(0, UtcOffset::as_seconds)) };
    let time = |column| row.time(column).map(|time| time.plus_seconds(-behind_s));
    let start = time("start_time")?;
    let positive = |column| row.number(column).filter(|number| *number > 0.0);
    let mut session = Session::new(*sport);
    (session.sport_name, session.indoor) = ((*name).to_owned(), *indoor);
    session.start = Some(start);
    session.utc_offset = offset;
    session.timer_s = positive("duration").map(|ms| ms / 1000.0);
    session.elapsed_s = time("end_time").map(|end| end.seconds_since(start)).filter(|s| *s > 0.0).or(session.timer_s);
    session.distance = positive("distance").map(Distance::from_meters);
    session.mean_heart_rate = positive("mean_heart_rate").map(HeartRate::from_bpm);
    session.name = row.text("title");
    let id = row.text("datauuid").unwrap_or_default();
    let names = |column: &str| {
        let cell = row.text(column).unwrap_or_default();
        vec![
            cell.clone(),
            format!("{cell}.json"),
            format!("{id}.{}{column}.json", PREFIXES[0]),
            format!("{id}.{column}.json"),
        ]
    };
    Some(Exercise { session, live: names("live_data"), places: names("location_data") })
}

/// One measurement: heart rate, cadence, speed, distance, latitude, longitude, altitude, accuracy.
#[derive(Debug, Default, Clone, Copy)]
struct Sample {
    time: Option<Moment>,
    values: [Option<f64>; 8],
}

/// A moment, and whether its text may be on the runner's clock.
#[derive(Debug, Clone, Copy)]
struct Moment {
    time: Timestamp,
    is_text: bool,
}

const KEYS: [&[u8]; 8] =
    [b"heart_rate", b"cadence", b"speed", b"distance", b"latitude", b"longitude", b"altitude", b"accuracy"];

fn samples(bytes: &[u8]) -> Vec<Sample> {
    let mut scanner = Scanner::new(bytes);
    let (mut samples, mut sample) = (Vec::new(), Sample::default());
    while let Some(event) = scanner.next_event() {
        match event {
            Event::Open(b"") => sample = Sample::default(),
            Event::Close(b"") if samples.len() < limits::RECORDS => {
                samples.extend(Some(std::mem::take(&mut sample)).filter(|sample| sample.time.is_some()));
            }
            Event::Leaf(b"start_time", value) => sample.time = moment(&value),
            Event::Leaf(key, value) => {
                if let Some(at) = KEYS.iter().position(|known| *known == key) {
                    sample.values[at] = value.number();
                }
            }
            Event::Open(_) | Event::Close(_) => {}
        }
    }
    samples
}

fn moment(value: &Value) -> Option<Moment> {
    let of_number = || Some(Moment { time: clock::since_1970(value.number()?)?, is_text: false });
    of_number().or_else(|| Some(Moment { time: xml::moment(value.text().as_bytes())?.time, is_text: true }))
}

/// Puts samples to the records of their seconds, those that lie within the session. Times in words are UTC, or on the
/// runner's clock where that lets them begin with the session.
fn put(seconds: &mut Seconds, samples: &[Sample], offset_s: f64, session: &Session) {
    let (Some(start), Some(first)) =
        (session.start, samples.iter().filter_map(|sample| sample.time).min_by_key(|m| m.time))
    else {
        return;
    };
    let apart = first.time.seconds_since(start);
    let is_local = first.is_text && apart.abs() > NEAR_S && (apart - offset_s).abs() <= NEAR_S;
    let behind_s = if is_local { offset_s } else { 0.0 };
    let length = session.elapsed_s.unwrap_or(f64::from(limits::EXPORT_WORKOUT_S));
    let is_whole = is_whole_way(samples, session.distance);
    let mut way = 0.0;
    for sample in samples {
        let Some(time) = sample.time.map(|moment| moment.time.plus_seconds(-behind_s)) else { continue };
        if !(-NEAR_S..=length + NEAR_S).contains(&time.seconds_since(start)) {
            continue;
        }
        let Some(record) = seconds.at(time) else { break };
        let [heart_rate, cadence, speed, distance, latitude, longitude, altitude, accuracy] = sample.values;
        if let Some(bpm) = heart_rate.filter(|bpm| *bpm > 0.0) {
            record.set_heart_rate(HeartRate::from_bpm(bpm));
        }
        if let Some(cadence) = cadence.filter(|cadence| *cadence >= 0.0) {
            record.set_raw_cadence(cadence);
        }
        if let Some(speed) = speed.filter(|speed| *speed >= 0.0) {
            record.set_speed(Speed::from_meters_per_second(speed));
        }
        if let (Some(meters), Some(is_whole)) = (distance.filter(|meters| *meters >= 0.0), is_whole) {
            way = if is_whole { meters } else { way + meters };
            record.set_distance(Distance::from_meters(way));
        }
        if let Some(place) = latitude.zip(longitude).and_then(|(lat, lon)| Position::from_degrees(lat, lon)) {
            record.set_position(place);
            record.set_altitude(altitude.unwrap_or(f64::NAN));
            if let Some(meters) = accuracy.filter(|meters| (0.0..255.0).contains(meters)) {
                record.set_gps_accuracy(meters as u8);
            }
        }
    }
}

/// Samples that begin further from the start of the session are on another clock, in seconds.
const NEAR_S: f64 = 600.0;

/// True where distances count from the start, false where each counts from the one before: the way that the table states
/// decides, and without it there is no telling.
fn is_whole_way(samples: &[Sample], stated: Option<Distance>) -> Option<bool> {
    let meters = || samples.iter().filter_map(|sample| sample.values[3]);
    let (stated, last) = (stated?.as_meters(), meters().next_back()?);
    let sum: f64 = meters().sum();
    Some((last - stated).abs() < (sum - stated).abs())
}
