//! What holds for the report on every recording, whatever the runner did and whatever went wrong with the watch.

use crate::common;
use common::checks;
use proptest::collection::vec;
use proptest::prelude::*;
use rehabrun::auditor::audit_bytes;
use rehabrun::export::gpx::Dialect;
use rehabrun::export::{fit, gpx, tcx};
use rehabrun::render;
use rehabrun::report::{self, File, Report, SCHEMA_VERSION, Summary, TOOL};
use rehabrun::synth::{Script, Setup, record};
use rehabrun::units::UnitSystem;

fn audited(activity: &[u8], location: bool, easy_pace: Option<f64>) -> File {
    let mut settings = checks::settings(easy_pace);
    settings.report.location = location;
    audit_bytes("run", activity.to_vec(), &settings)
}

/// A part of a script in its notation.
fn part() -> impl Strategy<Value = String> {
    let gait = prop_oneof![
        4 => (1.8..5.5_f64).prop_map(|speed| format!("run {speed:.2}m/s")),
        3 => (0.5..2.2_f64).prop_map(|speed| format!("walk {speed:.2}m/s")),
        1 => Just("stand".to_owned()),
        1 => Just("pause".to_owned()),
    ];
    let trouble = prop_oneof![
        6 => Just(""),
        1 => Just("tunnel"),
        1 => Just("frozen"),
        1 => Just("lock"),
        1 => Just("no-heart-rate"),
        1 => Just("no-cadence"),
    ];
    (gait, 1..200_u32, trouble, prop_oneof![3 => Just(0), 1 => -15..15_i32]).prop_map(
        |(gait, seconds, trouble, slope)| {
            let trouble = if gait == "pause" { "" } else { trouble };
            format!("{gait} {seconds}s {slope:+}% {trouble}").trim_end().to_owned()
        },
    )
}

/// A file; where a test fails its script is shown and not its bytes.
#[derive(Clone)]
struct Recorded {
    script: String,
    format: usize,
    seed: u64,
    bytes: Vec<u8>,
}

impl std::fmt::Debug for Recorded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "format {}, noise {}: {}", self.format, self.seed, self.script)
    }
}

/// A recording as one of the formats.
fn file() -> impl Strategy<Value = Recorded> {
    (vec(part(), 1..10), 0..5_usize, any::<u64>()).prop_map(|(parts, format, seed)| {
        let script = parts.join(", ");
        let parsed = Script::parse(&script).expect("a script");
        let activity = record(&parsed, &Setup::new(Some(seed))).activity;
        let bytes = match format {
            0 | 1 => fit::activity(&activity),
            2 => tcx::activity(&activity).into_bytes(),
            n => gpx::activity(&activity, Dialect::ALL[n - 3]).into_bytes(),
        };
        Recorded { script, format, seed, bytes }
    })
}

fn report(file: File) -> Report {
    let summary = Summary::default();
    let mut report = Report { schema_version: SCHEMA_VERSION, tool: TOOL.to_owned(), files: Vec::new(), summary };
    report.summary.add(&file);
    report.files.push(file);
    report
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parts_add_up_to_the_session(Recorded { script, bytes, .. } in file(), easy in proptest::option::of(240.0..480.0_f64)) {
        let file = audited(&bytes, true, easy);
        prop_assert!(file.error.is_none(), "{script}: {:?}", file.error);
        prop_assert_eq!(checks::fault(&file), None, "{}", script);
    }

    #[test]
    fn every_output_is_whole(Recorded { script, bytes, .. } in file()) {
        prop_assert_eq!(checks::fault_of_outputs(&audited(&bytes, true, Some(367.0))), None, "{}", script);
    }

    #[test]
    fn nobody_passes_without_a_ceiling(Recorded { script, bytes, .. } in file()) {
        let file = audited(&bytes, true, None);
        prop_assert!(file.verdict != Some(report::Class::Easy), "{script}");
    }

    #[test]
    fn without_location_no_output_holds_a_coordinate(Recorded { script, bytes, .. } in file()) {
        let with = audited(&bytes, true, Some(367.0));
        let without = audited(&bytes, false, Some(367.0));
        for session in &without.sessions {
            prop_assert!(session.bouts.iter().all(|bout| bout.position.is_none()), "{script}");
            prop_assert!(session.chart.iter().all(|chart| chart.route.iter().all(Option::is_none)), "{script}");
        }
        let places = with.sessions.iter().flat_map(|session| &session.bouts).filter_map(|bout| bout.position.as_ref());
        let places = places.flat_map(|at| [at.lat, at.lon]).map(|degrees| degrees.to_string());
        // A short one may be another number by chance.
        let places: Vec<_> = places.filter(|place| place.len() > 7).collect();
        let report = report(without);
        for text in [render::html::page(&report, UnitSystem::Metric), format!("{report:?}")] {
            for place in &places {
                prop_assert!(!text.contains(place.as_str()), "{script}: {place}");
            }
        }
    }
}
