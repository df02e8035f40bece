//! Quantities, built and read by the name of their unit, and the only place that turns them into words.

pub mod fit;

mod nearest;
mod parse;
mod quantity;
mod sanitize;
mod text;
mod time;

pub use nearest::nearest;
pub use parse::{ParseError, heart_rate, parse_clock, parse_distance, parse_heart_rate, parse_pace, parse_pace_in};
pub use quantity::{Cadence, Distance, HeartRate, Pace, Position, Speed};
pub use sanitize::is_control_or_bidi;
pub use text::{UnitSystem, clock, percent, percent_over, plural, span_text};
pub use time::{Date, Timestamp, UtcOffset, Zone};
