//! What the benches share: made-up activities as files, and how they are audited.

#![allow(dead_code, reason = "every bench takes what it needs")]

use rehabrun::Runner;
use rehabrun::auditor::{Settings, audit_activity};
use rehabrun::ceiling::Facts;
use rehabrun::export::{apple, fit, gpx, huawei, polar, suunto, tcx};
use rehabrun::ingest::Error;
use rehabrun::model::{Activity, Format};
use rehabrun::render;
use rehabrun::report::{File, Options, Report};
use rehabrun::synth::{Script, Setup, record};
use rehabrun::units::{Pace, UnitSystem};

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
        Format::Polar => polar::activity(activity).into_bytes(),
        Format::Suunto => suunto::activity(activity).into_bytes(),
        Format::Huawei => huawei::activities(std::slice::from_ref(activity), 2.0).into_bytes(),
        // Their lists hold nothing to decode.
        Format::Google | Format::Samsung | Format::Adidas | Format::Runkeeper => Vec::new(),
        Format::AppleHealth => {
            let files = apple::export(std::slice::from_ref(activity), apple::Version::Ios16, 2.0);
            files.into_iter().next().map(|(_, document)| document.into_bytes()).unwrap_or_default()
        }
    }
}

/// A runner with an easy pace, and a report with or without charts.
pub fn settings(chart: bool) -> Settings {
    let facts = Facts { easy_pace: Some(Pace::from_seconds_per_kilometer(390.0)), ..Facts::default() };
    Settings {
        runner: Runner { facts, ..Runner::default() },
        advises: false,
        report: Options { location: true, chart, route: false, hide_ends_m: None },
        ..Settings::default()
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
