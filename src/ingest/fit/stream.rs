//! The messages of one FIT file, one after the other.

use super::contents::Contents;
use super::definition::{Definition, Message};

/// How the reading of the messages ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// With the last byte.
    Whole,
    /// Within a message that goes on behind the last byte.
    Cut {
        /// The bytes of that message that are there.
        left: usize,
    },
    /// At a message that no definition describes, so that its size is not known.
    Undefined {
        /// Where the message starts.
        offset: usize,
    },
}

/// Reads messages until the data end or make no sense, into `contents`.
pub fn read(data: &[u8], contents: &mut Contents) -> End {
    let mut definitions: [Option<Definition>; 16] = [None; 16];
    let mut clock: Option<u32> = None;
    let mut rest = data;
    while let Some((&header, body)) = rest.split_first() {
        if is_definition(header) {
            let Some((definition, behind)) = Definition::parse(body, header & 0x20 != 0) else {
                return End::Cut { left: rest.len() };
            };
            definitions[usize::from(header & 0x0F)] = Some(definition);
            rest = behind;
            continue;
        }
        let (local, header_seconds) = if header & 0x80 == 0 {
            (header & 0x0F, None)
        } else {
            (header >> 5 & 0x03, clock.map(|clock| roll(clock, header)))
        };
        let Some(definition) = &definitions[usize::from(local)] else {
            return End::Undefined { offset: data.len() - rest.len() };
        };
        let Some((bytes, behind)) = body.split_at_checked(definition.size) else {
            return End::Cut { left: rest.len() };
        };
        rest = behind;
        let message = Message::new(bytes, definition, header_seconds);
        clock = message.seconds.or(clock);
        if let Some(read) = definition.reader {
            if contents.records.is_empty() {
                contents.expect_records(rest.len() / (definition.size + 1));
            }
            read(&message, contents);
        }
    }
    End::Whole
}

/// True for the header byte of a definition. The highest bit marks a compressed timestamp, which is a data message.
const fn is_definition(header: u8) -> bool {
    header & 0xC0 == 0x40
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
