//! Audits a season of titled runs and holds the verdicts against the titles.
//!
//! ```text
//! cargo run --release --example season -- FOLDER [CEILING in m/s]
//! ```
//!
//! `FOLDER/labels.tsv` has a run a line: path below `FOLDER/files`, date, title, class (`easy`, `interval`, ...).

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use rehabrun::audit::{Audit, Class, Settings, audit};
use rehabrun::ceiling::{Ceiling, Facts, choose};
use rehabrun::ingest;
use rehabrun::segment::{Options, segment};
use rehabrun::timeline::build;
use rehabrun::units::{Pace, UnitSystem, percent};

/// The easy ceiling of that season: 5:33/km.
const EASY_PACE_S_PER_KM: f64 = 333.0;

#[expect(clippy::print_stdout, reason = "an example prints")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("usage: season FOLDER [seconds per km]")?);
    let pace = arguments.next().map_or(Ok(EASY_PACE_S_PER_KM), |pace| pace.parse())?;
    let ceiling = choose(&Facts { easy_pace: Some(Pace::from_seconds_per_kilometer(pace)), ..Facts::default() });
    let mut counts = Vec::new();
    for line in fs::read_to_string(folder.join("labels.tsv"))?.lines().skip(1) {
        let [path, date, title, class] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
        let Some(audit) = audited(&folder.join("files").join(path), &ceiling) else { continue };
        let verdict = &audit.verdict;
        println!(
            "{class:16} {date} {title}\n    {} ({}): {}",
            verdict.class.name(),
            percent(verdict.confidence),
            verdict.sentence
        );
        counts.push((class.to_owned(), verdict.class));
    }
    for kind in ["easy", "interval", "interval|tempo", "tempo", "race", ""] {
        let of_kind = || counts.iter().filter(|(class, _)| class == kind).map(|(_, class)| *class);
        let by_class =
            Class::ALL.map(|class| format!("{} {}", of_kind().filter(|c| *c == class).count(), class.name()));
        println!("{kind:16} {}: {}", of_kind().count(), by_class.join(", "));
    }
    Ok(())
}

fn audited(path: &Path, ceiling: &Ceiling) -> Option<Audit> {
    let bytes = fs::read(path).ok()?;
    let bytes = if bytes.starts_with(&[0x1f, 0x8b]) { ingest::gunzip(&bytes).ok()?.bytes } else { bytes };
    let activity = ingest::decode(&bytes).ok()?;
    let session = activity.sessions.first()?;
    let timeline = build(session, activity.format).ok()?;
    let segmentation = segment(&timeline, Options { ignore_device_gait: false });
    let settings = Settings { sport: session.sport, ..Settings::new(UnitSystem::Metric) };
    Some(audit(&timeline, &segmentation, ceiling, &settings))
}
