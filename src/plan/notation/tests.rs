use std::fmt::Write as _;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use crate::plan::{Item, Kind, Length, Prescription, Step, StepCeiling};
use crate::units::{Distance, HeartRate, Pace};

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&Prescription::parse(text).expect(text).to_string());
}

#[test]
fn what_people_type() {
    for text in [
        "10x(run 1:00, walk 1:00)",
        "10 x [1 min run : 1 min walk]",
        "10X(R60,W60)",
        "10×(run 60s; walk 60 sec)",
        "10 * (1min run / 1min walk)",
        "(run 1 minute, walk 1 minute) x 10",
        "10x(run for 1:00 then walk for 1:00)",
        "10x(jog 1', walk 60\")",
    ] {
        assert_eq!(
            Prescription::parse(text).map(|p| p.to_string()).as_deref(),
            Ok("10x(run 1:00, walk 1:00)"),
            "{text}"
        );
    }
    check("walk 5:00, 8x(run 90s, walk 2min), walk 5:00", &expect!["walk 5:00, 8x(run 1:30, walk 2:00), walk 5:00"]);
    check("run 20:00", &expect!["run 20:00"]);
    check(
        "run 1.6km, walk 400 meters, run 1mi, run 0.25 miles, walk open",
        &expect!["run 1.6km, walk 400 meters, run 1mi, run 0.25mi, walk open"],
    );
    check(
        "run 1h05 @ 6:30/km, run 1 min 30 s @ 10:30/mi, run 20m @ 145bpm",
        &expect!["run 1:05:00 @ 6:30/km, run 1:30 @ 10:30/mi, run 20:00 @ 145bpm"],
    );
    check(
        "easy run 20 min @ 7:15-7:00/km; brisk walk 5m @ < 120 bpm",
        &expect!["run 20:00 @ 7:00/km, walk 5:00 @ 120bpm"],
    );
    check(
        "warm-up 10:00, 2x(run 90s, walk 90s, 2x(run 3:00, walk 30s)), cool-down open",
        &expect!["any 10:00, 2x(run 1:30, walk 1:30, 2x(run 3:00, walk 30s)), any open"],
    );
    check("until 1mi (run 3:00, walk 2:00)", &expect!["until 1mi (run 3:00, walk 2:00)"]);
    check("3x run 10:00", &expect!["3x(run 10:00)"]);
    check("walk 300s,\n8x(run 60s,\n   walk 90s)", &expect!["walk 5:00, 8x(run 1:00, walk 1:30)"]);
}

/// Writes what is said of each text that cannot be read.
fn check_errors(texts: &[&str], expected: &Expect) {
    let mut told = String::new();
    for text in texts {
        let error = Prescription::parse(text).expect_err(text);
        let hint = if error.hint.is_empty() { String::new() } else { format!("; {}", error.hint) };
        writeln!(told, "{}\n{}{hint}\n", error.pointer(text), error.message).expect("a string");
    }
    expected.assert_eq(&told);
}

#[test]
fn errors_point_at_the_character() {
    let shapes = [
        "",
        "10x(run 1:00, wakl 1:00)",
        "10x(run 1:00, walk 1:00",
        "10x(run 1:00, walk 1:00))",
        "10x(run 1:00 walk 1:00)",
        "10 x 1 min run, 1 min walk",
        "5x()",
        "walk 5:00,\nrun 1:00,\n  sprint 0:30",
        "run 1:00 & walk",
        "💙 run",
        "((((((((run 1:00))))))))",
        // Printed, this repeat has brackets too.
        "((((1x run 1:00))))",
    ];
    check_errors(
        &shapes,
        &expect![[r#"

            ^
            a step is missing here; a step is run, walk or any with a time, a distance or open: run 1:00, walk 90s, run 1.6km, walk open

            10x(run 1:00, wakl 1:00)
                          ^^^^
            this word is not known here; a step is run, walk or any with a time, a distance or open: run 1:00, walk 90s, run 1.6km, walk open

            10x(run 1:00, walk 1:00
               ^
            this bracket is never closed with )

            10x(run 1:00, walk 1:00))
                                    ^
            nothing was opened that this could close

            10x(run 1:00 walk 1:00)
                         ^^^^
            a comma is missing before this step

            10 x 1 min run, 1 min walk
            ^^^^^^^^^^^^^^^
            it is not clear how much of this repeats; put what repeats in brackets: 10x(run 1:00, walk 1:00)

            5x()
               ^
            a step is missing here; a step is run, walk or any with a time, a distance or open: run 1:00, walk 90s, run 1.6km, walk open

              sprint 0:30
              ^^^^^^
            this word is not known here; a step is run, walk or any with a time, a distance or open: run 1:00, walk 90s, run 1.6km, walk open

            run 1:00 & walk
                       ^^^^
            how long?; write run 1:00, run 1.6km or run open

            💙 run
            ^
            a step is missing here; a step is run, walk or any with a time, a distance or open: run 1:00, walk 90s, run 1.6km, walk open

            ((((((((run 1:00))))))))
                ^
            repeats are nested too deep

            ((((1x run 1:00))))
                   ^^^
            repeats are nested too deep

        "#]],
    );
}

#[test]
fn errors_say_what_is_wrong_with_a_number() {
    let numbers = [
        "run 20",
        "run 400m",
        "run 1:75",
        "20:00",
        "run",
        "run 1:00 2:00",
        "run 0s",
        "run 999km",
        "run 1:00 @ 6:30",
        "run 1:00 @ 145",
        "run 1:00 @ 1450 bpm",
        "0x(run 1:00)",
        "9999x(run 1:00)",
        "100x(100x(run 1:00))",
    ];
    check_errors(
        &numbers,
        &expect![[r"
        run 20
            ^^
        this number has no unit; write 20min, 20s, 20:00, 2km or 2mi

        run 400m
            ^^^^
        m means minutes here; write 400 meters, 0.4km or 400min

        run 1:75
            ^^^^
        this is no time: what follows a colon has two digits, below 60; write 1:30 or 1:05:00

        20:00
        ^^^^^
        run or walk?; a step is run, walk or any with a time, a distance or open: run 1:00, walk 90s, run 1.6km, walk open

        run
        ^^^
        how long?; write run 1:00, run 1.6km or run open

        run 1:00 2:00
                 ^^^^
        this step has two lengths; is a comma missing, or run or walk?

        run 0s
            ^^
        a step is longer than nothing and at most 48 h or 300 km

        run 999km
            ^^^^^
        a step is longer than nothing and at most 48 h or 300 km

        run 1:00 @ 6:30
                   ^^^^
        this is no pace and no heart rate; write @ 6:30/km, @ 10:30/mi or @ 145bpm

        run 1:00 @ 145
                   ^^^
        this is no pace and no heart rate; write @ 6:30/km, @ 10:30/mi or @ 145bpm

        run 1:00 @ 1450 bpm
                   ^^^^^^^^
        this is no pace and no heart rate; write @ 6:30/km, @ 10:30/mi or @ 145bpm

        0x(run 1:00)
        ^
        a repeat is a whole number from 1 to 500

        9999x(run 1:00)
        ^^^^
        a repeat is a whole number from 1 to 500

        100x(100x(run 1:00))
        ^^^^^^^^^^^^^^^^^^^^
        the plan comes to more than 500 steps

    "]],
    );
}

fn step() -> impl Strategy<Value = Item> {
    let length = prop_oneof![
        (1_u32..20_000).prop_map(|s| Length::Time(f64::from(s))),
        (1_u32..200_000).prop_map(|ms| Length::Time(f64::from(ms) / 1000.0)),
        (1_000_u32..100_000_000).prop_map(|mm| Length::Distance(Distance::from_meters(f64::from(mm) / 1000.0))),
        (1_u32..5000).prop_map(|mi| Length::Distance(Distance::from_meters(
            (f64::from(mi) / 100.0 * 1_609_344.0).round() / 1000.0
        ))),
        Just(Length::Open),
    ];
    let ceiling = prop_oneof![
        Just(None),
        (150_u32..900).prop_map(|s| Some(StepCeiling::Pace(Pace::from_seconds_per_kilometer(f64::from(s))))),
        (250_u32..1400).prop_map(|s| Some(StepCeiling::Pace(Pace::from_seconds_per_mile(f64::from(s))))),
        (60_u32..220).prop_map(|bpm| Some(StepCeiling::HeartRate(HeartRate::from_bpm(f64::from(bpm))))),
    ];
    let kind = prop_oneof![Just(Kind::Run), Just(Kind::Walk), Just(Kind::Any)];
    (kind, length, ceiling).prop_map(|(kind, length, ceiling)| Item::Step(Step { kind, length, ceiling }))
}

#[test]
fn repeats_within_repeats_stay_bounded() {
    let plan = Prescription::parse("run 10s, until 42km (run 10s), walk 10s").unwrap();
    assert_eq!(plan.steps().len(), crate::plan::MAX_STEPS);
}

fn items() -> impl Strategy<Value = Vec<Item>> {
    let item = step().prop_recursive(3, 12, 3, |inner| {
        let inside = prop::collection::vec(inner, 1..4);
        prop_oneof![
            (1_usize..5, inside.clone()).prop_map(|(times, items)| Item::Repeat(times, items)),
            (1_u32..20, inside).prop_map(|(km, items)| Item::Until(Distance::from_kilometers(f64::from(km)), items)),
        ]
    });
    prop::collection::vec(item, 1..4)
}

/// A step in repeats of every kind around one another, more of them than there may be too.
fn typed() -> impl Strategy<Value = String> {
    let step = prop_oneof![Just("run 1:00"), Just("r60"), Just("walk 400 meters @ 9:00/km"), Just("any open")];
    let around = prop::collection::vec((0..6_usize, 1..3_u8), 0..6);
    (step, around).prop_map(|(step, around)| {
        around.into_iter().fold(step.to_owned(), |inner, (kind, times)| match kind {
            0 => format!("({inner})"),
            1 => format!("{times}x({inner})"),
            2 => format!("({inner}) x {times}"),
            3 => format!("{times}x {inner}"),
            4 => format!("until 1mi ({inner})"),
            _ => format!("(run 1:00, {inner})"),
        })
    })
}

proptest! {
    #[test]
    fn what_is_read_prints_as_what_reads_the_same(text in typed()) {
        if let Ok(plan) = Prescription::parse(&text) {
            prop_assert_eq!(Prescription::parse(&plan.to_string()), Ok(plan), "{}", text);
        }
    }

    #[test]
    fn printing_and_reading_gives_the_same_plan(items in items()) {
        let plan = Prescription { items };
        let text = plan.to_string();
        let read = Prescription::parse(&text).map_err(|e| TestCaseError::fail(e.pointer(&text)))?;
        prop_assert_eq!(read.to_string(), text);
        prop_assert_eq!(read, plan);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(run |walk |[0-9]{1,3}|x|\\(|\\)|,|:|s|min|km|mi|@|/| |\\PC){0,24}") {
        match Prescription::parse(&text) {
            Ok(plan) => prop_assert_eq!(Prescription::parse(&plan.to_string()), Ok(plan)),
            Err(error) => {
                let at_most = text.chars().count();
                prop_assert!(error.at <= at_most, "{} in {:?}", error.at, text);
                error.pointer(&text);
            }
        }
    }
}
