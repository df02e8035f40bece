//! Whatever a runner may write is read as it was written.

use crate::units::{Date, HeartRate, Pace, UnitSystem, clock};
use proptest::prelude::*;
use toml::{Table, Value};

use super::{parse, parse_race};

fn key(table: &mut Table, name: &str, value: impl Into<Value>) {
    table.insert(name.to_owned(), value.into());
}

fn table<const N: usize>(values: [(&str, Value); N]) -> Table {
    values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

proptest! {
    #[test]
    fn what_is_written_is_read(
        name in "\\PC{0,40}",
        imperial in any::<bool>(),
        days in 0..20_000_i32,
        easy in 180..1200_u32,
        rates in proptest::collection::btree_set(40..220_i64, 4),
        race_s in 1000..7200_u32,
        birth_year in 1930..2010_i64,
        hide_ends in 0..10_000_u32,
        medication in any::<bool>(),
        reason in "[A-Za-z][\\PC]{0,30}",
    ) {
        let day = Date::new(1990, 1, 1).expect("a day").plus_days(days);
        let date: Value = day.to_string().parse::<toml::value::Datetime>().expect("a day").into();
        let rates: Vec<i64> = rates.into_iter().collect();
        let pace = format!("{}/km", clock(f64::from(easy)));
        let mut written = Table::new();
        key(&mut written, "name", name.as_str());
        key(&mut written, "units", if imperial { "mi" } else { "km" });
        key(&mut written, "rehab", table([("started", date.clone()), ("cross_trained", medication.into())]));
        let race = table([
            ("distance", "10k".into()),
            ("time", clock(f64::from(race_s)).into()),
            ("date", date.clone()),
        ]);
        key(&mut written, "ceiling", table([
            ("easy_pace", pace.into()),
            ("resting_hr", rates[0].into()),
            ("easy_hr", rates[1].into()),
            ("lthr", rates[2].into()),
            ("max_hr", rates[3].into()),
            ("race", race.into()),
            ("birth_year", birth_year.into()),
        ]));
        key(&mut written, "health", table([("rate_limiting_medication", medication.into())]));
        key(&mut written, "privacy", table([("hide_ends", (if hide_ends == 0 { "0".to_owned() } else { format!("{hide_ends}m") }).into())]));
        key(&mut written, "allow", Value::Array(vec![table([
            ("rule", "surges".into()), ("from", date), ("reason", reason.as_str().into()),
        ]).into()]));

        let text = toml::to_string(&written).expect("TOML");
        let read = parse(&text).map_err(|fault| TestCaseError::fail(format!("{fault}\n{text}")))?;
        let bpm = |rate: i64| Some(HeartRate::from_bpm(rate as f64));
        prop_assert_eq!(read.name.as_deref(), Some(name.as_str()));
        prop_assert_eq!(read.units == Some(UnitSystem::Imperial), imperial);
        prop_assert_eq!(read.rehab.started, Some(day));
        prop_assert_eq!(read.ceiling.easy_pace, Some(Pace::from_seconds_per_kilometer(f64::from(easy))));
        let facts = &read.ceiling;
        prop_assert_eq!(
            [facts.resting_hr, facts.easy_hr, facts.lthr, facts.max_hr],
            [bpm(rates[0]), bpm(rates[1]), bpm(rates[2]), bpm(rates[3])]
        );
        prop_assert_eq!(facts.race.clone(), parse_race(&format!("10k={}@{day}", clock(f64::from(race_s)))).ok());
        prop_assert_eq!(facts.birth_year.map(i64::from), Some(birth_year));
        prop_assert_eq!(read.health.rate_limiting_medication, medication);
        prop_assert_eq!(read.privacy.hide_ends, Some(hide_ends));
        prop_assert_eq!((read.allow[0].from, read.allow[0].reason.as_str()), (Some(day), reason.trim()));
    }
}
