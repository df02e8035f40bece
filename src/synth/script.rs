//! What the runner does, part after part.

use crate::units::{Cadence, HeartRate, Speed};

/// What the runner does, part after part, repetitions written out.
#[derive(Debug, Clone, PartialEq)]
pub struct Script {
    /// The parts in the order of time.
    pub parts: Vec<Part>,
}

/// A stretch of one gait.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// What the runner does.
    pub gait: Gait,
    /// How long, in whole seconds.
    pub seconds: u32,
    /// Speed at its start and at its end; in between it changes evenly.
    pub speed: [Speed; 2],
    /// Cadence at its start and at its end; `None` leaves it to the body.
    pub cadence: Option<[Cadence; 2]>,
    /// Heart rate at its start and at its end; `None` leaves it to the body.
    pub heart_rate: Option<[HeartRate; 2]>,
    /// Slope as rise over run, positive uphill.
    pub grade: f64,
    /// What goes wrong with the recording meanwhile.
    pub trouble: Option<Trouble>,
}

/// What the runner does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gait {
    /// Running.
    Run,
    /// Walking.
    Walk,
    /// Standing with the timer running.
    Stand,
    /// Anything, with the timer stopped: nothing is recorded.
    Pause,
}

/// What goes wrong with a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// No satellites: no positions, and a jump when they come back.
    Tunnel,
    /// The receiver repeats one position, and the distance stands still until it jumps.
    Frozen,
    /// The optical sensor takes the steps for the heart beat.
    Lock,
    /// The heart-rate sensor has no contact.
    NoHeartRate,
    /// The step counter sees nothing, as with a hand on a pram.
    NoCadence,
}

impl Script {
    /// How long it takes, in seconds.
    pub fn seconds(&self) -> usize {
        self.parts.iter().map(|part| part.seconds as usize).sum()
    }
}
