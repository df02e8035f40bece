//! Damage that knows the formats: FIT messages and definitions rewritten with the checksums mended, and XML whose
//! attributes, numbers and dates are others. What a checksum or a parser would refuse at once gets further this way.

use std::ops::Range;

use super::{Mutation, Random, Seed, check, fixtures, n_variants};

/// Variants in a plain run.
const VARIANTS: usize = 600;

/// One message of a FIT file.
struct Message {
    /// Its bytes, the header among them.
    range: Range<usize>,
    is_definition: bool,
}

/// The messages of a FIT file, as far as they can be followed.
fn messages(bytes: &[u8]) -> Vec<Message> {
    let Some(&head) = bytes.first() else { return Vec::new() };
    let declared = bytes.get(4..8).map_or(0, |size| u32::from_le_bytes([size[0], size[1], size[2], size[3]]) as usize);
    let end = (usize::from(head) + declared).min(bytes.len());
    let (mut at, mut sizes, mut found) = (usize::from(head), [None; 16], Vec::new());
    while at < end {
        let header = bytes[at];
        let local = usize::from(if header & 0x80 == 0 { header & 0x0f } else { (header >> 5) & 0x03 });
        let is_definition = header & 0xc0 == 0x40;
        let size = if is_definition {
            let Some(&n_fields) = bytes.get(at + 5) else { break };
            let fields = at + 6..at + 6 + 3 * usize::from(n_fields);
            let Some(list) = bytes.get(fields.clone()) else { break };
            let mut data: usize = list.chunks(3).map(|field| usize::from(field[1])).sum();
            let mut length = fields.end - at;
            if header & 0x20 != 0 {
                let Some(&n_developer) = bytes.get(fields.end) else { break };
                let developer = fields.end + 1..fields.end + 1 + 3 * usize::from(n_developer);
                let Some(list) = bytes.get(developer.clone()) else { break };
                data += list.chunks(3).map(|field| usize::from(field[1])).sum::<usize>();
                length = developer.end - at;
            }
            sizes[local] = Some(data);
            length
        } else {
            let Some(data) = sizes[local] else { break };
            1 + data
        };
        if at + size > end {
            break;
        }
        found.push(Message { range: at..at + size, is_definition });
        at += size;
    }
    found
}

/// The checksum of FIT, a nibble at a time, as the public description of the format has it.
fn checksum(bytes: &[u8]) -> u16 {
    const TABLE: [u16; 16] = [
        0x0000, 0xcc01, 0xd801, 0x1400, 0xf001, 0x3c00, 0x2800, 0xe401, 0xa001, 0x6c00, 0x7800, 0xb401, 0x5000, 0x9c01,
        0x8801, 0x4400,
    ];
    bytes.iter().fold(0, |crc: u16, &byte| {
        let step = |crc: u16, nibble: u8| (crc >> 4) ^ TABLE[usize::from(crc & 0x0f)] ^ TABLE[usize::from(nibble)];
        step(step(crc, byte & 0x0f), byte >> 4)
    })
}

/// Writes sizes and checksums that fit what the file holds now.
fn mend(bytes: &mut [u8]) {
    let head = usize::from(bytes.first().copied().unwrap_or(0));
    if head < 12 || bytes.len() < head + 2 {
        return;
    }
    let size = u32::try_from(bytes.len() - head - 2).unwrap_or(u32::MAX);
    bytes[4..8].copy_from_slice(&size.to_le_bytes());
    if head >= 14 {
        let crc = checksum(&bytes[..12]);
        bytes[12..14].copy_from_slice(&crc.to_le_bytes());
    }
    let end = bytes.len() - 2;
    let crc = checksum(&bytes[..end]);
    bytes[end..].copy_from_slice(&crc.to_le_bytes());
}

/// A message of one kind, where there is one.
fn any_message(random: &mut Random, bytes: &[u8], is_definition: Option<bool>) -> Option<Range<usize>> {
    let mut messages = messages(bytes);
    messages.retain(|message| is_definition.is_none_or(|wanted| message.is_definition == wanted));
    (!messages.is_empty()).then(|| messages.swap_remove(random.below(messages.len())).range)
}

const FIT: &[(&str, Mutation)] = &[
    ("a field of another size", |random, bytes, _| {
        let Some(range) = any_message(random, bytes, Some(true)) else { return };
        let n_fields = usize::from(bytes[range.start + 5]);
        let value = [0, 1, 2, 3, 4, 8, 255][random.below(7)];
        bytes[range.start + 6 + 3 * random.below(n_fields) + 1] = value;
    }),
    ("a field of another type or number", |random, bytes, _| {
        let Some(range) = any_message(random, bytes, Some(true)) else { return };
        let n_fields = usize::from(bytes[range.start + 5]);
        let part = [0, 2][random.below(2)];
        bytes[range.start + 6 + 3 * random.below(n_fields) + part] = (random.next() & 0xff) as u8;
    }),
    ("the other byte order", |random, bytes, _| {
        let Some(range) = any_message(random, bytes, Some(true)) else { return };
        bytes[range.start + 2] ^= 1;
    }),
    ("another message number", |random, bytes, _| {
        let Some(range) = any_message(random, bytes, Some(true)) else { return };
        let number = [0, 18, 19, 20, 21, 23, 27, 34, 49, 132, 206, 207, 312, 0xffff][random.below(14)];
        bytes[range.start + 3..range.start + 5].copy_from_slice(&u16::to_le_bytes(number));
    }),
    ("developer fields that nothing describes", |random, bytes, _| {
        let Some(range) = any_message(random, bytes, Some(true)) else { return };
        if bytes[range.start] & 0x20 == 0 {
            bytes[range.start] |= 0x20;
            let field =
                [1, (random.next() & 0xff) as u8, [0, 1, 4, 255][random.below(4)], (random.next() & 0xff) as u8];
            bytes.splice(range.end..range.end, field);
        } else if let Some(byte) = bytes.get_mut(range.end - 1 - random.below(3)) {
            *byte = (random.next() & 0xff) as u8;
        }
    }),
    ("another local number", |random, bytes, _| {
        let Some(range) = any_message(random, bytes, None) else { return };
        bytes[range.start] = bytes[range.start] & 0xf0 | (random.next() & 0x0f) as u8;
    }),
    ("a compressed time", |random, bytes, _| {
        let Some(range) = any_message(random, bytes, Some(false)) else { return };
        bytes[range.start] = 0x80 | (random.next() & 0x7f) as u8;
    }),
    ("a message without values", |random, bytes, _| {
        let Some(range) = any_message(random, bytes, Some(false)) else { return };
        let value = [0xff, 0x00, 0x7f, 0x80][random.below(4)];
        bytes[range.start + 1..range.end].fill(value);
    }),
    ("a message left out", |random, bytes, _| {
        let Some(range) = any_message(random, bytes, None) else { return };
        bytes.drain(range);
    }),
    ("a message again elsewhere", |random, bytes, _| {
        let Some(range) = any_message(random, bytes, None) else { return };
        let Some(to) = any_message(random, bytes, None) else { return };
        let copy = bytes[range].to_vec();
        bytes.splice(to.start..to.start, copy);
    }),
];

/// The places in a text where something stands, between two marks.
fn between<'a>(bytes: &'a [u8], open: &'a [u8], close: u8) -> impl Iterator<Item = Range<usize>> + 'a {
    bytes.windows(open.len()).enumerate().filter(move |(_, window)| *window == open).filter_map(move |(at, _)| {
        let start = at + open.len();
        let length = bytes[start..].iter().take(200).position(|&byte| byte == close)?;
        (length > 0).then_some(start..start + length)
    })
}

/// One of the places between two marks, by a cheap pick.
fn any_place(random: &mut Random, bytes: &[u8], open: &[u8], close: u8) -> Option<Range<usize>> {
    let places: Vec<Range<usize>> = between(bytes, open, close).collect();
    (!places.is_empty()).then(|| places[random.below(places.len())].clone())
}

const NUMBERS: [&str; 14] = [
    "1e309",
    "-1e309",
    "NaN",
    "-0",
    "1e-320",
    "",
    " 7 ",
    "+5",
    "0x10",
    "1,5",
    "9999999999999999999999",
    "1<!-- -->2",
    "<![CDATA[3]]>",
    "&#49;",
];
const DATES: [&str; 10] = [
    "0000-01-01T00:00:00Z",
    "-0001-12-31T23:59:60Z",
    "9999-12-31T23:59:59Z",
    "1601-01-01T00:00:00Z",
    "2026-02-30T10:00:00Z",
    "2026-11-27T24:00:00Z",
    "2026-11-27T10:00:00+99:99",
    "2026-11-27T10:00:00.123456789012345Z",
    "2026-11-27",
    "10:00:00",
];

const XML: &[(&str, Mutation)] = &[
    ("another number", |random, bytes, _| {
        let Some(range) = any_place(random, bytes, b">", b'<') else { return };
        bytes.splice(range, NUMBERS[random.below(NUMBERS.len())].bytes());
    }),
    ("another number in an attribute", |random, bytes, _| {
        let Some(range) = any_place(random, bytes, b"=\"", b'"') else { return };
        bytes.splice(range, NUMBERS[random.below(10)].bytes());
    }),
    ("another date", |random, bytes, _| {
        let mark: &[u8] = if bytes.windows(6).any(|window| window == b"<time>") { b"<time>" } else { b"<Time>" };
        let Some(range) = any_place(random, bytes, mark, b'<') else { return };
        bytes.splice(range, DATES[random.below(DATES.len())].bytes());
    }),
    ("attributes swapped", |random, bytes, _| {
        let Some(first) = any_place(random, bytes, b"=\"", b'"') else { return };
        let Some(second) = any_place(random, bytes, b"=\"", b'"') else { return };
        let (first, second) = if first.start < second.start { (first, second) } else { (second, first) };
        if first.end > second.start {
            return;
        }
        let (one, other) = (bytes[first.clone()].to_vec(), bytes[second.clone()].to_vec());
        bytes.splice(second, one);
        bytes.splice(first, other);
    }),
    ("an element left out", |random, bytes, _| {
        let Some(range) = any_place(random, bytes, b"<", b'>') else { return };
        bytes.drain(range.start - 1..=range.end);
    }),
    ("a time again", |random, bytes, _| {
        let mark: &[u8] = if bytes.windows(6).any(|window| window == b"<time>") { b"<time>" } else { b"<Time>" };
        let Some(from) = any_place(random, bytes, mark, b'<') else { return };
        let Some(to) = any_place(random, bytes, mark, b'<') else { return };
        let copy = bytes[from].to_vec();
        bytes.splice(to, copy);
    }),
];

/// Variants of the seeds in turn, a few damages each that their format knows.
fn restructured(seeds: Vec<Seed>, n: usize) -> impl Iterator<Item = (String, Vec<u8>)> + Send {
    (0..n).map(move |i| {
        let mut random = Random(0x5eed ^ ((i as u64) << 20));
        let seed = &seeds[i % seeds.len()];
        let mut bytes = seed.bytes();
        let is_fit = bytes.get(8..12) == Some(b".FIT");
        let (ways, mut name) = (if is_fit { FIT } else { XML }, format!("variant {i}, {}", seed.name));
        for _ in 0..=random.below(4) {
            let (how, mutate) = ways[random.below(ways.len())];
            mutate(&mut random, &mut bytes, &[]);
            name = format!("{name}, {how}");
        }
        if is_fit && random.below(8) > 0 {
            mend(&mut bytes);
        }
        (name, bytes)
    })
}

#[test]
fn restructured_fixtures() {
    let mut seeds = fixtures();
    seeds.retain(|seed| !seed.bytes().starts_with(&[0x1f, 0x8b]));
    check("restructured fixtures", restructured(seeds, n_variants(VARIANTS)));
}

#[test]
fn a_mended_checksum_is_the_one_of_the_format() {
    for seed in fixtures() {
        let bytes = seed.bytes();
        if bytes.get(8..12) == Some(b".FIT") && !messages(&bytes).is_empty() && !seed.name.contains("damaged") {
            let mut mended = bytes.clone();
            mend(&mut mended);
            assert_eq!(mended, bytes, "{}", seed.name);
        }
    }
    assert_eq!(checksum(b"123456789"), 0xbb3d, "CRC-16/ARC");
}
