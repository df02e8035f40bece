//! The way through the stages of a plan that explains all outings of a season best.
//!
//! A session alone fits several stages of many plans equally well, or nearly so. So each outing is a stage at the cost of
//! its misfit, or none at all at a fixed cost; going on to the next stage is free, repeating one is as good as free, and
//! leaving stages out costs more than an outing that is run by feel may be off. All costs are our choice, in points of
//! structure.

use crate::plan::Programme;

/// Below this structure an outing was no stage of the plan: our choice, as for the label `off`.
pub(super) const IS_STAGE: f64 = 70.0;
/// How well an outing fits each stage.
pub(super) struct Fit {
    /// Its week, from 1.
    pub week: usize,
    /// The structure against each stage, 0 to 100.
    pub structures: Vec<f64>,
    /// True for stages that the outing began with, where it was more than any.
    pub begun: Vec<bool>,
}

/// An outing on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct At {
    /// The stage, or the one that the runner stands at.
    pub stage: usize,
    /// False where the outing was no stage.
    pub is_stage: bool,
}

/// Of two equal sessions the stage that comes next is meant.
const REPEAT: f64 = 0.01;
/// A run of 20 minutes that comes out 15 % longer is 8 points nearer to one of 25 minutes than to its own.
const LEFT_OUT: f64 = 8.0;
/// A step back, after a gap or for a sore leg, is no fault; it must only be plain.
const BACK: f64 = 2.0;
/// Nearer stages before farther ones.
const FARTHER: f64 = 0.05;
/// A stage of another week than the calendar's.
const OTHER_WEEK: f64 = 1.5;
/// A session that held the next stage and more.
const BEGUN: f64 = 0.1;

/// The cheapest way, an entry for each outing.
pub(super) fn cheapest(plan: &Programme, fits: &[Fit]) -> Vec<At> {
    let n = plan.stages.len();
    if n == 0 {
        return Vec::new();
    }
    // Costs of standing at each stage after the outing, whether it was that stage (0..n) or none (n..2n), and from where.
    let mut origins: Vec<Vec<usize>> = Vec::with_capacity(fits.len());
    let mut costs: Vec<f64> = Vec::new();
    for fit in fits {
        let (next, from) = step(plan, fit, &costs);
        costs = next;
        origins.push(from);
    }
    let mut at = (0..costs.len()).reduce(|best, i| if costs[i] < costs[best] { i } else { best });
    let mut way = Vec::with_capacity(fits.len());
    for from in origins.iter().rev() {
        let Some(state) = at else { break };
        way.push(At { stage: state % n, is_stage: state < n });
        at = from.get(state).copied();
    }
    way.reverse();
    way
}

fn step(plan: &Programme, fit: &Fit, before: &[f64]) -> (Vec<f64>, Vec<usize>) {
    let n = plan.stages.len();
    let misfit = |stage: usize| {
        let other_week = plan.stages[stage].week.is_some_and(|week| week != fit.week);
        let structure = fit.structures[stage];
        // What is no stage stays none, however much it would explain.
        let off = if structure < IS_STAGE { f64::INFINITY } else { 100.0 - structure };
        off + if other_week { OTHER_WEEK } else { 0.0 }
    };
    let none = 100.0 - IS_STAGE;
    if before.is_empty() {
        // The first session of the files may be any stage, of equals the first.
        let any_begun = fit.begun.contains(&true);
        let stage = |i: usize| misfit(i) + FARTHER * 0.01 * i as f64;
        let unknown = |i: usize| {
            let other_week = plan.stages[i].week.is_some_and(|week| week != fit.week);
            none + if any_begun && !fit.begun[i] { LEFT_OUT } else { 0.0 }
                + if other_week { OTHER_WEEK } else { 0.0 }
                + FARTHER * i as f64
        };
        return ((0..n).map(stage).chain((0..n).map(unknown)).collect(), Vec::new());
    }
    // Standing at a stage, whether the outing was that stage or none.
    let standing: Vec<(f64, usize)> =
        (0..n).map(|i| if before[n + i] < before[i] { (before[n + i], n + i) } else { (before[i], i) }).collect();
    let ahead = nearest(&standing);
    let back = nearest_from_above(&standing);
    let least = |options: [Option<(f64, usize)>; 4]| {
        let known = options.into_iter().flatten();
        known.reduce(|best, next| if next.0 < best.0 { next } else { best }).unwrap_or((f64::INFINITY, 0))
    };
    let plus = |(cost, from): (f64, usize), more: f64| (cost + more, from);
    let mut costs = vec![f64::INFINITY; 2 * n];
    let mut from = vec![0; 2 * n];
    for i in 0..n {
        let next = i.checked_sub(1).map(|last| standing[last]);
        let left_out = i.checked_sub(2).map(|last| plus(ahead[last], LEFT_OUT + FARTHER * (i - 1) as f64));
        let stepped_back = back.get(i + 1).map(|&known| plus(known, BACK - FARTHER * i as f64));
        let repeated = Some(plus(standing[i], REPEAT));
        (costs[i], from[i]) = plus(least([next, repeated, stepped_back, left_out]), misfit(i));
        let begun = next.filter(|_| fit.begun[i]).map(|known| plus(known, BEGUN));
        (costs[n + i], from[n + i]) = plus(least([Some(standing[i]), begun, None, None]), none);
    }
    (costs, from)
}

/// The least cost up to each stage, less what its distance will cost.
fn nearest(standing: &[(f64, usize)]) -> Vec<(f64, usize)> {
    let mut best = (f64::INFINITY, 0);
    let less = standing.iter().enumerate().map(|(i, &(cost, from))| (cost - FARTHER * i as f64, from));
    less.map(|next| {
        if next.0 < best.0 {
            best = next;
        }
        best
    })
    .collect()
}

/// The least cost from each stage on, with what its distance will cost.
fn nearest_from_above(standing: &[(f64, usize)]) -> Vec<(f64, usize)> {
    let mut best = (f64::INFINITY, 0);
    let mut all: Vec<(f64, usize)> = standing
        .iter()
        .enumerate()
        .rev()
        .map(|(i, &(cost, from))| {
            let next = (cost + FARTHER * i as f64, from);
            if next.0 < best.0 {
                best = next;
            }
            best
        })
        .collect();
    all.reverse();
    all
}
