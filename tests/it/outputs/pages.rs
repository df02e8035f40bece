//! Pages stand alone, stay small, and show text from files as text.

use crate::common;
use common::checks::settings;
use rehabrun::auditor::audit_bytes;
use rehabrun::report::{Report, SCHEMA_VERSION, Summary, TOOL};
use rehabrun::synth::{Script, Setup, record};
use rehabrun::units::UnitSystem;
use rehabrun::{export, render};

/// The page of a run that a script acts out, with a title of its own.
fn page(script: &str, title: &str) -> String {
    let script = Script::parse(script).expect("a script");
    let mut activity = record(&script, &Setup::new(Some(1))).activity;
    activity.sessions[0].name = Some(title.to_owned());
    let settings = settings(Some(390.0));
    let file = audit_bytes("run.fit", export::fit::activity(&activity), &settings);
    assert_eq!(file.error, None);
    let mut summary = Summary::default();
    summary.add(&file);
    let report = Report { schema_version: SCHEMA_VERSION, tool: TOOL.to_owned(), files: vec![file], summary };
    render::html::page(&report, UnitSystem::Metric)
}

#[test]
fn an_hour_stays_under_300_kb_and_a_day_under_1_mb() {
    let hour = page("walk 300s, 25x(run 60s 3m/s, walk 60s), walk 300s", "an hour");
    assert!(hour.len() < 300_000, "{}", hour.len());
    let day = page("240x(run 300s 2.4m/s, walk 60s)", "a day");
    assert!(day.len() < 1_000_000, "{}", day.len());
}

#[test]
fn markup_in_a_title_is_shown_as_text() {
    let page = page("walk 60s, run 300s 2.4m/s", "</title><script>alert(1)</script><img src=x onerror=alert(2)>");
    assert!(!page.contains("<script>alert") && !page.contains("<img"), "markup got through");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
}

#[test]
fn a_page_asks_no_host_for_anything() {
    let page = page("walk 60s, 3x(run 60s 3m/s, walk 60s)", "plain");
    let names_a_host = |mark: &str| page.matches(mark).count() - page.matches("http://www.w3.org/2000/svg").count();
    assert_eq!(names_a_host("http://"), 0);
    for outside in ["https://", "src=", "@import", "url(", "<link", "fetch("] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.contains("default-src 'none'"));
    assert!(page.contains("<html lang=\"en\">") && page.contains("role=\"img\"") && page.contains("scope=\"col\""));
}
