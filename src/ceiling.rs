//! The runner's easy ceiling, from whatever the runner knows, with its uncertainty.

pub mod acsm;
pub mod daniels;
pub mod detraining;
pub mod from_runs;
pub mod heart_rate;
pub mod talk_test;

mod plausible;
mod rank;
mod sources;
#[cfg(test)]
mod tests;

pub use rank::choose;
pub use sources::Source;

use crate::units::{Date, Distance, HeartRate, Pace, Speed};

/// What is known about the runner. Everything is optional, and nothing is guessed for what is missing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// Easy pace as it was given.
    pub easy_pace: Option<Pace>,
    /// Easy heart rate as it was given.
    pub easy_heart_rate: Option<HeartRate>,
    /// Who gave the two.
    pub easy_from: Giver,
    /// The runner's own estimate, beside an easy pace and heart rate that somebody else gave.
    pub guess: Option<Threshold>,
    /// First lactate or ventilatory threshold from a laboratory.
    pub first_threshold: Option<Threshold>,
    /// Fastest pace at which talking was comfortable, tried out in the field.
    pub talk_test: Option<Threshold>,
    /// A race.
    pub race: Option<Race>,
    /// Heart rate at the lactate threshold: mean of the last 20 min of a 30 min time trial.
    pub threshold_heart_rate: Option<HeartRate>,
    /// Critical speed.
    pub critical_speed: Option<Speed>,
    /// Highest heart rate as measured.
    pub max_heart_rate: Option<HeartRate>,
    /// Resting heart rate as measured.
    pub resting_heart_rate: Option<HeartRate>,
    /// Age in years.
    pub age: Option<f64>,
    /// True with beta-blockers, a pacemaker or anything else that limits the heart rate.
    pub rate_limiting_medication: bool,
    /// True after surgery or with regular medication: the MAF formula takes 10 bpm off, however long ago the rehab began.
    pub after_surgery: bool,
    /// True when fitness was kept up by cross-training during the lay-off.
    pub cross_trained: bool,
    /// Days without running between the race and the start of rehab, where they are known.
    pub days_off: Option<f64>,
    /// First day of rehab.
    pub rehab_started: Option<Date>,
    /// The day for which the ceiling is wanted, for the age of a race or a laboratory test.
    pub on: Option<Date>,
    /// Height above the sea where the runs take place, where it matters.
    pub altitude: Option<Distance>,
    /// What the runner's own runs say, where they were looked at.
    pub own_runs: Option<from_runs::OwnRuns>,
    /// What the watch knows, ranked below what the runner says.
    pub watch: WatchFacts,
}

/// Who gave an easy pace or heart rate, or how it was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Giver {
    /// The physio.
    #[default]
    Physio,
    /// Nothing says who.
    Unsaid,
    /// A test in a laboratory.
    Laboratory,
    /// A talk test in the field.
    TalkTest,
    /// The runner's own estimate.
    Guess,
}

/// What the watch knows about the runner.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WatchFacts {
    /// Age in years.
    pub age: Option<f64>,
    /// Highest heart rate.
    pub max_heart_rate: Option<HeartRate>,
    /// Resting heart rate.
    pub resting_heart_rate: Option<HeartRate>,
    /// Threshold heart rate.
    pub threshold_heart_rate: Option<HeartRate>,
}

/// Speed and heart rate at a threshold; either may be unknown.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Threshold {
    /// Speed there.
    pub speed: Option<Speed>,
    /// Heart rate there.
    pub heart_rate: Option<HeartRate>,
    /// When it was measured.
    pub date: Option<Date>,
}

/// A race and its time.
#[derive(Debug, Clone, PartialEq)]
pub struct Race {
    /// Its length.
    pub distance: Distance,
    /// The time, in seconds.
    pub time_s: f64,
    /// When it was run.
    pub date: Option<Date>,
    /// Height above the sea, where it matters.
    pub altitude: Option<Distance>,
}

/// The easy ceiling of a runner on a day.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ceiling {
    /// The ceiling on the speed on flat ground, and its standard deviation on the natural logarithm of speed.
    pub speed: Option<Limit<Speed>>,
    /// The ceiling on heart rate, and its standard deviation in bpm.
    pub heart_rate: Option<Limit<HeartRate>>,
    /// Everything that the facts allow, best first, the chosen ones included.
    pub candidates: Vec<Candidate>,
    /// What the reader should know: guards that acted, sources that disagree.
    pub notes: Vec<crate::model::Note>,
}

/// One ceiling with its source.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit<T> {
    /// The ceiling.
    pub value: T,
    /// One standard deviation: on the natural logarithm for speed, in bpm for heart rate.
    pub uncertainty: f64,
    /// Where it comes from.
    pub source: Source,
}

/// One ceiling that the facts allow.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Where it comes from.
    pub source: Source,
    /// The ceiling on speed, where the source has one.
    pub speed: Option<Limit<Speed>>,
    /// The ceiling on heart rate, where the source has one.
    pub heart_rate: Option<Limit<HeartRate>>,
    /// Why it was or was not chosen, in a few words.
    pub reason: String,
}
