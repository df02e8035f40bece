//! Where the messages of a damaged file go on.
//!
//! The sign to go by is time: three records in a row whose times go on from one another, of which the first is the last
//! good one where there is one, are bits enough that chance does not get them right.

use super::super::container::CRC_LEN;
use super::super::definition::{Definition, Message};
use super::super::messages::FIRST_ABSOLUTE_TIME;
use super::super::value::timestamp;
use super::{Reader, is_definition, local_type};

/// A step of time from message to message that is looked at more closely; long pauses are, and pass.
const MAX_STEP_S: u32 = 3600;

/// How far behind a doubtful record the next sense is looked for.
const SEARCH_BYTES: usize = 4096;

/// How often it is looked for: a file of nothing but doubts must not take long.
const MAX_SEARCHES: usize = 256;

/// What a record's time out of line with the ones before it turns out to be.
pub enum Doubt {
    /// Nothing speaks against it: a long pause, or a clock that was set.
    Unfounded,
    /// The records behind it go on from the time before it: only this time is wrong.
    WrongTime,
    /// Records go on from the time before it at a place that no messages lead to from here: this is none.
    NoMessage,
}

impl Reader<'_> {
    /// True when a record's time is far from the one before it.
    #[inline]
    pub const fn is_out_of_line(&self, seconds: Option<u32>) -> bool {
        matches!((seconds, self.record_clock), (Some(seconds), Some(clock)) if seconds.abs_diff(clock) > MAX_STEP_S)
    }

    /// Looks into a time that is out of line, of a record behind which `behind` stands.
    #[cold]
    pub fn judge(&self, behind: &[u8]) -> Doubt {
        if self.makes_sense(behind, self.record_clock) {
            return Doubt::WrongTime;
        }
        if self.is_misframed(behind) { Doubt::NoMessage } else { Doubt::Unfounded }
    }

    /// True when records go on nearby, at a place to which no messages lead from `behind`, the end of a doubtful one.
    #[cold]
    pub fn is_misframed(&self, behind: &[u8]) -> bool {
        if self.n_searches >= MAX_SEARCHES {
            return false;
        }
        let next = self.next_sense(self.at.saturating_add(SEARCH_BYTES));
        next.is_some_and(|next| !self.leads_to(behind, next))
    }

    /// True when one message after the other leads from `from` to the place `to`, or a definition hides where.
    fn leads_to(&self, from: &[u8], to: usize) -> bool {
        let mut rest = from;
        while self.data.len() - rest.len() < to {
            if is_plain_definition(rest) {
                return true;
            }
            let Some((_, _, behind)) = self.peek(rest) else {
                return false;
            };
            rest = behind;
        }
        self.data.len() - rest.len() == to
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

    /// True when `data` start with a record, and the times of it and the next ones go on from `clock`.
    pub fn makes_sense(&self, data: &[u8], clock: Option<u32>) -> bool {
        let first = data.first().and_then(|&header| self.definition(header));
        first.is_some_and(|definition| definition.is_record) && self.goes_on(data, clock)
    }

    /// True when the times of the next records in `data`, which are not far, go on from `clock`, or from the first of
    /// them where there is no clock.
    fn goes_on(&self, mut data: &[u8], mut clock: Option<u32>) -> bool {
        const MAX_MESSAGES: usize = 12;
        let mut n_steps = 0;
        for _ in 0..MAX_MESSAGES {
            let Some((definition, seconds, behind)) = self.peek(data) else {
                return false;
            };
            data = behind;
            if !definition.is_record {
                continue;
            }
            let Some(seconds) = seconds else {
                return false;
            };
            match clock {
                Some(clock) if seconds >= clock && seconds - clock <= MAX_STEP_S => n_steps += 1,
                // Zeros go on from zeros.
                None if timestamp(seconds) >= FIRST_ABSOLUTE_TIME => {}
                _ => return false,
            }
            if n_steps == 2 {
                return true;
            }
            clock = Some(seconds);
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

    /// The definition of a data message with this header. A time in the header is for messages that have none.
    fn definition(&self, header: u8) -> Option<&Definition> {
        let (local, _) = local_type(header, None);
        let definition = self.definitions[local].as_ref().filter(|_| !is_definition(header))?;
        (header & 0x80 == 0 || !definition.has_time()).then_some(definition)
    }
}

/// True when `data` start with a definition as every writer writes it: a zero, the order of bytes, some fields.
pub fn is_plain_definition(data: &[u8]) -> bool {
    matches!(data, [header, 0, 0 | 1, _, _, n_fields, ..] if is_definition(*header) && *n_fields > 0)
}
