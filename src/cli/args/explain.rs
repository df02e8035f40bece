//! Options of `explain`.

use clap::Args;

/// Options of `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// The rule; without one, all rules are listed
    pub rule: Option<String>,
}
