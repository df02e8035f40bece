//! What the benches share: made-up activities as files, and how they are audited.

#![allow(dead_code, reason = "every bench takes what it needs")]

use rehabrun::ceiling::Facts;
use rehabrun::export::{fit, gpx, tcx};
use rehabrun::ingest::Error;
use rehabrun::model::{Activity, Format};
use rehabrun::pipeline::{Settings, audit_activity};
use rehabrun::programme::Order;
use rehabrun::report::{File, Options, Report};
use rehabrun::synth::{Script, Setup, record};
use rehabrun::units::{Pace, UnitSystem};
use rehabrun::{render, segment};

/// Runs and walks by the minute, a record a second.
pub fn activity(minutes: usize) -> Activity {
    let pair = Script::parse("run 60s 2.6m/s, walk 60s 1.5m/s").expect("a script");
    record(&Script { parts: pair.parts.repeat(minutes / 2) }, &Setup::new(Some(1))).activity
}

/// The bytes of an activity in a format.
pub fn file(activity: &Activity, format: Format) -> Vec<u8> {
    match format {
        Format::Fit => fit::activity(activity),
        Format::Gpx => gpx::activity(activity, gpx::Dialect::GarminConnect).into_bytes(),
        Format::Tcx => tcx::activity(activity).into_bytes(),
    }
}

/// A runner with an easy pace, and a report with or without charts.
pub fn settings(chart: bool) -> Settings {
    Settings {
        sees_runs: false,
        advises: false,
        athlete: None,
        facts: Facts { easy_pace: Some(Pace::from_seconds_per_kilometer(390.0)), ..Facts::default() },
        birth_year: None,
        units: UnitSystem::Metric,
        exceptions: Vec::new(),
        plan: None,
        easy_weeks: 12,
        order: Order::default(),
        zone: None,
        segment: segment::Options { ignore_device_gait: false },
        report: Options { location: true, chart, route: false, hide_ends_m: None },
    }
}

/// Everything behind the decoder: an activity to its verdict as JSON.
pub fn json_of(activity: Result<Activity, Error>, settings: &Settings) -> String {
    text_of(audit_activity("run", activity, settings), "json")
}

/// A report on one file in the output of a name.
pub fn text_of(file: File, output: &str) -> String {
    let output = render::output(output).expect("an output");
    let style = render::Style {
        units: UnitSystem::Metric,
        color: false,
        width: 80,
        verbose: false,
        table: render::Table::Bouts,
    };
    render::render(Report::of(vec![file]), output, style)
}
