//! How long each stage takes on activities of an hour and of a day, in every format.

mod common;

use divan::Bencher;
use rehabrun::audit::{self, Audit};
use rehabrun::auditor::audit_activity;
use rehabrun::ceiling::{Ceiling, choose};
use rehabrun::ingest;
use rehabrun::model::{Activity, Format};
use rehabrun::segment::{Options, Segmentation, segment};
use rehabrun::timeline::{self, Timeline};
use rehabrun::units::UnitSystem;

fn main() {
    divan::main();
}

const FILES: [(&str, usize); 6] = [("fit", 1), ("gpx", 1), ("tcx", 1), ("fit", 24), ("gpx", 24), ("tcx", 24)];

#[divan::bench(args = FILES)]
fn a_decode(bencher: Bencher, file: (&str, usize)) {
    let bytes = bytes(file);
    bencher.bench(|| ingest::read(&bytes));
}

#[divan::bench(args = FILES)]
fn b_timeline(bencher: Bencher, file: (&str, usize)) {
    let activity = read(file);
    bencher.bench(|| timeline(&activity));
}

#[divan::bench(args = FILES)]
fn c_segment(bencher: Bencher, file: (&str, usize)) {
    let timeline = timeline(&read(file));
    bencher.bench(|| cut(&timeline));
}

#[divan::bench(args = FILES)]
fn d_audit(bencher: Bencher, file: (&str, usize)) {
    let timeline = timeline(&read(file));
    let (segmentation, ceiling) = (cut(&timeline), choose(&common::settings(false).runner.facts));
    bencher.bench(|| audit(&timeline, &segmentation, &ceiling));
}

#[divan::bench(args = FILES)]
fn e_json(bencher: Bencher, file: (&str, usize)) {
    let audited = audit_activity("run", Ok(read(file)), &common::settings(false));
    bencher.with_inputs(|| audited.clone()).bench_values(|audited| common::text_of(audited, "json"));
}

#[divan::bench(args = FILES)]
fn f_html(bencher: Bencher, file: (&str, usize)) {
    let audited = audit_activity("run", Ok(read(file)), &common::settings(true));
    bencher.with_inputs(|| audited.clone()).bench_values(|audited| common::text_of(audited, "html"));
}

#[divan::bench(args = FILES)]
fn g_whole(bencher: Bencher, file: (&str, usize)) {
    let (bytes, settings) = (bytes(file), common::settings(false));
    bencher.bench(|| common::json_of(ingest::read(&bytes), &settings));
}

fn bytes((format, hours): (&str, usize)) -> Vec<u8> {
    let format = [Format::Fit, Format::Gpx, Format::Tcx].into_iter().find(|each| each.name() == format);
    common::file(&common::activity(60 * hours), format.expect("a format"))
}

fn read(file: (&str, usize)) -> Activity {
    ingest::read(&bytes(file)).expect("a readable file")
}

fn timeline(activity: &Activity) -> Timeline {
    timeline::build(&activity.sessions[0], activity.format).expect("a usable session")
}

fn cut(timeline: &Timeline) -> Segmentation {
    segment(timeline, Options { ignore_device_gait: false })
}

fn audit(timeline: &Timeline, segmentation: &Segmentation, ceiling: &Ceiling) -> Audit {
    audit::audit(timeline, segmentation, ceiling, &audit::Settings::new(UnitSystem::Metric))
}
