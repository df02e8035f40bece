//! The large hostile files: each as large as it may be, or small and made to grow.

use std::io::Write;

use super::super::{fit as fit_file, zipped};

/// As much as an activity may hold.
const MOST: usize = 256 << 20;

/// Repeats a piece between a beginning and an end, as often as an activity may hold it.
fn fill(to: &mut dyn Write, begin: &[u8], piece: &[u8], end: &[u8]) -> std::io::Result<()> {
    to.write_all(begin)?;
    let block = piece.repeat((1 << 16) / piece.len() + 1);
    for _ in 0..(MOST - begin.len() - end.len()) / block.len() {
        to.write_all(&block)?;
    }
    to.write_all(end)
}

pub fn gpx(to: &mut dyn Write, piece: &[u8]) -> std::io::Result<()> {
    fill(to, b"<gpx>", piece, b"</gpx>")
}

pub fn tcx(to: &mut dyn Write, piece: &[u8]) -> std::io::Result<()> {
    fill(to, b"<TrainingCenterDatabase><Activities><Activity Sport=\"Running\">", piece, b"")
}

const TWO_POINTS: &str = "<trkpt lat=\"1\" lon=\"2\"><time>2026-06-01T06:00:00Z</time></trkpt>\
     <trkpt lat=\"1\" lon=\"2.001\"><time>2026-06-01T06:01:00Z</time></trkpt>";

pub fn named(to: &mut dyn Write, piece: &[u8]) -> std::io::Result<()> {
    let piece = if piece == b"name" { b"a" } else { piece };
    fill(to, b"<gpx><trk><name>", piece, format!("</name><type>running</type>{TWO_POINTS}</trk></gpx>").as_bytes())
}

pub fn attribute(to: &mut dyn Write) -> std::io::Result<()> {
    fill(to, b"<gpx creator=\"", b"a", format!("\"><trk><type>running</type>{TWO_POINTS}</trk></gpx>").as_bytes())
}

pub fn attributes(to: &mut dyn Write) -> std::io::Result<()> {
    fill(to, b"<gpx><trk><trkpt", b" lat='1'", b"/></trk></gpx>")
}

pub fn entities(to: &mut dyn Write) -> std::io::Result<()> {
    let end = format!("]><gpx><trk><name>&e0;</name>{TWO_POINTS}</trk></gpx>");
    fill(to, b"<!DOCTYPE gpx [", b"<!ENTITY e0 '&e1;&e1;&e1;&e1;'>", end.as_bytes())
}

pub fn utf_16(to: &mut dyn Write) -> std::io::Result<()> {
    let utf_16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    let begin = format!("\u{feff}<gpx><trk>{TWO_POINTS}<desc>");
    fill(to, &utf_16(&begin), &utf_16("走"), b"")
}

pub fn windows_1252(to: &mut dyn Write) -> std::io::Result<()> {
    let begin = format!("<?xml version='1.0' encoding='windows-1252'?><gpx><trk>{TWO_POINTS}<desc>");
    fill(to, begin.as_bytes(), b"\x80", b"")
}

fn moment(seconds: f64) -> String {
    rehabrun::units::Timestamp::from_unix_millis(1_780_000_000_000 + (seconds * 1000.0).round() as i64).to_rfc3339(None)
}

fn point(to: &mut dyn Write, seconds: f64, meters: f64) -> std::io::Result<()> {
    write!(to, "<trkpt lat=\"{:.7}\" lon=\"8\"><time>{}</time></trkpt>", 30.0 + meters / 111_200.0, moment(seconds))
}

/// The longest race that anyone runs in one go, as often as any watch records.
pub fn two_days(to: &mut dyn Write) -> std::io::Result<()> {
    to.write_all(b"<gpx><trk><type>running</type>")?;
    (0..=1_728_000).try_for_each(|i| point(to, f64::from(i) / 10.0, f64::from(i) * 0.25))?;
    to.write_all(b"</trk></gpx>")
}

/// Tracks a week after one another, each a week long.
pub fn weeks(to: &mut dyn Write) -> std::io::Result<()> {
    to.write_all(b"<gpx>")?;
    for i in 0..4096 {
        let start = f64::from(i) * 15.0 * 86_400.0;
        to.write_all(b"<trk><type>running</type>")?;
        point(to, start, 0.0)?;
        point(to, start + 3.4 * 86_400.0, 50_000.0)?;
        to.write_all(b"</trk>")?;
    }
    to.write_all(b"</gpx>")
}

/// As many sessions as are kept, each as long as a chart has points.
pub fn quarters(to: &mut dyn Write) -> std::io::Result<()> {
    to.write_all(b"<gpx>")?;
    for i in 0..4097 {
        let start = f64::from(i) * 86_400.0;
        to.write_all(b"<trk><type>running</type>")?;
        (0..=122).try_for_each(|k| point(to, start + f64::from(k * 10), f64::from(k * 28)))?;
        to.write_all(b"</trk>")?;
    }
    to.write_all(b"</gpx>")
}

/// Every segment begins at the start and ends two days later.
pub fn pauses(to: &mut dyn Write) -> std::io::Result<()> {
    to.write_all(b"<gpx><trk><type>running</type>")?;
    for i in 0..400_000 {
        to.write_all(b"<trkseg>")?;
        point(to, if i % 2 == 0 { 0.0 } else { 172_800.0 }, 0.0)?;
    }
    (0..600_000).try_for_each(|i| point(to, f64::from(i) / 4.0, f64::from(i) * 0.6))?;
    to.write_all(b"</trk></gpx>")
}

/// A week in which running and walking change every twelve seconds.
pub fn gaits(to: &mut dyn Write) -> std::io::Result<()> {
    let mut messages = vec![0x40, 0, 0, 20, 0, 4, 253, 4, 0x86, 4, 1, 2, 6, 2, 0x84, 3, 1, 2];
    for second in 0..604_800_u32 {
        let runs = second / 12 % 2 == 0;
        messages.push(0);
        messages.extend((1_140_000_000 + second).to_le_bytes());
        messages.push(if runs { 84 } else { 55 });
        messages.extend(if runs { 3200_u16 } else { 1300 }.to_le_bytes());
        messages.push(140);
    }
    to.write_all(&fit_file(&messages))
}

pub fn fit(to: &mut dyn Write, definition: &[u8], message: &[u8]) -> std::io::Result<()> {
    let mut head = fit_file(&[]);
    head.truncate(12);
    head[4..8].copy_from_slice(&((MOST - 14) as u32).to_le_bytes());
    fill(to, &[&head[..], definition].concat(), message, b"")
}

/// What no definition makes sense of.
pub fn noise(to: &mut dyn Write) -> std::io::Result<()> {
    let mut state = 1_u32;
    let block = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    });
    fit(to, &[], &block.take(1 << 20).collect::<Vec<_>>())
}

/// Files without end, each with as many sessions as it may have.
pub fn chained(to: &mut dyn Write) -> std::io::Result<()> {
    let mut messages = vec![0x40, 0, 0, 18, 0, 1, 2, 4, 0x86];
    for i in 0..4096_u32 {
        messages.push(0);
        messages.extend((1_140_000_000 + i * 60).to_le_bytes());
    }
    let file = fit_file(&messages);
    (0..MOST / file.len()).try_for_each(|_| to.write_all(&file))
}

/// A gzip file that holds what is as large as itself.
pub fn stored_gzip(to: &mut dyn Write) -> std::io::Result<()> {
    let mut encoder = flate2::write::GzEncoder::new(to, flate2::Compression::none());
    gpx(&mut encoder, b"<trkpt/>")?;
    encoder.finish().map(drop)
}

/// Archives in archives, the innermost with the largest activity.
pub fn nested(to: &mut dyn Write) -> std::io::Result<()> {
    let mut gpx_bytes = Vec::new();
    gpx(&mut gpx_bytes, b"<trkpt/>")?;
    let inner = stored_zip("run.gpx", &gpx_bytes[..200 << 20]);
    to.write_all(&stored_zip("z.zip", &inner))
}

fn stored_zip(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    writer.start_file(name, stored).expect("a name");
    writer.write_all(bytes).expect("into memory");
    writer.finish().expect("into memory").into_inner()
}

/// Two million members with nothing in them.
pub fn members(to: &mut dyn Write) -> std::io::Result<()> {
    let mut list = Vec::new();
    for i in 0..2_000_000_u32 {
        list.extend(b"PK\x01\x02");
        list.extend([0; 24]);
        list.extend(4_u16.to_le_bytes());
        list.extend([0; 16]);
        list.extend(i.to_le_bytes());
    }
    to.write_all(b"PK\x03\x04")?;
    to.write_all(&[0; 26])?;
    to.write_all(&list)?;
    // The end of an archive of more than 65 535 members: its own record, where that is, and the old one.
    let at = 30 + list.len() as u64;
    to.write_all(b"PK\x06\x06")?;
    to.write_all(&44_u64.to_le_bytes())?;
    to.write_all(&[45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0])?;
    for number in [2_000_000, 2_000_000, list.len() as u64, 30] {
        to.write_all(&number.to_le_bytes())?;
    }
    to.write_all(b"PK\x06\x07\0\0\0\0")?;
    to.write_all(&at.to_le_bytes())?;
    to.write_all(b"\x01\0\0\0PK\x05\x06\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\0\0")
}

/// One member that is listed two thousand times, under as many names.
pub fn listed_again(to: &mut dyn Write) -> std::io::Result<()> {
    const TIMES: u16 = 2000;
    let one = zipped("0000.gpx", &vec![b' '; 1 << 20], 250);
    let place = |mark: &[u8]| one.windows(4).rposition(|bytes| bytes == mark).expect("a zip archive has it");
    let (list, end) = (place(b"PK\x01\x02"), place(b"PK\x05\x06"));
    to.write_all(&one[..list])?;
    for i in 0..TIMES {
        let mut entry = one[list..end].to_vec();
        entry[46..50].copy_from_slice(format!("{i:04}").as_bytes());
        to.write_all(&entry)?;
    }
    let mut last = one[end..].to_vec();
    last[8..10].copy_from_slice(&TIMES.to_le_bytes());
    last[10..12].copy_from_slice(&TIMES.to_le_bytes());
    last[12..16].copy_from_slice(&((end - list) as u32 * u32::from(TIMES)).to_le_bytes());
    to.write_all(&last)
}
