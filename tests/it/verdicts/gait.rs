//! Bouts of made-up runs against what really happened, in every format, each second and with smart recording, with and
//! without cadence.

use std::fmt::Write;
use std::ops::Range;

use rehabrun::export::gpx::Dialect;
use rehabrun::export::{fit, gpx, tcx};
use rehabrun::ingest;
use rehabrun::model::Activity;
use rehabrun::segment::score::Matches;
use rehabrun::segment::{self, segment};
use rehabrun::synth::{self, Interval, Script, Setup, Truth, record};
use rehabrun::timeline;

/// Sessions whose gaits differ enough in cadence, however little in speed.
const BY_CADENCE: &[&str] = &[
    "walk 3min 1.5m/s, 10x(run 60s 2.6m/s, walk 60s 1.5m/s)",
    "walk 3min 1.6m/s, 10x(run 30s 2.1m/s, walk 30s 1.6m/s)",
    "walk 5min 1.4m/s, 8x(run 60s 1.8m/s, walk 90s 1.4m/s)",
    "walk 2min 1.5m/s, run 10min 2.5m/s, walk 60s 1.5m/s, run 10min 2.5m/s, walk 5min 1.5m/s",
    "walk 2min 1.5m/s, 4x(run 4min 2.4m/s, stand 30s), walk 2min 1.5m/s",
];

/// Sessions whose running is at least 1.4 times as fast as their walking; 1.5 times with bouts of half a minute.
const BY_SPEED: &[&str] = &[
    "walk 3min 1.5m/s, 10x(run 60s 2.6m/s, walk 60s 1.5m/s)",
    "walk 3min 1.5m/s, 10x(run 60s 2.1m/s, walk 60s 1.5m/s)",
    "walk 3min 1.4m/s, 10x(run 30s 2.3m/s, walk 30s 1.4m/s)",
    "walk 5min 1.3m/s, 8x(run 60s 1.9m/s, walk 90s 1.3m/s)",
    "walk 2min 1.5m/s, run 10min 2.5m/s, walk 60s 1.5m/s, run 10min 2.5m/s, walk 5min 1.5m/s",
    "walk 2min 1.5m/s, 4x(run 4min 2.4m/s, stand 30s), walk 2min 1.5m/s",
];

const SEEDS: Range<u64> = 0..3;

/// All sessions, seeds and formats of one kind of watch.
fn score(scripts: &[&str], interval: Interval, with_cadence: bool, log: &mut String) -> Matches {
    let mut all = Matches::default();
    for text in scripts {
        let script = Script::parse(text).expect("a script");
        let mut per_format: Vec<(String, Matches)> = Vec::new();
        for seed in SEEDS {
            let mut setup = Setup::new(Some(seed));
            setup.watch.interval = interval;
            if !with_cadence {
                setup.watch.cadence = None;
            }
            let recording = record(&script, &setup);
            for (k, (format, bytes)) in files(&recording.activity, with_cadence).into_iter().enumerate() {
                let matches = matches(&bytes, &recording.truth);
                if per_format.len() <= k {
                    per_format.push((format, Matches::default()));
                }
                per_format[k].1.merge(matches);
            }
        }
        for (format, matches) in per_format {
            writeln!(
                log,
                "{:.3} {:>4.1} s  {format:<22} {interval:?}, {}cadence: {text}",
                matches.f1().unwrap_or(0.0),
                matches.median_boundary_error_s().unwrap_or(f64::NAN),
                if with_cadence { "" } else { "no " },
            )
            .expect("a string takes all");
            all.merge(matches);
        }
    }
    all
}

fn files(activity: &Activity, with_cadence: bool) -> Vec<(String, Vec<u8>)> {
    let mut files =
        vec![("fit".to_owned(), fit::activity(activity)), ("tcx".to_owned(), tcx::activity(activity).into_bytes())];
    let dialects = Dialect::ALL.into_iter().filter(|&dialect| dialect != Dialect::Phone || !with_cadence);
    files.extend(dialects.map(|d| (format!("gpx of {}", d.name()), gpx::activity(activity, d).into_bytes())));
    files
}

fn matches(bytes: &[u8], truth: &Truth) -> Matches {
    let activity = ingest::decode(bytes).expect("our own file");
    let timeline = timeline::build(&activity.sessions[0], activity.format).expect("a usable session");
    let bouts = segment(&timeline, segment::Options { ignore_device_gait: true }).bouts;
    let true_runs: Vec<Range<f64>> = truth
        .bouts()
        .into_iter()
        .filter(|(gait, ..)| *gait == synth::Gait::Run)
        .map(|(_, start, end)| start as f64..end as f64)
        .collect();
    let found_runs: Vec<Range<f64>> = bouts
        .iter()
        .filter(|bout| bout.gait == segment::Gait::Run)
        .map(|bout| timeline.seconds(bout.range.start)..timeline.seconds(bout.range.end))
        .collect();
    Matches::of(&true_runs, &found_runs)
}

#[track_caller]
fn check(scripts: &[&str], interval: Interval, with_cadence: bool, least_f1: f64, most_s: f64) {
    let mut log = String::new();
    let all = score(scripts, interval, with_cadence, &mut log);
    let (f1, error) = (all.f1().expect("bouts"), all.median_boundary_error_s().expect("matches"));
    assert!(f1 >= least_f1 && error <= most_s, "bout F1 {f1:.3}, median boundary error {error:.1} s\n{log}");
}

#[test]
fn bouts_by_cadence_are_found_to_two_seconds() {
    check(BY_CADENCE, Interval::Second, true, 0.95, 2.0);
}

#[test]
fn bouts_by_cadence_are_found_to_two_seconds_with_smart_recording() {
    check(BY_CADENCE, Interval::Smart, true, 0.95, 2.0);
}

#[test]
fn bouts_by_speed_are_found_to_four_seconds() {
    check(BY_SPEED, Interval::Second, false, 0.90, 4.0);
}

#[test]
fn bouts_by_speed_are_found_to_four_seconds_with_smart_recording() {
    check(BY_SPEED, Interval::Smart, false, 0.90, 4.0);
}
