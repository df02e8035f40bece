//! Scripts of gaits in, bouts out.

use std::fmt::Write;

use expect_test::{Expect, expect};

use super::{Options, segment};
use crate::timeline::{AltitudeSource, Flags, HeartRateQuality, Pause, Series, Signals, SpeedSource, Timeline};
use crate::units::Timestamp;

/// A timeline from lines such as `run 60s 2.6m/s 168spm`: the first word is for the reader, except `pause`.
///
/// A signal that a line does not name is missing. Speed and cadence sway by 0.1 m/s and 2 spm, as on a wrist.
fn timeline(script: &str) -> Timeline {
    let mut columns: Vec<(Option<f64>, Option<f64>, Flags)> = Vec::new();
    let mut pauses = Vec::new();
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let number = |unit: &str| line.split(' ').find_map(|word| word.strip_suffix(unit)?.parse::<f64>().ok());
        let len = number("s").expect("a line names its seconds") as usize;
        let start = columns.len();
        let mut flags = Flags::NONE;
        if line.starts_with("pause") {
            flags.insert(Flags::PAUSED);
            pauses.push(Pause { start, end: start + len, moved: false });
        }
        columns.extend((start..start + len).map(|i| {
            let sway = (i as f64 * 0.7).sin();
            let speed = number("m/s").map(|v| (v + 0.1 * sway).max(0.0));
            let cadence = number("spm").map(|spm| if spm > 0.0 { spm + 2.0 * sway } else { 0.0 });
            (speed, cadence, flags)
        }));
    }
    let mut meters = 0.0;
    let distance = columns.iter().map(|(speed, ..)| {
        let here = meters;
        meters += speed.unwrap_or(0.0);
        here
    });
    let distance = distance.collect();
    Timeline {
        start: Timestamp::from_unix_seconds(1_700_000_000),
        elapsed_s: columns.len() as f64,
        distance,
        total_distance: meters,
        speed: Series::from_options(columns.iter().map(|c| c.0)),
        cadence: Series::from_options(columns.iter().map(|c| c.1)),
        heart_rate: Series::missing(columns.len()),
        altitude: Series::missing(columns.len()),
        grade: Series::missing(columns.len()),
        stance_ms: Series::missing(columns.len()),
        position: Vec::new(),
        flags: columns.iter().map(|c| c.2).collect(),
        signals: Signals {
            speed: if columns.iter().any(|c| c.0.is_some()) { SpeedSource::Device } else { SpeedSource::None },
            cadence: columns.iter().any(|c| c.1.is_some()),
            heart_rate: false,
            altitude: AltitudeSource::None,
            interval_s: 1.0,
            indoor: false,
        },
        edges: Vec::new(),
        device_gait: Vec::new(),
        pauses,
        heart_rate_quality: HeartRateQuality { trust: 0.0, locked_share: 0.0 },
        notes: Vec::new(),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "reads better at every call")]
fn check(script: &str, expected: Expect) {
    let segmentation = segment(&timeline(script), Options { ignore_device_gait: false });
    let mut lines = String::new();
    for bout in segmentation.bouts {
        write!(lines, "{:?} {:?} by {:?}", bout.gait, bout.range, bout.told_from).expect("a string takes all");
        for stop in bout.crossings {
            write!(lines, " stop {stop:?}").expect("a string takes all");
        }
        lines.push('\n');
    }
    expected.assert_eq(&lines);
}

#[test]
fn run_and_walk_by_cadence() {
    check(
        "walk 120s 1.5m/s 112spm
         run 60s 2.6m/s 168spm
         walk 60s 1.5m/s 112spm
         run 30s 2.6m/s 168spm",
        expect![[r"
            Walk 0..120 by Cadence
            Run 120..180 by Cadence
            Walk 180..240 by Cadence
            Run 240..270 by Cadence
        "]],
    );
}

#[test]
fn a_slow_shuffle_runs_and_a_brisk_walk_walks() {
    check(
        "shuffle 60s 1.8m/s 160spm
         brisk 60s 2.0m/s 130spm",
        expect![[r"
            Run 0..60 by Cadence
            Walk 60..120 by Cadence
        "]],
    );
}

#[test]
fn a_crossing_stays_inside_the_run() {
    check(
        "run 120s 2.6m/s 165spm
         stop 6s 0.0m/s 0spm
         run 120s 2.6m/s 165spm",
        expect![[r"
            Run 0..246 by Cadence stop 120..126
        "]],
    );
}

#[test]
fn standing_at_lights_is_no_crossing() {
    check(
        "run 120s 2.6m/s 165spm
         lights 40s 0.0m/s 0spm
         run 120s 2.6m/s 165spm",
        expect![[r"
            Run 0..120 by Cadence
            Stand 120..160 by Cadence
            Run 160..280 by Cadence
        "]],
    );
}

#[test]
fn pauses_keep_their_place() {
    check(
        "run 60s 2.6m/s 165spm
         pause 30s
         pause 20s
         run 60s 2.6m/s 165spm
         pause 5s",
        expect![[r"
            Run 0..60 by Cadence
            Paused 60..110 by Timer
            Run 110..170 by Cadence
            Paused 170..175 by Timer
        "]],
    );
}

#[test]
fn a_phone_run_without_cadence_runs() {
    check(
        "run 600s 2.8m/s",
        expect![[r"
        Run 0..600 by Speed
    "]],
    );
}

#[test]
fn a_phone_walk_without_cadence_walks() {
    check(
        "walk 600s 1.3m/s",
        expect![[r"
        Walk 0..600 by Speed
    "]],
    );
}

#[test]
fn walking_without_cadence_beside_a_trusted_cadence() {
    check(
        "run 120s 2.6m/s 165spm
         walk 60s 1.2m/s 0spm
         run 120s 2.6m/s 165spm",
        expect![[r"
            Run 0..120 by Cadence
            Walk 120..180 by Cadence
            Run 180..300 by Cadence
        "]],
    );
}

#[test]
fn no_signal_is_no_gait() {
    check(
        "gap 60s",
        expect![[r"
        Unknown 0..60 by Nothing
    "]],
    );
    check("", expect![[r""]]);
}
