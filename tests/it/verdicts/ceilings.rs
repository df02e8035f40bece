//! Holds every ceiling source against ceilings worked out apart from the program (`data/ceilings.py`), and a person's word
//! against every option and plan.

use crate::common;
use common::checks;
use proptest::prelude::*;
use rehabrun::auditor::{Settings, audit_bytes};
use rehabrun::ceiling::{Facts, Giver, Race, Threshold, choose};
use rehabrun::export::fit;
use rehabrun::plan::Plan;
use rehabrun::plan::{Prescription, built_in};
use rehabrun::report::Class;
use rehabrun::synth::{Script, Setup, record};
use rehabrun::units::{Date, Distance, HeartRate, Pace, Speed};

#[test]
fn every_source_gives_what_its_publication_says() {
    let table = include_str!("../../data/ceilings.tsv");
    let mut faults = Vec::new();
    for line in table.lines() {
        let [facts, pace, heart_rate] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("three columns: {line}")
        };
        let chosen = choose(&self::facts(facts));
        let got_pace = chosen.speed.map(|limit| 1000.0 / limit.value.as_meters_per_second());
        let got_heart_rate = chosen.heart_rate.map(|limit| limit.value.as_bpm());
        for (wanted, got, tolerance) in [(pace, got_pace, 0.01), (heart_rate, got_heart_rate, 0.01)] {
            let wanted: Option<f64> = wanted.parse().ok();
            let same = match (wanted, got) {
                (Some(wanted), Some(got)) => (wanted - got).abs() <= tolerance,
                (wanted, got) => wanted.is_none() && got.is_none(),
            };
            if !same {
                faults.push(format!("{facts}: {wanted:?} is not {got:?}"));
            }
        }
    }
    assert!(table.lines().count() >= 40);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Reads facts such as `race=5000/1500@2026-05-01 rest=56`.
fn facts(text: &str) -> Facts {
    let mut facts = Facts::default();
    for word in text.split(' ') {
        let (key, value) = word.split_once('=').unwrap_or((word, ""));
        let (value, date) = value.split_once('@').unwrap_or((value, ""));
        let number = || value.parse::<f64>().expect("a number");
        let pair = || {
            let (a, b) = value.split_once('/').expect("a pair");
            (a.parse::<f64>().expect("a number"), b.parse::<f64>().expect("a number"))
        };
        let threshold = || {
            let (speed, bpm) = pair();
            let heart_rate = Some(HeartRate::from_bpm(bpm));
            Some(Threshold { speed: Some(Speed::from_meters_per_second(speed)), heart_rate, date: None })
        };
        let day = || Date::parse(value);
        match key {
            "pace" => facts.easy_pace = Some(Pace::from_seconds_per_kilometer(number())),
            "hr" => facts.easy_heart_rate = Some(HeartRate::from_bpm(number())),
            "lab" => facts.first_threshold = threshold(),
            "talk" => facts.talk_test = threshold(),
            "race" => {
                let (meters, time_s) = pair();
                let distance = Distance::from_meters(meters);
                facts.race = Some(Race { distance, time_s, date: Date::parse(date), altitude: None });
            }
            "critical" => facts.critical_speed = Some(Speed::from_meters_per_second(number())),
            "lthr" => facts.threshold_heart_rate = Some(HeartRate::from_bpm(number())),
            "max" => facts.max_heart_rate = Some(HeartRate::from_bpm(number())),
            "rest" => facts.resting_heart_rate = Some(HeartRate::from_bpm(number())),
            "watch-max" => facts.watch.max_heart_rate = Some(HeartRate::from_bpm(number())),
            "watch-lthr" => facts.watch.threshold_heart_rate = Some(HeartRate::from_bpm(number())),
            "age" => facts.age = Some(number()),
            "days" => facts.days_off = Some(number()),
            "altitude" => facts.altitude = Some(Distance::from_meters(number())),
            "medication" => facts.rate_limiting_medication = true,
            "cross" => facts.cross_trained = true,
            "rehab" => facts.rehab_started = day(),
            "on" => facts.on = day(),
            _ => panic!("unknown fact {key}"),
        }
    }
    facts
}

fn some(range: std::ops::Range<f64>) -> impl Strategy<Value = Option<f64>> {
    prop_oneof![1 => Just(None), 2 => range.prop_map(Some), 1 => any::<f64>().prop_map(Some)]
}

/// What else may be known of a runner, sensible or not.
fn other_facts() -> impl Strategy<Value = Facts> {
    let heart_rates = (some(60.0..220.0), some(100.0..230.0), some(30.0..120.0), some(100.0..230.0));
    (some(800.0..4000.0), heart_rates, some(5.0..100.0), some(2.0..5.0), some(0.0..5000.0), any::<[bool; 3]>())
        .prop_map(
            |(
                time,
                (lthr, max, rest, watch_max),
                age,
                critical,
                altitude,
                [medication, cross_trained, after_surgery],
            )| {
                let mut facts = Facts {
                    race: time.map(|time_s| Race {
                        distance: Distance::from_meters(5000.0),
                        time_s,
                        date: None,
                        altitude: None,
                    }),
                    threshold_heart_rate: lthr.map(HeartRate::from_bpm),
                    max_heart_rate: max.map(HeartRate::from_bpm),
                    resting_heart_rate: rest.map(HeartRate::from_bpm),
                    critical_speed: critical.map(Speed::from_meters_per_second),
                    altitude: altitude.map(Distance::from_meters),
                    age,
                    rate_limiting_medication: medication,
                    cross_trained,
                    after_surgery,
                    ..Facts::default()
                };
                facts.watch.max_heart_rate = watch_max.map(HeartRate::from_bpm);
                facts
            },
        )
}

proptest! {
    /// No option makes the ceiling faster than what a person gave, sensible or not.
    #[test]
    fn what_a_person_gave_is_never_raised(
        pace in prop_oneof![4 => 200.0..1200.0, 1 => any::<f64>()],
        heart_rate in prop_oneof![4 => 60.0..200.0, 1 => any::<f64>()],
        by in 0..7_usize,
        other in other_facts(),
    ) {
        let given = Pace::from_seconds_per_kilometer(pace);
        let bpm = HeartRate::from_bpm(heart_rate);
        let threshold = Some(Threshold { speed: Some(given.speed()), heart_rate: Some(bpm), date: None });
        let facts = match by {
            0 => Facts { first_threshold: threshold, ..other },
            by @ 1..=5 => {
                let givers = [Giver::Physio, Giver::Unsaid, Giver::Laboratory, Giver::TalkTest, Giver::Guess];
                let easy_from = givers[by - 1];
                Facts { easy_pace: Some(given), easy_heart_rate: Some(bpm), easy_from, ..other }
            }
            _ => Facts { talk_test: threshold, ..other },
        };
        let chosen = choose(&facts);
        let speed = given.speed().as_meters_per_second();
        prop_assert!(chosen.speed.is_none_or(|limit| limit.value.as_meters_per_second() <= speed));
        prop_assert!(chosen.heart_rate.is_none_or(|limit| limit.value.as_bpm() <= heart_rate));
    }
}

/// Plans of all kinds: built in, by name and by session, and with a pace of their own.
fn plans() -> Vec<Plan> {
    let written = ["run 30:00 @ 3:00/km", "10x(run 1:00 @ 4:30/km, walk 1:00)", "20x(run 1:00 @ 200bpm, walk 30s)"];
    let mut plans: Vec<Plan> = written
        .into_iter()
        .map(|text| Plan::Session {
            prescription: Prescription::parse(text).expect("a plan"),
            source: "--plan".to_owned(),
        })
        .collect();
    for programme in built_in::all() {
        let paced = |text: &str| text.contains('@');
        let ends = [&programme.stages[0], &programme.stages[programme.stages.len() - 1]];
        let stages = programme
            .stages
            .iter()
            .filter(|stage| paced(&stage.session.to_string()) || ends.iter().any(|end| end.name == stage.name));
        for stage in stages {
            let source = format!("{}/{}", programme.name, stage.name);
            plans.push(Plan::Session { prescription: stage.session.clone(), source });
        }
        plans.push(Plan::Programme(programme));
    }
    plans
}

#[test]
fn no_plan_turns_a_breach_into_easy() {
    let scripts = [
        "walk 300s, 10x(run 60s 3.2m/s, walk 60s)",
        "walk 120s, 4x(run 120s 3.3m/s, walk 120s)",
        "run 1800s 2.9m/s",
        "run 900s 2.3m/s, 6x(run 60s 3.2m/s, run 60s 2m/s)",
    ];
    let mut faults = Vec::new();
    for script in scripts {
        let parsed = Script::parse(script).expect("a script");
        let bytes = fit::activity(&record(&parsed, &Setup::new(Some(7))).activity);
        let mut settings = checks::settings(Some(420.0));
        settings.report.chart = false;
        let over = [Class::DisguisedIntervals, Class::AboveEasy, Class::DriftedOver, Class::Surges];
        assert!(over.contains(&class_of(&bytes, &settings)), "{script} is no breach");
        for plan in plans() {
            let source = match &plan {
                Plan::Session { prescription, source } => format!("{source} {prescription}"),
                Plan::Programme(programme) => programme.name.clone(),
            };
            settings.runner.plan = Some(plan);
            let class = class_of(&bytes, &settings);
            if !over.contains(&class) {
                faults.push(format!("{script} is {class:?} under {source}"));
            }
            // A built-in programme is no ceiling where there is no other.
            let mut alone = checks::settings(None);
            alone.runner.plan.clone_from(&settings.runner.plan);
            if !source.starts_with("--plan") && class_of(&bytes, &alone) == Class::Easy {
                faults.push(format!("{script} is easy under {source} without a ceiling"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn class_of(bytes: &[u8], settings: &Settings) -> Class {
    audit_bytes("run.fit", bytes.to_vec(), settings).verdict.expect("a verdict")
}
