//! Labelled seasons: what the verdicts make of them, and whether their confidence is what it says.
//!
//! ```text
//! cargo test --test it verdicts::calibration -- --nocapture
//! ```
//!
//! A verdict agrees with a label when intervals are found where the athlete ran no easy run, when a session is over that
//! the athlete does not call easy, and when an easy one passes.

use crate::common;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rehabrun::audit::{Class, Settings, Verdict, audit};
use rehabrun::ceiling::{Facts, choose};
use rehabrun::ingest;
use rehabrun::model::Sport;
use rehabrun::segment::{Options, segment};
use rehabrun::timeline::build;
use rehabrun::units::{Pace, UnitSystem};

/// Share of easy runs that may be taken for intervals, of all runners and of one; least share of intervals found.
const MOST_ACCUSED: (f64, f64) = (0.02, 0.05);
const LEAST_FOUND: f64 = 0.85;
/// How far the mean confidence of a row of the table may be from the share that agrees, beyond chance.
const MOST_OFF: f64 = 0.1;

#[test]
fn confidence_is_earned() {
    let Some(corpus) = common::corpus() else { return };
    let Ok(table) = fs::read_to_string(corpus.join("seasons.tsv")) else {
        eprintln!("skipped: no corpus");
        return;
    };
    let mut rows: BTreeMap<(Class, u32), Vec<(f64, bool)>> = BTreeMap::new();
    let mut accused: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    let mut found = (0, 0);
    let titled = fs::read_to_string(corpus.join("labels.tsv")).unwrap_or_default();
    for (path, runner, label, pace) in labelled(&table).chain(titled_season(&titled)) {
        let Some(verdict) = verdict(&corpus.join(path), pace) else { continue };
        let is_easy = label.starts_with("easy") && label != "easy-not";
        let agrees = if verdict.class == Class::Easy { is_easy } else { !is_easy };
        let intervals = u32::from(verdict.class == Class::DisguisedIntervals);
        if label == "easy" {
            let runner = accused.entry(runner).or_default();
            *runner = (runner.0 + intervals, runner.1 + 1);
        }
        if label == "interval" {
            found = (found.0 + intervals, found.1 + 1);
        }
        if verdict.class != Class::Undetermined {
            let row = (verdict.confidence * 5.0) as u32;
            rows.entry((verdict.class, row)).or_default().push((verdict.confidence, agrees));
        }
    }
    let mut faults = String::new();
    println!("class                confidence  sessions  mean confidence  share that agrees");
    for ((class, row), verdicts) in &rows {
        let n = verdicts.len() as f64;
        let mean = verdicts.iter().map(|(confidence, _)| confidence).sum::<f64>() / n;
        let agree = verdicts.iter().filter(|(_, agrees)| *agrees).count() as f64 / n;
        let (from, to) = (f64::from(*row) / 5.0, f64::from(row + 1) / 5.0);
        let text = format!("{:20} {from:.1} to {to:.1}  {n:8}  {mean:15.2}  {agree:17.2}\n", class.name());
        print!("{text}");
        let chance = 2.0 * (mean * (1.0 - mean) / n).sqrt();
        if mean > agree + MOST_OFF + chance {
            faults.push_str(&text);
        }
    }
    assert!(faults.is_empty(), "surer than it should be:\n{faults}");
    let share = |(n, of): (u32, u32)| f64::from(n) / f64::from(of.max(1));
    let all = accused.values().fold((0, 0), |sum, runner| (sum.0 + runner.0, sum.1 + runner.1));
    println!("accused {accused:?}, found {found:?}");
    assert!(share(all) <= MOST_ACCUSED.0 && accused.values().all(|&runner| share(runner) <= MOST_ACCUSED.1));
    assert!(found.1 == 0 || share(found) >= LEAST_FOUND);
}

/// The sessions of three runners: file, runner, what the runner calls it, ceiling in seconds a kilometre.
fn labelled(table: &str) -> impl Iterator<Item = (String, &str, &str, f64)> {
    table.lines().skip(1).filter_map(|line| {
        let [file, runner, _, label, pace, _] = line.split('\t').collect::<Vec<_>>()[..] else { return None };
        Some((format!("seasons/{file}"), runner, label, pace.parse().ok()?))
    })
}

/// The sessions of a fourth runner that have an easy title, or one of repetitions.
fn titled_season(table: &str) -> impl Iterator<Item = (String, &str, &str, f64)> {
    table.lines().skip(1).filter(|line| line.contains("running-data/")).filter_map(|line| {
        let [file, _, _, label] = line.split('\t').collect::<Vec<_>>()[..] else { return None };
        let label = if label.starts_with("interval") { "interval" } else { label };
        let is_known = matches!(label, "easy" | "interval");
        is_known.then(|| (format!("files/{file}"), "the fourth", label, 333.0))
    })
}

/// The verdict on the first session of a file; `None` when it is no run.
fn verdict(path: &Path, pace_s_per_km: f64) -> Option<Verdict> {
    let easy_pace = Some(Pace::from_seconds_per_kilometer(pace_s_per_km));
    let ceiling = choose(&Facts { easy_pace, ..Facts::default() });
    let activity = ingest::decode(&common::bytes(path)).ok()?;
    let session = activity.sessions.first().filter(|session| session.sport != Sport::Other)?;
    let timeline = build(session, activity.format).ok()?;
    let segmentation = segment(&timeline, Options { ignore_device_gait: false });
    let settings = Settings { sport: session.sport, ..Settings::new(UnitSystem::Metric) };
    Some(audit(&timeline, &segmentation, &ceiling, &settings).verdict)
}
