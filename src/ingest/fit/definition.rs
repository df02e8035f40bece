//! What a definition message promises about the messages that follow it, compiled once into slots.

use super::contents::Contents;
use super::developer::{Description, DeveloperSlots};
use super::value::{Field, Slot};

/// The most fields that are read of any one message.
pub const MAX_FIELDS: usize = 16;

/// The number of the timestamp field, the same in every message.
const TIMESTAMP: u8 = 253;

/// The number of the message that nearly all of a file is.
pub const RECORD: u16 = 20;

/// What is done with a message.
pub type Reader = fn(&Message<'_>, &mut Contents);

/// One message of the profile.
pub struct Row {
    /// Its global number.
    pub number: u16,
    /// The fields that are read besides the timestamp, in the order in which `read` takes them apart.
    pub fields: &'static [u8],
    /// What is done with it.
    pub read: Reader,
}

/// The layout of one local message type.
#[derive(Clone, Copy)]
pub struct Definition {
    /// True when its messages are records.
    pub is_record: bool,
    /// The bytes of a message, without its header byte.
    pub size: usize,
    /// What is done with the messages, or `None` when they are of no use here.
    pub reader: Option<Reader>,
    timestamp: Slot,
    slots: [Slot; MAX_FIELDS],
    developer: DeveloperSlots,
}

impl Definition {
    /// True when its messages have a time themselves.
    pub const fn has_time(&self) -> bool {
        self.timestamp.is_present()
    }

    /// Reads the definition that follows a header byte, and gives the bytes behind it. `None` when it is cut short.
    ///
    /// Developer fields are skipped, as their numbers mean something else than those of the profile, but for those of
    /// records that are `described` as speed or distance. `find` gives the row of a message's global number.
    pub fn parse<'a>(
        bytes: &'a [u8],
        has_developer_fields: bool,
        described: &[Description],
        find: impl Fn(u16) -> Option<&'static Row>,
    ) -> Option<(Self, &'a [u8])> {
        let (&[_reserved, architecture, low, high, n_fields], rest) = bytes.split_first_chunk()?;
        let big_endian = architecture == 1;
        let number = if big_endian { [high, low] } else { [low, high] };
        let row = find(u16::from_le_bytes(number));

        let (fields, rest) = rest.split_at_checked(3 * usize::from(n_fields))?;
        let mut slots = [Slot::ABSENT; MAX_FIELDS];
        let mut timestamp = Slot::ABSENT;
        let mut size: u16 = 0;
        for &[field, field_size, base_type] in fields.as_chunks().0 {
            let slot = Slot::new(size, field_size, base_type, big_endian);
            if field == TIMESTAMP {
                timestamp = slot;
            } else if let Some(at) = row.and_then(|row| row.fields.iter().position(|&wanted| wanted == field)) {
                slots[at] = slot;
            }
            size += u16::from(field_size); // at most 255 fields of 255 bytes
        }
        let mut definition = Self {
            is_record: row.is_some_and(|row| row.number == RECORD),
            size: usize::from(size),
            reader: row.map(|row| row.read),
            timestamp,
            slots,
            developer: [None; 2],
        };
        if !has_developer_fields {
            return Some((definition, rest));
        }
        let (&n_fields, rest) = rest.split_first()?;
        let (fields, rest) = rest.split_at_checked(3 * usize::from(n_fields))?;
        for &[number, size, developer] in fields.as_chunks().0 {
            let is_it = |known: &&Description| definition.is_record && known.key == (developer, number);
            if let Some(known) = described.iter().find(is_it) {
                known.place(definition.size, size, big_endian, &mut definition.developer);
            }
            definition.size += usize::from(size);
        }
        Some((definition, rest))
    }
}

/// One message: the bytes from its first one on, where its fields lie, and its time.
#[derive(Clone, Copy)]
pub struct Message<'a> {
    bytes: &'a [u8],
    definition: &'a Definition,
    /// The time from the message or its compressed header, in seconds since the first second of FIT.
    pub seconds: Option<u32>,
}

impl<'a> Message<'a> {
    /// A message of a definition, with the time that a compressed header gave.
    #[inline]
    pub fn new(bytes: &'a [u8], definition: &'a Definition, header_seconds: Option<u32>) -> Self {
        let seconds = Field::new(bytes, definition.timestamp).seconds().or(header_seconds);
        Self { bytes, definition, seconds }
    }

    /// Where an app's speed and distance lie; `None` where there is neither.
    #[inline]
    pub const fn developer(&self) -> Option<&'a DeveloperSlots> {
        match &self.definition.developer {
            [None, None] => None,
            slots => Some(slots),
        }
    }

    /// The fields in the order in which the message's row in the table lists them.
    pub fn fields<const N: usize>(&self) -> [Field<'a>; N] {
        self.slots::<N>().map(|slot| self.field(slot))
    }

    /// Where the fields lie, in the same order.
    #[inline]
    pub fn slots<const N: usize>(&self) -> &'a [Slot; N] {
        const { assert!(N <= MAX_FIELDS) }
        self.definition.slots.first_chunk().expect("no more than there are slots")
    }

    /// The field at a slot.
    #[inline]
    pub const fn field(&self, slot: Slot) -> Field<'a> {
        Field::new(self.bytes, slot)
    }
}
