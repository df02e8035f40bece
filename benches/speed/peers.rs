//! The other readers. Each is called in its plainest way; false where it fails.

use std::hint::black_box;
use std::io::BufReader;

use rustyfit::StreamingIterator;

/// Every field of every message, as its own types.
pub fn fitparser(bytes: &[u8]) -> bool {
    black_box(fitparser::from_bytes(bytes)).is_ok()
}

/// One message after the other, of which none is kept.
pub fn rustyfit(mut bytes: &[u8]) -> bool {
    let mut decoder = rustyfit::Decoder::new();
    let mut stream = decoder.stream(&mut bytes);
    loop {
        match stream.next() {
            Some(Ok(event)) => _ = black_box(event),
            Some(Err(_)) => return false,
            None => return true,
        }
    }
}

/// Tracks, segments and points; extensions are thrown away.
pub fn gpx(bytes: &[u8]) -> bool {
    black_box(gpx::read(bytes)).is_ok()
}

/// Activities, laps, tracks and points.
pub fn tcx(bytes: &[u8]) -> bool {
    black_box(tcx::read(&mut BufReader::new(bytes))).is_ok()
}

/// A tree of elements, of which nothing is read.
pub fn roxmltree(bytes: &[u8]) -> bool {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let text = std::str::from_utf8(bytes);
    text.is_ok_and(|text| black_box(roxmltree::Document::parse_with_options(text, options)).is_ok())
}

/// The events of the document, none of which is looked at.
pub fn quick_xml(bytes: &[u8]) -> bool {
    let mut reader = quick_xml::Reader::from_reader(bytes);
    loop {
        match black_box(reader.read_event()) {
            Ok(quick_xml::events::Event::Eof) => return true,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

/// The checksum that a FIT file ends with, over all bytes, eight a step: less than this no reader can do.
pub fn crc16(bytes: &[u8]) -> bool {
    let (steps, rest) = bytes.as_chunks::<8>();
    let crc = steps.iter().fold(0_u16, |crc, step| {
        let [low, high] = crc.to_le_bytes();
        let step = [step[0] ^ low, step[1] ^ high, step[2], step[3], step[4], step[5], step[6], step[7]];
        step.iter().zip(TABLES.iter().rev()).fold(0, |sum, (&byte, table)| sum ^ table[usize::from(byte)])
    });
    let crc = rest.iter().fold(crc, |crc, &byte| (crc >> 8) ^ TABLES[0][usize::from(crc.to_le_bytes()[0] ^ byte)]);
    black_box(crc);
    true
}

static TABLES: [[u16; 256]; 8] = {
    let mut tables = [[0_u16; 256]; 8];
    let mut n = 0;
    while n < 8 * 256 {
        let (table, byte) = (n / 256, n % 256);
        let mut crc = if table == 0 { byte as u16 } else { tables[table - 1][byte] };
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xA001 } else { crc >> 1 };
            bit += 1;
        }
        tables[table][byte] = crc;
        n += 1;
    }
    tables
};
