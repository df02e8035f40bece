//! What a physio asks first: how it felt, what has changed since the last visit, and who may see it.

use std::fs;
use std::path::{Path, PathBuf};

use rehabrun::export::fit;
use rehabrun::synth::{Script, Setup, record};
use rehabrun::units::{Timestamp, UtcOffset};
use serde_json::Value;

use crate::common;

/// Monday 7 September 2026, 06:30 on a clock two hours ahead of UTC.
const MONDAY: i64 = 1_788_755_400;
const EASY: &str = "walk 2min, 10x(run 60s 2.3m/s, walk 60s)";
const INTERVALS: &str = "walk 2min, 10x(run 60s 3.4m/s, walk 60s)";
const ATHLETE: &str = "name = \"Anna\"\n[rehab]\nstarted = 2026-09-07\n[ceiling]\neasy_pace = \"6:30/km\"\n\
    [symptoms]\ntissue = \"tendon\"\nacceptable = 3\n\
    [[symptom]]\ndate = 2026-09-07\nduring = 1\nnext_day = 1\nsite = \"SECRETSITE\"\n\
    [[symptom]]\ndate = 2026-09-16\nduring = 4\nafter = 5\nnext_day = 5\nsite = \"SECRETSITE\"\nnote = \"SECRETNOTE\"\n";

/// A patient with intervals in week 1 and easy running in week 2, in a folder of a clinic.
fn clinic(test: &str, athlete: &str) -> PathBuf {
    let dir = common::folder(test);
    let folder = dir.join("anna");
    fs::create_dir_all(&folder).expect("made");
    fs::write(folder.join("athlete.toml"), athlete).expect("written");
    for (day, script) in [(0, INTERVALS), (2, EASY), (7, EASY), (9, EASY)] {
        let setup = Setup {
            start: Timestamp::from_unix_seconds(MONDAY + day * 86_400),
            utc_offset: UtcOffset::from_seconds(7200),
            ..Setup::new(None)
        };
        let activity = record(&Script::parse(script).expect("a script"), &setup).activity;
        fs::write(folder.join(format!("run-{day}.fit")), fit::activity(&activity)).expect("written");
    }
    dir
}

fn run(dir: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = common::program(dir, arguments).output().expect("the program starts");
    (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
}

fn json(dir: &Path, arguments: &[&str]) -> Value {
    serde_json::from_str(&run(dir, arguments).1).expect("JSON")
}

#[test]
fn how_it_felt_stands_beside_the_load() {
    let dir = clinic("visit-felt", ATHLETE);
    let progress = json(&dir, &["progress", "anna", "--format", "json"]);
    assert_eq!((&progress["weeks"][0]["pain"], &progress["weeks"][1]["pain"]), (&1.0.into(), &5.0.into()));
    let symptoms = &progress["symptoms"];
    assert_eq!((&symptoms["acceptable"], &symptoms["source"]), (&3.0.into(), &"set by the physio".into()));
    let entry = &symptoms["entries"][1];
    assert_eq!((&entry["over_limit"], &entry["worse_next_day"]), (&true.into(), &true.into()));
    assert_eq!(symptoms["rises"][0]["week"], 2);
    // Nothing of that changes a verdict.
    let verdict = |run: &Value| run["verdict"].as_str().map(str::to_owned);
    let without = json(&dir, &["progress", "anna", "--format", "json", "--no-symptoms"]);
    let verdicts = |of: &Value| of["runs"].as_array().expect("runs").iter().map(verdict).collect::<Vec<_>>();
    assert_eq!(verdicts(&progress), verdicts(&without));
    assert_eq!(progress["findings"], without["findings"]);
    let (_, text) = run(&dir, &["progress", "anna"]);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("more than the acceptable 3, worse the next morning"), "{text}");
    assert!(text.contains("side by side: 20:00 of running after 20:00"), "{text}");
}

#[test]
fn who_may_see_it() {
    let dir = clinic("visit-privacy", ATHLETE);
    let says = |text: &str| text.contains("SECRET");
    let (_, audit) = run(&dir, &["audit", "anna", "--format", "json", "--no-cache"]);
    assert!(!says(&audit) && audit.contains("\"symptoms\":null"), "nothing unless it is asked for");
    for format in ["jsonl", "csv", "markdown", "text", "html"] {
        assert!(!says(&run(&dir, &["audit", "anna", "--format", format, "--no-cache"]).1), "{format}");
    }
    let asked = json(&dir, &["audit", "anna", "--format", "json", "--with-symptoms", "--no-cache"]);
    let file = asked["files"].as_array().expect("files").iter().find(|file| file["path"] == "anna/run-9.fit");
    assert_eq!(file.expect("the run")["symptoms"][0]["site"], "SECRETSITE");
    assert!(says(&run(&dir, &["audit", "anna/run-9.fit", "--with-symptoms", "--no-cache"]).1));
    assert!(!says(&run(&dir, &["audit", "anna/run-2.fit", "--with-symptoms", "--no-cache"]).1), "of another day");
    for format in ["text", "json", "csv", "html"] {
        assert!(!says(&run(&dir, &["progress", "anna", "--format", format, "--no-symptoms"]).1), "{format}");
    }
    let pages = |arguments: &[&str]| {
        let all: Vec<&str> =
            ["clinic", ".", "--format", "html", "-o", "pages"].iter().chain(arguments).copied().collect();
        run(&dir, &all);
        let text = |page: &str| fs::read_to_string(dir.join("pages/anna").join(page)).expect("a page");
        (says(&text("index.html")), says(&text("run-9.fit.html")))
    };
    assert_eq!(pages(&[]), (true, true), "a clinic's pages show it");
    assert_eq!(pages(&["--no-symptoms"]), (false, false));
}

#[test]
fn only_what_is_new_is_told_one_by_one() {
    let dir = clinic("visit-since", ATHLETE);
    let (code, all) = run(&dir, &["progress", "anna"]);
    assert!(code == Some(1) && all.contains("speed-before-week-13"), "{all}");
    let (code, text) = run(&dir, &["progress", "anna", "--since", "2026-09-14"]);
    assert_eq!(code, Some(0), "{text}");
    assert!(!text.contains("speed-before-week-13") && text.contains("before: 2 runs, 1 warning"), "{text}");
    for asked in ["1", "1w", "7d"] {
        let progress = json(&dir, &["progress", "anna", "--last", asked, "--format", "json"]);
        assert_eq!((&progress["since"], &progress["earlier"]["warnings"]), (&"2026-09-10".into(), &1.into()));
        assert_eq!(progress["findings"][0]["is_earlier"], true, "told apart, not left out");
    }
    let rows = json(&dir, &["clinic", ".", "--format", "json"]);
    assert_eq!(rows["patients"][0]["level"], "warning");
    let visited = ATHLETE.replace("started = 2026-09-07\n", "started = 2026-09-07\nlast_visit = 2026-09-14\n");
    fs::write(dir.join("anna/athlete.toml"), visited).expect("written");
    let rows = json(&dir, &["clinic", ".", "--format", "json"]);
    let row = &rows["patients"][0];
    assert_eq!((&row["level"], &row["sessions"], &row["over"]), (&"clear".into(), &2.into(), &0.into()));
    assert_eq!(
        (&row["since"], &row["pain"]["worst"], &row["pain"]["days_over"]),
        (&"2026-09-14".into(), &5.0.into(), &1.into())
    );
    // The options come before the runner's file.
    let rows = json(&dir, &["clinic", ".", "--format", "json", "--since", "2026-09-07"]);
    assert_eq!(rows["patients"][0]["level"], "warning");
    let (_, text) = run(&dir, &["clinic", ".", "--since", "2026-10-01"]);
    assert!(text.contains("unclear") && text.contains("no run since 2026-10-01"), "{text}");
}
