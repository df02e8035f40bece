//! What is read of a file that was cut short, or in which one byte is wrong: what the whole file says, or less.

use std::path::Path;

use rehabrun::auditor;
use rehabrun::ingest;
use rehabrun::model::{Activity, NoteId, Record};
use rehabrun::report::Class;

use super::{Seed, VARIANTS, check, checks, fixtures, n_variants};

/// Cuts of one file that are read, and those that go through all stages, in a plain run.
const CUTS_READ: usize = 300;
const CUTS_AUDITED: usize = 25;

/// The bytes of a GPX or TCX file that ends here may hold a last point of which some fields are missing.
fn is_part_of(part: &Record, whole: &Record) -> bool {
    part.time() == whole.time() || part.position() == whole.position()
}

/// The fixtures whose records follow one another. Exports hold one signal behind the other, steps over intervals among
/// them: what is cut or hit there is a signal, or an interval of it, of many records.
fn in_order() -> impl Iterator<Item = Seed> {
    fixtures().into_iter().filter(|seed| !seed.name.starts_with("exports"))
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
    for seed in in_order() {
        let (name, bytes) = (&seed.name, seed.bytes());
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
    fn same<T: PartialEq + Copy>(part: Option<T>, whole: Option<T>) -> bool {
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
    let is = |name: &str, extension| Path::new(name).extension().is_some_and(|found| found == extension);
    for seed in in_order().filter(|seed| !is(&seed.name, "gz")) {
        let (name, bytes) = (&seed.name, seed.bytes());
        let Ok(whole) = ingest::read(&bytes) else { continue };
        let whole = records(&whole);
        let (mut n, mut n_misread) = (0, 0);
        for at in cuts(bytes.len(), CUTS_READ) {
            let Ok(part) = ingest::read(&flipped(&bytes, at)) else { continue };
            let n_made_up = n_made_up(&records(&part), &whole);
            n += 1;
            n_misread += usize::from(n_made_up > 1);
            // The definition at the head of a FIT file says how all its records are read.
            assert!(n_made_up <= 1 || is(name, "fit"), "{name} flipped at {at}: {n_made_up} records made up");
        }
        println!("{name}: {n_misread} of {n} flips cost more than a record");
        assert!(100 * n_misread <= n, "{name}: {n_misread} of {n} flips cost more than a record");
    }
}

#[test]
fn a_flipped_byte_makes_no_pass() {
    let settings = checks::settings(Some(367.0));
    let mut n_told = 0;
    for seed in fixtures() {
        let (name, bytes) = (&seed.name, seed.bytes());
        let was_over = auditor::audit_bytes("a", bytes.clone(), &settings).verdict.is_some_and(Class::is_over);
        for at in cuts(bytes.len(), CUTS_AUDITED) {
            let file = auditor::audit_bytes("a", flipped(&bytes, at), &settings);
            let is_told =
                file.notes.iter().any(|note| [NoteId::CrcMismatch, NoteId::CompressedDataDamaged].contains(&note.id));
            n_told += usize::from(is_told);
            let passes = file.verdict == Some(Class::Easy);
            assert!(!passes || !was_over && !is_told, "{name} flipped at {at} passes: {:?}", file.notes);
        }
    }
    assert!(n_told > 0, "no damage was seen by a checksum");
}

#[test]
fn fixtures_cut_short() {
    let cut = |seed: Seed| {
        let (name, bytes) = (seed.name.clone(), seed.bytes());
        cuts(bytes.len(), CUTS_AUDITED).map(move |end| (format!("{name} cut at {end}"), bytes[..end].to_vec()))
    };
    check("cut fixtures", fixtures().into_iter().flat_map(cut));
}
