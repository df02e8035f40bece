//! What must not change a verdict, and what may change it in one direction only: made-up runs as files, and real files.

use crate::common;
use std::path::PathBuf;

use proptest::collection::vec;
use proptest::prelude::*;
use rehabrun::Runner;
use rehabrun::auditor::{Settings, audit_activity};
use rehabrun::ceiling::Facts;
use rehabrun::export::gpx::Dialect;
use rehabrun::export::{fit, gpx};
use rehabrun::ingest;
use rehabrun::model::{Activity, Record};
use rehabrun::report::{Class, File, Options};
use rehabrun::synth::{Script, Setup, record, sessions};
use rehabrun::units::{HeartRate, Pace, Position, UnitSystem, UtcOffset};

/// 6:07/km, the ceiling that the made-up sessions are made for.
const EASY_PACE: f64 = 367.0;
/// Of the real files, one in so many is looked at.
const ONE_IN: usize = 9;

fn settings(easy_pace: Option<f64>, easy_hr: Option<f64>) -> Settings {
    let facts = Facts {
        easy_pace: easy_pace.map(Pace::from_seconds_per_kilometer),
        easy_heart_rate: easy_hr.map(HeartRate::from_bpm),
        ..Facts::default()
    };
    Settings {
        runner: Runner { facts, ..Runner::default() },
        advises: false,
        report: Options { location: true, hide_ends_m: None, chart: false, route: false },
        ..Settings::default()
    }
}

fn audited(activity: &Activity, settings: &Settings) -> File {
    audit_activity("run", Ok(activity.clone()), settings)
}

fn class(file: &File) -> Option<Class> {
    file.verdict
}

fn is_over(file: &File) -> bool {
    class(file).is_some_and(Class::is_over)
}

/// All that is said of a file but its dates and places.
fn told(file: &File) -> String {
    let mut sessions = file.sessions.clone();
    for session in &mut sessions {
        session.started_at = None;
        session.trace = None;
        session.bouts.iter_mut().for_each(|bout| bout.position = None);
    }
    format!("{sessions:#?}")
}

/// The same activity with each record changed.
fn each(activity: &Activity, change: impl Fn(&mut Record)) -> Activity {
    let mut changed = activity.clone();
    changed.sessions.iter_mut().flat_map(|session| &mut session.records).for_each(change);
    changed
}

fn without_heart(activity: &Activity) -> Activity {
    each(activity, |record| record.set_heart_rate(HeartRate::from_bpm(f64::NAN)))
}

/// At another time, on another clock.
fn at_another_time(activity: &Activity, seconds: f64, offset: Option<UtcOffset>) -> Activity {
    let mut moved = each(activity, |record| {
        if let Some(time) = record.time() {
            record.set_time(time.plus_seconds(seconds));
        }
    });
    for session in &mut moved.sessions {
        session.utc_offset = offset;
        session.start = session.start.map(|start| start.plus_seconds(seconds));
        session.laps.iter_mut().for_each(|lap| lap.start = lap.start.plus_seconds(seconds));
        for split in &mut session.splits {
            (split.start, split.end) = (split.start.plus_seconds(seconds), split.end.plus_seconds(seconds));
        }
        for pause in &mut session.pauses {
            (pause.start, pause.end) = (pause.start.plus_seconds(seconds), pause.end.plus_seconds(seconds));
        }
    }
    moved
}

/// East by some semicircles, around the globe; and as far south as it was north.
fn elsewhere(activity: &Activity, east: i32, mirrored: bool) -> Activity {
    each(activity, |record| {
        let Some(position) = record.position() else { return };
        let (north, longitude) = position.as_semicircles();
        // What a receiver writes that has no position is no place, and lies nowhere else.
        if (north, longitude) == (0, 0) {
            return;
        }
        let north = if mirrored { -north } else { north };
        record.set_position(Position::from_semicircles(north, longitude.wrapping_add(east)).expect("on the globe"));
    })
}

/// A run as a phone or a watch without speed writes it: positions only.
fn from_positions(activity: &Activity) -> Activity {
    ingest::decode(gpx::activity(activity, Dialect::GarminConnect).as_bytes()).expect("our own file")
}

fn part() -> impl Strategy<Value = String> {
    prop_oneof![
        5 => (20..240_u32, 2.0..4.2_f64).prop_map(|(seconds, speed)| format!("run {seconds}s {speed:.2}m/s")),
        3 => (15..120_u32, 1.0..1.8_f64).prop_map(|(seconds, speed)| format!("walk {seconds}s {speed:.2}m/s")),
        1 => (10..60_u32).prop_map(|seconds| format!("pause {seconds}s")),
        1 => (30..120_u32, -8..8_i32).prop_map(|(seconds, slope)| format!("run {seconds}s 2.6m/s {slope:+}%")),
    ]
}

/// A script and the seed of its noise.
fn script() -> impl Strategy<Value = (String, u64)> {
    (vec(part(), 2..14).prop_map(|parts| format!("walk 1min, {}", parts.join(", "))), any::<u64>())
}

fn recorded(script: &str, seed: u64, change: impl Fn(&mut Setup)) -> Activity {
    let mut setup = Setup::new(Some(seed));
    change(&mut setup);
    let activity = record(&Script::parse(script).expect("a script"), &setup).activity;
    ingest::decode(&fit::activity(&activity)).expect("our own file")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn removing_heart_rate_never_turns_a_breach_into_a_pass(
        (script, seed) in script(), bpm in 120.0..170.0_f64, with_pace: bool,
    ) {
        let run = recorded(&script, seed, |_| ());
        let settings = settings(with_pace.then_some(EASY_PACE), Some(bpm));
        let (with, without) = (audited(&run, &settings), audited(&without_heart(&run), &settings));
        prop_assert!(!is_over(&with) || class(&without) != Some(Class::Easy), "{script}");
        prop_assert!(class(&without) != Some(Class::Easy) || class(&with) == Some(Class::Easy), "{script}");
    }

    #[test]
    fn raising_the_ceiling_never_adds_a_breach(
        (script, seed) in script(), pace in 280.0..480.0_f64, faster in 1.0..1.5_f64, bpm in 110.0..160.0_f64, with_pace: bool,
    ) {
        let run = recorded(&script, seed, |_| ());
        let of = |factor: f64| {
            let easy_pace = with_pace.then_some(pace / factor);
            audited(&run, &settings(easy_pace, Some(bpm * factor)))
        };
        let (low, high) = (of(1.0), of(faster));
        prop_assert!(is_over(&low) || !is_over(&high), "{script}: {:?} and {:?}", class(&low), class(&high));
    }

    #[test]
    fn another_time_changes_nothing_but_dates(
        (script, seed) in script(), seconds in -600_000_000..600_000_000_i32, quarters in prop::option::of(-48..57_i32),
    ) {
        let run = recorded(&script, seed, |_| ());
        let offset = quarters.and_then(|quarters| UtcOffset::from_seconds(900 * i64::from(quarters)));
        let settings = settings(Some(EASY_PACE), Some(145.0));
        let then = at_another_time(&run, f64::from(seconds), offset);
        prop_assert_eq!(told(&audited(&run, &settings)), told(&audited(&then, &settings)), "{}", script);
    }

    #[test]
    fn around_the_globe_and_south_of_the_line_all_is_the_same((script, seed) in script(), east: i32, mirrored: bool) {
        let run = from_positions(&recorded(&script, seed, |_| ()));
        let settings = settings(Some(EASY_PACE), Some(145.0));
        let there = elsewhere(&run, east, mirrored);
        prop_assert_eq!(told(&audited(&run, &settings)), told(&audited(&there, &settings)), "{}", script);
    }

    #[test]
    fn miles_change_words_only((script, seed) in script()) {
        let run = recorded(&script, seed, |_| ());
        let metric = settings(Some(EASY_PACE), Some(145.0));
        let imperial = Settings {
            runner: Runner { units: UnitSystem::Imperial, ..metric.runner.clone() },
            ..metric.clone()
        };
        let (metric, imperial) = (audited(&run, &metric), audited(&run, &imperial));
        let numbers = |file: &File| {
            let of = |session: &rehabrun::report::Session| {
                let found: Vec<_> = session.findings.iter().map(|f| (f.rule, f.severity, f.start_s, f.measured)).collect();
                let index = session.verdict.as_ref().map(|verdict| verdict.index);
                format!("{:?} {index:?} {:?} {found:?}", session.class(), session.bouts)
            };
            file.sessions.iter().map(of).collect::<Vec<_>>()
        };
        prop_assert_eq!(numbers(&metric), numbers(&imperial), "{}", script);
        prop_assert!(!told(&imperial).contains("/km") && !told(&imperial).contains(" km"), "{}", told(&imperial));
    }
}

/// A course is drawn anew at each place, where a degree is another length: positions are rounded elsewhere.
#[test]
fn made_up_sessions_are_judged_alike_from_the_equator_to_the_far_north() {
    let places = [(0.0, 0.0), (65.0, 25.0), (-43.5, 172.6), (-16.5, 179.995), (52.0, -179.999), (-65.0, -64.0)];
    let settings = settings(Some(EASY_PACE), None);
    let mut faults = Vec::new();
    for made in sessions() {
        let home = record(&made.script(), &made.setup(Some(3))).activity;
        let at_home = [&home, &from_positions(&home)].map(|run| class(&audited(run, &settings)));
        for (latitude, longitude) in places {
            let mut setup = made.setup(Some(3));
            setup.watch.place = Position::from_degrees(latitude, longitude);
            let run = record(&made.script(), &setup).activity;
            for (run, at_home) in [&run, &from_positions(&run)].into_iter().zip(at_home) {
                let verdict = class(&audited(run, &settings));
                let name = verdict.map_or("none", Class::name);
                // Right at a limit the rounding of positions may tip it, to another verdict that is right too.
                if verdict != at_home && !made.verdicts.contains(&name) {
                    faults.push(format!("{} at {latitude} {longitude}: {name} and not {at_home:?}", made.name));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn real_files_keep_to_it_too() {
    let Some(corpus) = common::corpus() else { return };
    let files = ["fit", "gpx", "tcx"].into_iter().flat_map(|format| common::files(&corpus, format));
    let files: Vec<PathBuf> = files.step_by(ONE_IN).collect();
    let mut faults = Vec::new();
    let mut n_runs = 0;
    for path in files {
        let Ok(run) = ingest::decode(&common::bytes(&path)) else { continue };
        if run.sessions.iter().map(|session| session.records.len()).sum::<usize>() > 20_000 {
            continue;
        }
        let strict = settings(Some(390.0), Some(135.0));
        let here = audited(&run, &strict);
        if here.verdict.is_none() {
            continue;
        }
        n_runs += 1;
        let mut fault = |what: &str| faults.push(format!("{}: {what}", path.display()));
        let then = at_another_time(&run, 86_400.0 * 321.0 + 4321.0, UtcOffset::from_seconds(-12_600));
        if told(&audited(&then, &strict)) != told(&here) {
            fault("another time changes it");
        }
        let there = elsewhere(&run, 1 << 30, true);
        if class(&audited(&there, &strict)) != class(&here) {
            fault("another place changes it");
        }
        if is_over(&audited(&run, &settings(Some(330.0), Some(150.0)))) && !is_over(&here) {
            fault("a higher ceiling adds a breach");
        }
        if is_over(&here) && class(&audited(&without_heart(&run), &strict)) == Some(Class::Easy) {
            fault("without heart rate it passes");
        }
    }
    println!("{n_runs} runs");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
