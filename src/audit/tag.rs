//! What can be special about a bout.

/// What is special about a bout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tag {
    /// Over the ceiling only because of the climb: no faster over the ground than the ceiling.
    Hill,
    /// A sprint at the very end of an otherwise easy run.
    Kick,
    /// Easy by effort, but fast over the ground: downhill.
    FastDownhill,
    /// Whether it is over depends on how the cost of the slope is estimated.
    GradeDependent,
    /// Speed is missing or doubtful in more than half of it.
    Suspect,
    /// Short and very fast.
    Stride,
    /// A long bout with faster stretches inside.
    Surges,
    /// Heart rate is over its ceiling.
    HeartRateOver,
}

names! {
    Tag {
        Hill => "hill",
        Kick => "kick",
        FastDownhill => "fast-downhill",
        GradeDependent => "grade-dependent",
        Suspect => "suspect",
        Stride => "stride",
        Surges => "surges",
        HeartRateOver => "heart-rate-over",
    }
}
