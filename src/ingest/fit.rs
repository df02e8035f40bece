//! Reads FIT files, whole, damaged or chained, in one pass over their bytes.
//!
//! Our own decoder: it keeps apart what the crates for it mix up (developer and native fields, plain and enhanced
//! ones), reads what is there of a damaged file, and costs a record no allocation.

mod assemble;
mod container;
mod contents;
mod crc;
mod definition;
mod device;
mod heart_rate;
mod messages;
mod names;
mod sports;
mod stream;
mod value;
mod workout;

use super::Error;
use crate::model::{Activity, Format, Note, Profile};
use contents::Contents;
use stream::End;

/// True when the first bytes look like FIT.
pub fn sniff(bytes: &[u8]) -> bool {
    container::is_fit(bytes)
}

/// Reads a whole file. What can be read of a damaged one is read, with a note for every fault.
pub fn decode(bytes: &[u8]) -> Result<Activity, Error> {
    let mut activity =
        Activity { format: Format::Fit, device: None, profile: Profile::default(), sessions: vec![], notes: vec![] };
    let mut file_type = None;
    let mut rest = bytes;
    while let Some(envelope) = container::open(rest) {
        let mut contents = Contents::default();
        activity.notes.extend(envelope.notes);
        let end = stream::read(envelope.data, &mut contents);
        activity.notes.extend(note_of(end));
        file_type = file_type.or(contents.file_type);
        activity.device = activity.device.or_else(|| device::name(&contents));
        activity.profile = contents.profile.clone();
        activity.sessions.extend(assemble::sessions(contents, &mut activity.notes));
        rest = envelope.rest;
    }
    if activity.sessions.is_empty() {
        return Err(refusal(file_type));
    }
    if !rest.is_empty() {
        let message = format!("{} bytes behind the end of the file were not read", rest.len());
        activity.notes.push(Note::new("trailing-bytes", message));
    }
    Ok(activity)
}

fn note_of(end: End) -> Option<Note> {
    match end {
        End::Whole => None,
        End::Cut { left } => {
            Some(Note::new("file-cut-short", format!("the last message is cut off; its {left} bytes were not read")))
        }
        End::Undefined { offset } => Some(Note::new(
            "undefined-message",
            format!("a message that the file does not define stands at byte {offset}; what follows was not read"),
        )),
    }
}

/// Why a FIT file without a session or a record is of no use.
fn refusal(file_type: Option<u16>) -> Error {
    let message = "no activity in this FIT file";
    Error::new(message, format!("it holds no session and no record {file_type:?}"), "export the activity itself")
}
