//! Files as large as they may be, each made to cost as much as it can: what the user sees, and the memory it takes.
//!
//! `REHABRUN_HOSTILE=full cargo test --release --test hostile -- --nocapture` runs them and prints the table. They take
//! minutes and a gigabyte of disk, so a plain run leaves them out.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{common, fit as fit_file, folder, gzipped, zipped};

/// What the program may take, in MB; the README promises it.
const MEMORY_MB: u64 = 512;

/// As much as an activity may hold.
const MOST: usize = 256 << 20;

/// A hostile input, how it is read, and what the first line that tells of it must hold.
struct Case {
    name: &'static str,
    write: fn(&mut dyn Write) -> std::io::Result<()>,
    args: &'static [&'static str],
    says: &'static str,
}

const AUDIT: &[&str] = &["audit", "--easy-pace", "6:07/km"];
const PAGE: &[&str] = &["audit", "--easy-pace", "6:07/km", "--format", "html", "--with-route"];

const CASES: &[Case] = &[
    Case {
        name: "points-without-anything.gpx",
        write: |to| gpx(to, b"<trkpt/>"),
        args: AUDIT,
        says: "2000000 points have no time",
    },
    Case {
        name: "tracks-of-one-point.gpx",
        write: |to| gpx(to, b"<trk><trkpt/>"),
        args: AUDIT,
        says: "Nothing can be said",
    },
    Case {
        name: "tracks-without-points.gpx",
        write: |to| gpx(to, b"<trk>"),
        args: AUDIT,
        says: "it holds no track point",
    },
    Case { name: "segments.gpx", write: |to| gpx(to, b"<trkseg><trkpt/>"), args: AUDIT, says: "the rest is left out" },
    Case { name: "laps.tcx", write: |to| tcx(to, b"<Lap>"), args: AUDIT, says: "the rest is left out" },
    Case { name: "activities.tcx", write: |to| tcx(to, b"<Activity>"), args: AUDIT, says: "the rest is left out" },
    Case { name: "name-of-250-mb.gpx", write: |to| named(to, b"name"), args: PAGE, says: "aaaa" },
    Case { name: "data-of-250-mb.gpx", write: |to| named(to, b"<![CDATA[a]]>"), args: AUDIT, says: "aaaa" },
    Case { name: "references-of-250-mb.gpx", write: |to| named(to, b"&#97;"), args: AUDIT, says: "aaaa" },
    Case { name: "attribute-of-250-mb.gpx", write: attribute, args: AUDIT, says: "not an activity file" },
    Case { name: "million-attributes.gpx", write: attributes, args: AUDIT, says: "0.00 km" },
    Case { name: "open-elements.gpx", write: |to| gpx(to, b"<a>"), args: AUDIT, says: "it holds no track point" },
    Case { name: "entities.gpx", write: entities, args: AUDIT, says: "not an activity file" },
    Case { name: "utf-16.gpx", write: utf_16, args: AUDIT, says: "the rest is left out" },
    Case { name: "windows-1252.gpx", write: windows_1252, args: AUDIT, says: "the rest is left out" },
    Case { name: "two-days-ten-times-a-second.gpx", write: two_days, args: AUDIT, says: "48:00:00" },
    Case { name: "two-days-ten-times-a-second.html.gpx", write: two_days, args: PAGE, says: "48:00:00" },
    Case { name: "two-days-clean.gpx", write: two_days, args: &["records", "--clean"], says: "lat" },
    Case {
        name: "weeks-of-two-points.gpx",
        write: weeks,
        args: AUDIT,
        says: "the file holds too many days of sessions",
    },
    Case {
        name: "weeks-of-two-points.html.gpx",
        write: weeks,
        args: PAGE,
        says: "the file holds too many days of sessions",
    },
    Case { name: "quarters-of-an-hour.html.gpx", write: quarters, args: PAGE, says: "4096" },
    Case { name: "pauses-over-one-another.gpx", write: pauses, args: AUDIT, says: "km in" },
    Case { name: "gaits-for-a-week.fit", write: gaits, args: AUDIT, says: "ran" },
    Case {
        name: "gaits-for-a-week.json.fit",
        write: gaits,
        args: &["audit", "--easy-pace", "6:07/km", "--format", "json"],
        says: "bouts",
    },
    Case { name: "gaits-for-a-week.html.fit", write: gaits, args: PAGE, says: "bouts" },
    Case {
        name: "records-of-two-bytes.fit",
        write: |to| fit(to, &[0x40, 0, 0, 20, 0, 1, 3, 1, 2], &[0, 140]),
        args: AUDIT,
        says: "no time",
    },
    Case {
        name: "definitions.fit",
        write: |to| fit(to, &[], &[0x40, 0, 0, 20, 0, 0]),
        args: AUDIT,
        says: "no activity in this FIT file",
    },
    Case {
        name: "sessions.fit",
        write: |to| fit(to, &[0x40, 0, 0, 18, 0, 1, 2, 4, 0x86], &[0, 1, 2, 3, 4]),
        args: AUDIT,
        says: "km",
    },
    Case { name: "noise.fit", write: noise, args: AUDIT, says: "FIT" },
    Case { name: "chained.fit", write: chained, args: AUDIT, says: "the rest is left out" },
    Case {
        name: "bomb.gpx.gz",
        write: |to| to.write_all(&gzipped(&vec![b' '; 1 << 20]).repeat(300)),
        args: AUDIT,
        says: "archive too large",
    },
    Case { name: "stored.gpx.gz", write: stored_gzip, args: AUDIT, says: "too large" },
    Case {
        name: "bomb.zip",
        write: |to| to.write_all(&zipped("run.gpx", &vec![b' '; 1 << 20], 300)),
        args: AUDIT,
        says: "archive too large",
    },
    Case { name: "bomb-in-zip-in-zip.zip", write: nested, args: AUDIT, says: "archive too large" },
    Case { name: "members.zip", write: members, args: AUDIT, says: "the list of its members" },
];

#[test]
fn nothing_takes_more_memory_than_promised() {
    if std::env::var_os("REHABRUN_HOSTILE").is_none() {
        println!("skipped: REHABRUN_HOSTILE=full runs it");
        return;
    }
    let only = std::env::var("REHABRUN_HOSTILE").unwrap_or_default();
    let dir = folder("large");
    let mut faults = String::new();
    for case in CASES.iter().filter(|case| only == "full" || case.name.contains(&only)) {
        let path = dir.join(case.name);
        let mut file = BufWriter::new(File::create(&path).expect("made"));
        (case.write)(&mut file).and_then(|()| file.flush()).expect("written");
        let mut inputs = vec![(case.name.to_owned(), false)];
        if case.name.contains(".zip") {
            inputs.push((format!("{}, from a pipe", case.name), true));
        }
        for (name, piped) in inputs {
            let run = run(&path, case.args, piped);
            let text = fs::read_to_string(dir.join("seen")).expect("the program writes UTF-8");
            println!(
                "| {name} | {} MB | exit {} | {} MB | {:.1} s |",
                megabytes(&path),
                run.code,
                run.peak_mb,
                run.seconds
            );
            if run.peak_mb >= MEMORY_MB {
                let _ = writeln!(faults, "{name}: {} MB", run.peak_mb);
            }
            if !text.contains(case.says) || !(0..=3).contains(&run.code) {
                let begins: String = text.chars().take(600).collect();
                let _ = writeln!(faults, "{name}: exit {}, and not `{}`: {begins}", run.code, case.says);
            }
        }
        fs::remove_file(path).expect("removed");
    }
    assert!(faults.is_empty(), "{faults}");
}

fn megabytes(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |known| known.len() >> 20)
}

struct Run {
    code: i32,
    peak_mb: u64,
    seconds: f64,
}

/// Runs the program with its output and errors in the file `seen` beside the input.
fn run(path: &Path, args: &[&str], piped: bool) -> Run {
    let seen = File::create(path.with_file_name("seen")).expect("made");
    let program = std::env::var_os("REHABRUN_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_rehabrun").into());
    let input = if piped { File::open(path).expect("there").into() } else { Stdio::null() };
    let start = Instant::now();
    let child = Command::new(program)
        .env("REHABRUN_CACHE_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/cache"))
        .args(args)
        .arg(if piped { Path::new("-") } else { path })
        .stdin(input)
        .stdout(seen.try_clone().expect("one file"))
        .stderr(seen)
        .spawn()
        .expect("the program starts");
    let (code, peak_mb) = watch(child);
    Run { code, peak_mb, seconds: start.elapsed().as_secs_f64() }
}

/// Waits for a program, and says with which code it ended and the most memory that it had, in MB where the system tells.
fn watch(mut child: Child) -> (i32, u64) {
    let mut peak_mb = 0;
    loop {
        peak_mb = peak_mb.max(common::peak_mb(&child.id().to_string()).unwrap_or(0));
        if let Some(ended) = child.try_wait().expect("a child of ours") {
            return (ended.code().unwrap_or(-1), peak_mb);
        }
        sleep(Duration::from_millis(5));
    }
}

/// Repeats a piece between a beginning and an end, as often as an activity may hold it.
fn fill(to: &mut dyn Write, begin: &[u8], piece: &[u8], end: &[u8]) -> std::io::Result<()> {
    to.write_all(begin)?;
    let block = piece.repeat((1 << 16) / piece.len() + 1);
    for _ in 0..(MOST - begin.len() - end.len()) / block.len() {
        to.write_all(&block)?;
    }
    to.write_all(end)
}

fn gpx(to: &mut dyn Write, piece: &[u8]) -> std::io::Result<()> {
    fill(to, b"<gpx>", piece, b"</gpx>")
}

fn tcx(to: &mut dyn Write, piece: &[u8]) -> std::io::Result<()> {
    fill(to, b"<TrainingCenterDatabase><Activities><Activity Sport=\"Running\">", piece, b"")
}

const TWO_POINTS: &str = "<trkpt lat=\"1\" lon=\"2\"><time>2026-06-01T06:00:00Z</time></trkpt>\
     <trkpt lat=\"1\" lon=\"2.001\"><time>2026-06-01T06:01:00Z</time></trkpt>";

fn named(to: &mut dyn Write, piece: &[u8]) -> std::io::Result<()> {
    let piece = if piece == b"name" { b"a" } else { piece };
    fill(to, b"<gpx><trk><name>", piece, format!("</name><type>running</type>{TWO_POINTS}</trk></gpx>").as_bytes())
}

fn attribute(to: &mut dyn Write) -> std::io::Result<()> {
    fill(to, b"<gpx creator=\"", b"a", format!("\"><trk><type>running</type>{TWO_POINTS}</trk></gpx>").as_bytes())
}

fn attributes(to: &mut dyn Write) -> std::io::Result<()> {
    fill(to, b"<gpx><trk><trkpt", b" lat='1'", b"/></trk></gpx>")
}

fn entities(to: &mut dyn Write) -> std::io::Result<()> {
    let end = format!("]><gpx><trk><name>&e0;</name>{TWO_POINTS}</trk></gpx>");
    fill(to, b"<!DOCTYPE gpx [", b"<!ENTITY e0 '&e1;&e1;&e1;&e1;'>", end.as_bytes())
}

fn utf_16(to: &mut dyn Write) -> std::io::Result<()> {
    let utf_16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    let begin = format!("\u{feff}<gpx><trk>{TWO_POINTS}<desc>");
    fill(to, &utf_16(&begin), &utf_16("走"), b"")
}

fn windows_1252(to: &mut dyn Write) -> std::io::Result<()> {
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
fn two_days(to: &mut dyn Write) -> std::io::Result<()> {
    to.write_all(b"<gpx><trk><type>running</type>")?;
    (0..=1_728_000).try_for_each(|i| point(to, f64::from(i) / 10.0, f64::from(i) * 0.25))?;
    to.write_all(b"</trk></gpx>")
}

/// Tracks a week after one another, each a week long.
fn weeks(to: &mut dyn Write) -> std::io::Result<()> {
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
fn quarters(to: &mut dyn Write) -> std::io::Result<()> {
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
fn pauses(to: &mut dyn Write) -> std::io::Result<()> {
    to.write_all(b"<gpx><trk><type>running</type>")?;
    for i in 0..400_000 {
        to.write_all(b"<trkseg>")?;
        point(to, if i % 2 == 0 { 0.0 } else { 172_800.0 }, 0.0)?;
    }
    (0..600_000).try_for_each(|i| point(to, f64::from(i) / 4.0, f64::from(i) * 0.6))?;
    to.write_all(b"</trk></gpx>")
}

/// A week in which running and walking change every twelve seconds.
fn gaits(to: &mut dyn Write) -> std::io::Result<()> {
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

fn fit(to: &mut dyn Write, definition: &[u8], message: &[u8]) -> std::io::Result<()> {
    let mut head = fit_file(&[]);
    head.truncate(12);
    head[4..8].copy_from_slice(&((MOST - 14) as u32).to_le_bytes());
    fill(to, &[&head[..], definition].concat(), message, b"")
}

/// What no definition makes sense of.
fn noise(to: &mut dyn Write) -> std::io::Result<()> {
    let mut state = 1_u32;
    let block = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    });
    fit(to, &[], &block.take(1 << 20).collect::<Vec<_>>())
}

/// Files without end, each with as many sessions as it may have.
fn chained(to: &mut dyn Write) -> std::io::Result<()> {
    let mut messages = vec![0x40, 0, 0, 18, 0, 1, 2, 4, 0x86];
    for i in 0..4096_u32 {
        messages.push(0);
        messages.extend((1_140_000_000 + i * 60).to_le_bytes());
    }
    let file = fit_file(&messages);
    (0..MOST / file.len()).try_for_each(|_| to.write_all(&file))
}

/// A gzip file that holds what is as large as itself.
fn stored_gzip(to: &mut dyn Write) -> std::io::Result<()> {
    let mut encoder = flate2::write::GzEncoder::new(to, flate2::Compression::none());
    gpx(&mut encoder, b"<trkpt/>")?;
    encoder.finish().map(drop)
}

/// Archives in archives, the innermost with the largest activity.
fn nested(to: &mut dyn Write) -> std::io::Result<()> {
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
fn members(to: &mut dyn Write) -> std::io::Result<()> {
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
