//! Facts in, ranked ceilings out, as text.

#![expect(clippy::unnecessary_wraps, reason = "every fact is optional, and the helpers build facts")]

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;

/// Writes the choice, a line a ceiling and a line a note.
fn check(facts: &Facts, expected: &Expect) {
    let ceiling = choose(facts);
    let mut text = String::new();
    let speed =
        |limit: Limit<Speed>| format!("{:.3} m/s ± {:.2}", limit.value.as_meters_per_second(), limit.uncertainty);
    let heart_rate = |limit: Limit<HeartRate>| format!("{:.1} bpm ± {}", limit.value.as_bpm(), limit.uncertainty);
    let either = |speed: Option<String>, heart_rate: Option<String>| {
        [speed, heart_rate].into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    writeln!(text, "ceiling: {}", either(ceiling.speed.map(speed), ceiling.heart_rate.map(heart_rate))).unwrap();
    for c in &ceiling.candidates {
        let values = either(c.speed.map(speed), c.heart_rate.map(heart_rate));
        writeln!(text, "{:>2} {}: {values}: {}", c.source.rank(), c.source.name(), c.reason).unwrap();
    }
    for note in &ceiling.notes {
        writeln!(text, "{}: {}", note.id, note.message).unwrap();
    }
    expected.assert_eq(&text);
}

fn bpm(bpm: f64) -> Option<HeartRate> {
    Some(HeartRate::from_bpm(bpm))
}

fn pace(seconds: f64) -> Option<Pace> {
    Some(Pace::from_seconds_per_kilometer(seconds))
}

fn day(text: &str) -> Option<Date> {
    Some(Date::parse(text).expect("a date"))
}

fn race_5k(time_s: f64, date: Option<Date>) -> Option<Race> {
    Some(Race { distance: Distance::from_meters(5000.0), time_s, date, altitude: None })
}

#[test]
fn nothing_known_gives_no_ceiling() {
    check(
        &Facts::default(),
        &expect![[r"
        ceiling: 
    "]],
    );
}

#[test]
fn the_physio_comes_first_and_everything_else_is_listed() {
    let facts = Facts {
        easy_pace: pace(390.0),
        race: race_5k(1500.0, None),
        threshold_heart_rate: bpm(168.0),
        critical_speed: Some(Speed::from_meters_per_second(3.4)),
        max_heart_rate: bpm(187.0),
        resting_heart_rate: bpm(56.0),
        age: Some(38.0),
        watch: WatchFacts { max_heart_rate: bpm(182.0), age: Some(35.0), ..WatchFacts::default() },
        ..Facts::default()
    };
    check(
        &facts,
        &expect![[r"
        ceiling: 2.564 m/s ± 0.02, 143.7 bpm ± 7
         1 physio: 2.564 m/s ± 0.02: chosen for pace
         4 race: 2.635 m/s ± 0.05, 143.7 bpm ± 7: chosen for heart rate
         6 threshold-heart-rate: 149.5 bpm ± 5: less trusted than race
         8 critical-speed: 2.652 m/s ± 0.06: less trusted than physio
         9 heart-rate-reserve: 141.2 bpm ± 7: less trusted than race
        11 max-heart-rate: 147.7 bpm ± 8: less trusted than race
        12 watch-max-heart-rate: 143.8 bpm ± 11: less trusted than race
        13 maffetone: 137.0 bpm ± 10: less trusted than race
        14 watch-maffetone: 140.0 bpm ± 10: less trusted than race
        15 age: 140.9 bpm ± 10: less trusted than race
        16 watch-age: 142.2 bpm ± 10: less trusted than race
    "]],
    );
}

#[test]
fn a_race_before_the_injury_loses_to_the_lay_off() {
    let facts = Facts {
        race: race_5k(1500.0, day("2026-05-01")),
        rehab_started: day("2026-06-12"),
        on: day("2026-07-01"),
        ..Facts::default()
    };
    check(
        &facts,
        &expect![[r"
        ceiling: 2.403 m/s ± 0.08
         4 race: 2.403 m/s ± 0.08: chosen for pace
        race-before-lay-off: 42 days off between the race and the rehab take 11 % off the race's VDOT
    "]],
    );
    check(
        &Facts { cross_trained: true, ..facts.clone() },
        &expect![[r"
        ceiling: 2.518 m/s ± 0.08
         4 race: 2.518 m/s ± 0.08: chosen for pace
        race-before-lay-off: 42 days off between the race and the rehab take 6 % off the race's VDOT
    "]],
    );
    check(
        &Facts { days_off: Some(3.0), ..facts.clone() },
        &expect![[r"
        ceiling: 2.635 m/s ± 0.08
         4 race: 2.635 m/s ± 0.08: chosen for pace
    "]],
    );
    check(
        &Facts { on: day("2026-09-04"), ..facts.clone() },
        &expect![[r"
        ceiling: 
         4 race: 2.403 m/s ± 0.08: not used: it is from before the injury, and 12 weeks of rehab have passed since
        race-before-lay-off: 42 days off between the race and the rehab take 11 % off the race's VDOT
        race-not-used: the race is not used: it is from before the injury, and 12 weeks of rehab have passed since
    "]],
    );
    check(
        &Facts { race: race_5k(1500.0, day("2026-06-20")), ..facts.clone() },
        &expect![[r"
        ceiling: 2.635 m/s ± 0.05
         4 race: 2.635 m/s ± 0.05: chosen for pace
    "]],
    );
    check(
        &Facts { race: race_5k(1500.0, None), ..facts },
        &expect![[r"
        ceiling: 2.635 m/s ± 0.08
         4 race: 2.635 m/s ± 0.08: chosen for pace
        race-of-unknown-age: nothing says whether the race was before the injury; if it was, the pace from it is too fast: give the date of the race and the first day of rehab
    "]],
    );
}

#[test]
fn thin_air_takes_from_a_race_at_sea_level() {
    let here = Facts { race: race_5k(1500.0, None), altitude: Some(Distance::from_meters(1800.0)), ..Facts::default() };
    check(
        &here,
        &expect![[r"
        ceiling: 2.438 m/s ± 0.05
         4 race: 2.438 m/s ± 0.05: chosen for pace
        race-at-another-altitude: the altitude of these runs makes the VDOT 9 % lower than at the race
    "]],
    );
}

#[test]
fn medication_drops_every_heart_rate_from_a_formula() {
    let facts = Facts {
        rate_limiting_medication: true,
        race: race_5k(1500.0, None),
        max_heart_rate: bpm(187.0),
        resting_heart_rate: bpm(56.0),
        age: Some(38.0),
        ..Facts::default()
    };
    check(
        &facts,
        &expect![[r"
        ceiling: 2.635 m/s ± 0.05
         4 race: 2.635 m/s ± 0.05, 143.7 bpm ± 7: chosen for pace; no heart rate with rate-limiting medication
         9 heart-rate-reserve: 141.2 bpm ± 7: not used: rate-limiting medication
        11 max-heart-rate: 147.7 bpm ± 8: not used: rate-limiting medication
        13 maffetone: 137.0 bpm ± 10: not used: rate-limiting medication
        15 age: 140.9 bpm ± 10: not used: rate-limiting medication
        heart-rate-ceilings-dropped: heart-rate ceilings from formulas do not hold with rate-limiting medication and were dropped: go by pace and by how it feels
    "]],
    );
    check(
        &Facts { easy_heart_rate: bpm(110.0), ..facts },
        &expect![[r"
        ceiling: 2.635 m/s ± 0.05, 110.0 bpm ± 3
         1 physio: 110.0 bpm ± 3: chosen for heart rate
         4 race: 2.635 m/s ± 0.05, 143.7 bpm ± 7: chosen for pace; no heart rate with rate-limiting medication
         9 heart-rate-reserve: 141.2 bpm ± 7: not used: rate-limiting medication
        11 max-heart-rate: 147.7 bpm ± 8: not used: rate-limiting medication
        13 maffetone: 137.0 bpm ± 10: not used: rate-limiting medication
        15 age: 140.9 bpm ± 10: not used: rate-limiting medication
        heart-rate-ceilings-dropped: heart-rate ceilings from formulas do not hold with rate-limiting medication and were dropped: go by pace and by how it feels
    "]],
    );
}

#[test]
fn a_laboratory_test_ages() {
    let test =
        Threshold { speed: Some(Speed::from_meters_per_second(2.6)), heart_rate: bpm(141.0), date: day("2026-05-01") };
    let talk = Threshold { speed: Some(Speed::from_meters_per_second(2.5)), ..Threshold::default() };
    let facts = Facts { first_threshold: Some(test), talk_test: Some(talk), on: day("2026-07-24"), ..Facts::default() };
    check(
        &facts,
        &expect![[r"
        ceiling: 2.600 m/s ± 0.04, 141.0 bpm ± 4
         2 laboratory: 2.600 m/s ± 0.04, 141.0 bpm ± 4: chosen for pace and heart rate
         3 talk-test: 2.500 m/s ± 0.05: less trusted than laboratory
    "]],
    );
    check(
        &Facts { on: day("2026-07-25"), ..facts },
        &expect![[r"
        ceiling: 2.500 m/s ± 0.05, 141.0 bpm ± 7
         3 talk-test: 2.500 m/s ± 0.05: chosen for pace
         5 old-laboratory: 2.600 m/s ± 0.07, 141.0 bpm ± 7: chosen for heart rate
        laboratory-test-too-old: the laboratory test was more than 12 weeks away from this day: it counts less than a talk test or a race
    "]],
    );
}

#[test]
fn a_slow_ceiling_is_raised_to_the_transition() {
    check(
        &Facts { easy_pace: pace(560.0), ..Facts::default() },
        &expect![[r"
        ceiling: 1.900 m/s ± 0.02
         1 physio: 1.786 m/s ± 0.02: chosen for pace
        ceiling-at-walk-run-transition: your easy ceiling is at the walk-run transition, so it was raised to 1.90 m/s (8:46/km); any jog may exceed it: use the talk test
    "]],
    );
}

#[test]
fn sources_that_differ_are_named() {
    let facts = Facts {
        easy_pace: pace(330.0),
        easy_heart_rate: bpm(170.0),
        race: race_5k(1800.0, None),
        age: Some(60.0),
        ..Facts::default()
    };
    check(
        &facts,
        &expect![[r"
        ceiling: 3.030 m/s ± 0.02, 170.0 bpm ± 3
         1 physio: 3.030 m/s ± 0.02, 170.0 bpm ± 3: chosen for pace and heart rate
         4 race: 2.224 m/s ± 0.05: less trusted than physio
        13 maffetone: 115.0 bpm ± 10: less trusted than physio
        15 age: 136.4 bpm ± 11: less trusted than physio
        ceilings-disagree: the easy pace from race is 27 % slower than from physio, which is more trusted and was used
        ceilings-disagree: the easy heart rate from maffetone is 32 % lower than from physio, which is more trusted and was used
    "]],
    );
}

#[test]
fn slips_of_the_pen_are_set_aside() {
    let facts = Facts {
        easy_pace: pace(39.0),
        easy_heart_rate: bpm(190.0),
        max_heart_rate: bpm(185.0),
        race: race_5k(700.0, None),
        age: Some(1988.0),
        watch: WatchFacts { resting_heart_rate: bpm(0.0), ..WatchFacts::default() },
        ..Facts::default()
    };
    check(
        &facts,
        &expect![[r"
            ceiling: 
            implausible-fact: the easy pace cannot be right, and was not used
            implausible-fact: the age cannot be right, and was not used
            implausible-fact: the race was faster than any world record, and was not used
            implausible-fact: the resting heart rate in the watch cannot be right, and was not used
            implausible-fact: the easy heart rate is not below the highest one: neither was used
        "]],
    );
    check(
        &Facts { race: race_5k(90_000.0, None), ..Facts::default() },
        &expect![[r"
            ceiling: 
            implausible-fact: the race was slower than a stroll, and was not used
        "]],
    );
    check(
        &Facts { race: race_5k(0.0, None), ..Facts::default() },
        &expect![[r"
            ceiling: 
            implausible-fact: the race was faster than any world record, and was not used
        "]],
    );
}

#[test]
fn a_default_in_the_watch_gives_way_to_the_runner() {
    let facts = Facts {
        threshold_heart_rate: bpm(172.0),
        watch: WatchFacts {
            max_heart_rate: bpm(170.0),
            resting_heart_rate: bpm(60.0),
            age: Some(40.0),
            threshold_heart_rate: bpm(165.0),
        },
        ..Facts::default()
    };
    check(
        &facts,
        &expect![[r"
            ceiling: 153.1 bpm ± 5
             6 threshold-heart-rate: 153.1 bpm ± 5: chosen for heart rate
             7 watch-threshold-heart-rate: 146.8 bpm ± 7: less trusted than threshold-heart-rate
            14 watch-maffetone: 135.0 bpm ± 10: less trusted than threshold-heart-rate
            16 watch-age: 141.5 bpm ± 10: less trusted than threshold-heart-rate
            implausible-fact: the highest heart rate in the watch is not above what the runner said, and was not used
        "]],
    );
}

fn optional(range: std::ops::Range<f64>) -> impl Strategy<Value = Option<f64>> {
    prop_oneof![1 => Just(None), 3 => range.prop_map(Some), 1 => any::<f64>().prop_map(Some)]
}

proptest! {
    /// Whatever is typed, a ceiling is a number that a runner can hold, and the chosen one heads its kind.
    #[test]
    fn any_facts_give_a_sane_ceiling(
        easy in optional(200.0..900.0),
        easy_hr in optional(80.0..200.0),
        time in optional(800.0..4000.0),
        max in optional(120.0..220.0),
        rest in optional(30.0..90.0),
        age in optional(10.0..90.0),
        days_off in optional(0.0..200.0),
        altitude in optional(0.0..4000.0),
        medication: bool,
    ) {
        let facts = Facts {
            easy_pace: easy.map(Pace::from_seconds_per_kilometer),
            easy_heart_rate: easy_hr.map(HeartRate::from_bpm),
            race: time.and_then(|time| race_5k(time, None)),
            max_heart_rate: max.map(HeartRate::from_bpm),
            resting_heart_rate: rest.map(HeartRate::from_bpm),
            age,
            days_off,
            altitude: altitude.map(Distance::from_meters),
            rate_limiting_medication: medication,
            ..Facts::default()
        };
        let ceiling = choose(&facts);
        if let Some(speed) = ceiling.speed {
            prop_assert!((1.9..=6.5).contains(&speed.value.as_meters_per_second()));
            prop_assert!(speed.uncertainty > 0.0);
        }
        if let Some(heart_rate) = ceiling.heart_rate {
            prop_assert!((50.0..=220.0).contains(&heart_rate.value.as_bpm()), "{heart_rate:?}");
            prop_assert!(!medication || heart_rate.source.holds_under_medication());
        }
        prop_assert!(ceiling.candidates.is_sorted_by_key(|c| c.source));
        prop_assert!(ceiling.candidates.iter().all(|c| !c.reason.is_empty() && (c.speed.is_some() || c.heart_rate.is_some())));
    }

    /// A better race never lowers the ceiling.
    #[test]
    fn a_faster_race_never_lowers_the_ceiling(a in 900.0..3000.0, b in 900.0..3000.0) {
        let at = |time: f64| choose(&Facts { race: race_5k(time, None), ..Facts::default() }).speed.map(|s| s.value);
        prop_assert!(at(f64::min(a, b)) >= at(f64::max(a, b)));
    }
}
