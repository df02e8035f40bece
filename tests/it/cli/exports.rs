//! Exports of makers at the command line: as a zip, as a folder, and beside one another.

use crate::common::{self, exports};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use expect_test::expect;
use rehabrun::export::fit;
use rehabrun::model::Activity;
use rehabrun::synth::{Script, Setup, record};
use rehabrun::units::UtcOffset;
use serde_json::Value;

/// A runner with two runs, an easy one and one in intervals.
fn runs() -> Vec<Activity> {
    let scripts =
        ["walk 2min, 6x(run 60s 2.5m/s, walk 60s), walk 2min", "walk 2min, 6x(run 60s 3.4m/s, walk 60s), walk 2min"];
    let run = |(day, script): (usize, &&str)| {
        let mut setup = Setup::new(Some(day as u64));
        setup.start = setup.start.plus_seconds(day as f64 * 2.0 * 86_400.0);
        setup.utc_offset = UtcOffset::from_seconds(7200);
        record(&Script::parse(script).expect("a script"), &setup).activity
    };
    scripts.iter().enumerate().map(run).collect()
}

fn folder(test: &str) -> PathBuf {
    common::folder(&format!("exports/{test}"))
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, bytes).expect("written");
}

fn unpack(dir: &Path, files: &[(String, String)]) {
    for (name, content) in files {
        write(&dir.join(name), content.as_bytes());
    }
}

fn rehabrun(dir: &Path, args: &[&str]) -> Output {
    common::program(dir, args).output().expect("it starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The sessions that an audit tells, by the last part of their paths, with verdict and time of running.
fn told(dir: &Path, path: &str) -> Vec<String> {
    let output = rehabrun(dir, &["audit", path, "--easy-pace", "6:07/km", "--format", "jsonl"]);
    let lines = text(&output.stdout);
    let files = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let told = files.filter(|file| file["status"] == "audited").map(|file| {
        let name = file["path"].as_str().and_then(|path| path.rsplit('/').next()).unwrap_or_default().to_owned();
        let session = &file["sessions"][0];
        format!("{name}: {} {}", file["verdict"].as_str().unwrap_or("-"), session["started_at"].as_str().unwrap_or("-"))
    });
    told.collect()
}

#[test]
fn a_zip_and_a_folder_say_the_same() {
    let dir = folder("same");
    let mut all = String::new();
    for (name, files) in exports::all(&runs()) {
        write(&dir.join(format!("{name}.zip")), &exports::zipped(&files));
        unpack(&dir.join(name), &files);
        let of_zip = told(&dir, &format!("{name}.zip"));
        assert_eq!(of_zip, told(&dir, name), "{name}");
        all.push_str(&format!("{name}\n{}\n", of_zip.join("\n")));
    }
    expect![[r#"
        apple-health
        2026-06-15 07.10.00 running: easy 2026-06-15T07:10:00+02:00
        2026-06-17 07.10.00 running: disguised-intervals 2026-06-17T07:10:00+02:00
        google-health
        2026-06-15 07.10.00 outdoor run: easy 2026-06-15T07:10:00+02:00
        2026-06-17 07.10.00 outdoor run: disguised-intervals 2026-06-17T07:10:00+02:00
        fitbit
        2026-06-15 07.10.00 outdoor run: easy 2026-06-15T07:10:00+02:00
        2026-06-17 07.10.00 outdoor run: disguised-intervals 2026-06-17T07:10:00+02:00
        samsung-health
        2026-06-15 07.10.00 running: easy 2026-06-15T07:10:00+02:00
        2026-06-17 07.10.00 running: disguised-intervals 2026-06-17T07:10:00+02:00
        samsung-legacy
        2026-06-15 07.10.00 running: easy 2026-06-15T07:10:00+02:00
        2026-06-17 07.10.00 running: disguised-intervals 2026-06-17T07:10:00+02:00
        adidas-running
        2026-06-15 07.10.00 running: easy 2026-06-15T07:10:00+02:00
        2026-06-17 07.10.00 running: disguised-intervals 2026-06-17T07:10:00+02:00
        adidas-gpx
        2026-06-15 07.10.00 running: easy 2026-06-15T07:10:00+02:00
        2026-06-17 07.10.00 running: disguised-intervals 2026-06-17T07:10:00+02:00
        runkeeper
        2026-06-15 07.10.00 running: easy 2026-06-15T07:10:00+02:00
        2026-06-17 07.10.00 running: disguised-intervals 2026-06-17T07:10:00+02:00
    "#]]
    .assert_eq(&all);
}

#[test]
fn each_export_is_named_in_one_line() {
    let dir = folder("named");
    let mut all = String::new();
    for (name, files) in exports::all(&runs()) {
        unpack(&dir.join(name), &files);
        let output = rehabrun(&dir, &["audit", name, "--easy-pace", "6:07/km", "--format", "jsonl"]);
        let lines = text(&output.stdout);
        let files = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        let remarks: Vec<String> = files
            .filter(|file| file["status"] == "skipped")
            .map(|file| format!("{}: {}", file["path"], file["notes"][0]["message"].as_str().unwrap_or("-")))
            .filter(|line| !line.contains("not an activity"))
            .collect();
        all.push_str(&format!("{}\n", remarks.join("\n")));
    }
    expect![[r#"
        "apple-health/apple_health_export/export.xml": Apple Health export: read: 2 of 2 workouts (those on foot) with heart rate and steps, 2 with a route; not read: other workouts, running power, stride length and all that is no workout
        "google-health/Takeout/Google Health": Google Health or Fitbit export: read: 2 of 2 sessions (those on foot); not read: other sports, steps by the minute, sleep and all that is no exercise
        "fitbit/Takeout/Google Health": Google Health or Fitbit export: read: 2 of 2 sessions (those on foot); not read: other sports, steps by the minute, sleep and all that is no exercise
        "samsung-health/samsunghealth_runner_20261101100000": Samsung Health export: read: 2 of 2 sessions (those on foot); not read: other sports, steps of the day, sleep and all that is no exercise
        "samsung-legacy/samsunghealth_runner_20261101100000": Samsung Health export: read: 2 of 2 sessions (those on foot); not read: other sports, steps of the day, sleep and all that is no exercise
        "adidas-running": adidas Running export: read: 2 of 2 sessions (those on foot); not read: other sports, speeds (positions tell them) and all that is no session; steps are not in it
        "adidas-gpx": adidas Running export: read: 2 of 2 sessions (those on foot); not read: other sports, speeds (positions tell them) and all that is no session; steps are not in it
        "runkeeper": Runkeeper export: read: 2 of 2 sessions (those on foot); not read: other sports, notes and photos; heart rates and steps are not in it, but for means
    "#]].assert_eq(&all);
}

#[test]
fn a_session_is_named_by_the_path_that_reports_show() {
    let dir = folder("records");
    for (name, files) in exports::all(&runs()) {
        unpack(&dir.join(name), &files);
        write(&dir.join(format!("{name}.zip")), &exports::zipped(&files));
        for export in [name.to_owned(), format!("{name}.zip")] {
            let output = rehabrun(&dir, &["audit", &export, "--format", "jsonl"]);
            let lines = text(&output.stdout);
            let files = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
            let paths: Vec<String> = files
                .filter(|file| file["status"] == "audited")
                .filter_map(|file| file["path"].as_str().map(str::to_owned))
                .collect();
            assert_eq!(paths.len(), 2, "{export}");
            let records = rehabrun(&dir, &["records", &paths[0]]);
            let n_rows = text(&records.stdout).lines().count();
            assert!(records.status.success() && n_rows > 300, "{}: {}", paths[0], text(&records.stderr));
        }
    }
}

#[test]
fn one_run_in_several_exports_counts_once() {
    let dir = folder("once");
    let all = exports::all(&runs());
    // What is the same run in another layout of one maker is left out.
    for (name, files) in all.iter().filter(|(name, _)| !["samsung-legacy", "adidas-gpx", "fitbit"].contains(name)) {
        unpack(&dir.join("a/all").join(name), files);
        write(&dir.join(format!("a/zips/{name}.zip")), &exports::zipped(files));
    }
    for (at, run) in runs().iter().enumerate() {
        write(&dir.join(format!("a/all/{at}.fit")), &fit::activity(run));
    }
    let settings = ["--easy-pace", "6:07/km", "--format", "json"];
    let progress = |path: &str| {
        let output = rehabrun(&dir, &[&["progress", path], &settings[..]].concat());
        let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let sessions: Vec<u64> =
            json["weeks"].as_array().into_iter().flatten().filter_map(|week| week["sessions"].as_u64()).collect();
        let n_duplicates = json["duplicates"].as_array().map_or(0, Vec::len);
        (sessions.iter().sum::<u64>(), n_duplicates)
    };
    // Five exports of two runs, and both as FIT; then all of them in zips, too.
    assert_eq!(progress("a/all"), (2, 10));
    assert_eq!(progress("a"), (2, 20));
    write(&dir.join("a/athlete.toml"), b"[ceiling]\neasy_pace = '6:07/km'\n");
    let clinic = text(&rehabrun(&dir, &["clinic", "."]).stdout);
    let counted = clinic.lines().find(|line| line.contains("caution  a")).map(|line| line.split_whitespace().collect());
    // Two runs, one of them over.
    assert_eq!(counted, Some(vec!["△", "caution", "a", "–", "–", "2", "1", "0", "–", "2026-06-17"]), "{clinic}");
}

#[test]
fn a_list_alone_says_what_to_do() {
    let dir = folder("alone");
    let mut all = String::new();
    for (_, files) in exports::all(&runs()) {
        let lists =
            ["exercise-0.json", "UserExercises_", "shealth.exercise.2026", "health.exercise.2026", "UTC_00000000.json"];
        let list =
            files.iter().find(|(name, _)| lists.iter().any(|list| name.contains(list)) && !name.contains("-data/"));
        let list = list.or_else(|| files.iter().find(|(name, _)| name == "cardioActivities.csv"));
        let Some((name, content)) = list else { continue };
        let file = name.rsplit('/').next().unwrap_or(name);
        write(&dir.join(file), content.as_bytes());
        let output = rehabrun(&dir, &["audit", file]);
        all.push_str(&text(&output.stderr));
    }
    expect![[r#"
        error: UserExercises_2026-01-01.csv: part of an export
        cause: it lists the sessions of an export of Google Health or Fitbit; what was measured is in files beside it
        hint: name the whole export, zip or folder
        error: exercise-0.json: part of an export
        cause: it lists the sessions of an export of Google Health or Fitbit; what was measured is in files beside it
        hint: name the whole export, zip or folder
        error: com.samsung.shealth.exercise.20261101100000.csv: part of an export
        cause: it lists the sessions of an export of Samsung Health; what was measured is in files beside it
        hint: name the whole export, zip or folder
        error: com.samsung.health.exercise.20261101100000.csv: part of an export
        cause: it lists the sessions of an export of Samsung Health; what was measured is in files beside it
        hint: name the whole export, zip or folder
        error: 2026-06-15_05-10-00-UTC_00000000.json: part of an export
        cause: it lists the sessions of an export of adidas Running; what was measured is in files beside it
        hint: name the whole export, zip or folder
        error: 2026-06-15_05-10-00-UTC_00000000.json: part of an export
        cause: it lists the sessions of an export of adidas Running; what was measured is in files beside it
        hint: name the whole export, zip or folder
        error: cardioActivities.csv: part of an export
        cause: it lists the sessions of an export of Runkeeper; what was measured is in files beside it
        hint: name the whole export, zip or folder
    "#]]
    .assert_eq(&all);
}

/// An export of which a part is missing or broken is read as far as it goes, and says so.
#[test]
fn what_is_missing_is_told() {
    let dir = folder("missing");
    let mut all = String::new();
    for (name, files) in exports::all(&runs()[..1]) {
        let few = |keep: &dyn Fn(&str) -> bool| -> Vec<(String, String)> {
            files.iter().filter(|(name, _)| keep(name)).cloned().collect()
        };
        let without_places =
            few(&|name| !["gps_location", "location_data", "GPS-data", ".gpx"].iter().any(|part| name.contains(part)));
        write(&dir.join(format!("{name}.zip")), &exports::zipped(&without_places));
        let output = rehabrun(&dir, &["audit", &format!("{name}.zip"), "--easy-pace", "6:07/km", "--format", "jsonl"]);
        for line in text(&output.stdout).lines() {
            let file: Value = serde_json::from_str(line).expect("JSON");
            let verdict = file["verdict"].as_str().unwrap_or("-");
            let ids: Vec<&str> =
                file["notes"].as_array().into_iter().flatten().filter_map(|note| note["id"].as_str()).collect();
            all.push_str(&format!("{name} {} {verdict} {}\n", file["status"], ids.join(" ")));
        }
    }
    expect![[r#"
        apple-health "audited" easy route-missing
        apple-health "skipped" - not-an-activity
        google-health "audited" easy 
        google-health "skipped" - not-an-activity
        fitbit "audited" undetermined clock-unknown workout-empty
        fitbit "skipped" - not-an-activity
        samsung-health "audited" easy 
        samsung-health "skipped" - not-an-activity
        samsung-legacy "audited" easy 
        samsung-legacy "skipped" - not-an-activity
        adidas-running "audited" undetermined no-steps
        adidas-running "skipped" - not-an-activity
        adidas-gpx "audited" undetermined no-steps
        adidas-gpx "skipped" - not-an-activity
        runkeeper "audited" undetermined clock-unknown no-steps workout-empty
        runkeeper "skipped" - not-an-activity
    "#]]
    .assert_eq(&all);
}
