//! The weeks of one runner, as the command prints them.

use crate::common;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use expect_test::{Expect, expect};
use rehabrun::export::{fit, gpx};
use rehabrun::model::Activity;
use rehabrun::plan::{Kind, Length, Step, built_in};
use rehabrun::synth::{Script, Setup, record};
use rehabrun::units::{Position, Timestamp, UtcOffset};

/// Monday 7 September 2026, 06:30 on a clock two hours ahead of UTC.
const MONDAY: i64 = 1_788_755_400;
const EASY: &str = "walk 3min, 8x(run 60s 2.5m/s, walk 60s)";
const INTERVALS: &str = "walk 3min, 8x(run 60s 3.4m/s, walk 60s)";
const ATHLETE: &str = "[rehab]\nstarted = 2026-09-07\n[ceiling]\neasy_pace = \"6:07/km\"\n";

#[test]
fn three_easy_weeks() {
    let dir = season("easy", ATHLETE, &[0, 2, 4, 7, 9, 11, 14, 16, 18].map(|day| (day, EASY)));
    check(
        &rehabrun(&dir, &["progress", "."]),
        &expect![[r#"
            Progress · 3 weeks with 9 runs · Mon 7 Sep 2026 to Sun 27 Sep 2026
            the last run is in week 3 of 12 easy weeks, which end on Sun 29 Nov 2026; 3 easy weeks completed
            ceiling: 6:07/km (as given)

              week  from          run  distance  days  over  longest   walk  climb  verdicts
                 1  2026-09-07  24:00    3.6 km     3   0 %     1:00  33:00    0 m  3 easy
                 2  2026-09-14  24:00    3.6 km     3   0 %     1:00  33:00    0 m  3 easy
                 3  2026-09-21  24:00    3.6 km     3   0 %     1:00  33:00    0 m  3 easy

            0 warnings, 0 cautions. `rehabrun explain RULE` says why a rule matters and how weak its evidence
            is.
            exit code 0
        "#]],
    );
}

#[test]
fn intervals_in_an_easy_week_and_a_run_in_two_files() {
    let dir = season("intervals", ATHLETE, &[(0, EASY), (2, EASY), (4, EASY), (7, EASY), (9, INTERVALS)]);
    fs::write(dir.join("phone.gpx"), gpx::activity(&run(2, EASY, Some(7200)), gpx::Dialect::GarminConnect))
        .expect("written");
    check(
        &rehabrun(&dir, &["progress", "."]),
        &expect![[r#"
            Progress · 2 weeks with 5 runs · Mon 7 Sep 2026 to Sun 20 Sep 2026
            the last run is in week 2 of 12 easy weeks, which end on Sun 29 Nov 2026; 1 easy week completed
            ceiling: 6:07/km (as given)

              week  from          run  distance  days  over  longest   walk  verdicts
                 1  2026-09-07  24:00    3.6 km     3   0 %     1:00  33:00  3 easy
                 2  2026-09-14  16:00    2.8 km     2  50 %     1:00  22:00  1 disguised intervals, 1 easy

              ▲ warning  week  2  2026-09-16  an interval session in week 2 of 12 easy weeks
                                              [speed-before-week-13]

            1 warning, 0 cautions. `rehabrun explain RULE` says why a rule matters and how weak its evidence is.

            note: ./phone.gpx is the same run as ./run-02.fit, and counts once
            exit code 1
        "#]],
    );
    check(
        &rehabrun(&dir, &["progress", ".", "--format", "csv"]),
        &expect![[r#"
            week,from,to,sessions,run_days,run_s,walk_s,run_m,climb_m,longest_bout_s,longest_run_m,over_share,plan_stage,compliance,intensity,outings,planned_sessions,planned_run_s,pain,disguised_intervals,above_easy,drifted_over,surges,undetermined,easy
            1,2026-09-07,2026-09-13,3,3,1440,1980,3552,0,60,1184,0,,,,3,,,,0,0,0,0,0,3
            2,2026-09-14,2026-09-20,2,2,960,1320,2785.6,0,60,1601.6,0.5,,,,2,,,,1,0,0,0,0,1
            exit code 1
        "#]],
    );
    let json = rehabrun(&dir, &["progress", ".", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(json["weeks"][0]["sessions"], 3, "a run in two files counts once");
    assert_eq!(json["weeks"][1]["verdicts"]["disguised-intervals"], 1);
    assert_eq!(json["findings"][0]["rule"], "speed-before-week-13");
    let page = rehabrun(&dir, &["progress", ".", "--format", "html"]);
    let page = String::from_utf8(page.stdout).expect("UTF-8");
    for part in ["<!DOCTYPE html>", "scope=\"col\"", "speed-before-week-13", "counts once"] {
        assert!(page.contains(part), "{part}");
    }
    for outside in ["https://", "src=", "@import", "url(", "<link"] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn an_agreed_exception_is_no_warning() {
    let agreed = "[[allow]]\nrule = \"speed-before-week-13\"\nreason = \"strides agreed, JD\"\n";
    let dir = season("agreed", &format!("{ATHLETE}{agreed}"), &[(0, EASY), (2, INTERVALS)]);
    let output = rehabrun(&dir, &["progress", "."]);
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8_lossy(&output.stdout);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("(agreed: strides agreed, JD)"), "{text}");
}

#[test]
fn exit_codes() {
    let code = |dir: &Path, args: &[&str]| rehabrun(dir, args).status.code();
    let dir = season("codes", ATHLETE, &[(0, EASY), (2, INTERVALS)]);
    assert_eq!(code(&dir, &["progress", "."]), Some(1));
    assert_eq!(code(&dir, &["progress", ".", "--exit-zero"]), Some(0));
    assert_eq!(code(&dir, &["progress", "run-00.fit"]), Some(0));
    assert_eq!(code(&dir, &["progress", ".", "missing.fit", "--exit-zero"]), Some(2));
    assert_eq!(code(&dir, &["progress", ".", "--plan", "run 20:00"]), Some(2), "one session is no programme");
    assert_eq!(code(&dir, &["progress"]), Some(2));
    fs::write(dir.join("athlete.toml"), "").expect("written");
    assert_eq!(code(&dir, &["progress", "."]), Some(3), "no ceiling is no pass");
    fs::create_dir(dir.join("other")).expect("made");
    fs::write(dir.join("other/athlete.toml"), "name = \"Another\"").expect("written");
    fs::write(dir.join("other/run.fit"), fit::activity(&run(4, EASY, Some(7200)))).expect("written");
    assert_eq!(code(&dir, &["progress", "."]), Some(2), "two runners have no weeks in common");
}

/// Runs near midnight, by UTC and by the runner's clock on both sides of a change to summer time.
#[test]
fn days_are_those_of_the_runner() {
    // Where the runs are: the clock is the zone's where the sun is not hours apart from it.
    let longitude = |zone: &str| match zone {
        zone if zone.contains("Auckland") => 174.76,
        zone if zone.contains("Honolulu") => -157.86,
        zone if zone.contains("Kathmandu") => 85.32,
        _ => 8.60,
    };
    let days = |name: &str, zone: &str, starts: &[&str]| {
        let dir = season(name, &format!("{zone}[rehab]\nstarted = 2026-09-21\n"), &[]);
        for (i, start) in starts.iter().enumerate() {
            let start = seconds(start);
            let activity = activity_at(start, longitude(zone), "run 3min 2.5m/s");
            let text = gpx::activity(&activity, gpx::Dialect::GarminConnect);
            fs::write(dir.join(format!("{i}.gpx")), text).expect("written");
        }
        let of_machine = ["UTC", "Pacific/Auckland", "America/Los_Angeles"].map(|tz| {
            let output =
                command(&dir, &["progress", ".", "--format", "json"]).env("TZ", tz).output().expect("it starts");
            let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
            let runs = json["runs"].as_array().expect("runs");
            runs.iter()
                .map(|run| format!("{} week {} ", run["date"].as_str().expect("a date"), run["week"]))
                .collect::<String>()
        });
        assert!(of_machine.iter().all(|days| *days == of_machine[0]), "the machine's zone matters: {of_machine:?}");
        of_machine[0].trim().to_owned()
    };
    let zone = |name: &str| format!("timezone = \"{name}\"\n");
    // Clocks go from +12 to +13 on 27 September at 2:00. With the offset of the day before, the second is on the 27th.
    let auckland = days("auckland", &zone("Pacific/Auckland"), &["2026-09-26T11:30", "2026-09-27T11:30"]);
    assert_eq!(auckland, "2026-09-26 week 1 2026-09-28 week 2");
    // Clocks go back from +13 to +12 on 4 April 2027, at 3:00.
    let autumn = days("auckland-autumn", &zone("Pacific/Auckland"), &["2027-04-03T11:30", "2027-04-04T11:30"]);
    assert_eq!(autumn, "2027-04-04 week 28 2027-04-04 week 28");
    let honolulu = days("honolulu", &zone("Pacific/Honolulu"), &["2026-09-28T09:30", "2026-09-28T10:30"]);
    assert_eq!(honolulu, "2026-09-27 week 1 2026-09-28 week 2");
    let kathmandu = days("kathmandu", &zone("Asia/Kathmandu"), &["2026-09-27T18:10", "2026-09-27T18:20"]);
    assert_eq!(kathmandu, "2026-09-27 week 1 2026-09-28 week 2");
    assert_eq!(days("no-zone", "", &["2026-09-27T23:30"]), "2026-09-27 week 1");
}

/// A holiday on the other side of the globe, in a file without a clock.
#[test]
fn a_run_far_from_home_is_dated_there() {
    let dir = season("far", "timezone = \"Europe/Zurich\"\n[rehab]\nstarted = 2026-09-07\n", &[]);
    // 20:00 UTC on the 7th is 22:00 at home, and 8:00 on the 8th in Auckland.
    for (name, longitude) in [("home", 8.60), ("far", 174.76)] {
        let activity = activity_at(seconds("2026-09-07T20:00"), longitude, "run 3min 2.5m/s");
        fs::write(dir.join(format!("{name}.gpx")), gpx::activity(&activity, gpx::Dialect::GarminConnect))
            .expect("written");
    }
    let of = |file: &str| {
        let output = rehabrun(&dir, &["progress", file, "--format", "json"]);
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let is_noted = json["notes"].as_array().expect("notes").iter().any(|note| note["id"] == "clock-of-the-place");
        (json["runs"][0]["date"].as_str().expect("a date").to_owned(), is_noted)
    };
    assert_eq!(of("home.gpx"), ("2026-09-07".to_owned(), false));
    assert_eq!(of("far.gpx"), ("2026-09-08".to_owned(), true));
}

/// A first day after the last run leaves nothing to judge, which is no pass.
#[test]
fn a_first_day_in_the_future_is_said() {
    let dir = season("future", &ATHLETE.replace("2026-09-07", "2027-01-04"), &[(0, EASY), (2, EASY)]);
    let output = rehabrun(&dir, &["progress", "."]);
    assert_eq!(output.status.code(), Some(3));
    let text = String::from_utf8_lossy(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("the first day of rehab, 2027-01-04, is after the last run"), "{text}");
}

/// A walk without a sport in its file is a walk, and no run that could not be judged.
#[test]
fn a_walk_without_a_sport_is_a_walk() {
    let dir = season("walk", ATHLETE, &[(0, EASY)]);
    let walk = gpx::activity(&run(1, "walk 40min", Some(7200)), gpx::Dialect::GarminConnect);
    assert!(walk.contains("<type>running</type>"));
    fs::write(dir.join("walk.gpx"), walk.replace("<type>running</type>", "")).expect("written");
    assert_eq!(rehabrun(&dir, &["progress", "."]).status.code(), Some(0));
    let audit = rehabrun(&dir, &["audit", "walk.gpx", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&audit.stdout).expect("JSON");
    assert_eq!(json["files"][0]["sessions"][0]["judged"], false, "{json}");
}

/// Two folders, and a runner's file in one of them.
#[test]
fn a_folder_without_the_runners_file_is_named() {
    let dir = season("two-folders", "", &[]);
    fs::remove_file(dir.join("athlete.toml")).expect("removed");
    for (folder, day) in [("first", 0), ("second", 2)] {
        fs::create_dir(dir.join(folder)).expect("made");
        fs::write(dir.join(folder).join("run.fit"), fit::activity(&run(day, EASY, Some(7200)))).expect("written");
    }
    fs::write(dir.join("first/athlete.toml"), format!("name = \"Anna\"\n{ATHLETE}")).expect("written");
    let output = rehabrun(&dir, &["progress", "first", "second"]);
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8_lossy(&output.stderr).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Anna in first") && text.contains("holds for second; --athlete FILE"), "{text}");
    let given = rehabrun(&dir, &["progress", "first", "second", "--athlete", "first/athlete.toml"]);
    assert_eq!(given.status.code(), Some(0));
}

/// The Unix time of a minute in UTC.
fn seconds(minute: &str) -> i64 {
    let day = rehabrun::units::Date::parse(&minute[..10]).expect("a date");
    let first = rehabrun::units::Date::parse("1970-01-01").expect("a date");
    let of = |range: std::ops::Range<usize>| minute[range].parse::<i64>().expect("a number");
    let (hour, minute): (i64, i64) = (of(11..13), of(14..16));
    i64::from(day.days_since(first)) * 86_400 + hour * 3600 + minute * 60
}

/// Standard output with the exit code.
fn check(output: &Output, expected: &Expect) {
    let text = String::from_utf8_lossy(&output.stdout);
    expected.assert_eq(&format!("{text}exit code {}\n", output.status.code().expect("it ends by itself")));
}

/// A folder with a runner's file and a run for each day after the first Monday.
fn season(test: &str, athlete: &str, runs: &[(i64, &str)]) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("progress").join(test);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).expect("made");
    fs::write(dir.join("athlete.toml"), athlete).expect("written");
    for (day, script) in runs {
        fs::write(dir.join(format!("run-{day:02}.fit")), fit::activity(&run(*day, script, Some(7200))))
            .expect("written");
    }
    dir
}

fn run(day: i64, script: &str, offset_s: Option<i64>) -> Activity {
    activity(MONDAY + day * 86_400, script, offset_s)
}

fn activity(start: i64, script: &str, offset_s: Option<i64>) -> Activity {
    let setup = Setup {
        start: Timestamp::from_unix_seconds(start),
        utc_offset: offset_s.and_then(UtcOffset::from_seconds),
        ..Setup::new(None)
    };
    record(&Script::parse(script).expect("a script"), &setup).activity
}

/// The same without a clock, at a longitude.
fn activity_at(start: i64, longitude: f64, script: &str) -> Activity {
    let mut setup = Setup { start: Timestamp::from_unix_seconds(start), utc_offset: None, ..Setup::new(None) };
    setup.watch.place = Position::from_degrees(-10.0, longitude);
    record(&Script::parse(script).expect("a script"), &setup).activity
}

fn command(dir: &Path, args: &[&str]) -> Command {
    let mut command = common::program(dir, args);
    command.args(["--color", "never"]);
    command
}

fn rehabrun(dir: &Path, args: &[&str]) -> Output {
    command(dir, args).output().expect("the program starts")
}

/// Twelve weeks of the default programme, three runs each, at a speed in m/s for each run.
fn whole_season(test: &str, speed: impl Fn(usize) -> f64) -> PathBuf {
    let plan = built_in::find("kinetic-revolution").expect("a built-in programme");
    let athlete =
        format!("name = \"A. Runner\"\n{ATHLETE}").replace("[ceiling]", "plan = \"kinetic-revolution\"\n[ceiling]");
    let dir = season(test, &athlete, &[]);
    for (week, stage) in plan.stages.iter().enumerate() {
        for (nth, weekday) in [0, 2, 4].into_iter().enumerate() {
            let n = 3 * week + nth;
            let step = |step: &Step| match (step.kind, step.length) {
                (Kind::Run, Length::Time(seconds)) => format!("run {seconds}s {:.3}m/s", speed(n)),
                (_, Length::Time(seconds)) => format!("walk {seconds}s"),
                _ => panic!("a step with a time"),
            };
            let steps: Vec<String> = stage.session.steps().iter().map(step).collect();
            let day = 7 * i64::try_from(week).expect("few weeks") + weekday;
            let setup = Setup {
                start: Timestamp::from_unix_seconds(MONDAY + day * 86_400),
                utc_offset: UtcOffset::from_seconds(7200),
                ..Setup::new(Some(n as u64))
            };
            let script = Script::parse(&format!("walk 180s, {}", steps.join(", "))).expect("a script");
            let activity = record(&script, &setup).activity;
            fs::write(dir.join(format!("run-{n:02}.fit")), fit::activity(&activity)).expect("written");
        }
    }
    dir
}

/// From the files of the watch, with its noise, to the weeks.
#[test]
fn a_season_as_planned_has_no_warning_and_one_that_creeps_has_its_caution() {
    let found = |dir: &Path| {
        let output = rehabrun(dir, &["progress", ".", "--format", "json"]);
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let grave = |finding: &&serde_json::Value| finding["severity"] != "note";
        let findings = json["findings"].as_array().expect("findings").iter().filter(grave);
        let rules: Vec<String> = findings.map(|finding| finding["rule"].to_string()).collect();
        (json, rules.join(" "), output.status.code())
    };
    let (json, rules, code) = found(&whole_season("as-planned", |_| 2.3));
    assert_eq!((rules.as_str(), code), ("", Some(0)));
    for (week, stage) in json["weeks"].as_array().expect("weeks").iter().zip(1..) {
        assert_eq!(week["plan_stage"], format!("week-{stage}"), "{week}");
        assert_eq!((&week["sessions"], &week["run_days"]), (&3.into(), &3.into()));
        assert!(week["compliance"].as_f64().expect("a number") > 98.0, "{week}");
    }
    let (json, rules, code) = found(&whole_season("creeping", |n| 2.3 + 0.011 * n as f64));
    assert_eq!((rules.as_str(), code), ("\"easy-pace-creep\"", Some(0)), "{}", json["findings"]);
}
