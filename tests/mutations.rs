//! Damaged files by the thousand through the whole pipeline: nothing panics, hangs or makes up a number.
//!
//! `REHABRUN_MUTATIONS=20000 cargo test --release --test mutations -- --nocapture` is the long run; it takes the real
//! files along where they are.

mod common;

use std::fs;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use common::checks;
use rehabrun::ingest;
use rehabrun::model::{Activity, Note, Record};
use rehabrun::pipeline::{self, Settings};
use rehabrun::report::Class;

/// Variants of the fixtures, and of the real files, without `REHABRUN_MUTATIONS`: some seconds of a development build.
const VARIANTS: usize = 1000;
const REAL_VARIANTS: usize = 50;

/// A variant that takes longer hangs. Honest files of this size take milliseconds; a busy machine is no fault.
const HANG: Duration = Duration::from_mins(1);

/// Real files larger than this are left to the batch; a damaged one takes no other way than a small one.
const LARGEST: usize = 1 << 20;

/// What the program may take for a file, in MB; the README promises it.
const MEMORY_MB: u64 = 512;

/// Cuts of one file that are read, and those that go through all stages, in a plain run.
const CUTS_READ: usize = 300;
const CUTS_AUDITED: usize = 25;

/// A file to damage.
struct Seed {
    name: String,
    bytes: Vec<u8>,
}

/// Pseudo-random numbers, the same on every machine: `SplitMix64` (Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below `end`; 0 where that is 0.
    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// A stretch of at most `longest` bytes.
    fn range(&mut self, len: usize, longest: usize) -> Range<usize> {
        let start = self.below(len + 1);
        start..(start + self.below(longest + 1)).min(len)
    }
}

type Mutation = fn(&mut Random, &mut Vec<u8>, &[u8]);

/// The ways to damage a file; the last argument is another file to take pieces from.
const MUTATIONS: &[(&str, Mutation)] = &[
    ("flipped", |random, bytes, _| {
        for _ in 0..=random.below(8) {
            let (at, bit) = (random.below(bytes.len()), random.below(8));
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << bit;
            }
        }
    }),
    ("overwritten", |random, bytes, _| {
        let range = random.range(bytes.len(), 16);
        let value = [0, 0xff, 0x7f, 0x80, b'9', b'-', b'<'][random.below(7)];
        bytes[range].fill(value);
    }),
    ("cut", |random, bytes, _| bytes.truncate(random.below(bytes.len()))),
    ("with a hole", |random, bytes, _| drop(bytes.drain(random.range(bytes.len(), 400)))),
    ("spliced", |random, bytes, other| {
        let range = random.range(bytes.len(), 400);
        bytes.splice(range, other[random.range(other.len(), 400)].iter().copied());
    }),
    ("repeating", |random, bytes, _| {
        let range = random.range(bytes.len(), 400);
        let piece = bytes[range.clone()].repeat(1 + random.below(20));
        bytes.splice(range, piece);
    }),
];

/// The fixtures, those in gzip as they are and unpacked; archives are not for this way in.
fn fixtures() -> Vec<Seed> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    seeds(&folder)
}

fn seeds(folder: &Path) -> Vec<Seed> {
    let paths = ["fit", "gpx", "tcx"].into_iter().flat_map(|extension| common::files(folder, extension));
    let named = paths.flat_map(|path| {
        let name = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
        let stored = fs::read(&path).expect("a readable file");
        let unpacked = ingest::gunzip(&stored).ok().map(|inner| (format!("{name}, unpacked"), inner.bytes));
        [Some((name, stored)), unpacked.filter(|_| path.extension().is_some_and(|last| last == "gz"))]
    });
    named.flatten().map(|(name, bytes)| Seed { name, bytes }).collect()
}

/// What is wrong with the report on some bytes, or with an output of it.
fn fault(bytes: Vec<u8>, settings: &Settings) -> Option<String> {
    let audited = catch_unwind(AssertUnwindSafe(|| checks::fault_of_audit(bytes, settings)));
    audited.unwrap_or_else(|_| Some("panics".to_owned()))
}

/// Audits variant after variant and names what is wrong with any; one that does not end is a fault too.
#[expect(clippy::print_stdout, reason = "figures for who asks with --nocapture")]
fn check(what: &str, variants: impl Iterator<Item = (String, Vec<u8>)> + Send + 'static) {
    let (began, ended) = channel();
    let worker = thread::spawn(move || {
        let settings = checks::settings(Some(367.0));
        for (name, bytes) in variants {
            let start = Instant::now();
            let fault = fault(bytes, &settings);
            if began.send((name, fault, start.elapsed())).is_err() {
                return;
            }
        }
    });
    let (mut n, mut faults, mut slowest, mut last) = (0, Vec::new(), (Duration::ZERO, String::new()), String::new());
    loop {
        let (name, fault, time) = match ended.recv_timeout(HANG) {
            Ok(done) => done,
            Err(RecvTimeoutError::Timeout) => panic!("the variant after {last:?} does not end"),
            Err(RecvTimeoutError::Disconnected) => break,
        };
        n += 1;
        faults.extend(fault.map(|fault| format!("{name}: {fault}")));
        slowest = slowest.max((time, name.clone()));
        last = name;
    }
    worker.join().expect("panics are caught inside");
    println!("{n} {what}, {} faults, slowest {:?}: {}", faults.len(), slowest.0, slowest.1);
    assert!(n > 0 && faults.is_empty(), "{}", faults.join("\n"));
    if let Some(peak_mb) = common::peak_mb("self") {
        println!("at most {peak_mb} MB, with all files to damage in memory");
        assert!(peak_mb < MEMORY_MB, "{what} take {peak_mb} MB");
    }
}

fn n_variants(otherwise: usize) -> usize {
    std::env::var("REHABRUN_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(otherwise)
}

/// Variants of the seeds in turn, a few damages each.
fn mutated(seeds: Vec<Seed>, n: usize) -> impl Iterator<Item = (String, Vec<u8>)> + Send {
    (0..n).map(move |i| {
        let mut random = Random(i as u64);
        let (seed, other) = (&seeds[i % seeds.len()], random.below(seeds.len()));
        let mut bytes = seed.bytes.clone();
        let mut name = format!("variant {i}, {}", seed.name);
        for _ in 0..=random.below(3) {
            let (how, mutate) = MUTATIONS[random.below(MUTATIONS.len())];
            mutate(&mut random, &mut bytes, &seeds[other].bytes);
            name = format!("{name}, {how}");
        }
        (name, bytes)
    })
}

#[test]
fn damaged_fixtures() {
    check("damaged fixtures", mutated(fixtures(), n_variants(VARIANTS)));
}

#[test]
fn damaged_real_files() {
    let Some(corpus) = common::corpus() else { return };
    let mut seeds = seeds(&corpus);
    seeds.retain(|seed| seed.bytes.len() <= LARGEST);
    check("damaged real files", mutated(seeds, n_variants(REAL_VARIANTS)));
}

/// The bytes of a GPX or TCX file that ends here may hold a last point of which some fields are missing.
fn is_part_of(part: &Record, whole: &Record) -> bool {
    part.time() == whole.time() || part.position() == whole.position()
}

fn records(activity: &Activity) -> Vec<&Record> {
    activity.sessions.iter().flat_map(|session| &session.records).collect()
}

/// Where to cut a file: every 37th byte, a prime so that each byte of a record has its turn. A plain run makes so many
/// cuts of a file at most; the long run makes all.
fn cuts(len: usize, at_most: usize) -> impl Iterator<Item = usize> + Send {
    let coarser = if n_variants(VARIANTS) > VARIANTS { 1 } else { (len / 37).div_ceil(at_most).max(1) };
    (0..len).step_by(37 * coarser)
}

#[test]
fn what_is_read_of_a_file_cut_short_is_how_it_begins() {
    for Seed { name, bytes } in fixtures() {
        let Ok(whole) = ingest::read(&bytes) else { continue };
        let whole = records(&whole);
        for end in cuts(bytes.len(), CUTS_READ) {
            let Ok(part) = ingest::read(&bytes[..end]) else { continue };
            let part = records(&part);
            assert!(part.len() <= whole.len(), "{name} cut at {end}: more records than the whole file has");
            let same = part.iter().zip(&whole).take_while(|(part, whole)| part == whole).count();
            let ends_well = same == part.len() || same + 1 == part.len() && is_part_of(part[same], whole[same]);
            assert!(
                ends_well,
                "{name} cut at {end}: record {same} of {} is another\n{:?}\n{:?}",
                part.len(),
                part[same],
                whole[same]
            );
        }
    }
}

/// True when a record has no value that another one has not.
fn holds_no_more(part: &Record, whole: &Record) -> bool {
    fn same<T: PartialEq>(part: Option<T>, whole: Option<T>) -> bool {
        part.is_none() || part == whole
    }
    same(part.time(), whole.time())
        && same(part.position(), whole.position())
        && same(part.distance(), whole.distance())
        && same(part.altitude(), whole.altitude())
        && same(part.speed(), whole.speed())
        && same(part.raw_cadence(), whole.raw_cadence())
        && same(part.heart_rate(), whole.heart_rate())
}

/// How many of the records are none of the whole file, whose order they keep.
fn n_made_up(part: &[&Record], whole: &[&Record]) -> usize {
    let mut at = 0;
    let is_made_up = |record: &&&Record| match whole[at..].iter().position(|whole| holds_no_more(record, whole)) {
        Some(ahead) => {
            at += ahead + 1;
            false
        }
        None => true,
    };
    part.iter().filter(is_made_up).count()
}

/// A byte with one of its bits the other way, or all.
fn flipped(bytes: &[u8], at: usize) -> Vec<u8> {
    let mut flipped = bytes.to_vec();
    flipped[at] ^= [0xff, 0x01, 0x80, 0x10][at % 4];
    flipped
}

#[test]
fn a_flipped_byte_costs_the_record_that_it_hit() {
    // Behind a damaged byte, what was compressed may be anything: then no session passes, as the next test has it.
    for Seed { name, bytes } in fixtures().into_iter().filter(|seed| !seed.name.ends_with(".gz")) {
        let Ok(whole) = ingest::read(&bytes) else { continue };
        let whole = records(&whole);
        let (mut n, mut n_misread) = (0, 0);
        for at in cuts(bytes.len(), CUTS_READ) {
            let Ok(part) = ingest::read(&flipped(&bytes, at)) else { continue };
            let n_made_up = n_made_up(&records(&part), &whole);
            n += 1;
            n_misread += usize::from(n_made_up > 1);
            // The definition at the head of a FIT file says how all its records are read.
            assert!(n_made_up <= 1 || name.ends_with(".fit"), "{name} flipped at {at}: {n_made_up} records made up");
        }
        println!("{name}: {n_misread} of {n} flips cost more than a record");
        assert!(100 * n_misread <= n, "{name}: {n_misread} of {n} flips cost more than a record");
    }
}

#[test]
fn a_flipped_byte_makes_no_pass() {
    let settings = checks::settings(Some(367.0));
    let mut n_told = 0;
    for Seed { name, bytes } in fixtures() {
        let was_over = pipeline::audit_bytes("a", bytes.clone(), &settings).verdict.is_some_and(Class::is_over);
        for at in cuts(bytes.len(), CUTS_AUDITED) {
            let file = pipeline::audit_bytes("a", flipped(&bytes, at), &settings);
            let is_told =
                file.notes.iter().any(|note| [Note::WRONG_CHECKSUM, Note::WRONG_COMPRESSION].contains(&&*note.id));
            n_told += usize::from(is_told);
            let passes = file.verdict == Some(Class::Easy);
            assert!(!passes || !was_over && !is_told, "{name} flipped at {at} passes: {:?}", file.notes);
        }
    }
    assert!(n_told > 0, "no damage was seen by a checksum");
}

#[test]
fn fixtures_cut_short() {
    let cut = |Seed { name, bytes }: Seed| {
        cuts(bytes.len(), CUTS_AUDITED).map(move |end| (format!("{name} cut at {end}"), bytes[..end].to_vec()))
    };
    check("cut fixtures", fixtures().into_iter().flat_map(cut));
}
