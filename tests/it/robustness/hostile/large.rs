//! Files as large as they may be, each made to cost as much as it can: what the user sees, and the memory it takes.
//!
//! `REHABRUN_HOSTILE=full cargo test --release --test it robustness::hostile -- --nocapture` runs them and prints the table. They take
//! minutes and a gigabyte of disk, so a plain run leaves them out.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

mod makers;

use super::{common, folder, gzipped, zipped};
use makers::{
    attribute, attributes, chained, entities, fit, gaits, gpx, listed_again, members, named, nested, noise, pauses,
    quarters, stored_gzip, tcx, two_days, utf_16, weeks, windows_1252,
};

/// What the program may take, in MB; the README promises it.
const MEMORY_MB: u64 = 512;

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
    Case {
        name: "joined.gpx.gz",
        write: |to| to.write_all(&gzipped(b"").repeat(3_000_000)),
        args: AUDIT,
        says: "joined of more pieces",
    },
    Case { name: "stored.gpx.gz", write: stored_gzip, args: AUDIT, says: "too large" },
    Case {
        name: "bomb.zip",
        write: |to| to.write_all(&zipped("run.gpx", &vec![b' '; 1 << 20], 300)),
        args: AUDIT,
        says: "archive too large",
    },
    Case { name: "bomb-in-zip-in-zip.zip", write: nested, args: AUDIT, says: "archive too large" },
    Case {
        name: "listed-again.zip",
        write: listed_again,
        args: AUDIT,
        says: "the archive holds more than any export does",
    },
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
