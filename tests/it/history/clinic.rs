//! The patients of a clinic, as the command shows them.

use crate::common;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use expect_test::{Expect, expect};
use rehabrun::export::fit;
use rehabrun::synth::{Script, Setup, record};
use rehabrun::units::{Timestamp, UtcOffset};

/// Monday 7 September 2026, 06:30 on a clock two hours ahead of UTC.
const MONDAY: i64 = 1_788_755_400;
const CEILING: &str =
    "[rehab]\nstarted = 2026-09-07\nplan = \"kinetic-revolution\"\n[ceiling]\neasy_pace = \"6:30/km\"\n";
const WEEKS: [&str; 4] = [
    "walk 2min, 10x(run 60s 2.3m/s, walk 60s)",
    "walk 2min, 8x(run 90s 2.3m/s, walk 30s)",
    "walk 2min, 8x(run 120s 2.3m/s, walk 30s)",
    "walk 2min, 8x(run 180s 2.3m/s, walk 60s)",
];
const INTERVALS: &str = "walk 2min, 10x(run 60s 3.4m/s, walk 60s)";

/// Three patients, and three of whom little can be said.
fn clinic(test: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("clinic").join(test);
    let _ = fs::remove_dir_all(&dir);
    let planned = |day: i64| WEEKS[day as usize / 7];
    let days = [0, 2, 4, 7, 9, 11, 14, 16, 18, 21, 23, 25];
    let as_planned: Vec<(i64, &str)> = days.iter().map(|&day| (day, planned(day))).collect();
    let too_fast: Vec<(i64, &str)> =
        days[..9].iter().map(|&day| (day, if day > 8 { INTERVALS } else { planned(day) })).collect();
    let next_day = [(0, WEEKS[0]), (2, WEEKS[0]), (3, WEEKS[0])];
    patient(&dir, "anna", &format!("name = \"Anna Berg\"\n{CEILING}"), &as_planned);
    patient(&dir, "Ben <b>", &format!("name = \"Ben & Söhne\"\n{CEILING}"), &too_fast);
    patient(&dir, "cleo", &format!("name = \"Cleo\"\n{CEILING}"), &next_day);
    patient(&dir, "no ceiling", "", &as_planned[..2]);
    patient(&dir, "typing-error", "[ceiling]\neasy_pase = \"6:30/km\"\n", &as_planned[..1]);
    patient(&dir, "unreadable", CEILING, &as_planned[..2]);
    fs::write(dir.join("unreadable/cut.fit"), b"no activity at all").expect("written");
    fs::create_dir(dir.join("new")).expect("made");
    fs::create_dir(dir.join(".hidden")).expect("made");
    fs::copy(dir.join("anna/run-00.fit"), dir.join("lost.fit")).expect("copied");
    dir
}

fn patient(dir: &Path, name: &str, athlete: &str, runs: &[(i64, &str)]) {
    let folder = dir.join(name);
    fs::create_dir_all(&folder).expect("made");
    fs::write(folder.join("athlete.toml"), athlete).expect("written");
    for (day, script) in runs {
        let setup = Setup {
            start: Timestamp::from_unix_seconds(MONDAY + day * 86_400),
            utc_offset: UtcOffset::from_seconds(7200),
            ..Setup::new(None)
        };
        let activity = record(&Script::parse(script).expect("a script"), &setup).activity;
        fs::write(folder.join(format!("run-{day:02}.fit")), fit::activity(&activity)).expect("written");
    }
}

#[test]
fn worst_first() {
    let dir = clinic("worst-first");
    check(
        &rehabrun(&dir, &["clinic", "."], 80),
        &expect![[r#"
            7 patients: 1 with a warning, 4 unclear, 1 with a caution, 1 clear

                         patient       week  stage   runs  over  unclear  trend  last run
              ▲ warning  Ben & Söhne   3/12  week-1     9     5        0  –      2026-09-25
                         2026-09-25: 5 sessions over the ceiling in 10 days, from 2026-09-16
                         on [breach-pattern]
                         9 of 9 sessions of the plan · ceiling 6:30/km (as given)
              ? unclear  no ceiling       –  –          2     0        2  –      2026-09-09
                         no easy ceiling for 2 runs: easy_pace or easy_hr in athlete.toml
                         sets one
                         2 sessions could not be judged, the last on 2026-09-09
              ? unclear  new              –  –          0     0        0  –      –
                         no run was found in the folder
              ? unclear  typing-error     –  –          0     0        0  –      –
                         athlete.toml cannot be used: line 2: unknown field `easy_pase`
              ? unclear  unreadable    1/12  week-1     2     0        0  –      2026-09-09
                         1 file could not be read: cut.fit (not an activity file)
                         2 of 3 sessions of the plan · ceiling 6:30/km (as given)
              △ caution  Cleo          1/12  week-1     3     0        0  –      2026-09-10
                         2026-09-10: a run on the day after a run; kinetic-revolution asks
                         for a day of rest between [consecutive-days]
                         3 of 3 sessions of the plan · ceiling 6:30/km (as given)
              ● clear    Anna Berg     4/12  week-4    12     0        0  –      2026-10-02
                         12 of 12 sessions of the plan · ceiling 6:30/km (as given)

            Worst first: a warning, then patients of whom nobody can tell (no ceiling, no
            run, files that could not be read), then cautions, then the rest; among equals
            the most sessions over the ceiling. Week: of the last run, of the easy weeks
            while they last. Stage: of the programme, the last one done. Pain: the last that
            was told, ↑ where it was more than is acceptable on a day that the row is about.
            Trend: share of the running over the ceiling in the last four weeks against the
            four before.

            note: 1 activity beside the folders of the patients: nobody's, and left out
            exit code 2
        "#]],
    );
    check(
        &rehabrun(&dir, &["clinic", ".", "--format", "csv"], 80),
        &expect![[r#"
            folder,athlete,level,week,easy_weeks,sessions,over,cannot_tell,trend,over_before,over_now,last_run,warnings,cautions,finding_rule,finding_severity,finding_date,finding_message,problems,plan_stage,sessions_done,sessions_planned,easy_weeks_done,reasons,since,ceiling_pace_s_per_km,ceiling_heart_rate_bpm,pain,pain_most,pain_date
            Ben <b>,Ben & Söhne,warning,3,12,9,5,0,,,,2026-09-25,6,0,breach-pattern,warning,2026-09-25,"5 sessions over the ceiling in 10 days, from 2026-09-16 on",,week-1,9,9,1,"5 sessions over the ceiling, the last on 2026-09-25 (disguised intervals)",,390,,,,
            no ceiling,,unclear,,12,2,0,2,,,,2026-09-09,0,0,,,,,no easy ceiling for 2 runs: easy_pace or easy_hr in athlete.toml sets one,,,,,"2 sessions could not be judged, the last on 2026-09-09",,,,,,
            new,,unclear,,12,0,0,0,,,,,0,0,,,,,no run was found in the folder,,,,,,,,,,,
            typing-error,,unclear,,0,0,0,0,,,,,0,0,,,,,athlete.toml cannot be used: line 2: unknown field `easy_pase`,,,,,,,,,,,
            unreadable,,unclear,1,12,2,0,0,,,,2026-09-09,0,0,,,,,1 file could not be read: cut.fit (not an activity file),week-1,2,3,1,,,390,,,,
            cleo,Cleo,caution,1,12,3,0,0,,,,2026-09-10,0,1,consecutive-days,caution,2026-09-10,a run on the day after a run; kinetic-revolution asks for a day of rest between,,week-1,3,3,1,,,390,,,,
            anna,Anna Berg,clear,4,12,12,0,0,,,,2026-10-02,0,0,,,,,,week-4,12,12,4,,,390,,,,
            exit code 2
        "#]],
    );
    let json = rehabrun(&dir, &["clinic", ".", "--format", "json"], 80);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(json["schema_version"], 1);
    let ben = &json["patients"][0];
    assert_eq!((&ben["folder"], &ben["level"], &ben["week"]), (&"Ben <b>".into(), &"warning".into(), &3.into()));
    assert_eq!((&ben["sessions"], &ben["over"], &ben["cannot_tell"]), (&9.into(), &5.into(), &0.into()));
    let by_one = rehabrun(&dir, &["clinic", ".", "-j", "1"], 80);
    assert_eq!(by_one.stdout, rehabrun(&dir, &["clinic", ".", "-j", "3"], 80).stdout, "the threads matter");
}

#[test]
fn pages_lead_to_each_other_and_nowhere_else() {
    let dir = clinic("pages");
    let output = rehabrun(&dir, &["clinic", ".", "--format", "html", "-o", "out"], 80);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let pages = files(&dir.join("out"));
    let mut n_links = 0;
    for page in pages.iter().filter(|page| page.extension().is_some_and(|extension| extension == "html")) {
        let text = fs::read_to_string(page).expect("a page");
        for outside in ["http://", "https://", "src=", "@import", "url(", "<link"] {
            let n_named = text.matches(outside).count()
                - text.matches("http://www.w3.org/2000/svg").count() * usize::from(outside == "http://");
            assert_eq!(n_named, 0, "{outside} in {}", page.display());
        }
        for link in text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            n_links += 1;
            assert!(page.with_file_name(link).exists(), "{link} in {}", page.display());
        }
    }
    // A page for each of 28 runs with a way back, 5 pages of weeks with a way back and a link to each run, and findings.
    assert!(n_links > 28 + 5 + 28 + 5, "{n_links}");
    assert!(dir.join("out/Ben--b/index.html").is_file(), "{pages:?}");
    let index = fs::read_to_string(dir.join("out/index.html")).expect("a page");
    assert!(index.contains("Ben &amp; Söhne") && index.contains("typing-error") && index.contains("easy_pase"));
    assert!(pages.iter().all(|page| !page.to_string_lossy().ends_with(".part")), "{pages:?}");
}

#[test]
fn pages_of_patients_who_left_are_removed_and_nothing_else() {
    let dir = clinic("again");
    let write = || rehabrun(&dir, &["clinic", ".", "--format", "html", "-o", "out"], 80);
    write();
    fs::write(dir.join("out/mine.txt"), "a note").expect("written");
    fs::write(dir.join("out/cleo/mine.html"), "a page").expect("written");
    fs::remove_dir_all(dir.join("anna")).expect("removed");
    fs::remove_dir_all(dir.join("cleo")).expect("removed");
    write();
    assert!(!dir.join("out/anna").exists());
    assert!(dir.join("out/mine.txt").exists() && dir.join("out/cleo/mine.html").exists());
    assert!(!dir.join("out/cleo/index.html").exists());
    let text = rehabrun(&dir, &["clinic", "."], 80);
    assert!(String::from_utf8_lossy(&text.stdout).starts_with("5 patients"), "pages are no patient");
}

#[test]
fn no_patient_vanishes() {
    let dir = clinic("vanish");
    let shown = || {
        let output = rehabrun(&dir, &["clinic", ".", "--format", "json"], 80);
        let clinic: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        clinic["patients"].as_array().expect("patients").len()
    };
    let all = shown();
    fs::write(dir.join("new/.rehabrun-pages"), "").expect("written");
    assert_eq!(shown(), all, "an empty list hides nobody");
    let output = rehabrun(&dir, &["clinic", ".", "--format", "html", "-o", "new"], 80);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("pages written: open new/index.html"), "{said}");
    fs::write(dir.join("new/athlete.toml"), "name = \"Dora\"\n").expect("written");
    assert_eq!(shown(), all, "nor do pages in the folder of a patient without runs");
    rehabrun(&dir, &["clinic", ".", "--format", "html", "-o", "anna"], 80);
    assert_eq!(shown(), all, "nor pages among her runs");
}

#[cfg(unix)]
#[test]
fn no_link_leads_the_pages_outside() {
    let dir = clinic("links");
    fs::create_dir_all(dir.join("out")).expect("made");
    fs::create_dir_all(dir.join("../elsewhere")).expect("made");
    fs::write(dir.join("../elsewhere/page.html"), "untouched").expect("written");
    std::os::unix::fs::symlink("../../elsewhere/page.html", dir.join("out/index.html")).expect("linked");
    rehabrun(&dir, &["clinic", ".", "--format", "html", "-o", "out"], 80);
    assert_eq!(fs::read_to_string(dir.join("../elsewhere/page.html")).expect("read"), "untouched");
    assert!(fs::read_to_string(dir.join("out/index.html")).expect("read").contains("<!DOCTYPE html>"));
    fs::remove_dir_all(dir.join("out/anna")).expect("removed");
    std::os::unix::fs::symlink("../../elsewhere", dir.join("out/anna")).expect("linked");
    let output = rehabrun(&dir, &["clinic", ".", "--format", "html", "-o", "out"], 80);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(files(&dir.join("../elsewhere")).len(), 1);
}

#[test]
fn exit_codes() {
    let dir = clinic("codes");
    let code = |args: &[&str]| rehabrun(&dir, args, 80).status.code();
    assert_eq!(code(&["clinic", "."]), Some(2), "a file could not be read");
    assert_eq!(code(&["clinic", ".", "--exit-zero"]), Some(2));
    assert_eq!(code(&["clinic", "anna"]), Some(2), "no patient in it");
    assert_eq!(code(&["clinic"]), Some(2), "no folder named");
    assert_eq!(code(&["clinic", ".", "--format", "html"]), Some(2), "no folder for the pages");
    for unusable in ["typing-error", "unreadable"] {
        fs::remove_dir_all(dir.join(unusable)).expect("removed");
    }
    assert_eq!(code(&["clinic", "."]), Some(1));
    assert_eq!(code(&["clinic", ".", "--exit-zero"]), Some(0));
    fs::remove_dir_all(dir.join("Ben <b>")).expect("removed");
    assert_eq!(code(&["clinic", "."]), Some(3), "no ceiling is no pass");
    for unclear in ["no ceiling", "new"] {
        fs::remove_dir_all(dir.join(unclear)).expect("removed");
    }
    assert_eq!(code(&["clinic", "."]), Some(0));
}

/// Standard output with the exit code.
fn check(output: &Output, expected: &Expect) {
    let text = String::from_utf8_lossy(&output.stdout);
    expected.assert_eq(&format!("{text}exit code {}\n", output.status.code().expect("it ends by itself")));
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { all.extend(files(&path)) } else { all.push(path) }
    }
    all.sort();
    all
}

fn rehabrun(dir: &Path, args: &[&str], width: usize) -> Output {
    let mut command = common::program(dir, args);
    command.args(["--color", "never"]).env("COLUMNS", width.to_string());
    command.output().expect("the program starts")
}
