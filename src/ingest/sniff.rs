//! Tells by its first bytes what a file may be.

use super::container::{gunzip_head, is_gzip};
use super::{FORMATS, excerpt};

/// True when the first bytes, unpacked if need be, are those of an activity.
pub fn is_activity(head: &[u8]) -> bool {
    if is_gzip(head) {
        // The head of a gzip stream is a cut one, so what there is of it counts.
        let inner = gunzip_head(head);
        return !is_gzip(&inner) && is_activity(&inner);
    }
    excerpt::sniff(head) || FORMATS.iter().any(|row| (row.sniff)(head))
}

/// True when the first bytes are those of a zip archive, empty ones included.
pub fn is_archive(first: &[u8]) -> bool {
    first.starts_with(b"PK\x03\x04") || first.starts_with(b"PK\x05\x06")
}
