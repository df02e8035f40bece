//! Reads bytes that are no more than an activity may have.

use std::io::Read;

use rehabrun::ingest::{Error, limits};

use super::failure::reason;

/// All bytes, as long as an activity may hold so many.
pub fn whole(from: impl Read) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read = from.take(limits::ACTIVITY_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(reason(&error)))?;
    if bytes.len() as u64 > limits::ACTIVITY_BYTES {
        return Err(too_large());
    }
    Ok(bytes)
}

pub fn too_large() -> Error {
    let limit = limits::ACTIVITY_BYTES >> 20;
    let cause = format!("it holds more than {limit} MiB, which no activity fills");
    Error::new("file too large", cause, "export the activity alone")
}

/// The error for what the system does not let be read.
pub fn unreadable(reason: String) -> Error {
    Error::new("cannot be opened", reason, "")
}
