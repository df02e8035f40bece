//! Where a value lies in a message, and how its base type reads it.

use crate::units::{Timestamp, is_control_or_bidi};

/// Seconds from 1970 to the first second of FIT, 1989-12-31T00:00:00Z.
const FIT_EPOCH: i64 = 631_065_600;

/// Where a wanted field lies in the messages of one definition.
#[derive(Debug, Clone, Copy)]
pub struct Slot {
    offset: u16,
    size: u8,
    base: Base,
    big_endian: bool,
    /// How the number is read where it is a whole one of four bytes at most, lowest byte first.
    plain: Plain,
}

/// A whole number in the low bits of a word.
#[derive(Debug, Clone, Copy)]
struct Plain {
    /// How many bits of the word are not the number's; zero where it is no such number.
    unused: u8,
    /// Its highest bit where that is a sign, else zero.
    sign: u32,
    /// The bits that mark it as invalid.
    invalid: u32,
}

/// How the bytes of a field are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Base {
    /// The definition does not hold the field, or its size does not fit its type.
    Absent,
    U8,
    I8,
    U16,
    I16,
    U32,
    I32,
    U64,
    I64,
    F32,
    F64,
    /// Unsigned, and zero means invalid.
    Z8,
    Z16,
    Z32,
    Z64,
    Text,
}

impl Slot {
    /// The slot of a field that the definition does not hold.
    pub const ABSENT: Self = Self {
        offset: 0,
        size: 0,
        base: Base::Absent,
        big_endian: false,
        plain: Plain { unused: 0, sign: 0, invalid: 0 },
    };

    /// True when the definition holds the field.
    pub const fn is_present(self) -> bool {
        !matches!(self.base, Base::Absent)
    }

    /// The slot of a field at `offset` of the message, of `size` bytes and the base type that the file states.
    ///
    /// The file's own base type counts, not the profile's. One that does not exist is read as plain bytes; a field
    /// too short for its type is absent.
    pub fn new(offset: u16, size: u8, base_type: u8, big_endian: bool) -> Self {
        let (base, width) = match base_type & 0x1F {
            0x01 => (Base::I8, 1),
            0x03 => (Base::I16, 2),
            0x04 => (Base::U16, 2),
            0x05 => (Base::I32, 4),
            0x06 => (Base::U32, 4),
            0x07 => (Base::Text, 1),
            0x08 => (Base::F32, 4),
            0x09 => (Base::F64, 8),
            0x0A => (Base::Z8, 1),
            0x0B => (Base::Z16, 2),
            0x0C => (Base::Z32, 4),
            0x0E => (Base::I64, 8),
            0x0F => (Base::U64, 8),
            0x10 => (Base::Z64, 8),
            _ => (Base::U8, 1),
        };
        if size < width {
            return Self::ABSENT;
        }
        Self { offset, size, base, big_endian, plain: Plain::of(base, 8 * width, big_endian) }
    }
}

impl Plain {
    /// How a number of a base type of so many bits is read.
    const fn of(base: Base, n_bits: u8, big_endian: bool) -> Self {
        let none = Self { unused: 0, sign: 0, invalid: 0 };
        if n_bits > 32 || (big_endian && n_bits > 8) {
            return none;
        }
        let (all, highest) = (u32::MAX >> (32 - n_bits), 1 << (n_bits - 1));
        let (sign, invalid) = match base {
            Base::U8 | Base::U16 | Base::U32 => (0, all),
            Base::I8 | Base::I16 | Base::I32 => (highest, all >> 1),
            Base::Z8 | Base::Z16 | Base::Z32 => (0, 0),
            Base::Absent | Base::U64 | Base::I64 | Base::F32 | Base::F64 | Base::Z64 | Base::Text => return none,
        };
        Self { unused: 64 - n_bits, sign, invalid }
    }

    /// The number that a word begins with; `None` where it is marked invalid.
    #[inline]
    fn number(self, word: u64) -> Option<f64> {
        let bits = word << self.unused >> self.unused;
        let sign = u64::from(self.sign);
        let number = (bits ^ sign).wrapping_sub(sign).cast_signed();
        (bits != u64::from(self.invalid)).then_some(number as f64)
    }
}

/// One field of one message, which may go on behind it.
#[derive(Clone, Copy)]
pub struct Field<'a> {
    message: &'a [u8],
    slot: Slot,
}

impl<'a> Field<'a> {
    /// The field at `slot` of a message.
    #[inline]
    pub const fn new(message: &'a [u8], slot: Slot) -> Self {
        Self { message, slot }
    }

    /// The number as it stands in the file, the first one of an array. `None` when absent or marked invalid.
    #[expect(clippy::inline_always, reason = "a call costs as much as the reading itself")]
    #[inline(always)]
    pub fn number(self) -> Option<f64> {
        if !self.slot.is_present() {
            return None;
        }
        // What nearly all of a file is.
        let start = usize::from(self.slot.offset);
        match self.message.get(start..start + 8).and_then(|word| word.first_chunk()) {
            Some(word) if self.slot.plain.unused > 0 => self.slot.plain.number(u64::from_le_bytes(*word)),
            _ => self.rare_number(),
        }
    }

    /// The same for every base type and either order of bytes.
    #[inline(never)]
    fn rare_number(self) -> Option<f64> {
        match self.slot.base {
            Base::Absent | Base::Text => None,
            Base::U8 => self.bytes().map(u8::from_le_bytes).filter(|&v| v != u8::MAX).map(f64::from),
            Base::I8 => self.bytes().map(i8::from_le_bytes).filter(|&v| v != i8::MAX).map(f64::from),
            Base::U16 => self.bytes().map(u16::from_le_bytes).filter(|&v| v != u16::MAX).map(f64::from),
            Base::I16 => self.bytes().map(i16::from_le_bytes).filter(|&v| v != i16::MAX).map(f64::from),
            Base::U32 => self.bytes().map(u32::from_le_bytes).filter(|&v| v != u32::MAX).map(f64::from),
            Base::I32 => self.bytes().map(i32::from_le_bytes).filter(|&v| v != i32::MAX).map(f64::from),
            Base::U64 => self.bytes().map(u64::from_le_bytes).filter(|&v| v != u64::MAX).map(|v| v as f64),
            Base::I64 => self.bytes().map(i64::from_le_bytes).filter(|&v| v != i64::MAX).map(|v| v as f64),
            Base::F32 => self.bytes().map(f32::from_le_bytes).filter(|v| v.is_finite()).map(f64::from),
            Base::F64 => self.bytes().map(f64::from_le_bytes).filter(|v| v.is_finite()),
            Base::Z8 => self.bytes().map(u8::from_le_bytes).filter(|&v| v != 0).map(f64::from),
            Base::Z16 => self.bytes().map(u16::from_le_bytes).filter(|&v| v != 0).map(f64::from),
            Base::Z32 => self.bytes().map(u32::from_le_bytes).filter(|&v| v != 0).map(f64::from),
            Base::Z64 => self.bytes().map(u64::from_le_bytes).filter(|&v| v != 0).map(|v| v as f64),
        }
    }

    /// The number divided by the scale of the profile.
    #[expect(clippy::inline_always, reason = "a call costs as much as the reading itself")]
    #[inline(always)]
    pub fn scaled(self, scale: f64) -> Option<f64> {
        self.number().map(|number| number / scale)
    }

    /// Seconds from a field in milliseconds. A negative number that went round to a huge one is none.
    pub fn duration(self) -> Option<f64> {
        self.scaled(1000.0).filter(|seconds| (0.0..2_147_483.0).contains(seconds))
    }

    /// A small code or count: the number where it is a whole one from 0 to 65535.
    #[inline]
    pub fn code(self) -> Option<u16> {
        self.number().filter(|&n| (n - f64::from(n as u16)).abs() <= 0.0).map(|n| n as u16)
    }

    /// A `date_time` as the file writes it, in seconds since the first second of FIT.
    #[inline]
    pub fn seconds(self) -> Option<u32> {
        match self.slot.base {
            Base::Absent => None,
            Base::U32 if !self.slot.big_endian => self.bytes().map(u32::from_le_bytes).filter(|&v| v != u32::MAX),
            _ => self.rare_seconds(),
        }
    }

    #[inline(never)]
    fn rare_seconds(self) -> Option<u32> {
        self.rare_number().filter(|n| (0.0..f64::from(u32::MAX)).contains(n)).map(|n| n as u32)
    }

    /// A `date_time`, in a year that a watch can have.
    pub fn time(self) -> Option<Timestamp> {
        self.seconds().map(timestamp).filter(|time| time.is_of_a_watch())
    }

    /// A text up to its first zero byte, with odd bytes replaced and what would steer a terminal left out; `None` when empty.
    pub fn text(self) -> Option<String> {
        if self.slot.base != Base::Text {
            return None;
        }
        let text = self.raw().split(|&byte| byte == 0).next().unwrap_or_default();
        let text: String = String::from_utf8_lossy(text).chars().filter(|&c| !is_control_or_bidi(c)).collect();
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// The bytes of the whole field; empty when absent.
    pub fn raw(self) -> &'a [u8] {
        let start = usize::from(self.slot.offset);
        self.message.get(start..start + usize::from(self.slot.size)).unwrap_or_default()
    }

    /// The elements of a field of four-byte numbers.
    pub fn words(self) -> impl Iterator<Item = u32> + 'a {
        let big_endian = self.slot.big_endian;
        let usable = matches!(self.slot.base, Base::U32 | Base::Z32 | Base::I32);
        let bytes = if usable { self.raw() } else { &[] };
        let read = move |word: &[u8; 4]| if big_endian { u32::from_be_bytes(*word) } else { u32::from_le_bytes(*word) };
        bytes.as_chunks().0.iter().map(read)
    }

    /// The first element, lowest byte first.
    #[inline]
    fn bytes<const N: usize>(self) -> Option<[u8; N]> {
        let start = usize::from(self.slot.offset);
        let mut bytes: [u8; N] = self.message.get(start..start + N)?.try_into().ok()?;
        if self.slot.big_endian {
            bytes.reverse();
        }
        Some(bytes)
    }
}

/// The moment of a `date_time`.
pub const fn timestamp(seconds: u32) -> Timestamp {
    Timestamp::from_unix_seconds(FIT_EPOCH + seconds as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(base_type: u8, bytes: &[u8], big_endian: bool) -> Option<f64> {
        Field::new(bytes, Slot::new(0, bytes.len() as u8, base_type, big_endian)).number()
    }

    #[test]
    fn every_base_type_reads_its_value() {
        assert_eq!(number(0x00, &[4], false), Some(4.0));
        assert_eq!(number(0x01, &[0xFE], false), Some(-2.0));
        assert_eq!(number(0x83, &[0xFE, 0xFF], false), Some(-2.0));
        assert_eq!(number(0x84, &[0x01, 0x02], false), Some(513.0));
        assert_eq!(number(0x84, &[0x01, 0x02], true), Some(258.0));
        assert_eq!(number(0x85, &[0xFF, 0xFF, 0xFF, 0xFE], true), Some(-2.0));
        assert_eq!(number(0x86, &[1, 0, 0, 0x80], false), Some(2_147_483_649.0));
        assert_eq!(number(0x88, &123.5f32.to_le_bytes(), false), Some(123.5));
        assert_eq!(number(0x89, &(-0.25f64).to_be_bytes(), true), Some(-0.25));
        assert_eq!(number(0x8E, &(-7i64).to_le_bytes(), false), Some(-7.0));
        assert_eq!(number(0x8F, &7u64.to_be_bytes(), true), Some(7.0));
        assert_eq!(number(0xFF, &[150], false), Some(150.0), "a base type that does not exist");
        assert_eq!(number(0x84, &[7, 0, 9, 0], false), Some(7.0), "the first of an array");
    }

    #[test]
    fn a_number_is_the_same_in_the_middle_of_a_file_and_at_its_end() {
        for base_type in 0..=0x90 {
            for big_endian in [false, true] {
                for low in [0, 1, 0x7F, 0x80, 0xFF] {
                    for high in [0, 1, 0x7F, 0x80, 0xFF] {
                        let bytes = [low, low, low, high, low, low, low, high];
                        let slot = Slot::new(0, 8, base_type, big_endian);
                        let number = |bytes| Field::new(bytes, slot).number().map(f64::to_bits);
                        assert_eq!(number(&bytes), Field::new(&bytes, slot).rare_number().map(f64::to_bits));
                    }
                }
            }
        }
    }

    #[test]
    fn every_base_type_has_its_invalid_value() {
        let cases: [(u8, &[u8]); 12] = [
            (0x00, &[0xFF]),
            (0x01, &[0x7F]),
            (0x02, &[0xFF]),
            (0x0A, &[0]),
            (0x83, &[0xFF, 0x7F]),
            (0x84, &[0xFF, 0xFF]),
            (0x8B, &[0, 0]),
            (0x85, &[0xFF, 0xFF, 0xFF, 0x7F]),
            (0x86, &[0xFF; 4]),
            (0x88, &[0xFF; 4]),
            (0x89, &[0xFF; 8]),
            (0x90, &[0; 8]),
        ];
        for (base_type, bytes) in cases {
            assert_eq!(number(base_type, bytes, false), None, "base type {base_type:#x}");
        }
        assert_eq!(number(0x86, &[1, 0], false), None, "too short for its type");
    }

    #[test]
    fn texts_end_at_their_zero_and_hold_no_control_characters() {
        let text = |bytes: &[u8]| Field::new(bytes, Slot::new(0, bytes.len() as u8, 7, false)).text();
        assert_eq!(text(b"Run\0junk").as_deref(), Some("Run"));
        assert_eq!(text(b"a\x1b[31mb\xFF").as_deref(), Some("a[31mb\u{FFFD}"));
        assert_eq!(text(b" \0"), None);
    }
}
