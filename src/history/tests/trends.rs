//! What only several weeks show: a pace that creeps, a share that grows, loads out of order.

use expect_test::expect;

use super::super::*;
use super::{CEILING, check_change, day, run, season, settings};
use crate::audit::RuleId;

#[test]
fn slow_creep() {
    let creep = |runs: &mut Vec<Run>, from: f64| {
        for (i, r) in runs.iter_mut().enumerate() {
            let noise = [0.01, -0.012, 0.004, -0.003, 0.008][i % 5];
            r.easy_speed = Some(Speed::from_meters_per_second(CEILING * (from + 0.004 * i as f64 + noise)));
            r.heart_rate = Some(HeartRate::from_bpm(140.0));
        }
    };
    check_change(
        |runs| creep(runs, 0.83),
        &expect![[r#"
            week 12 2026-11-27 caution easy-pace-creep: the easy pace crept from 7:41/km to 6:35/km, 1.2 % a week (1.2 to 1.3), with the ceiling at 6:25/km
        "#]],
    );
    // The heart beats faster at the same pace: it is not fitness.
    check_change(
        |runs| {
            creep(runs, 0.83);
            for (i, r) in runs.iter_mut().enumerate() {
                r.heart_rate = Some(HeartRate::from_bpm(130.0 + i as f64));
            }
        },
        &expect![[r#"
            week 12 2026-11-27 caution easy-pace-creep: the easy pace crept from 7:41/km to 6:35/km, 1.2 % a week (1.2 to 1.3), with the ceiling at 6:25/km
        "#]],
    );
    // Far under the ceiling it is nobody's business.
    check_change(|runs| creep(runs, 0.70), &expect![[""]]);
    check_change(
        |runs| {
            runs.truncate(4);
            creep(runs, 0.95);
        },
        &expect![[""]],
    );
}

/// Sources differ on the order in which load should rise, so the runner's file says.
#[test]
fn run_days_before_minutes() {
    let easy = |on: i32, minutes: i32| run(day("2026-09-07").plus_days(on), &format!("run {minutes}min"));
    let runs =
        [easy(0, 20), easy(2, 20), easy(7, 13), easy(9, 14), easy(11, 13), easy(14, 17), easy(16, 17), easy(18, 17)];
    let found = |order| {
        let found = progress(&runs, &Settings { plan: None, order, ..settings() }).findings;
        let out_of_order = found.into_iter().filter(|finding| finding.rule == RuleId::OutOfOrder);
        out_of_order.map(|finding| format!("week {}: {}", finding.week, finding.message)).collect::<String>()
    };
    assert_eq!(found(Order::VolumeFirst), "week 2: the run days rose before the minutes of running did");
    assert_eq!(found(Order::FrequencyFirst), "");
    assert_eq!(found(Order::Any), "");
}

/// The share of the running over the ceiling, four weeks against the four before.
#[test]
fn where_the_share_over_the_ceiling_goes() {
    let trend = |over_s: fn(i32) -> Option<f64>| {
        let mut runs = season();
        for r in &mut runs {
            r.over_s = over_s(r.date.days_since(day("2026-11-27"))).map(|share| share * r.run_s);
        }
        progress(&runs, &settings())
            .over_trend
            .map(|t| format!("{:.2} {:.2} {}", t.before, t.now, t.direction().name()))
    };
    assert_eq!(trend(|_| Some(0.2)).as_deref(), Some("0.20 0.20 steady"));
    assert_eq!(trend(|day| Some(if day > -28 { 0.31 } else { 0.2 })).as_deref(), Some("0.20 0.31 worse"));
    assert_eq!(trend(|day| Some(if day > -28 { 0.0 } else { 0.2 })).as_deref(), Some("0.20 0.00 better"));
    assert_eq!(trend(|day| (day > -28).then_some(0.0)), None, "what could not be judged is no trend");
}
