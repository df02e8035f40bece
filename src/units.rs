//! Quantities, built and read by the name of their unit, and the only place that turns them into words.

mod quantity;
mod text;
mod time;

pub use quantity::{Cadence, Distance, HeartRate, Pace, Position, Speed};
pub use text::{UnitSystem, clock, percent, plural};
pub use time::{Date, Timestamp, UtcOffset, Zone};
