//! What holds for every timeline, however odd.

use proptest::collection::vec;
use proptest::prelude::*;

use super::testing::timeline;
use super::{Bout, Gait, Options, Segmentation, segment};
use crate::model::SplitKind;
use crate::timeline::{DeviceGait, Flags, Series, Timeline};

/// Some seconds of one speed, cadence and flags, either signal perhaps missing or absurd.
fn piece() -> impl Strategy<Value = (usize, Option<f64>, Option<f64>, Flags)> {
    let speed = prop_oneof![
        8 => (0.0..5.0_f64).prop_map(Some),
        2 => Just(None),
        1 => prop_oneof![Just(f64::MAX), Just(-3.0), Just(f64::INFINITY), Just(1e-30)].prop_map(Some),
    ];
    let cadence = prop_oneof![
        6 => (80.0..200.0_f64).prop_map(Some),
        2 => Just(Some(0.0)),
        2 => Just(None),
        1 => prop_oneof![Just(-1.0), Just(1e30), Just(f64::NAN)].prop_map(Some),
    ];
    let flags = prop_oneof![
        8 => Just(Flags::NONE),
        1 => Just(Flags::PAUSED),
        1 => Just(Flags::SPIKE),
        1 => Just(Flags::GAP),
    ];
    (1..90_usize, speed, cadence, flags)
}

fn any_timeline() -> impl Strategy<Value = Timeline> {
    let kind = prop_oneof![Just(SplitKind::Run), Just(SplitKind::Walk), Just(SplitKind::Stand)];
    let detection = vec((kind, 0..900_usize, 0..200_usize), 0..6);
    let pieces = vec(piece(), 0..14);
    (pieces, detection, vec(-10.0..900.0_f64, 0..6), any::<bool>(), 0.0..8.0_f64).prop_map(
        |(pieces, detection, mut edges, has_cadence, interval_s)| {
            let mut timeline = timeline("");
            let seconds = || pieces.iter().flat_map(|&(n, v, c, flags)| std::iter::repeat_n((v, c, flags), n));
            timeline.speed = Series::from_options(seconds().map(|s| s.0));
            timeline.cadence = Series::from_options(seconds().map(|s| s.1));
            timeline.flags = seconds().map(|s| s.2).collect();
            let len = timeline.flags.len();
            for column in
                [&mut timeline.heart_rate, &mut timeline.altitude, &mut timeline.grade, &mut timeline.stance_ms]
            {
                *column = Series::missing(len);
            }
            timeline.distance = (0..len).map(|i| i as f64).collect();
            timeline.elapsed_s = len as f64;
            timeline.signals.cadence = has_cadence;
            timeline.signals.interval_s = interval_s;
            edges.sort_unstable_by(f64::total_cmp);
            timeline.edges = edges;
            timeline.device_gait =
                detection.into_iter().map(|(kind, start, n)| DeviceGait { kind, start, end: start + n }).collect();
            timeline
        },
    )
}

/// Both ways to cut.
fn segmentations(timeline: &Timeline) -> [Segmentation; 2] {
    [true, false].map(|ignore_device_gait| segment(timeline, Options { ignore_device_gait }))
}

proptest! {
    #[test]
    fn bouts_tile_the_session(timeline in any_timeline()) {
        for Segmentation { bouts, .. } in segmentations(&timeline) {
            let mut end = 0;
            for bout in &bouts {
                prop_assert_eq!(bout.range.start, end);
                prop_assert!(bout.range.end > bout.range.start);
                end = bout.range.end;
            }
            prop_assert_eq!(end, timeline.len());
        }
    }

    #[test]
    fn neighbours_differ(timeline in any_timeline()) {
        for Segmentation { bouts, .. } in segmentations(&timeline) {
            prop_assert!(bouts.windows(2).all(|pair| pair[0].gait != pair[1].gait), "{bouts:?}");
        }
    }

    #[test]
    fn stops_lie_inside_runs_and_apart(timeline in any_timeline()) {
        for Segmentation { bouts, .. } in segmentations(&timeline) {
            for Bout { gait, range, crossings, .. } in bouts {
                prop_assert!(crossings.is_empty() || gait == Gait::Run);
                let mut end = range.start;
                for stop in crossings {
                    prop_assert!(end < stop.start && stop.start < stop.end && stop.end < range.end);
                    end = stop.end;
                }
            }
        }
    }

    #[test]
    fn confidence_is_a_share(timeline in any_timeline()) {
        for Segmentation { bouts, device_agreement, .. } in segmentations(&timeline) {
            prop_assert!(bouts.iter().all(|bout| (0.0..=1.0).contains(&bout.confidence)), "{bouts:?}");
            prop_assert!(device_agreement.is_none_or(|kappa| (-1.0..=1.0).contains(&kappa)));
        }
    }

    #[test]
    fn long_pauses_stay_pauses(timeline in any_timeline()) {
        for Segmentation { bouts, .. } in segmentations(&timeline) {
            let in_bouts = bouts.iter().filter(|b| b.gait != Gait::Paused).map(|b| b.range.clone());
            for range in in_bouts {
                let longest = timeline.flags[range].chunk_by(|a, b| a == b).filter(|c| c[0].has(Flags::PAUSED)).map(<[_]>::len).max();
                prop_assert!(longest.is_none_or(|seconds| seconds <= 12));
            }
        }
    }
}
