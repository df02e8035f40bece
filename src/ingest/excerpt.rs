//! One session of an export as a file of its own, in a shape of ours.
//!
//! The sessions of a bulk export lie scattered over its files. Who visits an archive gets one member at a time as bytes,
//! and keeps, hashes or sends them elsewhere; this is the shape that such a member has. A line each: what the file is, what
//! is known of the session, its laps and pauses, then the records; tabs between values, nothing for what is missing.

use std::fmt::{Display, Write as _};
use std::str::{FromStr, Split};

use super::{Error, limits};
use crate::model::{Activity, Format, Lap, LapTrigger, Note, NoteId, Pause, Profile, Record, Session, Sport};
use crate::units::{Distance, HeartRate, Position, Speed, Timestamp, UtcOffset};

/// The first line.
const MAGIC: &str = "rehabrun excerpt 1\n";

/// Notes that an excerpt may carry.
const NOTES: [NoteId; 6] = [
    NoteId::FileCutShort,
    NoteId::TooMuchData,
    NoteId::RouteMissing,
    NoteId::WorkoutEmpty,
    NoteId::NoSteps,
    NoteId::StepsCoarse,
];

/// The sports by number.
const SPORTS: [Sport; 5] = [Sport::Running, Sport::Walking, Sport::Wheelchair, Sport::Other, Sport::Unknown];

/// Why laps end, by number.
const TRIGGERS: [LapTrigger; 5] =
    [LapTrigger::Manual, LapTrigger::Time, LapTrigger::Distance, LapTrigger::SessionEnd, LapTrigger::Other];

/// True when the first line is that of an excerpt.
pub fn sniff(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC.as_bytes())
}

/// Writes an activity of an export; splits and workouts, which exports do not have, are left out.
pub fn write(activity: &Activity) -> Vec<u8> {
    let mut out = format!("{MAGIC}format\t{}\n", activity.format.name());
    if let Some(device) = &activity.device {
        row(&mut out, "device", [line_of(device)]);
    }
    for note in &activity.notes {
        row(&mut out, "note", [note.id.name().to_owned(), line_of(&note.message)]);
    }
    for session in &activity.sessions {
        write_session(&mut out, session);
    }
    out.into_bytes()
}

fn write_session(out: &mut String, session: &Session) {
    let sport = SPORTS.iter().position(|sport| *sport == session.sport).unwrap_or(SPORTS.len() - 1);
    row(
        out,
        "session",
        [
            sport.to_string(),
            line_of(&session.sport_name),
            u8::from(session.indoor).to_string(),
            text(session.start.map(Timestamp::as_unix_millis)),
            text(session.utc_offset.map(UtcOffset::as_seconds)),
            text(session.elapsed_s),
            text(session.timer_s),
            text(session.distance.map(Distance::as_meters)),
            text(session.mean_heart_rate.map(HeartRate::as_bpm)),
            text(session.rpe),
            line_of(session.name.as_deref().unwrap_or_default()),
        ],
    );
    for lap in &session.laps {
        let trigger = lap.trigger.and_then(|trigger| TRIGGERS.iter().position(|t| *t == trigger));
        let way = lap.distance.map(Distance::as_meters);
        let parts = [text(Some(lap.start.as_unix_millis())), text(lap.elapsed_s), text(lap.timer_s), text(way)];
        row(out, "lap", parts.into_iter().chain([text(trigger)]));
    }
    for pause in &session.pauses {
        row(out, "pause", [pause.start, pause.end].map(|time| time.as_unix_millis().to_string()));
    }
    for record in &session.records {
        write_record(out, record);
    }
}

fn write_record(out: &mut String, record: &Record) {
    let place = record.position();
    let float = |value: Option<f64>| text(value.map(|value| value as f32));
    row(
        out,
        "r",
        [
            text(record.time().map(Timestamp::as_unix_millis)),
            text(place.map(Position::latitude)),
            text(place.map(Position::longitude)),
            text(record.distance().map(Distance::as_meters)),
            float(record.altitude()),
            float(record.speed().map(Speed::as_meters_per_second)),
            float(record.raw_cadence()),
            float(record.stance_time_ms()),
            text(record.heart_rate().map(HeartRate::as_bpm)),
            text(record.gps_accuracy()),
        ],
    );
}

fn row(out: &mut String, name: &str, values: impl IntoIterator<Item = String>) {
    out.push_str(name);
    for value in values {
        write!(out, "\t{value}").expect("a string takes all that is written to it");
    }
    out.push('\n');
}

fn text(value: Option<impl Display>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

/// A text on one line without tabs.
fn line_of(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Reads an excerpt, as far as it goes.
pub fn decode(bytes: &[u8]) -> Result<Activity, Error> {
    let text = String::from_utf8_lossy(bytes);
    let lines = text.strip_prefix(MAGIC).unwrap_or_default().lines();
    let (mut format, mut device) = (None, None);
    let (mut sessions, mut notes): (Vec<Session>, Vec<Note>) = (Vec::new(), Vec::new());
    let mut n_rows = 0;
    for line in lines {
        let mut parts = Parts(line.split('\t'));
        let name = parts.0.next().unwrap_or_default();
        n_rows += 1;
        if n_rows > limits::RECORDS || sessions.len() > limits::SESSIONS {
            notes.push(limits::left_out());
            break;
        }
        match (name, sessions.last_mut()) {
            ("format", _) => {
                let name = parts.text();
                format = Format::ALL.into_iter().find(|format| format.name() == name);
            }
            ("device", _) => device = Some(parts.text().to_owned()),
            ("note", _) => {
                let id = NoteId::from_name(parts.text()).filter(|id| NOTES.contains(id));
                notes.extend(id.map(|id| Note::new(id, parts.text())));
            }
            ("session", _) => sessions.push(parts.session()),
            ("lap", Some(session)) => session.laps.extend(parts.lap()),
            ("pause", Some(session)) => {
                session.pauses.extend(parts.time().zip(parts.time()).map(|(start, end)| Pause { start, end }));
            }
            ("r", Some(session)) => session.records.push(parts.record()),
            _ => {}
        }
    }
    let Some(format) = format.filter(|_| !sessions.is_empty()) else {
        return Err(Error::new("malformed excerpt", "it names no format or holds no session", "export it again"));
    };
    Ok(Activity { format, device, profile: Profile::default(), sessions, notes })
}

/// The values of a line.
struct Parts<'a>(Split<'a, char>);

impl Parts<'_> {
    fn text(&mut self) -> &str {
        self.0.next().unwrap_or_default()
    }

    fn value<T: FromStr>(&mut self) -> Option<T> {
        self.text().parse().ok()
    }

    fn number(&mut self) -> Option<f64> {
        self.value::<f64>().filter(|number| number.is_finite())
    }

    fn time(&mut self) -> Option<Timestamp> {
        self.value().map(Timestamp::from_unix_millis).filter(|time| time.is_of_a_watch())
    }

    fn session(&mut self) -> Session {
        let sport = self.value::<usize>().and_then(|at| SPORTS.get(at).copied()).unwrap_or(Sport::Unknown);
        let mut session = Session::new(sport);
        self.text().clone_into(&mut session.sport_name);
        session.indoor = self.text() == "1";
        session.start = self.time();
        session.utc_offset = self.value().and_then(UtcOffset::from_seconds);
        session.elapsed_s = self.number();
        session.timer_s = self.number();
        session.distance = self.number().map(Distance::from_meters);
        session.mean_heart_rate = self.number().map(HeartRate::from_bpm);
        session.rpe = self.number();
        session.name = Some(self.text().to_owned()).filter(|name| !name.is_empty());
        session
    }

    fn lap(&mut self) -> Option<Lap> {
        Some(Lap {
            start: self.time()?,
            elapsed_s: self.number(),
            timer_s: self.number(),
            distance: self.number().map(Distance::from_meters),
            mean_heart_rate: None,
            intensity: None,
            trigger: self.value::<usize>().and_then(|at| TRIGGERS.get(at).copied()),
            workout_step: None,
        })
    }

    fn record(&mut self) -> Record {
        let mut record = Record::default();
        let set = |record: &mut Record, value: Option<f64>, set: fn(&mut Record, f64)| {
            if let Some(value) = value {
                set(record, value);
            }
        };
        if let Some(time) = self.time() {
            record.set_time(time);
        }
        let place = self.number().zip(self.number());
        if let Some(place) = place.and_then(|(lat, lon)| Position::from_degrees(lat, lon)) {
            record.set_position(place);
        }
        set(&mut record, self.number(), |r, v| r.set_distance(Distance::from_meters(v)));
        set(&mut record, self.number(), Record::set_altitude);
        set(&mut record, self.number(), |r, v| r.set_speed(Speed::from_meters_per_second(v)));
        set(&mut record, self.number(), Record::set_raw_cadence);
        set(&mut record, self.number(), Record::set_stance_time_ms);
        set(&mut record, self.number(), |r, v| r.set_heart_rate(HeartRate::from_bpm(v)));
        set(&mut record, self.number().filter(|m| (0.0..255.0).contains(m)), |r, v| r.set_gps_accuracy(v as u8));
        record
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut session = Session::new(Sport::Running);
        (session.sport_name, session.name) = ("running".to_owned(), Some("Tab\there".to_owned()));
        session.start = Some(Timestamp::from_unix_millis(1_781_500_200_250));
        (session.utc_offset, session.timer_s, session.rpe) = (UtcOffset::from_seconds(7200), Some(59.5), Some(3.0));
        session.pauses.push(Pause {
            start: Timestamp::from_unix_seconds(1_781_500_210),
            end: Timestamp::from_unix_seconds(1_781_500_220),
        });
        let mut record = Record::default();
        record.set_time(Timestamp::from_unix_seconds(1_781_500_201));
        record.set_position(Position::from_degrees(52.123_456_7, 13.1).expect("on the globe"));
        record.set_raw_cadence(161.3);
        record.set_heart_rate(HeartRate::from_bpm(141.0));
        session.records = vec![record, Record::default()];
        let notes = vec![Note::new(NoteId::RouteMissing, "it is not there")];
        let profile = Profile::default();
        let activity = Activity {
            format: Format::AppleHealth,
            device: Some("Watch".to_owned()),
            profile,
            sessions: vec![session],
            notes,
        };
        let mut expected = activity.clone();
        expected.sessions[0].name = Some("Tab here".to_owned());
        assert_eq!(decode(&write(&activity)), Ok(expected));
    }

    #[test]
    fn what_is_cut_is_read_as_far_as_it_goes() {
        let text = format!("{MAGIC}format\tapple-health\nsession\t0\trunning\nr\t1781500201000\tx\t\t1e999\n");
        for end in 0..text.len() {
            let _ = decode(&text.as_bytes()[..end]);
        }
        let record = decode(text.as_bytes()).expect("an excerpt").sessions[0].records[0];
        assert!(record.time().is_some() && record.position().is_none() && record.distance().is_none());
        assert!(decode(b"rehabrun excerpt 1\n").is_err());
    }
}
