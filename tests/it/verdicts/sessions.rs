//! The verdicts on made-up sessions: every session with several watches and seeds of noise.

use std::collections::BTreeMap;
use std::fmt::Write;

use rehabrun::audit::{Audit, Class, Settings, audit};
use rehabrun::ceiling::{Ceiling, Facts, choose};
use rehabrun::model::{Format, Record, Session};
use rehabrun::segment::{Options, segment};
use rehabrun::synth::{self, Altimeter, Fault, Interval, Made, Setup};
use rehabrun::timeline::build;
use rehabrun::units::{Speed, UnitSystem};

/// The ceiling that the sessions are made for.
const CEILING: f64 = 2.727;

/// What a watch leaves in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Watch {
    /// Speed and distance of its own, cadence, a barometer.
    Fit,
    /// The same with a record every few seconds.
    FitSmart,
    /// Distance but no speed, heights from the receiver.
    Tcx,
    /// Positions, cadence and a barometer.
    Gpx,
}

impl Watch {
    /// How far off a turning point may be, in seconds: with a record every few seconds, half a gap more.
    const fn turn_s(self) -> f64 {
        if matches!(self, Self::FitSmart) { 7.5 } else { 5.0 }
    }
}

const WATCHES: [Watch; 4] = [Watch::Fit, Watch::FitSmart, Watch::Tcx, Watch::Gpx];

fn ceiling() -> Ceiling {
    let easy_pace = Speed::from_meters_per_second(CEILING).pace();
    choose(&Facts { easy_pace, ..Facts::default() })
}

fn session(made: &Made, watch: Watch, seed: u64) -> (Session, Format) {
    let mut setup: Setup = made.setup(Some(seed));
    if watch == Watch::FitSmart {
        setup.watch.interval = Interval::Smart;
    }
    if watch == Watch::Tcx {
        setup.watch.altimeter = Altimeter::Receiver;
    }
    let mut session = synth::record(&made.script(), &setup).activity.sessions.remove(0);
    let none = |record: &mut Record, distance: bool| {
        record.set_speed(Speed::from_meters_per_second(f64::NAN));
        if distance {
            record.set_distance(rehabrun::units::Distance::from_meters(f64::NAN));
        }
    };
    match watch {
        Watch::Fit | Watch::FitSmart => return (session, Format::Fit),
        Watch::Tcx => session.records.iter_mut().for_each(|record| none(record, false)),
        Watch::Gpx => {
            session.records.iter_mut().for_each(|record| none(record, true));
            session.distance = None;
        }
    }
    (session, if watch == Watch::Tcx { Format::Tcx } else { Format::Gpx })
}

fn audited(session: &Session, format: Format, ceiling: &Ceiling) -> Audit {
    let timeline = build(session, format).expect("a usable session");
    let segmentation = segment(&timeline, Options { ignore_device_gait: false });
    audit(&timeline, &segmentation, ceiling, &Settings::new(UnitSystem::Metric))
}

/// Seeds to try: three, or as many as `REHABRUN_SEEDS` says.
fn n_seeds() -> u64 {
    std::env::var("REHABRUN_SEEDS").ok().and_then(|n| n.parse().ok()).unwrap_or(3)
}

#[test]
fn verdicts_on_made_up_sessions() {
    let mut faults = String::new();
    let mut table = String::new();
    let mut n_right = 0;
    let mut n = 0;
    for made in synth::sessions() {
        write!(table, "{:46}", made.name).expect("a string");
        let mut turns = Vec::new();
        for watch in WATCHES {
            let mut counts: BTreeMap<Class, u32> = BTreeMap::new();
            for seed in 1..=n_seeds() {
                let (session, format) = session(&made, watch, seed);
                let verdict = audited(&session, format, &ceiling()).verdict;
                *counts.entry(verdict.class).or_default() += 1;
                n += 1;
                n_right += u32::from(made.verdicts.contains(&verdict.class.name()));
                let never = made.verdicts.contains(&"easy") && verdict.class == Class::DisguisedIntervals
                    || made.verdicts == ["disguised-intervals"] && verdict.class != Class::DisguisedIntervals;
                if never {
                    writeln!(faults, "{} {watch:?} seed {seed}: {}", made.name, verdict.sentence).expect("a string");
                }
                if let Some(turned) = made.turned_at_s {
                    let off = verdict.turned_at.map(|at| at as f64 - turned);
                    turns.push(off.unwrap_or(f64::NAN));
                    if off.is_none_or(|off| off.abs() > watch.turn_s()) {
                        writeln!(faults, "{} {watch:?} seed {seed}: turned {off:?}", made.name).expect("a string");
                    }
                }
            }
            let counts: Vec<String> = counts.iter().map(|(class, n)| format!("{n} {}", class.name())).collect();
            write!(table, " | {:24}", counts.join(", ")).expect("a string");
        }
        writeln!(table, " {}", if turns.is_empty() { String::new() } else { format!("turns off by {turns:?}") })
            .expect("a string");
    }
    println!("{table}{n_right} of {n} right");
    assert!(faults.is_empty(), "{faults}");
    assert!(f64::from(n_right) >= 0.97 * f64::from(n), "{n_right} of {n} right\n{table}");
}

#[test]
fn a_city_makes_no_intervals_of_an_easy_run_and_hides_none() {
    let easy = "walk 60s 1.5m/s, 8x(run 210s 2.5m/s, stand 25s, run 130s 2.5m/s, stand 15s, run 60s 2.5m/s, stand 40s)";
    let fast = "walk 60s 1.5m/s, run 600s 2.5m/s, 6x(run 90s 3.7m/s, run 90s 2.3m/s), run 300s 2.5m/s";
    let mut counts: BTreeMap<(&str, Class), u32> = BTreeMap::new();
    for (name, script) in [("easy", easy), ("intervals", fast)] {
        let script = synth::Script::parse(script).expect("a script");
        for seed in 1..=12 {
            let mut setup = Setup::new(Some(seed));
            setup.watch.fault = Some(Fault::City);
            let mut session = synth::record(&script, &setup).activity.sessions.remove(0);
            for record in &mut session.records {
                record.set_distance(rehabrun::units::Distance::from_meters(f64::NAN));
            }
            *counts.entry((name, audited(&session, Format::Fit, &ceiling()).verdict.class)).or_default() += 1;
        }
    }
    println!("{counts:?}");
    let of = |name: &'static str, class| counts.get(&(name, class)).copied().unwrap_or(0);
    assert_eq!(of("easy", Class::DisguisedIntervals), 0, "{counts:?}");
    assert!(of("intervals", Class::DisguisedIntervals) >= 11, "{counts:?}");
}
