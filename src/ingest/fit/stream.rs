//! The messages of one FIT file, one after the other.

use super::contents::Contents;
use super::definition::{Definition, Message};

/// How the reading of the messages went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outcome {
    /// The bytes of a last message that goes on behind the end of the data; zero when the data end with a message.
    pub n_cut: usize,
    /// Bytes that were passed over because they made no sense.
    pub n_skipped: usize,
    /// Bytes at the end that made no sense and behind which nothing did.
    pub n_lost: usize,
    /// True when messages were read behind the declared end.
    pub went_on: bool,
}

/// Why the messages cannot be read on.
enum Stop {
    /// The data are over.
    End,
    /// A message goes on behind the end of the data.
    Cut,
    /// No definition describes the message, so that its size is not known.
    Undefined,
}

/// Reads the messages of `data`, of which `declared` bytes are said to be messages, into `contents`.
///
/// Where bytes were lost in between, it goes on at the next place at which messages make sense.
pub fn read(data: &[u8], declared: usize, may_go_on: bool, contents: &mut Contents) -> Outcome {
    let mut outcome = Outcome::default();
    let mut reader = Reader::new(&data[..declared.min(data.len())]);
    loop {
        let stop = reader.run(contents);
        let behind = data.get(reader.at..).unwrap_or_default();
        if may_go_on && reader.data.len() < data.len() && reader.makes_sense(behind) {
            reader.data = data;
            outcome.went_on = true;
            continue;
        }
        if matches!(stop, Stop::End) {
            return outcome;
        }
        if let Some(next) = reader.next_sense() {
            outcome.n_skipped += next - reader.last.at;
            contents.records.truncate(reader.last.n_records);
            reader.clock = reader.last.clock;
            reader.at = next;
            continue;
        }
        let left = reader.data.len() - reader.at;
        match stop {
            Stop::Cut => outcome.n_cut = left,
            _ => outcome.n_lost = left,
        }
        return outcome;
    }
}

/// A place among the messages, with what the ones before it said.
struct Reader<'a> {
    data: &'a [u8],
    at: usize,
    definitions: [Option<Definition>; 16],
    clock: Option<u32>,
    last: Last,
}

/// How things stood before the last message.
#[derive(Default)]
struct Last {
    at: usize,
    n_records: usize,
    clock: Option<u32>,
}

impl<'a> Reader<'a> {
    const fn new(data: &'a [u8]) -> Self {
        let last = Last { at: 0, n_records: 0, clock: None };
        Self { data, at: 0, definitions: [None; 16], clock: None, last }
    }

    /// Reads messages until it cannot go on.
    fn run(&mut self, contents: &mut Contents) -> Stop {
        let mut rest = self.data.get(self.at..).unwrap_or_default();
        let stop = loop {
            let Some((&header, body)) = rest.split_first() else {
                break Stop::End;
            };
            if is_definition(header) {
                let Some((definition, behind)) = Definition::parse(body, header & 0x20 != 0) else {
                    break Stop::Cut;
                };
                if definition.is_record {
                    contents.expect_records(behind.len() / (definition.size + 1));
                }
                self.definitions[usize::from(header & 0x0F)] = Some(definition);
                rest = behind;
                continue;
            }
            let (local, header_seconds) = local_type(header, self.clock);
            let Some(definition) = &self.definitions[local] else {
                break Stop::Undefined;
            };
            let Some((bytes, behind)) = body.split_at_checked(definition.size) else {
                break Stop::Cut;
            };
            let message = Message::new(bytes, definition, header_seconds);
            let n_records = contents.records.len();
            self.last = Last { at: self.data.len() - rest.len(), n_records, clock: self.clock };
            self.clock = message.seconds.or(self.clock);
            rest = behind;
            if let Some(read) = definition.reader {
                read(&message, contents);
            }
        };
        self.at = self.data.len() - rest.len();
        stop
    }

    /// The next place behind the start of the last message at which messages make sense.
    fn next_sense(&self) -> Option<usize> {
        (self.last.at + 1..self.data.len()).find(|&at| self.makes_sense(&self.data[at..]))
    }

    /// True when `data` start with messages of known definitions whose times go on from the last good one.
    ///
    /// Two such times in a row are 64 bits that chance does not get right.
    fn makes_sense(&self, data: &[u8]) -> bool {
        const MAX_STEP_S: u32 = 3600;
        let Some(mut clock) = self.last.clock else {
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
            if let Some(seconds) = Message::new(bytes, definition, None).seconds {
                if seconds.checked_sub(clock).is_none_or(|step| step > MAX_STEP_S) {
                    return false;
                }
                clock = seconds;
                n_times += 1;
            }
            if n_times == 2 {
                return true;
            }
        }
        false
    }
}

/// True for the header byte of a definition. The highest bit marks a compressed timestamp, which is a data message.
const fn is_definition(header: u8) -> bool {
    header & 0xC0 == 0x40
}

/// The local type of a data message, and its time where the header has one.
fn local_type(header: u8, clock: Option<u32>) -> (usize, Option<u32>) {
    if header & 0x80 == 0 {
        (usize::from(header & 0x0F), None)
    } else {
        (usize::from(header >> 5 & 0x03), clock.map(|clock| roll(clock, header)))
    }
}

/// The time of a compressed header: its five bits count on from those of the last time and roll over.
const fn roll(clock: u32, header: u8) -> u32 {
    let step = (header as u32).wrapping_sub(clock) & 0x1F;
    clock.saturating_add(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_bits_roll_over() {
        let roll = |clock, five_bits: u8| roll(clock, 0x80 | five_bits);
        assert_eq!(roll(1000, 8), 1000, "the same second again");
        assert_eq!(roll(1000, 9), 1001);
        assert_eq!(roll(1000, 7), 1031);
        assert_eq!(roll(1023, 0), 1024);
        assert_eq!(roll(u32::MAX - 1, 31), u32::MAX);
        assert_eq!(roll(u32::MAX - 1, 0), u32::MAX);
    }
}
