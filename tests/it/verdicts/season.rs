//! A real season of titled runs: repetitions must be found, easy runs must not be accused.
//!
//! ```text
//! cargo test --test it verdicts::season -- --nocapture
//! cargo run --release --example season    # what each accusation rests on
//! ```
//!
//! At a ceiling of 5:33/km, 25 of 28 titled repetitions are disguised intervals, and none of 50 titled easy runs is. The
//! three repetitions that are not:
//!
//! - 13 October 2024, surges: four times 30 s in 50 minutes, 4 % of the running.
//! - 23 October and 23 November 2024, easy: race pace in the first, slow months, 5:26/km and slower: at this ceiling.
//!
//! Of the easy runs 39 are easy, 5 drifted over, 6 have surges. Each of those eleven was looked at, with its laps and its
//! heart rate, and each is a faster end or a faster part that the title keeps quiet about:
//!
//! | run | faster | heart rate there, and in the rest |
//! | --- | --- | --- |
//! | 19 December 2024 | last 2 min at 5:09/km | 176, 159 |
//! | 10 May 2025 | from 26 min on ten laps of 4:59 to 5:17/km | 174, 158 |
//! | 11 May | "3 km hotspot": last 13 min at 4:43/km | 176, 154 |
//! | 22 June | last 20 min, laps of 5:01 to 4:26/km | 172, 147 |
//! | 6 July | last 15 min at 5:20/km, 5 % over: the mildest | 170, 162 |
//! | 13 July | 10 min at 4:53/km in the last third | 174, 161 |
//! | 19 July | last 12 min at 4:47/km | 171, 151 |
//! | 22 July | last 4 min at 5:08/km | 163, 155 |
//! | 3 August | last 46 min at 4:57/km | 165, 158 |
//! | 26 August | last 3 min at 5:02/km | 165, 161 |
//! | 30 August | last 4 min at 4:45/km | 166, 155 |
//!
//! Two runs that were called surging were not: their stretches over the ceiling are ramps of half a minute at one pace.
//! That is why climbs do not add to the number of surges.

use crate::common;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rehabrun::audit::{Class, Settings, Verdict, audit};
use rehabrun::ceiling::{Ceiling, Facts, choose};
use rehabrun::ingest;
use rehabrun::segment::{Options, segment};
use rehabrun::timeline::build;
use rehabrun::units::{Pace, UnitSystem};

/// The easy ceiling of that season: nine in ten of the runs with an easy title are slower on average.
const EASY_PACE_S_PER_KM: f64 = 333.0;
/// The folder that holds the season.
const SEASON: &str = "running-data/";
/// Repetitions that must be found, and easy runs that may be taken for intervals.
const LEAST_FOUND_SHARE: f64 = 24.0 / 28.0;
const MOST_ACCUSED_SHARE: f64 = 3.0 / 50.0;

#[test]
fn a_season_of_titled_runs() {
    let Some(corpus) = common::corpus() else { return };
    let Ok(labels) = fs::read_to_string(corpus.join("labels.tsv")) else { return };
    let easy_pace = Some(Pace::from_seconds_per_kilometer(EASY_PACE_S_PER_KM));
    let ceiling = choose(&Facts { easy_pace, ..Facts::default() });
    let mut counts: BTreeMap<(&str, Class), u32> = BTreeMap::new();
    for line in labels.lines().skip(1) {
        let [path, date, title, class] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
        let kind = match class {
            _ if !path.contains(SEASON) => continue,
            "easy" => "easy",
            _ if class.starts_with("interval") => "repetitions",
            _ => "other",
        };
        let Some(verdict) = verdict(&corpus.join("files").join(path), &ceiling) else { continue };
        println!("{kind:12} {date} {title}\n    {}: {}", verdict.class.name(), verdict.sentence);
        *counts.entry((kind, verdict.class)).or_default() += 1;
    }
    println!("{counts:#?}");
    let of = |kind: &str, class: Class| counts.get(&(kind, class)).copied().unwrap_or(0);
    let all = |kind: &str| Class::ALL.iter().map(|&class| of(kind, class)).sum::<u32>();
    let share = |kind: &str| f64::from(of(kind, Class::DisguisedIntervals)) / f64::from(all(kind).max(1));
    assert!(all("repetitions") == 0 || share("repetitions") >= LEAST_FOUND_SHARE, "{counts:?}");
    assert!(share("easy") <= MOST_ACCUSED_SHARE, "{counts:?}");
}

/// The verdict on the first session of a file; `None` when it is no run.
fn verdict(path: &Path, ceiling: &Ceiling) -> Option<Verdict> {
    let activity = ingest::decode(&common::bytes(path)).ok()?;
    let session = activity.sessions.first().filter(|session| session.sport != rehabrun::model::Sport::Other)?;
    let timeline = build(session, activity.format).ok()?;
    let segmentation = segment(&timeline, Options { ignore_device_gait: false });
    let settings = Settings { sport: session.sport, ..Settings::new(UnitSystem::Metric) };
    Some(audit(&timeline, &segmentation, ceiling, &settings).verdict)
}
