//! Verdicts on synthetic sessions whose slopes, or whose speeds, are not what the runner did.
//!
//! Each family runs with twelve seeds of noise, on a watch with speed of its own and on positions with cadence, and says
//! which classes are right.

use rehabrun::audit::{Class, Settings, audit};
use rehabrun::ceiling::{Ceiling, Facts, choose};
use rehabrun::model::{Format, Session};
use rehabrun::segment::{Options, segment};
use rehabrun::synth::{self, Altimeter, Script, Setup};
use rehabrun::timeline::build;
use rehabrun::units::{Distance, Speed, UnitSystem};

/// The ceiling that the sessions are made for, in metres per second.
const CEILING: f64 = 2.727;
const SEEDS: std::ops::RangeInclusive<u64> = 1..=12;

fn ceiling() -> Ceiling {
    let easy_pace = Speed::from_meters_per_second(CEILING).pace();
    choose(&Facts { easy_pace, ..Facts::default() })
}

fn run(seconds: u32, ratio: f64) -> String {
    format!("run {seconds}s {:.4}m/s", ratio * CEILING)
}

/// What becomes of a session of the script with each seed, whose altimeter errs by so many metres along the way.
fn classes(script: &str, altimeter: Altimeter, error: fn(f64, f64) -> f64, positions: bool) -> Vec<Class> {
    let script = Script::parse(&format!("walk 180s 1.5m/s, {script}")).expect("a script");
    let class = |seed: u64| {
        let mut setup = Setup::new(Some(seed));
        setup.watch.altimeter = altimeter;
        let mut session = synth::record(&script, &setup).activity.sessions.remove(0);
        for record in &mut session.records {
            let way = record.distance().map_or(0.0, Distance::as_meters);
            if let Some(height) = record.altitude() {
                record.set_altitude(height + error(way, seed as f64));
            }
            if positions {
                record.set_speed(Speed::from_meters_per_second(f64::NAN));
                record.set_distance(Distance::from_meters(f64::NAN));
            }
        }
        verdict(&session, if positions { Format::Gpx } else { Format::Fit })
    };
    SEEDS.map(class).collect()
}

fn verdict(session: &Session, format: Format) -> Class {
    let timeline = build(session, format).expect("a usable session");
    let segmentation = segment(&timeline, Options { ignore_device_gait: false });
    audit(&timeline, &segmentation, &ceiling(), &Settings::new(UnitSystem::Metric)).verdict.class
}

fn none(_: f64, _: f64) -> f64 {
    0.0
}

#[test]
fn a_flat_run_with_a_wandering_altimeter_is_easy() {
    let quick = |way: f64, seed: f64| 12.0 * (way / 32.0 + seed).sin();
    let slow = |way: f64, seed: f64| 12.0 * (way / 60.0 + seed).sin() * (way / 410.0 + 2.0 * seed).sin();
    for error in [quick, slow] {
        for positions in [false, true] {
            let found = classes(&run(2400, 0.95), Altimeter::Barometer, error, positions);
            let easy = found.iter().filter(|&&class| class == Class::Easy).count();
            assert!(easy >= 11 && !found.contains(&Class::DisguisedIntervals), "{found:?}");
        }
    }
}

#[test]
fn hill_repetitions_under_the_ceiling_by_pace_alone_are_over_it() {
    let script = format!("{}, 8x({} +10%, {} -10%)", run(600, 0.9), run(75, 0.92), run(90, 0.8));
    for positions in [false, true] {
        let found = classes(&script, Altimeter::Barometer, none, positions);
        let over = found.iter().filter(|class| class.is_over()).count();
        assert!(over >= 11, "{found:?}");
    }
}

#[test]
fn a_descent_of_three_hundred_metres_is_no_effort() {
    let script = format!("{}, {} -12%, {}", run(600, 0.93), run(900, 1.06), run(600, 0.93));
    for altimeter in [Altimeter::Barometer, Altimeter::Receiver] {
        let found = classes(&script, altimeter, none, altimeter == Altimeter::Receiver);
        assert!(!found.contains(&Class::DisguisedIntervals), "{altimeter:?} {found:?}");
        let over = found.iter().filter(|class| class.is_over()).count();
        assert!(over <= 1, "{altimeter:?} {found:?}");
    }
}

#[test]
fn a_ride_before_the_run_is_no_surge() {
    for ride in
        ["run 600s 5.5m/s no-cadence 120bpm", "run 240s 5.5m/s 0spm 120bpm, stand 20s, run 300s 6m/s 0spm 120bpm"]
    {
        for positions in [false, true] {
            let script = format!("{ride}, stand 30s, {}", run(1800, 0.93));
            let found = classes(&script, Altimeter::Barometer, none, positions);
            assert!(found.iter().all(|class| !class.is_over()), "{ride} {found:?}");
        }
    }
}
