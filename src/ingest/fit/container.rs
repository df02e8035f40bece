//! The envelope of a FIT file: header, declared length, checksum, and what follows behind it.

use super::crc::crc16;
use crate::model::Note;

/// One FIT file of a chain of them.
pub struct Envelope<'a> {
    /// Its messages.
    pub data: &'a [u8],
    /// What follows behind it.
    pub rest: &'a [u8],
    /// What is wrong with it.
    pub notes: Vec<Note>,
}

/// The smallest header; newer ones have two bytes more for a checksum of their own.
const MIN_HEADER: usize = 12;

/// The bytes of the checksum at the end.
const CRC_LEN: usize = 2;

/// True when the bytes begin with a FIT header.
pub fn is_fit(bytes: &[u8]) -> bool {
    bytes.get(8..MIN_HEADER) == Some(b".FIT")
}

/// Opens the FIT file at the start of `bytes`, or `None` when there is none.
pub fn open(bytes: &[u8]) -> Option<Envelope<'_>> {
    let header: &[u8; MIN_HEADER] = bytes.first_chunk().filter(|_| is_fit(bytes))?;
    let start = usize::from(header[0]).max(MIN_HEADER).min(bytes.len());
    let declared = u32::from_le_bytes([header[4], header[5], header[6], header[7]]) as usize;
    let end = start.saturating_add(declared);

    if declared == 0 {
        let message = "the watch never finished this file, as after an empty battery; what it wrote was read";
        let data = without_crc(bytes, start);
        return Some(Envelope { data, rest: &[], notes: vec![Note::new("file-not-closed", message)] });
    }
    if end > bytes.len() {
        let missing = end + CRC_LEN - bytes.len();
        let message = format!("the file ends {missing} bytes too early; what is there was read");
        return Some(Envelope { data: &bytes[start..], rest: &[], notes: vec![Note::new("file-cut-short", message)] });
    }
    let mut envelope = Envelope { data: &bytes[start..end], rest: &[], notes: Vec::new() };
    let Some((crc, rest)) = bytes[end..].split_first_chunk() else {
        envelope.notes.push(Note::new("file-cut-short", "the file ends before its checksum; all its data were read"));
        return Some(envelope);
    };
    envelope.rest = rest;
    // Some writers leave the checksum at zero.
    let stored = u16::from_le_bytes(*crc);
    if stored != 0 && stored != crc16(&bytes[..end]) {
        let message = "the checksum of the file is wrong, so that some of its data may be damaged";
        envelope.notes.push(Note::new("crc-mismatch", message));
    }
    Some(envelope)
}

/// The data of a file that does not say how long they are. A checksum of everything, itself included, is zero.
fn without_crc(bytes: &[u8], start: usize) -> &[u8] {
    let has_crc = bytes.len() >= start + CRC_LEN && crc16(bytes) == 0;
    &bytes[start..bytes.len() - if has_crc { CRC_LEN } else { 0 }]
}
