//! Damaged files by the thousand through the whole pipeline: nothing panics, hangs or makes up a number.
//!
//! `REHABRUN_MUTATIONS=20000 cargo test --release --test mutations -- --nocapture` is the long run; it takes the real
//! files along where they are.

mod bundles;
#[path = "../common/mod.rs"]
mod common;
mod recovered;
mod structure;

use std::fs;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use common::checks;
use rehabrun::auditor::Settings;
use rehabrun::ingest;

/// Variants of the fixtures, and of the real files, without `REHABRUN_MUTATIONS`: some seconds of a development build.
const VARIANTS: usize = 1000;
const REAL_VARIANTS: usize = 50;

/// A variant that takes longer hangs. Honest files of this size take milliseconds; a busy machine is no fault.
const HANG: Duration = Duration::from_mins(1);

/// Real files that are larger when unpacked are left to the long run; a damaged one takes no other way than a small one.
const LARGEST: usize = 1 << 20;

/// What the program may take for a file, in MB; the README promises it.
const MEMORY_MB: u64 = 512;

/// A file to damage, as it is stored or unpacked. Its bytes stay on the disk, so that the memory is that of the reading.
struct Seed {
    name: String,
    path: PathBuf,
    is_unpacked: bool,
}

impl Seed {
    fn bytes(&self) -> Vec<u8> {
        let stored = fs::read(&self.path).expect("a readable file");
        if self.is_unpacked { ingest::gunzip(&stored).expect("a file in gzip").bytes } else { stored }
    }
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
    let paths = ["fit", "gpx", "tcx", "xml", "json"].into_iter().flat_map(|extension| common::files(folder, extension));
    let named = paths.flat_map(|path| {
        let name = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
        let is_packed = path.extension().is_some_and(|last| last == "gz");
        let unpacked = Seed { name: format!("{name}, unpacked"), path: path.clone(), is_unpacked: true };
        [Some(Seed { name, path, is_unpacked: false }), is_packed.then_some(unpacked)]
    });
    named.flatten().collect()
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
        println!("at most {peak_mb} MB");
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
        let (mut bytes, other) = (seed.bytes(), seeds[other].bytes());
        let mut name = format!("variant {i}, {}", seed.name);
        for _ in 0..=random.below(3) {
            let (how, mutate) = MUTATIONS[random.below(MUTATIONS.len())];
            mutate(&mut random, &mut bytes, &other);
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
    seeds.retain(|seed| !seed.is_unpacked || ingest::gunzip(&fs::read(&seed.path).expect("a readable file")).is_ok());
    if n_variants(REAL_VARIANTS) == REAL_VARIANTS {
        seeds.retain(|seed| seed.bytes().len() <= LARGEST);
    }
    check("damaged real files", mutated(seeds, n_variants(REAL_VARIANTS)));
}
