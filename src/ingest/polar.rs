//! Reads training sessions of a Polar Flow export, a JSON file each.
//!
//! Every signal is a list of its own. Times have no offset: those of an exercise are on the runner's clock, whose offset
//! stands beside them, and the samples are on the clock that lets them begin with the exercise.

use super::json::{Event, Scanner, Value};
use super::seconds::Seconds;
use super::{Error, limits, sport, xml};
use crate::model::{Activity, Format, Note, NoteId, Profile, Record, Session, Sport};
use crate::units::{Distance, HeartRate, Position, Speed, Timestamp, UtcOffset};

/// Samples that begin further from the start of the exercise are on another clock, in seconds.
const SAME_CLOCK_S: f64 = 600.0;

/// True for an object with exercises near its beginning.
pub fn sniff(bytes: &[u8]) -> bool {
    let head = bytes.trim_ascii_start();
    let has = |text: &[u8]| memchr::memmem::find(&head[..head.len().min(limits::HEAD_BYTES as usize)], text).is_some();
    head.starts_with(b"{") && has(b"\"exercises\"") && has(b"\"startTime\"")
}

/// One exercise while it is read.
#[derive(Debug, Default)]
struct Exercise {
    start: Option<Timestamp>,
    stop: Option<Timestamp>,
    offset_min: Option<f64>,
    duration_s: Option<f64>,
    distance_m: Option<f64>,
    sport: String,
    samples: Vec<(Timestamp, Sample)>,
}

/// One value of a signal.
#[derive(Debug, Clone, Copy)]
enum Sample {
    HeartRate(f64),
    KilometersPerHour(f64),
    Cadence(f64),
    Distance(f64),
    Altitude(f64),
    Place(Position, Option<f64>),
}

/// The parts of a sample that is open.
#[derive(Debug, Default)]
struct Parts {
    time: Option<Timestamp>,
    value: Option<f64>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    altitude: Option<f64>,
}

/// Reads a whole file, or what there is of it.
pub fn decode(bytes: &[u8]) -> Result<Activity, Error> {
    let mut scanner = Scanner::new(bytes);
    let mut exercises: Vec<Exercise> = Vec::new();
    let (mut parts, mut n_samples) = (Parts::default(), 0);
    let (mut device, mut title, mut is_full) = (None, None, false);
    while let Some(event) = scanner.next_event() {
        match event {
            Event::Open(b"exercises") if exercises.len() < limits::SESSIONS => exercises.push(Exercise::default()),
            Event::Open(_) => parts = Parts::default(),
            Event::Close(stream) if scanner.above(0) == b"samples" => {
                let sample = std::mem::take(&mut parts).sample(stream);
                if let (Some(exercise), Some(sample)) = (exercises.last_mut(), sample) {
                    n_samples += 1;
                    is_full = n_samples > limits::RECORDS;
                    if is_full {
                        break;
                    }
                    exercise.samples.push(sample);
                }
            }
            Event::Leaf(key, value) if scanner.above(1) == b"samples" => parts.set(key, &value),
            Event::Leaf(key, value) if scanner.above(0) == b"exercises" => {
                if let Some(exercise) = exercises.last_mut() {
                    exercise.set(key, &value);
                }
            }
            Event::Leaf(b"product" | b"deviceName" | b"modelName", value) => device = name(&value).or(device),
            Event::Leaf(b"name", value) if scanner.above(0).is_empty() => title = name(&value),
            Event::Close(_) | Event::Leaf(..) => {}
        }
    }
    if exercises.is_empty() {
        return Err(Error::new("Polar Flow session without an exercise", "it holds none", "export it again"));
    }
    let mut notes = Vec::new();
    if is_full {
        notes.push(limits::left_out());
    } else if !scanner.is_whole() {
        notes.push(Note::new(NoteId::FileCutShort, "the file breaks off; what is before was read"));
    }
    let sessions =
        exercises.into_iter().map(|exercise| Session { name: title.clone(), ..exercise.session(&mut notes) });
    let sessions = sessions.collect();
    Ok(Activity { format: Format::Polar, device, profile: Profile::default(), sessions, notes })
}

fn name(value: &Value) -> Option<String> {
    Some(value.text().chars().take(limits::NAME_CHARS).collect()).filter(|text: &String| !text.is_empty())
}

impl Parts {
    fn set(&mut self, key: &[u8], value: &Value) {
        match key {
            b"dateTime" => self.time = xml::moment(value.text().as_bytes()).map(|moment| moment.time),
            b"value" => self.value = value.number(),
            b"latitude" => self.latitude = value.number(),
            b"longitude" => self.longitude = value.number(),
            b"altitude" => self.altitude = value.number(),
            _ => {}
        }
    }

    /// The sample that the parts make in a stream; `None` where the sensor was lost.
    fn sample(self, stream: &[u8]) -> Option<(Timestamp, Sample)> {
        let sample = match stream {
            b"heartRate" => Sample::HeartRate(self.value?),
            b"speed" => Sample::KilometersPerHour(self.value?),
            b"cadence" => Sample::Cadence(self.value?),
            b"distance" => Sample::Distance(self.value?),
            b"altitude" => Sample::Altitude(self.value?),
            b"recordedRoute" => Sample::Place(Position::from_degrees(self.latitude?, self.longitude?)?, self.altitude),
            _ => return None,
        };
        Some((self.time?, sample))
    }
}

impl Exercise {
    fn set(&mut self, key: &[u8], value: &Value) {
        let moment = || xml::moment(value.text().as_bytes()).map(|moment| moment.time);
        match key {
            b"startTime" => self.start = moment(),
            b"stopTime" => self.stop = moment(),
            b"timezoneOffset" => self.offset_min = value.number(),
            b"duration" => self.duration_s = seconds_of(value.text()),
            b"distance" => self.distance_m = value.number().filter(|meters| *meters > 0.0),
            b"sport" => self.sport = name(value).unwrap_or_default(),
            _ => {}
        }
    }

    fn session(self, notes: &mut Vec<Note>) -> Session {
        let offset = self.offset_min.and_then(|minutes| UtcOffset::from_seconds((minutes * 60.0) as i64));
        if offset.is_none() && notes.iter().all(|note| note.id != NoteId::ClockUnknown) {
            let message = "the file does not say how far the runner's clock is from UTC: its times are taken as UTC";
            notes.push(Note::new(NoteId::ClockUnknown, message));
        }
        let offset_s = f64::from(offset.map_or(0, UtcOffset::as_seconds));
        let utc = |local: Timestamp| local.plus_seconds(-offset_s);
        let first = self.samples.iter().map(|sample| sample.0).min();
        let is_utc = self.start.zip(first).is_some_and(|(start, first)| {
            let apart = first.seconds_since(start);
            apart.abs() > SAME_CLOCK_S && (apart + offset_s).abs() <= SAME_CLOCK_S
        });
        let mut seconds = Seconds::default();
        for (time, sample) in self.samples {
            let Some(record) = seconds.at(if is_utc { time } else { utc(time) }) else { break };
            sample.set(record);
        }
        let word = sport::of(&self.sport.replace('_', " "));
        let mut session = Session::new(if self.sport == "OTHER" { Sport::Unknown } else { word });
        session.indoor = sport::is_indoor(&self.sport);
        session.sport_name = self.sport.to_lowercase();
        session.start = self.start.map(utc);
        session.utc_offset = offset;
        session.elapsed_s =
            self.start.zip(self.stop).map(|(start, stop)| stop.seconds_since(start)).filter(|s| *s > 0.0);
        session.timer_s = self.duration_s;
        session.distance = self.distance_m.map(Distance::from_meters);
        session.records = seconds.into_records();
        session
    }
}

impl Sample {
    fn set(self, record: &mut Record) {
        match self {
            Self::HeartRate(bpm) => record.set_heart_rate(HeartRate::from_bpm(bpm)),
            Self::KilometersPerHour(speed) if speed >= 0.0 => {
                record.set_speed(Speed::from_meters_per_second(speed / 3.6));
            }
            Self::Cadence(cadence) if cadence >= 0.0 => record.set_raw_cadence(cadence),
            Self::Distance(meters) if meters >= 0.0 => record.set_distance(Distance::from_meters(meters)),
            Self::Altitude(meters) => record.set_altitude(meters),
            Self::Place(place, altitude) => {
                record.set_position(place);
                if let (None, Some(meters)) = (record.altitude(), altitude) {
                    record.set_altitude(meters);
                }
            }
            Self::KilometersPerHour(_) | Self::Cadence(_) | Self::Distance(_) => {}
        }
    }
}

/// Seconds of a duration such as `PT3723.5S` or `PT1H2M3.5S`.
fn seconds_of(text: &str) -> Option<f64> {
    let (mut seconds, mut number) = (0.0, String::new());
    for c in text.strip_prefix("PT")?.chars() {
        let unit = match c {
            '0'..='9' | '.' => {
                number.push(c);
                continue;
            }
            'H' => 3600.0,
            'M' => 60.0,
            'S' => 1.0,
            _ => return None,
        };
        seconds += unit * std::mem::take(&mut number).parse::<f64>().ok()?;
    }
    Some(seconds).filter(|seconds| *seconds > 0.0)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::ingest::xml::tests::told;

    /// A session that begins at one o'clock, with samples at a time of their own.
    fn check(about: &str, at: &str, expected: &Expect) {
        let text = format!(
            r#"{{"name":"Easy","startTime":"2026-01-01T01:00:00.000","exercises":[{{"startTime":"2026-01-01T01:00:00.000",
            "stopTime":"2026-01-01T01:00:10.000",{about}"duration":"PT9S","sport":"TREADMILL_RUNNING","samples":{{
            "heartRate":[{{"dateTime":"2026-01-01T{at}:00.400","value":120}},{{"dateTime":"2026-01-01T{at}:01.400","value":NaN}}],
            "speed":[{{"dateTime":"2026-01-01T{at}:00.100","value":9.0}},{{"dateTime":"2026-01-01T{at}:01.000"}}]}}}}]}}"#
        );
        assert!(sniff(text.as_bytes()));
        expected.assert_eq(&told(decode(text.as_bytes())));
    }

    #[test]
    fn samples_are_on_the_clock_of_the_runner_or_of_utc() {
        check(
            r#""timezoneOffset":60,"#,
            "01:00",
            &expect![[r#"
            Running `treadmill_running`, Easy, start 00:00:00Z, offset 3600 s, timer 9 s, indoor
              00:00:00Z, 120 bpm, 2.5 m/s"#]],
        );
        check(
            r#""timezoneOffset":60,"#,
            "00:00",
            &expect![[r#"
            Running `treadmill_running`, Easy, start 00:00:00Z, offset 3600 s, timer 9 s, indoor
              00:00:00Z, 120 bpm, 2.5 m/s"#]],
        );
    }

    #[test]
    fn a_clock_without_an_offset_is_not_guessed() {
        check(
            "",
            "01:00",
            &expect![[r#"
            Running `treadmill_running`, Easy, start 01:00:00Z, timer 9 s, indoor
              01:00:00Z, 120 bpm, 2.5 m/s
            note clock-unknown: the file does not say how far the runner's clock is from UTC: its times are taken as UTC"#]],
        );
    }

    #[test]
    fn durations() {
        assert_eq!((seconds_of("PT1H2M3.5S"), seconds_of("PT60S")), (Some(3723.5), Some(60.0)));
        assert_eq!((seconds_of("P1D"), seconds_of("PTxS"), seconds_of("")), (None, None, None));
    }
}
