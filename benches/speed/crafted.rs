//! Documents that are made to be slow: twice as much of what makes them so may take twice as long, and no more.

use std::fmt::Write as _;
use std::hint::black_box;

use rehabrun::ingest;

use super::race;

/// What makes a document slow, as often as it says.
struct Trick {
    name: &'static str,
    document: fn(usize) -> String,
}

const TRICKS: &[Trick] = &[
    Trick { name: "nesting", document: nesting },
    Trick { name: "attributes", document: attributes },
    Trick { name: "namespaces", document: namespaces },
    Trick { name: "entities", document: entities },
    Trick { name: "references", document: references },
];

/// How often in the smaller document; about a megabyte.
const TIMES: usize = 60_000;

/// Prints for each trick the time of a document with twice as much of it over the time of the document.
pub fn print() {
    for trick in TRICKS {
        let [once, twice] = [TIMES, 2 * TIMES].map(trick.document);
        let read = |document: &str| drop(black_box(ingest::read(black_box(document.as_bytes()))));
        let [short, long] = race::in_turns(race::ENOUGH_OF_ONE, [&mut || read(&once), &mut || read(&twice)]);
        let ratio = long.as_secs_f64() / short.as_secs_f64();
        println!("{} doubled ratio = {ratio:.2} ({:.1} ms)", trick.name, long.as_secs_f64() * 1e3);
    }
}

/// A track whose first point holds `inner`.
fn around(root: &str, name: &str, inner: &str) -> String {
    format!(
        "<gpx {root}><trk><name>{name}</name><trkseg><trkpt lat='1' lon='2'><time>2026-01-01T00:00:00Z</time>{inner}</trkpt>\
         <trkpt lat='1' lon='2.0001'><time>2026-01-01T00:00:09Z</time></trkpt></trkseg></trk></gpx>"
    )
}

fn nesting(n: usize) -> String {
    around("", "", &format!("<extensions>{}{}</extensions>", "<deeper>".repeat(n), "</deeper>".repeat(n)))
}

fn attributes(n: usize) -> String {
    let mut inner = "<extensions><many".to_owned();
    (0..n).for_each(|i| write!(inner, " name{i}='{i}'").expect("a string takes all"));
    around("", "", &(inner + "/></extensions>"))
}

fn namespaces(n: usize) -> String {
    let (mut root, mut inner) = (String::new(), String::new());
    for i in 0..n {
        write!(root, " xmlns:n{i}='http://n/{i}'").expect("a string takes all");
        write!(inner, "<n{i}:x/>").expect("a string takes all");
    }
    around(&root, "", &format!("<extensions>{inner}</extensions>"))
}

/// Entities that stand for each other ten times over, and their use.
fn entities(n: usize) -> String {
    let mut document = "<?xml version='1.0'?><!DOCTYPE gpx [<!ENTITY e0 'ten times'>".to_owned();
    for i in 1..n {
        write!(document, "<!ENTITY e{i} '&e{0};&e{0};&e{0};'>", i - 1).expect("a string takes all");
    }
    document + "]>" + &around("", &format!("&e{};", n - 1), "")
}

fn references(n: usize) -> String {
    around("", &"&amp;&#50;".repeat(n), "")
}
