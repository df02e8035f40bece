//! A plan as the alignment compares it: adjacent walks in one, without what lies around the running.

use std::ops::Range;

use super::PerformedBout;
use crate::plan::{Kind, Length, Step};
use crate::segment::Gait;

/// One step, or adjacent walks in one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Unit {
    pub kind: Kind,
    pub length: Length,
    /// The planned time, in seconds: of a distance at the speed of the runner, of an open step a minute.
    pub seconds: f64,
    /// The steps of the plan that it stands for.
    pub steps: Range<usize>,
}

/// What a plan asks for, and how its seconds weigh.
pub(super) struct Asked {
    /// From the first run to the last; a warm-up or cool-down of any gait belongs to it.
    pub units: Vec<Unit>,
    /// Walks before the first run and after the last: they are up to the runner.
    pub before: Range<usize>,
    pub after: Range<usize>,
    /// What a second of running weighs against a second of rest.
    pub run_weight: f64,
    /// What all of it weighs.
    pub total: f64,
}

/// An open step counts as much as a minute where it is missed. Our choice.
const OPEN_S: f64 = 60.0;

impl Asked {
    pub(super) fn of(steps: &[Step], speeds: [f64; 2]) -> Self {
        let mut units = units(steps, speeds);
        let is_walk = |unit: &Unit| unit.kind == Kind::Walk;
        let has_run = units.iter().any(|unit| unit.kind == Kind::Run);
        let outer = |unit: Option<&Unit>| unit.filter(|unit| has_run && is_walk(unit)).cloned();
        let (first, last) = (outer(units.first()), outer(units.last()));
        units.drain(..usize::from(first.is_some()));
        units.truncate(units.len() - usize::from(last.is_some()));
        let seconds = |kind| units.iter().filter(|unit| unit.kind == kind).fold(0.0, |sum, unit| sum + unit.seconds);
        let (run, any, rests) = (seconds(Kind::Run), seconds(Kind::Any), seconds(Kind::Walk));
        // A rest for every run: the one outside of the repeats is as long as the others.
        let n_rests = units.iter().filter(|unit| is_walk(unit)).count();
        let outside = [&first, &last].into_iter().flatten().map(|unit| unit.seconds).fold(0.0, f64::max);
        let rests = rests + if n_rests > 0 { outside.min(rests / n_rests as f64) } else { 0.0 };
        let run_weight = if run > 0.0 { f64::max(1.0, rests / run) } else { 1.0 };
        let before = 0..first.map_or(0, |unit| unit.steps.end);
        let after = last.map_or(steps.len(), |unit| unit.steps.start)..steps.len();
        Self { units, before, after, run_weight, total: run * run_weight + rests + any }
    }

    /// The bouts to hold against it: without what is walked before and after the running, which is free.
    pub(super) fn compared(&self, bouts: &[PerformedBout]) -> Range<usize> {
        let is_any = |unit: Option<&Unit>| unit.is_none_or(|unit| unit.kind != Kind::Run);
        let runs = |bout: &PerformedBout| bout.gait == Gait::Run;
        let first = bouts.iter().position(runs).unwrap_or(bouts.len());
        let end = bouts.iter().rposition(runs).map_or(first, |last| last + 1);
        let start = if is_any(self.units.first()) { 0 } else { first };
        start..if is_any(self.units.last()) { bouts.len() } else { end.max(start) }
    }
}

fn units(steps: &[Step], speeds: [f64; 2]) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    for (i, step) in steps.iter().enumerate() {
        let speed = speeds[usize::from(step.kind == Kind::Walk)].max(0.1);
        let seconds = match step.length {
            Length::Time(seconds) => seconds,
            Length::Distance(distance) => distance.as_meters() / speed,
            Length::Open => OPEN_S,
        };
        match (units.last_mut(), step.length) {
            (
                Some(Unit { kind: Kind::Walk, length: Length::Time(before), seconds: sum, steps }),
                Length::Time(more),
            ) if step.kind == Kind::Walk => {
                *before += more;
                *sum = *before;
                steps.end = i + 1;
            }
            _ => units.push(Unit { kind: step.kind, length: step.length, seconds, steps: i..i + 1 }),
        }
    }
    units
}
