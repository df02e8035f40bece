//! The settings as bytes, for a cache: equal settings give equal bytes, different ones different bytes.
//!
//! Each type is taken apart field by field, so a new field does not compile until it is part of the bytes or left out by
//! name. The bytes hold for one build of the program only, because enums are written by their position.

use super::Settings;
use crate::audit::{Exception, RuleId};
use crate::ceiling::from_runs::OwnRuns;
use crate::ceiling::{Facts, Giver, Race, Threshold, WatchFacts};
use crate::model::{Note, NoteId};
use crate::plan::{Item, Kind, Length, Order, Plan, Prescription, Programme, Stage, Step, StepCeiling};
use crate::runner::{Runner, SymptomLimits, Tissue};
use crate::units::{Date, Distance, HeartRate, Pace, Speed, UnitSystem, Zone};
use crate::{report, segment};

impl Settings {
    /// The bytes that identify all settings an audit depends on. Symptoms are left out: they change no verdict.
    pub fn fingerprint(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.write(&mut bytes);
        bytes
    }
}

/// Writes a value so that no two values have the same bytes, and none begins with the bytes of another.
trait Write {
    fn write(&self, bytes: &mut Vec<u8>);
}

/// Structs, by all of their fields in a fixed order.
macro_rules! fields {
    ($($type:path { $($field:ident),+ $(; left out: $omitted:ident)? })+) => {
        $(impl Write for $type {
            fn write(&self, bytes: &mut Vec<u8>) {
                let Self { $($field),+ $(, $omitted: _)? } = self;
                $($field.write(bytes);)+
            }
        })+
    };
}

fields! {
    Settings { runner, segment, report, sees_runs, advises }
    segment::Options { ignore_device_gait }
    report::Options { location, chart, route, hide_ends_m }
    Runner {
        name, facts, birth_year, units, exceptions, plan, easy_weeks, count_kicks, order, zone, hide_ends_m,
        symptom_limits, last_visit; left out: symptoms
    }
    SymptomLimits { tissue, acceptable, next_day_rule }
    Exception { rule, from, to, reason }
    Facts {
        easy_pace, easy_heart_rate, easy_from, guess, first_threshold, talk_test, race, threshold_heart_rate,
        critical_speed, max_heart_rate, resting_heart_rate, age, rate_limiting_medication, after_surgery, cross_trained,
        days_off, rehab_started, on, altitude, own_runs, watch
    }
    Threshold { speed, heart_rate, date }
    Race { distance, time_s, date, altitude }
    WatchFacts { age, max_heart_rate, resting_heart_rate, threshold_heart_rate, zone_two_top }
    OwnRuns { speed, heart_rate, watch, notes }
    Note { id, message, is_harmless }
    Programme { name, title, source, cautions, stop_rule, days_per_week, rest_between, times_each, stages }
    Stage { name, week, session }
    Prescription { items }
    Step { kind, length, ceiling }
}

/// Numbers, by their bytes.
macro_rules! numbers {
    ($($type:ty)+) => {
        $(impl Write for $type {
            fn write(&self, bytes: &mut Vec<u8>) {
                bytes.extend(self.to_le_bytes());
            }
        })+
    };
}

numbers! { u8 i16 u32 i64 usize f64 }

/// Enums without data, by their position.
macro_rules! positions {
    ($($type:ty)+) => {
        $(impl Write for $type {
            fn write(&self, bytes: &mut Vec<u8>) {
                (*self as u32).write(bytes);
            }
        })+
    };
}

impl Write for bool {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.push(u8::from(*self));
    }
}

positions! { Giver UnitSystem Order Tissue RuleId NoteId Kind }

/// Quantities, by their value in one unit.
macro_rules! quantities {
    ($($type:ty => $value:ident)+) => {
        $(impl Write for $type {
            fn write(&self, bytes: &mut Vec<u8>) {
                self.$value().write(bytes);
            }
        })+
    };
}

quantities! {
    Distance => as_meters
    Speed => as_meters_per_second
    Pace => as_seconds_per_kilometer
    HeartRate => as_bpm
    Date => to_string
    Zone => name
}

impl Write for String {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.len().write(bytes);
        bytes.extend(self.as_bytes());
    }
}

impl<T: Write> Write for Option<T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.is_some().write(bytes);
        if let Some(value) = self {
            value.write(bytes);
        }
    }
}

impl<T: Write> Write for Vec<T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.len().write(bytes);
        for value in self {
            value.write(bytes);
        }
    }
}

impl<A: Write, B: Write> Write for (A, B) {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.0.write(bytes);
        self.1.write(bytes);
    }
}

impl Write for Plan {
    fn write(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Session { prescription, source } => {
                (0_u8.write(bytes), prescription.write(bytes), source.write(bytes))
            }
            Self::Programme(programme) => (1_u8.write(bytes), programme.write(bytes), ()),
        };
    }
}

impl Write for Item {
    fn write(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Step(step) => (0_u8.write(bytes), step.write(bytes), ()),
            Self::Repeat(times, items) => (1_u8.write(bytes), times.write(bytes), items.write(bytes)),
            Self::Until(distance, items) => (2_u8.write(bytes), distance.write(bytes), items.write(bytes)),
        };
    }
}

impl Write for Length {
    fn write(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Time(seconds) => (0_u8.write(bytes), seconds.write(bytes)),
            Self::Distance(distance) => (1_u8.write(bytes), distance.write(bytes)),
            Self::Open => (2_u8.write(bytes), ()),
        };
    }
}

impl Write for StepCeiling {
    fn write(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Pace(pace) => (0_u8.write(bytes), pace.write(bytes)),
            Self::HeartRate(heart_rate) => (1_u8.write(bytes), heart_rate.write(bytes)),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A runner's file for each key, and two values for most.
    const FILES: &[&str] = &[
        "",
        "name = \"A\"",
        "name = \"B\"",
        "units = \"mi\"",
        "timezone = \"Europe/Berlin\"",
        "timezone = \"Europe/Vienna\"",
        "[rehab]\nstarted = 2026-09-07",
        "[rehab]\nstarted = 2026-09-08",
        "[rehab]\neasy_weeks = 8",
        "[rehab]\nplan = \"kinetic-revolution\"",
        "[rehab]\nlast_visit = 2026-10-26",
        "[ceiling]\neasy_pace = \"6:30/km\"",
        "[ceiling]\neasy_pace = \"6:31/km\"",
        "[ceiling]\neasy_hr = 145",
        "[ceiling]\nmax_hr = 187",
        "[ceiling]\nlthr = 168",
        "[ceiling]\nresting_hr = 56",
        "[ceiling]\nbirth_year = 1988",
        "[ceiling]\nrace = { distance = \"5k\", time = \"25:00\" }",
        "[ceiling]\nrace = { distance = \"5k\", time = \"25:00\", date = 2026-05-01 }",
        "[health]\nrate_limiting_medication = true",
        "[[allow]]\nrule = \"surges\"\nreason = \"JD\"",
        "[[allow]]\nrule = \"surges\"\nreason = \"DJ\"",
        "[[allow]]\nrule = \"surges\"\nfrom = 2026-11-16\nreason = \"JD\"",
        "[[allow]]\nrule = \"surges\"\nto = 2026-11-16\nreason = \"JD\"",
        "[[plan.week]]\nsession = \"run 5:00\"",
        "[[plan.week]]\nsession = \"walk 5:00\"",
        "[[plan.week]]\nsession = \"2x(run 5:00, walk 1:00)\"",
        "[[plan.week]]\nsession = \"run 5:00, walk 1:00, run 5:00, walk 1:00\"",
    ];

    fn settings() -> Vec<Settings> {
        let of_file = |text: &&str| Settings::from(Runner::from_toml(text).unwrap_or_else(|e| panic!("{text}: {e}")));
        let mut all: Vec<Settings> = FILES.iter().map(of_file).collect();
        let base = || Settings::default();
        all.push(Settings { segment: segment::Options { ignore_device_gait: true }, ..base() });
        all.push(Settings { sees_runs: true, ..base() });
        all.push(Settings { advises: false, ..base() });
        let report = report::Options::default();
        for report in [
            report::Options { location: !report.location, ..report },
            report::Options { chart: !report.chart, ..report },
            report::Options { route: !report.route, ..report },
            report::Options { hide_ends_m: Some(0), ..report },
            report::Options { hide_ends_m: Some(200), ..report },
        ] {
            all.push(Settings { report, ..base() });
        }
        all
    }

    #[test]
    fn different_settings_have_different_bytes() {
        let all = settings();
        for (i, one) in all.iter().enumerate() {
            assert_eq!(one.fingerprint(), one.clone().fingerprint(), "{one:?}");
            for (j, other) in all.iter().enumerate().filter(|(j, _)| *j != i) {
                assert_ne!(one.fingerprint(), other.fingerprint(), "{i} and {j}: {one:?} and {other:?}");
                assert!(!one.fingerprint().starts_with(&other.fingerprint()), "{i} and {j}");
            }
        }
    }

    #[test]
    fn symptoms_change_no_byte() {
        let told = Runner::from_toml("[[symptom]]\ndate = 2026-11-03\nduring = 2\n").expect("a runner's file");
        assert_eq!(Settings::from(told).fingerprint(), Settings::default().fingerprint());
    }
}
