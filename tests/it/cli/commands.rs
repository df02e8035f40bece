//! The program as people run it: exit codes, what goes where, and that no machine's clock, zone or colour matters.

use crate::common;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use expect_test::expect;
use rehabrun::synth::{DEMO_ATHLETE, Demo, demo};
use serde_json::Value;

/// A folder with the example activities and their runner's file, made anew for each test.
fn examples(test: &str) -> PathBuf {
    static FILES: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| demo().iter().flat_map(Demo::files).collect());
    let dir = common::folder(&format!("cli/{test}"));
    fs::write(dir.join("athlete.toml"), DEMO_ATHLETE).expect("written");
    for (name, bytes) in FILES.iter() {
        fs::write(dir.join(name), bytes).expect("written");
    }
    dir
}

fn command(dir: &Path, args: &[&str]) -> Command {
    let mut command = common::program(dir, args);
    command.env_remove("COLUMNS");
    command
}

fn rehabrun(dir: &Path, args: &[&str]) -> Output {
    command(dir, args).output().expect("the program starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn code(dir: &Path, args: &[&str]) -> Option<i32> {
    rehabrun(dir, args).status.code()
}

#[test]
fn exit_codes_in_their_order() {
    let dir = examples("exit-codes");
    assert_eq!(code(&dir, &["audit", "easy-run-walk.fit"]), Some(0));
    assert_eq!(code(&dir, &["audit", "disguised-intervals.gpx"]), Some(1));
    assert_eq!(code(&dir, &["audit", "disguised-intervals.gpx", "easy-run-walk.fit"]), Some(1));
    assert_eq!(code(&dir, &["audit", "missing.fit"]), Some(2));
    assert_eq!(code(&dir, &["audit", "missing.fit", "disguised-intervals.gpx"]), Some(2));
    // A bare pace takes the units of the runner's file; half a minute as a fraction is refused.
    assert_eq!(code(&dir, &["audit", "--easy-pace", "6.5", "easy-run-walk.fit"]), Some(2));
    assert_eq!(code(&dir, &["audit"]), Some(2));

    fs::write(dir.join("athlete.toml"), "").expect("written");
    assert_eq!(code(&dir, &["audit", "easy-run-walk.fit"]), Some(3), "no ceiling is no pass");
    assert_eq!(code(&dir, &["audit", "easy-run-walk.fit", "--exit-zero"]), Some(0));
    assert_eq!(code(&dir, &["audit", "missing.fit", "--exit-zero"]), Some(2));
}

#[test]
fn the_demo_is_a_first_look() {
    let dir = examples("demo");
    let output = rehabrun(&dir, &["demo"]);
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
    let text = stdout(&output);
    assert!(text.contains("DISGUISED INTERVALS") && text.contains("rehabrun audit rehabrun-demo"), "{text}");
    assert!(
        fs::read(dir.join("rehabrun-demo/easy-run-walk.fit"))
            .is_ok_and(|made| made == fs::read(dir.join("easy-run-walk.fit")).expect("an example"))
    );
}

#[test]
fn json_holds_every_field_and_tiles_the_session() {
    let dir = examples("json");
    let output = rehabrun(&dir, &["audit", "turned-half-way.fit", "--format", "json"]);
    let report: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(report["schema_version"], 1);
    let file = &report["files"][0];
    assert_eq!(
        (&file["path"], &file["format"], &file["status"]),
        (&"turned-half-way.fit".into(), &"fit".into(), &"audited".into())
    );
    assert_eq!((&file["verdict"], &file["error"]), (&"disguised-intervals".into(), &Value::Null));
    let session = &file["sessions"][0];
    assert_eq!(session["started_at"], "2026-06-19T06:30:00+02:00");
    assert_eq!(session["ceiling"]["pace_s_per_km"], 367.0);
    let bouts = session["bouts"].as_array().expect("bouts");
    assert_eq!(bouts[0]["start_s"], 0.0);
    assert_eq!(bouts[bouts.len() - 1]["end_s"], session["elapsed_s"]);
    for pair in bouts.windows(2) {
        assert_eq!(pair[0]["end_s"], pair[1]["start_s"]);
        assert_eq!(pair[0]["end_m"], pair[1]["start_m"]);
    }
    let gaits: f64 = ["run_s", "walk_s", "stand_s", "paused_s", "unknown_s"]
        .map(|gait| session[gait].as_f64().expect("a time"))
        .iter()
        .sum();
    assert!((gaits - session["elapsed_s"].as_f64().expect("a time")).abs() < 0.5);
    assert!(bouts[0]["position"]["lat"].is_f64());
    assert_eq!(report["summary"]["n_files"], 1);
}

#[test]
fn jsonl_has_a_line_a_file_in_the_order_of_their_names() {
    let dir = examples("jsonl");
    fs::write(dir.join("broken.fit"), "no FIT file").expect("written");
    fs::write(dir.join("empty.gpx"), "").expect("written");
    fs::write(dir.join("notes.txt"), "felt good").expect("written");
    fs::write(dir.join(".hidden"), "").expect("written");
    let output = rehabrun(&dir, &["audit", ".", "--format", "jsonl"]);
    assert_eq!(output.status.code(), Some(2));
    let lines: Vec<Value> = stdout(&output).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let told: Vec<String> = lines
        .iter()
        .map(|file| {
            format!("{} {}\n", file["path"].as_str().expect("a path"), file["status"].as_str().expect("a status"))
        })
        .collect();
    expect![[r#"
        ./broken.fit failed
        ./disguised-intervals.fit audited
        ./disguised-intervals.gpx skipped
        ./disguised-intervals.tcx skipped
        ./easy-run-walk.fit audited
        ./easy-run-walk.gpx skipped
        ./easy-run-walk.tcx skipped
        ./empty.gpx failed
        ./long-easy-run.fit audited
        ./long-easy-run.gpx skipped
        ./long-easy-run.tcx skipped
        ./notes.txt skipped
        ./turned-half-way.fit audited
        ./turned-half-way.gpx skipped
        ./turned-half-way.tcx skipped
    "#]]
    .assert_eq(&told.concat());
}

#[test]
fn one_thread_or_many_write_the_same() {
    let dir = examples("threads");
    let with = |jobs: &str| stdout(&rehabrun(&dir, &["audit", ".", "--format", "json", "-j", jobs]));
    assert_eq!(with("1"), with("4"));
}

#[test]
fn no_time_zone_changes_anything() {
    let dir = examples("zones");
    let text = |zone: &str| {
        let output =
            command(&dir, &["audit", "turned-half-way.fit"]).env("TZ", zone).output().expect("the program starts");
        stdout(&output)
    };
    let here = text("UTC");
    assert!(here.contains("Fri 19 Jun 2026, 06:30"), "{here}");
    for zone in ["Pacific/Auckland", "Pacific/Honolulu", "Asia/Kathmandu", "nowhere"] {
        assert_eq!(text(zone), here);
    }
}

#[test]
fn ends_are_hidden_on_demand_and_in_a_route() {
    let dir = examples("hide-ends");
    let places = |args: &[&str]| {
        let rows = stdout(&rehabrun(&dir, &[&["records", "easy-run-walk.fit"], args].concat()));
        rows.lines().skip(1).map(|row| row.split(',').nth(2).is_some_and(|lat| !lat.is_empty())).collect::<Vec<_>>()
    };
    let (all, hidden) = (places(&[]), places(&["--hide-ends", "200m"]));
    assert!(all.iter().all(|shown| *shown) && hidden.iter().any(|shown| *shown));
    assert!(!hidden[0] && !hidden[hidden.len() - 1]);

    let bouts = |args: &[&str]| {
        let text = stdout(&rehabrun(&dir, &[&["audit", "easy-run-walk.fit", "--format", "json"], args].concat()));
        let report: Value = serde_json::from_str(&text).expect("JSON");
        report["files"][0]["sessions"][0]["bouts"].as_array().expect("bouts").clone()
    };
    assert!(bouts(&[])[0]["position"].is_object());
    assert!(bouts(&["--hide-ends", "200m"])[0]["position"].is_null());
    fs::write(dir.join("athlete.toml"), "[privacy]\nhide_ends = \"0.2mi\"\n").expect("written");
    assert!(bouts(&[])[0]["position"].is_null(), "the runner's file says so");
    assert!(!places(&[])[0], "records too");
    assert!(bouts(&["--hide-ends", "0"])[0]["position"].is_object(), "the command line wins");
    assert_eq!(code(&dir, &["audit", "easy-run-walk.fit", "--hide-ends", "home"]), Some(2));
}

#[test]
fn no_location_leaves_no_coordinate() {
    let dir = examples("location");
    for format in ["json", "csv", "text", "markdown"] {
        let with = stdout(&rehabrun(&dir, &["audit", "easy-run-walk.fit", "--format", format]));
        let without = stdout(&rehabrun(&dir, &["audit", "easy-run-walk.fit", "--format", format, "--no-location"]));
        let coordinate = "47.55";
        assert_eq!(with.contains(coordinate), matches!(format, "json" | "csv"), "{format}");
        assert!(!without.contains(coordinate), "{format}");
    }
    let records = stdout(&rehabrun(&dir, &["records", "easy-run-walk.fit", "--no-location"]));
    assert!(!records.contains("47.55"));
}

#[test]
fn standard_input_and_lists_of_files() {
    let dir = examples("stdin");
    let bytes = fs::read(dir.join("disguised-intervals.tcx")).expect("an example");
    let mut child = command(&dir, &["audit", "-", "--format", "json", "-q"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(&bytes).expect("written");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["files"][0]["path"], "-");

    fs::write(dir.join("list"), "easy-run-walk.fit\n\nlong-easy-run.gpx\n").expect("written");
    let output = rehabrun(&dir, &["audit", "--files-from", "list", "--format", "jsonl"]);
    assert_eq!((output.status.code(), stdout(&output).lines().count()), (Some(0), 2));
}

#[test]
fn a_closed_pipe_is_quiet() {
    let dir = examples("pipe");
    let mut child = command(&dir, &["records", "long-easy-run.fit"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
}

#[test]
fn a_report_is_written_whole_or_not_at_all() {
    let dir = examples("whole");
    let target = dir.join("report.json");
    fs::write(&target, "old").expect("written");
    assert_eq!(code(&dir, &["audit", "easy-run-walk.fit", "--athlete", "missing.toml", "-o", "report.json"]), Some(2));
    assert_eq!(fs::read_to_string(&target).expect("readable"), "old");
    assert_eq!(code(&dir, &["audit", "easy-run-walk.fit", "--format", "json", "-o", "report.json"]), Some(0));
    assert!(serde_json::from_str::<Value>(&fs::read_to_string(&target).expect("readable")).is_ok());
    let left_over =
        fs::read_dir(&dir).expect("readable").filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    assert_eq!(left_over.filter(|name| name.contains(".part")).count(), 0);
    assert_eq!(code(&dir, &["audit", "easy-run-walk.fit", "-o", "."]), Some(2));
}

#[test]
fn colour_only_where_it_is_wanted() {
    let dir = examples("colour");
    let audit = ["audit", "easy-run-walk.fit"];
    assert!(!stdout(&rehabrun(&dir, &audit)).contains('\u{1b}'));
    let forced = command(&dir, &audit).env("CLICOLOR_FORCE", "1").output().expect("the program starts");
    assert!(stdout(&forced).contains('\u{1b}'));
    let forbidden =
        command(&dir, &audit).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").output().expect("the program starts");
    assert!(!stdout(&forbidden).contains('\u{1b}'));
    assert!(stdout(&rehabrun(&dir, &["audit", "easy-run-walk.fit", "--color", "always"])).contains('\u{1b}'));
}

#[test]
fn lines_stay_within_the_width() {
    let dir = examples("width");
    for width in [80, 120] {
        let output = command(&dir, &["audit", "turned-half-way.fit"])
            .env("COLUMNS", width.to_string())
            .output()
            .expect("the program starts");
        let longest = stdout(&output).lines().map(|line| line.chars().count()).max();
        assert!(longest.is_some_and(|longest| longest <= width && longest > width - 30), "{longest:?} at {width}");
    }
}

#[test]
fn miles_are_everywhere() {
    let dir = examples("miles");
    let text = stdout(&rehabrun(&dir, &["audit", "turned-half-way.fit", "--units", "mi"]));
    assert!(text.contains("9:51/mi") && text.contains("pace/mi"), "{text}");
    assert!(!text.contains("/km") && !text.contains(" km"), "{text}");
}

#[test]
fn errors_name_cause_and_hint() {
    let dir = examples("errors");
    fs::write(dir.join("photo.fit"), [0xff, 0xd8, 0xff, 0xe0]).expect("written");
    expect![[r#"
        error: photo.fit: not an activity file
        cause: its content is neither FIT nor GPX nor TCX
        hint: export the activity from the watch or its app as FIT, GPX or TCX
    "#]]
    .assert_eq(&stderr(&rehabrun(&dir, &["audit", "photo.fit"])));
    expect![[r#"
        error: missing.fit: cannot be opened
        cause: there is no such file or folder
    "#]]
    .assert_eq(&stderr(&rehabrun(&dir, &["audit", "missing.fit"])));
    assert_eq!(stderr(&rehabrun(&dir, &["audit", "missing.fit", "-q"])), "");
    expect![[r#"
        error: cannot explain this
        cause: there is no rule `disguised`
        hint: did you mean disguised-intervals?
    "#]]
    .assert_eq(&stderr(&rehabrun(&dir, &["explain", "disguised"])));
    fs::write(dir.join("bad.toml"), "[ceiling]\neasy_hr = 400\n").expect("written");
    expect![[r#"
        error: bad.toml cannot be used
        cause: line 2: a heart rate is between 30 and 240 bpm
    "#]]
    .assert_eq(&stderr(&rehabrun(&dir, &["audit", "easy-run-walk.fit", "--athlete", "bad.toml"])));
    fs::write(dir.join("bad.toml"), "[[allow]]\nrule = \"fun\"\nreason = \"JD\"\n").expect("written");
    expect![[r#"
        error: bad.toml cannot be used
        cause: line 2: there is no rule `fun`; `rehabrun explain` lists them
    "#]]
    .assert_eq(&stderr(&rehabrun(&dir, &["ceiling", "--athlete", "bad.toml"])));
}

#[test]
fn the_nearest_runners_file_counts_and_options_win() {
    let dir = examples("athlete");
    let inner = dir.join("a/b");
    fs::create_dir_all(&inner).expect("made");
    fs::copy(dir.join("disguised-intervals.fit"), inner.join("run.fit")).expect("copied");
    let verdict = |args: &[&str]| {
        let args = [&["audit", "a/b/run.fit", "--format", "json", "-q"], args].concat();
        let report: Value = serde_json::from_str(&stdout(&rehabrun(&dir, &args))).expect("JSON");
        (report["files"][0]["verdict"].as_str().map(str::to_owned), report["files"][0]["athlete"].clone())
    };
    assert_eq!(verdict(&[]), (Some("disguised-intervals".to_owned()), "Demo Runner".into()));
    fs::write(dir.join("a/athlete.toml"), "[ceiling]\neasy_pace = \"4:00/km\"\n").expect("written");
    assert_eq!(verdict(&[]), (Some("easy".to_owned()), Value::Null));
    assert_eq!(verdict(&["--easy-pace", "6:07/km"]).0.as_deref(), Some("disguised-intervals"));
    fs::write(dir.join("a/athlete.toml"), "easy = true\n").expect("written");
    assert_eq!(code(&dir, &["audit", "a/b/run.fit"]), Some(2), "a faulty runner's file is never passed over");
}

#[test]
fn links_that_lead_round_end() {
    let dir = examples("links/runs");
    #[cfg(unix)]
    std::os::unix::fs::symlink("..", dir.join("round")).expect("linked");
    let output = rehabrun(&dir, &["audit", dir.to_str().expect("UTF-8"), "--format", "jsonl"]);
    let path = |line: &str| serde_json::from_str::<Value>(line).expect("JSON")["path"].to_string();
    let n_examples = stdout(&output).lines().filter(|line| !path(line).contains("/round/")).count();
    assert_eq!(n_examples, 12);
}

#[cfg(unix)]
#[test]
fn a_pipe_among_files_is_no_trap() {
    let dir = examples("fifo");
    let made = Command::new("mkfifo").arg(dir.join("pipe.fit")).status().expect("mkfifo is there");
    assert!(made.success());
    assert_eq!(code(&dir, &["audit", "pipe.fit"]), Some(2));
    let output = rehabrun(&dir, &["audit", ".", "--format", "jsonl"]);
    assert_eq!((output.status.code(), stdout(&output).lines().count()), (Some(1), 12));
}

#[test]
fn records_are_rows() {
    let dir = examples("records");
    let raw = stdout(&rehabrun(&dir, &["records", "easy-run-walk.fit"]));
    assert!(raw.starts_with("session,time,lat,lon,"), "{}", &raw[..80]);
    let clean = stdout(&rehabrun(&dir, &["records", "easy-run-walk.fit", "--clean", "--format", "jsonl"]));
    let first: Value = serde_json::from_str(clean.lines().next().expect("a line")).expect("JSON");
    assert_eq!((&first["elapsed_s"], &first["gait"], &first["bout"]), (&0.0.into(), &"walk".into(), &1.into()));
    let mut from_pipe = command(&dir, &["records", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let bytes = fs::read(dir.join("easy-run-walk.fit")).expect("an example");
    from_pipe.stdin.take().expect("a pipe").write_all(&bytes).expect("written");
    let mut piped = String::new();
    from_pipe.stdout.take().expect("a pipe").read_to_string(&mut piped).expect("UTF-8");
    from_pipe.wait().expect("it ends");
    assert_eq!(piped, raw);
}

#[test]
fn a_session_that_cannot_be_laid_out_costs_no_other_its_rows() {
    let dir = examples("records-in-part");
    let point = |time: &str, lon: f64| format!("<trkpt lat='1' lon='{lon}'>{time}</trkpt>");
    let timed = point("<time>2026-06-01T06:00:00Z</time>", 2.0) + &point("<time>2026-06-01T06:00:09Z</time>", 2.0003);
    let untimed = point("", 2.0) + &point("", 2.0003);
    let tracks = |all: &[&str]| all.iter().map(|track| format!("<trk>{track}</trk>")).collect::<String>();
    let write = |name: &str, all: &[&str]| {
        fs::write(dir.join(name), format!("<gpx>{}</gpx>", tracks(all))).expect("written");
    };
    write("part.gpx", &[&untimed, &timed]);
    write("none.gpx", &[&untimed]);
    let part = rehabrun(&dir, &["records", "part.gpx", "--clean", "-o", "rows.csv"]);
    let rows = fs::read_to_string(dir.join("rows.csv")).expect("rows");
    assert_eq!((part.status.code(), rows.lines().count()), (Some(2), 10));
    assert!(stderr(&part).contains("cause: session 1: no record has a time"), "{}", stderr(&part));
    let none = rehabrun(&dir, &["records", "none.gpx", "--clean", "-o", "none.csv"]);
    assert_eq!((none.status.code(), dir.join("none.csv").exists()), (Some(2), false));
}

#[test]
fn ceilings_as_a_table() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let args = ["ceiling", "--race", "5k=25:00@2026-05-01", "--hr-max", "187", "--hr-rest", "56", "--on", "2026-06-01"];
    let output = rehabrun(dir, &args);
    assert_eq!(output.status.code(), Some(0));
    expect![[r#"
        easy ceiling: 6:20/km (race, ± 5 %) · 144 bpm (race, ± 9 bpm)

             source                 pace         heart rate
          ✓  race                6:20/km  ± 5 %     144 bpm  ± 9
             heart rate reserve                     141 bpm  ± 9
             max heart rate                         148 bpm  ± 10

        race: chosen for pace and heart rate
            70 % of the VDOT of a race (Daniels and Gilbert, Oxygen Power, 1979), less
            what a lay-off takes; for many above the first threshold

        heart rate reserve: less trusted than race
            65 % of the way from resting to highest heart rate (Karvonen), about 13 bpm
            above the mean threshold of 373 adults

        max heart rate: less trusted than race
            79 % of the highest heart rate; the first threshold lies at 71 to 89 % of it
            (Foster), too wide to prescribe by

        safety: This is no medical device, and an easy run is no clearance to run.
        safety: Stop and see a clinician for tenderness or pain at one spot of a bone,
                pain at night or at rest, pain that rises while you run or changes how
                you run, swelling, or numbness.
        safety: Chest pain, fainting, palpitations or unusual breathlessness are an
                emergency: stop, and call for help.
        safety: After a bone stress injury, begin only when the bone is no longer
                tender, walking is free of pain and loading tests are passed; at
                high-risk sites also with imaging (George, Sheerin and Reid, Sports Med
                2024).
        safety: Under 18, in pregnancy, in the first three months after birth or with
                pelvic-floor symptoms (Goom et al. 2019), with heart disease, a
                pacemaker or drugs that limit the heart rate: only with your clinician's
                own limits.

        How to find your easy pace yourself, by a talk test:
          1. Only when your physio lets you run for a quarter of an hour and running
             does not hurt; stop when it does. It takes 20 minutes on flat ground, on a
             track or on a treadmill.
          2. Walk for 5 minutes, then run for 3 minutes as slowly as you can.
          3. At the end of the 3 minutes press the lap button and say four sentences
             aloud, a verse or the days and months. Could you speak comfortably? Only a
             plain yes counts.
          4. After a yes run the next 3 minutes a little faster, by 20 seconds a
             kilometre (30 a mile), and speak again.
          5. At the first `not quite` walk home. The last pace with a plain yes is your
             easy pace, and the heart rate at its end your easy heart rate.
          6. Keep it in athlete.toml: under [ceiling], talk_test = { pace = "M:SS/km",
             hr = BPM }, with your own figures. Repeat it every six weeks.
    "#]]
    .assert_eq(&stdout(&output));
    assert_eq!(code(dir, &["ceiling"]), Some(2));
}

#[test]
fn every_rule_is_explained() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let list = stdout(&rehabrun(dir, &["explain"]));
    for line in list.lines() {
        let id = line.split_whitespace().next().expect("a rule");
        let text = stdout(&rehabrun(dir, &["explain", id]));
        assert!(text.contains("why ") && text.contains("source "), "{text}");
    }
}

#[test]
fn completions_and_manual_are_printed() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(stdout(&rehabrun(dir, &["completions", shell])).contains("rehabrun"));
    }
    assert!(stdout(&rehabrun(dir, &["man"])).starts_with(".ie"));
}
