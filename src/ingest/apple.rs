//! Reads the workouts on foot of an Apple Health export.
//!
//! `export.xml` holds every measurement of years, millions of them, and behind them the workouts, which have none of their
//! own: they are joined by time. The file is read once, piece by piece, and of each measurement that a run may need 12
//! bytes are kept; three gigabytes of XML come to less than a hundred megabytes.

mod columns;
mod pieces;
mod session;
mod workout;

use std::io::Read;

use columns::{Columns, Kind};
use workout::Workout;

use super::xml::{self, Open, Scanner, Tag};
use super::{Error, excerpt, gpx, limits};
use crate::model::{Activity, Format, Note, NoteId, Profile, Record};
use crate::units::plural;

/// True when the root element is that of the export.
pub fn sniff(bytes: &[u8]) -> bool {
    xml::root(bytes).is_some_and(|name| name == "healthdata")
}

/// Reads `export.xml` alone, without the routes beside it.
pub fn decode(bytes: &[u8]) -> Result<Activity, Error> {
    let (text, encoding_note) = xml::document(bytes);
    let export = read(&mut &text[..], &mut 0)?;
    if export.workouts.is_empty() {
        return Err(Error { is_other_kind: true, ..Error::new("nothing to judge", export.sentence(0), "") });
    }
    let mut notes: Vec<Note> = encoding_note.into_iter().chain(export.notes.iter().cloned()).collect();
    let n_routes = export.workouts.iter().filter(|workout| !workout.routes.is_empty()).count();
    if n_routes > 0 {
        let message = format!("{} not read: name the whole export, zip or folder", are(n_routes, "route"));
        notes.push(Note::new(NoteId::RoutesApart, message));
    }
    let workouts = export.workouts.iter().take(limits::SESSIONS);
    let mut room = limits::RECORDS;
    let sessions = workouts.map_while(|workout| {
        let session = session::session(workout, &export.columns, Vec::new());
        room = room.checked_sub(session.records.len())?;
        Some(session)
    });
    let sessions: Vec<_> = sessions.collect();
    if sessions.len() < export.workouts.len() {
        notes.push(limits::left_out());
    }
    let device = export.workouts.iter().find_map(|workout| workout.device.clone());
    Ok(Activity { format: Format::AppleHealth, device, profile: Profile::default(), sessions, notes })
}

/// What of an export can be judged.
#[derive(Debug, Default)]
pub struct Export {
    /// The workouts on foot in the order of time.
    workouts: Vec<Workout>,
    /// How many others there are.
    n_others: usize,
    columns: Columns,
    notes: Vec<Note>,
}

impl Export {
    /// Takes out workouts that are more than anyone does, each of which would cost as much as all measurements of its
    /// time; true where there are some.
    fn leave_out(&mut self) -> bool {
        let n_before = self.workouts.len();
        let (mut ends, mut seconds): (Vec<u32>, u64) = (Vec::new(), 0);
        self.workouts.retain(|workout| {
            let length = (workout.end - workout.start).min(limits::EXPORT_WORKOUT_S);
            ends.retain(|end| *end > workout.start);
            let is_kept = ends.len() < limits::EXPORT_AT_ONCE && seconds + u64::from(length) <= limits::EXPORT_ALL_S;
            if is_kept {
                seconds += u64::from(length);
                ends.push(workout.start.saturating_add(length));
            }
            is_kept
        });
        self.workouts.len() < n_before
    }

    /// How many workouts on foot there are.
    #[expect(clippy::len_without_is_empty, reason = "an export is no collection")]
    pub fn len(&self) -> usize {
        self.workouts.len()
    }

    /// The names of the files that hold the route of a workout, as the export names them.
    pub fn routes(&self, at: usize) -> &[String] {
        self.workouts.get(at).map_or(&[], |workout| &workout.routes)
    }

    /// A workout as if it were a file of its own: its name and its bytes. `read_route` reads a file of its route, by the
    /// path that the export has for it.
    pub fn excerpt(&self, at: usize, mut read_route: impl FnMut(&str) -> Option<Vec<u8>>) -> Option<(String, Vec<u8>)> {
        let workout = self.workouts.get(at)?;
        let read = workout.routes.iter().filter_map(|path| gpx::decode(&read_route(path)?).ok());
        let route = read.flat_map(|route| route.sessions).flat_map(|session| session.records).collect();
        Some((workout.name(), excerpt::write(&self.activity(at, route)?)))
    }

    /// The same as the word on the whole export, for who visits it file by file.
    pub fn remark(&self, n_routes: usize) -> Error {
        Error { is_other_kind: true, ..Error::new("export that was read", self.sentence(n_routes), "") }
    }

    /// A workout with the points of its route, as far as there are some.
    fn activity(&self, at: usize, route: Vec<Record>) -> Option<Activity> {
        let workout = self.workouts.get(at)?;
        let mut notes = self.notes.clone();
        if route.is_empty() && !workout.routes.is_empty() {
            notes.push(Note::new(NoteId::RouteMissing, "the export names a route for this workout that is not in it"));
        }
        let session = session::session(workout, &self.columns, route);
        notes.extend(session::coarse_steps(workout, &self.columns));
        if session.records.is_empty() {
            notes.push(Note::new(NoteId::WorkoutEmpty, "the export holds no measurement of the time of this workout"));
        }
        let device = workout.device.clone();
        let profile = Profile::default();
        Some(Activity { format: Format::AppleHealth, device, profile, sessions: vec![session], notes })
    }

    /// What the export is and what was read of it, given how many routes were.
    pub fn sentence(&self, n_routes: usize) -> String {
        let all = self.workouts.len() + self.n_others;
        if self.workouts.is_empty() {
            let others = plural(all, "workout", None);
            return format!("Apple Health export: {others}, none of them running, walking or hiking");
        }
        format!(
            "Apple Health export: read: {} of {} (those on foot) with heart rate and steps, {} with a route; not read: \
             other workouts, running power, stride length and all that is no workout",
            self.workouts.len(),
            plural(all, "workout", None),
            n_routes,
        )
    }
}

fn are(n: usize, what: &str) -> String {
    format!("{} {}", plural(n, what, None), if n == 1 { "was" } else { "were" })
}

/// Reads `export.xml` to its end, or as far as it goes, and counts its bytes.
pub fn read(from: &mut dyn Read, n_bytes: &mut u64) -> Result<Export, Error> {
    let mut export = Export::default();
    let mut open_workout: Option<Workout> = None;
    let mut seen_root = false;
    let outcome =
        pieces::each(from, n_bytes, |scanner| take_tag(scanner, &mut export, &mut open_workout, &mut seen_root));
    if !seen_root {
        let cause = "its content is no Apple Health export, or cannot be unpacked";
        return Err(Error::new("malformed Apple Health export", cause, "export it again"));
    }
    // A workout in which the file breaks off may lack its pauses.
    if let Err(why) = outcome {
        export.notes.push(Note::new(NoteId::FileCutShort, why));
    }
    let was_full = export.columns.is_full() || export.workouts.len() >= limits::EXPORT_WORKOUTS;
    export.columns.sort();
    export.workouts.sort_by_key(|workout| workout.start);
    export.workouts.dedup_by(|b, a| (a.start, a.end, &a.activity) == (b.start, b.end, &b.activity));
    if was_full || export.leave_out() {
        export.notes.push(limits::left_out());
    }
    Ok(export)
}

/// Takes in the next tag; `None` where the piece has no more whole ones.
fn take_tag(
    scanner: &mut Scanner,
    export: &mut Export,
    open_workout: &mut Option<Workout>,
    seen_root: &mut bool,
) -> Option<()> {
    match scanner.next_tag()? {
        Tag::Open(open) => match open.name {
            b"Record" => take_record(&open, export),
            b"HealthData" => *seen_root = true,
            b"Workout" => {
                finish(open_workout, export);
                *open_workout = Workout::begin(&open, &mut export.columns);
                if open.empty {
                    finish(open_workout, export);
                }
            }
            _ => {
                if let Some(workout) = open_workout {
                    workout.take(&open);
                }
            }
        },
        Tag::Close(b"Workout") => finish(open_workout, export),
        Tag::Close(b"WorkoutActivity") => {
            if let Some(workout) = open_workout {
                workout.in_part = false;
            }
        }
        Tag::Close(_) => {}
    }
    Some(())
}

fn finish(open_workout: &mut Option<Workout>, export: &mut Export) {
    let Some(workout) = open_workout.take() else { return };
    if !workout.is_on_foot() {
        export.n_others += 1;
    } else if export.workouts.len() < limits::EXPORT_WORKOUTS {
        export.workouts.push(workout);
    }
}

/// Keeps a measurement of a kind that runs have.
fn take_record(open: &Open, export: &mut Export) {
    // Nearly always the kind is the first attribute; then all others are never looked at.
    let first = open.attributes.trim_ascii_start();
    let quick = first.strip_prefix(b"type=\"").and_then(|rest| rest.split(|&b| b == b'"').next());
    if quick.is_some_and(|kind| Kind::of(kind).is_none()) {
        return;
    }
    let (mut kind, mut start, mut end, mut value) = (None, None, None, None);
    let (mut source, mut device, mut unit) = (None, None, None);
    for (name, text) in xml::attributes(open.attributes) {
        match name {
            b"type" => kind = Kind::of(&text),
            b"startDate" => start = xml::moment(&text),
            b"endDate" => end = xml::moment(&text),
            b"value" => value = xml::number(&text),
            b"unit" => unit = Some(text),
            b"sourceName" => source = Some(text),
            b"device" => device = Some(text),
            _ => {}
        }
    }
    let (Some(kind), Some(start), Some(value)) = (kind, start, value) else { return };
    let Some(value) = kind.in_our_unit(value, unit.as_deref().unwrap_or_default()) else { return };
    let source = export.columns.source(source.as_deref().unwrap_or_default(), device.as_deref());
    export.columns.push(kind, start.time, end.map_or(start.time, |end| end.time), source, value);
}

#[cfg(test)]
mod tests;
