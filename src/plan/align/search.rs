//! Finds the cheapest way through the units of a plan and the bouts of a session, from the end backwards.

use super::cost::{self, Done};
use super::units::{Asked, Unit};
use super::{PerformedBout, suits};
use crate::plan::{Kind, Length};
use crate::segment::Gait;

/// What happens next on the cheapest way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Move {
    /// The unit is so many bouts, those of another gait among them stops.
    Match(usize),
    /// The bout is so many units in one, the rests between them run through.
    RunThrough(usize),
    /// The bout belongs to the open unit of any gait, which goes on.
    Linger,
    /// The open unit of any gait is over.
    Leave,
    /// The plan does not ask for the bout.
    Extra,
    /// Nothing was done for the unit.
    Missed,
}

/// Costs that differ by less are equal.
const EQUAL: f64 = 1e-9;
/// The most bouts that one unit may be: a hundred stops.
const MAX_SPAN: usize = 200;
/// A run may be so many times as long as the sum of what it runs through, or as short.
const RUN_THROUGH_RATIO: f64 = 1.5;

/// The least cost and its moves, in order. Of equally cheap ways the one that matches earlier.
///
/// Running that the plan does not ask for costs as far as it is more than what was run too little elsewhere: a
/// run that was cut off by a long stop is missed once, and not added as well. So it is free on one way and has its
/// price on the other, and the cheaper of both counts: where no more was run than planned, that is the first.
pub(super) fn cheapest(asked: &Asked, bouts: &[PerformedBout]) -> (f64, Vec<Move>) {
    let ways = [0.0, asked.run_weight].map(|extra_weight| {
        let table = Table::new(asked, bouts, extra_weight);
        let moves = table.moves();
        let (short, extra) = table.running(&moves);
        let price = f64::max(0.0, asked.run_weight * (extra - short)) - extra_weight * extra;
        (f64::max(0.0, table.rest(0, 0) + price), moves)
    });
    let [free, priced] = ways;
    if free.0 < priced.0 - EQUAL { free } else { priced }
}

impl Move {
    /// How many units and bouts it consumes.
    pub(super) const fn consumes(self) -> (usize, usize) {
        match self {
            Self::Match(bouts) => (1, bouts),
            Self::RunThrough(units) => (units, 1),
            Self::Linger | Self::Extra => (0, 1),
            Self::Leave | Self::Missed => (1, 0),
        }
    }
}

fn running_of(bouts: &[PerformedBout]) -> f64 {
    bouts.iter().filter(|bout| bout.gait == Gait::Run).fold(0.0, |sum, bout| sum + bout.seconds)
}

struct Table<'a> {
    units: &'a [Unit],
    bouts: &'a [PerformedBout],
    run_weight: f64,
    /// What a second of running weighs that the plan does not ask for.
    extra_weight: f64,
    /// The cost of the rest from unit `i` and bout `j`, row by row.
    rest: Vec<f64>,
}

impl<'a> Table<'a> {
    fn new(asked: &'a Asked, bouts: &'a [PerformedBout], extra_weight: f64) -> Self {
        let units = &asked.units;
        let rest = vec![0.0; (units.len() + 1) * (bouts.len() + 1)];
        let mut table = Self { units, bouts, run_weight: asked.run_weight, extra_weight, rest };
        for i in (0..=units.len()).rev() {
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

    /// The cheapest way from the start.
    fn moves(&self) -> Vec<Move> {
        let (mut i, mut j) = (0, 0);
        let mut moves = Vec::new();
        while i < self.units.len() || j < self.bouts.len() {
            let least = self.rest(i, j);
            let mut best = None;
            self.each_move(i, j, &mut |next, cost| {
                if best.is_none() && cost <= least + EQUAL {
                    best = Some(next);
                }
            });
            let next = best.expect("the least cost is the cost of a move");
            let (n_units, n_bouts) = next.consumes();
            (i, j) = (i + n_units, j + n_bouts);
            moves.push(next);
        }
        moves
    }

    /// The seconds run too little, and those run without being asked for.
    fn running(&self, moves: &[Move]) -> (f64, f64) {
        let (mut i, mut j, mut short, mut extra) = (0, 0, 0.0, 0.0);
        for next in moves {
            let (n_units, n_bouts) = next.consumes();
            let (units, bouts) = (&self.units[i..i + n_units], &self.bouts[j..j + n_bouts]);
            let runs = || units.iter().filter(|unit| unit.kind == Kind::Run);
            match next {
                Move::Missed => short += runs().fold(0.0, |sum, unit| sum + unit.seconds),
                Move::Match(_) if units[0].kind == Kind::Walk => extra += running_of(bouts),
                Move::Match(_) => short += runs().fold(0.0, |sum, unit| sum + Done::of(unit.kind, bouts).short(unit)),
                Move::RunThrough(_) => {
                    short += f64::max(0.0, runs().fold(0.0, |sum, unit| sum + unit.seconds) - bouts[0].seconds);
                }
                Move::Extra => extra += running_of(bouts),
                Move::Linger | Move::Leave => {}
            }
            (i, j) = (i + n_units, j + n_bouts);
        }
        (short, extra)
    }

    /// Every move from here with the cost of going on from it, the most wanted first.
    fn each_move(&self, i: usize, j: usize, take: &mut impl FnMut(Move, f64)) {
        let mut take = |next: Move, cost: f64| {
            let (n_units, n_bouts) = next.consumes();
            take(next, cost + self.rest(i + n_units, j + n_bouts));
        };
        let bouts = &self.bouts[j..];
        let at_an_end = i == 0 || i + 1 >= self.units.len();
        match self.units.get(i) {
            Some(Unit { kind: Kind::Any, length: Length::Open, .. }) => {
                if !bouts.is_empty() {
                    take(Move::Linger, 0.0);
                }
                take(Move::Leave, 0.0);
            }
            Some(unit) if unit.kind == Kind::Any => self.absorb(unit, bouts, at_an_end, &mut take),
            Some(unit) => {
                self.matches(unit, bouts, &mut take);
                if let Some(bout) = bouts.first().filter(|bout| bout.gait == Gait::Run) {
                    self.run_through(&self.units[i..], bout, &mut take);
                }
            }
            None => {}
        }
        if let Some(bout) = bouts.first() {
            // Whatever is walked or stood before the plan begins or after it ends belongs to no plan.
            let free = (i == 0 || i == self.units.len()) && bout.gait != Gait::Run;
            take(Move::Extra, if free { 0.0 } else { cost::extra(bout, self.extra_weight) });
        }
        if let Some(unit) = self.units.get(i) {
            let free = unit.kind == Kind::Any && at_an_end;
            take(Move::Missed, if free { 0.0 } else { cost::missed(unit, self.run_weight) });
        }
    }

    /// A unit consumes bouts from one of its gait to another of its gait.
    fn matches(&self, unit: &Unit, bouts: &[PerformedBout], take: &mut impl FnMut(Move, f64)) {
        if bouts.first().is_none_or(|bout| !suits(unit.kind, bout.gait)) {
            return;
        }
        let mut done = Done::NOTHING;
        for (n, bout) in bouts.iter().enumerate().take(MAX_SPAN) {
            done.add(unit.kind, bout, self.extra_weight);
            let goes_on = unit.kind == Kind::Walk && bouts.get(n + 1).is_some_and(|next| suits(unit.kind, next.gait));
            // What is walked and stood without a run between is one rest.
            if !suits(unit.kind, bout.gait) || goes_on {
                continue;
            }
            let Some(cost) = done.cost(unit, self.run_weight) else { return };
            take(Move::Match(n + 1), cost);
            if done.fills(unit) {
                return;
            }
        }
    }

    /// One run over several units: runs with or without walks between, beginning and ending with a run.
    fn run_through(&self, units: &[Unit], bout: &PerformedBout, take: &mut impl FnMut(Move, f64)) {
        let (mut run, mut rests) = (0.0, 0.0);
        if units.first().is_none_or(|unit| unit.kind != Kind::Run) {
            return;
        }
        for (n, unit) in units.iter().enumerate() {
            match unit.kind {
                _ if unit.length == Length::Open => return,
                Kind::Any => return,
                Kind::Run => run += unit.seconds,
                Kind::Walk => rests += unit.seconds,
            }
            if run > bout.seconds * RUN_THROUGH_RATIO {
                return;
            }
            if n > 0 && unit.kind == Kind::Run && bout.seconds <= (run + rests) * RUN_THROUGH_RATIO {
                take(Move::RunThrough(n + 1), cost::run_through(run, rests, bout, self.run_weight));
            }
        }
    }

    /// A unit of any gait consumes as many bouts as fill it. A warm-up or cool-down may be as short as the runner likes.
    fn absorb(&self, unit: &Unit, bouts: &[PerformedBout], at_an_end: bool, take: &mut impl FnMut(Move, f64)) {
        let mut done = Done::NOTHING;
        for (n, bout) in bouts.iter().enumerate().take(MAX_SPAN) {
            done.add(unit.kind, bout, self.extra_weight);
            let Some(cost) = done.cost(unit, self.run_weight) else { return };
            let is_short = !done.fills(unit);
            take(Move::Match(n + 1), if at_an_end && is_short { 0.0 } else { cost });
            if !is_short {
                return;
            }
        }
    }
}
