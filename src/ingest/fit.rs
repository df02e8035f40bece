//! Reads FIT files: whole, damaged or chained, in one pass over their bytes.
//!
//! Our own decoder. It tells developer fields from native ones and plain fields from enhanced ones, takes the base type
//! that the file states, reads what is there of a damaged file, and costs a record no allocation.

mod assemble;
mod container;
mod contents;
mod crc;
mod definition;
mod developer;
mod device;
mod heart_rate;
mod messages;
mod names;
mod sports;
mod stream;
mod value;
mod workout;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use contents::Contents;
use heart_rate::Beats;
use stream::Outcome;

use super::{Error, limits};
use crate::model::{Activity, Format, Note, NoteId, Profile};
use crate::units::plural;

/// More files than anyone chains in one; watches chain two, of which one holds heart beats.
const MAX_CHAINED: usize = 100;

/// True when the first bytes look like FIT.
pub fn sniff(bytes: &[u8]) -> bool {
    container::is_fit(bytes)
}

/// Reads a whole file. What can be read of a damaged one is read, with a note for every fault.
///
/// Files that are chained in one are read one by one; only the beats that a strap stored pass from one to another.
pub fn decode(bytes: &[u8]) -> Result<Activity, Error> {
    let mut activity =
        Activity { format: Format::Fit, device: None, profile: Profile::default(), sessions: vec![], notes: vec![] };
    let mut beats = Beats::default();
    let mut file_type = None;
    let mut is_empty = true;
    let mut n_records = 0;
    let mut rest = bytes;
    for _ in 0..MAX_CHAINED {
        let Some(envelope) = container::open(rest) else {
            break;
        };
        let mut contents = Contents { beats, n_records_before: n_records, ..Contents::default() };
        let outcome = stream::read(envelope.bytes, envelope.declared, envelope.may_go_on, &mut contents);
        rest = if outcome.went_on { &[] } else { envelope.rest };
        beats = std::mem::take(&mut contents.beats);
        file_type = file_type.or(contents.kind());
        is_empty &= envelope.declared == 0;
        n_records += contents.records.len();
        if !contents.is_activity() {
            continue;
        }
        let is_known_cut = envelope.note.as_ref().is_some_and(|note| note.id != NoteId::CrcMismatch);
        // The checksum of a file that does not end where it says was looked for in the wrong place.
        activity.notes.extend(envelope.note.filter(|_| !outcome.went_on));
        activity.notes.extend(notes_of(&outcome, is_known_cut));
        activity.device = activity.device.or_else(|| device::name(&contents));
        activity.profile = contents.profile.clone();
        activity.sessions.extend(assemble::sessions(contents, &mut activity.notes));
        if activity.sessions.len() > limits::SESSIONS {
            activity.sessions.truncate(limits::SESSIONS);
            activity.notes.push(limits::left_out());
            break;
        }
    }
    if activity.sessions.is_empty() {
        return Err(refusal(file_type, is_empty));
    }
    if !rest.is_empty() {
        let bytes = plural(rest.len(), "byte", None);
        activity.notes.push(Note::new(NoteId::TrailingBytes, format!("left out {bytes} behind the end of the file")));
    }
    forget_repetitions(&mut activity.notes);
    let n_filled = beats.fill(activity.sessions.iter_mut().flat_map(|session| &mut session.records));
    if n_filled > 0 {
        let records = plural(n_filled, "record", None);
        let message = format!("took the heart rate of {records} from the beats that the strap had stored");
        activity.notes.push(Note::new(NoteId::StoredHeartRate, message));
    }
    Ok(activity)
}

/// Takes away notes that say the same of several files of a chain.
fn forget_repetitions(notes: &mut Vec<Note>) {
    let mut kept: Vec<Note> = Vec::new();
    for note in notes.drain(..) {
        if !kept.contains(&note) {
            kept.push(note);
        }
    }
    *notes = kept;
}

/// Notes on how the reading went. That the file is cut short is noted once.
fn notes_of(outcome: &Outcome, is_known_cut: bool) -> Vec<Note> {
    let mut notes = Vec::new();
    if outcome.went_on {
        notes.push(Note::new(NoteId::LengthWrong, "the file holds more data than it says; all were read"));
    }
    if outcome.n_skipped > 0 {
        let bytes = plural(outcome.n_skipped, "damaged byte", None);
        notes.push(Note::new(NoteId::DamagedBytes, format!("passed over {bytes} within the file")));
    }
    if outcome.n_lost > container::CRC_LEN {
        let bytes = plural(outcome.n_lost, "byte", None);
        notes
            .push(Note::new(NoteId::DamagedEnd, format!("left out {bytes} that make no sense at the end of the file")));
    }
    if outcome.n_cut > 0 && !is_known_cut {
        let bytes = plural(outcome.n_cut, "byte", None);
        notes.push(Note::new(NoteId::FileCutShort, format!("left out {bytes} of a last message that breaks off")));
    }
    notes
}

/// Why a FIT file without a session or a record is of no use.
fn refusal(file_type: Option<u16>, is_empty: bool) -> Error {
    let cause = match file_type {
        _ if is_empty => "it holds a header and nothing behind it",
        Some(contents::ACTIVITY) => "it holds neither a session nor a record",
        Some(2 | 3) => "it holds settings of a device",
        Some(contents::WORKOUT) => "it holds a workout to be done, not one that was done",
        Some(6) => "it holds a course to follow, not an activity that was done",
        Some(7) => "it holds a schedule of workouts",
        Some(9 | 14) => "it holds measurements of the body",
        Some(10) => "it holds totals of many activities",
        Some(11) => "it holds goals",
        Some(15 | 28 | 32) => "it holds the steps and heart rate of a day, not an activity",
        Some(34 | 35) => "it holds a segment to race on",
        Some(_) | None => "it does not say that it is an activity and holds no session",
    };
    let is_other_kind = !is_empty && file_type.is_some_and(|kind| kind != contents::ACTIVITY);
    let error =
        Error::new("no activity in this FIT file", cause, "export the activity itself from the watch or its app");
    Error { is_other_kind, ..error }
}
