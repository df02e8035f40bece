//! The class of a session as its ceiling loosens: it never gets worse, and so it never jumps back.
//!
//! ```text
//! REHABRUN_STEPS=140 cargo test --test it verdicts::monotone -- --nocapture    # finely, and every file of the seasons
//! ```
//!
//! Ceilings go from 0.65 to 1.6 times the one that a session is made for, or that its runner had, in equal ratios.

use crate::common;
use std::fs;
use std::path::Path;

use rehabrun::audit::{Class, Settings, audit};
use rehabrun::ceiling::{Facts, choose};
use rehabrun::ingest;
use rehabrun::model::{Format, Session, Sport};
use rehabrun::segment::{Options, segment};
use rehabrun::synth;
use rehabrun::timeline::build;
use rehabrun::units::{Pace, Speed, UnitSystem};

/// The ceiling that synthetic sessions are made for, in metres per second.
const CEILING: f64 = 2.727;
const FACTORS: (f64, f64) = (0.65, 1.6);
/// Steps without the variable, and one file of how many is looked at then.
const STEPS: u32 = 24;
const ONE_IN: usize = 9;

fn steps() -> Option<u32> {
    std::env::var("REHABRUN_STEPS").ok().and_then(|n| n.parse().ok())
}

/// Where the class gets worse as the ceiling loosens.
fn jumps(name: &str, session: &Session, format: Format, pace: Pace, steps: u32) -> Vec<String> {
    let Ok(timeline) = build(session, format) else { return Vec::new() };
    let segmentation = segment(&timeline, Options { ignore_device_gait: false });
    let settings = Settings { sport: session.sport, ..Settings::new(UnitSystem::Metric) };
    let class = |step: u32| {
        let factor = FACTORS.0 * (FACTORS.1 / FACTORS.0).powf(f64::from(step) / f64::from(steps));
        let easy_pace = Some(Pace::from_seconds_per_kilometer(pace.as_seconds_per_kilometer() / factor));
        let ceiling = choose(&Facts { easy_pace, ..Facts::default() });
        // A pace that nobody runs is no ceiling.
        ceiling.speed.as_ref()?;
        Some((factor, audit(&timeline, &segmentation, &ceiling, &settings).verdict.class))
    };
    let classes: Vec<(f64, Class)> = (0..=steps).filter_map(class).collect();
    let worse = classes.windows(2).filter(|pair| pair[1].1 < pair[0].1);
    worse
        .map(|pair| {
            let (from, to) = (pair[0].1.name(), pair[1].1.name());
            format!("{name}: {from} at {:.3}, {to} at {:.3}", pair[0].0, pair[1].0)
        })
        .collect()
}

#[test]
fn synthetic_sessions() {
    let pace = Speed::from_meters_per_second(CEILING).pace().expect("a pace");
    let mut faults = Vec::new();
    for (n, made) in synth::sessions().iter().enumerate() {
        let mut session = synth::record(&made.script(), &made.setup(Some(n as u64 + 1))).activity.sessions.remove(0);
        let from_positions = n % 2 == 1;
        if from_positions {
            for record in &mut session.records {
                record.set_speed(Speed::from_meters_per_second(f64::NAN));
                record.set_distance(rehabrun::units::Distance::from_meters(f64::NAN));
            }
        }
        let format = if from_positions { Format::Gpx } else { Format::Fit };
        faults.extend(jumps(made.name, &session, format, pace, steps().unwrap_or(STEPS)));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn labelled_sessions() {
    let Some(corpus) = common::corpus() else { return };
    let Ok(table) = fs::read_to_string(corpus.join("seasons.tsv")) else {
        eprintln!("skipped: no corpus");
        return;
    };
    let one_in = if steps().is_some() { 1 } else { ONE_IN };
    let (mut faults, mut n_sessions) = (Vec::new(), 0);
    for line in table.lines().skip(1).step_by(one_in) {
        let [file, _, _, _, pace, _] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
        let Ok(pace) = pace.parse() else { continue };
        let Some((session, format)) = session(&corpus.join("seasons").join(file)) else { continue };
        n_sessions += 1;
        let pace = Pace::from_seconds_per_kilometer(pace);
        faults.extend(jumps(file, &session, format, pace, steps().unwrap_or(STEPS)));
    }
    println!("{n_sessions} sessions");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The first run of a file.
fn session(path: &Path) -> Option<(Session, Format)> {
    let activity = ingest::decode(&common::bytes(path)).ok()?;
    let format = activity.format;
    activity
        .sessions
        .into_iter()
        .next()
        .filter(|session| session.sport != Sport::Other)
        .map(|session| (session, format))
}
