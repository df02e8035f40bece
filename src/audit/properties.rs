//! What must hold for the audit of every session.

use proptest::prelude::*;

use super::Class;
use super::testing::{Step, audited_with, ceiling, run, walk, without_heart};
use crate::ceiling::Ceiling;
use crate::units::{Speed, Timestamp};

fn any_script() -> impl Strategy<Value = Vec<Step>> {
    let run = (15_usize..400, 0.75_f64..1.5).prop_map(|(seconds, ratio)| run(seconds, ratio));
    let walk = (10_usize..150).prop_map(walk);
    prop::collection::vec(prop_oneof![3 => run, 1 => walk], 1..20)
}

/// The ceiling of the tests with its speed and its heart rate times a factor.
fn scaled(factor: f64, heart_rate: Option<f64>) -> Ceiling {
    let mut ceiling = ceiling(heart_rate.map(|bpm| bpm * factor));
    if let Some(limit) = &mut ceiling.speed {
        limit.value = Speed::from_meters_per_second(limit.value.as_meters_per_second() * factor);
    }
    ceiling
}

proptest! {
    // A session takes milliseconds in a debug build.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn raising_the_ceiling_never_adds_a_breach(script in any_script(), low in 0.7_f64..1.3, more in 1.0_f64..1.4, with_pace: bool) {
        let of = |factor: f64| {
            let mut ceiling = scaled(factor, Some(145.0));
            ceiling.speed = ceiling.speed.filter(|_| with_pace);
            audited_with(&script, &ceiling, |_| ()).verdict
        };
        let (low, high) = (of(low), of(low * more));
        prop_assert!(low.class.is_over() || !high.class.is_over(), "{}\n{}", low.sentence, high.sentence);
    }

    #[test]
    fn loosening_the_ceiling_never_makes_the_class_worse_nor_lets_it_jump_back(script in any_script()) {
        let classes: Vec<Class> = (0..12)
            .map(|step| audited_with(&script, &{
                let mut ceiling = scaled(0.7 * 1.06_f64.powi(step), None);
                ceiling.heart_rate = None;
                ceiling
            }, |_| ()).verdict.class)
            .collect();
        prop_assert!(classes.is_sorted(), "{classes:?}");
    }

    #[test]
    fn removing_heart_rate_never_turns_a_breach_into_a_pass(script in any_script(), bpm in 120.0_f64..170.0, with_pace: bool) {
        let mut ceiling = ceiling(Some(bpm));
        ceiling.speed = ceiling.speed.filter(|_| with_pace);
        let with = audited_with(&script, &ceiling, |_| ()).verdict;
        let without = audited_with(&script, &ceiling, without_heart).verdict;
        prop_assert!(!with.class.is_over() || without.class != Class::Easy, "{}\n{}", with.sentence, without.sentence);
        prop_assert!(without.class != Class::Easy || with.class == Class::Easy);
    }

    #[test]
    fn another_day_changes_nothing(script in any_script(), seconds in -1_000_000_000_i64..1_000_000_000) {
        let here = audited_with(&script, &ceiling(Some(145.0)), |_| ());
        let then = audited_with(&script, &ceiling(Some(145.0)), |timeline| {
            timeline.start = Timestamp::from_unix_seconds(1_000_000_000 + seconds);
        });
        prop_assert_eq!(here, then);
    }

    #[test]
    fn every_number_is_finite_and_in_its_range(script in any_script(), pace in 0.5_f64..3.0) {
        let audit = audited_with(&script, &scaled(pace, Some(145.0)), |_| ());
        prop_assert!((0.0..=1.0).contains(&audit.verdict.confidence));
        prop_assert!(audit.verdict.index.is_none_or(|index| (0.0..=100.0).contains(&index)));
        prop_assert!(audit.bouts.iter().all(|bout| bout.ratio.is_none_or(f64::is_finite)));
        prop_assert!(audit.findings.iter().all(|finding| finding.range.start < finding.range.end));
        prop_assert!(!audit.verdict.sentence.contains("NaN") && !audit.verdict.sentence.contains("inf"));
    }
}
