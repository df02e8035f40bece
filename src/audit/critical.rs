//! The reserve of distance that a runner has above critical speed.
//!
//! P. Skiba and D. Clarke, Int J Sports Physiol Perform 2021;16:1561, in its differential form.

use crate::units::{Distance, Speed};

/// What is left of D′, the distance that can be run above critical speed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reserve {
    critical: Speed,
    full: f64,
    left: f64,
}

impl Reserve {
    /// A rested runner.
    pub const fn full(critical: Speed, distance: Distance) -> Self {
        Self { critical, full: distance.as_meters(), left: distance.as_meters() }
    }

    /// Runs at a speed for a time, in steps of `step_s`: above critical speed the reserve falls by what is above, below
    /// it comes back the faster the emptier it is.
    pub fn spend(&mut self, speed: Speed, seconds: f64, step_s: f64) {
        let above = speed.as_meters_per_second() - self.critical.as_meters_per_second();
        for _ in 0..(seconds / step_s).round() as usize {
            let rate = if above > 0.0 { -above } else { -above * (self.full - self.left) / self.full };
            self.left = (self.left + rate * step_s).min(self.full);
        }
    }

    /// What is left; negative where the model says that nobody could have.
    pub const fn left(&self) -> Distance {
        Distance::from_meters(self.left)
    }
}
