//! What divides a session: laps, splits, pauses and the steps of a workout.

use crate::units::{Distance, HeartRate, Speed, Timestamp};

/// One lap, pressed by hand or cut by the watch.
#[derive(Debug, Clone, PartialEq)]
pub struct Lap {
    /// When it began.
    pub start: Timestamp,
    /// Time to its end with pauses, in seconds.
    pub elapsed_s: Option<f64>,
    /// Time without the pauses, in seconds.
    pub timer_s: Option<f64>,
    /// Distance covered in it.
    pub distance: Option<Distance>,
    /// Mean heart rate, as the watch states it.
    pub mean_heart_rate: Option<HeartRate>,
    /// What the watch says the lap was for. Often wrong: some mark every lap an interval.
    pub intensity: Option<Intensity>,
    /// Why the lap ended.
    pub trigger: Option<LapTrigger>,
    /// Which step of the workout it belongs to, from 0.
    pub workout_step: Option<u16>,
}

/// What a lap or a workout step is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intensity {
    /// Work.
    Active,
    /// Rest.
    Rest,
    /// Warm-up.
    Warmup,
    /// Cool-down.
    Cooldown,
    /// Recovery between efforts.
    Recovery,
    /// An interval effort.
    Interval,
    /// Anything else.
    Other,
}

/// Why a lap ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LapTrigger {
    /// The runner pressed the button.
    Manual,
    /// A time or a workout step was over.
    Time,
    /// A distance was covered.
    Distance,
    /// The session ended.
    SessionEnd,
    /// Anything else.
    Other,
}

/// A stretch that the watch marked, by its own detection of running and walking or by its workout.
#[derive(Debug, Clone, PartialEq)]
pub struct Split {
    /// What it was.
    pub kind: SplitKind,
    /// When it began.
    pub start: Timestamp,
    /// The moment behind it: a split of one second ends a second after its start.
    pub end: Timestamp,
}

/// What a split was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SplitKind {
    /// Running, as the watch's accelerometer saw it (`rwd_run`).
    Run,
    /// Walking, as the watch's accelerometer saw it (`rwd_walk`).
    Walk,
    /// Standing, as the watch's accelerometer saw it (`rwd_stand`).
    Stand,
    /// A step of a workout or another division, which says nothing about the gait.
    Step(Intensity),
}

/// A time in which the timer stood still.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pause {
    /// When the timer stopped.
    pub start: Timestamp,
    /// When it went on.
    pub end: Timestamp,
}

/// One step of a workout, repeats already written out.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkoutStep {
    /// The name that the runner or coach gave it.
    pub name: Option<String>,
    /// How it ends.
    pub duration: StepDuration,
    /// What it is for.
    pub intensity: Option<Intensity>,
    /// What it asks for.
    pub target: StepTarget,
}

/// How a workout step ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum StepDuration {
    /// After a time in seconds.
    Time(f64),
    /// After a distance.
    Distance(Distance),
    /// When the runner presses the button.
    Open,
}

/// What a workout step asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum StepTarget {
    /// Nothing.
    Open,
    /// A range of speed, slow and fast end.
    Speed(Speed, Speed),
    /// A range of heart rate, low and high end.
    HeartRate(HeartRate, HeartRate),
}
