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
        &expect![[r#"
            ceiling: 2.564 m/s ± 0.02, 143.7 bpm ± 9
             1 physio: 2.564 m/s ± 0.02: chosen for pace
             7 race: 2.635 m/s ± 0.05, 143.7 bpm ± 9: chosen for heart rate
             9 threshold-heart-rate: 149.5 bpm ± 5: less trusted than race
            11 critical-speed: 2.652 m/s ± 0.06: less trusted than physio
            12 heart-rate-reserve: 141.2 bpm ± 9: less trusted than race
            14 max-heart-rate: 147.7 bpm ± 10: less trusted than race
            15 watch-max-heart-rate: 143.8 bpm ± 12: less trusted than race
            17 maffetone: 132.0 bpm ± 10: less trusted than race
            18 watch-maffetone: 135.0 bpm ± 10: less trusted than race
            19 age: 140.9 bpm ± 12: less trusted than race
            20 watch-age: 142.2 bpm ± 12: less trusted than race
        "#]],
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
        &expect![[r#"
            ceiling: 2.403 m/s ± 0.08
             7 race: 2.403 m/s ± 0.08: chosen for pace
            race-before-lay-off: 42 days lie between the race and the first day of rehab; were all of them without running, they would take 11 % off the race's VDOT, as is done here: give the days off where they were fewer
        "#]],
    );
    check(
        &Facts { cross_trained: true, ..facts.clone() },
        &expect![[r#"
            ceiling: 2.518 m/s ± 0.08
             7 race: 2.518 m/s ± 0.08: chosen for pace
            race-before-lay-off: 42 days lie between the race and the first day of rehab; were all of them without running, they would take 6 % off the race's VDOT, as is done here: give the days off where they were fewer
        "#]],
    );
    check(
        &Facts { days_off: Some(3.0), ..facts.clone() },
        &expect![[r#"
            ceiling: 2.635 m/s ± 0.08
             7 race: 2.635 m/s ± 0.08: chosen for pace
        "#]],
    );
    check(
        &Facts { on: day("2026-09-04"), ..facts.clone() },
        &expect![[r#"
            ceiling: 
             7 race: 2.403 m/s ± 0.08: not used: it is from before the injury, and 12 weeks of rehab have passed since
            race-before-lay-off: 42 days lie between the race and the first day of rehab; were all of them without running, they would take 11 % off the race's VDOT, as is done here: give the days off where they were fewer
            race-not-used: the race is not used: it is from before the injury, and 12 weeks of rehab have passed since
        "#]],
    );
    check(
        &Facts { race: race_5k(1500.0, day("2026-06-20")), ..facts.clone() },
        &expect![[r#"
            ceiling: 2.635 m/s ± 0.05
             7 race: 2.635 m/s ± 0.05: chosen for pace
        "#]],
    );
    check(
        &Facts { race: race_5k(1500.0, None), ..facts },
        &expect![[r#"
            ceiling: 2.635 m/s ± 0.08
             7 race: 2.635 m/s ± 0.08: chosen for pace
            race-of-unknown-age: nothing says whether the race was before the injury; if it was, the pace from it is too fast: give the date of the race and the first day of rehab
        "#]],
    );
}

#[test]
fn thin_air_takes_from_a_race_at_sea_level() {
    let here = Facts { race: race_5k(1500.0, None), altitude: Some(Distance::from_meters(1800.0)), ..Facts::default() };
    check(
        &here,
        &expect![[r#"
            ceiling: 2.438 m/s ± 0.05
             7 race: 2.438 m/s ± 0.05: chosen for pace
            race-at-another-altitude: the altitude of these runs makes the VDOT 9 % lower than at the race
        "#]],
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
        &expect![[r#"
            ceiling: 
             7 race: 2.635 m/s ± 0.05, 143.7 bpm ± 9: not used: with rate-limiting medication, a race counts only when it was run since the first day of rehab
            12 heart-rate-reserve: 141.2 bpm ± 9: not used: rate-limiting medication
            14 max-heart-rate: 147.7 bpm ± 10: not used: rate-limiting medication
            17 maffetone: 132.0 bpm ± 10: not used: rate-limiting medication
            19 age: 140.9 bpm ± 12: not used: rate-limiting medication
            race-not-used: the race is not used: with rate-limiting medication, a race counts only when it was run since the first day of rehab
            heart-rate-ceilings-dropped: heart-rate ceilings from formulas do not hold with rate-limiting medication and were dropped: ask your clinician for a limit; until then run only as fast as you can talk in whole sentences
        "#]],
    );
    check(
        &Facts { easy_heart_rate: bpm(110.0), ..facts },
        &expect![[r#"
            ceiling: 110.0 bpm ± 3
             1 physio: 110.0 bpm ± 3: chosen for heart rate
             7 race: 2.635 m/s ± 0.05, 143.7 bpm ± 9: not used: with rate-limiting medication, a race counts only when it was run since the first day of rehab
            12 heart-rate-reserve: 141.2 bpm ± 9: not used: rate-limiting medication
            14 max-heart-rate: 147.7 bpm ± 10: not used: rate-limiting medication
            17 maffetone: 132.0 bpm ± 10: not used: rate-limiting medication
            19 age: 140.9 bpm ± 12: not used: rate-limiting medication
            race-not-used: the race is not used: with rate-limiting medication, a race counts only when it was run since the first day of rehab
            heart-rate-ceilings-dropped: heart-rate ceilings from formulas do not hold with rate-limiting medication and were dropped: ask your clinician for a limit; until then run only as fast as you can talk in whole sentences
        "#]],
    );
}

#[test]
fn a_race_run_on_the_medication_counts() {
    let facts = Facts {
        rate_limiting_medication: true,
        rehab_started: day("2026-05-01"),
        race: race_5k(1500.0, day("2026-06-20")),
        critical_speed: Some(Speed::from_meters_per_second(3.4)),
        on: day("2026-07-01"),
        ..Facts::default()
    };
    check(
        &facts,
        &expect![[r#"
            ceiling: 2.635 m/s ± 0.05
             7 race: 2.635 m/s ± 0.05: chosen for pace
            11 critical-speed: 2.652 m/s ± 0.06: not used: rate-limiting medication, and nothing says whether it was measured with it
        "#]],
    );
}

#[test]
fn nobody_gets_a_ceiling_that_no_run_can_keep() {
    let facts = |age| Facts { age: Some(age), resting_heart_rate: bpm(100.0), ..Facts::default() };
    check(
        &facts(90.0),
        &expect![[r#"
            ceiling: 
            17 maffetone: 80.0 bpm ± 10: not used: the formulas were made with people of up to 89 years: ask a clinician for a limit
            19 age: 134.7 bpm ± 12: not used: the formulas were made with people of up to 89 years: ask a clinician for a limit
            formulas-for-adults: the formulas were made with people of up to 89 years, and none is used over 89: ask a clinician for a limit
        "#]],
    );
    check(
        &facts(75.0),
        &expect![[r#"
            ceiling: 140.9 bpm ± 12
            17 maffetone: 95.0 bpm ± 10: not used: it is less than 20 bpm above the resting heart rate
            19 age: 140.9 bpm ± 12: chosen for heart rate
        "#]],
    );
    check(
        &facts(12.0),
        &expect![[r#"
            ceiling: 
            17 maffetone: 165.0 bpm ± 10: not used: the formulas were made with adults: ask a clinician for a limit
            19 age: 167.2 bpm ± 12: not used: the formulas were made with adults: ask a clinician for a limit
            formulas-for-adults: the formulas were made with adults, and none is used under 18: ask a clinician for a limit
        "#]],
    );
    check(
        &Facts { race: race_5k(2700.0, None), ..Facts::default() },
        &expect![[r#"
            ceiling: 
             7 race: 1.536 m/s ± 0.05: not used: it ends below the walk-run transition
            ceiling-at-walk-run-transition: a pace ceiling from a formula ends below the walk-run transition, where any jog would be over it, and was not used: run only as fast as you can talk in whole sentences, go by heart rate, or walk
        "#]],
    );
    let high = Some(Distance::from_meters(4500.0));
    check(
        &Facts { race: race_5k(1500.0, None), altitude: high, ..Facts::default() },
        &expect![[r#"
            ceiling: 
             7 race: 2.305 m/s ± 0.05: not used: the runs are above 2800 m, and what such height takes was not measured
            race-at-another-altitude: the altitude of these runs makes the VDOT 16 % lower than at the race
            race-not-used: the race is not used: the runs are above 2800 m, and what such height takes was not measured
        "#]],
    );
    let thresholds =
        |bpms: [f64; 2]| Facts { threshold_heart_rate: bpm(bpms[0]), max_heart_rate: bpm(bpms[1]), ..Facts::default() };
    check(
        &thresholds([186.0, 187.0]),
        &expect![[r"
        ceiling: 
        implausible-fact: the threshold heart rate is not between 70 and 97 % of the highest one: neither was used
    "]],
    );
    check(
        &thresholds([110.0, 187.0]),
        &expect![[r#"
            ceiling: 147.7 bpm ± 10
            14 max-heart-rate: 147.7 bpm ± 10: chosen for heart rate
            implausible-fact: the threshold heart rate cannot be right, and was not used
        "#]],
    );
    let dated = |race: &str, on: &str| Facts { race: race_5k(1500.0, day(race)), on: day(on), ..Facts::default() };
    check(
        &dated("2030-01-01", "2026-07-01"),
        &expect![[r#"
            ceiling: 
             7 race: 2.635 m/s ± 0.08: not used: it lies more than 12 weeks after this day
            race-not-used: the race is not used: it lies more than 12 weeks after this day
        "#]],
    );
    check(
        &dated("2026-08-01", "2026-07-01"),
        &expect![[r#"
            ceiling: 2.635 m/s ± 0.08
             7 race: 2.635 m/s ± 0.08: chosen for pace
            race-after-this-day: the race is dated after this day: the runner may have been less fit then, so the pace from it is less certain
        "#]],
    );
}

#[test]
fn who_gave_an_easy_pace_is_said() {
    for easy_from in [Giver::Unsaid, Giver::Laboratory, Giver::TalkTest, Giver::Guess] {
        let given = Facts { easy_pace: pace(390.0), easy_heart_rate: bpm(145.0), easy_from, ..Facts::default() };
        let facts = Facts { race: race_5k(1300.0, None), age: Some(38.0), rate_limiting_medication: true, ..given };
        match easy_from {
            Giver::Unsaid => check(
                &facts,
                &expect![[r#"
                    ceiling: 2.564 m/s ± 0.02, 145.0 bpm ± 3
                     2 as-given: 2.564 m/s ± 0.02, 145.0 bpm ± 3: chosen for pace and heart rate
                     7 race: 3.013 m/s ± 0.05: not used: with rate-limiting medication, a race counts only when it was run since the first day of rehab
                    17 maffetone: 132.0 bpm ± 10: not used: rate-limiting medication
                    19 age: 147.5 bpm ± 13: not used: rate-limiting medication
                    race-not-used: the race is not used: with rate-limiting medication, a race counts only when it was run since the first day of rehab
                    heart-rate-ceilings-dropped: heart-rate ceilings from formulas do not hold with rate-limiting medication and were dropped: ask your clinician for a limit; until then run only as fast as you can talk in whole sentences
                "#]],
            ),
            Giver::Laboratory => check(
                &facts,
                &expect![[r#"
                    ceiling: 2.564 m/s ± 0.04, 145.0 bpm ± 4
                     3 laboratory: 2.564 m/s ± 0.04, 145.0 bpm ± 4: chosen for pace and heart rate
                     7 race: 3.013 m/s ± 0.05: not used: with rate-limiting medication, a race counts only when it was run since the first day of rehab
                    17 maffetone: 132.0 bpm ± 10: not used: rate-limiting medication
                    19 age: 147.5 bpm ± 13: not used: rate-limiting medication
                    laboratory-test-without-date: the laboratory test has no date and counts as recent
                    race-not-used: the race is not used: with rate-limiting medication, a race counts only when it was run since the first day of rehab
                    heart-rate-ceilings-dropped: heart-rate ceilings from formulas do not hold with rate-limiting medication and were dropped: ask your clinician for a limit; until then run only as fast as you can talk in whole sentences
                "#]],
            ),
            Giver::TalkTest => check(
                &facts,
                &expect![[r#"
                    ceiling: 2.564 m/s ± 0.05
                     4 talk-test: 2.564 m/s ± 0.05, 145.0 bpm ± 5: chosen for pace; no heart rate: rate-limiting medication
                     7 race: 3.013 m/s ± 0.05: not used: with rate-limiting medication, a race counts only when it was run since the first day of rehab
                    17 maffetone: 132.0 bpm ± 10: not used: rate-limiting medication
                    19 age: 147.5 bpm ± 13: not used: rate-limiting medication
                    race-not-used: the race is not used: with rate-limiting medication, a race counts only when it was run since the first day of rehab
                    heart-rate-ceilings-dropped: heart-rate ceilings from formulas do not hold with rate-limiting medication and were dropped: ask your clinician for a limit; until then run only as fast as you can talk in whole sentences
                "#]],
            ),
            _ => check(
                &facts,
                &expect![[r#"
                    ceiling: 2.564 m/s ± 0.08
                     5 guess: 2.564 m/s ± 0.08, 145.0 bpm ± 10: chosen for pace; no heart rate: rate-limiting medication
                     7 race: 3.013 m/s ± 0.05: not used: with rate-limiting medication, a race counts only when it was run since the first day of rehab
                    17 maffetone: 132.0 bpm ± 10: not used: rate-limiting medication
                    19 age: 147.5 bpm ± 13: not used: rate-limiting medication
                    ceiling-is-a-guess: the ceiling is the runner's own estimate: a talk test of 20 minutes, or a physio, gives a better one
                    race-not-used: the race is not used: with rate-limiting medication, a race counts only when it was run since the first day of rehab
                    heart-rate-ceilings-dropped: heart-rate ceilings from formulas do not hold with rate-limiting medication and were dropped: ask your clinician for a limit; until then run only as fast as you can talk in whole sentences
                "#]],
            ),
        }
    }
}

#[test]
fn no_formula_takes_the_place_of_a_limit_that_was_given() {
    let facts = Facts { easy_pace: pace(39.0), race: race_5k(1500.0, None), ..Facts::default() };
    check(
        &facts,
        &expect![[r#"
            ceiling: 
             7 race: 2.635 m/s ± 0.05: not used: the easy pace that was given cannot be right, and no formula takes its place
            implausible-fact: the easy pace cannot be right, and was not used
        "#]],
    );
    let facts =
        Facts { easy_heart_rate: bpm(112.0), resting_heart_rate: bpm(115.0), age: Some(30.0), ..Facts::default() };
    check(
        &facts,
        &expect![[r#"
            ceiling: 112.0 bpm ± 3
             1 physio: 112.0 bpm ± 3: chosen for heart rate
            17 maffetone: 140.0 bpm ± 10: less trusted than physio
            19 age: 151.5 bpm ± 13: less trusted than physio
            implausible-fact: the resting heart rate cannot be right, and was not used
            ceilings-disagree: the easy heart rate from age is 35 % higher than from physio, which is more trusted and was used
        "#]],
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
        &expect![[r#"
            ceiling: 2.600 m/s ± 0.04, 141.0 bpm ± 4
             3 laboratory: 2.600 m/s ± 0.04, 141.0 bpm ± 4: chosen for pace and heart rate
             4 talk-test: 2.500 m/s ± 0.05: less trusted than laboratory
        "#]],
    );
    check(
        &Facts { on: day("2026-07-25"), ..facts },
        &expect![[r#"
            ceiling: 2.500 m/s ± 0.05, 141.0 bpm ± 7
             4 talk-test: 2.500 m/s ± 0.05: chosen for pace
             8 old-laboratory: 2.600 m/s ± 0.07, 141.0 bpm ± 7: chosen for heart rate
            laboratory-test-too-old: the laboratory test was more than 12 weeks away from this day: it counts less than a talk test or a race
        "#]],
    );
}

#[test]
fn a_slow_ceiling_from_a_person_stands() {
    check(
        &Facts { easy_pace: pace(560.0), ..Facts::default() },
        &expect![[r"
            ceiling: 1.786 m/s ± 0.02
             1 physio: 1.786 m/s ± 0.02: chosen for pace
            ceiling-at-walk-run-transition: the easy pace is slower than the walk-run transition, so that any jog may be over it: it stands as it was given; talk test, heart rate or walking suit it better than pace
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
        &expect![[r#"
            ceiling: 3.030 m/s ± 0.02, 170.0 bpm ± 3
             1 physio: 3.030 m/s ± 0.02, 170.0 bpm ± 3: chosen for pace and heart rate
             7 race: 2.224 m/s ± 0.05: less trusted than physio
            17 maffetone: 110.0 bpm ± 10: less trusted than physio
            19 age: 136.4 bpm ± 13: less trusted than physio
            ceilings-disagree: the easy pace from race is 27 % slower than from physio, which is more trusted and was used
            ceilings-disagree: the easy heart rate from maffetone is 35 % lower than from physio, which is more trusted and was used
        "#]],
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
            zone_two_top: None,
        },
        ..Facts::default()
    };
    check(
        &facts,
        &expect![[r#"
            ceiling: 153.1 bpm ± 5
             9 threshold-heart-rate: 153.1 bpm ± 5: chosen for heart rate
            10 watch-threshold-heart-rate: 146.8 bpm ± 7: less trusted than threshold-heart-rate
            18 watch-maffetone: 130.0 bpm ± 10: less trusted than threshold-heart-rate
            20 watch-age: 141.5 bpm ± 12: less trusted than threshold-heart-rate
            implausible-fact: the highest heart rate in the watch is not above what the runner said, and was not used
            ceilings-disagree: the easy heart rate from watch maffetone is 15 % lower than from threshold heart rate, which is more trusted and was used
        "#]],
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
            prop_assert!((0.8..=6.5).contains(&speed.value.as_meters_per_second()));
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
