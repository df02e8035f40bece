//! Scripts of gaits in, bouts out.

use std::fmt::Write;

use expect_test::{Expect, expect};

use super::{Options, segment};
use crate::model::SplitKind;
use crate::timeline::{
    AltitudeSource, DeviceGait, Flags, HeartRateQuality, Pause, Series, Signals, SpeedSource, Timeline,
};
use crate::units::Timestamp;

/// A timeline from lines such as `run 60s 2.6m/s 168spm`: the first word is for the reader, except `pause`.
///
/// A signal that a line does not name is missing. Speed and cadence sway by 0.1 m/s and 2 spm, as on a wrist; the
/// cadence follows the gait at once, as it does on the watches that we know.
pub(super) fn timeline(script: &str) -> Timeline {
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
            let speed = number("m/s").map(|v| if v > 0.0 { v + 0.1 * sway } else { 0.0 });
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

/// What the watch's own detection says, from lines such as `run 0..60`.
fn detection(script: &str) -> Vec<DeviceGait> {
    let gait = |line: &str| {
        let (kind, range) = line.trim().split_once(' ')?;
        let (start, end) = range.split_once("..")?;
        let kind = match kind {
            "run" => SplitKind::Run,
            "walk" => SplitKind::Walk,
            _ => SplitKind::Stand,
        };
        Some(DeviceGait { kind, start: start.parse().ok()?, end: end.parse().ok()? })
    };
    script.lines().filter_map(gait).collect()
}

fn bouts(timeline: &Timeline) -> String {
    let segmentation = segment(timeline, Options { ignore_device_gait: false });
    let mut lines = String::new();
    for bout in segmentation.bouts {
        write!(lines, "{:?} {:?} by {:?}", bout.gait, bout.range, bout.told_from).expect("a string takes all");
        for stop in bout.crossings {
            write!(lines, ", stop {stop:?}").expect("a string takes all");
        }
        lines.push('\n');
    }
    for note in segmentation.notes {
        writeln!(lines, "{}: {}", note.id, note.message).expect("a string takes all");
    }
    lines
}

#[expect(clippy::needless_pass_by_value, reason = "reads better at every call")]
fn check(script: &str, expected: Expect) {
    expected.assert_eq(&bouts(&timeline(script)));
}

/// A run ends 4 s after its step rate fell: between what the step rate says and what a watch's own detection says.
#[test]
fn run_and_walk_by_cadence() {
    check(
        "walk 120s 1.5m/s 112spm
         run 60s 2.6m/s 168spm
         walk 60s 1.5m/s 112spm
         run 30s 2.6m/s 168spm
         walk 30s 1.5m/s 112spm",
        expect![[r"
            Walk 0..120 by Cadence
            Run 120..184 by Cadence
            Walk 184..240 by Cadence
            Run 240..274 by Cadence
            Walk 274..300 by Cadence
        "]],
    );
}

#[test]
fn a_slow_shuffle_runs_and_a_brisk_walk_walks() {
    check(
        "shuffle 60s 1.8m/s 160spm
         brisk 60s 2.0m/s 130spm",
        expect![[r"
            Run 0..64 by Cadence
            Walk 64..120 by Cadence
        "]],
    );
}

#[test]
fn steep_hiking_walks_and_trail_running_runs_at_the_same_speed() {
    check(
        "run 120s 1.2m/s 156spm
         hike 120s 0.9m/s 108spm
         run 120s 1.2m/s 150spm",
        expect![[r"
            Run 0..124 by Cadence
            Walk 124..240 by Cadence
            Run 240..360 by Cadence
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
            Run 0..246 by Cadence, stop 120..126
        "]],
    );
    check(
        "run 120s 2.6m/s 165spm
         pause 8s
         stop 3s 0.0m/s 0spm
         run 120s 2.6m/s 165spm",
        expect![[r"
            Run 0..251 by Cadence, stop 120..131
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
            Run 0..123 by Cadence
            Stand 123..160 by CadenceAndSpeed
            Run 160..280 by Cadence
        "]],
    );
}

#[test]
fn flicker_of_the_sensor_is_no_bout() {
    check(
        "run 60s 2.6m/s 165spm
         lost 1s 2.6m/s 110spm
         run 60s 2.6m/s 165spm
         walk 60s 1.4m/s 112spm
         stumble 2s 1.6m/s 150spm
         walk 60s 1.4m/s 112spm
         halt 3s 0.0m/s 0spm
         walk 60s 1.4m/s 112spm",
        expect![[r"
            Run 0..125 by Cadence
            Walk 125..306 by Cadence
        "]],
    );
}

#[test]
fn pauses_keep_their_place() {
    check(
        "run 60s 2.6m/s 165spm
         pause 30s
         trembling 2s 0.4m/s 0spm
         pause 20s
         pause 25s
         run 60s 2.6m/s 165spm
         pause 5s",
        expect![[r"
            Run 0..60 by Cadence
            Paused 60..137 by Timer
            Run 137..197 by Cadence
            Paused 197..202 by Timer
        "]],
    );
}

#[test]
fn a_treadmill_without_speed_is_told_from_cadence() {
    check(
        "walk 60s 110spm
         run 60s 164spm
         stand 30s 0spm",
        expect![[r"
            Walk 0..60 by Cadence
            Run 60..123 by Cadence
            Stand 123..150 by Cadence
        "]],
    );
}

#[test]
fn cadence_of_zero_while_walking_is_walking() {
    check(
        "run 120s 2.6m/s 165spm
         walk 60s 1.2m/s 0spm
         stand 30s 0.0m/s 0spm
         walk 60s 1.2m/s
         run 120s 2.6m/s 165spm",
        expect![[r"
            Run 0..124 by Cadence
            Walk 124..183 by CadenceAndSpeed
            Stand 183..210 by CadenceAndSpeed
            Walk 210..270 by Speed
            Run 270..390 by Cadence
        "]],
    );
}

#[test]
fn cadence_that_drops_out_does_not_end_a_run() {
    check(
        "run 120s 2.7m/s 165spm
         lost 40s 2.7m/s 0spm
         run 120s 2.7m/s 165spm
         lost 10s
         run 60s 2.7m/s 165spm
         halved 30s 2.7m/s 82spm
         run 60s 2.7m/s 165spm",
        expect![[r"
            Run 0..440 by Cadence
        "]],
    );
}

#[test]
fn where_nothing_was_recorded_nothing_is_claimed() {
    check(
        "gap 60s",
        expect![[r"
        Unknown 0..60 by Nothing
    "]],
    );
    check("", expect![[r""]]);
    check(
        "run 60s 2.6m/s 165spm
         gap 60s
         run 60s 2.6m/s 165spm",
        expect![[r"
            Run 0..60 by Cadence
            Unknown 60..120 by Nothing
            Run 120..180 by Cadence
        "]],
    );
}

#[test]
fn a_watch_that_writes_nothing_while_it_stands_stood() {
    check(
        "walk 60s 1.3m/s 110spm
         stand 5s 0.0m/s 0spm
         gap 60s
         walk 60s 1.3m/s 110spm",
        expect![[r"
            Walk 0..63 by Cadence
            Stand 63..125 by Speed
            Walk 125..185 by Cadence
        "]],
    );
}

#[test]
fn one_gait_by_phone() {
    check(
        "run 600s 2.8m/s",
        expect![[r"
        Run 0..600 by Speed
        gait-from-speed: without a usable cadence, running and walking are told from speed alone
    "]],
    );
    check(
        "walk 600s 1.3m/s",
        expect![[r"
        Walk 0..600 by Speed
        gait-from-speed: without a usable cadence, running and walking are told from speed alone
    "]],
    );
}

#[test]
fn two_gaits_by_phone() {
    check(
        "walk 120s 1.5m/s
         run 60s 2.4m/s
         walk 60s 1.5m/s
         run 60s 2.4m/s
         stand 30s 0.0m/s
         run 60s 2.4m/s
         walk 120s 1.5m/s",
        expect![[r"
            Walk 0..120 by Speed
            Run 120..180 by Speed
            Walk 180..240 by Speed
            Run 240..300 by Speed
            Stand 300..330 by Speed
            Run 330..390 by Speed
            Walk 390..510 by Speed
            gait-from-speed: without a usable cadence, running and walking are told from speed alone
        "]],
    );
}

#[test]
fn a_speed_between_the_gaits_is_left_open() {
    check(
        "jog 600s 1.9m/s
         stand 60s 0.0m/s",
        expect![[r"
            Unknown 0..600 by Speed
            Stand 600..660 by Speed
            gait-from-speed: without a usable cadence, running and walking are told from speed alone
            gait-unknown: 10:00 could be slow running or brisk walking: speed alone cannot tell
        "]],
    );
}

#[test]
fn the_watch_s_own_detection_is_used() {
    let script = "run 60s 2.6m/s 165spm
                  walk 60s 1.4m/s 134spm
                  march 60s 1.9m/s 142spm
                  run 60s 2.6m/s 165spm";
    let mut timeline = timeline(script);
    timeline.device_gait = detection(
        "run 0..66
         walk 66..180
         run 180..240",
    );
    expect![[r"
        Run 0..64 by Device
        Walk 64..180 by Device
        Run 180..240 by Device
        gait-detection-disagrees: the watch's own run and walk detection and the step rate disagree in 25 % of the time; the bouts are less sure
    "]].assert_eq(&bouts(&timeline));
}

#[test]
fn a_watch_that_disagrees_is_said_to() {
    let script = "run 120s 2.6m/s 165spm
                  walk 120s 1.4m/s 110spm
                  run 120s 2.6m/s 165spm";
    let mut timeline = timeline(script);
    timeline.device_gait = detection("run 0..360");
    expect![[r"
        Run 0..360 by Device
        gait-detection-disagrees: the watch's own run and walk detection and the step rate disagree in 33 % of the time; the bouts are less sure
    "]].assert_eq(&bouts(&timeline));
    let sure = segment(&timeline, Options { ignore_device_gait: true });
    assert_eq!((sure.device_agreement, sure.notes.len(), sure.bouts.len()), (None, 0, 3));
    let unsure = segment(&timeline, Options { ignore_device_gait: false });
    assert!(unsure.bouts[0].confidence < sure.bouts[0].confidence);
}

#[test]
fn near_the_end_of_a_lap_a_change_is_likelier() {
    let script = "run 60s 2.6m/s 165spm
                  between 14s 1.9m/s 139.0spm
                  run 60s 2.6m/s 165spm";
    let mut timeline = timeline(script);
    expect![[r"
        Run 0..134 by Cadence
    "]]
    .assert_eq(&bouts(&timeline));
    timeline.edges = vec![60.0, 74.0];
    expect![[r"
        Run 0..134 by Cadence, stop 60..63, stop 68..72
    "]]
    .assert_eq(&bouts(&timeline));
}
