//! Writes small FIT files by hand, for the tests of their reader.

use super::crc::crc16;

/// A field's value with its base type.
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    Enum(u8),
    U8(u8),
    U16(u16),
    U32(u32),
    I32(i32),
    F32(f32),
    Text(&'a str),
    /// Any base type with any bytes.
    Raw(u8, &'a [u8]),
}

/// The first second of the made-up activities, in seconds since the first second of FIT.
pub const T0: u32 = 1_000_000_000;

/// A FIT file in the making.
pub struct Writer {
    data: Vec<u8>,
    big_endian: bool,
}

impl Writer {
    /// A file without a message.
    pub fn empty() -> Self {
        Self { data: Vec::new(), big_endian: false }
    }

    /// A file of a type, without anything in it.
    pub fn new(file_type: u8) -> Self {
        Self::empty().message(0, &[(0, Value::Enum(file_type)), (1, Value::U16(1)), (2, Value::U16(3992))])
    }

    /// An activity without anything in it.
    pub fn activity() -> Self {
        Self::new(4)
    }

    /// The same with the highest byte of what follows first.
    pub fn big_endian(mut self) -> Self {
        self.big_endian = true;
        self
    }

    /// Adds bytes as they are.
    pub fn raw(mut self, bytes: &[u8]) -> Self {
        self.data.extend_from_slice(bytes);
        self
    }

    /// Adds a definition: number, size and base type of each field.
    pub fn define(self, local: u8, number: u16, fields: &[[u8; 3]]) -> Self {
        let architecture = u8::from(self.big_endian);
        let number = if self.big_endian { number.to_be_bytes() } else { number.to_le_bytes() };
        let head = [0x40 | local, 0, architecture, number[0], number[1], fields.len() as u8];
        self.raw(&head).raw(&fields.concat())
    }

    /// Adds a message with a definition of its own.
    pub fn message(self, number: u16, fields: &[(u8, Value<'_>)]) -> Self {
        let big_endian = self.big_endian;
        let encoded: Vec<(u8, u8, Vec<u8>)> = fields
            .iter()
            .map(|&(field, value)| {
                let (base_type, mut bytes) = encode(value);
                if big_endian && !matches!(value, Value::Text(_) | Value::Raw(..)) {
                    bytes.reverse();
                }
                (field, base_type, bytes)
            })
            .collect();
        let definition: Vec<[u8; 3]> =
            encoded.iter().map(|(field, base_type, bytes)| [*field, bytes.len() as u8, *base_type]).collect();
        let content: Vec<u8> = encoded.into_iter().flat_map(|(_, _, bytes)| bytes).collect();
        self.define(0, number, &definition).raw(&[0]).raw(&content)
    }

    /// Adds a record at so many seconds.
    pub fn record(self, second: u32, fields: &[(u8, Value<'_>)]) -> Self {
        self.message(20, &[&[(253, Value::U32(T0 + second))], fields].concat())
    }

    /// Adds records with a heart rate, one a second, all of one definition.
    pub fn records(self, seconds: std::ops::Range<u32>, bpm: u8) -> Self {
        seconds.fold(self.define(1, 20, &[[253, 4, 0x86], [3, 1, 2]]), |file, second| {
            file.raw(&[1]).raw(&(T0 + second).to_le_bytes()).raw(&[bpm])
        })
    }

    /// Adds a start (0) or stop (4) of the timer.
    pub fn timer(self, second: u32, kind: u8) -> Self {
        self.message(21, &[(253, Value::U32(T0 + second)), (0, Value::Enum(0)), (1, Value::Enum(kind))])
    }

    /// Adds a session with its sport and sub-sport.
    pub fn session(self, second: u32, elapsed_s: u32, sport: u8, sub_sport: u8) -> Self {
        let times = [(253, Value::U32(T0 + second + elapsed_s)), (2, Value::U32(T0 + second))];
        let rest = [(7, Value::U32(elapsed_s * 1000)), (5, Value::Enum(sport)), (6, Value::Enum(sub_sport))];
        self.message(18, &[&times[..], &rest].concat())
    }

    /// The whole file with header and checksums.
    pub fn finish(self) -> Vec<u8> {
        let mut file = vec![14, 0x20, 0x54, 0x08];
        file.extend((self.data.len() as u32).to_le_bytes());
        file.extend(b".FIT");
        file.extend(crc16(&file).to_le_bytes());
        file.extend(self.data);
        file.extend(crc16(&file).to_le_bytes());
        file
    }
}

fn encode(value: Value<'_>) -> (u8, Vec<u8>) {
    match value {
        Value::Enum(v) => (0x00, vec![v]),
        Value::U8(v) => (0x02, vec![v]),
        Value::U16(v) => (0x84, v.to_le_bytes().to_vec()),
        Value::U32(v) => (0x86, v.to_le_bytes().to_vec()),
        Value::I32(v) => (0x85, v.to_le_bytes().to_vec()),
        Value::F32(v) => (0x88, v.to_le_bytes().to_vec()),
        Value::Text(text) => (0x07, [text.as_bytes(), &[0]].concat()),
        Value::Raw(base_type, bytes) => (base_type, bytes.to_vec()),
    }
}

/// Adds a step of a workout: its index, how it ends, and what it asks for.
pub fn step(file: Writer, index: u16, duration: (u8, u32), target: u8, rest: &[(u8, Value<'_>)]) -> Writer {
    let kind = [(1, Value::Enum(duration.0)), (2, Value::U32(duration.1)), (3, Value::Enum(target))];
    file.message(27, &[&[(254, Value::U16(index))], &kind[..], rest].concat())
}
