//! What the cheapest way means for each step and for the session.

use std::ops::Range;

use super::search::Move;
use super::{Detected, is_over};
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
    /// A last rest that nothing was to come after: the session ended on the run before it.
    Ended,
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

impl Outcome {
    /// The name in reports, such as `rest-skipped`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Matched => "matched",
            Self::Missed => "missed",
            Self::Split => "split",
            Self::RestSkipped => "rest-skipped",
            Self::Ended => "ended",
        }
    }
}

impl Structure {
    /// The name in reports, such as `good`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Partial => "partial",
            Self::Off => "off",
        }
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
}

/// Reads the moves. Bouts behind the last move were not compared and are extra.
pub(super) fn tell(steps: &[Step], bouts: &[Detected], cost: f64, moves: &[Move]) -> Alignment {
    let mut results = Vec::with_capacity(steps.len());
    let (mut i, mut j, mut lingered) = (0, 0, 0);
    for next in moves {
        let (n_steps, n_bouts) = next.takes();
        lingered = if *next == Move::Linger { lingered + 1 } else { lingered };
        let first = if *next == Move::Leave { j - std::mem::take(&mut lingered) } else { j };
        results.extend(step_results(*next, &steps[i..i + n_steps], bouts, first..j + n_bouts));
        (i, j) = (i + n_steps, j + n_bouts);
    }
    let last_done = results.iter().flat_map(|result| &result.bouts).max().map_or(0, |last| last + 1);
    let extra_run = bouts[last_done..].iter().filter(|bout| bout.gait == Gait::Run);
    let asked = |result: &&StepResult| result.outcome != Outcome::Ended;
    let count = |kind| results.iter().filter(asked).filter(|result| result.step.kind == kind).count();
    Alignment {
        cost,
        structure: if steps.is_empty() { 0.0 } else { 100.0 * (1.0 - cost / steps.len() as f64).max(0.0) },
        intensity: intensity(&results),
        runs_done: done(&results, Kind::Run),
        runs_planned: count(Kind::Run),
        walks_done: done(&results, Kind::Walk),
        walks_planned: count(Kind::Walk),
        run_time_ratio: time_ratio(&results, Kind::Run),
        walk_time_ratio: time_ratio(&results, Kind::Walk),
        extra_run_s: extra_run.fold(0.0, |sum, bout| sum + bout.seconds),
        steps: results,
    }
}

fn step_results(next: Move, steps: &[Step], bouts: &[Detected], range: Range<usize>) -> Vec<StepResult> {
    let taken = &bouts[range.clone()];
    let total: f64 = taken.iter().map(|bout| bout.seconds).sum();
    let done = |step: &Step, outcome, actual_s| {
        let over = if step.kind == Kind::Run { any_over(step, taken) } else { None };
        StepResult { step: *step, outcome, bouts: range.clone().collect(), actual_s: Some(actual_s), over }
    };
    let nothing =
        |step: &Step, outcome| StepResult { step: *step, outcome, bouts: Vec::new(), actual_s: None, over: None };
    match next {
        Move::Extra | Move::Linger => Vec::new(),
        Move::Missed => vec![nothing(&steps[0], Outcome::Missed)],
        Move::End => vec![nothing(&steps[0], Outcome::Ended)],
        Move::Leave if taken.is_empty() => vec![nothing(&steps[0], Outcome::Missed)],
        Move::Match | Move::Absorb(_) | Move::Leave => vec![done(&steps[0], Outcome::Matched, total)],
        Move::Split => vec![done(&steps[0], Outcome::Split, taken[0].seconds + taken[2].seconds)],
        Move::RunThrough(_) => {
            let planned: f64 = steps.iter().filter(|step| step.kind == Kind::Run).map(planned_seconds).sum();
            let result = |step: &Step| match step.kind {
                Kind::Run => done(step, Outcome::Matched, total * planned_seconds(step) / planned),
                _ => nothing(step, Outcome::RestSkipped),
            };
            steps.iter().map(result).collect()
        }
    }
}

/// The planned time of a step; 0 where it has none.
fn planned_seconds(step: &Step) -> f64 {
    if let Length::Time(seconds) = step.length { seconds } else { 0.0 }
}

/// Over when any of the running was; `None` when some of it cannot be told and the rest was not over.
fn any_over(step: &Step, bouts: &[Detected]) -> Option<bool> {
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
    let timed = || {
        results.iter().filter(|result| {
            let asked = result.step.kind == kind && result.outcome != Outcome::Ended;
            asked && planned_seconds(&result.step) > 0.0
        })
    };
    let planned: f64 = timed().map(|result| planned_seconds(&result.step)).sum();
    let actual: f64 = timed().filter_map(|result| result.actual_s).sum();
    (planned > 0.0).then(|| actual / planned)
}
