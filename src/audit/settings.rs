//! How to audit: units of the sentences, exceptions, ceilings of single steps.

use std::ops::Range;

use super::RuleId;
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
    /// True when a finish kick counts as any other running over the ceiling.
    pub count_kicks: bool,
    /// Steps of a plan or workout with a ceiling of their own, in the order of time.
    pub steps: Vec<StepCeiling>,
}

/// An exception that was agreed on: findings of a rule are shown with its reason and are no breach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// The rule.
    pub rule: RuleId,
    /// First day; `None` from ever.
    pub from: Option<Date>,
    /// Last day; `None` for ever.
    pub to: Option<Date>,
    /// Who agreed and why.
    pub reason: String,
}

/// A stretch whose plan sets a pace or heart rate of its own. It can be stricter than the runner's ceiling, never laxer.
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
        Self {
            units,
            sport: Sport::Running,
            damaged: false,
            date: None,
            exceptions: Vec::new(),
            count_kicks: false,
            steps: Vec::new(),
        }
    }

    /// The ceiling on speed for a stretch with the standard deviation of its logarithm: the runner's, or its step's where
    /// that is slower. A step's own pace is the plan's target, and never excuses a run over the runner's ceiling.
    pub(super) fn speed_limit(&self, ceiling: &Ceiling, stretch: &Range<usize>) -> Option<(Speed, f64)> {
        let of_runner = ceiling.speed.as_ref().map(|limit| (limit.value, limit.uncertainty));
        let of_step = self.step(stretch).and_then(|step| step.speed);
        lower(of_runner, of_step, GIVEN_SPEED_ERROR, Speed::as_meters_per_second)
    }

    /// The same for heart rate, with its standard deviation in bpm.
    pub(super) fn heart_rate_limit(&self, ceiling: &Ceiling, stretch: &Range<usize>) -> Option<(HeartRate, f64)> {
        let of_runner = ceiling.heart_rate.as_ref().map(|limit| (limit.value, limit.uncertainty));
        let of_step = self.step(stretch).and_then(|step| step.heart_rate);
        lower(of_runner, of_step, GIVEN_HEART_RATE_ERROR, HeartRate::as_bpm)
    }

    /// The reason of the first exception that covers a rule on the day of the session.
    pub(super) fn exception(&self, rule: RuleId) -> Option<&str> {
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

/// The lower of the runner's limit and a step's; a step's carries the runner's uncertainty where there is one.
fn lower<T: Copy>(
    of_runner: Option<(T, f64)>,
    of_step: Option<T>,
    given_error: f64,
    number: impl Fn(T) -> f64,
) -> Option<(T, f64)> {
    match (of_runner, of_step) {
        (Some((limit, error)), Some(step)) if number(step) < number(limit) => Some((step, error)),
        (Some(limit), _) => Some(limit),
        (None, step) => step.map(|step| (step, given_error)),
    }
}

/// Standard deviation of a ceiling that was given as such, as for the physio's: of the logarithm of speed, and in bpm.
/// Our choice.
const GIVEN_SPEED_ERROR: f64 = 0.02;
const GIVEN_HEART_RATE_ERROR: f64 = 3.0;
