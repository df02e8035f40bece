//! What can be special about a bout, as reports name it.

/// Over the ceiling only because of the climb: no faster over the ground than the ceiling.
pub const HILL: &str = "hill";
/// A sprint at the very end of an otherwise easy run.
pub const KICK: &str = "kick";
/// Easy by effort, but fast over the ground: downhill.
pub const FAST_DOWNHILL: &str = "fast-downhill";
/// Whether it is over depends on how the cost of the slope is told.
pub const GRADE_DEPENDENT: &str = "grade-dependent";
/// Speed is missing or doubtful in more than half of it.
pub const SUSPECT: &str = "suspect";
/// Short and very fast.
pub const STRIDE: &str = "stride";
/// A long bout with faster stretches inside.
pub const SURGES: &str = "surges";
/// Heart rate is over its ceiling.
pub const HEART_RATE_OVER: &str = "heart-rate-over";
