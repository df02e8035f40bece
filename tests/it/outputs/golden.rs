//! Every output of the same four example runs and of a small clinic, as it was looked at and found good.
//!
//! After a change that is meant: `REHABRUN_BLESS=1 cargo test --test it outputs::golden`, then look at the difference.

use crate::common;
use std::fs;
use std::path::{Path, PathBuf};

use rehabrun::export::fit;
use rehabrun::synth::{DEMO_ATHLETE, Demo, Script, Setup, demo, record};
use rehabrun::units::{Timestamp, UtcOffset};

/// The arguments and the golden file of each output.
const OUTPUTS: &[(&str, &[&str])] = &[
    ("overview.txt", &["audit", "."]),
    ("easy-run-walk.txt", &["audit", "easy-run-walk.fit"]),
    ("disguised-intervals.txt", &["audit", "disguised-intervals.gpx"]),
    ("turned-half-way.txt", &["audit", "turned-half-way.tcx", "--units", "mi"]),
    ("runs.json", &["audit", ".", "--format", "json"]),
    ("runs.jsonl", &["audit", ".", "--format", "jsonl"]),
    ("runs.csv", &["audit", ".", "--format", "csv"]),
    ("runs.md", &["audit", ".", "--format", "markdown"]),
    ("turned-half-way.html", &["audit", "turned-half-way.fit", "--format", "html", "--with-route"]),
    ("ceiling.txt", &["ceiling", "--athlete", "athlete.toml", "--on", "2026-06-20"]),
    ("turned-half-way.svg", &["plot", "turned-half-way.fit", "-o", "plot.svg"]),
    ("progress.txt", &["progress", "../golden-clinic/anna"]),
    ("progress.json", &["progress", "../golden-clinic/anna", "--format", "json"]),
    ("progress.csv", &["progress", "../golden-clinic/anna", "--format", "csv"]),
    ("progress.html", &["progress", "../golden-clinic/anna", "--format", "html"]),
    ("clinic.txt", &["clinic", "../golden-clinic"]),
    ("clinic.json", &["clinic", "../golden-clinic", "--format", "json"]),
    ("clinic.csv", &["clinic", "../golden-clinic", "--format", "csv"]),
];

#[test]
fn every_output_is_as_it_was_found_good() {
    let runs = examples();
    clinic();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let bless = std::env::var_os("REHABRUN_BLESS").is_some();
    let mut faults = Vec::new();
    for (name, arguments) in OUTPUTS {
        let output = common::program(&runs, arguments).output().expect("it starts");
        let drawn = fs::read(runs.join("plot.svg")).ok().filter(|_| arguments[0] == "plot");
        let text = drawn.unwrap_or(output.stdout);
        let file = golden.join(name);
        if bless {
            fs::create_dir_all(&golden).and_then(|()| fs::write(&file, &text)).expect("a folder of ours");
        } else if fs::read(&file).ok().as_deref() != Some(&text) {
            faults.push(*name);
        }
    }
    assert!(faults.is_empty(), "changed: {}", faults.join(", "));
}

/// A folder with the example runs and their runner's file.
fn examples() -> PathBuf {
    let dir = common::folder("golden");
    fs::write(dir.join("athlete.toml"), DEMO_ATHLETE).expect("written");
    for (name, bytes) in demo().iter().flat_map(Demo::files) {
        fs::write(dir.join(name), bytes).expect("written");
    }
    dir
}

/// The weeks of a runner who follows the default programme, but for the speed that came back too early.
const WEEKS: [&str; 6] = [
    "walk 180s, 10x(run 60s 2.2m/s, walk 60s)",
    "walk 180s, 8x(run 90s 2.2m/s, walk 30s)",
    "walk 180s, 8x(run 120s 2.25m/s, walk 30s)",
    "walk 180s, 8x(run 180s 2.25m/s, walk 60s)",
    "walk 180s, 8x(run 240s 2.3m/s, walk 60s)",
    "walk 180s, 6x(run 300s 2.3m/s, walk 60s)",
];
const INTERVALS: &str = "walk 180s, 10x(run 60s 3.4m/s, walk 60s)";

/// A folder with three patients: six weeks with two interval sessions and a break, two easy weeks, and one without a
/// ceiling.
fn clinic() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("golden-clinic");
    let _ = fs::remove_dir_all(&dir);
    let ceiling = "[rehab]\nstarted = 2026-09-07\nplan = \"kinetic-revolution\"\n[ceiling]\neasy_pace = \"6:30/km\"\n";
    let days = (0..8).flat_map(|week| [0, 2, 4].map(|day| 7 * week + day));
    let done = |day: i64| match day {
        28..42 => None,
        16 | 25 => Some((day, INTERVALS)),
        _ => Some((day, WEEKS[if day < 28 { day / 7 } else { day / 7 - 2 } as usize])),
    };
    let anna: Vec<(i64, &str)> = days.filter_map(done).collect();
    patient(&dir.join("anna"), &format!("name = \"Anna Berg\"\n{ceiling}"), &anna);
    patient(&dir.join("ben"), &format!("name = \"Ben Wolf\"\n{ceiling}"), &anna[..6]);
    patient(&dir.join("cleo"), "name = \"Cleo Ray\"\n", &anna[..2]);
}

fn patient(dir: &Path, athlete: &str, runs: &[(i64, &str)]) {
    /// Monday 7 September 2026, 06:30 on a clock two hours ahead of UTC.
    const MONDAY: i64 = 1_788_755_400;
    fs::create_dir_all(dir).expect("made");
    fs::write(dir.join("athlete.toml"), athlete).expect("written");
    for &(day, script) in runs {
        let setup = Setup {
            start: Timestamp::from_unix_seconds(MONDAY + day * 86_400),
            utc_offset: UtcOffset::from_seconds(7200),
            ..Setup::new(Some(day.unsigned_abs()))
        };
        let activity = record(&Script::parse(script).expect("a script"), &setup).activity;
        fs::write(dir.join(format!("run-{day:02}.fit")), fit::activity(&activity)).expect("written");
    }
}
