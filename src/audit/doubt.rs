//! What a verdict and its sentence both ask: why a session cannot be judged, and whether its surges were strides.

use super::Tag;
use super::context::SessionContext;

/// Why a session cannot be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// There is no ceiling to hold it against.
    NoCeiling,
    /// There is hardly any running.
    LittleRunning,
    /// The speed is missing or doubtful.
    Speed,
    /// It is not known what was run and what was walked.
    Gait,
    /// A wheelchair has no gait.
    Wheelchair,
    /// Data and ceiling together are too uncertain.
    Uncertain,
    /// Speed, distance and positions tell of different paces.
    Disputed,
    /// What is unseen could hold efforts.
    Unseen,
    /// Efforts could hide between records that are far apart.
    Sparse,
    /// A few numbers decide, and any number in the file may be wrong.
    Damaged,
    /// What was left out of the verdict was fast.
    Hidden,
    /// Much of it was over the ceiling by a speed that nothing else confirms.
    Unconfirmed,
}

/// True when the surges of a session are strides: three or more short, very fast ones.
pub(super) fn are_strides(context: &SessionContext) -> bool {
    let n_strides = context.tagged(Tag::Stride).count();
    n_strides >= 3 && 2 * n_strides > context.tally.n_over
}
