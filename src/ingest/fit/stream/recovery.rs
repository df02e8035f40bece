//! Where the messages of a damaged file go on.
//!
//! The sign to go by is time: two records in a row whose times go on from the last good one are 64 bits that chance
//! does not get right.

use super::super::container::CRC_LEN;
use super::super::definition::{Definition, Message};
use super::{Reader, is_definition, local_type};

/// A step of time from message to message that is looked at more closely; long pauses are, and pass.
const MAX_STEP_S: u32 = 3600;

/// How far behind a doubtful message the next sense is looked for.
const SEARCH_BYTES: usize = 1 << 16;

/// What a record's time out of line with the ones before it turns out to be.
pub enum Doubt {
    /// The records behind it go on from there, as after a pause, or cannot tell.
    Unfounded,
    /// The records behind it go on from the time before: only this time is wrong.
    WrongTime,
    /// Records go on elsewhere: this is none.
    NoMessage,
    /// Nothing goes on anywhere.
    Unresolved,
}

/// How often such a search may find nothing: a file of nothing but doubts must not take long.
const MAX_SEARCHES: usize = 64;

impl Reader<'_> {
    /// True when a record's time is far from the one before it.
    #[inline]
    pub const fn is_out_of_line(&self, seconds: Option<u32>) -> bool {
        matches!((seconds, self.record_clock), (Some(seconds), Some(clock)) if seconds.abs_diff(clock) > MAX_STEP_S)
    }

    /// Looks into a time that is out of line, of a record behind which `behind` stands.
    #[cold]
    pub fn judge(&self, seconds: Option<u32>, behind: &[u8]) -> Doubt {
        if self.goes_on(behind, seconds) || is_plain_definition(behind) {
            return Doubt::Unfounded;
        }
        if self.makes_sense(behind, self.record_clock) {
            return Doubt::WrongTime;
        }
        if self.n_searches < MAX_SEARCHES && self.next_sense(self.at.saturating_add(SEARCH_BYTES)).is_some() {
            return Doubt::NoMessage;
        }
        Doubt::Unresolved
    }

    /// The next place behind the start of the last message and before `end` at which records go on.
    pub fn next_sense(&self, end: usize) -> Option<usize> {
        let end = end.min(self.data.len());
        (self.last.at + 1..end).find(|&at| self.makes_sense(&self.data[at..], self.last.record_clock))
    }

    /// True when `data` are one message at about this time, with or without a checksum behind it.
    pub fn ends_with(&self, data: &[u8]) -> bool {
        self.peek(data).is_some_and(|(_, seconds, behind)| {
            matches!(behind.len(), 0 | CRC_LEN) && seconds.is_some() && !self.is_out_of_line(seconds)
        })
    }

    /// True when `data` start with a record, and its time and that of another one soon behind it go on from `clock`.
    pub fn makes_sense(&self, data: &[u8], clock: Option<u32>) -> bool {
        let first = data.first().and_then(|&header| self.definition(header));
        first.is_some_and(|definition| definition.is_record) && self.goes_on(data, clock)
    }

    /// True when the times of the next two records in `data`, which are not far, go on from `clock`.
    fn goes_on(&self, mut data: &[u8], mut clock: Option<u32>) -> bool {
        const MAX_MESSAGES: usize = 8;
        let mut n_records = 0;
        for _ in 0..MAX_MESSAGES {
            let Some((definition, seconds, behind)) = self.peek(data) else {
                return false;
            };
            data = behind;
            if !definition.is_record {
                continue;
            }
            if !matches!((clock, seconds), (Some(c), Some(s)) if s >= c && s - c <= MAX_STEP_S) {
                return false;
            }
            n_records += 1;
            if n_records == 2 {
                return true;
            }
            clock = seconds;
        }
        false
    }

    /// The definition and time of the data message at the start of `data`, and what is behind it.
    fn peek<'a>(&self, data: &'a [u8]) -> Option<(&Definition, Option<u32>, &'a [u8])> {
        let (&header, body) = data.split_first()?;
        let definition = self.definition(header)?;
        let (bytes, behind) = body.split_at_checked(definition.size)?;
        Some((definition, Message::new(bytes, definition, None).seconds, behind))
    }

    /// The definition of a data message with this header.
    fn definition(&self, header: u8) -> Option<&Definition> {
        let (local, _) = local_type(header, None);
        self.definitions[local].as_ref().filter(|_| !is_definition(header))
    }
}

/// True when `data` start with a definition as every writer writes it, behind which nothing can be told.
fn is_plain_definition(data: &[u8]) -> bool {
    matches!(data, [header, 0, 0 | 1, ..] if is_definition(*header))
}
