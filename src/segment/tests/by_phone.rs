//! Without a step rate: speed alone.

use expect_test::expect;

use super::check;

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
fn by_phone_a_jog_between_walks_and_efforts_is_left_open() {
    check(
        "walk 120s 1.3m/s
         run 60s 2.8m/s
         walk 60s 1.3m/s
         run 60s 2.8m/s
         jog 60s 1.8m/s
         run 60s 2.8m/s
         walk 60s 1.3m/s
         run 60s 2.8m/s
         walk 120s 1.3m/s",
        expect![[r#"
            Walk 0..120 by Speed
            Run 120..180 by Speed
            Walk 180..240 by Speed
            Run 240..300 by Speed
            Unknown 300..360 by Speed
            Run 360..420 by Speed
            Walk 420..480 by Speed
            Run 480..540 by Speed
            Walk 540..660 by Speed
            gait-from-speed: without a usable cadence, running and walking are told from speed alone
            gait-unknown: 1:00 could be slow running or brisk walking: speed alone cannot tell
        "#]],
    );
    check(
        "halt 60s 1.2m/s
         brisk 400s 1.75m/s
         halt 60s 1.2m/s
         brisk 400s 1.7m/s",
        expect![[r#"
            Unknown 0..920 by Speed
            gait-from-speed: without a usable cadence, running and walking are told from speed alone
            gait-unknown: 15:20 could be slow running or brisk walking: speed alone cannot tell
        "#]],
    );
}

#[test]
fn by_phone_a_run_that_slows_a_little_is_no_walk() {
    check(
        "run 300s 2.7m/s
         tired 90s 2.0m/s
         run 300s 2.7m/s
         walk 30s 1.3m/s
         run 300s 2.7m/s",
        expect![[r"
            Run 0..690 by Speed
            Walk 690..720 by Speed
            Run 720..1020 by Speed
            gait-from-speed: without a usable cadence, running and walking are told from speed alone
        "]],
    );
}

#[test]
fn by_phone_a_slow_climb_could_be_run() {
    check(
        "climb 600s 1.2m/s 11%",
        expect![[r"
        Unknown 0..600 by Speed
        gait-from-speed: without a usable cadence, running and walking are told from speed alone
        gait-unknown: 10:00 could be slow running or brisk walking: speed alone cannot tell
    "]],
    );
    check(
        "flat 600s 1.2m/s 1%",
        expect![[r"
        Walk 0..600 by Speed
        gait-from-speed: without a usable cadence, running and walking are told from speed alone
    "]],
    );
}
