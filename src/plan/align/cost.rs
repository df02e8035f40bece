//! What it costs that something came out otherwise than planned, in seconds of rest.
//!
//! Every second that was not run although it was asked for, run although it was not, or walked in the middle of a run
//! costs one; a second run weighs more where a plan asks for little running and much rest. A second stood at a light and
//! a second too many of rest cost half: they load nothing. All costs are our choice; they grow evenly, so that a
//! little more wrong is a little less right.

use super::units::Unit;
use super::{PerformedBout, suits};
use crate::plan::{Kind, Length};
use crate::segment::Gait;

/// A second stood where a run goes on, and a second too many of rest.
const STOPPED: f64 = 0.5;
/// A second of a rest that was stood instead of walked.
const STOOD: f64 = 0.1;
/// A run over several steps may be off their sum by this share: no bout tells where each of them ended.
const RUN_THROUGH: f64 = 0.10;

/// What a bout in the middle of a step of another gait costs.
fn stop(bout: &PerformedBout, extra_weight: f64) -> f64 {
    bout.seconds
        * match bout.gait {
            Gait::Run => extra_weight,
            Gait::Walk => 1.0,
            Gait::Stand | Gait::Paused => STOPPED,
            // Nobody knows what it was.
            Gait::Unknown => 0.0,
        }
}

/// The same between two steps, where walking is a rest.
pub(super) fn extra(bout: &PerformedBout, extra_weight: f64) -> f64 {
    if bout.gait == Gait::Walk { STOPPED * bout.seconds } else { stop(bout, extra_weight) }
}

/// Time and distance of what suits a step, of some bouts in a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Done {
    pub seconds: f64,
    pub meters: Option<f64>,
    /// Of the time, what was stood or paused.
    pub stood: f64,
    /// What the other bouts among them cost.
    pub stops: f64,
}

impl Done {
    pub(super) const NOTHING: Self = Self { seconds: 0.0, meters: Some(0.0), stood: 0.0, stops: 0.0 };

    pub(super) fn add(&mut self, kind: Kind, bout: &PerformedBout, extra_weight: f64) {
        if !suits(kind, bout.gait) {
            self.stops += stop(bout, extra_weight);
            return;
        }
        self.seconds += bout.seconds;
        // The watch counts no distance in a pause.
        let meters = bout.meters.or((bout.gait == Gait::Paused).then_some(0.0));
        self.meters = self.meters.zip(meters).map(|(sum, more)| sum + more);
        self.stood += if bout.gait == Gait::Walk { 0.0 } else { bout.seconds };
    }

    pub(super) fn of(kind: Kind, bouts: &[PerformedBout]) -> Self {
        let mut done = Self::NOTHING;
        for bout in bouts {
            done.add(kind, bout, 1.0);
        }
        done
    }

    /// How many seconds were done too little, without any tolerance.
    pub(super) fn short(&self, unit: &Unit) -> f64 {
        let done = match unit.length {
            Length::Time(_) => self.seconds,
            Length::Distance(planned) => {
                unit.seconds * self.meters.unwrap_or(0.0) / planned.as_meters().max(f64::MIN_POSITIVE)
            }
            Length::Open => unit.seconds,
        };
        f64::max(0.0, unit.seconds - done)
    }

    /// True when the unit is filled, so that more would only be extra.
    pub(super) fn fills(&self, unit: &Unit) -> bool {
        match unit.length {
            Length::Time(seconds) => self.seconds >= seconds,
            Length::Distance(distance) => self.meters.is_none_or(|meters| meters >= distance.as_meters()),
            Length::Open => false,
        }
    }

    /// What it costs to have done this for a unit; `None` where its length cannot be compared.
    pub(super) fn cost(&self, unit: &Unit, run_weight: f64) -> Option<f64> {
        let (short, long) = self.off(unit)?;
        Some(match unit.kind {
            Kind::Run => self.stops + run_weight * (short + long),
            Kind::Walk => self.stops + short + STOPPED * long + STOOD * self.stood.min(unit.seconds),
            Kind::Any => self.stops + short + long,
        })
    }

    /// How many seconds too short and too long.
    fn off(&self, unit: &Unit) -> Option<(f64, f64)> {
        let (planned, tolerance, second) = match unit.length {
            Length::Open => return Some((0.0, 0.0)),
            // 5 s: the errors of two boundaries.
            Length::Time(planned) => (planned, f64::min(5.0, 0.1 * planned), 1.0),
            Length::Distance(planned) => {
                let planned = planned.as_meters();
                let meters = self.meters?;
                let second = if meters > 0.0 && self.seconds > 0.0 { meters / self.seconds } else { 1.0 };
                (planned, f64::max(15.0, 0.05 * planned).min(0.5 * planned), second)
            }
        };
        let done = self.seconds * second;
        // Without the tolerance at the upper end, so that what is not done at all is missed as a whole.
        let short = f64::max(0.0, planned - done - tolerance) * planned / (planned - tolerance).max(f64::MIN_POSITIVE);
        let whole = unit.seconds / planned.max(f64::MIN_POSITIVE);
        Some((short * whole, f64::max(0.0, done - planned - tolerance) * whole))
    }
}

/// What it costs to run over units in one bout; `rests` is the time of the walks among them.
pub(super) fn run_through(run: f64, rests: f64, bout: &PerformedBout, run_weight: f64) -> f64 {
    let short = f64::max(0.0, (1.0 - RUN_THROUGH) * run - bout.seconds);
    let long = f64::max(0.0, bout.seconds - (1.0 + RUN_THROUGH) * (run + rests));
    rests + run_weight * (short + long)
}

/// What it costs that a unit was not done at all.
pub(super) fn missed(unit: &Unit, run_weight: f64) -> f64 {
    match (unit.kind, unit.length) {
        (Kind::Run, _) => run_weight * unit.seconds,
        (Kind::Any, Length::Open) => 0.0,
        _ => unit.seconds,
    }
}
