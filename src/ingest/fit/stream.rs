//! The messages of one FIT file, one after the other.

mod recovery;

use recovery::{Doubt, is_plain_definition};

use super::contents::Contents;
use super::definition::{Definition, Message};
use super::messages;

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
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// The data are over.
    End,
    /// A message goes on behind the end of the data.
    Cut,
    /// What stands here cannot be a message.
    Nonsense,
}

/// Reads the messages of `data`, of which `declared` bytes are said to be messages, into `contents`.
///
/// Where bytes were lost or damaged in between, it goes on at the next place at which messages make sense.
pub fn read(data: &[u8], declared: usize, may_go_on: bool, contents: &mut Contents) -> Outcome {
    let mut outcome = Outcome::default();
    let mut reader = Reader::new(&data[..declared.min(data.len())]);
    loop {
        let stop = reader.run(contents);
        let behind = data.get(reader.at..).unwrap_or_default();
        let is_inside = reader.data.len() < data.len();
        if may_go_on && is_inside && (reader.makes_sense(behind, reader.record_clock) || reader.ends_with(behind)) {
            reader.data = data;
            outcome.went_on = true;
            continue;
        }
        if stop == Stop::End {
            return outcome;
        }
        let left = reader.data.len() - reader.at;
        let Some(next) = reader.next_sense(reader.data.len()) else {
            match stop {
                Stop::Cut => outcome.n_cut = left,
                _ => outcome.n_lost = left,
            }
            return outcome;
        };
        // Sense before the stop means that bytes are missing from the message before it.
        if next <= reader.at {
            contents.records.truncate(reader.last.n_records);
            outcome.n_skipped += next - reader.last.at;
        } else {
            outcome.n_skipped += next - reader.at;
        }
        reader.record_clock = reader.last.record_clock;
        reader.at = next;
        // The next search starts behind this place, whatever is found here.
        reader.last = Last { at: next, n_records: contents.records.len(), record_clock: reader.record_clock };
    }
}

/// A place among the messages, with what the ones before it said.
struct Reader<'a> {
    data: &'a [u8],
    at: usize,
    definitions: [Option<Definition>; 16],
    /// The last time of any message, from which compressed times count on.
    clock: Option<u32>,
    /// The last time of a record. Other messages may have any: of a calibration years ago, or none but zero.
    record_clock: Option<u32>,
    last: Last,
    n_searches: usize,
}

/// How things stood before the last message.
struct Last {
    at: usize,
    n_records: usize,
    record_clock: Option<u32>,
}

impl<'a> Reader<'a> {
    fn new(data: &'a [u8]) -> Self {
        let last = Last { at: 0, n_records: 0, record_clock: None };
        Self { data, at: 0, definitions: [None; 16], clock: None, record_clock: None, last, n_searches: 0 }
    }

    /// Reads messages until it cannot go on.
    fn run(&mut self, contents: &mut Contents) -> Stop {
        let mut rest = self.data.get(self.at..).unwrap_or_default();
        loop {
            self.at = self.data.len() - rest.len();
            let Some((&header, body)) = rest.split_first() else {
                break Stop::End;
            };
            if is_definition(header) {
                let Some((definition, behind)) =
                    Definition::parse(body, header & 0x20 != 0, &contents.developer.described, messages::find)
                else {
                    break Stop::Cut;
                };
                if !is_plain_definition(rest) {
                    if self.is_misframed(behind) {
                        break Stop::Nonsense;
                    }
                    self.n_searches += 1;
                }
                if definition.is_record {
                    contents.expect_records(behind.len() / (definition.size + 1));
                }
                self.definitions[usize::from(header & 0x0F)] = Some(definition);
                rest = behind;
                continue;
            }
            let (local, header_seconds) = local_type(header, self.clock);
            let Some(definition) = &self.definitions[local] else {
                break Stop::Nonsense;
            };
            let Some((_, behind)) = body.split_at_checked(definition.size) else {
                break Stop::Cut;
            };
            // What lies behind a message is not its own, and lets its fields be read as whole words.
            let mut message = Message::new(body, definition, header_seconds);
            if definition.is_record && self.is_out_of_line(message.seconds) {
                match self.judge(behind) {
                    Doubt::Unfounded => self.n_searches += 1,
                    Doubt::WrongTime => message.seconds = None,
                    Doubt::NoMessage => break Stop::Nonsense,
                }
            }
            // A time in the header is for messages that have none themselves.
            if header_seconds.is_some() && definition.has_time() {
                if self.is_misframed(behind) {
                    break Stop::Nonsense;
                }
                self.n_searches += 1;
            }
            self.last = Last { at: self.at, n_records: contents.records.len(), record_clock: self.record_clock };
            self.clock = message.seconds.or(self.clock);
            if definition.is_record {
                self.record_clock = message.seconds.or(self.record_clock);
            }
            rest = behind;
            if let Some(read) = definition.reader {
                read(&message, contents);
            }
        }
    }
}

/// True for the header byte of a definition. The highest bit marks a compressed timestamp, which is a data message.
const fn is_definition(header: u8) -> bool {
    header & 0xC0 == 0x40
}

/// The local type of a data message, and its time where the header has one.
#[inline]
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
