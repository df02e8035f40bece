//! Reads the motion paths of a Huawei Health export: a JSON list of sessions, each with its track as lines in a text.

use super::json::{Event, Scanner, Value};
use super::seconds::Seconds;
use super::{Error, limits};
use crate::model::{Activity, Format, Note, NoteId, Pause, Profile, Record, Session, Sport};
use crate::units::{Distance, HeartRate, Position, Speed, Timestamp, UtcOffset};

/// The numbers of the sports on foot, with their names; those under a roof are marked.
const SPORTS: &[(i64, Sport, &str, bool)] = &[
    (4, Sport::Running, "running", false),
    (101, Sport::Running, "running/indoor", true),
    (118, Sport::Running, "running/trail", false),
    (5, Sport::Walking, "walking", false),
    (281, Sport::Walking, "walking/indoor", true),
    (2, Sport::Walking, "hiking", false),
    (282, Sport::Walking, "hiking", false),
];

/// True for a list with the track of a session near its beginning.
pub fn sniff(bytes: &[u8]) -> bool {
    let head = bytes.trim_ascii_start();
    let head = &head[..head.len().min(limits::HEAD_BYTES as usize)];
    let has = |text: &[u8]| memchr::memmem::find(head, text).is_some();
    head.starts_with(b"[")
        && (has(b"\"motionPathData\"") || has(b"HW_EXT_TRACK") || has(b"\"sportType\"") && has(b"\"partTimeMap\""))
}

/// One session while it is read.
#[derive(Debug, Default)]
struct Path {
    sport: Option<i64>,
    start: Option<Timestamp>,
    end: Option<Timestamp>,
    offset: Option<UtcOffset>,
    distance_m: Option<f64>,
    timer_s: Option<f64>,
    track: Option<(Vec<Record>, Vec<Pause>)>,
}

/// Reads a whole file, or what there is of it.
pub fn decode(bytes: &[u8]) -> Result<Activity, Error> {
    let mut scanner = Scanner::new(bytes);
    let (mut sessions, mut notes) = (Vec::new(), Vec::new());
    let (mut path, mut n_records, mut is_full) = (Path::default(), 0, false);
    while let Some(event) = scanner.next_event() {
        match event {
            // A session is an object of the list, or of a day in it.
            Event::Open(b"" | b"motionPathData") => path = Path::default(),
            Event::Close(b"" | b"motionPathData") => {
                let session = std::mem::take(&mut path).session();
                n_records += session.as_ref().map_or(0, |session| session.records.len());
                sessions.extend(session);
                is_full = sessions.len() >= limits::SESSIONS || n_records > limits::RECORDS;
                if is_full {
                    break;
                }
            }
            Event::Leaf(key, value) if matches!(scanner.above(0), b"" | b"motionPathData") => path.set(key, &value),
            Event::Open(_) | Event::Close(_) | Event::Leaf(..) => {}
        }
    }
    if sessions.is_empty() {
        let cause = "it holds no session on foot with a track";
        return Err(Error { is_other_kind: true, ..Error::new("nothing to judge", cause, "") });
    }
    if is_full {
        notes.push(limits::left_out());
    } else if !scanner.is_whole() {
        notes.push(Note::new(NoteId::FileCutShort, "the file breaks off; what is before was read"));
    }
    Ok(Activity { format: Format::Huawei, device: None, profile: Profile::default(), sessions, notes })
}

impl Path {
    fn set(&mut self, key: &[u8], value: &Value) {
        match key {
            b"sportType" => self.sport = value.number().map(|number| number as i64),
            b"startTime" => self.start = value.number().and_then(moment),
            b"endTime" => self.end = value.number().and_then(moment),
            b"totalDistance" => self.distance_m = value.number().filter(|m| *m > 0.0),
            b"totalTime" => self.timer_s = value.number().map(|ms| ms / 1000.0).filter(|s| *s > 0.0),
            b"timeZone" => self.offset = offset(value.text()),
            b"attribute" => self.track = Some(track(value.text(), self.start)),
            _ => {}
        }
    }

    /// The session, where it is one on foot.
    fn session(self) -> Option<Session> {
        let number = self.sport?;
        let (_, sport, name, indoor) = SPORTS.iter().find(|row| row.0 == number)?;
        let (records, pauses) = self.track.unwrap_or_default();
        Some(Session {
            sport_name: (*name).to_owned(),
            indoor: *indoor,
            start: self.start,
            utc_offset: self.offset,
            elapsed_s: self.start.zip(self.end).map(|(start, end)| end.seconds_since(start)).filter(|s| *s > 0.0),
            timer_s: self.timer_s,
            distance: self.distance_m.map(Distance::from_meters),
            records,
            pauses,
            ..Session::new(*sport)
        })
    }
}

/// A moment in seconds or milliseconds since 1970.
fn moment(number: f64) -> Option<Timestamp> {
    let millis = if number.abs() < 1e11 { number * 1000.0 } else { number };
    Some(Timestamp::from_unix_millis(millis as i64)).filter(|time| time.is_of_a_watch())
}

/// The offset of a clock such as `+0200`.
fn offset(text: &str) -> Option<UtcOffset> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let number: i64 = digits.parse().ok().filter(|_| digits.len() == 4)?;
    let seconds = (number / 100 * 60 + number % 100) * 60;
    UtcOffset::from_seconds(if text.starts_with('-') { -seconds } else { seconds })
}

/// The records of a track and its pauses. Its lines are sorted by kind, so each is put to the record of its second.
fn track(attribute: &str, start: Option<Timestamp>) -> (Vec<Record>, Vec<Pause>) {
    let detail = attribute.split("&&").find_map(|part| part.strip_prefix("HW_EXT_TRACK_DETAIL@is")).unwrap_or_default();
    let mut seconds = Seconds::default();
    let (mut places, mut pauses): (Vec<(Timestamp, Option<Position>)>, Vec<Pause>) = (Vec::new(), Vec::new());
    for line in detail.lines() {
        let field = |name: &str| {
            let parts = line.trim().split(';').filter_map(|part| part.split_once('='));
            parts.filter(|(key, _)| *key == name).map(|(_, value)| value).next()
        };
        let number = |name: &str| field(name)?.trim().parse::<f64>().ok().filter(|number| number.is_finite());
        let time = |name: &str| {
            let number = number(name)?;
            // Small numbers count from the start.
            if number < 1e8 { Some(start?.plus_seconds(number)) } else { moment(number) }
        };
        match field("tp") {
            Some("lbs") => {
                let (Some(time), Some(lat), Some(lon)) = (time("t"), number("lat"), number("lon")) else { continue };
                // Where the timer stops, a place at which nobody runs.
                let is_stop = (lat - 90.0).abs() < 1e-6 && (lon + 80.0).abs() < 1e-6;
                let place = Position::from_degrees(lat, lon).filter(|_| !is_stop);
                places.push((time, place));
                let Some((place, record)) = place.and_then(|place| Some((place, seconds.at(time)?))) else { continue };
                record.set_position(place);
                if let Some(meters) = number("alt").filter(|m| *m > -500.0) {
                    record.set_altitude(meters);
                }
            }
            Some(kind @ ("h-r" | "s-r" | "rs")) => {
                let (Some(time), Some(value)) = (time("k"), number("v").filter(|v| *v >= 0.0)) else { continue };
                let Some(record) = seconds.at(time) else { continue };
                match kind {
                    "h-r" => record.set_heart_rate(HeartRate::from_bpm(value)),
                    "s-r" => record.set_raw_cadence(value),
                    _ => record.set_speed(Speed::from_meters_per_second(value / 10.0)),
                }
            }
            _ => {}
        }
    }
    places.sort_by_key(|place| place.0);
    let mut stopped = None;
    for (time, place) in places {
        match (place, stopped) {
            (None, None) => stopped = Some(time),
            (Some(_), Some(start)) => {
                pauses.extend(Some(Pause { start, end: time }).filter(|pause| pause.start < pause.end));
                stopped = None;
            }
            _ => {}
        }
    }
    (seconds.into_records(), pauses)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::ingest::xml::tests::told;

    fn check(text: &str, expected: &Expect) {
        assert!(sniff(text.as_bytes()), "{text}");
        expected.assert_eq(&told(decode(text.as_bytes())));
    }

    /// A session of a sport with the lines of its track.
    fn path(sport: u32, lines: &str) -> String {
        format!(
            r#"{{"partTimeMap":{{1.0:324.5}},"sportType":{sport},"startTime":1767225600000,"endTime":1767225660000,"timeZone":"-0330",
            "totalTime":50000,"totalDistance":150,"attribute":"HW_EXT_TRACK_DETAIL@is{lines}&&HW_EXT_TRACK_SIMPLIFY@is{{}}"}}"#
        )
    }

    #[test]
    fn lines_are_joined_by_time_and_stops_are_pauses() {
        let lines = r"tp=lbs;k=0;lat=47.5;lon=8.5;alt=400;t=1.7672256E12;\ntp=lbs;k=1;lat=90.0;lon=-80.0;alt=0;t=1.767225605E12;\n\
                      tp=lbs;k=2;lat=47.6;lon=8.5;alt=400;t=1767225615;\ntp=h-r;k=1767225600000;v=120;\n\
                      tp=h-r;k=1767225615000;v=255;\ntp=s-r;k=15;v=160;\ntp=rs;k=15;v=28;\ntp=rs;k=x;v=;\n";
        let lines = lines.replace("\\\n                      ", "");
        check(
            &format!("[{}]", path(4, &lines)),
            &expect![[r#"
                Running `running`, start 00:00:00Z, offset -12600 s, timer 50 s, 150 m
                  pause 00:00:05Z to 00:00:15Z
                  00:00:00Z, 47.5 8.5, 400 m high, 120 bpm
                  00:00:15Z, 47.6 8.5, 400 m high, 160 rpm, 2.799999952316284 m/s"#]],
        );
    }

    #[test]
    fn both_layouts_are_known_and_other_sports_left_out() {
        let day = format!(r#"[{{"recordDay":20260101,"motionPathData":[{},{}]}}]"#, path(3, ""), path(101, ""));
        check(&day, &expect!["Running `running/indoor`, start 00:00:00Z, offset -12600 s, timer 50 s, 150 m, indoor"]);
        check(&format!("[{}]", path(3, "")), &expect!["nothing to judge: it holds no session on foot with a track ()"]);
    }
}
