//! Finds the cheapest way through steps and bouts, from the end backwards.

use super::{Detected, length_cost, suits};
use crate::plan::{Kind, Length, Step};
use crate::segment::Gait;

/// What happens next on the cheapest way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Move {
    /// The step and the bout belong together.
    Match,
    /// The step and three bouts belong together, the middle one a short stop.
    Split,
    /// The bout is so many steps in one, the rests between them run through.
    RunThrough(usize),
    /// The step is so many bouts, of whatever gait.
    Absorb(usize),
    /// The bout belongs to the open step of any gait, which goes on.
    Linger,
    /// The open step of any gait is over.
    Leave,
    /// Nobody asked for the bout.
    Extra,
    /// Nothing was done for the step.
    Missed,
    /// The session ended on a run, before the rest that would have come after it.
    End,
}

const MISSED: f64 = 1.0;
/// A rest stood instead of walked.
const STOOD: f64 = 0.1;
const SPLIT: f64 = 0.1;
const RUN_THROUGH: f64 = 1.0;
/// How far a run may be off the steps it runs through together.
const RUN_THROUGH_RATIO: f64 = 1.35;
/// From this ratio on, 2 to the power of 1.5, a length costs the most it can.
const FARTHEST_RATIO: f64 = 2.83;
/// Costs that differ by less are equal.
const EQUAL: f64 = 1e-9;

/// The least cost and its moves, in order. Of equally cheap ways the one that matches earlier.
pub(super) fn cheapest(steps: &[Step], bouts: &[Detected]) -> (f64, Vec<Move>) {
    let table = Table::new(steps, bouts);
    let (mut i, mut j) = (0, 0);
    let mut moves = Vec::new();
    while i < steps.len() || j < bouts.len() {
        let least = table.rest(i, j);
        let mut best = None;
        table.each_move(i, j, &mut |next, cost| {
            if best.is_none() && cost <= least + EQUAL {
                best = Some(next);
            }
        });
        let next = best.expect("the least cost is the cost of a move");
        let (n_steps, n_bouts) = next.takes();
        (i, j) = (i + n_steps, j + n_bouts);
        moves.push(next);
    }
    (table.rest(0, 0), moves)
}

impl Move {
    /// How many steps and bouts it takes.
    pub(super) const fn takes(self) -> (usize, usize) {
        match self {
            Self::Match => (1, 1),
            Self::Split => (1, 3),
            Self::RunThrough(steps) => (steps, 1),
            Self::Absorb(bouts) => (1, bouts),
            Self::Linger | Self::Extra => (0, 1),
            Self::Leave | Self::Missed | Self::End => (1, 0),
        }
    }
}

struct Table<'a> {
    steps: &'a [Step],
    bouts: &'a [Detected],
    /// The cost of the rest from step `i` and bout `j`, row by row.
    rest: Vec<f64>,
}

impl<'a> Table<'a> {
    fn new(steps: &'a [Step], bouts: &'a [Detected]) -> Self {
        let mut table = Self { steps, bouts, rest: vec![0.0; (steps.len() + 1) * (bouts.len() + 1)] };
        for i in (0..=steps.len()).rev() {
            for j in (0..=bouts.len()).rev() {
                let mut least = f64::INFINITY;
                table.each_move(i, j, &mut |_, cost| least = least.min(cost));
                let at = table.index(i, j);
                // At the end there is no move, and nothing more to pay.
                table.rest[at] = if least.is_finite() { least } else { 0.0 };
            }
        }
        table
    }

    fn index(&self, i: usize, j: usize) -> usize {
        i * (self.bouts.len() + 1) + j
    }

    fn rest(&self, i: usize, j: usize) -> f64 {
        self.rest[self.index(i, j)]
    }

    /// Every move from here with the cost of going on from it, the most wanted first.
    fn each_move(&self, i: usize, j: usize, take: &mut impl FnMut(Move, f64)) {
        let mut take = |next: Move, cost: f64| {
            let (n_steps, n_bouts) = next.takes();
            take(next, cost + self.rest(i + n_steps, j + n_bouts));
        };
        let bouts = &self.bouts[j..];
        let step = self.steps.get(i);
        match step {
            Some(Step { kind: Kind::Any, length: Length::Open, .. }) => {
                if !bouts.is_empty() {
                    take(Move::Linger, 0.0);
                }
                take(Move::Leave, 0.0);
            }
            Some(step) if step.kind == Kind::Any => absorb(step, bouts, &mut take),
            Some(step) => {
                let bout = bouts.first();
                let at_the_end = i + 1 == self.steps.len() && ends_with_a_rest(self.steps);
                if at_the_end && bout.is_none() && self.bouts[..j].last().is_some_and(|bout| bout.gait == Gait::Run) {
                    take(Move::End, 0.0);
                }
                if let Some(cost) = rest_cut_short(step, bouts).filter(|_| at_the_end) {
                    take(Move::Match, cost);
                }
                if let Some(cost) = bout.and_then(|bout| match_cost(step, bout)) {
                    take(Move::Match, cost);
                }
                if let Some(cost) = split_cost(step, bouts) {
                    take(Move::Split, cost);
                }
                if let Some(bout) = bout {
                    run_through(&self.steps[i..], bout, &mut take);
                }
            }
            None => {}
        }
        if let Some(bout) = bouts.first() {
            // Whatever is walked or stood before the plan begins or after it ends belongs to no plan.
            let outside = i == 0 || i == self.steps.len();
            let free = outside && bout.gait != Gait::Run;
            take(Move::Extra, if free { 0.0 } else { f64::min(0.7, 0.7 * bout.seconds / 30.0) });
        }
        if step.is_some() {
            take(Move::Missed, MISSED);
        }
    }
}

/// True when the last step is the rest between repeats once more, with no run to come after it. A cool-down is none.
fn ends_with_a_rest(steps: &[Step]) -> bool {
    let [before @ .., run, last] = steps else {
        return false;
    };
    let is_pair = |pair: &[Step]| pair[0].kind == Kind::Run && pair[1] == *last;
    last.kind == Kind::Walk && run.kind == Kind::Run && before.windows(2).any(is_pair)
}

/// What the last bout costs as a rest that nothing came after: runners stop the watch during it.
fn rest_cut_short(step: &Step, bouts: &[Detected]) -> Option<f64> {
    let &[bout] = bouts else {
        return None;
    };
    let Length::Time(seconds) = step.length else {
        return None;
    };
    (suits(step.kind, bout.gait) && bout.seconds < seconds).then_some(if bout.gait == Gait::Walk { 0.0 } else { STOOD })
}

fn match_cost(step: &Step, bout: &Detected) -> Option<f64> {
    if !suits(step.kind, bout.gait) {
        return None;
    }
    let stood = step.kind == Kind::Walk && bout.gait != Gait::Walk;
    Some(length_cost(step.length, bout.seconds, bout.meters)? + if stood { STOOD } else { 0.0 })
}

/// A short stop in the middle may count for the step or not, whichever fits: some runners make up for it, some do not.
fn split_cost(step: &Step, bouts: &[Detected]) -> Option<f64> {
    let &[first, middle, last, ..] = bouts else {
        return None;
    };
    let planned = if let Length::Time(seconds) = step.length { seconds } else { 0.0 };
    let short = middle.seconds <= f64::max(12.0, 0.2 * planned);
    if !short || first.gait == middle.gait || !suits(step.kind, first.gait) || !suits(step.kind, last.gait) {
        return None;
    }
    let meters = first.meters.zip(last.meters).map(|(a, b)| a + b);
    let without = length_cost(step.length, first.seconds + last.seconds, meters)?;
    let meters = meters.zip(middle.meters).map(|(sum, stop)| sum + stop);
    let with = length_cost(step.length, first.seconds + middle.seconds + last.seconds, meters).unwrap_or(without);
    Some(SPLIT + f64::min(with, without))
}

/// One run over several steps: runs and walks in turn, beginning and ending with a run.
fn run_through(steps: &[Step], bout: &Detected, take: &mut impl FnMut(Move, f64)) {
    let mut sum = 0.0;
    for (n, step) in steps.iter().enumerate() {
        let in_turn = if n.is_multiple_of(2) { Kind::Run } else { Kind::Walk };
        let Length::Time(seconds) = step.length else {
            return;
        };
        sum += seconds;
        if bout.gait != Gait::Run || step.kind != in_turn || sum > bout.seconds * RUN_THROUGH_RATIO {
            return;
        }
        let n_rests = n / 2;
        let close = bout.seconds <= sum * RUN_THROUGH_RATIO;
        if let (true, Some(cost)) =
            (n_rests > 0 && in_turn == Kind::Run && close, length_cost(Length::Time(sum), bout.seconds, None))
        {
            take(Move::RunThrough(n + 1), RUN_THROUGH * n_rests as f64 + cost);
        }
    }
}

/// A step of any gait takes as many bouts as fill it.
fn absorb(step: &Step, bouts: &[Detected], take: &mut impl FnMut(Move, f64)) {
    let (mut seconds, mut meters) = (0.0, Some(0.0));
    for (n, bout) in bouts.iter().enumerate() {
        seconds += bout.seconds;
        meters = meters.zip(bout.meters).map(|(sum, more)| sum + more);
        let Some(cost) = length_cost(step.length, seconds, meters) else {
            return;
        };
        take(Move::Absorb(n + 1), cost);
        let (done, planned) = match step.length {
            Length::Time(planned) => (seconds, planned),
            Length::Distance(planned) => (meters.unwrap_or(0.0), planned.as_meters()),
            Length::Open => return,
        };
        if done > planned * FARTHEST_RATIO {
            return;
        }
    }
}
