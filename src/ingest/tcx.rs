//! Reads TCX files, the format of Garmin's Training Center.

mod session;

use super::xml::{self, Faults, Field, Frame, Open, Point, Scanner, Tag};
use super::{Error, limits};
use crate::model::{Activity, Format, Intensity, LapTrigger, Note, Profile};
use crate::units::{Distance, HeartRate, plural};
use session::{Recorded, RecordedLap, session};

/// True when the root element is that of TCX, or the file begins with its activities as some cut ones do.
pub fn sniff(bytes: &[u8]) -> bool {
    xml::root(bytes).is_some_and(|name| ["trainingcenterdatabase", "activities"].contains(&name.as_str()))
}

/// Reads a whole file. Faulty values are left out and counted; only a file without any activity is an error.
pub fn decode(bytes: &[u8]) -> Result<Activity, Error> {
    let (text, encoding_note) = xml::document(bytes);
    let mut contents = Contents::default();
    contents.notes.extend(encoding_note);
    read(&mut Scanner::new(&text), &mut contents);
    if contents.activities.is_empty() {
        return Err(contents.without_activity());
    }
    Ok(Activity {
        format: Format::Tcx,
        device: contents.device.or(contents.author),
        profile: Profile::default(),
        sessions: contents.activities.into_iter().map(session).collect(),
        notes: contents.notes,
    })
}

/// What a document holds, as it is written.
#[derive(Default)]
struct Contents {
    activities: Vec<Recorded>,
    device: Option<String>,
    author: Option<String>,
    courses: usize,
    workouts: usize,
    n_points: usize,
    n_laps: usize,
    /// True when there is more than is kept: then nothing more is read.
    is_full: bool,
    notes: Vec<Note>,
}

/// The elements that are read; all others are stepped over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Element {
    Root,
    Activity,
    Course,
    Workout,
    Lap,
    Track,
    Point,
    Creator,
    Author,
    Name,
    Id,
    Seconds,
    Intensity,
    Trigger,
    MeanHeartRate,
    MaxHeartRate,
    Field(Field),
    Other,
}

fn element(name: &[u8]) -> Element {
    match name {
        b"Trackpoint" => Element::Point,
        b"Time" => Element::Field(Field::Time),
        b"LatitudeDegrees" => Element::Field(Field::Latitude),
        b"LongitudeDegrees" => Element::Field(Field::Longitude),
        b"AltitudeMeters" => Element::Field(Field::Altitude),
        b"DistanceMeters" => Element::Field(Field::Distance),
        // The only `Value` inside a point is that of its heart rate, which some write without it.
        b"Value" | b"HeartRateBpm" => Element::Field(Field::HeartRate),
        b"Speed" => Element::Field(Field::Speed),
        b"RunCadence" | b"Cadence" => Element::Field(Field::Cadence),
        b"Track" => Element::Track,
        b"Lap" => Element::Lap,
        b"TotalTimeSeconds" => Element::Seconds,
        b"Intensity" => Element::Intensity,
        b"TriggerMethod" => Element::Trigger,
        b"AverageHeartRateBpm" => Element::MeanHeartRate,
        b"MaximumHeartRateBpm" => Element::MaxHeartRate,
        b"Activity" => Element::Activity,
        b"Id" => Element::Id,
        b"Creator" => Element::Creator,
        b"Author" => Element::Author,
        b"Name" => Element::Name,
        b"Course" => Element::Course,
        b"Workout" => Element::Workout,
        b"TrainingCenterDatabase" => Element::Root,
        _ => Element::Other,
    }
}

/// Reads a document from its first tag to its last.
fn read(scanner: &mut Scanner, contents: &mut Contents) {
    let mut faults = Faults::default();
    let mut point: Option<Point> = None;
    // The names of the watch and of the program stand in elements of their own.
    let mut named = None;
    let mut recording = false;
    // The mean and the maximum of a lap have elements of one name inside.
    let mut in_mean = false;
    let mut frame = Frame::new(b"<TrainingCenterDatabase");
    while !contents.is_full
        && let Some(tag) = scanner.next_tag()
    {
        match tag {
            Tag::Open(open) => {
                let which = element(open.name);
                match which {
                    Element::Activity => {
                        recording = true;
                        contents.start_activity(&open);
                    }
                    Element::Root => frame.open(),
                    Element::Course => contents.courses += 1,
                    Element::Workout => contents.workouts += 1,
                    Element::Creator | Element::Author => named = (!open.empty).then_some(which),
                    Element::Name if named.is_some() && !open.empty => {
                        let Some(text) = scanner.text() else { break };
                        let name =
                            if named == Some(Element::Creator) { &mut contents.device } else { &mut contents.author };
                        *name = name.take().or_else(|| Some(xml::string(&text)).filter(|name| !name.is_empty()));
                    }
                    _ if !recording => {}
                    Element::Point => {
                        // A point that was never closed ends where the next one begins.
                        finish_point(&mut point, contents, &mut faults, scanner);
                        point = Some(Point::default());
                        if open.empty {
                            finish_point(&mut point, contents, &mut faults, scanner);
                        }
                    }
                    Element::Lap => contents.start_lap(&open),
                    Element::Track => contents.start_track(),
                    Element::Field(field) if point.is_some() && !open.empty => {
                        let Some(text) = scanner.text() else { break };
                        if let Some(point) = &mut point {
                            point.set(field, &text, &mut faults, scanner);
                        }
                    }
                    Element::MeanHeartRate | Element::MaxHeartRate => in_mean = which == Element::MeanHeartRate,
                    Element::Field(Field::HeartRate) if point.is_none() && in_mean && !open.empty => {
                        let Some(text) = scanner.text() else { break };
                        contents.describe(which, text.trim_ascii());
                        in_mean = false;
                    }
                    Element::Id
                    | Element::Seconds
                    | Element::Intensity
                    | Element::Trigger
                    | Element::Field(Field::Distance)
                        if point.is_none() && !open.empty =>
                    {
                        let Some(text) = scanner.text() else { break };
                        contents.describe(which, text.trim_ascii());
                    }
                    _ => {}
                }
            }
            Tag::Close(name) => match element(name) {
                Element::Point | Element::Track | Element::Lap => {
                    finish_point(&mut point, contents, &mut faults, scanner);
                }
                Element::Activity => {
                    finish_point(&mut point, contents, &mut faults, scanner);
                    recording = false;
                }
                Element::Creator | Element::Author => named = None,
                Element::Root if frame.close(scanner.rest()) => break,
                _ => {}
            },
        }
    }
    contents.notes.extend(faults.into_notes());
    if contents.is_full {
        return contents.notes.push(limits::left_out());
    }
    contents.notes.extend(frame.into_notes(scanner.depth(), contents.n_points));
}

/// The value of an attribute, empty when it is not there.
fn attribute(open: &Open, name: &[u8]) -> String {
    xml::attributes(open.attributes).find(|(n, _)| *n == name).map_or(String::new(), |(_, value)| xml::string(&value))
}

/// Ends the point that is open, if one is.
fn finish_point(point: &mut Option<Point>, contents: &mut Contents, faults: &mut Faults, scanner: &Scanner) {
    if let (Some(point), Some(activity)) = (point.take(), contents.activities.last_mut()) {
        if contents.n_points == limits::RECORDS {
            contents.is_full = true;
            return;
        }
        contents.n_points += 1;
        activity.utc_offset = activity.utc_offset.or(point.utc_offset);
        activity.records.push(point.into_record(faults, scanner));
    }
}

impl Contents {
    fn start_activity(&mut self, open: &Open) {
        if self.activities.len() < limits::SESSIONS {
            self.activities.push(Recorded { sport: attribute(open, b"Sport"), ..Recorded::default() });
        } else {
            self.is_full = true;
        }
    }

    fn start_lap(&mut self, open: &Open) {
        if self.n_laps == limits::LAPS {
            self.is_full = true;
            return;
        }
        self.n_laps += 1;
        if let Some(activity) = self.activities.last_mut() {
            let start = xml::moment(attribute(open, b"StartTime").as_bytes()).map(|moment| moment.time);
            activity.laps.push(RecordedLap { start, first_record: activity.records.len(), ..RecordedLap::default() });
        }
    }

    fn start_track(&mut self) {
        if let Some(activity) = self.activities.last_mut() {
            // Of several that begin at one point, all but the last are empty.
            if activity.tracks.last() != Some(&activity.records.len()) {
                activity.tracks.push(activity.records.len());
            }
        }
    }

    /// Takes a value of an activity or of its lap.
    fn describe(&mut self, which: Element, text: &[u8]) {
        let Some(activity) = self.activities.last_mut() else { return };
        let Some(lap) = activity.laps.last_mut() else {
            if which == Element::Id {
                activity.start = xml::moment(text).map(|moment| moment.time);
            }
            return;
        };
        match which {
            Element::Field(Field::HeartRate) => {
                let bpm = xml::number(text).filter(|bpm| (1.0..255.0).contains(bpm));
                lap.mean_heart_rate = bpm.map(HeartRate::from_bpm);
            }
            Element::Seconds => lap.timer_s = xml::number(text),
            Element::Field(Field::Distance) => lap.distance = xml::number(text).map(Distance::from_meters),
            Element::Intensity => lap.intensity = Some(intensity(text)),
            Element::Trigger => lap.trigger = Some(trigger(text)),
            _ => {}
        }
    }

    fn without_activity(&self) -> Error {
        let planned = [(self.courses, "course"), (self.workouts, "workout")];
        let planned: Vec<_> = planned.into_iter().filter(|p| p.0 > 0).map(|(n, what)| plural(n, what, None)).collect();
        let cause = if planned.is_empty() {
            "it holds no activity".to_owned()
        } else {
            format!("it holds {} and no recorded activity", planned.join(" and "))
        };
        Error::new("TCX file without an activity", cause, "export the recorded activity, not a course or a workout")
    }
}

fn intensity(text: &[u8]) -> Intensity {
    match text {
        b"Active" => Intensity::Active,
        b"Resting" => Intensity::Rest,
        _ => Intensity::Other,
    }
}

fn trigger(text: &[u8]) -> LapTrigger {
    match text {
        b"Manual" => LapTrigger::Manual,
        b"Time" => LapTrigger::Time,
        b"Distance" => LapTrigger::Distance,
        _ => LapTrigger::Other,
    }
}

#[cfg(test)]
mod tests;
