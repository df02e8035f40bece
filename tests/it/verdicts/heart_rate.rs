//! Heart rate as the only ceiling: synthetic families with several hearts and sensors, and what must hold for all files.

use std::path::PathBuf;

use proptest::prelude::*;
use rehabrun::audit::{Audit, Class, Settings, audit};
use rehabrun::ceiling::{Facts, choose};
use rehabrun::ingest;
use rehabrun::model::{Format, Session};
use rehabrun::segment::{Options, segment};
use rehabrun::synth::{self, Body, Gait, Script, Setup};
use rehabrun::timeline::build;
use rehabrun::units::{Distance, HeartRate, Speed, UnitSystem};

use crate::common;

/// The ceiling of the tests: the usual body settles there at 6:07/km.
const CEILING_BPM: f64 = 145.0;
const CEILING: f64 = 2.727;
const SEEDS: u64 = 12;
/// Time constants of the heart, in seconds.
const HEARTS_S: [f64; 3] = [35.0, 55.0, 80.0];
/// Of the real files, one in so many is looked at.
const ONE_IN: usize = 7;

/// What measures the heart rate.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Sensor {
    /// Each beat as it is.
    Strap,
    /// Averaged over some seconds, and some seconds late.
    Optical,
}

/// What a family may come to.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Right {
    Easy,
    NotOver,
    NotEasy,
    Over,
}

impl Right {
    fn is(self, class: Class) -> bool {
        match self {
            Self::Easy => class == Class::Easy,
            Self::NotOver => !class.is_over(),
            Self::NotEasy => class != Class::Easy,
            Self::Over => class.is_over(),
        }
    }
}

fn judged(session: &Session, format: Format, bpm: f64) -> Option<Audit> {
    let timeline = build(session, format).ok()?;
    let segmentation = segment(&timeline, Options { ignore_device_gait: false });
    let facts = Facts { easy_heart_rate: Some(HeartRate::from_bpm(bpm)), ..Facts::default() };
    Some(audit(&timeline, &segmentation, &choose(&facts), &Settings::new(UnitSystem::Metric)))
}

fn recorded(script: &str, heart_s: f64, drift: f64, sensor: Sensor, seed: u64) -> Session {
    let mut setup = Setup::new(Some(seed));
    (setup.body.heart_tau_s, setup.body.drift_bpm_per_min) = (heart_s, drift);
    let script = Script::parse(script).expect("a script");
    let mut session = synth::record(&script, &setup).activity.sessions.remove(0);
    if sensor == Sensor::Optical {
        const LATE: usize = 8;
        let beats: Vec<Option<f64>> =
            session.records.iter().map(|record| record.heart_rate().map(HeartRate::as_bpm)).collect();
        let mut shown: Option<f64> = None;
        for (i, record) in session.records.iter_mut().enumerate() {
            if let Some(bpm) = beats[i.saturating_sub(LATE)] {
                shown = Some(shown.map_or(bpm, |before| before + (bpm - before) / 6.0));
            }
            if let Some(shown) = shown {
                record.set_heart_rate(HeartRate::from_bpm(shown.round()));
            }
        }
    }
    session
}

/// The verdict of a family at all seeds, hearts and sensors.
fn check(name: &str, script: &str, drift: f64, [strap, optical]: [Right; 2], change: impl Fn(&mut Session)) {
    let mut wrong = Vec::new();
    for seed in 0..SEEDS {
        for heart_s in HEARTS_S {
            for (sensor, right) in [(Sensor::Strap, strap), (Sensor::Optical, optical)] {
                let mut session = recorded(script, heart_s, drift, sensor, seed);
                change(&mut session);
                let audit = judged(&session, Format::Fit, CEILING_BPM).expect("usable");
                if !right.is(audit.verdict.class) {
                    wrong.push(format!("{seed} {heart_s} {sensor:?}: {}", audit.verdict.sentence));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{name}, {} of 72 wrong:\n{}", wrong.len(), wrong.join("\n"));
}

fn unchanged(_: &mut Session) {}

/// A run at a share of the ceiling's speed.
fn run(seconds: u32, ratio: f64) -> String {
    format!("run {seconds}s {:.4}m/s", ratio * CEILING)
}

/// The speed over that of the ceiling at which the usual body settles so far above it.
fn ratio_at(excess_bpm: f64) -> f64 {
    let (mut low, mut high) = (0.5, 2.0);
    for _ in 0..50 {
        let middle = f64::midpoint(low, high);
        let settled = Body::USUAL.settled_bpm(Gait::Run, middle * CEILING, 0.0);
        if settled < CEILING_BPM + excess_bpm { low = middle } else { high = middle }
    }
    low
}

#[test]
fn runs_by_minute() {
    let minutes = |ratio: f64| format!("walk 3min 1.5m/s, 10x({}, walk 60s 1.5m/s)", run(60, ratio));
    check("hard by minute", &minutes(1.35), 0.0, [Right::Over, Right::NotEasy], unchanged);
    check("half hard by minute", &minutes(1.20), 0.0, [Right::NotEasy; 2], unchanged);
    check("easy by minute", &minutes(0.90), 0.0, [Right::Easy, Right::NotOver], unchanged);
}

#[test]
fn jogged_repetitions() {
    let script = format!("{}, 8x({}, {}), {}", run(600, 0.9), run(120, 1.25), run(120, 0.85), run(300, 0.9));
    check("8 x 2 min jogged", &script, 0.0, [Right::Over; 2], unchanged);
}

#[test]
fn steady_runs_around_the_ceiling() {
    let steady = |excess: f64| format!("walk 3min 1.5m/s, {}", run(2400, ratio_at(excess)));
    check("at the ceiling", &steady(0.0), 0.0, [Right::NotOver; 2], unchanged);
    check("5 bpm over", &steady(5.0), 0.0, [Right::NotEasy; 2], unchanged);
    check("15 bpm over", &steady(15.0), 0.0, [Right::Over; 2], unchanged);
}

#[test]
fn drift_at_even_pace() {
    let even = |seconds: u32| format!("walk 3min 1.5m/s, {}", run(seconds, 0.95));
    check("ordinary drift", &even(3000), 0.25, [Right::Easy; 2], unchanged);
    check("drift in the heat", &even(1800), 1.2, [Right::NotOver; 2], unchanged);
    let rising = format!("walk 3min 1.5m/s, run 2400s {:.4}..{:.4}m/s", 0.92 * CEILING, 1.2 * CEILING);
    check("a pace that rises", &rising, 0.0, [Right::Over; 2], unchanged);
}

#[test]
fn a_race() {
    check("race", &format!("walk 2min 1.5m/s, {}", run(1560, 1.35)), 0.5, [Right::Over; 2], unchanged);
}

#[test]
fn faults_over_the_efforts_clear_nothing() {
    let repetitions = |fault: &str| {
        format!("{}, 6x({} {fault}, {}), {}", run(600, 0.9), run(120, 1.3), run(120, 0.85), run(300, 0.9))
    };
    check("a strap that falls to 50", &repetitions("50bpm"), 0.0, [Right::NotEasy; 2], unchanged);
    check("locked to the cadence", &repetitions("lock"), 0.0, [Right::NotEasy; 2], unchanged);
    check("no contact", &repetitions("no-heart-rate"), 0.0, [Right::NotEasy; 2], unchanged);
    check("flat", &repetitions("140bpm"), 0.0, [Right::NotEasy; 2], unchanged);
}

/// Takes speed, distance and positions away, as on a treadmill without a foot pod.
fn without_speed(session: &mut Session) {
    for record in &mut session.records {
        record.set_speed(Speed::from_meters_per_second(f64::NAN));
        record.set_distance(Distance::from_meters(f64::NAN));
    }
    session.distance = None;
}

#[test]
fn a_treadmill_without_speed() {
    let check = |name: &str, script: &str, right: [Right; 2]| {
        let mut wrong = Vec::new();
        for seed in 0..SEEDS {
            for heart_s in HEARTS_S {
                for (sensor, right) in [Sensor::Strap, Sensor::Optical].into_iter().zip(right) {
                    let mut setup = Setup::new(Some(seed));
                    (setup.body.heart_tau_s, setup.watch.place) = (heart_s, None);
                    let mut session = recorded(script, heart_s, 0.0, sensor, seed);
                    let indoor = synth::record(&Script::parse(script).expect("a script"), &setup);
                    for (record, beats) in session.records.iter_mut().zip(&indoor.activity.sessions[0].records) {
                        let heart = record.heart_rate();
                        *record = *beats;
                        if let Some(heart) = heart {
                            record.set_heart_rate(heart);
                        }
                    }
                    without_speed(&mut session);
                    let audit = judged(&session, Format::Fit, CEILING_BPM).expect("usable");
                    if !right.is(audit.verdict.class) {
                        wrong.push(format!("{seed} {heart_s} {sensor:?}: {}", audit.verdict.sentence));
                    }
                    assert!(audit.verdict.confidence < 0.5, "{}", audit.verdict.confidence);
                }
            }
        }
        assert!(wrong.is_empty(), "{name}, {} of 72 wrong:\n{}", wrong.len(), wrong.join("\n"));
    };
    check("treadmill, hard", &format!("walk 3min 1.5m/s, {}", run(1800, 1.3)), [Right::Over; 2]);
    check("treadmill, easy", &format!("walk 3min 1.5m/s, {}", run(1800, 0.92)), [Right::Easy, Right::NotOver]);
}

#[test]
fn breaks_without_recovery_and_hard_walks_are_told() {
    let told = |script: &str, rule: &str| {
        let session = recorded(script, 55.0, 0.0, Sensor::Strap, 1);
        let audit = judged(&session, Format::Fit, 130.0).expect("usable");
        audit.findings.into_iter().find(|finding| finding.rule.name() == rule).map(|finding| finding.message)
    };
    let breaks = |break_s: u32| format!("walk 2min 1.5m/s, 6x({}, walk {break_s}s 1.5m/s)", run(240, 1.4));
    let message = told(&breaks(35), "heart-rate-not-recovering").expect("told");
    assert!(message.starts_with("Your heart was still at 14") && message.contains("5 of 5 breaks"), "{message}");
    assert_eq!(told(&breaks(150), "heart-rate-not-recovering"), None);
    let message = told("walk 20min 1.5m/s 150bpm", "heart-rate-while-walking").expect("told");
    assert!(message.starts_with("The heart was at about 150 bpm for "), "{message}");
    assert_eq!(told("walk 20min 1.5m/s 120bpm", "heart-rate-while-walking"), None);
}

/// One run of a long session far over its ceiling weighs by its seconds, beside short ones that are easy.
#[test]
fn one_long_hard_run_is_most_of_the_session() {
    let hard = run(2400, 1.4);
    let script = format!("walk 2min 1.5m/s, 2x({}, walk 56s 1.5m/s), {hard}, walk 2min 1.5m/s", run(240, 0.85));
    check("one long hard run", &script, 0.0, [Right::Over; 2], without_speed);
}

/// What is called easy never names a heart rate over its ceiling.
#[test]
fn an_easy_verdict_names_no_heart_rate_over_the_ceiling() {
    let script = format!("{}, {}", run(1500, 0.95), run(1200, 1.25));
    let audit = judged(&recorded(&script, 55.0, 0.0, Sensor::Strap, 3), Format::Fit, CEILING_BPM).expect("usable");
    assert!(audit.verdict.class.is_over(), "{}", audit.verdict.sentence);
}

/// How far a class is from easy; more is worse.
fn rank(class: Class) -> u8 {
    match class {
        Class::Easy => 0,
        Class::Undetermined => 1,
        Class::Surges => 2,
        Class::DriftedOver => 3,
        Class::AboveEasy => 4,
        Class::DisguisedIntervals => 5,
    }
}

/// The same session with the heart rate of a stretch, as shares of its length, raised by some bpm.
fn raised(session: &Session, from: f64, to: f64, by: f64) -> Session {
    let mut session = session.clone();
    let n = session.records.len() as f64;
    let (from, to) = ((from * n) as usize, (to * n) as usize);
    for record in &mut session.records[from..to] {
        if let Some(heart_rate) = record.heart_rate() {
            record.set_heart_rate(HeartRate::from_bpm((heart_rate.as_bpm() + by).min(225.0)));
        }
    }
    session
}

/// True where a sensor is doubted: a raise can make a fault, or take one away.
fn is_doubted(audit: &Audit) -> bool {
    let faults = ["cadence-lock", "heart-rate-sensor-fault", "heart-rate-lags"];
    audit.findings.iter().any(|finding| faults.contains(&finding.rule.name()))
        || audit.verdict.sentence.contains("doubtful")
}

fn any_script() -> impl Strategy<Value = String> {
    let run = (20_u32..600, 0.8_f64..1.5).prop_map(|(seconds, ratio)| run(seconds, ratio));
    let walk = (20_u32..180).prop_map(|seconds| format!("walk {seconds}s 1.5m/s"));
    prop::collection::vec(prop_oneof![3 => run, 1 => walk], 3..14).prop_map(|parts| parts.join(", "))
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 40, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn a_higher_heart_rate_or_a_lower_ceiling_never_looks_easier(
        script in any_script(), heart_s in 30.0_f64..90.0, bpm in 120.0_f64..175.0, lower in 1.0_f64..30.0,
        at in 0.0_f64..1.0, long in 0.05_f64..1.0, by in 3.0_f64..50.0, seed in 0_u64..1000, indoor: bool,
    ) {
        let mut session = recorded(&script, heart_s, 0.3, Sensor::Strap, seed);
        if indoor {
            without_speed(&mut session);
        }
        let here = judged(&session, Format::Fit, bpm).expect("usable");
        let strict = judged(&session, Format::Fit, bpm - lower).expect("usable");
        prop_assert!(
            rank(strict.verdict.class) >= rank(here.verdict.class),
            "{script}\n{}\n{}", here.verdict.sentence, strict.verdict.sentence
        );
        let higher = judged(&raised(&session, at, (at + long).min(1.0), by), Format::Fit, bpm).expect("usable");
        let (before, after) = (&here.verdict, &higher.verdict);
        prop_assert!(after.class != Class::Easy || before.class == Class::Easy || is_doubted(&here), "{script}\n{}\n{}", before.sentence, after.sentence);
        if !is_doubted(&higher) && !is_doubted(&here) {
            prop_assert!(rank(after.class) >= rank(before.class), "{script}\n{}\n{}", before.sentence, after.sentence);
        }
    }
}

#[test]
fn real_sessions_keep_to_it_too() {
    let Some(corpus) = common::corpus() else { return };
    let files = ["fit", "gpx", "tcx"].into_iter().flat_map(|format| common::files(&corpus, format));
    let files: Vec<PathBuf> = files.step_by(ONE_IN).collect();
    let (mut faults, mut n_runs) = (Vec::new(), 0);
    for path in files {
        let Ok(activity) = ingest::decode(&common::bytes(&path)) else { continue };
        for session in activity.sessions.iter().filter(|session| session.records.len() <= 15_000) {
            let of = |session: &Session, bpm: f64| judged(session, activity.format, bpm);
            let Some(here) = of(session, 150.0).filter(|_| session.records.iter().any(|x| x.heart_rate().is_some()))
            else {
                continue;
            };
            n_runs += 1;
            let mut check = |what: &str, other: Option<Audit>| {
                let Some(other) = other else { return };
                let doubted = is_doubted(&here) || is_doubted(&other);
                let easier = if doubted && what != "a lower ceiling" {
                    other.verdict.class == Class::Easy && here.verdict.class.is_over()
                } else {
                    rank(other.verdict.class) < rank(here.verdict.class)
                };
                if easier {
                    let (a, b) = (&here.verdict.sentence, &other.verdict.sentence);
                    faults.push(format!("{}: {what}\n  {a}\n  {b}", path.display()));
                }
            };
            check("a lower ceiling", of(session, 138.0));
            check("all higher", of(&raised(session, 0.0, 1.0, 12.0), 150.0));
            check("the first part higher", of(&raised(session, 0.0, 0.3, 20.0), 150.0));
            check("the middle higher", of(&raised(session, 0.4, 0.6, 30.0), 150.0));
        }
    }
    println!("{n_runs} sessions");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
