//! Scores the segmenter against the watch's own detection, on FIT files with a table of truth beside each.
//!
//! ```text
//! cargo run --release --example gait_score [FOLDER] [--watch] [--speed-only] [--cross-validate]
//! ```
//!
//! The folder (`$REHABRUN_CORPUS/gait` when none is given) holds `NAME.fit` with `NAME.fit.tsv`: `start_unix`,
//! `end_unix`, `gait`, both ends inclusive. Only seconds that the truth names count. Files of more than 20 000 s are
//! listed and left out of the sums. The watch's detection inside the file is not used, unless `--watch` is given.
//! With `--speed-only` the cadence is taken away first, as if a phone had recorded. With `--cross-validate` the weights
//! of the segmenter are chosen for each runner on the files of the others, and scored on the runner's own.
//!
//! A watch goes on calling it a run for some six seconds after the step rate has fallen. The last columns take that
//! delay out of the truth, by shifting ends of runs six seconds forward (four before a stand, as ends of walks).
#![expect(clippy::print_stdout, reason = "an example prints")]

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use rehabrun::ingest;
use rehabrun::segment::score::{Confusion, Matches};
use rehabrun::segment::{Bout, Gait, Options, Weights, segment_with_weights};
use rehabrun::timeline::{self, Series, Timeline};

/// Longer files are listed and left out of the sums: one day on the mountains would outweigh everything.
const LONGEST_S: usize = 20_000;

fn main() {
    let mut folder = corpus();
    let mut options = Options { ignore_device_gait: true };
    let (mut speed_only, mut cross_validated) = (false, false);
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--watch" => options.ignore_device_gait = false,
            "--speed-only" => speed_only = true,
            "--cross-validate" => cross_validated = true,
            path => folder = path.into(),
        }
    }
    let mut files: Vec<PathBuf> =
        fs::read_dir(&folder).map(|entries| entries.flatten().map(|entry| entry.path()).collect()).unwrap_or_default();
    files.retain(|path| path.extension().is_some_and(|e| e == "fit"));
    files.sort();
    if files.is_empty() {
        println!("skipped: no corpus in {}", folder.display());
        return;
    }
    if cross_validated {
        return cross_validate(&files);
    }
    println!("{:<40} {:>6}  {HEADER}", "file", "s");
    let mut sums: BTreeMap<String, Score> = BTreeMap::new();
    for path in &files {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match read(path, speed_only).map(|sessions| score(&sessions, options, Weights::FITTED)) {
            Err(why) => println!("{name:<40} {why}"),
            Ok((seconds, score)) => {
                println!("{name:<40} {seconds:>6}  {}", score.row());
                if seconds <= LONGEST_S {
                    let athlete = name.split('_').next().unwrap_or_default().to_owned();
                    sums.entry(athlete).or_default().merge(score.clone());
                    sums.entry("~ all".to_owned()).or_default().merge(score);
                }
            }
        }
    }
    for (who, sum) in &sums {
        println!("{who:<40} {:>6}  {}", sum.labelled.total(), sum.row());
    }
    for (what, confusion) in sums
        .get("~ all")
        .map(|all| [("as labelled", all.labelled), ("delay taken out", all.undelayed)])
        .into_iter()
        .flatten()
    {
        println!(
            "\n{what}: truth down, found across\n{:>8} {:>8} {:>8} {:>8} {:>8}",
            "", "stand", "walk", "run", "unknown"
        );
        for truth in [Gait::Stand, Gait::Walk, Gait::Run] {
            let found =
                [Gait::Stand, Gait::Walk, Gait::Run, Gait::Unknown].map(|found| confusion.seconds(truth, found));
            println!(
                "{:>8} {:>8} {:>8} {:>8} {:>8}",
                format!("{truth:?}").to_lowercase(),
                found[0],
                found[1],
                found[2],
                found[3]
            );
        }
    }
}

fn corpus() -> PathBuf {
    let root = std::env::var_os("REHABRUN_CORPUS").map_or_else(|| "../shared/corpus".into(), PathBuf::from);
    root.join("gait")
}

const HEADER: &str = "accur. k(run) k(3)   F1    |edge| run%   undelayed: k(run) k(3)";

#[derive(Debug, Clone, Default)]
struct Score {
    labelled: Confusion,
    undelayed: Confusion,
    runs: Matches,
    true_run_s: f64,
    found_run_s: f64,
}

impl Score {
    fn merge(&mut self, other: Self) {
        self.labelled.merge(&other.labelled);
        self.undelayed.merge(&other.undelayed);
        self.runs.merge(other.runs);
        self.true_run_s += other.true_run_s;
        self.found_run_s += other.found_run_s;
    }

    fn of(truth: &[Option<Gait>], found: &[Gait]) -> Self {
        let confusion = |truth: &[Option<Gait>]| {
            let mut confusion = Confusion::default();
            for (truth, &found) in truth.iter().zip(found) {
                if let Some(truth) = truth {
                    confusion.add(*truth, found, 1);
                }
            }
            confusion
        };
        let named: Vec<Option<Gait>> = truth.iter().zip(found).map(|(truth, found)| truth.and(Some(*found))).collect();
        let (true_runs, found_runs) = (runs(truth), runs(&named));
        let seconds = |runs: &[Range<f64>]| runs.iter().map(|run| run.end - run.start).sum();
        Self {
            labelled: confusion(truth),
            undelayed: confusion(&without_delay(truth)),
            runs: Matches::of(&true_runs, &found_runs),
            true_run_s: seconds(&true_runs),
            found_run_s: seconds(&found_runs),
        }
    }

    fn row(&self) -> String {
        let number = |x: Option<f64>, digits: usize| x.map_or("-".to_owned(), |x| format!("{x:.digits$}"));
        let run_error = 100.0 * (self.found_run_s / self.true_run_s - 1.0);
        format!(
            "{:>6} {:>6} {:>6} {:>5} {:>5} {:>+6.1}             {:>6} {:>6}",
            number(self.labelled.run_or_not().accuracy(), 3),
            number(self.labelled.run_or_not().kappa(), 3),
            number(self.labelled.kappa(), 3),
            number(self.runs.f1(), 2),
            number(self.runs.median_boundary_error_s(), 1),
            run_error,
            number(self.undelayed.run_or_not().kappa(), 3),
            number(self.undelayed.kappa(), 3),
        )
    }
}

/// A session and the gait of each of its seconds, where the truth names it.
type Labelled = (Timeline, Vec<Option<Gait>>);

/// The sessions of one file.
fn read(path: &Path, speed_only: bool) -> Result<Vec<Labelled>, String> {
    let bytes = fs::read(path).map_err(|e| e.to_string())?;
    let activity = ingest::decode(&bytes).map_err(|e| e.to_string())?;
    let sessions = activity.sessions.iter().map(|session| {
        let mut timeline = timeline::build(session, activity.format).map_err(|e| format!("{e:?}"))?;
        if speed_only {
            timeline.cadence = Series::missing(timeline.len());
            timeline.signals.cadence = false;
        }
        let truth = truth(path, timeline.start.as_unix_seconds() as i64, timeline.len())?;
        Ok((timeline, truth))
    });
    sessions.collect()
}

/// Length in seconds and score of one file, all its sessions together.
fn score(sessions: &[Labelled], options: Options, weights: Weights) -> (usize, Score) {
    let mut len = 0;
    let mut score = Score::default();
    for (timeline, truth) in sessions {
        let found = per_second(&segment_with_weights(timeline, options, weights).bouts, timeline.len());
        len += timeline.len();
        score.merge(Score::of(truth, &found));
    }
    (len, score)
}

/// Chooses the weights for each runner on the others' files, by run or not, and scores them on the runner's own.
fn cross_validate(files: &[PathBuf]) {
    let options = Options { ignore_device_gait: true };
    let mut runners: BTreeMap<String, Vec<Vec<Labelled>>> = BTreeMap::new();
    for path in files {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let runner = name.split('_').next().unwrap_or_default().to_owned();
        let sessions = read(path, false).unwrap_or_default();
        if sessions.iter().map(|(timeline, _)| timeline.len()).sum::<usize>() <= LONGEST_S {
            runners.entry(runner).or_default().push(sessions);
        }
    }
    let confusion = |runner: &str, weights: Weights| {
        let mut sum = Confusion::default();
        for sessions in &runners[runner] {
            sum.merge(&score(sessions, options, weights).1.labelled);
        }
        sum
    };
    let kappa = |confusions: &[Confusion]| {
        let mut sum = Confusion::default();
        for confusion in confusions {
            sum.merge(confusion);
        }
        (sum.run_or_not().kappa().unwrap_or(0.0), sum.kappa().unwrap_or(0.0))
    };
    let table: Vec<(Weights, BTreeMap<&String, Confusion>)> = grid()
        .map(|weights| (weights, runners.keys().map(|runner| (runner, confusion(runner, weights))).collect()))
        .collect();
    let mut left_out = Vec::new();
    for runner in runners.keys() {
        let others = |row: &BTreeMap<&String, Confusion>| {
            let others: Vec<Confusion> = row.iter().filter(|(who, _)| **who != runner).map(|(_, c)| *c).collect();
            kappa(&others).0
        };
        let Some((weights, row)) = table.iter().max_by(|a, b| others(&a.1).total_cmp(&others(&b.1))) else { continue };
        let (own, fitted) = (kappa(&[row[runner]]), kappa(&[confusion(runner, Weights::FITTED)]));
        println!(
            "{runner:<20} {weights:?}: kappa {:.3} {:.3}, as built in {:.3} {:.3}",
            own.0, own.1, fitted.0, fitted.1
        );
        left_out.push(row[runner]);
    }
    let fitted: Vec<Confusion> = runners.keys().map(|runner| confusion(runner, Weights::FITTED)).collect();
    let (own, fitted) = (kappa(&left_out), kappa(&fitted));
    println!("{:<20} kappa {:.3} {:.3}, as built in {:.3} {:.3}", "~ all", own.0, own.1, fitted.0, fitted.1);
}

/// The weights that are tried.
fn grid() -> impl Iterator<Item = Weights> {
    [134.0, 137.0, 139.0, 141.0, 144.0].into_iter().flat_map(|run_spm| {
        [0.3, 0.6, 1.0].into_iter().flat_map(move |per_spm| {
            [1.0, 2.0, 4.0].into_iter().map(move |change_cost| Weights { run_spm, per_spm, change_cost })
        })
    })
}

/// The gait of each second as the table beside the file has it; `None` where it is silent.
fn truth(path: &Path, start: i64, len: usize) -> Result<Vec<Option<Gait>>, String> {
    let table = fs::read_to_string(path.with_extension("fit.tsv")).map_err(|e| e.to_string())?;
    let mut truth = vec![None; len];
    for line in table.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [from, to, gait] = fields[..] else { return Err(format!("three fields expected in `{line}`")) };
        let second = |text: &str| text.parse::<i64>().map(|t| t - start).map_err(|e| e.to_string());
        let gait = match gait {
            "run" => Gait::Run,
            "walk" => Gait::Walk,
            "stand" => Gait::Stand,
            other => return Err(format!("no gait is called `{other}`")),
        };
        let (from, to) = (second(from)?.max(0) as usize, (second(to)? + 1).max(0) as usize);
        if let Some(own) = truth.get_mut(from..to.min(len)) {
            own.fill(Some(gait));
        }
    }
    Ok(truth)
}

/// The truth with the watch's delay taken out.
fn without_delay(truth: &[Option<Gait>]) -> Vec<Option<Gait>> {
    let mut undelayed = truth.to_vec();
    for i in 1..truth.len() {
        let held = match (truth[i - 1], truth[i]) {
            (Some(Gait::Run), Some(Gait::Walk)) => 6,
            (Some(Gait::Run | Gait::Walk), Some(Gait::Stand)) => 4,
            _ => 0,
        };
        for k in (0..i).rev().take(held).take_while(|&k| truth[k] == truth[i - 1]) {
            undelayed[k] = truth[i];
        }
    }
    undelayed
}

fn per_second(bouts: &[Bout], len: usize) -> Vec<Gait> {
    let mut gaits = vec![Gait::Unknown; len];
    for bout in bouts {
        gaits[bout.range.clone()].fill(bout.gait);
    }
    gaits
}

fn runs(gaits: &[Option<Gait>]) -> Vec<Range<f64>> {
    let mut end = 0;
    gaits
        .chunk_by(|a, b| a == b)
        .filter_map(|alike| {
            end += alike.len();
            (alike[0] == Some(Gait::Run)).then_some((end - alike.len()) as f64..end as f64)
        })
        .collect()
}
