//! What a session means for the next one, for the report.

use serde::{Deserialize, Serialize};

use super::{Word, stored};

/// One line about the next run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Advice {
    /// The rule behind it, as `rehabrun explain` knows it.
    #[serde(deserialize_with = "stored::word")]
    pub rule: Word,
    /// What to do next, in a sentence or two.
    pub message: String,
}

/// How a session felt, as the runner told the watch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Felt {
    /// Perceived effort on the CR10 scale, 0 to 10.
    pub effort: Option<f64>,
    /// How she felt: `very weak`, `weak`, `normal`, `strong` or `very strong`.
    #[serde(deserialize_with = "stored::word_or_none")]
    pub feeling: Option<Word>,
}
