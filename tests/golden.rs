//! Every output of the same four example runs, as it was looked at and found good.
//!
//! After a change that is meant: `REHABRUN_BLESS=1 cargo test --test golden`, then look at the difference.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rehabrun::synth::{DEMO_ATHLETE, Demo, demo};

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
];

#[test]
fn every_output_is_as_it_was_found_good() {
    let runs = examples();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let bless = std::env::var_os("REHABRUN_BLESS").is_some();
    let mut faults = Vec::new();
    for (name, arguments) in OUTPUTS {
        let mut program = Command::new(env!("CARGO_BIN_EXE_rehabrun"));
        program.env("REHABRUN_CACHE_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/cache"));
        let output = program.current_dir(&runs).args(*arguments).env("COLUMNS", "100").output().expect("it starts");
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
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("golden");
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).expect("made");
    fs::write(dir.join("athlete.toml"), DEMO_ATHLETE).expect("written");
    for (name, bytes) in demo().iter().flat_map(Demo::files) {
        fs::write(dir.join(name), bytes).expect("written");
    }
    dir
}
