//! Reads the JSON files that Suunto watches wrote before FIT: heart rate and cadence in hertz, angles in radians.

use super::json::{Event, Scanner, Value};
use super::seconds::Seconds;
use super::{Error, limits, sport, xml};
use crate::model::{Activity, Format, Lap, LapTrigger, Note, NoteId, Pause, Profile, Session, Sport};
use crate::units::{Distance, HeartRate, Position, Speed, Timestamp, UtcOffset};

/// The number that running has among the sports.
const RUNNING: f64 = 3.0;

/// True for a log of a device near its beginning.
pub fn sniff(bytes: &[u8]) -> bool {
    let head = bytes.trim_ascii_start();
    head.starts_with(b"{") && memchr::memmem::find(&head[..head.len().min(256)], b"\"DeviceLog\"").is_some()
}

/// One sample while it is read.
#[derive(Debug, Default)]
struct Sample {
    time: Option<Timestamp>,
    speed: Option<f64>,
    cadence_hz: Option<f64>,
    heart_hz: Option<f64>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    altitude: Option<f64>,
    distance: Option<f64>,
    /// Set where the sample says that the timer stopped or went on.
    paused: Option<bool>,
    is_lap: bool,
}

/// Reads a whole file, or what there is of it.
pub fn decode(bytes: &[u8]) -> Result<Activity, Error> {
    let mut scanner = Scanner::new(bytes);
    let mut session = Session::new(Sport::Unknown);
    let (mut seconds, mut sample, mut device) = (Seconds::default(), Sample::default(), None);
    let (mut stopped, mut laps, mut is_full) = (None, Vec::new(), false);
    while let Some(event) = scanner.next_event() {
        match event {
            Event::Open(b"Samples") => sample = Sample::default(),
            Event::Close(b"Samples") => {
                let Some(time) = sample.time else { continue };
                match (sample.paused, stopped) {
                    (Some(true), None) => stopped = Some(time),
                    (Some(false), Some(start)) if start < time => {
                        session.pauses.push(Pause { start, end: time });
                        stopped = None;
                    }
                    _ => {}
                }
                laps.extend(Some(time).filter(|_| sample.is_lap && laps.len() < limits::LAPS));
                is_full = !std::mem::take(&mut sample).put(&mut seconds, time) || session.pauses.len() > limits::LAPS;
                if is_full {
                    break;
                }
            }
            Event::Open(_) | Event::Close(_) => {}
            Event::Leaf(key, value) => match (key, scanner.above(0)) {
                (_, b"Samples") => sample.set(key, &value, &mut session),
                (b"State", b"Pause") => sample.paused = Some(value == Value::Bool(true)),
                (b"Type", b"Lap") => sample.is_lap = value.text() == "Manual",
                (_, b"Header") => set_header(&mut session, key, &value),
                (b"Name", b"Device") => {
                    let name: String = value.text().chars().take(limits::NAME_CHARS).collect();
                    device = Some(name).filter(|name| !name.is_empty());
                }
                _ => {}
            },
        }
    }
    if seconds.len() == 0 {
        return Err(Error::new("Suunto log without an activity", "it holds no sample", "export it again"));
    }
    session.records = seconds.into_records();
    let start = session.start.or_else(|| session.records.first()?.time());
    let ends = laps.iter().skip(1).copied().map(Some).chain([None]);
    let first =
        start.filter(|start| laps.first().is_some_and(|lap| start < lap)).map(|start| (start, laps.first().copied()));
    let spans = first.into_iter().chain(laps.iter().copied().zip(ends));
    session.laps = spans.map(|(start, end)| lap(start, end)).collect();
    let mut notes = Vec::new();
    if is_full {
        notes.push(limits::left_out());
    } else if !scanner.is_whole() {
        notes.push(Note::new(NoteId::FileCutShort, "the file breaks off; what is before was read"));
    }
    Ok(Activity { format: Format::Suunto, device, profile: Profile::default(), sessions: vec![session], notes })
}

fn lap(start: Timestamp, end: Option<Timestamp>) -> Lap {
    Lap {
        start,
        elapsed_s: end.map(|end| end.seconds_since(start)),
        timer_s: None,
        distance: None,
        mean_heart_rate: None,
        intensity: None,
        trigger: Some(LapTrigger::Manual),
        workout_step: None,
    }
}

fn set_header(session: &mut Session, key: &[u8], value: &Value) {
    match key {
        b"DateTime" => {
            if let Some(moment) = xml::moment(value.text().as_bytes()).filter(|moment| moment.offset_s.is_some()) {
                session.start = Some(moment.time);
                session.utc_offset = moment.offset_s.and_then(|s| UtcOffset::from_seconds(i64::from(s)));
            }
        }
        b"Duration" => session.timer_s = value.number().filter(|s| *s > 0.0),
        b"Distance" => session.distance = value.number().filter(|m| *m > 0.0).map(Distance::from_meters),
        b"ActivityType" | b"Activity" => {
            let number = value.number();
            session.sport = match number {
                Some(number) if (number - RUNNING).abs() < 0.5 => Sport::Running,
                // The numbers of other sports are not known here; how fast it was tells.
                Some(_) => Sport::Unknown,
                None => sport::of(value.text()),
            };
            let name: String = value.text().chars().take(limits::NAME_CHARS).collect();
            session.indoor = sport::is_indoor(&name);
            session.sport_name =
                if session.sport == Sport::Running && number.is_some() { "running".to_owned() } else { name };
        }
        _ => {}
    }
}

impl Sample {
    fn set(&mut self, key: &[u8], value: &Value, session: &mut Session) {
        let number = || value.number();
        match key {
            b"TimeISO8601" => {
                let moment = xml::moment(value.text().as_bytes());
                self.time = moment.map(|moment| moment.time);
                let offset = moment.and_then(|moment| UtcOffset::from_seconds(i64::from(moment.offset_s?)));
                session.utc_offset = session.utc_offset.or(offset);
            }
            b"Speed" => self.speed = number(),
            b"Cadence" => self.cadence_hz = number(),
            b"HR" => self.heart_hz = number(),
            b"Latitude" => self.latitude = number(),
            b"Longitude" => self.longitude = number(),
            b"Altitude" => self.altitude = number(),
            b"Distance" => self.distance = number(),
            _ => {}
        }
    }

    /// Puts what there is to the record of its second; false where there is no room.
    fn put(self, seconds: &mut Seconds, time: Timestamp) -> bool {
        let values = [self.speed, self.cadence_hz, self.heart_hz, self.latitude, self.altitude, self.distance];
        if values.iter().all(Option::is_none) {
            return true;
        }
        let Some(record) = seconds.at(time) else { return false };
        if let Some(speed) = self.speed.filter(|v| *v >= 0.0) {
            record.set_speed(Speed::from_meters_per_second(speed));
        }
        if let Some(hz) = self.cadence_hz.filter(|v| *v >= 0.0) {
            record.set_raw_cadence(hz * 60.0);
        }
        if let Some(hz) = self.heart_hz {
            record.set_heart_rate(HeartRate::from_bpm(hz * 60.0));
        }
        let radians = self.latitude.zip(self.longitude);
        if let Some(place) = radians.and_then(|(lat, lon)| Position::from_degrees(lat.to_degrees(), lon.to_degrees())) {
            record.set_position(place);
        }
        if let Some(meters) = self.altitude {
            record.set_altitude(meters);
        }
        if let Some(meters) = self.distance.filter(|v| *v >= 0.0) {
            record.set_distance(Distance::from_meters(meters));
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::ingest::xml::tests::told;

    #[test]
    fn hertz_radians_and_events() {
        let at =
            |second: u32, rest: &str| format!(r#"{{"TimeISO8601":"2026-01-01T02:00:{second:02}.000+02:00",{rest}}}"#);
        let samples = [
            at(0, r#""HR":2.0,"Cadence":1.35,"Speed":2.5"#),
            at(0, r#""Latitude":0.829031,"Longitude":0.148353"#),
            at(5, r#""Events":[{"Pause":{"State":true}}]"#),
            at(15, r#""Events":[{"Pause":{"State":false}}]"#),
            at(20, r#""Events":[{"Lap":{"Type":"Manual"}}]"#),
            at(21, r#""HR":null,"Distance":50"#),
        ];
        let text = format!(
            r#"{{"DeviceLog":{{"Header":{{"ActivityType":3,"Duration":11}},"Device":{{"Name":"Ambit3"}},"Samples":[{}]}}}}"#,
            samples.join(",")
        );
        assert!(sniff(text.as_bytes()));
        expect![[r#"
            from Ambit3
            Running `running`, offset 7200 s, timer 11 s
              lap 00:00:00Z [Some(20.0), None, None] None Some(Manual)
              lap 00:00:20Z [None, None, None] None Some(Manual)
              pause 00:00:05Z to 00:00:15Z
              00:00:00Z, 47.49997738551015 8.500000778104303, 120 bpm, 81 rpm, 2.5 m/s
              00:00:21Z, 50 m"#]]
        .assert_eq(&told(decode(text.as_bytes())));
        assert!(told(decode(&text.as_bytes()[..text.len() - 30])).contains("file-cut-short"));
    }
}
