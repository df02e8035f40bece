//! What is left of the bouts when the cadence is taken away: files that have one, as if a phone had recorded them.
//!
//! ```text
//! cargo run --release --example phone_score [FOLDER] [--positions]
//! ```
//!
//! Every session with a trusted cadence in the folder (`$REHABRUN_CORPUS` when none is given) is cut twice: as it is,
//! and without the cadence; with `--positions` also without speed and distance, so that only positions are left. What
//! is found with the cadence counts as true. Seconds that stay open without it are counted apart: they are neither
//! right nor wrong. Files are grouped by the folder that they lie in, or by the first word of their name in `gait`.
#![expect(clippy::print_stdout, reason = "an example prints")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rehabrun::ingest;
use rehabrun::model::{Session, Sport};
use rehabrun::segment::score::{Confusion, Matches};
use rehabrun::segment::{Bout, Gait, Options, segment};
use rehabrun::timeline::{self, SpeedSource, Timeline};
use rehabrun::units::{Distance, Speed};

fn main() {
    let mut folder = std::env::var_os("REHABRUN_CORPUS").map_or_else(|| "../shared/corpus".into(), PathBuf::from);
    let mut positions = false;
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--positions" => positions = true,
            path => folder = path.into(),
        }
    }
    let mut files = Vec::new();
    collect(&folder, &mut files);
    files.sort();
    println!("{:<60} {:>7}  {HEADER}", "file", "s");
    let mut groups: BTreeMap<String, Score> = BTreeMap::new();
    for path in &files {
        let Ok(bytes) = fs::read(path) else { continue };
        let Ok(activity) = ingest::read(&bytes) else { continue };
        for session in activity.sessions {
            let Some(score) = score(session, activity.format, positions) else { continue };
            let name = path.strip_prefix(&folder).unwrap_or(path).display().to_string();
            let name: String = name.chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
            println!("{name:<60} {:>7}  {}", score.known.total() + score.open_s, score.row());
            groups.entry(group(path)).or_default().merge(&score);
            groups.entry("~ all".to_owned()).or_default().merge(&score);
        }
    }
    for (who, score) in &groups {
        println!("{who:<60} {:>7}  {}", score.known.total() + score.open_s, score.row());
    }
}

/// All files below a folder.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}

/// Whose file it is.
fn group(path: &Path) -> String {
    let folder = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if folder == "gait" { name.split('_').next().unwrap_or_default().to_owned() } else { folder.into_owned() }
}

const HEADER: &str = " open right wrong run>walk walk>run  k(run)    F1 |edge| runs true found";

#[derive(Debug, Clone, Default)]
struct Score {
    /// Seconds that are named without the cadence.
    known: Confusion,
    open_s: u64,
    runs: Matches,
}

impl Score {
    fn merge(&mut self, other: &Self) {
        self.known.merge(&other.known);
        self.open_s += other.open_s;
        self.runs.merge(other.runs.clone());
    }

    fn row(&self) -> String {
        let all = (self.known.total() + self.open_s).max(1) as f64;
        let share = |seconds: u64| 100.0 * seconds as f64 / all;
        let right: u64 = [Gait::Stand, Gait::Walk, Gait::Run].map(|gait| self.known.seconds(gait, gait)).iter().sum();
        let number = |x: Option<f64>| x.map_or("-".to_owned(), |x| format!("{x:.3}"));
        format!(
            "{:>5.1} {:>5.1} {:>5.1} {:>8.1} {:>8.1}  {:>6} {:>5} {:>6} {:>9} {:>5}",
            share(self.open_s),
            share(right),
            share(self.known.total() - right),
            share(self.known.seconds(Gait::Run, Gait::Walk)),
            share(self.known.seconds(Gait::Walk, Gait::Run)),
            number(self.known.run_or_not().kappa()),
            number(self.runs.f1()),
            self.runs.median_boundary_error_s().map_or("-".to_owned(), |s| format!("{s:.1}")),
            self.runs.n_true,
            self.runs.n_found,
        )
    }
}

/// The score of a session; `None` for one that is no run or has no cadence.
fn score(mut session: Session, format: rehabrun::model::Format, positions: bool) -> Option<Score> {
    if session.sport != Sport::Running {
        return None;
    }
    let whole = timeline::build(&session, format).ok().filter(|t| t.signals.cadence)?;
    for record in &mut session.records {
        record.set_raw_cadence(f64::NAN);
        if positions {
            record.set_speed(Speed::from_meters_per_second(f64::NAN));
            record.set_distance(Distance::from_meters(f64::NAN));
        }
    }
    let bare = timeline::build(&session, format).ok().filter(|t| t.signals.speed != SpeedSource::None)?;
    let (truth, found) = (gaits(&whole, false), gaits(&bare, true));
    let mut score = Score { runs: Matches::of(&runs(&truth), &runs(&found)), ..Score::default() };
    for (truth, found) in truth.iter().flat_map(per_second).zip(found.iter().flat_map(per_second)) {
        match (truth, found) {
            (Gait::Paused | Gait::Unknown, _) | (_, Gait::Paused) => {}
            (_, Gait::Unknown) => score.open_s += 1,
            _ => score.known.add(truth, found, 1),
        }
    }
    Some(score)
}

fn gaits(timeline: &Timeline, ignore_device_gait: bool) -> Vec<Bout> {
    segment(timeline, Options { ignore_device_gait }).bouts
}

fn per_second(bout: &Bout) -> impl Iterator<Item = Gait> + use<> {
    std::iter::repeat_n(bout.gait, bout.range.len())
}

fn runs(bouts: &[Bout]) -> Vec<std::ops::Range<f64>> {
    let runs = bouts.iter().filter(|bout| bout.gait == Gait::Run);
    runs.map(|bout| bout.range.start as f64..bout.range.end as f64).collect()
}
