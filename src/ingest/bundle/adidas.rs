//! The export of adidas Running, once Runtastic: a file in JSON for each session, its track and its heart rates beside it.

use std::collections::BTreeSet;

use super::{Found, Maker, ReadFile, has_ending, is_list_of};
use crate::ingest::json::{Event, Scanner, Value};
use crate::ingest::seconds::Seconds;
use crate::ingest::{clock, gpx, limits, pauses, xml};
use crate::model::{NoteId, Session, Sport};
use crate::units::{Distance, HeartRate, Position, Timestamp, UtcOffset};

/// What is left unread.
pub const UNREAD: &str = "other sports, speeds (positions tell them) and all that is no session; steps are not in it";

/// The numbers of the sports on foot, with their names; those under a roof are marked.
const SPORTS: &[(i64, Sport, &str, bool)] = &[
    (1, Sport::Running, "running", false),
    (2, Sport::Walking, "nordic walking", false),
    (7, Sport::Walking, "hiking", false),
    (13, Sport::Walking, "snowshoeing", false),
    (14, Sport::Running, "running/treadmill", true),
    (19, Sport::Walking, "walking", false),
    (82, Sport::Running, "trail running", false),
    (84, Sport::Running, "plogging", false),
    (85, Sport::Wheelchair, "wheelchair", false),
];

/// The folder of the sessions, and those of what was measured.
const SESSIONS: &str = "Sport-sessions/";
const TRACKS: &str = "GPS-data/";
const HEART_RATES: &str = "Heart-rate-data/";

/// True for a session: an object with its sport and its times near its beginning.
pub fn sniff(bytes: &[u8]) -> bool {
    let head = bytes.trim_ascii_start();
    let has = |text: &[u8]| memchr::memmem::find(&head[..head.len().min(limits::HEAD_BYTES as usize)], text).is_some();
    head.starts_with(b"{") && has(b"\"start_time_timezone_offset\"") && has(b"\"start_time\"")
}

/// The sessions by their files, which are read one at a time.
pub struct Lists {
    /// The names of the sessions' files, without folder and ending, and with the folder before them as it is written.
    stems: std::vec::IntoIter<(String, String)>,
    /// All files of the folder.
    names: BTreeSet<String>,
    /// Sessions that are no sport on foot.
    pub n_others: usize,
}

impl Lists {
    /// Looks for the sessions.
    pub fn read(names: &[&str]) -> Self {
        let stem = |name: &&&str| {
            if !is_list_of(Maker::Adidas, name) {
                return None;
            }
            let (folder, file) = name.split_at(name.get(..SESSIONS.len())?.len());
            Some((folder.to_owned(), file.get(..file.len().checked_sub(".json".len())?)?.to_owned()))
        };
        let mut stems: Vec<(String, String)> = names.iter().filter_map(|name| stem(&name)).collect();
        stems.sort();
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        Self { stems: stems.into_iter(), names, n_others: 0 }
    }

    /// How many are to come, sports that are not on foot among them.
    pub fn n_ahead(&self) -> usize {
        self.stems.len()
    }

    /// True for a session, and for the files of one.
    pub fn is_part(&self, name: &str) -> bool {
        let Some((folder, file)) = name.get(..SESSIONS.len()).zip(name.get(SESSIONS.len()..)) else { return false };
        let stem = |file: &str| file.rsplit_once('.').map_or(file.to_owned(), |(stem, _)| stem.to_owned());
        folder.eq_ignore_ascii_case(SESSIONS)
            && match file.rsplit_once('/') {
                None => has_ending(file, ".json"),
                // A track without its session is a run of its own.
                Some((_, file)) => self.names.contains(&format!("{folder}{}.json", stem(file))),
            }
    }

    /// The next session on foot with what was measured.
    pub fn next_session(&mut self, read: &mut ReadFile) -> Option<Found> {
        loop {
            let (folder, stem) = self.stems.next()?;
            let parts = read(&format!("{folder}{stem}.json")).map(|bytes| Parts::read(&bytes)).unwrap_or_default();
            let Some(mut session) = parts.session() else {
                self.n_others += 1;
                continue;
            };
            let mut seconds = Seconds::default();
            if let Some(track) = read(&format!("{folder}{TRACKS}{stem}.json")) {
                put(&mut seconds, &track);
            } else if let Some(track) =
                read(&format!("{folder}{TRACKS}{stem}.gpx")).and_then(|bytes| gpx::decode(&bytes).ok())
            {
                for record in track.sessions.iter().flat_map(|session| &session.records) {
                    let Some(kept) = record.time().and_then(|time| seconds.at(time)) else { continue };
                    *kept = kept.or(record);
                }
                session.pauses = track.sessions.into_iter().flat_map(|session| session.pauses).collect();
            }
            if let Some(beats) = read(&format!("{folder}{HEART_RATES}{stem}.json")) {
                put(&mut seconds, &beats);
            }
            session.records = seconds.into_records();
            if session.pauses.is_empty() {
                session.pauses = pauses::in_holes(&session);
            }
            let mut found = Found::new(session);
            found.note(
                NoteId::NoSteps,
                "the export has no steps of this session: running and walking are told apart by speed alone",
            );
            return Some(found);
        }
    }
}

/// The parts of a session in JSON.
#[derive(Debug, Default)]
struct Parts {
    sport: Option<i64>,
    start: Option<Timestamp>,
    end: Option<Timestamp>,
    offset_ms: Option<f64>,
    active_ms: Option<f64>,
    pause_ms: Option<f64>,
    distance_m: Option<f64>,
    mean_heart_rate: Option<f64>,
}

impl Parts {
    fn read(bytes: &[u8]) -> Self {
        let mut scanner = Scanner::new(bytes);
        let mut parts = Self::default();
        while let Some(event) = scanner.next_event() {
            match event {
                Event::Leaf(b"id", value) if scanner.above(0) == b"sport_type" => {
                    parts.sport = parts.sport.or(value.number().map(|number| number as i64));
                }
                Event::Leaf(key, value) if scanner.above(0).is_empty() || scanner.above(0) == b"attributes" => {
                    parts.set(key, &value);
                }
                Event::Open(_) | Event::Close(_) | Event::Leaf(..) => {}
            }
        }
        parts
    }

    /// Takes in a value; what the session itself says stands before what its features repeat.
    fn set(&mut self, key: &[u8], value: &Value) {
        let number = || value.number();
        let positive = || value.number().filter(|number| *number > 0.0);
        match key {
            b"sport_type_id" => self.sport = number().map(|number| number as i64),
            b"start_time" => self.start = self.start.or_else(|| moment(value)),
            b"end_time" => self.end = self.end.or_else(|| moment(value)),
            b"start_time_timezone_offset" => self.offset_ms = self.offset_ms.or(number()),
            b"duration" => self.active_ms = self.active_ms.or(positive()),
            b"pause" => self.pause_ms = self.pause_ms.or(number()),
            b"distance" => self.distance_m = self.distance_m.or(positive()),
            b"pulse_avg" => self.mean_heart_rate = self.mean_heart_rate.or(positive()),
            _ => {}
        }
    }

    /// The session, where it is one on foot.
    fn session(self) -> Option<Session> {
        let number = self.sport?;
        let (_, sport, name, indoor) = SPORTS.iter().find(|sport| sport.0 == number)?;
        let mut session = Session::new(*sport);
        (session.sport_name, session.indoor) = ((*name).to_owned(), *indoor);
        session.start = Some(self.start?);
        // In milliseconds; some apps wrote seconds, in which no clock is as far from UTC.
        session.utc_offset = self.offset_ms.and_then(|ms| {
            UtcOffset::from_seconds(if ms.abs() <= LARGEST_OFFSET_S { ms as i64 } else { (ms / 1000.0) as i64 })
        });
        session.timer_s = self.active_ms.map(|ms| ms / 1000.0);
        let stated = self.end.zip(self.start).map(|(end, start)| end.seconds_since(start)).filter(|s| *s > 0.0);
        session.elapsed_s = stated.or(Some(session.timer_s? + self.pause_ms.unwrap_or(0.0) / 1000.0));
        session.distance = self.distance_m.map(Distance::from_meters);
        session.mean_heart_rate = self.mean_heart_rate.map(HeartRate::from_bpm);
        Some(session)
    }
}

/// No clock is further from UTC, in seconds.
const LARGEST_OFFSET_S: f64 = 50_400.0;

/// Milliseconds since 1970, or a text such as `2026-06-15 06:30:00 +0200`.
fn moment(value: &Value) -> Option<Timestamp> {
    let of_text = || xml::moment(value.text().as_bytes()).map(|moment| moment.time);
    of_text().or_else(|| clock::since_1970(value.number()?))
}

/// Puts the samples of a list to the records of their seconds: places, heights and heart rates.
fn put(seconds: &mut Seconds, bytes: &[u8]) {
    let mut scanner = Scanner::new(bytes);
    let (mut time, mut values) = (None, [None; 4]);
    while let Some(event) = scanner.next_event() {
        match event {
            Event::Open(b"") => (time, values) = (None, [None; 4]),
            Event::Close(b"") => {
                let Some(time) = time else { continue };
                let Some(record) = seconds.at(time) else { return };
                let [latitude, longitude, altitude, heart_rate] = values;
                if let Some(place) = latitude.zip(longitude).and_then(|(lat, lon)| Position::from_degrees(lat, lon)) {
                    record.set_position(place);
                    record.set_altitude(altitude.unwrap_or(f64::NAN));
                }
                if let Some(bpm) = heart_rate.filter(|bpm| *bpm > 0.0) {
                    record.set_heart_rate(HeartRate::from_bpm(bpm));
                }
            }
            Event::Leaf(b"timestamp", value) => time = moment(&value),
            Event::Leaf(key, value) => {
                let keys: [&[u8]; 4] = [b"latitude", b"longitude", b"altitude", b"heart_rate"];
                if let Some(at) = keys.iter().position(|known| *known == key) {
                    values[at] = value.number();
                }
            }
            Event::Open(_) | Event::Close(_) => {}
        }
    }
}
