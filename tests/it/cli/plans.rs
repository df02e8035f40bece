//! `rehabrun plan`: workouts for the watch with the easy ceiling as target, read back by others.

use std::fs;
use std::path::{Path, PathBuf};

use rehabrun::export::fit;
use rehabrun::export::workout::{Limit, with_limit};
use rehabrun::model::{Activity, Format, Profile, Record, Session, Sport};
use rehabrun::plan::Prescription;
use rehabrun::units::{Pace, Timestamp};
use rustyfit::profile::{mesgdef, typedef};

use crate::common;

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("made");
    folder
}

/// Runs `plan` and gives what it says on standard error.
#[track_caller]
fn plan(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let arguments: Vec<&str> = ["plan"].iter().chain(arguments).copied().collect();
    let output = common::program(folder, &arguments).output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// The steps of a workout file by `rustyfit`: type of length, length, type of target, low and high end.
fn steps(bytes: &[u8]) -> Vec<(u8, u32, u8, u32, u32)> {
    let mut rest = bytes;
    let fit = rustyfit::Decoder::builder().build().decode(&mut rest).expect("a FIT file").expect("one file");
    let steps = fit.messages.iter().filter(|message| message.num == typedef::MesgNum::WORKOUT_STEP);
    steps
        .map(mesgdef::WorkoutStep::from)
        .map(|step| {
            let (low, high) = (step.custom_target_value_low, step.custom_target_value_high);
            (step.duration_type.0, step.duration_value, step.target_type.0, low, high)
        })
        .collect()
}

const OPEN: u32 = u32::MAX;

#[test]
fn the_watch_warns_above_the_easy_pace() {
    let folder = folder("workout-pace");
    let session = "kinetic-revolution/week-1";
    let (code, _, error) = plan(&folder, &[session, "--easy-pace", "6:40/km", "--format", "fit", "-o", "w.fit"]);
    assert_eq!((code, error.as_str()), (Some(0), ""));
    let bytes = fs::read(folder.join("w.fit")).expect("a workout");
    // Ten times a minute of running at 2.5 m/s at most, and a minute of walking.
    assert_eq!(steps(&bytes)[..2], [(0, 60_000, 0, 500, 2500), (0, 60_000, 2, OPEN, OPEN)]);
    assert_eq!(steps(&bytes)[2].0, 6, "a repeat");
    let read = fitparser::from_bytes(&bytes).expect("a FIT file");
    let high = read.iter().flat_map(fitparser::FitDataRecord::fields);
    let high: Vec<f64> = high
        .filter(|field| field.name() == "custom_target_speed_high")
        .filter_map(|field| field.value().clone().try_into().ok())
        .collect();
    assert_eq!(high, [2.5]);
}

#[test]
fn the_watch_warns_above_the_easy_heart_rate() {
    let folder = folder("workout-heart-rate");
    fs::write(folder.join("athlete.toml"), "[ceiling]\neasy_hr = 145\n").expect("written");
    let (code, _, error) = plan(&folder, &["run 20:00", "--format", "fit", "-o", "w.fit"]);
    assert_eq!((code, error.as_str()), (Some(0), ""));
    assert_eq!(steps(&fs::read(folder.join("w.fit")).expect("a workout")), [(0, 1_200_000, 1, 160, 245)]);
    let (code, _, error) = plan(&folder, &["run 20:00", "--target", "pace", "--format", "fit", "-o", "x.fit"]);
    assert!(code == Some(2) && error.contains("no such easy ceiling is known"), "{error}");
}

#[test]
fn without_a_ceiling_the_steps_are_open_and_that_is_said() {
    let folder = folder("workout-open");
    let (code, _, error) = plan(&folder, &["run 20:00", "--format", "fit", "-o", "w.fit"]);
    assert!(code == Some(0) && error.starts_with("note: no easy ceiling is known"), "{error}");
    assert_eq!(steps(&fs::read(folder.join("w.fit")).expect("a workout")), [(0, 1_200_000, 2, OPEN, OPEN)]);
}

/// Our own reader gives back the targets that a watch would have copied into the activity.
#[test]
fn our_reader_gives_the_targets_back() {
    let steps = Prescription::parse("walk 5:00, 4x(run 1:30, walk 1:00)").expect("a plan").to_workout();
    let limit = Limit::Speed(Pace::from_seconds_per_kilometer(400.0).speed());
    let mut session = Session::new(Sport::Running);
    session.workout = with_limit(&steps, limit);
    session.start = Some(Timestamp::from_unix_seconds(1_780_000_000));
    let mut record = Record::default();
    record.set_time(Timestamp::from_unix_seconds(1_780_000_000));
    session.records = vec![record];
    let expected = session.workout.clone();
    let activity = Activity {
        format: Format::Fit,
        device: None,
        profile: Profile::default(),
        sessions: vec![session],
        notes: Vec::new(),
    };
    let read = rehabrun::ingest::read(&fit::activity(&activity)).expect("an activity");
    assert_eq!(read.sessions[0].workout, expected);
}

#[test]
fn a_workout_as_tcx_is_one() {
    let folder = folder("workout-tcx");
    let session = "walk 5:00, 4x(run 1:30, walk 1:00), run 1km";
    let (_, text, _) = plan(&folder, &[session, "--easy-pace", "6:40/km", "--format", "tcx"]);
    let tree = roxmltree::Document::parse(&text).expect("XML");
    let named = |name: &str| {
        tree.descendants()
            .filter(|node| node.has_tag_name(("http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2", name)))
            .map(|node| node.text().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(named("Repetitions"), ["4"]);
    assert_eq!(named("Seconds"), ["300", "90", "60"]);
    assert_eq!(named("Meters"), ["1000"]);
    assert_eq!(named("HighInMetersPerSecond"), ["2.5", "2.5"]);
    assert_eq!(named("StepId"), ["1", "2", "3", "4", "5"]);
}

#[test]
fn a_workout_as_text_for_a_calendar() {
    let folder = folder("workout-text");
    let session = "walk 5:00, 4x(run 1:30, walk 1:00), run 1km";
    let (_, text, _) = plan(&folder, &[session, "--easy-pace", "6:40/km", "--format", "intervals"]);
    let expected =
        "rehabrun\n\n- walk 5m\n\n4x\n- run 1m30s 30:00-6:40/km Pace\n- walk 1m\n\n- run 1000mtr 30:00-6:40/km Pace\n";
    assert_eq!(text, expected);
}

#[test]
fn the_next_session_of_the_plan() {
    let folder = folder("workout-next");
    let (code, _, error) = plan(&folder, &["--next"]);
    assert!(code == Some(2) && error.contains("no plan is known"), "{error}");
    // The hint, followed.
    fs::write(folder.join("athlete.toml"), "[rehab]\nplan = \"kinetic-revolution\"\n").expect("written");
    let (code, text, error) = plan(&folder, &["--next"]);
    assert!(code == Some(0) && text.contains("10x(run 1:00, walk 1:00)"), "{text} {error}");
    assert!(error.starts_with("next: kinetic-revolution/week-1: the first session of the plan"), "{error}");
}
