//! Members that the list of an archive does not name, or names twice: found by their own headers.
//!
//! A copy that was broken off has no list, which stands at the end; two archives that were joined have only the second
//! one's; and of two members of one name the list shows the last.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use flate2::Crc;
use flate2::read::DeflateDecoder;

use crate::ingest::{Error, container, limits};

/// Where a member stands.
#[derive(Debug, Clone)]
pub enum Place {
    /// In the list, by its number.
    Listed(usize),
    /// Beside the list.
    Loose(Box<Loose>),
}

/// The first bytes of a member's own header.
const HEADER: [u8; 4] = *b"PK\x03\x04";
/// The first bytes of an entry in the list.
const ENTRY: [u8; 4] = *b"PK\x01\x02";
/// The first bytes of the list's end.
const END: [u8; 4] = *b"PK\x05\x06";
/// A size that is not known here: it stands behind the data or in the extra field.
const LARGE: u32 = u32::MAX;

/// A member by its own header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loose {
    /// Its name as it is written.
    pub name: Vec<u8>,
    /// Where its data begin.
    data_at: u64,
    /// How many bytes they are, at most.
    packed: Option<u64>,
    /// How many bytes they unpack to, and their checksum; `None` where that stands behind the data.
    whole: Option<(u64, u32)>,
    method: u16,
    is_encrypted: bool,
}

/// Anything that can be read at a place.
pub trait Source: Read + Seek {}

impl<T: Read + Seek> Source for T {}

/// The members between two places, one header after the other. Where the length of one is not known, the next header is
/// looked for.
pub fn scan(source: &mut impl Source, from: u64, to: u64) -> Vec<Loose> {
    let mut found = Vec::new();
    let mut at = from;
    while found.len() < limits::ARCHIVE_MEMBERS
        && let Some(header_at) = find(source, at, to)
    {
        let Some(mut member) = header(source, header_at) else {
            at = header_at + 1;
            continue;
        };
        if let Some(packed) = member.packed {
            at = member.data_at.saturating_add(packed);
        } else {
            let end = find_any(source, member.data_at, to, &[HEADER, ENTRY]).unwrap_or(to);
            member.packed = Some(end - member.data_at);
            at = end;
        }
        found.push(member);
    }
    found
}

/// The members that a list names, of which each name is in `shown` once: those that are not shown by it.
pub fn hidden(source: &mut impl Source, list_at: u64, offset: u64) -> Vec<Loose> {
    let mut entries: Vec<(Vec<u8>, u64, u64)> = Vec::new();
    let mut read = || -> io::Result<()> {
        source.seek(SeekFrom::Start(list_at))?;
        let mut list = BufReader::new(source.by_ref().take(limits::DIRECTORY_BYTES));
        loop {
            let mut fixed = [0; 46];
            list.read_exact(&mut fixed)?;
            if fixed[..4] != ENTRY {
                return Ok(());
            }
            let (name, extra) = (take(&mut list, half(&fixed, 28))?, take(&mut list, half(&fixed, 30))?);
            take(&mut list, half(&fixed, 32))?;
            let sizes = Sizes { packed: word(&fixed, 20), unpacked: word(&fixed, 24), header_at: word(&fixed, 42) };
            let (packed, _, header_at) = sizes.wide(&extra);
            entries.push((name, header_at.saturating_add(offset), packed));
        }
    };
    // What comes before the place where the list breaks off is of use.
    let _ = read();
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    let behind = entries.windows(2).filter(|two| two[0].0 == two[1].0).map(|two| two[0].clone());
    let behind: Vec<_> = behind.collect();
    let member = |(_, at, packed)| Some(Loose { packed: Some(packed), ..header(source, at)? });
    behind.into_iter().filter_map(member).collect()
}

/// How a member that could not be read is packed, as its own header says.
pub fn reason(source: &mut impl Source, header_at: u64) -> Option<String> {
    header(source, header_at)?.unreadable()
}

impl Loose {
    /// The data, unpacked as they are read; they may break off.
    pub fn open<'a>(&self, source: &'a mut impl Source) -> Result<Box<dyn Read + 'a>, Error> {
        if let Some(cause) = self.unreadable() {
            return Err(container::unpackable(cause));
        }
        source.seek(SeekFrom::Start(self.data_at)).map_err(|error| super::unreadable(&error.into()))?;
        let data = BufReader::new(source.take(self.packed.unwrap_or(u64::MAX)));
        let unpacked: Box<dyn Read + 'a> =
            if self.method == 0 { Box::new(data) } else { Box::new(DeflateDecoder::new(data)) };
        Ok(match self.whole {
            Some((size, crc)) => Box::new(Checked { inner: unpacked, size, crc, so_far: Crc::new(), n: 0 }),
            None => unpacked,
        })
    }

    /// Why the data cannot be unpacked here; `None` where they can.
    fn unreadable(&self) -> Option<String> {
        let method = match self.method {
            0 | 8 if self.is_encrypted => return Some("it needs a password".to_owned()),
            0 | 8 => return None,
            1..=6 => "an old method",
            9 => "Deflate64",
            12 => "bzip2",
            14 => "LZMA",
            20 | 93 => "Zstandard",
            95 => "XZ",
            98 => "PPMd",
            99 => return Some("it is encrypted with AES (method 99) and needs a password".to_owned()),
            _ => "a method",
        };
        Some(format!("it is packed with {method} (method {}), which is not read here", self.method))
    }
}

/// Reads a member and compares it with its checksum at the end.
struct Checked<R> {
    inner: R,
    size: u64,
    crc: u32,
    so_far: Crc,
    n: u64,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(bytes)?;
        self.so_far.update(&bytes[..n]);
        self.n = self.n.saturating_add(n as u64);
        if n == 0 && !bytes.is_empty() {
            if self.n < self.size {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if self.so_far.sum() != self.crc {
                return Err(io::ErrorKind::InvalidData.into());
            }
        }
        Ok(n)
    }
}

/// The header at a place, where one that makes sense stands.
fn header(source: &mut impl Source, at: u64) -> Option<Loose> {
    const DESCRIPTOR: u16 = 1 << 3;
    const HIGHEST_VERSION: u16 = 100;
    source.seek(SeekFrom::Start(at)).ok()?;
    let mut fixed = [0; 30];
    source.read_exact(&mut fixed).ok()?;
    let (version, flags, method) = (half(&fixed, 4), half(&fixed, 6), half(&fixed, 8));
    let (name_len, extra_len) = (half(&fixed, 26), half(&fixed, 28));
    if fixed[..4] != HEADER || version & 0xFF > HIGHEST_VERSION || name_len == 0 || method > 99 {
        return None;
    }
    let (name, extra) = (take(source, name_len).ok()?, take(source, extra_len).ok()?);
    let sizes = Sizes { packed: word(&fixed, 18), unpacked: word(&fixed, 22), header_at: 0 };
    let (packed, unpacked, _) = sizes.wide(&extra);
    let is_known = flags & DESCRIPTOR == 0;
    Some(Loose {
        name,
        data_at: at + 30 + u64::from(name_len) + u64::from(extra_len),
        packed: is_known.then_some(packed),
        whole: is_known.then_some((unpacked, word(&fixed, 14))),
        method,
        is_encrypted: flags & 1 != 0,
    })
}

/// Sizes and a place of four bytes each, which stand in an extra field where they are too large.
struct Sizes {
    packed: u32,
    unpacked: u32,
    header_at: u32,
}

impl Sizes {
    fn wide(&self, extra: &[u8]) -> (u64, u64, u64) {
        const ZIP64: u16 = 1;
        let mut rest = extra;
        let mut wide: &[u8] = &[];
        while let [a, b, c, d, behind @ ..] = rest {
            let len = usize::from(u16::from_le_bytes([*c, *d])).min(behind.len());
            if u16::from_le_bytes([*a, *b]) == ZIP64 {
                wide = &behind[..len];
            }
            rest = &behind[len..];
        }
        let mut words = wide.as_chunks().0.iter().map(|bytes| u64::from_le_bytes(*bytes));
        let mut of =
            |narrow: u32| if narrow == LARGE { words.next().unwrap_or(u64::from(narrow)) } else { u64::from(narrow) };
        let unpacked = of(self.unpacked);
        let packed = of(self.packed);
        (packed, unpacked, of(self.header_at))
    }
}

/// The next place with the first bytes of a header.
fn find(source: &mut impl Source, from: u64, to: u64) -> Option<u64> {
    let at = find_any(source, from, to, &[HEADER, ENTRY, END])?;
    source.seek(SeekFrom::Start(at)).ok()?;
    let mut first = [0; 4];
    source.read_exact(&mut first).ok()?;
    // Behind the list there is nothing, but where another archive follows.
    if first == HEADER { Some(at) } else { find_any(source, at, to, &[HEADER]) }
}

/// The next place before `to` at which one of the marks stands.
fn find_any(source: &mut impl Source, from: u64, to: u64, marks: &[[u8; 4]]) -> Option<u64> {
    source.seek(SeekFrom::Start(from)).ok()?;
    let mut window = vec![0; 64 << 10];
    let (mut held, mut at) = (0, from);
    while at < to {
        let n = source.read(&mut window[held..]).ok()?;
        let end = held + n;
        let is_mark = |four: &[u8]| four[0] == b'P' && marks.iter().any(|mark| four == mark);
        if let Some(place) = window[..end].windows(4).position(is_mark) {
            let found = at + place as u64;
            return (found < to).then_some(found);
        }
        if n == 0 {
            return None;
        }
        // A mark may lie across two windows.
        let kept = end.min(3);
        window.copy_within(end - kept..end, 0);
        at += (end - kept) as u64;
        held = kept;
    }
    None
}

fn half(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]))
}

fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

fn take(source: &mut impl Read, len: u16) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; usize::from(len)];
    source.read_exact(&mut bytes)?;
    Ok(bytes)
}
