//! What a session means for the next one, for the report.

use serde::{Deserialize, Serialize};

/// One line about the next run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Advice {
    /// The rule behind it, as `rehabrun explain` knows it.
    pub rule: AdviceId,
    /// What to do next, in a sentence or two.
    pub message: String,
}

/// How a session felt, as the runner told the watch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Felt {
    /// Perceived effort on the CR10 scale, 0 to 10.
    pub effort: Option<f64>,
    /// How she felt.
    pub feeling: Option<Feeling>,
}

/// How a runner felt, in the five words of the watch.
#[expect(missing_docs, reason = "each is its name")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feeling {
    VeryWeak,
    Weak,
    Normal,
    Strong,
    VeryStrong,
}

names! {
    Feeling {
        VeryWeak => "very weak",
        Weak => "weak",
        Normal => "normal",
        Strong => "strong",
        VeryStrong => "very strong",
    }
}

/// A rule of advice, by its name.
#[expect(missing_docs, reason = "each is its name in words, and its row says the rest")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AdviceId {
    FindYourCeiling,
    StillOpen,
    LongerWalkBreaks,
    StartSlower,
    RepeatSlower,
    LeaveOutBursts,
    FeltHard,
    DoAsPlanned,
    GoOn,
}

names! {
    AdviceId {
        FindYourCeiling => "find-your-ceiling",
        StillOpen => "still-open",
        LongerWalkBreaks => "longer-walk-breaks",
        StartSlower => "start-slower",
        RepeatSlower => "repeat-slower",
        LeaveOutBursts => "leave-out-bursts",
        FeltHard => "felt-hard",
        DoAsPlanned => "do-as-planned",
        GoOn => "go-on",
    }
}
