//! The envelope of a FIT file: header, declared length, checksum, and what follows behind it.

use super::crc::crc16;
use crate::model::{Note, NoteId};
use crate::units::plural;

/// One FIT file of a chain of them.
pub struct Envelope<'a> {
    /// Its messages as far as the header says, and everything behind them.
    pub bytes: &'a [u8],
    /// How many of the bytes are messages, as far as the header says.
    pub declared: usize,
    /// True when the messages may go on behind the declared ones.
    pub may_go_on: bool,
    /// What follows behind the file.
    pub rest: &'a [u8],
    /// What is wrong with it.
    pub note: Option<Note>,
}

/// The smallest header; newer ones have two bytes more for a checksum of their own, which nobody needs.
const MIN_HEADER: usize = 12;

/// The bytes of the checksum at the end.
pub const CRC_LEN: usize = 2;

/// True when the bytes begin with a FIT header.
pub fn is_fit(bytes: &[u8]) -> bool {
    bytes.get(8..MIN_HEADER) == Some(b".FIT")
}

/// Opens the FIT file at the start of `file`, or `None` when there is none.
pub fn open(file: &[u8]) -> Option<Envelope<'_>> {
    let header: &[u8; MIN_HEADER] = file.first_chunk().filter(|_| is_fit(file))?;
    let start = usize::from(header[0]).max(MIN_HEADER).min(file.len());
    let declared = u32::from_le_bytes([header[4], header[5], header[6], header[7]]) as usize;
    let end = start.saturating_add(declared);
    let bytes = &file[start..];
    let whole = Envelope { bytes, declared, may_go_on: false, rest: &[], note: None };

    if declared == 0 {
        let message = "the watch did not finish this file, as when its battery ran out; what it wrote was read";
        let declared = bytes.len() - if crc16(file) == 0 { CRC_LEN.min(bytes.len()) } else { 0 };
        return Some(Envelope { declared, note: Some(Note::repair(NoteId::FileNotClosed, message)), ..whole });
    }
    let Some((stored, rest)) = file.get(end..).and_then(<[u8]>::split_first_chunk::<CRC_LEN>) else {
        let missing = plural(end.saturating_add(CRC_LEN) - file.len(), "byte", None);
        let message = format!("the file is shorter than it says by {missing}; what is there was read");
        let declared = declared.min(bytes.len());
        return Some(Envelope { declared, note: Some(Note::new(NoteId::FileCutShort, message)), ..whole });
    };
    if u16::from_le_bytes(*stored) == crc16(&file[..end]) {
        return Some(Envelope { rest, ..whole });
    }
    let message = "the checksum of the file is wrong: some of its data may be damaged";
    let note = Some(Note::new(NoteId::CrcMismatch, message));
    let may_go_on = !is_fit(rest);
    Some(Envelope { may_go_on, rest, note, ..whole })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is made of a file of four data bytes, damaged by `damage`.
    fn check(damage: fn(&mut Vec<u8>), expected: (usize, usize, Option<&str>)) {
        let mut file = vec![12, 0x10, 0, 0, 4, 0, 0, 0, b'.', b'F', b'I', b'T', 1, 2, 3, 4];
        file.extend(crc16(&file).to_le_bytes());
        damage(&mut file);
        let envelope = open(&file).expect("a FIT file");
        assert_eq!((envelope.declared, envelope.rest.len(), envelope.note.map(|note| note.id.name())), expected);
    }

    #[test]
    fn every_damage_leaves_the_data() {
        check(|_| (), (4, 0, None));
        check(|file| file.extend([0; 9]), (4, 9, None));
        check(|file| file[17] ^= 1, (4, 0, Some("crc-mismatch")));
        check(|file| file[16..].fill(0), (4, 0, Some("crc-mismatch")));
        check(|file| file.truncate(17), (4, 0, Some("file-cut-short")));
        check(|file| file.truncate(14), (2, 0, Some("file-cut-short")));
        check(|file| file[4..8].fill(0xFF), (6, 0, Some("file-cut-short")));
        check(|file| file[4] = 0, (6, 0, Some("file-not-closed")));
        check(|file| file[0] = 255, (0, 0, Some("file-cut-short")));
    }

    #[test]
    fn a_file_that_was_not_closed_may_still_have_its_checksum() {
        let mut file = vec![12, 0x10, 0, 0, 0, 0, 0, 0, b'.', b'F', b'I', b'T', 1, 2, 3, 4];
        file.extend(crc16(&file).to_le_bytes());
        assert_eq!(open(&file).expect("a FIT file").declared, 4);
    }
}
