//! Where the messages of a damaged file go on.
//!
//! The sign to go by is time: two messages in a row whose times go on from the last good one are 64 bits that chance
//! does not get right.

use super::super::definition::Message;
use super::{Reader, is_definition, local_type};

/// A step of time from message to message that is looked at more closely; long pauses are, and pass.
const MAX_STEP_S: u32 = 3600;

/// How far behind a doubtful message the next sense is looked for.
const SEARCH_BYTES: usize = 1 << 16;

/// What a time out of line with the ones before it turns out to be.
pub enum Doubt {
    /// The messages behind it go on from there: a pause, or a clock that was set.
    Unfounded,
    /// The messages behind it go on from the time before: only this time is wrong.
    WrongTime,
    /// Messages go on elsewhere: this is none.
    NoMessage,
    /// Nothing goes on anywhere.
    Unresolved,
}

/// How often such a search may find nothing: a file of nothing but doubts must not take long.
const MAX_SEARCHES: usize = 64;

impl Reader<'_> {
    /// True when a time is far from the one before it.
    #[inline]
    pub const fn is_out_of_line(&self, seconds: Option<u32>) -> bool {
        matches!((seconds, self.clock), (Some(seconds), Some(clock)) if seconds.abs_diff(clock) > MAX_STEP_S)
    }

    /// Looks into a time that is out of line, of a message behind which `behind` stands.
    #[cold]
    pub fn judge(&self, seconds: Option<u32>, behind: &[u8]) -> Doubt {
        if self.makes_sense(behind, seconds) {
            return Doubt::Unfounded;
        }
        if self.makes_sense(behind, self.clock) {
            return Doubt::WrongTime;
        }
        if self.n_searches < MAX_SEARCHES && self.next_sense(self.at.saturating_add(SEARCH_BYTES)).is_some() {
            return Doubt::NoMessage;
        }
        Doubt::Unresolved
    }

    /// The next place behind the start of the last message and before `end` at which messages make sense.
    pub fn next_sense(&self, end: usize) -> Option<usize> {
        let end = end.min(self.data.len());
        (self.last.at + 1..end).find(|&at| self.makes_sense(&self.data[at..], self.last.clock))
    }

    /// True when `data` start with messages of known definitions whose times go on from `clock`, the first one's too.
    pub fn makes_sense(&self, data: &[u8], clock: Option<u32>) -> bool {
        let Some(mut clock) = clock else {
            return false;
        };
        let mut rest = data;
        let mut n_times = 0;
        for _ in 0..4 {
            let Some((&header, body)) = rest.split_first() else {
                return false;
            };
            let (local, _) = local_type(header, None);
            let Some(definition) = self.definitions[local].as_ref().filter(|_| !is_definition(header)) else {
                return false;
            };
            let Some((bytes, behind)) = body.split_at_checked(definition.size) else {
                return false;
            };
            rest = behind;
            match Message::new(bytes, definition, None).seconds {
                Some(seconds) if seconds >= clock && seconds - clock <= MAX_STEP_S => {
                    clock = seconds;
                    n_times += 1;
                }
                None if n_times > 0 => {}
                _ => return false,
            }
            if n_times == 2 {
                return true;
            }
        }
        false
    }
}
