//! `rehabrun ceiling` on a runner's own runs.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common;

/// A folder of its own with six easy runs of 20 minutes, a day each.
fn six_runs(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("runs")).expect("made");
    for day in 1..=6_u32 {
        let mut gpx = String::from(
            "<?xml version=\"1.0\"?><gpx version=\"1.1\" xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><type>running</type><trkseg>",
        );
        for s in 0..1200_u32 {
            // 2.5 m/s northwards, a little faster each day.
            let lat = 50.0 + f64::from(s) * (2.5 + 0.01 * f64::from(day)) / 111_195.0;
            gpx += &format!(
                "<trkpt lat=\"{lat:.7}\" lon=\"10.0\"><time>2026-05-{day:02}T06:{:02}:{:02}Z</time></trkpt>",
                s / 60,
                s % 60
            );
        }
        gpx += "</trkseg></trk></gpx>";
        fs::write(folder.join(format!("runs/{day}.gpx")), gpx).expect("written");
    }
    folder
}

fn said(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = common::program(folder, arguments).output().expect("the program starts");
    let text = [output.stdout, output.stderr].concat();
    // Texts are wrapped at the width of the terminal.
    let text = String::from_utf8(text).expect("UTF-8");
    (output.status.code(), text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn a_ceiling_from_the_runners_own_runs() {
    let folder = six_runs("own-runs");
    let (code, text) = said(&folder, &["ceiling", "runs", "--on", "2026-06-01"]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("own runs: chosen for pace") && text.contains("of 6 runs that could be used, 6"), "{text}");
    assert!(text.contains("How to find your easy pace yourself, by a talk test: 1."), "{text}");
    // The hint, followed, is a ceiling that counts as a guess.
    let line = text.split("Until then ").nth(1).and_then(|rest| rest.split(" under [ceiling]").next());
    let lines = line.expect("a hint").replace(" and ", "\n");
    fs::write(folder.join("athlete.toml"), format!("[ceiling]\n{lines}\n")).expect("written");
    let (code, text) = said(&folder, &["ceiling"]);
    assert!(code == Some(0) && text.contains("(guess, ± 8 %)"), "{text}");
}

#[test]
fn too_few_runs_say_what_is_missing() {
    let folder = six_runs("too-few-runs");
    let (code, text) = said(&folder, &["ceiling", "runs/1.gpx", "runs/2.gpx"]);
    assert_eq!(code, Some(3), "{text}");
    assert!(text.contains("2 runs could be used and 2 ran evenly; it takes 5"), "{text}");
    assert!(text.contains("or do a talk test"), "{text}");
}

#[test]
fn a_guess_does_not_take_the_place_of_the_physios_pace() {
    let folder = six_runs("guess");
    let file = "[ceiling]\neasy_pace = \"6:30/km\"\neasy_pace_from = \"physio\"\n";
    fs::write(folder.join("athlete.toml"), file).expect("written");
    let guess = ["ceiling", "--easy-pace", "5:30/km", "--easy-pace-from", "guess"];
    let (_, text) = said(&folder, &guess);
    assert!(text.starts_with("easy ceiling: 6:30/km (physio"), "{text}");
    assert!(text.contains("guess: less trusted than physio"), "{text}");
    let (_, text) = said(&folder, &["ceiling", "--easy-pace", "5:30/km"]);
    assert!(text.starts_with("easy ceiling: 5:30/km (as given"), "{text}");
}
