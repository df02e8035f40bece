//! What holds for the report on every recording, whatever the runner did and whatever went wrong with the watch.

use proptest::collection::vec;
use proptest::prelude::*;
use rehabrun::ceiling::Facts;
use rehabrun::export::gpx::Dialect;
use rehabrun::export::{fit, gpx, tcx};
use rehabrun::pipeline::{Settings, audit_bytes};
use rehabrun::programme::Order;
use rehabrun::report::{self, File, Options, Report, SCHEMA_VERSION, Session, Summary, TOOL};
use rehabrun::synth::{Script, Setup, record};
use rehabrun::units::{Pace, UnitSystem};
use rehabrun::{render, segment};

/// Times in a report have one decimal, so a sum of five may be off by this.
const ROUNDING_S: f64 = 0.3;

fn audited(activity: &[u8], location: bool, easy_pace: Option<f64>) -> File {
    let settings = Settings {
        easy_weeks: 12,
        order: Order::VolumeFirst,
        zone: None,
        athlete: None,
        facts: Facts { easy_pace: easy_pace.map(Pace::from_seconds_per_kilometer), ..Facts::default() },
        birth_year: None,
        units: UnitSystem::Metric,
        exceptions: Vec::new(),
        plan: None,
        segment: segment::Options { ignore_device_gait: false },
        report: Options { location, chart: true, route: true },
    };
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

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= ROUNDING_S
}

/// What of a judged session does not add up.
fn fault(session: &Session) -> Option<String> {
    let times = [session.run_s, session.walk_s, session.stand_s, session.paused_s, session.unknown_s];
    if !near(times.iter().sum(), session.elapsed_s) {
        return Some(format!("{times:?} is not {} s", session.elapsed_s));
    }
    // A file may begin with some metres on its odometer.
    let (mut end_s, mut end_m) = (0.0, session.bouts.first().map_or(0.0, |bout| bout.start_m));
    for bout in &session.bouts {
        if !near(bout.start_s, end_s)
            || !near(bout.start_m, end_m)
            || bout.end_s <= bout.start_s
            || bout.end_m < bout.start_m
        {
            return Some(format!("a bout does not follow on {end_s} s, {end_m} m: {bout:?}"));
        }
        (end_s, end_m) = (bout.end_s, bout.end_m);
    }
    if !near(end_s, session.elapsed_s) || !near(end_m, session.distance_m) {
        return Some(format!("bouts end at {end_s} s, {end_m} m of {} s, {} m", session.elapsed_s, session.distance_m));
    }
    let ordered = session.moving_s <= session.timer_s + ROUNDING_S && session.timer_s <= session.elapsed_s + ROUNDING_S;
    if !ordered || session.run_m > session.distance_m + 1.0 {
        return Some("a part is larger than the whole".to_owned());
    }
    let outside = |start: f64, end: f64| start < 0.0 || end < start || end > session.elapsed_s + ROUNDING_S;
    let finding = session.findings.iter().find(|finding| outside(finding.start_s, finding.end_s))?;
    Some(format!("a finding outside the session: {finding:?}"))
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
        for session in file.sessions.iter().filter(|session| session.judged) {
            prop_assert_eq!(fault(session), None, "{}", script);
        }
    }

    #[test]
    fn no_number_is_none(Recorded { script, bytes, .. } in file()) {
        // What is no number would be `null` in JSON, and could not be told from what is missing; here it can.
        let text = format!("{:?}", audited(&bytes, true, Some(367.0)));
        for odd in ["NaN", " inf", "(inf", "-inf"] {
            prop_assert!(!text.contains(odd), "{script}: {odd}");
        }
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
        let places: Vec<_> = places.flat_map(|at| [at.lat, at.lon]).map(|degrees| format!("{degrees:.3}")).collect();
        let report = report(without);
        for text in [render::html::page(&report, UnitSystem::Metric), format!("{report:?}")] {
            for place in &places {
                prop_assert!(!text.contains(place.as_str()), "{script}: {place}");
            }
        }
    }
}
