//! How the FIT profile stores quantities as whole numbers.

use super::Timestamp;

/// Seconds from 1970 to 31 December 1989, where FIT time begins.
const EPOCH: i64 = 631_065_600;

/// How a field turns its whole number into a quantity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// How many of the whole number make one unit.
    pub per_unit: f64,
    /// Taken off afterwards.
    pub offset: f64,
}

/// Metres per second.
pub const SPEED: Scale = Scale::of(1000.0);
/// Metres above the sea.
pub const ALTITUDE: Scale = Scale { per_unit: 5.0, offset: 500.0 };
/// Metres since the start.
pub const DISTANCE: Scale = Scale::of(100.0);
/// Strides a minute, the part below one.
pub const FRACTIONAL_CADENCE: Scale = Scale::of(128.0);
/// Milliseconds of ground contact.
pub const STANCE_TIME: Scale = Scale::of(10.0);
/// Ground contact as a percentage of the step.
pub const STANCE_TIME_PERCENT: Scale = Scale::of(100.0);
/// Millimetres that the body goes up and down.
pub const VERTICAL_OSCILLATION: Scale = Scale::of(10.0);
/// Vertical oscillation as a percentage of the step length.
pub const VERTICAL_RATIO: Scale = Scale::of(100.0);
/// Millimetres of a step.
pub const STEP_LENGTH: Scale = Scale::of(10.0);
/// Percentage of slope.
pub const GRADE: Scale = Scale::of(100.0);

impl Scale {
    const fn of(per_unit: f64) -> Self {
        Self { per_unit, offset: 0.0 }
    }

    /// The quantity that a whole number stands for.
    pub const fn value(self, raw: f64) -> f64 {
        raw / self.per_unit - self.offset
    }
}

/// The moment of a FIT time, in seconds since the end of 1989 in UTC.
pub const fn timestamp(seconds: u32) -> Timestamp {
    Timestamp::from_unix_seconds(EPOCH + seconds as i64)
}

/// Strides a minute from a whole cadence and its fraction.
pub const fn cadence(whole: f64, fraction: f64) -> f64 {
    whole + FRACTIONAL_CADENCE.value(fraction)
}
