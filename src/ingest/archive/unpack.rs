//! Unpacks members, no further than their heads when they are nothing to read.

use std::io::Read;

use zip::result::ZipError;

use crate::ingest::container::{Unpacked, finish, unpackable};
use crate::ingest::{Error, is_activity, is_archive, limits};
use crate::units::plural;

/// What a member turned out to be.
pub enum Found {
    Content(Unpacked),
    Archive(Vec<u8>),
    Unrelated,
}

/// Unpacks a member that is an activity or an archive, by its name or its head.
pub fn unpack(file: &mut impl Read, named: bool, limit: u64, unpacked: &mut u64) -> Result<Found, Error> {
    let mut bytes = Vec::new();
    let mut outcome = file.by_ref().take(limits::HEAD_BYTES).read_to_end(&mut bytes);
    let archive = is_archive(&bytes);
    let wanted = named || archive || is_activity(&bytes);
    if wanted && outcome.is_ok() {
        outcome = file.take((limit + 1).saturating_sub(bytes.len() as u64)).read_to_end(&mut bytes);
    }
    *unpacked += bytes.len() as u64;
    match finish(bytes, outcome, limit) {
        _ if !wanted => Ok(Found::Unrelated),
        Ok(content) if archive => Ok(Found::Archive(content.bytes)),
        content => content.map(Found::Content),
    }
}

/// The error for members whose names alone can be read.
pub fn locked(n_members: usize) -> Error {
    let files = plural(n_members, "file", None);
    let cause = format!("it is encrypted: {files} in it cannot be read without the password");
    Error::new("archive that needs a password", cause, "unpack it with the password that you chose for the export")
}

/// The error for what cannot be unpacked at all.
pub fn unreadable(error: &ZipError) -> Error {
    unpackable(match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => "it needs a password",
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            "it is packed in a way that is not known here"
        }
        _ => "its compressed data is damaged or cut",
    })
}
