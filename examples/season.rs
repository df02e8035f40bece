//! Shows how a season of titled runs is judged, and what every accusation rests on.
//!
//! ```text
//! cargo run --release --example season [EASY_PACE] [easy|repetitions|other|all]
//! ```
//!
//! The corpus (`$REHABRUN_CORPUS`) holds `labels.tsv` (path, date, title, class) and `laps.tsv` (the laps of each run).
//! For each run: its verdict and, for each stretch over the ceiling, when, how fast by effort and over the ground, heart
//! rate in it and in the rest of the running, and the laps of the watch that it lies in. Without a kind, the runs with an
//! easy title that are not easy and the repetitions that are not intervals.
#![expect(clippy::print_stdout, reason = "an example prints")]

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use rehabrun::audit::{Audit, Class, Finding, RuleId, Settings, audit};
use rehabrun::ceiling::{Facts, choose};
use rehabrun::ingest;
use rehabrun::model::Sport;
use rehabrun::segment::{Gait, Options, Segmentation, segment};
use rehabrun::timeline::{Timeline, build};
use rehabrun::units::{Pace, Speed, UnitSystem, clock, parse_pace, percent};

/// 5:33/km: nine in ten of the runs with an easy title are slower on average.
const EASY_PACE_S_PER_KM: f64 = 333.0;
/// What the paths of the season have in common; the table names other files too.
const SEASON: &str = "running-data/";
/// The rules that tell of a stretch over the ceiling.
const OVER: [RuleId; 4] = [RuleId::DisguisedIntervals, RuleId::AboveEasy, RuleId::DriftedOver, RuleId::Surges];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let pace = match arguments.next() {
        Some(pace) => parse_pace(&pace)?,
        None => Pace::from_seconds_per_kilometer(EASY_PACE_S_PER_KM),
    };
    let wanted = arguments.next();
    let ceiling = choose(&Facts { easy_pace: Some(pace), ..Facts::default() });
    let corpus = std::env::var_os("REHABRUN_CORPUS").map_or_else(|| PathBuf::from("../shared/corpus"), PathBuf::from);
    let table = fs::read_to_string(corpus.join("laps.tsv"))?;
    let laps = laps(&table);
    let mut counts: BTreeMap<(&str, Class), u32> = BTreeMap::new();
    for line in fs::read_to_string(corpus.join("labels.tsv"))?.lines().skip(1) {
        let [path, date, title, label] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
        let kind = match label {
            _ if !path.contains(SEASON) => continue,
            "easy" => "easy",
            _ if label.starts_with("interval") => "repetitions",
            _ => "other",
        };
        let Some((timeline, segmentation)) = session(&corpus.join("files").join(path)) else { continue };
        let audit = audit(&timeline, &segmentation, &ceiling, &Settings::new(UnitSystem::Metric));
        let class = audit.verdict.class;
        *counts.entry((kind, class)).or_default() += 1;
        let is_wanted = match wanted.as_deref() {
            None => {
                kind == "easy" && class != Class::Easy || kind == "repetitions" && class != Class::DisguisedIntervals
            }
            Some(wanted) => wanted == "all" || wanted == kind,
        };
        if is_wanted {
            println!("\n{date} {title} ({kind}): {}\n  {}", class.name(), audit.verdict.sentence);
            let of_file = laps.get(path).map_or(&[][..], Vec::as_slice);
            for finding in audit.findings.iter().filter(|finding| OVER.contains(&finding.rule)) {
                println!("  {}", stretch(finding, &audit, &timeline, &segmentation, of_file));
            }
        }
    }
    println!();
    for ((kind, class), n) in &counts {
        println!("{kind:12} {:20} {n:3}", class.name());
    }
    Ok(())
}

/// One stretch over the ceiling as a row.
fn stretch(
    finding: &Finding,
    audit: &Audit,
    timeline: &Timeline,
    segmentation: &Segmentation,
    laps: &[(f64, String)],
) -> String {
    let Range { start, end } = finding.range;
    let over: Vec<&Range<usize>> =
        audit.findings.iter().filter(|other| OVER.contains(&other.rule)).map(|other| &other.range).collect();
    let is_rest = |i: usize| !over.iter().any(|range| range.contains(&i));
    let runs = segmentation.bouts.iter().filter(|bout| bout.gait == Gait::Run).flat_map(|bout| bout.range.clone());
    let heart = |samples: &mut dyn Iterator<Item = usize>| {
        let (sum, n) =
            samples.filter_map(|i| timeline.heart_rate.get(i)).fold((0.0, 0_u32), |(s, n), x| (s + x, n + 1));
        if n > 0 { format!("{:.0}", sum / f64::from(n)) } else { "-".to_owned() }
    };
    let (mut begins, mut touched) = (0.0, Vec::new());
    for (n, (seconds, what)) in laps.iter().enumerate() {
        if begins < timeline.seconds(end) && begins + seconds > timeline.seconds(start) {
            touched.push(format!("{} {} {what}", n + 1, clock(*seconds)));
        }
        begins += seconds;
    }
    let meters = timeline.distance_at(end).as_meters() - timeline.distance_at(start).as_meters();
    let speed = Speed::from_meters_per_second(meters / (timeline.seconds(end) - timeline.seconds(start)));
    format!(
        "{:>7}-{:<7} {} over; {} over the ground; heart {} ({} in the rest); laps: {}",
        clock(timeline.seconds(start)),
        clock(timeline.seconds(end)),
        finding.measure.map_or_else(String::new, |measure| percent(measure.measured - 1.0)),
        UnitSystem::Metric.pace(speed),
        heart(&mut (start..end)),
        heart(&mut runs.filter(|&i| is_rest(i))),
        touched.join(", "),
    )
}

/// The laps of each file: seconds, and phase with the mean pace.
fn laps(table: &str) -> BTreeMap<&str, Vec<(f64, String)>> {
    let mut laps: BTreeMap<&str, Vec<(f64, String)>> = BTreeMap::new();
    for line in table.lines().skip(1) {
        let [path, phase, _, _, seconds, _, kilometers, ..] = line.split('\t').collect::<Vec<_>>()[..] else {
            continue;
        };
        let (Ok(seconds), Ok(kilometers)) = (seconds.parse::<f64>(), kilometers.parse::<f64>()) else { continue };
        let pace = UnitSystem::Metric.pace(Speed::from_meters_per_second(1000.0 * kilometers / seconds));
        laps.entry(path).or_default().push((seconds, format!("{phase} {pace}")));
    }
    laps
}

/// The first session of a file, cut into bouts; `None` when it is no run.
fn session(path: &Path) -> Option<(Timeline, Segmentation)> {
    let activity = ingest::read(&fs::read(path).ok()?).ok()?;
    let session = activity.sessions.first().filter(|session| session.sport != Sport::Other)?;
    let timeline = build(session, activity.format).ok()?;
    let segmentation = segment(&timeline, Options { ignore_device_gait: false });
    Some((timeline, segmentation))
}
