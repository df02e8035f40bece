//! Reads GPX files, version 1.0 and 1.1, with the extensions of any maker.

mod session;

use super::xml::{self, Faults, Field, Frame, Open, Point, Scanner, Tag};
use super::{Error, limits};
use crate::model::{Activity, Format, Note, Profile};
use crate::units::plural;
use session::{Track, sessions};

/// True when the root element is that of GPX.
pub fn sniff(bytes: &[u8]) -> bool {
    xml::root(bytes).is_some_and(|name| name == "gpx")
}

/// Reads a whole file. Faulty values are left out and counted; only a file without any track point is an error.
pub fn decode(bytes: &[u8]) -> Result<Activity, Error> {
    let (text, encoding_note) = xml::document(bytes);
    let mut contents = Contents::default();
    contents.notes.extend(encoding_note);
    read(&mut Scanner::new(&text), &mut contents);
    contents.tracks.retain(|track| track.len() > 0);
    if contents.tracks.is_empty() {
        return Err(contents.without_track());
    }
    let sessions = sessions(contents.tracks, &mut contents.notes);
    Ok(Activity {
        format: Format::Gpx,
        device: contents.creator,
        profile: Profile::default(),
        sessions,
        notes: contents.notes,
    })
}

/// What a document holds, as it is written.
#[derive(Default)]
struct Contents {
    creator: Option<String>,
    tracks: Vec<Track>,
    routes: usize,
    waypoints: usize,
    n_points: usize,
    /// True when there is more than is kept: then nothing more is read.
    is_full: bool,
    notes: Vec<Note>,
}

/// The elements that are read; all others are stepped over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Element {
    Root,
    Track,
    Segment,
    Point,
    Route,
    Waypoint,
    Name,
    Type,
    Field(Field),
    Other,
}

fn element(name: &[u8]) -> Element {
    let element = lower_case_element(name);
    if element != Element::Other || name.len() > 12 || !name.iter().any(u8::is_ascii_uppercase) {
        return element;
    }
    lower_case_element(&name.to_ascii_lowercase())
}

fn lower_case_element(name: &[u8]) -> Element {
    match name {
        b"trkpt" => Element::Point,
        b"time" => Element::Field(Field::Time),
        b"ele" => Element::Field(Field::Altitude),
        b"hr" | b"heartrate" | b"heart_rate" | b"heartratebpm" | b"bpm" => Element::Field(Field::HeartRate),
        b"cad" | b"cadence" | b"runcadence" | b"run_cadence" => Element::Field(Field::Cadence),
        b"speed" => Element::Field(Field::Speed),
        b"distance" => Element::Field(Field::Distance),
        b"accuracy_horizontal" => Element::Field(Field::Accuracy),
        b"trkseg" => Element::Segment,
        b"trk" => Element::Track,
        b"name" => Element::Name,
        b"type" => Element::Type,
        b"gpx" => Element::Root,
        b"rte" => Element::Route,
        b"wpt" => Element::Waypoint,
        _ => Element::Other,
    }
}

/// Reads a document from its first tag to its last.
///
/// Elements are known by their names alone and need not be nested as they should: what begins ends what stood open.
fn read(scanner: &mut Scanner, contents: &mut Contents) {
    let mut faults = Faults::default();
    let mut point: Option<Point> = None;
    let mut track_depth = None;
    let mut frame = Frame::new(b"<gpx");
    while !contents.is_full
        && let Some(tag) = scanner.next_tag()
    {
        match tag {
            Tag::Open(open) => match element(open.name) {
                Element::Point => {
                    // A point that was never closed ends where the next one begins.
                    finish_point(&mut point, contents, &mut faults, scanner);
                    point = Some(start_point(&open, &mut faults, scanner));
                    if open.empty {
                        finish_point(&mut point, contents, &mut faults, scanner);
                    }
                }
                Element::Field(field) => {
                    if let (Some(point), false) = (&mut point, open.empty) {
                        let Some(text) = scanner.text() else { break };
                        point.set(field, &text, &mut faults, scanner);
                    }
                }
                Element::Segment => contents.track().start_segment(),
                Element::Track => {
                    contents.start_track();
                    track_depth = Some(scanner.depth());
                }
                // Links inside a track have a type of their own, so only children of the track count.
                which @ (Element::Name | Element::Type)
                    if point.is_none() && !open.empty && track_depth == Some(scanner.depth() - 1) =>
                {
                    let Some(text) = scanner.text() else { break };
                    let text = xml::string(&text);
                    let track = contents.track();
                    match which {
                        Element::Name if track.name.is_none() && !text.is_empty() => track.name = Some(text),
                        Element::Type if track.sport.is_empty() => track.sport = text,
                        _ => {}
                    }
                }
                Element::Root => {
                    frame.open();
                    contents.creator = contents.creator.take().or_else(|| creator(&open));
                }
                Element::Route => contents.routes += 1,
                Element::Waypoint => contents.waypoints += 1,
                Element::Name | Element::Type | Element::Other => {}
            },
            Tag::Close(name) => match element(name) {
                Element::Point | Element::Segment => finish_point(&mut point, contents, &mut faults, scanner),
                Element::Track => {
                    finish_point(&mut point, contents, &mut faults, scanner);
                    track_depth = None;
                }
                Element::Root => {
                    finish_point(&mut point, contents, &mut faults, scanner);
                    if frame.close(scanner.rest()) {
                        break;
                    }
                }
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

fn creator(root: &Open) -> Option<String> {
    let (_, value) = xml::attributes(root.attributes).find(|(name, _)| name.eq_ignore_ascii_case(b"creator"))?;
    Some(xml::string(&value)).filter(|creator| !creator.is_empty())
}

/// A point with its position.
fn start_point(open: &Open, faults: &mut Faults, scanner: &Scanner) -> Point {
    let mut point = Point::default();
    for (name, value) in xml::attributes(open.attributes) {
        if name.eq_ignore_ascii_case(b"lat") {
            point.set(Field::Latitude, &value, faults, scanner);
        } else if name.eq_ignore_ascii_case(b"lon") {
            point.set(Field::Longitude, &value, faults, scanner);
        }
    }
    point
}

/// Ends the point that is open, if one is.
fn finish_point(point: &mut Option<Point>, contents: &mut Contents, faults: &mut Faults, scanner: &Scanner) {
    if let Some(point) = point.take() {
        let utc_offset = point.utc_offset;
        if contents.n_points == limits::RECORDS {
            contents.is_full = true;
            return;
        }
        contents.n_points += 1;
        contents.track().push(point.into_record(faults, scanner), utc_offset);
    }
}

impl Contents {
    /// Begins a `<trk>`. One without a point is none, and the next takes its place.
    fn start_track(&mut self) {
        self.tracks.pop_if(|track| track.len() == 0);
        if self.tracks.len() < limits::SESSIONS {
            self.tracks.push(Track::default());
        } else {
            self.is_full = true;
        }
    }

    /// The track that points belong to now.
    fn track(&mut self) -> &mut Track {
        if self.tracks.is_empty() {
            self.tracks.push(Track::default());
        }
        self.tracks.last_mut().expect("one was pushed")
    }

    fn without_track(&self) -> Error {
        let planned = [(self.routes, "route"), (self.waypoints, "waypoint")];
        let planned: Vec<_> = planned.into_iter().filter(|p| p.0 > 0).map(|(n, what)| plural(n, what, None)).collect();
        let cause = if planned.is_empty() {
            "it holds no track point".to_owned()
        } else {
            format!("it holds {} and no recorded track", planned.join(" and "))
        };
        Error::new("GPX file without an activity", cause, "export the recorded activity, not a route or a place")
    }
}

#[cfg(test)]
mod tests;
