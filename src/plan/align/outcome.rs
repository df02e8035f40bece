//! What the cheapest way means for each step and for the session.

use std::ops::Range;

use super::search::Move;
use super::units::{Asked, Unit};
use super::{PerformedBout, is_over, suits};
use crate::plan::{Kind, Length, Step};
use crate::segment::Gait;

/// How far a session followed its plan. Structure and intensity are two results: a session can be right in the one and
/// wrong in the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Alignment {
    /// What the differences cost together, from 0.
    pub cost: f64,
    /// The right bouts in the right order with the right lengths, 0 to 100.
    pub structure: f64,
    /// Share of the matched run steps that stayed under their ceiling, 0 to 100; `None` where none can be judged.
    pub intensity: Option<f64>,
    /// Run steps done.
    pub runs_done: usize,
    /// Run steps planned.
    pub runs_planned: usize,
    /// Walk steps done.
    pub walks_done: usize,
    /// Walk steps planned.
    pub walks_planned: usize,
    /// Time run over time planned; `None` where no run step has a time.
    pub run_time_ratio: Option<f64>,
    /// Time walked or rested over time planned; `None` where no walk step has a time.
    pub walk_time_ratio: Option<f64>,
    /// Running after the last step that was done, in seconds.
    pub extra_run_s: f64,
    /// Walks between two runs that the plan did not ask for.
    pub unplanned_walks: usize,
    /// Their time, in seconds.
    pub unplanned_walk_s: f64,
    /// Of these, the ones right after running over the ceiling.
    pub forced_walks: usize,
    /// What happened to each step.
    pub steps: Vec<StepResult>,
}

/// What happened to one step.
#[derive(Debug, Clone, PartialEq)]
pub struct StepResult {
    /// The step.
    pub step: Step,
    /// What happened.
    pub outcome: Outcome,
    /// The bouts it was matched with.
    pub bouts: Vec<usize>,
    /// Their time, in seconds; of a run over several steps this step's share. `None` where nothing was done.
    pub actual_s: Option<f64>,
    /// Over the ceiling of the step; `None` where that cannot be told, and for what is not a run.
    pub over: Option<bool>,
}

/// What happened to a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Matched,
    /// Not done.
    Missed,
    /// Done with a stop inside.
    Split,
    /// A rest that was run through.
    RestSkipped,
    /// A walk after the last run that was not done: the session ended on the run, which is as good.
    Ended,
    /// A walk before the first run that was not done, or not recorded, which is as good.
    LeftOut,
}

/// How far the structure was followed, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Structure {
    /// From 90.
    Good,
    /// From 70.
    Partial,
    /// Below 70.
    Off,
}

names! {
    Outcome {
        Matched => "matched",
        Missed => "missed",
        Split => "split",
        RestSkipped => "rest-skipped",
        Ended => "ended",
        LeftOut => "left-out",
    }
}

names! {
    Structure {
        Good => "good",
        Partial => "partial",
        Off => "off",
    }
}

impl Alignment {
    /// The structure in a word; the limits are our choice.
    pub fn label(&self) -> Structure {
        match self.structure.round() {
            structure if structure >= 90.0 => Structure::Good,
            structure if structure >= 70.0 => Structure::Partial,
            _ => Structure::Off,
        }
    }

    /// Tells which steps were over their ceiling, once that is known of the bouts that were aligned: where they lie
    /// does not depend on it.
    pub fn judge(&mut self, bouts: &[PerformedBout]) {
        for result in self.steps.iter_mut().filter(|result| result.step.kind == Kind::Run) {
            let (Some(&first), Some(&last)) = (result.bouts.first(), result.bouts.last()) else { continue };
            result.over = bouts.get(first..=last).and_then(|taken| any_over(&result.step, taken));
        }
        self.intensity = intensity(&self.steps);
        self.forced_walks = unplanned(&self.steps, bouts).filter(|(_, forced)| *forced).count();
    }
}

/// Reads the moves through the units and `compared` bouts. What lies outside of both is up to the runner.
pub(super) fn summarize(
    steps: &[Step],
    asked: &Asked,
    bouts: &[PerformedBout],
    compared: Range<usize>,
    (cost, moves): (f64, &[Move]),
) -> Alignment {
    let mut results = around(&steps[asked.before.clone()], bouts, 0..compared.start, Outcome::LeftOut);
    let (mut i, mut j, mut lingered) = (0, compared.start, 0);
    for next in moves {
        let (n_units, n_bouts) = next.consumes();
        lingered = if *next == Move::Linger { lingered + 1 } else { lingered };
        let first = if *next == Move::Leave { j - std::mem::take(&mut lingered) } else { j };
        let of = |unit: &Unit| &steps[unit.steps.clone()];
        let taken: Vec<&[Step]> = asked.units[i..i + n_units].iter().map(of).collect();
        results.extend(step_results(*next, &taken, bouts, first..j + n_bouts));
        (i, j) = (i + n_units, j + n_bouts);
    }
    let last_done = results.iter().flat_map(|result| &result.bouts).max().map_or(0, |last| last + 1);
    let extra_run = bouts[last_done..].iter().filter(|bout| bout.gait == Gait::Run);
    results.extend(around(&steps[asked.after.clone()], bouts, compared.end..bouts.len(), Outcome::Ended));
    let was_asked = |result: &&StepResult| !matches!(result.outcome, Outcome::Ended | Outcome::LeftOut);
    let count = |kind| results.iter().filter(was_asked).filter(|result| result.step.kind == kind).count();
    // Without any running nothing was done, whatever rests it had.
    let nothing_run = count(Kind::Run) > 0 && bouts.iter().all(|bout| bout.gait != Gait::Run);
    let cost = if nothing_run { asked.total } else { cost };
    let share = if asked.total > 0.0 { f64::min(1.0, cost / asked.total) } else { 1.0 };
    let inner = asked.before.end..asked.after.start;
    let walks: Vec<(f64, bool)> = unplanned(&results, bouts).collect();
    Alignment {
        unplanned_walks: walks.len(),
        unplanned_walk_s: walks.iter().fold(0.0, |sum, (seconds, _)| sum + seconds),
        forced_walks: walks.iter().filter(|(_, forced)| *forced).count(),
        cost: if asked.total > 0.0 { cost / asked.total * steps.len() as f64 } else { steps.len() as f64 },
        structure: 100.0 * (1.0 - share),
        intensity: intensity(&results),
        runs_done: done(&results, Kind::Run),
        runs_planned: count(Kind::Run),
        walks_done: done(&results, Kind::Walk),
        walks_planned: count(Kind::Walk),
        run_time_ratio: time_ratio(&results, Kind::Run),
        walk_time_ratio: time_ratio(results.get(inner).unwrap_or_default(), Kind::Walk),
        extra_run_s: extra_run.fold(0.0, |sum, bout| sum + bout.seconds),
        steps: results,
    }
}

/// A walk shorter than this is a crossing or a shoelace. Our choice, as long as the shortest rest of a plan.
const LEAST_WALK_S: f64 = 15.0;

/// Walks between two runs that the plan did not ask for: their time, and whether the run before was over the ceiling.
fn unplanned<'a>(results: &[StepResult], bouts: &'a [PerformedBout]) -> impl Iterator<Item = (f64, bool)> + 'a {
    let rests = results.iter().filter(|result| result.step.kind != Kind::Run).flat_map(|result| &result.bouts);
    let rests: Vec<usize> = rests.copied().collect();
    let first = bouts.iter().position(|bout| bout.gait == Gait::Run).unwrap_or(bouts.len());
    let last = bouts.iter().rposition(|bout| bout.gait == Gait::Run).unwrap_or(0);
    let within = (first..last).filter(move |at| {
        let bout = &bouts[*at];
        bout.gait == Gait::Walk && bout.seconds >= LEAST_WALK_S && !rests.contains(at)
    });
    within.map(|at| {
        let run_before = bouts[..at].iter().rev().find(|bout| bout.gait == Gait::Run);
        (bouts[at].seconds, run_before.is_some_and(|bout| bout.over == Some(true)))
    })
}

/// Walks before the first run or after the last, `absent` where there were none.
fn around(steps: &[Step], bouts: &[PerformedBout], range: Range<usize>, absent: Outcome) -> Vec<StepResult> {
    let taken = if steps.iter().any(|step| step.kind == Kind::Walk) { &bouts[range.clone()] } else { &[] };
    if taken.is_empty() {
        return steps.iter().map(|step| nothing(step, absent)).collect();
    }
    shared(steps, Outcome::Matched, range, seconds(taken.iter()))
}

fn nothing(step: &Step, outcome: Outcome) -> StepResult {
    StepResult { step: *step, outcome, bouts: Vec::new(), actual_s: None, over: None }
}

/// Adjacent walks done in one: each has its share of the time.
fn shared(steps: &[Step], outcome: Outcome, range: Range<usize>, total: f64) -> Vec<StepResult> {
    let planned: f64 = steps.iter().map(planned_seconds).sum();
    let share = |step: &Step| if planned > 0.0 { planned_seconds(step) / planned } else { 1.0 / steps.len() as f64 };
    let result = |step: &Step| {
        let actual_s = Some(total * share(step));
        StepResult { step: *step, outcome, bouts: range.clone().collect(), actual_s, over: None }
    };
    steps.iter().map(result).collect()
}

/// What a move means for the steps of the units it takes.
fn step_results(next: Move, units: &[&[Step]], bouts: &[PerformedBout], range: Range<usize>) -> Vec<StepResult> {
    let taken = &bouts[range.clone()];
    let run = |step: &Step, outcome, actual_s| {
        let over = if step.kind == Kind::Run { any_over(step, taken) } else { None };
        StepResult { step: *step, outcome, bouts: range.clone().collect(), actual_s: Some(actual_s), over }
    };
    let steps = || units.iter().copied().flatten();
    let Some(first) = steps().next() else { return Vec::new() };
    let total = seconds(taken.iter().filter(|bout| suits(first.kind, bout.gait)));
    let outcome = if taken.iter().all(|bout| suits(first.kind, bout.gait)) { Outcome::Matched } else { Outcome::Split };
    match next {
        Move::Extra | Move::Linger => Vec::new(),
        Move::Missed => steps().map(|step| nothing(step, Outcome::Missed)).collect(),
        Move::Leave if taken.is_empty() => vec![nothing(first, Outcome::Missed)],
        Move::Match(_) | Move::Leave if first.kind == Kind::Walk => shared(units[0], outcome, range, total),
        Move::Match(_) | Move::Leave => vec![run(first, outcome, total)],
        Move::RunThrough(_) => {
            let planned: f64 = steps().filter(|step| step.kind == Kind::Run).map(planned_seconds).sum();
            let share = |step: &Step| if planned > 0.0 { planned_seconds(step) / planned } else { 1.0 };
            let result = |step: &Step| match step.kind {
                Kind::Run => run(step, Outcome::Matched, total * share(step)),
                _ => nothing(step, Outcome::RestSkipped),
            };
            steps().map(result).collect()
        }
    }
}

fn seconds<'a>(bouts: impl Iterator<Item = &'a PerformedBout>) -> f64 {
    bouts.fold(0.0, |sum, bout| sum + bout.seconds)
}

/// The planned time of a step; 0 where it has none.
fn planned_seconds(step: &Step) -> f64 {
    if let Length::Time(seconds) = step.length { seconds } else { 0.0 }
}

/// Over when any of the running was; `None` when some of it cannot be told and the rest was not over.
fn any_over(step: &Step, bouts: &[PerformedBout]) -> Option<bool> {
    let over: Vec<_> = bouts.iter().filter(|bout| bout.gait == Gait::Run).map(|bout| is_over(step, bout)).collect();
    if over.contains(&Some(true)) {
        return Some(true);
    }
    (!over.is_empty() && !over.contains(&None)).then_some(false)
}

fn done(results: &[StepResult], kind: Kind) -> usize {
    let is_done = |result: &&StepResult| matches!(result.outcome, Outcome::Matched | Outcome::Split);
    results.iter().filter(is_done).filter(|result| result.step.kind == kind).count()
}

fn intensity(results: &[StepResult]) -> Option<f64> {
    let judged: Vec<bool> = results.iter().filter_map(|result| result.over).collect();
    let under = judged.iter().filter(|over| !**over).count();
    (!judged.is_empty()).then(|| 100.0 * under as f64 / judged.len() as f64)
}

fn time_ratio(results: &[StepResult], kind: Kind) -> Option<f64> {
    let timed = || results.iter().filter(|result| result.step.kind == kind && planned_seconds(&result.step) > 0.0);
    let planned: f64 = timed().map(|result| planned_seconds(&result.step)).sum();
    let actual: f64 = timed().filter_map(|result| result.actual_s).sum();
    (planned > 0.0).then(|| actual / planned)
}
