//! How to audit: units of the sentences, exceptions, ceilings of single steps.

use std::ops::Range;

use crate::ceiling::Ceiling;
use crate::model::Sport;
use crate::units::{Date, HeartRate, Speed, UnitSystem};

/// How to audit a session.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The units that sentences speak in.
    pub units: UnitSystem,
    /// The sport of the session; a wheelchair has no gait and is not judged.
    pub sport: Sport,
    /// True when the file is known to be damaged, so that any number may be wrong: then nothing passes.
    pub damaged: bool,
    /// The day of the session on the runner's calendar; without it, only exceptions without dates apply.
    pub date: Option<Date>,
    /// Agreed exceptions.
    pub exceptions: Vec<Exception>,
    /// Steps of a plan or workout with a ceiling of their own, in the order of time.
    pub steps: Vec<StepCeiling>,
}

/// An exception that was agreed on: findings of a rule are shown with its reason and are no breach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// The rule's id.
    pub rule: String,
    /// First day; `None` from ever.
    pub from: Option<Date>,
    /// Last day; `None` for ever.
    pub to: Option<Date>,
    /// Who agreed and why.
    pub reason: String,
}

/// A stretch whose plan sets a ceiling of its own in place of the runner's.
#[derive(Debug, Clone, PartialEq)]
pub struct StepCeiling {
    /// The samples of the step.
    pub range: Range<usize>,
    /// Its ceiling on speed, where it has one.
    pub speed: Option<Speed>,
    /// Its ceiling on heart rate, where it has one.
    pub heart_rate: Option<HeartRate>,
}

impl Settings {
    /// Settings for a run, with nothing agreed.
    pub const fn new(units: UnitSystem) -> Self {
        Self { units, sport: Sport::Running, damaged: false, date: None, exceptions: Vec::new(), steps: Vec::new() }
    }

    /// The ceiling on speed for a stretch with the standard deviation of its logarithm: its step's, else the runner's.
    pub(super) fn speed_limit(&self, ceiling: &Ceiling, stretch: &Range<usize>) -> Option<(Speed, f64)> {
        let uncertainty = ceiling.speed.as_ref().map(|limit| limit.uncertainty);
        match self.step(stretch).and_then(|step| step.speed) {
            Some(speed) => Some((speed, uncertainty.unwrap_or(GIVEN_SPEED_ERROR))),
            None => ceiling.speed.as_ref().map(|limit| (limit.value, limit.uncertainty)),
        }
    }

    /// The ceiling on heart rate for a stretch with its standard deviation in bpm: its step's, else the runner's.
    pub(super) fn heart_rate_limit(&self, ceiling: &Ceiling, stretch: &Range<usize>) -> Option<(HeartRate, f64)> {
        let uncertainty = ceiling.heart_rate.as_ref().map(|limit| limit.uncertainty);
        match self.step(stretch).and_then(|step| step.heart_rate) {
            Some(heart_rate) => Some((heart_rate, uncertainty.unwrap_or(GIVEN_HEART_RATE_ERROR))),
            None => ceiling.heart_rate.as_ref().map(|limit| (limit.value, limit.uncertainty)),
        }
    }

    /// The reason of the first exception that covers a rule on the day of the session.
    pub(super) fn exception(&self, rule: &str) -> Option<&str> {
        let covers = |exception: &&Exception| {
            let since = exception.from.is_none_or(|from| self.date.is_some_and(|date| date >= from));
            let until = exception.to.is_none_or(|to| self.date.is_some_and(|date| date <= to));
            exception.rule == rule && since && until
        };
        self.exceptions.iter().find(covers).map(|exception| exception.reason.as_str())
    }

    /// The step that holds the middle of a stretch.
    fn step(&self, stretch: &Range<usize>) -> Option<&StepCeiling> {
        let middle = stretch.start.midpoint(stretch.end);
        self.steps.iter().find(|step| step.range.contains(&middle))
    }
}

/// Standard deviation of a ceiling that was given as such, as for the physio's: of the logarithm of speed, and in bpm.
/// Our choice.
const GIVEN_SPEED_ERROR: f64 = 0.02;
const GIVEN_HEART_RATE_ERROR: f64 = 3.0;
