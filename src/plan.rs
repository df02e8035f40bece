//! Prescriptions: what a session should be, as text, as built-in programmes, and held against what was done.
//!
//! ```
//! use rehabrun::plan::Prescription;
//!
//! let plan = Prescription::parse("walk 5 min, 8 x [90 s run : 2 min walk]").unwrap();
//! assert_eq!(plan.to_string(), "walk 5:00, 8x(run 1:30, walk 2:00)");
//! ```

#[doc(hidden)]
pub mod align;
pub mod built_in;
#[doc(hidden)]
pub mod notation;
#[doc(hidden)]
pub mod programme;

mod print;
mod workout;

#[doc(hidden)]
pub use align::{Alignment, Outcome, PerformedBout, StepResult, Structure, align, detect};
pub use built_in::{Unreadable, read};
pub use notation::NotationError;
pub use programme::{Order, Plan, Programme, Stage};

use crate::units::{Distance, HeartRate, Pace};

/// The most steps that a prescription may come to: eight hours of minute by minute.
pub const MAX_STEPS: usize = 500;

/// What one session should be.
#[derive(Debug, Clone, PartialEq)]
pub struct Prescription {
    /// Steps and repeats in their order.
    pub items: Vec<Item>,
}

/// A step, or steps to repeat.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// One step.
    Step(Step),
    /// The items inside, so many times.
    Repeat(usize, Vec<Item>),
    /// The items inside, over and over until a distance is covered; the last step is cut there.
    Until(Distance, Vec<Item>),
}

/// One step of a prescription.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// What to do.
    pub kind: Kind,
    /// How long.
    pub length: Length,
    /// The step's own ceiling, which takes the place of the runner's.
    pub ceiling: Option<StepCeiling>,
}

/// What to do in a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Run.
    Run,
    /// Walk, or rest.
    Walk,
    /// Run or walk, as in a warm-up that does not say.
    Any,
}

/// How long a step is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Length {
    /// So many seconds.
    Time(f64),
    /// So far.
    Distance(Distance),
    /// As long as the runner likes.
    Open,
}

/// A ceiling for one step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum StepCeiling {
    /// No faster than this.
    Pace(Pace),
    /// No higher than this.
    HeartRate(HeartRate),
}

impl Prescription {
    /// Every step in its order, repeats written out.
    pub fn steps(&self) -> Vec<Step> {
        self.steps_at(TYPICAL_SPEEDS)
    }

    /// The same for a runner with these speeds of running and walking, in metres per second: they tell how many rounds
    /// a repeat up to a distance takes.
    pub fn steps_at(&self, speeds: [f64; 2]) -> Vec<Step> {
        let mut steps = Vec::new();
        write_out(&self.items, speeds, &mut steps);
        steps
    }
}

/// An easy rehab run and a brisk walk, in metres per second: our choice.
const TYPICAL_SPEEDS: [f64; 2] = [2.4, 1.5];

fn write_out(items: &[Item], speeds: [f64; 2], steps: &mut Vec<Step>) {
    for item in items {
        match item {
            _ if steps.len() >= MAX_STEPS => break,
            Item::Step(step) => steps.push(*step),
            Item::Repeat(times, items) => (0..*times).for_each(|_| write_out(items, speeds, steps)),
            Item::Until(distance, items) => write_out_until(*distance, items, speeds, steps),
        }
    }
    steps.truncate(MAX_STEPS);
}

/// Goes through the items at the given speeds until the distance is covered.
fn write_out_until(distance: Distance, items: &[Item], speeds: [f64; 2], steps: &mut Vec<Step>) {
    let mut round = Vec::new();
    write_out(items, speeds, &mut round);
    let mut left = distance.as_meters();
    for step in round.iter().cycle().take(MAX_STEPS) {
        let speed = if step.kind == Kind::Walk { speeds[1] } else { speeds[0] }.max(0.1);
        let meters = match step.length {
            Length::Time(seconds) => seconds * speed,
            Length::Distance(distance) => distance.as_meters(),
            Length::Open => left,
        };
        if meters >= left {
            let length = match step.length {
                Length::Time(_) => Length::Time((left / speed).round()),
                Length::Distance(_) => Length::Distance(Distance::from_meters(left)),
                Length::Open => Length::Open,
            };
            steps.push(Step { length, ..*step });
            return;
        }
        steps.push(*step);
        left -= meters;
    }
}
