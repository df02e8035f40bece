//! The layer of FIT below its messages: header, definitions, values and checksums.

/// A FIT file that grows message by message.
pub struct File {
    data: Vec<u8>,
    /// The definition in each of the 16 local slots, as it was written.
    definitions: [Vec<u8>; 16],
    /// The slot that the next new definition takes.
    next_slot: usize,
}

/// The value of a field; `None` is written as the number that means "not measured".
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    /// One of a list of kinds.
    Enum(Option<u8>),
    /// A byte.
    U8(Option<u8>),
    /// Two bytes.
    U16(Option<u16>),
    /// Four bytes.
    U32(Option<u32>),
    /// Four bytes with a sign.
    S32(Option<i32>),
    /// Text in UTF-8 of up to 254 bytes; empty means none.
    Text(&'a str),
}

/// The longest text that a field can hold beside its closing zero.
const LONGEST_TEXT: usize = 254;

impl Value<'_> {
    /// True when it was measured.
    pub const fn is_present(self) -> bool {
        match self {
            Value::Enum(value) | Value::U8(value) => value.is_some(),
            Value::U16(value) => value.is_some(),
            Value::U32(value) => value.is_some(),
            Value::S32(value) => value.is_some(),
            Value::Text(text) => !text.is_empty(),
        }
    }

    const fn base_type(self) -> u8 {
        match self {
            Value::Enum(_) => 0x00,
            Value::U8(_) => 0x02,
            Value::U16(_) => 0x84,
            Value::U32(_) => 0x86,
            Value::S32(_) => 0x85,
            Value::Text(_) => 0x07,
        }
    }

    fn size(self) -> usize {
        match self {
            Value::Enum(_) | Value::U8(_) => 1,
            Value::U16(_) => 2,
            Value::U32(_) | Value::S32(_) => 4,
            Value::Text(text) => text.floor_char_boundary(LONGEST_TEXT) + 1,
        }
    }

    fn write(self, data: &mut Vec<u8>) {
        match self {
            Value::Enum(value) | Value::U8(value) => data.push(value.unwrap_or(u8::MAX)),
            Value::U16(value) => data.extend(value.unwrap_or(u16::MAX).to_le_bytes()),
            Value::U32(value) => data.extend(value.unwrap_or(u32::MAX).to_le_bytes()),
            Value::S32(value) => data.extend(value.unwrap_or(i32::MAX).to_le_bytes()),
            Value::Text(text) => {
                // A zero inside would end the text for every reader.
                let shown = &text[..text.floor_char_boundary(LONGEST_TEXT)];
                data.extend(shown.bytes().map(|b| if b == 0 { b' ' } else { b }));
                data.push(0);
            }
        }
    }
}

impl File {
    /// A file without messages.
    pub fn new() -> Self {
        Self { data: Vec::new(), definitions: Default::default(), next_slot: 0 }
    }

    /// Appends a message of (field number, value), and before it its definition where no slot holds it.
    pub fn message(&mut self, number: u16, fields: &[(u8, Value)]) {
        let mut definition = vec![0, 0];
        definition.extend(number.to_le_bytes());
        definition.push(fields.len() as u8);
        for (field, value) in fields {
            definition.extend([*field, value.size() as u8, value.base_type()]);
        }
        let slot = self.definitions.iter().position(|held| *held == definition).unwrap_or_else(|| {
            let slot = self.next_slot;
            self.next_slot = (slot + 1) % self.definitions.len();
            self.data.push(0x40 | slot as u8);
            self.data.extend(&definition);
            self.definitions[slot] = definition;
            slot
        });
        self.data.push(slot as u8);
        for (_, value) in fields {
            value.write(&mut self.data);
        }
    }

    /// The bytes of the whole file, with its header and checksums.
    pub fn finish(self) -> Vec<u8> {
        const PROTOCOL: u8 = 0x20;
        const PROFILE: u16 = 21_218;
        let length = u32::try_from(self.data.len()).expect("an activity in memory is far below 4 GB");
        let mut file = vec![14, PROTOCOL];
        file.extend(PROFILE.to_le_bytes());
        file.extend(length.to_le_bytes());
        file.extend(b".FIT");
        file.extend(checksum(&file).to_le_bytes());
        file.extend(self.data);
        file.extend(checksum(&file).to_le_bytes());
        file
    }
}

/// CRC-16 with the reflected polynomial 0x8005 and no initial value, known as CRC-16/ARC.
fn checksum(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte), |crc, _| (crc >> 1) ^ if crc & 1 == 1 { 0xA001 } else { 0 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_has_the_published_check_value() {
        assert_eq!(checksum(b"123456789"), 0xBB3D);
    }

    #[test]
    fn a_definition_is_written_once() {
        let mut file = File::new();
        for value in [Some(1), None, Some(3)] {
            file.message(20, &[(3, Value::U8(value))]);
        }
        file.message(20, &[(3, Value::U16(Some(1)))]);
        let bytes = file.finish();
        let expected: &[&[u8]] = &[
            &[0x40, 0, 0, 20, 0, 1, 3, 1, 2], // the definition, in slot 0
            &[0, 1, 0, 255, 0, 3],            // three messages
            &[0x41, 0, 0, 20, 0, 1, 3, 2, 0x84],
            &[1, 1, 0],
        ];
        assert_eq!(bytes[14..bytes.len() - 2], expected.concat());
        assert_eq!(checksum(&bytes), 0, "with its checksum behind it, a file has the checksum 0");
    }

    #[test]
    fn long_text_ends_between_two_characters() {
        let long = "xé".repeat(100);
        let mut file = File::new();
        file.message(26, &[(8, Value::Text(&long))]);
        let bytes = file.finish();
        let text = std::str::from_utf8(&bytes[14 + 9 + 1..bytes.len() - 3]).expect("whole characters");
        assert!(long.starts_with(text) && (252..=254).contains(&text.len()), "{}", text.len());
    }
}
