//! The ceiling from a runner's own runs, on runners who had no part in choosing its settings.
//!
//! ```text
//! cargo test --test it verdicts::own_runs -- --nocapture
//! ```
//!
//! For each of four runners the settings are chosen on the other three, and tried on this one: on the first 20 runs, and on
//! every block of 20 runs that begins five runs behind the one before. The reference is the 90th percentile of the pace of
//! the runs that the runner called easy in that year, which is what the runner does and no threshold. The settings in use
//! are close to the best on all four; how good they are on others is what the left-out runners show, not that fit.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::common;
use rehabrun::auditor::{Settings, audit_bytes};
use rehabrun::ceiling::from_runs::{HABIT, Habit, SeenRun};
use rehabrun::runner::Runner;

/// A run with the ceiling of its year in seconds a kilometre.
type Run = (SeenRun, f64);

/// What too fast counts more than too slow.
const TOO_FAST: f64 = 2.0;

/// A block without a proposal counts as an error of this size.
const NO_PROPOSAL: f64 = 0.15;

/// Student's t for nine tenths, with the degrees of freedom of three runners, and the widening without heart rate and with few
/// runs: as in the program.
const NINE_TENTHS: f64 = 2.353;
const WITHOUT_HEART_RATE: f64 = 4.0 / 3.0;
const FEW: f64 = 1.3;

/// The ceiling of the first season, whose labels have no table: as in [`super::season`].
const FIRST_SEASON_S_PER_KM: f64 = 333.0;

#[test]
fn a_ceiling_from_the_runs_of_others() {
    let Some(corpus) = common::corpus() else { return };
    let runners = runners(&corpus);
    if runners.len() < 4 {
        println!("skipped: no corpus");
        return;
    }
    println!("runner       settings on the others  sd     first 20 runs                blocks  within 6 %  in band");
    let (mut n_blocks, mut n_in_band, mut n_close) = (0, 0, 0);
    for (name, runs) in &runners {
        let others: Vec<&Vec<Run>> = runners.iter().filter(|(other, _)| *other != name).map(|(_, runs)| runs).collect();
        let habit = best(&others);
        let sd = mean_square(others.iter().map(|runs| plain_error(&blocks(runs), habit))).sqrt();
        let in_band = |block: &[Run]| {
            let (error, n_easy, tells_hard) = error(block, habit)?;
            let few = if n_easy < 10 { FEW } else { 1.0 };
            let band = NINE_TENTHS * sd * few * if tells_hard { 1.0 } else { WITHOUT_HEART_RATE };
            Some((error, error.abs() <= band, tells_hard))
        };
        let judged: Vec<(f64, bool, bool)> = blocks(runs).into_iter().filter_map(in_band).collect();
        let close = judged.iter().filter(|(error, ..)| error.abs() < 0.06).count();
        let inside = judged.iter().filter(|(_, inside, _)| *inside).count();
        let first = in_band(&runs[..20.min(runs.len())]).map_or("no proposal".to_owned(), |(error, inside, tells)| {
            let heart = if tells { "with HR" } else { "no HR" };
            format!("{:+5.1} % {heart:7} {}", 100.0 * (error.exp() - 1.0), if inside { "in band" } else { "outside" })
        });
        println!(
            "{name:12} {:.2} {:.2} {:.2}          {sd:.3}  {first:28} {:3}     {close:3}         {inside:3}",
            habit.steady,
            habit.hard,
            habit.slower,
            judged.len()
        );
        (n_blocks, n_in_band, n_close) = (n_blocks + judged.len(), n_in_band + inside, n_close + close);
    }
    let all: Vec<&Vec<Run>> = runners.values().collect();
    let (in_use, least) = (cost_of(&all, HABIT), cost_of(&all, best(&all)));
    println!(
        "on all four: {:?} in use, root mean square {:.3}; {:?} best, {:.3}",
        HABIT,
        in_use.sqrt(),
        best(&all),
        least.sqrt()
    );
    assert!(in_use <= 1.1 * least, "the settings in use are far from the best");
    println!("all: {n_blocks} blocks, {n_close} within 6 %, {n_in_band} in their band");
    assert!(10 * n_in_band >= 9 * n_blocks, "{n_in_band} of {n_blocks} in their band");
    assert!(10 * n_close >= 7 * n_blocks, "{n_close} of {n_blocks} within 6 %");
}

/// The settings with the least cost on some runners, each weighed alike.
fn best(runners: &[&Vec<Run>]) -> Habit {
    let costs = grid().map(|habit| (cost_of(runners, habit), habit));
    costs.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, habit)| habit).expect("a grid")
}

fn cost_of(runners: &[&Vec<Run>], habit: Habit) -> f64 {
    mean_square(runners.iter().map(|runs| cost(&blocks(runs), habit)))
}

fn grid() -> impl Iterator<Item = Habit> {
    let steady = [0.06, 0.07, 0.08, 0.09, 0.10, 0.12];
    let hard = [0.86, 0.88, 0.90, 0.92];
    let slower = [0.55, 0.60, 0.65, 0.70, 0.75];
    steady.into_iter().flat_map(move |steady| {
        hard.into_iter().flat_map(move |hard| slower.into_iter().map(move |slower| Habit { steady, hard, slower }))
    })
}

fn blocks(runs: &[Run]) -> Vec<&[Run]> {
    (0..=runs.len().saturating_sub(20)).step_by(5).map(|at| &runs[at..(at + 20).min(runs.len())]).collect()
}

/// The logarithm of proposed over true speed, positive where the proposal is too fast, with the number of easy runs and
/// whether heart rate told the hard ones. The ceiling is that of the last run's year.
fn error(block: &[Run], habit: Habit) -> Option<(f64, usize, bool)> {
    let seen: Vec<SeenRun> = block.iter().map(|(run, _)| run.clone()).collect();
    let (speed, n_easy, tells_hard) = habit.limit(&seen)?;
    let (_, seconds) = block.last()?;
    Some(((speed.as_meters_per_second() * seconds / 1000.0).ln(), n_easy, tells_hard))
}

fn cost(blocks: &[&[Run]], habit: Habit) -> f64 {
    let of = |block: &&[Run]| {
        let error = error(block, habit).map_or(NO_PROPOSAL, |(error, ..)| error);
        (error * if error > 0.0 && error != NO_PROPOSAL { TOO_FAST } else { 1.0 }).powi(2)
    };
    mean_square(blocks.iter().map(of))
}

fn plain_error(blocks: &[&[Run]], habit: Habit) -> f64 {
    mean_square(blocks.iter().filter_map(|block| Some(error(block, habit)?.0.powi(2))))
}

/// The mean of squares.
fn mean_square(squares: impl Iterator<Item = f64>) -> f64 {
    let (sum, n) = squares.fold((0.0, 0.0), |(sum, n), square| (sum + square, n + 1.0));
    sum / f64::max(n, 1.0)
}

/// The runs of each runner in the order of their days.
fn runners(corpus: &Path) -> BTreeMap<String, Vec<Run>> {
    let mut runners: BTreeMap<String, Vec<Run>> = BTreeMap::new();
    let mut settings = Settings::from(Runner::default());
    settings.sees_runs = true;
    let mut add = |runner: &str, path: &Path, seconds: f64| {
        let Ok(bytes) = fs::read(path) else { return };
        let file = audit_bytes("", bytes, &settings);
        let runs = file.sessions.into_iter().filter_map(|session| Some((session.seen?, seconds)));
        runners.entry(runner.to_owned()).or_default().extend(runs);
    };
    let table = fs::read_to_string(corpus.join("seasons.tsv")).unwrap_or_default();
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let (Some(file), Some(runner), Some(Ok(seconds))) =
            (cells.first(), cells.get(1), cells.get(4).map(|cell| cell.parse()))
        else {
            continue;
        };
        add(runner, &corpus.join("seasons").join(file), seconds);
    }
    let labels = fs::read_to_string(corpus.join("labels.tsv")).unwrap_or_default();
    for path in labels.lines().skip(1).filter_map(|line| line.split('\t').next()) {
        if path.contains("running-data/") {
            add("first season", &corpus.join("files").join(path), FIRST_SEASON_S_PER_KM);
        }
    }
    for runs in runners.values_mut() {
        runs.sort_by_key(|(run, _)| run.date);
    }
    runners
}
