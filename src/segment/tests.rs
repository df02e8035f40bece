//! Scripts of gaits in, bouts out.

mod by_phone;

use expect_test::{Expect, expect};

use super::testing::{bouts, detection, timeline};
use super::{Options, segment};

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
fn a_hole_in_a_run_that_went_on_is_no_rest() {
    check(
        "run 300s 2.7m/s
         lost 45s 120m
         run 120s 2.7m/s
         lost 20s 52m
         run 300s 2.7m/s",
        expect![[r#"
            Run 0..785 by Speed
            gait-from-speed: without a usable cadence, running and walking are told from speed alone
        "#]],
    );
    check(
        "run 300s 2.7m/s
         walked 45s 60m
         run 120s 2.7m/s
         lost 80s 216m
         run 300s 2.7m/s
         taxi 40s 400m
         run 300s 2.7m/s",
        expect![[r#"
            Run 0..300 by Speed
            Unknown 300..345 by Nothing
            Run 345..465 by Speed
            Unknown 465..545 by Nothing
            Run 545..845 by Speed
            Unknown 845..885 by Nothing
            Run 885..1185 by Speed
            gait-from-speed: without a usable cadence, running and walking are told from speed alone
        "#]],
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
fn an_averaged_cadence_is_undone() {
    let mut timeline = timeline(
        "walk 60s 1.5m/s 112spm
         run 60s 2.6m/s 168spm
         walk 60s 1.5m/s 112spm
         run 60s 2.6m/s 168spm
         walk 60s 1.5m/s 112spm",
    );
    let mut seen = 112.0;
    for i in 0..timeline.len() {
        seen += (timeline.cadence.get(i).expect("a cadence") - seen) / 3.0;
        timeline.cadence.set(i, Some(seen));
    }
    expect![[r"
        Walk 0..60 by Cadence
        Run 60..120 by Cadence
        Walk 120..180 by Cadence
        Run 180..240 by Cadence
        Walk 240..300 by Cadence
    "]]
    .assert_eq(&bouts(&timeline));
}

#[test]
fn between_two_records_a_change_lies_half_way() {
    let mut timeline = timeline(
        "walk 62s 1.5m/s 112spm
         run 62s 2.6m/s 168spm
         walk 62s 1.5m/s 112spm",
    );
    timeline.signals.interval_s = 5.0;
    for i in 0..timeline.len() {
        let written = timeline.cadence.get(i / 5 * 5);
        timeline.cadence.set(i, written);
    }
    expect![[r"
        Walk 0..63 by Cadence
        Run 63..123 by Cadence
        Walk 123..186 by Cadence
    "]]
    .assert_eq(&bouts(&timeline));
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
